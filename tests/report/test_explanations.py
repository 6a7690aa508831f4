"""Explanations as reports and as data: whole, cited, stamped, and in the form of their schemas."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import wizard.report
from tests.small import TODAY, at, shipped, small
from wizard.case.files import read_regression_cases
from wizard.pathway.load import shipped_folder
from wizard.pathway.model import AlertLevel, Status
from wizard.reasoning.case_diff import compare_cases
from wizard.reasoning.situation import Situation, situation
from wizard.reasoning.what_if import what_if, whole_case
from wizard.report.as_json import printed
from wizard.report.explanation import (
    case_explanation,
    comparison_report,
    option_explanation,
    what_if_report,
)
from wizard.report.explanation_json import (
    case_explanation_data,
    comparison_data,
    option_explanation_data,
    what_if_data,
)
from wizard.report.moment import Moment
from wizard.report.text import WIDTH, laid_out
from wizard.wording.outline import Item, Report

WHEN = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)
CASES = read_regression_cases(shipped_folder() / "cases", shipped().pathway)
SOME = list(CASES)[::24]
FOLDER = Path(wizard.report.__file__).parent


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def valid(name: str, text: str) -> Any:
    data = json.loads(text)
    validator(name).validate(data)
    return data


def case(name: str) -> Situation:
    return situation(shipped(), CASES[name].answers, TODAY)


def everything(report: Report) -> list[str]:
    def of(items: tuple[Item, ...]) -> list[str]:
        return [text for item in items for text in (item.whole, *of(item.items))]

    said = [report.title]
    for section in report.sections:
        said += [section.title, *section.paragraphs, *of(section.items)]
    return said


# --- data ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SOME)
def test_every_option_keeps_the_contract(name: str) -> None:
    now = case(name)
    for option in now.pathway.options.values():
        data = valid(
            "option_explanation",
            printed(option_explanation_data(now, WHEN, now.explained.option(option.id, ["site"]))),
        )
        assessed = now.assessment.options[option.id]
        assert data["option"]["status"] == assessed.status
        sets = [tuple(each["factors"]) for each in data["reasons"]]
        assert (assessed.verdict.because in sets) == (assessed.status is not Status.POSSIBLE)
        assert set(data["changes"]) - {"kept", "released"} == {
            "described",
            "not_described",
        } - {assessed.status.value}
        assert data["changes"]["released"] == ["site"]
        assert "site" not in data["changes"]["kept"]


@pytest.mark.parametrize("name", SOME)
def test_a_case_and_what_if_keep_the_contract(name: str) -> None:
    now = case(name)
    whole = valid("case_explanation", printed(case_explanation_data(now, WHEN)))
    told = whole["conclusion"]
    assert sorted(told["described"] + told["not_described"] + told["open"]) == sorted(
        now.pathway.options
    )
    assert [each["factor"] for each in whole["questions"]] == [
        each.factor for each in now.assessment.next
    ]
    found = whole_case(now.compiled, now.answers, now.assessment)
    data = valid("what_if", printed(what_if_data(now, WHEN, found)))
    assert [each["factor"] for each in data["factors"]] == [each.factor for each in found]


def test_comparisons_keep_the_contract() -> None:
    before, after = case(SOME[0]), case(SOME[1])
    found = compare_cases(shipped(), before.answers, after.answers)
    data = valid("case_comparison", printed(comparison_data(before, after, WHEN, found)))
    assert data["before"]["options"] == {
        option.id: option.status for option in before.assessment.options.values()
    }
    assert data["answers_that_differ"]
    same = compare_cases(shipped(), before.answers, before.answers)
    data = valid("case_comparison", printed(comparison_data(before, before, WHEN, same)))
    assert data["answers_that_differ"] == []
    assert not any(data["moved"].values())


def test_a_what_if_names_the_question_its_answer_and_that_it_is_a_fact() -> None:
    now = at({"tumour_type": "net"}, shipped())
    found = what_if(now.compiled, now.answers, "tumour_type", now.assessment)
    sections = what_if_report(now, WHEN, [found]).sections
    (told,) = [each for each in sections if each.title.startswith("What if")]
    assert told.title == "What if: Tumour type"
    assert told.paragraphs[0] == "Now: NET."
    assert told.paragraphs[-1] == "This is a fact that cannot change."


def test_numbers_are_told_as_ranges() -> None:
    now = at({"kind": "oak", "height": 30, "damage": ["storm"]})
    found = what_if(small(), now.answers, "height", now.assessment)
    data = valid("what_if", printed(what_if_data(now, WHEN, [found])))
    alternatives = data["factors"][0]["alternatives"]
    assert len(alternatives) > 1
    assert alternatives[-1] | {"moved": None} == {"answer": None, "values": None, "moved": None}
    for each in alternatives[:-1]:
        assert set(each["values"]) == {"from", "below"}
        assert each["answer"] == (each["values"]["from"] or 0)


# --- text ------------------------------------------------------------------------------------


def reports(now: Situation) -> list[Report]:
    found = whole_case(now.compiled, now.answers, now.assessment)
    compared = compare_cases(now.compiled, now.answers, now.answers)
    return [
        case_explanation(now, WHEN),
        what_if_report(now, WHEN, found),
        comparison_report(now, now, WHEN, compared, ("one.yaml", "two.yaml")),
        *(option_explanation(now, WHEN, each) for each in now.explained.options.values()),
    ]


@pytest.mark.parametrize("name", SOME)
def test_every_report_is_stamped_cited_and_has_every_alert(name: str) -> None:
    now = case(name)
    for report in reports(now):
        said = everything(report)
        titles = [section.title for section in report.sections]
        assert titles[-3:] == ["Intended use", "Made by", "Sources"]
        assert report.first == "For clinicians, not reviewed; notices follow."
        assert any(now.pathway.digest in text for text in said)
        assert now.pathway.intended_use in said
        for alert in now.assessment.alerts:
            record = now.pathway.alerts[alert]
            assert any(record.title in text for text in said)
            if record.level is AlertLevel.EMERGENCY:
                first = report.sections[:2]
                said_first = [
                    i.text for s in first if s.title.startswith("May be life") for i in s.items
                ]
                assert any(record.title in text for text in said_first)
        text = laid_out(report)
        assert all(len(line) <= WIDTH for line in text.splitlines())


@pytest.mark.parametrize("name", SOME)
def test_no_report_advises(name: str) -> None:
    for report in reports(case(name)):
        own = " ".join(
            text
            for section in report.sections
            if section.title not in {"Intended use", "Sources"}
            for text in (section.title, *section.paragraphs)
        ).lower()
        for word in (
            "recommend",
            "should",
            "best",
            "first choice",
            "eligible",
            "indicated",
            "safe",
        ):
            assert word not in own.split()


def test_an_option_is_explained_in_sentences() -> None:
    now = situation(shipped(), CASES["bowel_net_syndrome_not_spread.yaml"].answers, TODAY)
    said = everything(option_explanation(now, WHEN, now.explained.options["targeted_therapy"]))
    assert (
        "These answers alone decide it: the cancer has not spread and the tumour can be removed."
    ) in said
    assert "CRT-17: does not match, one answer away" in said
    assert "Stopped because the cancer has not spread." in said
    assert ("With which other answers would the documents describe Targeted therapy?") in said
    assert "Spread: Has spread (now: Not spread): one answer changed" in said
    assert "Not described is not the same as unsuitable." in said


def test_a_sentence_that_is_read_for_nec_too_is_not_said_to_miss_a_net_that_it_matches() -> None:
    now = situation(shipped(), CASES["bowel_net_syndrome_spread.yaml"].answers, TODAY)
    report = option_explanation(now, WHEN, now.explained.options["chemotherapy"])
    why_not = next(each for each in report.sections if each.title == "Why not").items
    assert [item.text for item in why_not] == ["CRT-23: speaks of other cases, two answers away"]


def test_a_comparison_marks_what_differs_and_nothing_else() -> None:
    before, after = case(SOME[0]), case(SOME[1])
    found = compare_cases(shipped(), before.answers, after.answers)
    report = comparison_report(before, after, WHEN, found, ("a", "b"))
    options = next(s for s in report.sections if s.title == "Options side by side").items
    marked = {item.text for item in options if item.mark == "≠"}
    assert marked == {shipped().pathway.options[m.option].label for m in found.moved.options}
    assert len(options) == len(shipped().pathway.options)
