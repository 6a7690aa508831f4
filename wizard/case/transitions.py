"""Answers from what a person types or a file says, and the edits that a wizard makes to them.

Pure functions, each validated against its factor.  An answer that says nothing (every value of
a choice, no member of a multi) is `UNKNOWN`, so equal meanings are equal answers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import Final

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
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.problems import listed, nearest, printable, quoted
from wizard.pathway.ranges import (
    ANY_NUMBER,
    RangeError,
    apart,
    every_number,
    number_above,
    number_in,
    only,
    range_words,
    read_range,
    united,
    with_unit,
)
from wizard.pathway.trees import Range

RawAnswer = str | int | float | list[str] | dict[str, str] | None
"""An answer as JSON has it; None where it is not known."""

UNKNOWN_WORD: Final = "unknown"
NONE_WORD: Final = "none"

# Compiled where they are used first, by `re`: most starts read no number.
_NUMBER: Final = r"(-?)([0-9]+)(?:([.,])([0-9]+))?"
_SIGNS: Final = {"<": "below", "<=": "up to", "≤": "up to", ">": "above", ">=": "from", "≥": "from"}
_ONE_END: Final = r"(<=|>=|[<>≤≥]|(?:below|up to|from|above|exactly)\b) ?(.+)"
_TWO_ENDS: Final = r"(above )?(-?[0-9][0-9.,]*)(?: ?[-–] ?| (to|up to|to below) )(-?[0-9].*)"
_SEVERAL: Final = r" ?; ?|, | or "
"""Between the parts of a list in one line; a comma without a blank is one of a decimal."""
_MOST_DIGITS: Final = 15
"""As many digits as every JSON reader keeps exactly."""


class MemberState(StrEnum):
    """What is said of one member of a multi."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class AnswerError(ValueError):
    """An answer that does not fit its factor.

    `value` is what was given, as written; `what` says what is wrong with it, and `expected` and
    `near` what would be right, `cause` is that of a problem.  `path` leads to the part of the
    answer that is wrong (an index of a list, a key of a map), empty for the whole.
    """

    def __init__(
        self, factor: Factor, value: str, what: str, path: tuple[int | str, ...] = ()
    ) -> None:
        """An error without a hint; `hinting` adds one."""
        super().__init__(factor.id, value, what)
        self.factor = factor.id
        self.value = value
        self.what = what
        self.path = path
        self.expected, self.cause = "", ""
        self.near: str | None = None

    def hinting(self, expected: str, near: str | None = None, cause: str = "") -> "AnswerError":
        """The same error with what was expected, and the name that may have been meant."""
        self.expected, self.near, self.cause = expected, near, cause
        return self

    @property
    def message(self) -> str:
        """The error without the factor's name, for a person who has just typed the answer."""
        parts = [f"{quoted(self.value)} {self.what}", self.expected]
        parts += [f"did you mean {self.near}?"] if self.near else []
        return printable("; ".join(part for part in parts if part))

    def __str__(self) -> str:
        return f"{self.factor}: {self.message}"


def parse_answer(factor: Factor, raw: object) -> Answer:
    """The answer that raw data stands for: text, a number, a list or a map, as in a case file.

    `unknown` and None are `UNKNOWN`.  Raises AnswerError where it does not fit the factor.
    """
    if raw is None or raw == UNKNOWN_WORD:
        return UNKNOWN
    match factor:
        case DerivedFactor(may_be_answered=False):
            raise AnswerError(factor, _raw_text(raw), "is not an answer").hinting(
                "it is worked out from other answers and cannot be given; leave it out"
            )
        case ChoiceFactor():
            return _parse_choice(factor, raw)
        case MultiFactor():
            return _parse_multi(factor, raw)
        case NumberFactor():
            return _parse_number(factor, raw)


def choice_answer(factor: ChoiceFactor, items: Sequence[str]) -> Answer:
    """One of these values and groups of values.

    All of the factor's values are `UNKNOWN`, with the group where one group alone names them.

    Raises AnswerError where nothing is named, or an item twice, or one that the factor lacks.
    """
    if not items:
        raise AnswerError(factor, "[]", "is not an answer").hinting("write unknown")
    values: set[str] = set()
    for index, item in enumerate(items):
        if item in items[:index]:
            raise AnswerError(factor, item, "stands here twice", (index,))
        if item in factor.values:
            values.add(item)
        elif item in factor.groups:
            values.update(factor.groups[item].values)
        else:
            names = (*factor.values, *factor.groups)
            raise _unknown_name(factor, item, "value", names, (index,))
    if len(values) < len(factor.values):
        return ChoiceAnswer(frozenset(values))
    return Unknown(items[0]) if len(items) == 1 else UNKNOWN


