"""Answers from raw data, as case files and JSON have it, and back."""

from collections.abc import Mapping

from wizard.case.answers import (
    MULTI_NOT_DONE,
    NUMBER_NOT_DONE,
    UNKNOWN,
    Answer,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
)
from wizard.case.transitions import (
    NONE_WORD,
    UNKNOWN_WORD,
    AnswerError,
    MemberState,
    check_member,
    choice_answer,
    closed_answer,
    member_state,
    partial_answer,
    unknown_name,
)
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.ranges import apart, range_words

RawAnswer = str | int | float | list[str] | dict[str, str] | None
"""An answer as JSON has it; None where it is not known."""


def parse_answer(factor: Factor, raw: object) -> Answer:
    """The answer that raw data stands for: text, a number, a list or a map, as in a case file.

    `unknown` and None are `UNKNOWN`.  Raises AnswerError where it does not fit the factor.
    """
    if raw is None or raw == UNKNOWN_WORD:
        return UNKNOWN
    match factor:
        case DerivedFactor(may_be_answered=False):
            raise AnswerError(factor, raw, "is not an answer").hinting(
                "it is worked out from other answers and cannot be given; leave it out"
            )
        case ChoiceFactor():
            return _parse_choice(factor, raw)
        case MultiFactor():
            return _parse_multi(factor, raw)
        case NumberFactor():
            from wizard.case.numbers import parse_number

            return parse_number(factor, raw)


def raw_answer(factor: Factor, answer: Answer | None) -> RawAnswer:
    """An answer as JSON has it: `not_done` where it was not done.

    One value of a choice, or a list of them in the factor's order; a map of every member of a
    multi to its state; a number; None where it is not known or not answered, but for a group of
    all values.
    """
    if answer in (MULTI_NOT_DONE, NUMBER_NOT_DONE):
        return NOT_DONE
    match answer:
        case None | Unknown():
            return answer.group if answer else None
        case ChoiceAnswer(values):
            chosen = [value for value in named_values(factor) if value in values]
            return chosen[0] if len(chosen) == 1 else chosen
        case MultiAnswer():
            if not isinstance(factor, MultiFactor):
                raise TypeError(factor)
            return {member: member_state(answer, member).value for member in factor.members}
        case NumberAnswer(value):
            return int(value) if value == value.to_integral_value() else float(value)
        case RangesAnswer(ranges):
            if not isinstance(factor, NumberFactor):
                raise TypeError(factor)
            words = [range_words(factor, part) for part in apart(factor, ranges)]
            return words[0] if len(words) == 1 else words


# --- parts -----------------------------------------------------------------------------------


def _parse_choice(factor: ChoiceFactor, raw: object) -> Answer:
    if isinstance(raw, str):
        return choice_answer(factor, [raw])
    if isinstance(raw, list):
        return choice_answer(factor, _as_ids(factor, raw))
    hint = "a value or a list of values was expected"
    raise AnswerError(factor, raw, "is not an answer").hinting(hint)


def _parse_multi(factor: MultiFactor, raw: object) -> Answer:
    if raw in (NONE_WORD, NOT_DONE):
        return closed_answer(factor, [str(raw)])
    if isinstance(raw, list):
        return closed_answer(factor, _as_ids(factor, raw))
    if isinstance(raw, Mapping):
        # The program's own data says of "not done", too, that nothing is known of it.
        unsaid = factor.not_done and raw.get(NOT_DONE) == UNKNOWN_WORD
        said = {str(each): raw[each] for each in raw if not (unsaid and each == NOT_DONE)}
        for member in said:
            check_member(factor, member, (member,))
        return partial_answer(factor, {each: _state(factor, each, said[each]) for each in said})
    raise AnswerError(factor, raw, "is not an answer").hinting(
        "a list of all that are present was expected, or a map of members to present, absent or "
        "unknown"
    )


def _as_ids(factor: Factor, items: list[object]) -> list[str]:
    for index, item in enumerate(items):
        if not isinstance(item, str):
            raise AnswerError(factor, item, "is not a name", (index,))
        if item == UNKNOWN_WORD:
            raise AnswerError(factor, item, "stands alone, never in a list", (index,))
    return [str(item) for item in items]


def _state(factor: Factor, member: str, state: object) -> MemberState:
    if state is None:
        return MemberState.UNKNOWN
    try:
        return MemberState(str(state))
    except ValueError:
        raise unknown_name(factor, str(state), "state", [*MemberState], (member,)) from None
