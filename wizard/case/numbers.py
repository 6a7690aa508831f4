"""A number or a range of numbers as somebody writes it, as an answer."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Final

from wizard.case.answers import UNKNOWN, Answer, NumberAnswer, RangesAnswer
from wizard.case.transitions import AnswerError
from wizard.pathway.factors import NOT_DONE, NumberFactor
from wizard.pathway.ranges import (
    ANY_NUMBER,
    RangeError,
    every_number,
    number_above,
    number_in,
    only,
    read_range,
    united,
    with_unit,
)
from wizard.pathway.trees import Range

# Compiled where they are used first, by `re`: most starts read no number.
_NUMBER: Final = r"(-?)([0-9]+)(?:([.,])([0-9]+))?"
_SIGNS: Final = {"<": "below", "<=": "up to", "≤": "up to", ">": "above", ">=": "from", "≥": "from"}
_ONE_END: Final = r"(<=|>=|[<>≤≥]|(?:below|up to|from|above|exactly)\b) ?(.+)"
_TWO_ENDS: Final = r"(above )?(-?[0-9][0-9.,]*)(?: ?[-–] ?| (to|up to|to below) )(-?[0-9].*)"
_SEVERAL: Final = r" ?; ?|, | or "
"""Between the parts of a list in one line; a comma without a blank is one of a decimal."""
_MOST_DIGITS: Final = 15
"""As many digits as every JSON reader keeps exactly."""


def parse_number(factor: NumberFactor, raw: object) -> Answer:
    """The answer that raw data stands for: a number, a text, or a list of numbers and ranges.

    Raises AnswerError.
    """
    if isinstance(raw, list) and raw:
        return ranges_answer(factor, chain.from_iterable(_parts_of(factor, raw)))
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise AnswerError(factor, raw, "is not a number").hinting(_number_hint(factor))
    return number_answer(factor, str(raw))


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


# --- parts -----------------------------------------------------------------------------------


def _parts_of(factor: NumberFactor, items: list[object]) -> Iterator[tuple[Range, ...]]:
    """What each entry of a list of ranges and numbers says."""
    for index, item in enumerate(items):
        if isinstance(item, list):
            raise AnswerError(factor, item, "is not a range", (index,))
        try:
            yield _ranges_of(factor, parse_number(factor, item))
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


def _number_hint(factor: NumberFactor) -> str:
    kind = "an integer" if factor.whole else "a number"
    kind = kind if factor.not_done is None else f"{NOT_DONE}, or {kind}"
    return f"{kind} from {factor.minimum} to {with_unit(factor, str(factor.maximum))} was expected"
