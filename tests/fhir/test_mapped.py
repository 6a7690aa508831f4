"""The answers to somebody else's questionnaire, by a map: exactly these, or what is wrong.

The shapes are those of the test data of public form fillers: groups in groups, items below answers,
codings without a system, texts typed beside a list, repeated groups, items that hide each other.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fhir.cases import NAME, Json, response_of
from tests.program import run
from tests.small import PARK, answers, park
from wizard.case.files import Case, CaseErrors
from wizard.case_forms import case_of
from wizard.cohort.mapping import MapErrors, read_map
from wizard.exits import ExitCode, WrongUsageError
from wizard.fhir.links import ABSENT_REASON, ABSENT_SYSTEM

MAP = """\
questionnaire: form.json
columns:
  /1/kind:
    is: kind
    values: {"http://trees.example|Q": oak, B: birch, Eiche: oak, LA0: unknown, "true": pine,
             P: pine|birch}
  /1/size: {is: height, values: {"999": unknown, "-9": unknown}, units: {cm: 0.01}}
  /1/least: {is: height__from}
  /1/most: {is: height__below}
  /2/storm: {is: damage__storm}
  /2/insects: {is: damage__insects, values: {Y: present, N: absent, U: unknown}}
  /2/none: {is: damage__none}
  /2/seen: {is: damage, values: {S: storm, F: fungus, I: insects, X: none, U: unknown}}
  /2/all: {is: damage, others: absent}
  "http://trees.example|branches": {is: branches, values: {"88": unknown}}
  /2/skipped: {is: branches__not_done}
  /3/nest: {is: nest, values: {"0": empty, "1": breeding}}
  http://trees.example|growth: {is: growth}
