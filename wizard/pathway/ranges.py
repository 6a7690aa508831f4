"""Ranges of numbers: how they are written, and which numbers lie in them.

A `Range` goes from its lower bound to below its upper one.  What includes its upper bound ends just
above it: at the next integer, or 10^-16 above a decimal, closer than any number that can be given.
The answer that a number was not measured is one more point, above all: `BEYOND`.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from wizard.pathway.factors import NOT_DONE, NumberFactor
from wizard.pathway.problems import quoted
from wizard.pathway.trees import BEYOND, Range

_STEP: Final = Decimal("1e-16")
_OFF: Final = Decimal("0.35")
"""How far inside a range the number is that stands for it, as a part of its width."""
_STEPS: Final = tuple(Decimal(1).scaleb(-place) for place in range(8))
_NUMBER: Final = r"(-?[0-9]{1,9}(?:\.[0-9]{1,6})?)"
RANGE: Final = (
    rf"(below|up to|from|above|exactly) {_NUMBER}|(above )?{_NUMBER} (to|up to|to below) {_NUMBER}"
)
"""A range as files write it, as a regular expression."""
_FORMS: Final = (
    '"below 20", "up to 20", "20 to below 50", "20 up to 50", "from 50" or "above 50" was expected'
)
ANY_NUMBER: Final = "any number"
"""Whatever the number is, it was measured."""
_WHOLE_FORMS: Final = (
    '"below 20", "up to 20", "20 to 49", "exactly 20", "from 50" or "above 50" was expected'
)


class RangeError(ValueError):
    """What is wrong with a written range; `expected` says what would be right."""

    def __init__(self, what: str, expected: str) -> None:
        """An error of both parts."""
        super().__init__(what, expected)
        self.what = what
        self.expected = expected


def read_range(factor: NumberFactor, written: str, *, answer: bool = False) -> Range:
    """The range that words such as `20 to below 50` stand for.

    An end at which the factor itself ends is no bound.  In an answer, decimals may have both ends
    included too, since nothing has to follow on them, and a range of every number says nothing.
    Raises RangeError.
    """
    text = " ".join(written.split())
    if factor.not_done is not None and text in (NOT_DONE, ANY_NUMBER):
        return Range(BEYOND, None) if text == NOT_DONE else Range(None, BEYOND)
    match = re.fullmatch(RANGE, text, re.ASCII)
    forms = _forms(factor)
    if match is None:
        raise RangeError(f"{quoted(written)} is not a range of numbers", forms)
    word, one, after, start, until, end = match.groups()
    numbers = [Decimal(part) for part in (one, start, end) if part is not None]
    for number in numbers if factor.whole else ():
        if number != number.to_integral_value():
            what = f"{number} is not an integer, and {quoted(factor.id)} is one"
            raise RangeError(what, forms)
    if one is not None:
        return _within(factor, written, _one_ended(factor, word, *numbers), numbers, answer=answer)
    if until == "to" and not (answer or factor.whole):
        start = f"{after or ''}{start}"
        raise RangeError(
            f"{quoted(written)} leaves open whether {end} itself is meant",
            f'"{start} to below {end}" was expected, or with {end} itself "{start} up to {end}"',
        )
    least, most = numbers
    low = _above(factor, least) if after else least
    high = most if until == "to below" else _above(factor, most)
    if low >= high:
        raise RangeError(f"{quoted(written)} is empty", "write the smaller number first")
    return _within(factor, written, Range(low, high), numbers, answer=answer)


def range_words(factor: NumberFactor, part: Range) -> str:
    """A range as files write it: `from 20`, `20 to below 50`, `20 up to 50`, `not_done`.

    One of integers is `3 to 5`.
    """
    return " or ".join(_range_words(factor, each) for each in apart(factor, [part]))


def _range_words(factor: NumberFactor, part: Range) -> str:
    low, high = part.low, None if part.high == BEYOND else part.high
    if low == BEYOND:
        return NOT_DONE
    if low is None:
        return _end(high)
    if high is None:
        return f"above {_plain(low)}" if _is_above(low) else f"from {_plain(low)}"
    if factor.whole:
        last = high - 1
        return f"{_plain(low)}" if low == last else f"{_plain(low)} to {_plain(last)}"
    if high == _above(factor, low):
        return _plain(low)
    start = f"above {_plain(low)}" if _is_above(low) else _plain(low)
    return f"{start} {'up to' if _is_above(high) else 'to below'} {_plain(high)}"


def with_unit(factor: NumberFactor, words: str) -> str:
    """A number or a range in words, with the factor's unit where it has one."""
    return f"{words} {factor.unit}".rstrip()


def only(factor: NumberFactor, number: Decimal) -> Range:
    """The range of one number."""
    return Range(number, None if number == BEYOND else _above(factor, number))


