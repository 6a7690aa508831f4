"""The answers to somebody else's questionnaire, by a map: exactly these, or what is wrong."""

import json
from pathlib import Path

import pytest

from tests.fhir.cases import NAME, Json, response_of
from tests.fhir.foreign import MAP, NOT_KNOWN, coding, problem, read, response, said
from tests.program import run
from tests.small import PARK, answers, park
from wizard.case.files import CaseErrors
from wizard.case_forms import case_of
from wizard.cohort.mapping import MapErrors, read_map
from wizard.exits import ExitCode, WrongUsageError
from wizard.fhir.links import ABSENT_REASON

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
