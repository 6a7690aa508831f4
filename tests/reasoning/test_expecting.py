"""What is told where a case is not as expected: each difference once, with both sides in words."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from wizard.case.expectation import Expectation
from wizard.pathway.model import Status
from wizard.reasoning.assessment import (
    AlertState,
    Assessment,
    OptionAssessment,
    Setting,
    Verdict,
)
from wizard.reasoning.expecting import Difference, differences, expectation_of


def option(
    name: str,
    status: Status,
    depends_on: tuple[str, ...] = (),
    aims: tuple[str, ...] = (),
    setting: Setting | None = None,
) -> OptionAssessment:
    statements = {"hbk": status, "lft": Status.NOT_DESCRIBED}
    exclusions = {"frail": Status.DESCRIBED, "young": Status.POSSIBLE}
    verdict = Verdict(status, depends_on, ())
    return OptionAssessment(name, verdict, statements, exclusions, aims, setting)


FOUND = Assessment(
    options={
        each.id: each
        for each in (
            option("spray", Status.DESCRIBED, aims=("keep", "calm"), setting=Setting.MET),
            option("prune", Status.POSSIBLE, ("near", "height")),
            option("fell", Status.NOT_DESCRIBED),
        )
    },
    alerts={"falling": AlertState.RAISED, "age": AlertState.CHECK},
    next=(),
    waiting=(),
    parked=("rot", "moss"),
    applies={},
    derived={},
)
SAME = Expectation(
    described=frozenset({"spray"}),
    possible={"prune": frozenset({"height", "near"})},
    not_described=frozenset({"fell"}),
    alerts=frozenset({"falling"}),
    checks=frozenset({"age"}),
    aims={"spray": frozenset({"calm", "keep"})},
    usual_settings={"spray": "met"},
    statements={("spray", "hbk"): "described", ("prune", "lft"): "not_described"},
    excluded_by={"spray": frozenset({"frail"})},
    parked=frozenset({"moss", "rot"}),
)


def test_what_is_as_expected_has_no_difference() -> None:
    assert differences(SAME, FOUND) == ()


def test_what_a_case_does_not_speak_of_is_no_difference() -> None:
    silent = replace(SAME, aims={}, usual_settings={}, statements={}, excluded_by={}, parked=None)
    assert differences(silent, FOUND) == ()


CHANGED: list[tuple[Mapping[str, object], Difference]] = [
    (
        {"described": frozenset({"spray", "fell"}), "not_described": frozenset()},
        Difference("fell", "described", "not_described"),
    ),
    (
        {"described": frozenset(), "not_described": frozenset({"spray", "fell"})},
        Difference("spray", "not_described", "described"),
    ),
    (
        {"possible": {"prune": frozenset({"near"})}},
        Difference("prune", "possible, depending on near", "possible, depending on height, near"),
    ),
    (
        {"possible": {}, "not_described": frozenset({"prune", "fell"})},
        Difference("prune", "not_described", "possible, depending on height, near"),
    ),
    ({"aims": {"spray": frozenset()}}, Difference("spray, aims", "nothing", "calm, keep")),
    ({"aims": {"prune": frozenset({"calm"})}}, Difference("prune, aims", "calm", "nothing")),
    (
        {"usual_settings": {"spray": "unknown"}},
        Difference("spray, usual setting", "unknown", "met"),
    ),
    (
        {"statements": {("spray", "lft"): "possible"}},
        Difference("spray, statement lft", "possible", "not_described"),
    ),
    (
        {"excluded_by": {"spray": frozenset()}},
        Difference("spray, excluded by", "nothing", "frail"),
    ),
    ({"parked": frozenset({"rot"})}, Difference("parked answers", "rot", "moss, rot")),
    ({"parked": frozenset()}, Difference("parked answers", "nothing", "moss, rot")),
    ({"alerts": frozenset()}, Difference("alert falling", "not shown", "raised")),
    ({"checks": frozenset()}, Difference("alert age", "not shown", "check")),
    (
        {"alerts": frozenset({"falling", "age"}), "checks": frozenset()},
        Difference("alert age", "raised", "check"),
    ),
    (
        {"alerts": frozenset(), "checks": frozenset({"falling", "age"})},
        Difference("alert falling", "check", "raised"),
    ),
    (
        {"alerts": frozenset({"falling", "storm"})},
        Difference("alert storm", "raised", "not shown"),
    ),
    ({"checks": frozenset({"age", "storm"})}, Difference("alert storm", "check", "not shown")),
]


@pytest.mark.parametrize(("changed", "told"), CHANGED, ids=[each.subject for _, each in CHANGED])
def test_each_difference_is_told_alone(changed: Mapping[str, object], told: Difference) -> None:
    (found,) = differences(replace(SAME, **changed), FOUND)  # type: ignore[arg-type]  # of some field
    assert replace(found, option=None, statement=None, alert=None) == told
    about = [name for name in (found.option, found.statement, found.alert) if name]
    words = told.subject.replace(",", "").split()
    assert all(name in words for name in about)
    assert bool(about) == (told.subject != "parked answers")


def test_differences_stand_in_the_order_of_what_is_shown_and_then_by_name() -> None:
    expected = replace(
        SAME,
        described=frozenset(),
        possible={},
        alerts=frozenset({"thaw", "storm"}),
        parked=frozenset(),
    )
    assert [each.subject for each in differences(expected, FOUND)] == [
        "spray",
        "prune",
        "alert falling",
        "alert storm",
        "alert thaw",
        "parked answers",
    ]


def test_an_assessment_is_as_it_says_itself_and_no_other_is() -> None:
    assert differences(expectation_of(FOUND), FOUND) == ()
    fell = option("fell", Status.NOT_DESCRIBED, setting=Setting.NOT_MET)
    other = replace(FOUND, options={"fell": fell, "climb": option("climb", Status.DESCRIBED)})
    assert differences(expectation_of(FOUND), other) == (
        Difference("fell, usual setting", "none", "not_met", "fell"),
        Difference("climb", "no such option", "described", "climb"),
        Difference("prune", "possible, depending on height, near", "no such option", "prune"),
        Difference("spray", "described", "no such option", "spray"),
    )