def apart(factor: NumberFactor, parts: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges with the answer that it was not done by itself, last."""
    found = united(parts)
    last = found[-1]
    if factor.not_done is None or last.high is not None or last.low == BEYOND:
        return found
    return (*found[:-1], Range(last.low, BEYOND), Range(BEYOND, None))


def every_number(factor: NumberFactor) -> Range:
    """The range of whatever the number may be, where it was measured."""
    return Range(None, None if factor.not_done is None else BEYOND)


def united(parts: Iterable[Range]) -> tuple[Range, ...]:
    """The same numbers in ranges that are in rising order and apart."""
    found: list[Range] = []
    for part in sorted(parts, key=_start):
        last = found[-1] if found else None
        if last is None or (last.high is not None and last.high < _start(part)):
            found.append(part)
        elif last.high is not None:
            high = None if part.high is None else max(last.high, part.high)
            found[-1] = Range(last.low, high)
    return tuple(found)


def number_above(factor: NumberFactor) -> Decimal:
    """The bound just above the highest number of a factor."""
    return _above(factor, factor.maximum)


def meet(one: Range, other: Range) -> bool:
    """Whether two ranges have a number in common."""
    return (one.high is None or _start(other) < one.high) and (
        other.high is None or _start(one) < other.high
    )


def holds_all(whole: Range, part: Range) -> bool:
    """Whether every number of the second range lies in the first."""
    return united((whole, part)) == (whole,)


def common(ranges: Iterable[Range], part: Range) -> tuple[Range, ...]:
    """What of the ranges lies in another."""
    return tuple(
        Range(
            max((low for low in (one.low, part.low) if low is not None), default=None),
            min((high for high in (one.high, part.high) if high is not None), default=None),
        )
        for one in ranges
        if meet(one, part)
    )


def _start(part: Range) -> Decimal:
    return Decimal("-Infinity") if part.low is None else part.low


def number_in(factor: NumberFactor, part: Range) -> Decimal:
    """The lowest number of a range, or a round one just above where it has no lowest."""
    low = factor.minimum if part.low is None else part.low
    if not _is_above(low):
        return low
    least = (low - _STEP).normalize()
    return next(
        least + step
        for step in _STEPS
        if (part.high is None or least + step < part.high)
        and (least + step <= factor.maximum or step == _STEPS[-1])
    )


def measured_in(factor: NumberFactor, part: Range) -> Decimal:
    """A number of a range such as a measurement comes to: off its ends, where there is room."""
    if part.low == BEYOND:
        return BEYOND
    low = factor.minimum if part.low is None else part.low
    high = factor.maximum if part.high in (None, BEYOND) else part.high or factor.maximum
    ends = {low, high, split_bound(low)[0], split_bound(high)[0], high - int(factor.whole)}
    off = (high - low) * _OFF
    if part.low is None:
        wanted = high - off
    elif part.high in (None, BEYOND) and low > 0:
        wanted = min(low + low * _OFF, low + off)
    else:
        wanted = low + off
    for places in range(1 if factor.whole else 7):
        number = round(wanted, places)
        if low <= number <= high and lies_in(number, part) and number not in ends:
            return number
    return number_in(factor, part)


def lies_in(number: Decimal, part: Range) -> bool:
    """Whether a number lies in a range."""
    return (part.low is None or part.low <= number) and (part.high is None or number < part.high)


def beside(bound: Decimal) -> tuple[Decimal, Decimal]:
    """The nearest bounds that a slip of the pen makes of one: a unit of its last place off.

    A bound just above a number becomes one at it.
    """
    above = _is_above(bound)
    number = (bound - _STEP).normalize() if above else bound
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))
    return (number, bound + step) if above else (number - step, number + step)


def split_bound(bound: Decimal) -> tuple[Decimal, bool]:
    """The number of a bound, and whether the bound lies just above it."""
    above = _is_above(bound)
    return ((bound - _STEP).normalize(), True) if above else (bound, False)


def bound_words(bound: Decimal) -> str:
    """A bound as a sentence names it."""
    return f"just above {_plain(bound)}" if _is_above(bound) else _plain(bound)


# --- parts -----------------------------------------------------------------------------------


def _one_ended(factor: NumberFactor, word: str, number: Decimal) -> Range:
    match word:
        case "below":
            return Range(None, number)
        case "up to":
            return Range(None, _above(factor, number))
        case "from":
            return Range(number, None)
        case "above":
            return Range(_above(factor, number), None)
    if not factor.whole:
        raise RangeError(
            f'"exactly" tells integers apart, and {quoted(factor.id)} is a decimal', _FORMS
        )
    return Range(number, _above(factor, number))


def _within(
    factor: NumberFactor, written: str, part: Range, numbers: list[Decimal], *, answer: bool
) -> Range:
    """The range without the ends at which the factor itself ends.

    One that holds always is refused unless it is an answer, one that never holds in any case.
    """
    least, most = factor.minimum, factor.maximum
    if least >= most:
        return part
    expected = f"a number from {least} to {most} was expected"
    for number in numbers:
        if not least <= number <= most:
            raise RangeError(
                f"{_plain(number)} lies outside {quoted(factor.id)}, which goes from {least} to "
                f"{most}",
                expected,
            )
    end = _above(factor, most)
    if not meet(part, Range(least, end)):
        what = f"no number of {quoted(factor.id)} is {quoted(written)}"
        raise RangeError(what, f"it goes from {least} to {most}")
    high = every_number(factor).high if part.high in (None, end) else part.high
    found = Range(None if part.low == least else part.low, high)
    if found == Range(None, None) and not answer:
        what = f"every number of {quoted(factor.id)} is {quoted(written)}"
        raise RangeError(what, f"it goes from {least} to {most}; a smaller range was expected")
    return found


def _forms(factor: NumberFactor) -> str:
    """What may be written for a range of a factor."""
    forms = _WHOLE_FORMS if factor.whole else _FORMS
    return forms if factor.not_done is None else f'"{NOT_DONE}", "{ANY_NUMBER}", {forms}'


def _above(factor: NumberFactor, number: Decimal) -> Decimal:
    """The bound just above a number."""
    return number + (1 if factor.whole else _STEP)


def _is_above(bound: Decimal) -> bool:
    return bound.is_finite() and bound != round(bound, 15)


def _end(high: Decimal | None) -> str:
    if high is None:
        return ANY_NUMBER
    return f"up to {_plain(high)}" if _is_above(high) else f"below {_plain(high)}"


def _plain(number: Decimal) -> str:
    """A number, without the step above it."""
    return f"{(number - _STEP).normalize() if _is_above(number) else number:f}"
