"""An assessment as a GuidanceResponse: what the report as JSON says, and no request for care."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from tests.fhir.cases import partial_case, read
from tests.fhir.pathways import NAMES, compiled, items_of
from tests.program import run
from tests.small import SMALL, TODAY, at
from wizard.case.raw import raw_answer
from wizard.exits import ExitCode
from wizard.fhir.questionnaire import questionnaire
from wizard.reasoning.situation import Situation, situation
from wizard.report.as_fhir import guidance_response
from wizard.report.as_json import json_report
from wizard.report.moment import Moment

GOLDEN: Final = Path(__file__).with_name("guidance.json")
WHEN: Final = Moment(datetime(2026, 11, 21, 12, tzinfo=UTC), TODAY)
REQUESTS: Final = ("RequestGroup", "CarePlan", "ServiceRequest", "MedicationRequest", "Task")


def guidance(now: Situation) -> dict[str, Any]:
    made = json.loads(json.dumps(guidance_response(now, WHEN)))
    assert isinstance(made, dict)
    return made


def contained(made: Mapping[str, Any], kind: str) -> dict[str, Any]:
    (found,) = (each for each in made["contained"] if each["resourceType"] == kind)
    assert isinstance(found, dict)
    return found


def parameters(made: Mapping[str, Any], name: str) -> list[Any]:
    """The output parameters of a name: their parts, or their values."""
    every = contained(made, "Parameters")["parameter"]
    return [each.get("part") or value_of(each) for each in every if each["name"] == name]


def value_of(parameter: Mapping[str, Any]) -> Any:
    (value,) = (each for key, each in parameter.items() if key.startswith("value"))
    return value.get("code") or value.get("label") if isinstance(value, dict) else value


def values(parts: list[dict[str, Any]], name: str) -> list[Any]:
    return [value_of(each) for each in parts if each["name"] == name]


def parts_of(parts: list[dict[str, Any]], name: str) -> Iterator[list[dict[str, Any]]]:
    return (each["part"] for each in parts if each["name"] == name)


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_the_report_as_json_says(name: str) -> None:
    random = Random(name)
    own = compiled(name)
    for _ in range(10):
        now = situation(own, partial_case(random, own.pathway), TODAY)
        made, data = guidance(now), json.loads(json_report(now, WHEN))
        for parts, option in zip(parameters(made, "option"), data["options"], strict=True):
            assert values(parts, "id") == [option["id"]]
            assert values(parts, "status") == [option["status"]]
            assert values(parts, "depends_on") == option["depends_on"]
            assert values(parts, "because") == option["because"]
            assert [values(each, "id")[0] for each in parts_of(parts, "aim")] == option["aims"]
            for several, single in (("statements", "statement"), ("excluded_by", "excluded_by")):
                said = [
                    {
                        **{key: values(each, key)[0] for key in ("id", "source", "status")},
                        "claims": values(each, "claim"),
                        "claims_possible": values(each, "claim_possible"),
                    }
                    for each in parts_of(parts, single)
                ]
                assert said == option[several]
            cautioned = [values(each, "claim") for each in parts_of(parts, "caution")]
            assert cautioned == [each["claims"] for each in option["cautions"]]
            (setting,) = [*parts_of(parts, "usual_setting")] or [[]]
            assert values(setting, "status") == [option["usual_setting"]] * bool(setting)
            assert bool(setting) == (option["usual_setting"] is not None)
        alerts = [
            {key: values(each, key)[0] for key in ("id", "level", "state", "title")}
            for each in parameters(made, "alert")
        ]
        assert alerts == [{key: each[key] for key in alerts[0]} for each in data["alerts"]]
        assert parameters(made, "parked") == data["parked"]
        derived = {
            values(each, "question")[0]: values(each, "value")
            for each in parameters(made, "derived")
        }
        assert derived == data["derived"]
        wanted = [
            (
                each["extension"][0]["valueCoding"]["code"],
                [e["valueCode"] for e in each["extension"][1:]],
            )
            for each in made.get("dataRequirement", ())
        ]
        assert wanted == [(each["factor"], each["changes"]) for each in data["next"]]


@pytest.mark.parametrize("name", NAMES)
def test_its_answers_come_back_and_every_cited_claim_is_there(name: str) -> None:
    random = Random(name)
    own = compiled(name)
    links = {item["linkId"] for item in items_of(questionnaire(own.pathway)[0])}
    for _ in range(10):
        given = partial_case(random, own.pathway)
        made = guidance(situation(own, given, TODAY))
        answers = contained(made, "QuestionnaireResponse")
        assert {item["linkId"] for item in items_of(answers)} <= links
        back = read(own.pathway, made).answers
        assert {name: raw_answer(own.pathway.factors[name], back[name]) for name in back} == {
            name: raw_answer(own.pathway.factors[name], given[name]) for name in given
        }
        cited = set(parameters(made, "cited"))
        said = set(claims(contained(made, "Parameters")["parameter"]))
        assert said == cited <= own.pathway.claims.keys()


def claims(parts: list[dict[str, Any]]) -> Iterator[str]:
    """Every claim that a parameter or a part of one cites."""
    for part in parts:
        if part["name"] in ("claim", "claim_possible"):
            yield part["valueString"]
        yield from claims(part.get("part", []))


def test_it_requests_nothing_names_nobody_and_refers_to_all_that_it_contains() -> None:
    for raw in ({}, {"kind": "oak"}, {"kind": "oak", "height": 30, "damage": [], "growth": "slow"}):
        made = guidance(at(dict(raw)))
        text = json.dumps(made)
        assert not [each for each in REQUESTS if each in text]
        assert {"subject", "result", "performer", "author", "source"}.isdisjoint(made)
        assert {"subject", "author", "source"}.isdisjoint(contained(made, "QuestionnaireResponse"))
        for each in made["contained"]:
            assert f'{{"reference": "#{each["id"]}"}}' in text
        assert made["moduleCanonical"] == "urn:mdt-wizard:pathway:park_trees|2026.11"
        issues = contained(made, "OperationOutcome")["issue"]
        notices = [each["details"]["text"] for each in issues]
        assert "No clinician has reviewed this pathway." in notices
        assert "Not described is not the same as unsuitable." in notices
        assert issues[0]["severity"] == "warning"


def test_its_status_says_whether_an_answer_is_needed() -> None:
    open_ = at()
    assert guidance(open_)["status"] == "data-required"
    everything = {
        "kind": "oak",
        "height": 30,
        "damage": [],
        "growth": "slow",
        "near": "path",
    }
    settled = at(dict(everything))
    assert settled.assessment.next == ()
    made = guidance(settled)
    assert made["status"] == "success"
    assert "dataRequirement" not in made
    assert contained(made, "QuestionnaireResponse")["status"] == "completed"


def test_the_small_pathway_as_it_was_read_by_a_person() -> None:
    now = at({"kind": "oak", "damage": {"fungus": "present"}, "near": ["path", "house"]})
    text = json.dumps(guidance_response(now, WHEN), indent=2) + "\n"
    assert text.replace(str(SMALL), "SMALL") == GOLDEN.read_text("utf-8")


def test_the_command_prints_it_and_many_cases_are_refused(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("answers: {kind: oak}")
    ended = run("assess", case, "--pathway", SMALL, "--format", "fhir")
    assert ended.code == ExitCode.DONE
    assert json.loads(ended.out)["resourceType"] == "GuidanceResponse"
    many = run("assess", "--batch", case, "--pathway", SMALL, "--format", "fhir")
    assert (many.code, many.out) == (ExitCode.WRONG_USAGE, "")
    assert "--batch prints statuses alone" in many.err
