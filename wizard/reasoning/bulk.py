"""The statuses of many cases: what `assess` says of each, without reasons and questions.

Theory of operation.  Cases are taken some thousands at a time and turned into bit slices
(`engine.slices`): each answer is looked up once as a number, and a column of numbers is turned into
one whole number for each value by operations on whole texts.  The results are turned back alike.

Cost.  Some microseconds for a case, nearly all of them for looking up its answers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Final

from wizard.case.answers import UNKNOWN, Answer, Answers
from wizard.engine.compiling import Compiled
from wizard.engine.slices import Slices, reached
from wizard.pathway.model import Status

AT_ONCE: Final = 4096
"""Cases that are worked on together; memory is in proportion to it."""

Statuses = Mapping[str, Status]
"""The status of each option, in the neutral order."""


def statuses_of_many(compiled: Compiled, cases: Iterable[Answers]) -> Iterator[Statuses]:
    """The statuses of each case, in order.

    Takes as many cases at once as `AT_ONCE`, so that any number can be streamed.
    """
    waiting = iter(cases)
    while chunk := list(islice(waiting, AT_ONCE)):
        known: dict[tuple[int, ...], Statuses] = {}
        for row in zip(*_columns(compiled, chunk), strict=True):
            found = known.get(row)
            if found is None:
                statuses = (_STATUSES[code] for code in row)
                found = MappingProxyType(dict(zip(compiled.options, statuses, strict=True)))
                known[row] = found
            yield found


def _code(true: str, false: str) -> int:
    """Two digits in one number; an option can be true, or false, where its digit is one."""
    return 2 * ord(true) + ord(false)


_STATUSES = {
    _code("1", "0"): Status.DESCRIBED,
    _code("1", "1"): Status.POSSIBLE,
    _code("0", "1"): Status.NOT_DESCRIBED,
}


def _columns(compiled: Compiled, cases: Sequence[Answers]) -> Iterator[bytes]:
    """For each option one code for each case."""
    every, slices = (1 << len(cases)) - 1, _slices(compiled, cases)
    for function in compiled.options.values():
        # A hundred and forty-seven at most, so that no sum reaches over into the next byte.
        true, false = (
            int.from_bytes(f"{bits:0{len(cases)}b}".encode(), "big")
            for bits in reached(compiled.diagrams, function, slices, every)
        )
        yield (2 * true + false).to_bytes(len(cases), "big")


def _slices(compiled: Compiled, cases: Sequence[Answers]) -> Slices:
    every = (1 << len(cases)) - 1
    slices = [[every] * len(values) for values in compiled.free]
    given = [case.entries for case in cases]
    for factor, own in compiled.space.levels.items():
        answers = [entries.get(factor, UNKNOWN) for entries in given]
        kinds = dict.fromkeys(answers)
        allowed = [_allowed(compiled, factor, answer) for answer in kinds]
        if allowed == [list(compiled.free[own.start : own.stop])]:
            continue
        places = {answer: place for place, answer in enumerate(kinds)}
        column = [places[answer] for answer in answers]
        for offset, level in enumerate(own):
            for value in compiled.free[level]:
                digits = ["1" if value in each[offset] else "0" for each in allowed]
                if "0" in digits:
                    slices[level][value] = int("".join([digits[place] for place in column]), 2)
    return slices


def _allowed(compiled: Compiled, factor: str, answer: Answer) -> list[tuple[int, ...]]:
    """What an answer allows the variables of its factor."""
    own = compiled.space.levels[factor]
    values = list(compiled.free)
    compiled.space.narrow(values, factor, answer)
    return values[own.start : own.stop]
