"""Many responses at once: each the row that it is as a case, none lost, and nobody named."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.fhir.cases import DAY, Json, partial_case, response_of
from tests.fhir.foreign import MAP, coding, form, said
from tests.fhir.foreign import response as foreign
from tests.program import Ended, run
from tests.small import PARK, park
from wizard.case.raw import raw_answer
from wizard.exits import ExitCode
from wizard.fhir.response import response

PERSON = {
    "id": "secret-1",
    "identifier": {"value": "secret-2"},
    "subject": {"reference": "Patient/secret-3", "display": "secret-4"},
    "author": {"display": "secret-5"},
    "text": {"status": "generated", "div": "<div>secret-6</div>"},
}
PATIENT = {"resourceType": "Patient", "id": "secret-7", "name": [{"family": "secret-8"}]}


def bundle(*resources: object, **more: Any) -> Json:
    """A Bundle of these."""
    entries = [{"fullUrl": f"urn:secret-{n}", "resource": each} for n, each in enumerate(resources)]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries, **more}


def cohort(folder: Path, text: str, *more: str | Path, name: str = "in.json") -> Ended:
    """The command on a file of a folder, its rows beside it."""
    path = folder / name
    path.write_text(text, "utf-8")
    ended = run("cohort", path, "-o", folder / "out.jsonl", "--force", "--pathway", PARK, *more)
    rows = folder / "out.jsonl"
    everything = ended.out + ended.err + (rows.read_text("utf-8") if rows.exists() else "")
    assert "secret" not in everything
    return ended


def rows_of(folder: Path) -> list[Json]:
    """The rows that were written."""
    return [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]


def own(raw: dict[str, object], **more: object) -> Json:
    """A response to the pathway's own questionnaire, with persons."""
    return response_of(park().pathway, raw) | PERSON | more


def test_rows_say_what_the_same_cases_say(tmp_path: Path) -> None:
    pathway, random = park().pathway, Random(3)
    cases = [partial_case(random, pathway) for _ in range(60)]
    made = [response(pathway, case, DAY, complete=True) | PERSON for case in cases]
    factors = pathway.factors
    data = [
        json.dumps(
            {"answers": {name: raw_answer(factors[name], each) for name, each in case.items()}}
        )
        for case in cases
    ]
    assert cohort(tmp_path, "\n".join(data), name="in.jsonl").code == ExitCode.DONE
    wanted = [{k: v for k, v in row.items() if k != "answers"} for row in rows_of(tmp_path)]
    assert cohort(tmp_path, json.dumps(bundle(*made))).code == ExitCode.DONE
    of_bundle = rows_of(tmp_path)
    assert of_bundle == [{"entry": n, **row} for n, row in enumerate(wanted, 1)]
    lines = "\n".join(map(json.dumps, made))
    assert cohort(tmp_path, lines, name="in.ndjson").code == ExitCode.DONE
    assert rows_of(tmp_path) == [{"line": n, **row} for n, row in enumerate(wanted, 1)]


