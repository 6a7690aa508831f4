"""The statuses of many cases: what `assess` says of each, without reasons and questions.

Theory of operation.  Some thousand cases are taken at a time and turned into bit slices
(`engine.slices`).  The answers to one factor become a text of one character for each case, the same
one for answers that allow the same; its characters translated into digits are the cases that allow
a value, as one whole number.  The results are turned back alike, four options in a byte.

Cost.  One look-up for each answer that an option asks.  What it allows is worked out once for an
answer that many cases share (one object, as `case.lines` reads them), so that a complete case takes
less than a microsecond; where no two cases share any, a case takes some microseconds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, islice
from operator import itemgetter, or_
from types import MappingProxyType
from typing import Final

from wizard.case.answers import UNKNOWN, Answer, Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import Node
from wizard.engine.slices import reached
from wizard.pathway.model import Status

AT_ONCE: Final = 2048
"""Cases that are worked on together: each step then takes long beside its beginning."""
_READ: Final = 512
"""Cases whose answers are read together: so many that they stay in a processor's cache."""

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
        # For each variable, for each of its values, the digit that each character stands for.
        self._digits: list[list[Mapping[int, str]]] = []

    def column(self, given: Sequence[Mapping[str, Answer]]) -> str:
        """The characters of some cases."""
        characters = self._known.__getitem__
        try:
            return "".join(map(characters, map(id, map(itemgetter(self._factor), given))))
        except KeyError:
            # Some case has no answer, or one that was not met before.
            answers = [entries.get(self._factor, UNKNOWN) for entries in given]
            self._learn({id(answer): answer for answer in answers})
            return "".join(map(characters, map(id, answers)))

    def slices(self, column: str) -> Iterator[tuple[int, list[int]]]:
        """For each variable, for each of its values, the cases that allow it, as bits."""
        every = (1 << len(column)) - 1
        self._digits = self._digits or [
            [self._digits_of(place, value) for value in self._compiled.free[level]]
            for place, level in enumerate(self.levels)
        ]
        for level, values in zip(self.levels, self._digits, strict=True):
            yield level, [int(column.translate(each), 2) if each else every for each in values]

    def _digits_of(self, place: int, value: int) -> Mapping[int, str]:
        """By character, whether a value is allowed; nothing where all allow it."""
        found = {ord(c): "01"[value in kind[place]] for kind, c in self._kinds.items()}
        return found if "0" in found.values() else {}

    def forget(self) -> None:
        """Make room where many answers were met, before the next characters are asked for."""
        if len(self._held) > AT_ONCE:
            self._known.clear()
            self._held.clear()
            self._kinds.clear()

    def _learn(self, answers: Mapping[int, Answer]) -> None:
        for identity in answers.keys() - self._known.keys():
            answer = answers[identity]
            values = list(self._compiled.free)
            self._compiled.space.narrow(values, self._factor, answer)
            kind = tuple(values[level] for level in self.levels)
            self._held.append(answer)
            if kind not in self._kinds:
                self._kinds[kind] = chr(len(self._kinds))
                self._digits.clear()
            self._known[identity] = self._kinds[kind]


def _questions(compiled: Compiled) -> Iterator[_Question]:
    asked = reduce(or_, (compiled.diagrams.asked[node] for node in compiled.options.values()), 0)
    for factor in compiled.space.factors_of(asked):
        own = [level for level in compiled.space.levels[factor] if asked >> level & 1]
        yield _Question(compiled, factor, own)


def _columns(
    compiled: Compiled, questions: Sequence[_Question], cases: Sequence[Answers]
) -> Iterator[bytes]:
    """For each four options one byte for each case."""
    count = len(cases)
    every, ones = (1 << count) - 1, int.from_bytes(b"\1" * count)
    slices = [[every] * len(values) for values in compiled.free]
    given = [case.entries for case in cases]
    parts = [given[at : at + _READ] for at in range(0, count, _READ)]
    read = zip(*([question.column(part) for question in questions] for part in parts), strict=True)
    for question, columns in zip(questions, read, strict=True):
        for level, allowing in question.slices("".join(columns)):
            slices[level] = allowing
        question.forget()

    def a_byte_each(bits: int) -> int:
        return int.from_bytes(f"{bits:0{count}b}".encode()) & ones

    def standing(function: Node) -> int:
        true, false = reached(compiled.diagrams, function, slices, every)
        yes = a_byte_each(true)
        no = ones ^ yes if true ^ false == every else a_byte_each(false)
        return 2 * yes | no

    functions = tuple(compiled.options.values())
    stands = {function: standing(function) for function in set(functions)}
    for start in range(0, len(functions), _IN_A_BYTE):
        column = 0
        for within, function in enumerate(functions[start : start + _IN_A_BYTE]):
            column |= stands[function] << 2 * within
        yield column.to_bytes(count)