"""
CODES = {"/1/dead": "branches", "/3/growth": "growth"}
LINKS = ["kind", "size", "least", "most", "dead"]


def asked(link: str, kind: str = "choice", **parts: Any) -> Json:
    """An item of a questionnaire."""
    codes = [{"system": "http://trees.example", "code": CODES[link]}] if link in CODES else []
    return {"linkId": link, "type": kind, **({"code": codes} if codes else {}), **parts}


def form(**parts: Any) -> Json:
    """A questionnaire of three groups, one of them in a question; parts of items by linkId."""
    groups = {
        "/1": [f"/1/{each}" for each in LINKS],
        "/2": [f"/2/{each}" for each in ("storm", "insects", "none", "seen", "all", "skipped")],
        "/3": ["/3/nest", "/3/growth", "/3/text"],
    }
    items = [
        asked(group, "group", item=[asked(link, **parts.get(link, {})) for link in links])
        | parts.get(group, {})
        for group, links in groups.items()
    ]
    return {
        "resourceType": "Questionnaire",
        "url": "http://trees.example/form",
        "version": "3",
        "status": "active",
        "item": items,
    }


def said(link: str, *values: Json, **more: Any) -> Json:
    """An item of a response."""
    return {"linkId": link, **({"answer": list(values)} if values else {}), **more}


def coding(code: str, system: str | None = None) -> Json:
    return {"valueCoding": {"code": code, **({"system": system} if system else {})}}


def response(*items: Json, **more: Any) -> Json:
    """A response to the form; an item goes into the group that its linkId begins with."""
    groups: dict[str, list[Json]] = {}
    for item in items:
        groups.setdefault(item["linkId"][:2], []).append(item)
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "http://trees.example/form|3",
        "status": "completed",
        "subject": {"reference": "Patient/1", "display": "Ada Somebody"},
        "item": [said(group, item=below) for group, below in groups.items()],
        **more,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    (tmp_path / "form.json").write_text(json.dumps(form()), "utf-8")
    return tmp_path


def read(folder: Path, resource: Json, questionnaire: Json | None = None) -> Case:
    """The case of a response, by the map of a folder."""
    if questionnaire is not None:
        (folder / "form.json").write_text(json.dumps(questionnaire), "utf-8")
    registry = read_map(folder / "map.yaml", park().pathway, park().space)
    return case_of(json.dumps(resource), park().pathway, NAME, registry)


def problem(folder: Path, resource: Json, questionnaire: Json | None = None) -> str:
    """The one thing that is wrong with a response."""
    with pytest.raises(CaseErrors) as told:
        read(folder, resource, questionnaire)
    (line,) = told.value.lines()
    assert line.startswith(f"{NAME}:1:")
    return line


NOT_KNOWN = coding("asked-unknown", ABSENT_SYSTEM)
NOT_DONE = {"extension": [{"url": ABSENT_REASON, "valueCode": "not-performed"}]}
NOT_ASKED = {"extension": [{"url": ABSENT_REASON, "valueCode": "not-asked"}]}


@pytest.mark.parametrize(
    ("items", "given"),
    [
        ([], {}),
        ([said("/1/kind")], {}),
        ([said("/1/kind", coding("Q", "http://trees.example"))], {"kind": "oak"}),
        ([said("/1/kind", coding("B", "http://trees.example"))], {"kind": "birch"}),
        ([said("/1/kind", coding("B"))], {"kind": "birch"}),
        ([said("/1/kind", coding("beech"))], {"kind": "beech"}),
        ([said("/1/kind", coding("LA0", "http://loinc.org"))], {"kind": "unknown"}),
        ([said("/1/kind", coding("P"))], {"kind": ["birch", "pine"]}),
        ([said("/1/kind", {"valueString": "Eiche"})], {"kind": "oak"}),
        ([said("/1/kind", {"valueString": "broadleaved"})], {"kind": "broadleaved"}),
        ([said("/1/kind", {"valueBoolean": True})], {"kind": "pine"}),
        ([said("/1/kind", NOT_KNOWN)], {"kind": "unknown"}),
        ([said("/1/kind", NOT_DONE)], {"kind": "unknown"}),
        ([said("/1/kind", NOT_ASKED)], {}),
        ([said("/1/kind", extension=NOT_ASKED["extension"])], {}),
        ([said("/3/nest", NOT_DONE)], {"nest": "not_done"}),
        ([said("/3/nest", {"valueInteger": 1})], {"nest": "breeding"}),
        ([said("/3/nest", {"valueInteger": 0})], {"nest": "empty"}),
        ([said("/1/size", {"valueInteger": 12})], {"height": 12}),
        ([said("/1/size", {"valueDecimal": 12.5})], {"height": 12.5}),
        ([said("/1/size", {"valueInteger": 999})], {"height": "unknown"}),
        ([said("/1/size", {"valueDecimal": 999.0})], {"height": "unknown"}),
        ([said("/1/size", {"valueInteger": -9})], {"height": "unknown"}),
        ([said("/1/size", {"valueQuantity": {"value": 999, "unit": "cm"}})], {"height": "unknown"}),
        ([said("/1/size", {"valueQuantity": {"value": 1250, "unit": "cm"}})], {"height": 12.5}),
        (
            [said("/1/size", {"valueQuantity": {"value": 12, "unit": "m", "code": "m"}})],
            {"height": 12},
        ),
        (
            [said("/1/size", {"valueQuantity": {"value": 900, "comparator": "<", "code": "cm"}})],
            {"height": "below 9"},
        ),
        ([said("/1/least", {"valueInteger": 3})], {"height": "from 3"}),
        ([said("/1/most", {"valueInteger": 9})], {"height": "below 9"}),
        (
            [said("/1/least", {"valueInteger": 3}), said("/1/most", {"valueInteger": 9})],
            {"height": "3 to below 9"},
        ),
        ([said("/1/dead", {"valueInteger": 4})], {"branches": 4}),
        ([said("/1/dead", {"valueInteger": 88})], {"branches": "unknown"}),
        ([said("/1/dead", NOT_DONE)], {"branches": "not_done"}),
        ([said("/2/skipped", {"valueBoolean": True})], {"branches": "not_done"}),
        ([said("/2/skipped", {"valueBoolean": False})], {}),
        ([said("/2/storm", {"valueBoolean": True})], {"damage": {"storm": "present"}}),
        ([said("/2/storm", {"valueBoolean": False})], {"damage": {"storm": "absent"}}),
        ([said("/2/storm", NOT_DONE)], {"damage": "unknown"}),
        (
            [said("/2/storm", {"valueBoolean": True}), said("/2/insects", coding("N"))],
            {"damage": {"storm": "present", "insects": "absent"}},
        ),
        ([said("/2/none", {"valueBoolean": True})], {"damage": "none"}),
        ([said("/2/none", {"valueBoolean": False})], {}),
        (
            [said("/2/none", {"valueBoolean": True}), said("/2/storm", {"valueBoolean": False})],
            {"damage": "none"},
        ),
        ([said("/2/seen", coding("S"))], {"damage": {"storm": "present"}}),
        (
            [said("/2/seen", coding("S"), coding("F"))],
            {"damage": {"storm": "present", "fungus": "present"}},
        ),
        ([said("/2/seen", coding("X"))], {"damage": "none"}),
        ([said("/2/seen", coding("U"))], {"damage": "unknown"}),
        ([said("/2/all", coding("storm"), coding("insects"))], {"damage": ["storm", "insects"]}),
        ([said("/3/growth", coding("slow"))], {"growth": "slow"}),
        ([said("/3/text", {"valueDate": "2026-01-01"}, {"valueString": "x"})], {}),
    ],
)
def test_what_an_answer_says(folder: Path, items: list[Json], given: dict[str, object]) -> None:
    assert read(folder, response(*items)).answers == answers(park().pathway, given)


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ([said("/1/kind", coding("oak", "http://x"))], '"http://x|oak" is not in the map'),
        ([said("/1/kind", coding("elm"))], '"elm" is not a value of it'),
        ([said("/1/kind", {"valueString": "Ulme"})], "a text is not in the map, nor a word"),
        ([said("/1/kind", {"valueBoolean": False})], '"false" is not a value of it'),
        ([said("/1/kind", {"valueDate": "2026-01-01"})], "a valueDate is not a number"),
        ([said("/1/kind", {"valueInteger": 3})], '"3" is not a value of it'),
        ([said("/1/kind", coding("B"), coding("Q"))], "it has 2 answers, and one was expected"),
        ([said("/1/size", {"valueInteger": 998})], '"998" is out of bounds'),
        ([said("/1/size", {"valueString": "12"})], "a valueString is not in the map"),
        ([said("/1/size", {"valueDecimal": 1e40})], "has too many digits"),
        ([said("/1/size", {"valueQuantity": {"value": 5, "unit": "ft"}})], 'is in "ft", of which'),
        ([said("/1/size", {"valueQuantity": {"value": 5}})], "is in no unit, of which"),
        (
            [said("/1/size", {"valueQuantity": {"value": 5, "unit": "m", "code": "cm"}})],
            'is in "cm" or "m", of which',
        ),
        (
            [said("/1/size", {"valueInteger": 5}), said("/1/least", {"valueInteger": 3})],
            "does not fit what else is said",
        ),
        (
            [said("/2/none", {"valueBoolean": True}), said("/2/storm", {"valueBoolean": True})],
            "does not fit what else is said",
        ),
        ([said("/2/seen", coding("S"), coding("X"))], "does not fit what else is said"),
        ([said("/2/seen", coding("elm"))], '"elm" is not a member of it'),
        (
            [said("/2/skipped", {"valueBoolean": True}), said("/1/dead", {"valueInteger": 4})],
            "does not fit what else is said",
        ),
    ],
)
def test_what_cannot_be_said_is_told(folder: Path, items: list[Json], told: str) -> None:
    line = problem(folder, response(*items))
    assert told in line
    assert f'linkId "{items[-1]["linkId"]}"' in line


def test_groups_to_any_depth_and_items_below_answers(folder: Path) -> None:
    kind = said("/1/kind", coding("B"))
    deep = kind
    for level in range(120):
        deep = said(f"/g{level}", item=[deep])
    below = said("/1/other", {"valueString": "x", "item": [kind]})
    for item in (deep, below):
        case = read(folder, response(item))
        assert case.answers == answers(park().pathway, {"kind": "birch"})


def test_what_is_repeated_is_one_of_several_cases(folder: Path) -> None:
    one, two = said("/1/kind", coding("B")), said("/1/size", {"valueInteger": 5})
    groups = {"item": [said("/1", item=[one]), said("/1", item=[two])]}
    for resource, link in ((response(one, one), "/1/kind"), (response() | groups, "/1")):
        with pytest.raises(CaseErrors) as told:
            read(folder, resource)
        told_each = [f'"{link}" is repeated, and a case has one' in p for p in told.value.lines()]
        assert told_each == [True, True]
    under = said("/3/text", coding("a") | {"item": [one]}, coding("b"))
    assert '"/3/text" has several answers' in problem(folder, response(under))
    seen = [said("/2", item=[said("/2/seen", coding(code))]) for code in "SI"]
    case = read(folder, response() | {"item": seen})
    assert case.answers == answers(
        park().pathway, {"damage": {"storm": "present", "insects": "present"}}
    )


def test_two_questions_for_one_thing_must_agree(folder: Path) -> None:
    text = MAP + "  /1/least: {is: height__from}\n  /3/kind: {is: kind}\n"
    (folder / "map.yaml").write_text(
        text.replace("  /1/least: {is: height__from}\n", "", 1), "utf-8"
    )
    one = said("/1/kind", coding("B"))
    same, other = said("/3/kind", coding("birch")), said("/3/kind", coding("oak"))
    assert read(folder, response(one, same)).answers == answers(park().pathway, {"kind": "birch"})
    assert "does not fit what else is said" in problem(folder, response(one, other))


def test_what_is_not_in_the_map_is_told(folder: Path) -> None:
    case = read(folder, response(said("/3/text", {"valueString": "secret"})))
    assert case.read_as[1:] == ('answered, and not in the map, so not used: "/3/text"',)


def when(question: str, operator: str, **answer: Any) -> Json:
    return {"question": question, "operator": operator, **answer}


SHOWN = [
    (when("/1/kind", "exists", answerBoolean=True), True),
    (when("/1/kind", "exists", answerBoolean=False), False),
    (when("/3/text", "exists", answerBoolean=False), True),
    (when("/1/kind", "=", answerCoding={"code": "B"}), True),
    (when("/1/kind", "=", answerCoding={"code": "B", "system": "http://other"}), True),
    (when("/1/kind", "=", answerCoding={"code": "Q"}), False),
    (when("/1/kind", "=", answerString="B"), False),
    (when("/1/kind", "!=", answerCoding={"code": "B"}), False),
    (when("/3/text", "!=", answerString="x"), True),
    (when("/3/text", "=", answerString="x"), False),
    (when("/1/size", ">", answerInteger=5), True),
    (when("/1/size", ">", answerDecimal=12.5), False),
    (when("/1/size", ">=", answerDecimal=12.5), True),
    (when("/1/size", "<", answerDecimal=12.5), False),
    (when("/1/size", "<=", answerInteger=13), True),
    (when("/3/text", "<", answerInteger=13), False),
]


@pytest.mark.parametrize(("condition", "shown"), SHOWN)
def test_what_a_questionnaire_hides_is_set_aside(
    folder: Path, condition: Json, shown: bool
) -> None:
    items = [said("/1/kind", coding("B")), said("/1/size", {"valueDecimal": 12.5})]
    resource = response(*items, said("/3/nest", {"valueInteger": 1}))
    given: dict[str, object] = {"kind": "birch", "height": 12.5}
    told = 'set aside, as its questionnaire does not show it: "/3/nest"'
    for hides in ({"/3/nest": {"enableWhen": [condition]}}, {"/3": {"enableWhen": [condition]}}):
        if condition["question"] == "/3/text" and "/3" in hides:
            continue
        case = read(folder, resource, form(**hides))
        wanted = given | ({"nest": "breeding"} if shown else {})
        assert case.answers == answers(park().pathway, wanted)
        assert case.read_as[1:] == (() if shown else (told,))


@pytest.mark.parametrize("operator", ["=", "!=", ">", "<="])
def test_an_answer_of_another_type_than_the_condition_is_told(folder: Path, operator: str) -> None:
    items = [said("/1/size", {"valueDecimal": 12.5}), said("/3/nest", {"valueInteger": 1})]
    hides = {"/3/nest": {"enableWhen": [when("/1/size", operator, answerDate="2026-01-31")]}}
    line = problem(folder, response(*items), form(**hides))
    assert '"12.5" cannot be compared in an enableWhen' in line


def test_not_known_is_unlike_whatever_a_condition_names(folder: Path) -> None:
    items = [said("/1/size", NOT_KNOWN), said("/3/nest", {"valueInteger": 1})]
    hides = {"/3/nest": {"enableWhen": [when("/1/size", "=", answerDecimal=12.5)]}}
    assert "nest" not in read(folder, response(*items), form(**hides)).answers


@pytest.mark.parametrize(
    ("behaviour", "shown"), [({"enableBehavior": "any"}, True), ({"enableBehavior": "all"}, False)]
)
def test_one_or_all_conditions(folder: Path, behaviour: Json, shown: bool) -> None:
    conditions = [
        when("/1/kind", "exists", answerBoolean=True),
        when("/1/size", "exists", answerBoolean=True),
    ]
    nest = {"enableWhen": conditions, **behaviour}
    resource = response(said("/1/kind", coding("B")), said("/3/nest", {"valueInteger": 1}))
    assert ("nest" in read(folder, resource, form(**{"/3/nest": nest})).answers) is shown
    line = problem(folder, resource, form(**{"/3/nest": {"enableWhen": conditions}}))
    assert "does not say whether all of its conditions have to hold" in line


def test_a_hidden_question_has_no_answer(folder: Path) -> None:
    hides = {
        "/1/size": {"enableWhen": [when("/1/kind", "=", answerCoding={"code": "Q"})]},
        "/3/nest": {"enableWhen": [when("/1/size", "exists", answerBoolean=True)]},
        "/3/growth": {"enableWhen": [when("/3/nest", "exists", answerBoolean=False)]},
    }
    items = [
        said("/1/kind", coding("B")),
        said("/1/size", {"valueInteger": 5}),
        said("/3/nest", {"valueInteger": 1}),
        said("/3/growth", coding("slow")),
    ]
    case = read(folder, response(*items), form(**hides))
    assert case.answers == answers(park().pathway, {"kind": "birch", "growth": "slow"})


def test_a_condition_asks_within_its_own_repetition(folder: Path) -> None:
    hides = {"/2/seen": {"enableWhen": [when("/2/storm", "=", answerBoolean=True)]}}
    groups = [
        said("/2", item=[said("/2/storm", {"valueBoolean": flag}), said("/2/seen", coding(code))])
        for flag, code in ((True, "S"), (False, "I"))
    ]
    del groups[0]["item"][0]["answer"], groups[1]["item"][0]["answer"]
    groups[0]["item"][0] = said("/2/storm", {"valueBoolean": True})
    (folder / "map.yaml").write_text(MAP.replace("  /2/storm: {is: damage__storm}\n", ""), "utf-8")
    case = read(folder, response() | {"item": groups}, form(**hides))
    assert case.answers == answers(park().pathway, {"damage": {"storm": "present"}})


@pytest.mark.parametrize(
    ("hides", "told"),
    [
        (
            {
                "/1/kind": {"enableWhen": [when("/1/size", "exists", answerBoolean=True)]},
                "/1/size": {"enableWhen": [when("/1/kind", "exists", answerBoolean=True)]},
            },
            "goes round in a loop: /1/",
        ),
        (
            {"/1": {"enableWhen": [when("/1/size", "exists", answerBoolean=True)]}},
            "goes round in a loop: /1",
        ),
        (
            {"/1/kind": {"enableWhen": [when("/9", "exists", answerBoolean=True)]}},
            'the enableWhen of "/1/kind" asks for "/9", which the questionnaire does not have',
        ),
        ({"/1/kind": {"linkId": "/1/size"}}, "two items of the questionnaire have the linkId"),
        ({"/1/kind": {"linkId": 5}}, "an item of the questionnaire has no linkId"),
        ({"/1/kind": {"enableWhen": [{"question": "/1"}]}}, "not of the form that R4 has"),
        (
            {"/1/kind": {"enableWhen": [when("/1/size", "exists", answerBoolean=1)]}},
            "no true or false",
        ),
        (
            {"/1/kind": {"enableWhen": [when("/1/size", ">", answerCoding={})]}},
            "asks which Coding is greater",
        ),
        ({"/1/kind": {"enableBehavior": "some"}}, "is not all or any"),
        ({"/1/kind": {"item": {}}}, "item in the questionnaire is not a list"),
    ],
)
def test_a_questionnaire_that_cannot_be_used(folder: Path, hides: Json, told: str) -> None:
    made = form(**hides)
    with pytest.raises(MapErrors) as error:
        read(folder, response(), made)
    (line,) = error.value.lines()
    assert told in line
    # The same in a response that brings it along.
    (folder / "form.json").write_text(json.dumps(form()), "utf-8")
    own = response(contained=[made | {"id": "f"}], questionnaire="#f")
    assert told in problem(folder, own)


def test_where_the_questionnaire_comes_from(folder: Path) -> None:
    hides = form(**{"/3/nest": {"enableWhen": [when("/3/text", "exists", answerBoolean=True)]}})
    item = said("/3/nest", {"valueInteger": 1})
    assert "nest" in read(folder, response(item)).answers
    contained = response(item, contained=[hides | {"id": "f"}], questionnaire="#f")
    beside = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": hides}, {"resource": response(item)}],
    }
    for resource in (contained, beside):
        assert "nest" not in read(folder, resource).answers
    other = response(item, questionnaire="http://trees.example/other")
    assert 'it answers "http://trees.example/other", and the map is for' in problem(folder, other)
    old = response(item, questionnaire="http://trees.example/form|2")
    told = (
        'it answers "http://trees.example/form|2", and the map is for "http://trees.example/form|'
    )
    assert told in problem(folder, old)
    missing = response(item, questionnaire="#f")
    assert '"#f" is not contained in it' in problem(folder, missing)
    (folder / "map.yaml").write_text(MAP.partition("\n")[2], "utf-8")
    assert "its questionnaire is not at hand" in read(folder, other).read_as[1]


def test_an_expression_is_not_evaluated(folder: Path) -> None:
    url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
    hides = form(**{"/1/kind": {"extension": [{"url": url}]}})
    line = problem(folder, response(said("/1/kind", coding("B"))), hides)
    assert "whether it counts cannot be told" in line
    assert read(folder, response(said("/1/size", {"valueInteger": 5}))).answers


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  /9: {is: damage, others: present}", "others: absent was expected"),
        ("  /9: {is: kind, others: absent}", "where a question of several members is named"),
        ("  /9: {is: kind, units: {cm: 1}}", "units: kind is not a number"),
        ("  /9: {is: height, units: {cm: -1}}", 'unit "cm": how many of the question'),
        ("  /9: {is: damage, values: {a: flood}}", '"flood" is not a member of it'),
        ("  /9: {is: damage_, values: {a: flood}}", '"damage_" is not a column'),
    ],
)
def test_a_map_that_is_wrong(folder: Path, line: str, told: str) -> None:
    (folder / "map.yaml").write_text(MAP + line + "\n", "utf-8")
    with pytest.raises(MapErrors) as error:
        read(folder, response())
    (said_,) = error.value.lines()
    assert told in said_
    assert said_.startswith(f"{folder / 'map.yaml'}:{MAP.count(chr(10)) + 1}:")


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "it is not JSON"), ("{}", "this is not a FHIR Questionnaire"), ("[]", "this is not")],
)
def test_a_file_that_is_not_a_questionnaire(folder: Path, text: str, told: str) -> None:
    (folder / "form.json").write_text(text, "utf-8")
    registry = read_map(folder / "map.yaml", park().pathway, park().space)
    with pytest.raises(MapErrors, match=told):
        case_of(json.dumps(response()), park().pathway, NAME, registry)


def test_a_map_on_the_command_line(folder: Path) -> None:
    path = folder / NAME
    path.write_text(json.dumps(response(said("/1/kind", coding("B")))), "utf-8")
    ended = run("assess", path, "--columns", folder / "map.yaml", "--pathway", PARK)
    assert ended.code == ExitCode.DONE
    assert "Birch" in ended.out
    assert "Ada" not in ended.out + ended.err
    path.write_text(json.dumps(response_of(park().pathway, {"kind": "oak"})), "utf-8")
    ours = run("assess", path, "--columns", folder / "map.yaml", "--pathway", PARK)
    assert "Oak" in ours.out
    path.write_text('{"answers": {}}', "utf-8")
    ended = run("assess", path, "--columns", folder / "map.yaml", "--pathway", PARK)
    assert ended.code == ExitCode.WRONG_USAGE
    assert "--columns maps the answers of a FHIR response" in ended.err
    with pytest.raises(WrongUsageError):
        case_of(
            "{}", park().pathway, NAME, read_map(folder / "map.yaml", park().pathway, park().space)
        )