def test_what_is_broken_is_a_row_and_what_is_not_a_response_is_told(tmp_path: Path) -> None:
    oak, strange = own({"kind": "oak"}), own({"kind": "oak"})
    strange["item"][0]["item"][0]["answer"][0]["valueCoding"]["code"] = "elm"
    text = own({"kind": "oak"})
    text["item"][0]["item"][0]["answer"] = [{"valueString": "secret-9"}]
    tall = own({"height": 5})
    tall["item"][0]["item"][0]["answer"] = [{"valueQuantity": {"value": 5, "unit": "ft"}}]
    resources = [
        PATIENT,
        oak,
        strange,
        text,
        tall,
        own({"kind": "oak"}, status="entered-in-error"),
        own({"kind": "oak"}, questionnaire="http://x"),
        bundle(oak),
        None,
        {"id": "secret-1"},
        own({"kind": "oak"}, status="in-progress"),
        own({"kind": "oak"}, questionnaire="urn:mdt-wizard:questionnaire:park|1"),
        PATIENT,
        {"resourceType": "Observation"},
    ]
    ended = cohort(tmp_path, json.dumps(bundle(*resources)))
    assert ended.code == ExitCode.BAD_CASE
    rows = rows_of(tmp_path)
    assert [(row["entry"], row["error"]) for row in rows] == [
        (2, None),
        (3, 'entry 3: linkId "kind": "elm" is not a value of it; one of oak, beech, birch, pine, '
         "broadleaved, not_told was expected"),
        (4, 'entry 4: linkId "kind": a valueString is not a coding'),
        (5, 'entry 5: linkId "height": it was given in "ft", and is asked in "m"'),
        (6, "entry 6: it was entered in error, and says nothing"),
        (7, 'entry 7: it answers the questionnaire "http://x", not the pathway\'s; '
         "--columns MAP reads its answers"),
        (8, "entry 8: a Bundle in it is not read"),
        (9, "entry 9: it has no resource"),
        (10, "entry 10: it has no resource"),
        (11, None),
        (12, None),
    ]  # fmt: skip
    assert "11 rows in, 11 out, 8 in error" in ended.err.replace("eleven", "11")
    assert "passed over, as they are not responses: 1 Observation, 2 Patient" in ended.err
    assert "one response: not finished" in ended.err
    assert "one response: given to another version of the pathway" in ended.err
    lines = "\n".join(json.dumps(each) for each in resources if each) + '\n{"resourceType": \n'
    assert cohort(tmp_path, lines, name="in.ndjson").code == ExitCode.BAD_CASE
    errors = [str(row.get("error")) for row in rows_of(tmp_path)]
    assert len(errors) == 11
    assert errors[-1].startswith("line 14: it is not JSON: Expecting value")


