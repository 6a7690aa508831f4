"""That something was not measured or not looked for, as an answer in files and as data."""

import pytest

from tests.small import factor_of, park, prostate
from wizard.case.answers import (
    MULTI_NOT_DONE,
    NUMBER_NOT_DONE,
    UNKNOWN,
    Answer,
    ChoiceAnswer,
    MultiAnswer,
    RangesAnswer,
)
from wizard.case.files import read_case
from wizard.case.numbers import typed_number
from wizard.case.raw import parse_answer, raw_answer
from wizard.case.transitions import (
    AnswerError,
    MemberState,
    mark_member,
    partial_answer,
    rest_absent,
)
from wizard.pathway.factors import Factor, MultiFactor, NumberFactor

FACTORS = {**prostate().pathway.factors, **park().pathway.factors}
PARTS = factor_of(park().pathway, "fungus_parts", MultiFactor)
PSA = factor_of(prostate().pathway, "psa", NumberFactor)


@pytest.mark.parametrize(
    ("factor", "answer"),
    [
        ("psa", NUMBER_NOT_DONE),
        ("gleason", NUMBER_NOT_DONE),
        ("fungus_parts", MULTI_NOT_DONE),
        ("nest", ChoiceAnswer(frozenset({"not_done"}))),
    ],
)
def test_it_is_an_answer_of_every_type_and_comes_back_as_it_was(
    factor: str, answer: Answer
) -> None:
    record: Factor = FACTORS[factor]
    assert parse_answer(record, "not_done") == answer
    assert raw_answer(record, answer) == "not_done"


def test_a_list_may_hold_it_alone() -> None:
    assert parse_answer(PARTS, ["not_done"]) == MULTI_NOT_DONE
    for raw in (["root", "not_done"], {"not_done": "present"}):
        with pytest.raises(AnswerError, match="not_done") as error:
            parse_answer(PARTS, raw)
        assert "cannot stand beside members" in error.value.message


def test_data_of_the_program_itself_is_read_again() -> None:
    for said in ({"root": MemberState.ABSENT}, {}):
        answer = partial_answer(PARTS, said)
        data = {"not_done": "unknown", "root": said.get("root", "unknown")}
        assert parse_answer(PARTS, data) == answer


def test_what_is_said_of_a_member_takes_its_place() -> None:
    marked = mark_member(PARTS, MULTI_NOT_DONE, "root", MemberState.ABSENT)
    assert marked == MultiAnswer(frozenset(), frozenset({"root"}))
    with pytest.raises(AnswerError, match="none"):
        rest_absent(PARTS, MULTI_NOT_DONE)


def test_ranges_may_hold_it_and_any_number_leaves_it_out() -> None:
    below = parse_answer(PSA, ["below 10", "not_done"])
    assert isinstance(below, RangesAnswer)
    assert raw_answer(PSA, below) == ["below 10", "not_done"]
    measured = parse_answer(PSA, "any number")
    assert isinstance(measured, RangesAnswer)
    assert raw_answer(PSA, measured) == "any number"
    assert parse_answer(PSA, ["any number", "not_done"]) == UNKNOWN
    above = parse_answer(PSA, "from 20")
    assert raw_answer(PSA, above) == "from 20"
    assert parse_answer(PSA, raw_answer(PSA, above)) == above


def test_a_number_that_cannot_be_read_is_told_that_it_may_be_not_done() -> None:
    with pytest.raises(AnswerError) as error:
        typed_number(PSA, "none")
    assert error.value.message == (
        '"none" is not a number; not_done, or a number from 0 to 20000 ng/mL was expected'
    )


def test_where_it_is_no_answer_it_is_refused() -> None:
    with pytest.raises(AnswerError, match="growth") as error:
        parse_answer(FACTORS["growth"], "not_done")
    assert "is not a value of it" in error.value.message


def test_a_case_that_is_written_is_read_again() -> None:
    case = read_case("answers: {psa: not_done, gleason: 6}", prostate().pathway)
    assert case.answers["psa"] == NUMBER_NOT_DONE


def test_a_list_of_it_alone_is_no_list_of_members() -> None:
    assert read_case("answers: {fungus_parts: [not_done]}", park().pathway).closed_lists == ()