def closed_answer(factor: MultiFactor, members: Sequence[str]) -> Answer:
    """These members of a multi are present, and all others absent.

    `none` alone, like no member, means that none is present, and `not_done` alone that it was not
    done.  Raises AnswerError for a member that the factor does not have or that is named twice, and
    where none is not an answer.
    """
    if list(members) == [NONE_WORD]:
        return none_present(factor)
    if factor.not_done and list(members) == [NOT_DONE]:
        return MULTI_NOT_DONE
    for index, member in enumerate(members):
        if member == NONE_WORD:
            raise AnswerError(factor, member, "cannot stand beside members", (index,))
        _check_member(factor, member, (index,))
        if member in members[:index]:
            raise AnswerError(factor, member, "stands here twice", (index,))
    return _multi_answer(factor, frozenset(members), frozenset(factor.members) - frozenset(members))


def partial_answer(factor: MultiFactor, states: Mapping[str, MemberState]) -> Answer:
    """What is said member by member; the rest is unknown.

    Raises AnswerError for a member that the factor does not have, and where all are absent and
    that is not an answer.
    """
    for member in states:
        _check_member(factor, member, (member,))
    return _multi_answer(
        factor,
        frozenset(member for member, state in states.items() if state is MemberState.PRESENT),
        frozenset(member for member, state in states.items() if state is MemberState.ABSENT),
    )


def number_answer(factor: NumberFactor, written: str) -> Answer:
    """A number as a file has it, with a decimal point or a decimal comma.

    The factor's unit may follow.  Raises AnswerError for anything else, for a number out of
    bounds, and for one that could be read in two ways (1.234,5 or 1,234).
    """
    return _number_or_range(factor, written, unclear=",")


def typed_number(factor: NumberFactor, typed: str) -> Answer:
    """A number as a person types it: as in a file, except that 1.234 is ambiguous too.

    In a file the point is the decimal point by definition; a person may separate thousands with it.
    Raises AnswerError as `number_answer` does.
    """
    return _number_or_range(factor, typed, unclear=",.")


def ranges_answer(factor: NumberFactor, parts: Iterable[Range]) -> Answer:
    """A number in one of these ranges: `UNKNOWN` where nothing is left out."""
    ranges = united(parts)
    above = Range(number_above(factor), every_number(factor).high)
    every = united((*ranges, Range(None, factor.minimum), above))
    if every == (Range(None, None),):
        return UNKNOWN
    point = number_in(factor, ranges[0])
    return NumberAnswer(point) if ranges == (only(factor, point),) else RangesAnswer(ranges)


def _number_or_range(factor: NumberFactor, written: str, *, unclear: str) -> Answer:
    """A number, a range in words or in signs (`below 10`, `<10`, `10-20`), or several of them."""
    text = " ".join(written.split())
    several = re.split(_SEVERAL, text)
    if len(several) > 1:
        parts = (_number_or_range(factor, each, unclear=unclear) for each in several)
        return ranges_answer(factor, chain.from_iterable(map(partial(_ranges_of, factor), parts)))
    two, one = re.fullmatch(_TWO_ENDS, text), re.fullmatch(_ONE_END, text)
    named = factor.not_done is not None and text in (NOT_DONE, ANY_NUMBER)
    if two is not None:
        low, high = (_number_read(factor, two[each], unclear=unclear).value for each in (2, 4))
        text = f"{two[1] or ''}{low:f} {two[3] or 'to'} {high:f}"
    elif one is not None:
        word, end = _SIGNS.get(one[1], one[1]), _number_read(factor, one[2], unclear=unclear)
        text = f"{word} {end.value:f}"
    elif not named:
        return _number_read(factor, written, unclear=unclear)
    try:
        return ranges_answer(factor, [read_range(factor, text, answer=True)])
    except RangeError as error:
        raise AnswerError(factor, written, f"cannot be used: {error.what}").hinting(
            error.expected
        ) from None


def _number_read(factor: NumberFactor, written: str, *, unclear: str) -> NumberAnswer:
    """`unclear` are the marks that may separate thousands where three digits follow."""
    text = written.strip()
    if factor.unit and text.endswith(factor.unit):
        text = text.removesuffix(factor.unit).rstrip()
    found = re.fullmatch(_NUMBER, text)
    if found is None:
        raise AnswerError(factor, written, "is not a number").hinting(_number_hint(factor))
    sign, whole, mark, fraction = found.groups(default="")
    if len(whole) + len(fraction) > _MOST_DIGITS:
        raise AnswerError(factor, written, "has too many digits").hinting(_number_hint(factor))
    if mark and mark in unclear and len(fraction) == 3 and whole.lstrip("0"):
        # With another number of decimals it is not ambiguous: 1.2340, or 1.2 for 1.200.
        decimals = fraction.rstrip("0") or "0"
        decimals = f"{decimals}0" if len(decimals) == 3 and "." in unclear else decimals
        both = f"write {whole}{fraction} or {whole}.{decimals}"
        raise AnswerError(factor, written, "can be read in two ways").hinting(both)
    value = Decimal(f"{sign}{whole}.{fraction or 0}").normalize() + 0
    if factor.whole and value != value.to_integral_value():
        raise AnswerError(factor, written, "is not an integer").hinting(_number_hint(factor))
    if not factor.minimum <= value <= factor.maximum:
        error = AnswerError(factor, written, "is out of bounds")
        raise error.hinting(_number_hint(factor), cause=f"bounds {factor.id}")
    return NumberAnswer(value)


