"""The statuses of many cases: what `assess` says of each, without reasons and questions.

Theory of operation.  Some thousand cases are taken at a time and turned into bit slices
(`engine.slices`).  The answers to one factor become a text of one character for each case, the same
one for answers that allow the same; its characters translated into digits are the cases that allow
a value, as one whole number.  The results are turned back alike, four options in a byte.

Cost.  One look-up for each answer that an option asks.  What it allows is worked out once for all
equal answers, and the statuses are put together once for all cases that have the same, so that a
complete case takes about a microsecond.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, islice
from operator import itemgetter, or_
from types import MappingProxyType
from typing import Final

from wizard.case.answers import UNKNOWN, Answer, Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import Node
from wizard.engine.slices import Slices, reached
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
    return chain.from_iterable(_chunks(compiled, iter(cases)))


def _chunks(compiled: Compiled, waiting: Iterator[Answers]) -> Iterator[Iterator[Statuses]]:
    questions = tuple(_questions(compiled))
    reader = _Reader(tuple(question.factor for question in questions))
    known = _Known(tuple(compiled.options))
    while chunk := list(islice(waiting, AT_ONCE)):
        if len(known) > AT_ONCE:
            known.clear()
        slices = _slices(compiled, questions, reader, chunk)
        rows = _rows(_columns(compiled, slices, len(chunk)), len(chunk))
        yield map(known.__getitem__, rows)


_Row = int | tuple[int, ...]
"""The bytes of a case, eight in a whole number; several of these where there are more options."""


class _Known(dict[_Row, Statuses]):
    """The statuses that the bytes of a case stand for, each made when it is first met."""

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__()
        self._options = options

    def __missing__(self, row: _Row) -> Statuses:
        words = (row,) if isinstance(row, int) else row
        in_bytes = b"".join(word.to_bytes(8, sys.byteorder) for word in words)
        statuses = chain.from_iterable(map(_FOUR.__getitem__, in_bytes))
        self[row] = found = MappingProxyType(dict(zip(self._options, statuses, strict=True)))
        return found


class _Reader:
    """Takes the answers to some factors out of many cases."""

    def __init__(self, factors: Sequence[str]) -> None:
        self._factors = factors
        # Those that every case up to now has an answer to are taken out together.
        self._always = list(factors)

    def answers(self, given: Sequence[Mapping[str, Answer]]) -> list[Sequence[Answer | None]]:
        """For each factor the answer in each case; None where there is none."""
        found: dict[str, Sequence[Answer | None]] = {}
        while len(self._always) > 1 and not found:
            try:
                rows = map(itemgetter(*self._always), given)
                found = dict(zip(self._always, zip(*rows, strict=True), strict=True))
            except KeyError as missing:
                self._always.remove(missing.args[0])
        for factor in self._factors:
            if factor not in found:
                found[factor] = [entries.get(factor) for entries in given]
        return [found[factor] for factor in self._factors]


class _Question(dict[Answer | None, str]):
    """A factor that options ask: by its answers what they allow, as characters.

    `levels` are the variables of it that they ask.
    """

    def __init__(self, compiled: Compiled, factor: str, levels: Sequence[int]) -> None:
        super().__init__()
        self.factor = factor
        self.levels = levels
        self._compiled = compiled
        self._kinds: dict[tuple[tuple[int, ...], ...], str] = {}
        # For each variable, for each of its values, the digit that each character stands for.
        self._digits: list[list[Mapping[int, str]]] = []

    def __missing__(self, answer: Answer | None) -> str:
        values = list(self._compiled.free)
        self._compiled.space.narrow(values, self.factor, UNKNOWN if answer is None else answer)
        kind = tuple(values[level] for level in self.levels)
        if kind not in self._kinds:
            self._kinds[kind] = chr(len(self._kinds))
            self._digits.clear()
        self[answer] = character = self._kinds[kind]
        return character

    def column(self, answers: Sequence[Answer | None]) -> str:
        """The characters of some answers, all of which are looked up in one go."""
        return "".join(itemgetter(*answers)(self))

    def slices(self, column: str) -> Iterator[tuple[int, list[int]]]:
        """For each variable, for each of its values, the cases that allow it, as bits."""
        every = (1 << len(column)) - 1
        self._digits = self._digits or [*map(self._digits_of, range(len(self.levels)))]
        for level, values in zip(self.levels, self._digits, strict=True):
            found = [int(column.translate(each), 2) if each else every for each in values]
            if len(found) < len(self._compiled.free[level]):
                found.append(every - sum(found))
            yield level, found

    def _digits_of(self, place: int) -> list[Mapping[int, str]]:
        """For each value, by character, whether it is allowed; nothing where all allow it.

        The last value is left out where each allows one alone: all other cases are left to it.
        """
        values = self._compiled.free[self.levels[place]]
        if all(len(kind[place]) == 1 for kind in self._kinds):
            values = values[:-1]
        told = (
            {ord(c): "01"[value in kind[place]] for kind, c in self._kinds.items()}
            for value in values
        )
        return [each if "0" in each.values() else {} for each in told]

    def forget(self) -> None:
        """Make room where many answers were met, before the next characters are asked for."""
        if len(self) > AT_ONCE:
            self.clear()
            self._kinds.clear()


def _questions(compiled: Compiled) -> Iterator[_Question]:
    asked = reduce(or_, (compiled.diagrams.asked[node] for node in compiled.options.values()), 0)
    for factor in compiled.space.factors_of(asked):
        own = [level for level in compiled.space.levels[factor] if asked >> level & 1]
        yield _Question(compiled, factor, own)


def _slices(
    compiled: Compiled, questions: Sequence[_Question], reader: _Reader, cases: Sequence[Answers]
) -> list[list[int]]:
    """For each variable, for each of its values, the cases that allow it, as bits."""
    every = (1 << len(cases)) - 1
    found = [[every] * len(values) for values in compiled.free]
    columns: list[list[str]] = [[] for _ in questions]
    for at in range(0, len(cases), _READ):
        answers = reader.answers([case.entries for case in cases[at : at + _READ]])
        for column, question, own in zip(columns, questions, answers, strict=True):
            column.append(question.column(own))
    for question, column in zip(questions, columns, strict=True):
        for level, allowing in question.slices("".join(column)):
            found[level] = allowing
        question.forget()
    return found


def _columns(compiled: Compiled, slices: Slices, count: int) -> Iterator[bytes]:
    """For each four options one byte for each case."""
    every, ones = (1 << count) - 1, int.from_bytes(b"\1" * count)

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


def _rows(columns: Iterator[bytes], count: int) -> Iterable[_Row]:
    """The columns by case: whole numbers, which are looked up sooner than what has parts."""
    words = []
    while eight := list(islice(columns, 8)):
        word = bytearray(8 * count)
        for place, column in enumerate(eight):
            word[place::8] = column
        words.append(memoryview(word).cast("Q"))
    return words[0] if len(words) == 1 else zip(*words, strict=True)
