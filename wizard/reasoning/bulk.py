"""The statuses of many cases: what `assess` says of each, without reasons and questions.

Theory of operation.  Cases are taken a thousand at a time and turned into bit slices
(`engine.slices`).  The answers to one factor become a text of one character for each case, the same
one for answers that allow the same; its characters translated into digits are the cases that allow
a value, as one whole number.  The results are turned back alike, four options in a byte.

Cost.  One look-up for each answer that an option asks.  What it allows is worked out once for an
answer that many cases share (one object, as `case.lines` reads them), so that a complete case takes
about a microsecond; where no two cases share any, a case takes some microseconds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, islice
from operator import itemgetter, or_
from types import MappingProxyType
from typing import Final

from wizard.case.answers import UNKNOWN, Answer, Answers
from wizard.engine.compiling import Compiled
from wizard.engine.slices import reached
from wizard.pathway.model import Status

AT_ONCE: Final = 1024
"""Cases that are worked on together: so many that their answers stay in a processor's cache."""

Statuses = Mapping[str, Status]
"""The status of each option, in the neutral order."""

_STATUSES: Final = {1: Status.NOT_DESCRIBED, 2: Status.DESCRIBED, 3: Status.POSSIBLE}
"""By two bits: whether the option can be true, and whether it can be false."""
_IN_A_BYTE: Final = 4
_FOUR: Final = [
    tuple(_STATUSES[bits] for place in range(_IN_A_BYTE) if (bits := byte >> 2 * place & 3))
    for byte in range(256)
]
"""The statuses in each byte; where options end, less than four."""


def statuses_of_many(compiled: Compiled, cases: Iterable[Answers]) -> Iterator[Statuses]:
    """The statuses of each case, in order.

    Takes as many cases at once as `AT_ONCE`, so that any number can be streamed.
    """
    waiting = iter(cases)
    questions = tuple(_questions(compiled))
    known = _Known(tuple(compiled.options))
    while chunk := list(islice(waiting, AT_ONCE)):
        if len(known) > AT_ONCE:
            known.clear()
        rows = zip(*_columns(compiled, questions, chunk), strict=True)
        yield from map(known.__getitem__, rows)


class _Known(dict[tuple[int, ...], Statuses]):
    """The statuses that the bytes of a case stand for, each made when it is first met."""

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__()
        self._options = options

    def __missing__(self, row: tuple[int, ...]) -> Statuses:
        statuses = chain.from_iterable(map(_FOUR.__getitem__, row))
        self[row] = found = MappingProxyType(dict(zip(self._options, statuses, strict=True)))
        return found


class _Question:
    """A factor that options ask: what the answers to it allow, as a character for each case.

    `levels` are the variables of it that they ask.
    """

    def __init__(self, compiled: Compiled, factor: str, levels: Sequence[int]) -> None:
        self.levels = levels
        self._compiled = compiled
        self._factor = factor
        # By the identity of an answer, which is held so that no other can come to have it.
        self._known: dict[int, str] = {}
        self._held: list[Answer] = []
        self._kinds: dict[tuple[tuple[int, ...], ...], str] = {}

    def slices(self, given: Sequence[Mapping[str, Answer]]) -> Iterator[tuple[int, list[int]]]:
        """For each variable, for each of its values, the cases that allow it, as bits."""
        column = self._column(given)
        every = (1 << len(given)) - 1
        for place, level in enumerate(self.levels):
            cases = []
            for value in self._compiled.free[level]:
                digits = {ord(c): "01"[value in kind[place]] for kind, c in self._kinds.items()}
                some_lack_it = "0" in digits.values()
                cases.append(int(column.translate(digits), 2) if some_lack_it else every)
            yield level, cases

    def _column(self, given: Sequence[Mapping[str, Answer]]) -> str:
        try:
            answers = list(map(itemgetter(self._factor), given))
        except KeyError:
            answers = [entries.get(self._factor, UNKNOWN) for entries in given]
        known = self._known
        try:
            return "".join(map(known.__getitem__, map(id, answers)))
        except KeyError:
            self._learn({id(answer): answer for answer in answers})
            return "".join(map(known.__getitem__, map(id, answers)))

    def _learn(self, answers: Mapping[int, Answer]) -> None:
        if len(self._held) > AT_ONCE:
            self._known.clear()
            self._held.clear()
            self._kinds.clear()
        for identity in answers.keys() - self._known.keys():
            answer = answers[identity]
            values = list(self._compiled.free)
            self._compiled.space.narrow(values, self._factor, answer)
            kind = tuple(values[level] for level in self.levels)
            self._held.append(answer)
            self._known[identity] = self._kinds.setdefault(kind, chr(len(self._kinds)))


def _questions(compiled: Compiled) -> Iterator[_Question]:
    asked = reduce(or_, (compiled.diagrams.asked[node] for node in compiled.options.values()), 0)
    for factor in compiled.space.factors_of(asked):
        own = [level for level in compiled.space.levels[factor] if asked >> level & 1]
        yield _Question(compiled, factor, own)


def _columns(
    compiled: Compiled, questions: Iterable[_Question], cases: Sequence[Answers]
) -> Iterator[bytes]:
    """For each four options one byte for each case."""
    count = len(cases)
    every, ones = (1 << count) - 1, int.from_bytes(b"\1" * count)
    slices = [[every] * len(values) for values in compiled.free]
    given = [case.entries for case in cases]
    for question in questions:
        for level, allowing in question.slices(given):
            slices[level] = allowing

    def a_byte_each(bits: int) -> int:
        return int.from_bytes(f"{bits:0{count}b}".encode()) & ones

    functions = tuple(compiled.options.values())
    for start in range(0, len(functions), _IN_A_BYTE):
        column = 0
        for within, function in enumerate(functions[start : start + _IN_A_BYTE]):
            true, false = reached(compiled.diagrams, function, slices, every)
            yes = a_byte_each(true)
            no = ones ^ yes if true ^ false == every else a_byte_each(false)
            column |= (2 * yes | no) << 2 * within
        yield column.to_bytes(count)