def test_a_cohort_of_somebody_elses_responses(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    hides = {"enableWhen": [{"question": "/1/kind", "operator": "exists", "answerBoolean": True}]}
    (tmp_path / "form.json").write_text(json.dumps(form(**{"/3/nest": hides})), "utf-8")
    nest = said("/3/nest", {"valueInteger": 1})
    resources = [
        foreign(said("/1/kind", coding("B")), nest, **PERSON),
        foreign(nest, said("/3/text", {"valueString": "secret-9"}), **PERSON),
        foreign(said("/1/kind", {"valueString": "secret-9"}), **PERSON),
        own({"kind": "birch", "nest": "breeding"}),
    ]
    columns = ("--columns", tmp_path / "map.yaml")
    ended = cohort(tmp_path, json.dumps(bundle(*resources)), *columns)
    assert ended.code == ExitCode.BAD_CASE
    first, second, third, last = rows_of(tmp_path)
    assert {**first, "entry": 4} == last
    assert second["error"] is None
    assert third["error"] == (
        'entry 3: linkId "/1/kind": a text is not in the map, nor a word of the pathway'
    )
    assert 'set aside, as its questionnaire does not show it: "/3/nest"' in ended.err
    assert 'not in the map, so not used: "/3/text"' in ended.err
    assert "in the map, and answered in no response: " in ended.err
    again = cohort(tmp_path, "\n".join(map(json.dumps, resources)), *columns, name="in.ndjson")
    assert again.code == ExitCode.BAD_CASE
    assert [{**row, "line": 0} for row in rows_of(tmp_path)] == [
        {"line": 0, **{k: v for k, v in row.items() if k != "entry"}}
        | {"error": row["error"] and row["error"].replace("entry", "line")}
        for row in (first, second, third, last)
    ]


def test_rows_are_grouped_by_a_question(tmp_path: Path) -> None:
    kinds = ["oak"] * 5 + ["birch"]
    text = json.dumps(bundle(*(own({"kind": kind}) for kind in kinds)))
    ended = cohort(tmp_path, text, "--by", "kind", "--format", "json", "--small-numbers")
    groups = json.loads(ended.out)["groups"]
    assert {name: each["assessed"] for name, each in groups.items()} == {"birch": 1, "oak": 5}
    for by in ("damage", "subject"):
        ended = cohort(tmp_path, text, "--by", by)
        assert ended.code == ExitCode.WRONG_USAGE
        assert "of FHIR responses it is the id of a question with one answer" in ended.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<Bundle xmlns='http://hl7.org/fhir'/>", "this is XML; FHIR is read as JSON alone"),
        ('{"resourceType": "Bundle"', ":1:26: it is not JSON"),
        ('{"resourceType": "Bundle",\n "a": 1, "a": 2}', ':2:15: the key "a" stands twice'),
        ('{"a":\n -' + "1" * 5_000 + "}", ":2:2: a number in it has too many digits"),
        ('{"a": [12,\n1e' + "9" * 20 + "]}", ":2:1: a number in it has too many digits"),
        ('{"resourceType": NaN}', "NaN is not a number"),
        ('{"a": ' + "[" * 100_000, "nested too deep"),
        ("\xff", "it is not JSON"),
        ("{}", "this is not FHIR; a Bundle of QuestionnaireResponses was expected"),
        ("[]", "this is not FHIR"),
        ('{"resourceType": "Patient"}', 'this is a FHIR "Patient"; a Bundle'),
        (json.dumps(bundle(type="history")), 'of type "history", which may have a case twice'),
        (json.dumps(bundle(type="batch-response")), 'of type "batch-response", which is not read'),
        (json.dumps(bundle(type=None)), "this is a Bundle without a type; one of collection"),
        (json.dumps(bundle(entry={})), "entry is not a list"),
        ("\n".join([json.dumps(own({}))] * 2), "--input jsonl"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_a_bundle(tmp_path: Path, text: str, told: str) -> None:
    ended = cohort(tmp_path, text)
    assert ended.code == ExitCode.UNUSABLE_FILE
    assert told in ended.err
    assert ended.err.count("\n") == 1
    assert not (tmp_path / "out.jsonl").exists()


def test_one_response_and_a_page_of_a_search(tmp_path: Path) -> None:
    assert cohort(tmp_path, json.dumps(own({"kind": "oak"}))).code == ExitCode.DONE
    (row,) = rows_of(tmp_path)
    page = bundle(own({"kind": "oak"}), link=[{"relation": "next", "url": "http://x"}])
    ended = cohort(tmp_path, json.dumps(page))
    assert rows_of(tmp_path) == [row]
    assert "its other pages are not in the file" in ended.err
    given = run("cohort", "-", "--input", "fhir", "--pathway", PARK, given=json.dumps(page))
    assert given.code == ExitCode.DONE
    assert cohort(tmp_path, json.dumps(bundle(PATIENT))).code == ExitCode.DONE


def test_a_response_that_stands_in_a_bundle_twice_is_told(tmp_path: Path) -> None:
    entries = [{"fullUrl": "urn:secret-1", "resource": own({"kind": "oak"})}] * 3
    other = {"fullUrl": "urn:secret-1", "resource": {"resourceType": "Patient"}}
    ended = cohort(tmp_path, json.dumps(bundle(entry=[other, *entries])))
    assert "two responses: with the fullUrl of one before, so a case may be" in ended.err
    assert len(rows_of(tmp_path)) == 3
    ended = cohort(tmp_path, json.dumps(bundle(*[own({"kind": "oak"})] * 3)))
    assert "fullUrl" not in ended.err


def test_a_response_that_stands_in_two_lines_is_told(tmp_path: Path) -> None:
    oak = own({"kind": "oak"})
    nameless = {name: value for name, value in oak.items() if name != "id"}
    every = [oak, PATIENT | {"id": oak["id"]}, nameless, oak | {"id": "secret-9"}, nameless, oak]
    ended = cohort(tmp_path, "\n".join(map(json.dumps, every)), name="in.ndjson")
    assert "one response: with the id of one before, so a case may be counted twice" in ended.err
    assert len(rows_of(tmp_path)) == 5
