"""A QuestionnaireResponse, read as the case that it was made of, or told with what is wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fhir.cases import DAY, NAME, Json, partial_case, read, response_of
from tests.pathway.hospital_copy import hospital
from tests.program import run
from tests.reasoning.pathways import random_pathway
from tests.small import answers, park, prostate, shipped, small
from wizard.case.answers import Answers, MultiAnswer
from wizard.case.files import CaseErrors
from wizard.case.made import made_in
from wizard.case_forms import case_of
from wizard.engine.compiling import Compiled
from wizard.exits import ExitCode
from wizard.fhir.links import ABSENT_REASON, ABSENT_SYSTEM
from wizard.fhir.response import response
from wizard.pathway.factors import MultiFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway

FINISHED = ("read as a FHIR QuestionnaireResponse",)


def round_trip(pathway: Pathway, answers: Answers) -> None:
    """What a response says of answers is these answers."""
    written = json.dumps(response(pathway, answers, DAY, complete=True))
    case = case_of(written, pathway, NAME)
    assert case.answers == answers, written
    assert case.made is not None
    assert not case.made.differs(made_in(pathway))
    assert case.read_as == FINISHED
    assert case.aside == ()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_answers_come_back_in_random_pathways(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    for _ in range(10):
        round_trip(pathway, partial_case(random, pathway))


@pytest.mark.parametrize("compiled", [shipped, small, park, prostate])
def test_answers_come_back_in_whole_pathways(compiled: Callable[[], Compiled]) -> None:
    random = Random(19)
    for _ in range(150):
        round_trip(compiled().pathway, partial_case(random, compiled().pathway))


def test_answers_come_back_in_an_overlay(tmp_path: Path) -> None:
    pathway = read_pathway(hospital(tmp_path))
    random = Random(7)
    for _ in range(50):
        round_trip(pathway, partial_case(random, pathway))


def item_of(resource: Json, link: str) -> Json:
    """The item of a response with this linkId."""
    waiting = list(resource["item"])
    while waiting:
        item: Json = waiting.pop()
        if item["linkId"] == link:
            return item
        waiting += item.get("item", [])
    raise AssertionError(link)


def problems_of(resource: object) -> list[str]:
    """What is told of a response that is wrong."""
    with pytest.raises(CaseErrors) as told:
        read(park().pathway, resource)
    return list(told.value.lines())


OAK: dict[str, object] = {"kind": "oak", "height": 12, "damage": {"storm": "present"}}


@pytest.mark.parametrize(
    ("link", "change", "told"),
    [
        ("kind", {"answer": [{"valueCoding": {"code": "elm"}}]}, '"elm" is not a value of it'),
        (
            "kind",
            {"answer": [{"valueCoding": {"system": "http://x", "code": "oak"}}]},
            'linkId "kind": "http://x|oak" is not one of its codes',
        ),
        ("kind", {"answer": [{"valueCoding": {"display": "Oak"}}]}, "a coding without a code"),
        ("kind", {"answer": [{"valueString": "oak"}]}, "a valueString is not a coding"),
        ("kind", {"answer": [{"valueCoding": "oak"}]}, "it is not what a valueCoding is"),
        ("kind", {"answer": [{}]}, "an answer without a value"),
        ("kind", {"answer": {"valueString": "oak"}}, "answer is not a list"),
        ("kind", {"answer": ["oak"]}, "what stands in answer is not an object"),
        (
            "kind",
            {"answer": [{"valueCoding": {"code": "oak"}}, {"valueCoding": {"code": "birch"}}]},
            'linkId "kind": it has several answers, and one was expected',
        ),
        (
            "kind",
            {"answer": [{"valueString": "a", "valueInteger": 1}]},
            "one answer has valueString and valueInteger",
        ),
        (
            "kind",
            {"answer": [{"valueCoding": {"system": ABSENT_SYSTEM, "code": "as-text"}}]},
            'as-text" as the reason for no answer is not read',
        ),
        ("height", {"answer": [{"valueDecimal": "12"}]}, "it is not what a valueDecimal is"),
        ("height", {"answer": [{"valueInteger": True}]}, "it is not what a valueInteger is"),
        ("height", {"answer": [{"valueInteger": 1.5}]}, "it is not what a valueInteger is"),
        ("height", {"answer": [{"valueDecimal": 9999}]}, '"9999" is out of bounds'),
        ("height", {"answer": [{"valueDate": "2026-01-01"}]}, "a valueDate is not a number"),
        ("height", {"answer": [{"valueMoney": 1}]}, "is not a kind of answer of R4"),
        (
            "height",
            {"answer": [{"valueQuantity": {"value": 12, "unit": "ft"}}]},
            '"12" was given in ft, and is asked in m here',
        ),
        ("height", {"answer": [{"valueQuantity": {"unit": "m"}}]}, "its quantity has no number"),
        (
            "height",
            {"modifierExtension": [{"url": "http://x"}]},
            "modifierExtension changes what it means",
        ),
        ("damage.storm", {"answer": [{"valueInteger": 1}]}, '"1" is not true or false'),
        (
            "damage",
            {"answer": [{"valueBoolean": True}]},
            "true is not an answer to it; each of",
        ),
        ("damage.storm", {"linkId": "damage.flood"}, '"flood" is not a member of it'),
        ("height", {"linkId": "heights"}, '"heights" is not a factor of the pathway'),
        ("kind", {"linkId": "kind/other"}, "it is not a question of the pathway"),
        ("kind", {"linkId": ""}, "an item without a linkId"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(link: str, change: Json, told: str) -> None:
    resource = response_of(park().pathway, OAK)
    del resource["extension"]
    resource["questionnaire"] = resource["questionnaire"].partition("|")[0]
    item_of(resource, link).update(change)
    (line,) = problems_of(resource)
    assert told in line
    assert line.startswith(f"{NAME}:1:")
    place = int(line.split(":")[2])
    assert place > 100


def test_answers_that_contradict_are_told_with_their_question() -> None:
    resource = response_of(park().pathway, OAK)
    item_of(resource, "damage")["item"].append(
        {"linkId": "damage.none", "answer": [{"valueBoolean": True}]}
    )
    item_of(resource, "damage.storm")["answer"] = [{"valueBoolean": True}]
    (line,) = problems_of(resource)
    assert 'linkId "damage": what it says does not fit what else is said of its question' in line


def test_that_none_is_not_so_while_each_is_absent_is_a_contradiction() -> None:
    resource = response_of(park().pathway, {"damage": {"storm": "present"}})
    factor = park().pathway.factors["damage"]
    assert isinstance(factor, MultiFactor)
    no = [{"valueBoolean": False}]
    links = ["damage.none", *(f"damage.{each}" for each in factor.members)]
    whole = item_of(resource, "damage")
    whole["item"] = [{"linkId": each, "answer": no} for each in links]
    (line,) = problems_of(resource)
    assert 'linkId "damage": none of these is not so, and each of them is absent' in line
    whole["item"].pop()
    answer = read(park().pathway, resource).answers["damage"]
    assert answer == MultiAnswer(frozenset(), frozenset([*factor.members][:-1]))


def kind(value: Json) -> Json:
    """The response of one answer to the kind of tree."""
    resource = response_of(park().pathway, {"kind": "oak"})
    item = item_of(resource, "kind")
    del item["answer"]
    item.update(value)
    return resource


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("asked-unknown", "unknown"),
        ("unknown", "unknown"),
        ("temp-unknown", "unknown"),
        ("asked-declined", "unknown"),
        ("masked", "unknown"),
        ("not-permitted", "unknown"),
        ("not-performed", "not_done"),
        ("not-asked", None),
        ("not-applicable", None),
        ("unsupported", None),
    ],
)
def test_why_there_is_no_answer(code: str, raw: str | None) -> None:
    pathway = park().pathway
    reason = [{"url": ABSENT_REASON, "valueCode": code}]
    coding = {"system": ABSENT_SYSTEM, "code": code}
    given: dict[str, object] = {} if raw is None else {"fungus_parts": raw}
    wanted = answers(pathway, given)
    resource = response_of(pathway, {"fungus_parts": "unknown"})
    item_of(resource, "fungus_parts")["extension"] = reason
    assert read(pathway, resource).answers == wanted
    for said in (
        {"answer": [{"valueCoding": coding}]},
        {"answer": [{"extension": reason}]},
        {"answer": [{"_valueCoding": {"extension": reason}}]},
        {"extension": reason},
    ):
        # A choice that has no answer for "not done" is not known.
        known: dict[str, object] = {} if raw is None else {"kind": "unknown"}
        assert read(pathway, kind(said)).answers == answers(pathway, known)


@pytest.mark.parametrize("code", ["as-text", "error", "not-a-number", "elm"])
def test_a_reason_that_says_something_else_is_told(code: str) -> None:
    (line,) = problems_of(kind({"extension": [{"url": ABSENT_REASON, "valueCode": code}]}))
    assert f'linkId "kind": "{code}" as the reason for no answer is not read' in line


def test_a_number_that_was_done_is_any_number() -> None:
    resource = response_of(park().pathway, {"branches": "not_done"})
    item_of(resource, "branches.not_done")["answer"] = [{"valueBoolean": False}]
    case = read(park().pathway, resource)
    assert case.answers == answers(park().pathway, {"branches": "any number"})


@pytest.mark.parametrize(
    ("sign", "words"), [("<", "below"), ("<=", "up to"), (">=", "from"), (">", "above")]
)
def test_a_quantity_that_is_compared_is_a_range(sign: str, words: str) -> None:
    resource = response_of(park().pathway, {"height": 1})
    quantity = {"value": 12, "comparator": sign, "unit": "m", "code": "m"}
    item_of(resource, "height")["answer"] = [{"valueQuantity": quantity}]
    case = read(park().pathway, resource)
    assert case.answers == answers(park().pathway, {"height": f"{words} 12"})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"status": "entered-in-error"}, "it was entered in error"),
        ({"status": None}, "status is missing"),
        ({"status": "done"}, '"done" is not a status'),
        ({"questionnaire": "http://example.org/q|1"}, "not the pathway's; --columns MAP reads"),
        ({"questionnaire": {"reference": "q"}}, "questionnaire is not an address"),
        ({"questionnaire": "urn:mdt-wizard:questionnaire:other|1"}, 'for the pathway "other"'),
        ({"implicitRules": "http://x"}, "implicitRules changes what it means"),
        ({"resourceType": "Patient"}, 'this is a FHIR "Patient", which is not a case'),
        ({"item": {}}, "item is not a list"),
    ],
)
def test_a_response_that_is_not_read(change: Json, told: str) -> None:
    (line,) = problems_of(response_of(park().pathway, OAK) | change)
    assert told in line


def test_a_response_that_is_not_finished_says_so() -> None:
    for status in ("in-progress", "stopped"):
        case = read(park().pathway, response_of(park().pathway, OAK) | {"status": status})
        assert case.answers == answers(park().pathway, OAK)
        assert "is not finished" in case.read_as[1]


def test_a_response_of_another_version_is_read_as_such_a_case_is() -> None:
    resource = response_of(park().pathway, OAK)
    resource["questionnaire"] = "urn:mdt-wizard:questionnaire:park|2020"
    resource["extension"][0]["valueString"] = "0" * 64
    item_of(resource, "kind")["answer"][0]["valueCoding"]["code"] = "elm"
    case = read(park().pathway, resource)
    assert case.answers == answers(park().pathway, {**OAK, "kind": None}).without("kind")
    assert [each.factor for each in case.aside] == ["kind"]
    assert case.made is not None
    assert case.made.differs(made_in(park().pathway))


def test_items_in_any_order_and_depth_are_the_same_case() -> None:
    pathway = park().pathway
    resource = response_of(pathway, OAK)
    for _ in range(100):
        resource["item"] = [{"linkId": "step/any", "item": list(reversed(resource["item"]))}]
    assert read(pathway, resource).answers == answers(pathway, OAK)
    item_of(resource, "kind")["answer"][0]["item"] = [item_of(resource, "height") | {}]
    told = problems_of(resource)
    assert any('linkId "height": it stands in the response twice' in line for line in told)


def bundle(*resources: Json) -> Json:
    """A Bundle of these."""
    entries = [{"fullUrl": f"urn:{n}", "resource": each} for n, each in enumerate(resources)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def test_a_bundle_of_one_response_is_that_case() -> None:
    pathway, patient = park().pathway, {"resourceType": "Patient", "name": [{"family": "X"}]}
    resource = response_of(pathway, OAK)
    case = read(pathway, bundle(patient, resource))
    assert case.answers == answers(pathway, OAK)
    (line,) = problems_of(bundle(resource, patient, resource))
    assert "this Bundle has 2 responses" in line
    assert "mdt-wizard cohort reads many cases" in line
    for other in (bundle(patient), bundle(bundle(resource)), {**bundle(), "entry": 1}):
        (line,) = problems_of(other)
        assert "this Bundle has no response" in line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"resourceType": "X",\n "status": 1,\n "status": 2}', ":3:12: the key"),
        ('{"resourceType": "X",\n "a": ' + "1" * 5_000 + "}", ":2:7: a number in it has too many"),
        ('{"resourceType": NaN}', "NaN is not a number"),
        ('{"resourceType": "Questionnaire\\u0000"}', "\\x00"),
        ('{"resourceType": "a\tb"}', ":1:20: it is not JSON: Invalid control character"),
        ('{"resourceType": "X"', ":1:21: it is not JSON"),
        ('["resourceType"', "it is not JSON"),
        ('["resourceType"]', "this is a FHIR list"),
        ('{"resourceType": ' + "[" * 100_000, "nested too deep"),
        ('{"resourceType": "X", "a": ' + "[" * 900 + "]" * 900 + "}", 'this is a FHIR "X"'),
        ('{"resourceType": "QuestionnaireResponse", "status": "completed", "item": "'
         + "x" * 7_000_000 + '"}', "item is not a list"),
        ('{"resourceType": "' + "x" * 8_400_000 + '"}', "larger than 8 MiB"),
        ("<QuestionnaireResponse xmlns='http://hl7.org/fhir'/>", "this is XML or HTML"),
        ("\ufeff <?xml version='1.0'?><Bundle/>", "this is XML or HTML"),
    ],
)  # fmt: skip
def test_a_broken_file_is_one_message_with_its_place(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(text, "utf-8")
    ended = run("assess", path)
    assert ended.code == ExitCode.BAD_CASE
    assert told in ended.err
    assert ended.err.startswith(f"{path}:")
    assert ended.err.count("\n") == 1
    assert ended.out == ""


def test_every_command_on_a_case_reads_a_response(tmp_path: Path) -> None:
    pathway = shipped().pathway
    path = tmp_path / "case.json"
    raw: dict[str, object] = {"site": "lung", "tumour_size": 12}
    path.write_text(json.dumps(response_of(pathway, raw)), "utf-8")
    same = tmp_path / "same.json"
    same.write_text(json.dumps({"answers": raw}), "utf-8")
    for command in (["assess"], ["explain"], ["what-if"]):
        fhir, own = (
            run(*command, each, environment={"SOURCE_DATE_EPOCH": "0"}) for each in (path, same)
        )
        assert fhir.code == own.code
        assert fhir.out == own.out
        assert "read as a FHIR QuestionnaireResponse" in fhir.err
    assert run("compare", path, same).code == ExitCode.DONE
    given = run("assess", "-", given=path.read_bytes())
    assert "standard input" in given.err or "read as a FHIR" in given.err


@pytest.mark.parametrize(
    "text",
    [
        'pathway: park\ntitle: a "resourceType" in it\nanswers: {kind: oak}\n',
        json.dumps({"pathway": "park", "title": 'a "resourceType": x', "answers": {}}),
        json.dumps({"pathway": "park", "title": "resourceType", "answers": {"kind": "oak"}}),
    ],
)
def test_a_case_that_speaks_of_a_resource_is_none(text: str) -> None:
    title = str(case_of(text, park().pathway, "case").title)
    assert "resourceType" in title