# --- edits of a wizard -----------------------------------------------------------------------


def member_state(answer: Answer | None, member: str) -> MemberState:
    """What an answer to a multi (None: not answered) says of one member."""
    if isinstance(answer, MultiAnswer):
        if member in answer.present:
            return MemberState.PRESENT
        if member in answer.absent:
            return MemberState.ABSENT
    return MemberState.UNKNOWN


def mark_member(
    factor: MultiFactor, answer: Answer | None, member: str, state: MemberState
) -> Answer:
    """The answer with one member marked; the others stay as they are.

    Raises AnswerError as `partial_answer` does.
    """
    states = {each: member_state(answer, each) for each in factor.members}
    return partial_answer(factor, {**states, member: state})


def rest_absent(factor: MultiFactor, answer: Answer | None) -> Answer:
    """The answer with every member absent that was not known.

    Raises AnswerError where no member is present and that is not an answer.
    """
    present = answer.present if isinstance(answer, MultiAnswer) else frozenset()
    present = present.intersection(factor.members)
    return _multi_answer(factor, present, frozenset(factor.members) - present)


def none_present(factor: MultiFactor) -> Answer:
    """No member of a multi is present.  Raises AnswerError where that is not an answer."""
    return _multi_answer(factor, frozenset(), frozenset(factor.members))


# --- answers as data -------------------------------------------------------------------------


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
    raise AnswerError(factor, _raw_text(raw), "is not an answer").hinting(hint)


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
            _check_member(factor, member, (member,))
        return partial_answer(factor, {each: _state(factor, each, said[each]) for each in said})
    raise AnswerError(factor, _raw_text(raw), "is not an answer").hinting(
        "a list of all that are present was expected, or a map of members to present, absent or "
        "unknown"
    )


def _parse_number(factor: NumberFactor, raw: object) -> Answer:
    if isinstance(raw, list) and raw:
        return ranges_answer(factor, chain.from_iterable(_parts_of(factor, raw)))
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise AnswerError(factor, _raw_text(raw), "is not a number").hinting(_number_hint(factor))
    return number_answer(factor, str(raw))


def _parts_of(factor: NumberFactor, items: list[object]) -> Iterator[tuple[Range, ...]]:
    """What each entry of a list of ranges and numbers says."""
    for index, item in enumerate(items):
        if isinstance(item, list):
            raise AnswerError(factor, _raw_text(item), "is not a range", (index,))
        try:
            yield _ranges_of(factor, _parse_number(factor, item))
        except AnswerError as error:
            error.path = (index,)
            raise


def _ranges_of(factor: NumberFactor, answer: Answer) -> tuple[Range, ...]:
    """The numbers that an answer leaves; all of them where it says nothing."""
    match answer:
        case NumberAnswer(value):
            return (only(factor, value),)
        case RangesAnswer(ranges):
            return ranges
        case _:
            return (Range(None, None),)


def _as_ids(factor: Factor, items: list[object]) -> list[str]:
    for index, item in enumerate(items):
        if not isinstance(item, str):
            raise AnswerError(factor, _raw_text(item), "is not a name", (index,))
        if item == UNKNOWN_WORD:
            raise AnswerError(factor, item, "stands alone, never in a list", (index,))
    return [str(item) for item in items]


def _state(factor: Factor, member: str, state: object) -> MemberState:
    if state is None:
        return MemberState.UNKNOWN
    try:
        return MemberState(str(state))
    except ValueError:
        raise _unknown_name(factor, _raw_text(state), "state", [*MemberState], (member,)) from None


def _check_member(factor: MultiFactor, member: str, path: tuple[int | str, ...]) -> None:
    if factor.not_done and member == NOT_DONE:
        raise AnswerError(factor, member, "cannot stand beside members", path)
    if member not in factor.members:
        raise _unknown_name(factor, member, "member", tuple(named_values(factor)), path)


def _multi_answer(factor: MultiFactor, present: frozenset[str], absent: frozenset[str]) -> Answer:
    if factor.at_least and len(absent) == len(factor.members):
        raise AnswerError(factor, NONE_WORD, "is not an answer").hinting(
            f"at least {factor.at_least} of {listed(factor.members)} must be present, or not known"
        )
    return MultiAnswer(present, absent) if present or absent else UNKNOWN


def _number_hint(factor: NumberFactor) -> str:
    kind = "an integer" if factor.whole else "a number"
    kind = kind if factor.not_done is None else f"{NOT_DONE}, or {kind}"
    return f"{kind} from {factor.minimum} to {with_unit(factor, str(factor.maximum))} was expected"


def _unknown_name(
    factor: Factor, name: str, kind: str, names: Sequence[str], path: tuple[int | str, ...]
) -> AnswerError:
    expected, near = f"one of {listed(names, near=name)} was expected", nearest(name, names)
    cause = f"value {factor.id}.{name}" if kind != "state" else ""
    return AnswerError(factor, name, f"is not a {kind} of it", path).hinting(expected, near, cause)


def _raw_text(raw: object) -> str:
    """Raw data of the wrong shape, for a message."""
    return raw if isinstance(raw, str) else repr(raw)
