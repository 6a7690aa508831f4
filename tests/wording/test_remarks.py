"""What may not be lost where an option is only a row: soft wording, and the age of its source."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.small import TODAY, at, shipped, small
from wizard.case.files import read_regression_cases
from wizard.pathway.load import shipped_folder
from wizard.pathway.model import Option, Status
from wizard.plain.pages import lists_page
from wizard.reasoning.assessment import Setting
from wizard.reasoning.situation import Situation, situation
from wizard.report.content import report
from wizard.report.moment import Moment
from wizard.report.text import text_report
from wizard.wording.harms import for_anyone, left_on_card
from wizard.wording.options import OTHER_CASES, option_row, statement_lines, told_once
from wizard.wording.remarks import only_source_age, remarks, soft_wording

WHEN = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)
CASES = read_regression_cases(shipped_folder() / "cases", shipped().pathway)


def some_situations() -> list[Situation]:
    chosen = random.Random(7).sample(sorted(CASES), 25)
    return [situation(shipped(), CASES[name].answers, TODAY) for name in chosen]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_soft_words_stand_where_they_are_not_certainly_met() -> None:
    options = small().pathway.options
    cases: list[tuple[dict[str, object], str | None]] = [
        (
            {"kind": "oak", "damage": ["storm"], "height": 25, "near": "nothing"},
            "a place with people",
        ),
        ({"kind": "oak", "damage": ["storm"], "height": 25}, "a place with people"),
        ({"kind": "oak", "damage": ["storm"], "height": 25, "near": "path"}, None),
        ({"kind": "pine", "near": "nothing"}, None),
    ]
    for given, words in cases:
        assert soft_wording(at(given), options["prune"]) == words


def test_the_age_of_the_only_source_is_told() -> None:
    now = at({"kind": "pine"})
    assert only_source_age(now, now.pathway.options["spray"]) == "undated"
    later = situation(now.compiled, now.answers, date(2031, 1, 1))
    watch = later.pathway.options["watch"]
    assert only_source_age(later, watch) == "2020"
    assert only_source_age(now, watch) is None


@pytest.mark.parametrize("number", range(25))
def test_every_list_has_every_remark(number: int) -> None:
    now = some_situations()[number]
    plain = flat(" ".join(lists_page(now)))
    overview = next(each for each in report(now, WHEN).sections if each.title == "In short")
    in_short = " ".join(item.text for item in overview.items)
    for option in now.pathway.options.values():
        told = remarks(now, option)
        assert option_row(now, option).remarks == told
        if told:
            named = f"{option.label} ({', '.join(told)})"
            assert named in in_short
            assert named in plain
        assessed = now.assessment.options[option.id]
        soft = option.usual_setting is not None and assessed.usual_setting is not Setting.MET
        assert (soft_wording(now, option) is not None) is (
            soft and assessed.status is not Status.NOT_DESCRIBED
        )


@pytest.mark.parametrize("number", range(25))
def test_harms_for_anyone_are_in_every_report_and_the_rest_is_counted(number: int) -> None:
    now = some_situations()[number]
    text = flat(text_report(now, WHEN))
    for option in now.pathway.options.values():
        shown = now.assessment.options[option.id].status is not Status.NOT_DESCRIBED
        assert bool(for_anyone(now, option)) is (shown and bool(option.for_anyone))
        for cited in for_anyone(now, option):
            assert flat(f"{cited.says} [{cited.reference}]") in text
        left = left_on_card(now, option)
        if shown and left is not None:
            assert flat(left) in text


def test_what_is_left_on_a_card_is_counted_to_the_last_claim() -> None:
    now = at({"kind": "pine"})
    option = replace(
        now.pathway.options["prune"],
        card={"cautions": ("HBK-01", "HBK-02", "HBK-07"), "side_effects": ("HBK-03",)},
    )
    assert (
        left_on_card(now, option)
        == "One more sentence on side effects and two more cautions on the card."
    )
    bare: Option = replace(option, card={"cautions": ("HBK-07",)})
    assert left_on_card(now, bare) is None


def test_a_sentence_read_for_two_kinds_of_case_is_told_once_in_each() -> None:
    for now in some_situations():
        for option in now.pathway.options.values():
            every = statement_lines(now, option)
            told = told_once(every)
            of_this_case = [line for line in every if line.word != OTHER_CASES]
            assert [line for line in told if line.word != OTHER_CASES] == of_this_case
            claims = {each.claim for line in every for each in line.citations}
            assert claims == {each.claim for line in told for each in line.citations}
            both = {each.claim for line in of_this_case for each in line.citations}
            for line in told:
                cited = {each.claim for each in line.citations}
                assert line.word != OTHER_CASES or not cited <= both
