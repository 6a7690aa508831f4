"""What somebody else's questionnaire hides, or may hide, is no answer."""

import json
from pathlib import Path

import pytest

from tests.fhir.cases import Json
from tests.fhir.foreign import MAP, NOT_KNOWN, coding, form, problem, read, response, said, when
from tests.small import answers, park
from wizard.cohort.mapping import MapErrors

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
