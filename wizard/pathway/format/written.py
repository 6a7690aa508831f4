"""A YAML text as it is written: its values, keys and comments, each with its place.

The reader's nodes tell what a file says; these tell how it says it, for whoever lays it out anew.
Lines and columns are counted from 0.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, Protocol

import yaml

from wizard.record import Record

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Place = tuple[int, int]


class _Mark(Protocol):
    """A place as the C parser or the pure one gives it."""

    line: int
    column: int


class Scalar(Record):
    """A text or key from `start` to `end`; `style` is "" where it is plain, else its mark."""

    start: Place
    end: Place
    style: str
    value: str

    @property
    def first(self) -> Place:
        """Where the first letter of it is."""
        return self.start

    @property
    def empty(self) -> bool:
        """Whether nothing is written here."""
        return not self.style and not self.value


class Collection(Record):
    """A list or a mapping; a list has no keys.

    `start` is where it begins, of a block the first dash or key; `flow` where it is in brackets.
    """

    start: Place
    end: Place
    flow: bool
    mapping: bool
    entries: tuple[tuple["Scalar | None", "Written"], ...]

    @property
    def first(self) -> Place:
        """Where the first letter of it is, dashes left out."""
        if self.flow:
            return self.start
        key, value = self.entries[0]
        return value.first if key is None else key.start


Written = Scalar | Collection


class Comment(Record):
    """A comment with its mark; `behind` is the end of what stands on its line, None if nothing."""

    start: Place
    text: str
    behind: Place | None


class Document(Record):
    """All of a text: its lines, its one value, its comments in their order."""

    lines: tuple[str, ...]
    root: Written
    comments: tuple[Comment, ...]


def written(text: str) -> Document:
    """A text that the reader has read without a mistake, as it is written."""
    lines = tuple(text.split("\n"))
    builder = _Builder()
    for event in yaml.parse(text, Loader=_LOADER):
        builder.take(event)
    return Document(lines, builder.root(), tuple(_comments(lines, builder)))


class _Builder:
    """Puts events together; `scalars` are all texts, `ends` where something ends."""

    def __init__(self) -> None:
        self.scalars: list[Scalar] = []
        self.ends: list[Place] = []
        self._open: list[tuple[yaml.CollectionStartEvent, list[Written]]] = []
        self._done: list[Written] = []

    def root(self) -> Written:
        return self._done[0]

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            self._open.append((event, []))
            if event.flow_style:
                self.ends.append(_place(event.end_mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            started, values = self._open.pop()
            self._collected(started, _place(event.end_mark), values)
        elif isinstance(event, yaml.ScalarEvent):
            start, end = _place(event.start_mark), _place(event.end_mark)
            scalar = Scalar(start, end, event.style or "", event.value)
            if not scalar.empty:
                self.scalars.append(scalar)
                self.ends.append((start[0], start[1] + 1) if scalar.style in {"|", ">"} else end)
            self._attach(scalar)

    def _collected(
        self, started: yaml.CollectionStartEvent, end: Place, values: list[Written]
    ) -> None:
        mapping = isinstance(started, yaml.MappingStartEvent)
        keys = [each if isinstance(each, Scalar) else None for each in values[::2]]
        pairs = zip(keys, values[1::2], strict=True) if mapping else ((None, v) for v in values)
        flow = bool(started.flow_style)
        if flow:
            self.ends.append(end)
        start = _place(started.start_mark)
        self._attach(Collection(start, end, flow, mapping, tuple(pairs)))

    def _attach(self, value: Written) -> None:
        (self._open[-1][1] if self._open else self._done).append(value)


def _place(mark: _Mark | None) -> Place:
    return (0, 0) if mark is None else (mark.line, mark.column)


def text_lines(lines: tuple[str, ...], scalar: Scalar) -> range:
    """The numbers of the lines under the mark of a `>` or `|` text, without blank ones behind."""
    last = scalar.end[0] if scalar.end[1] else scalar.end[0] - 1
    last = min(last, len(lines) - 1)
    while last > scalar.start[0] and not lines[last].strip():
        last -= 1
    return range(scalar.start[0] + 1, last + 1)


def _comments(lines: tuple[str, ...], found: _Builder) -> Iterator[Comment]:
    """What follows a `#` outside of all texts."""
    covered: dict[int, list[tuple[int, int]]] = {}
    for scalar in found.scalars:
        (first, column), (last, end) = scalar.start, scalar.end
        if scalar.style in {"|", ">"}:
            for number in text_lines(lines, scalar):
                covered.setdefault(number, []).append((0, len(lines[number])))
            continue
        for number in range(first, last + 1):
            begin = column if number == first else 0
            until = end if number == last else len(lines[number])
            covered.setdefault(number, []).append((begin, until))
    ends = sorted(found.ends)
    for number, line in enumerate(lines):
        at = _outside(line, covered.get(number, ()))
        if at is not None:
            before = bisect_right(ends, (number, at))
            behind = ends[before - 1] if before and ends[before - 1][0] == number else None
            yield Comment((number, at), line[at:].rstrip(), behind)


def _outside(line: str, texts: "list[tuple[int, int]] | tuple[()]") -> int | None:
    """Where the first `#` is that is in none of these stretches of a line."""
    at = line.find("#")
    while at >= 0:
        inside = next((end for begin, end in texts if begin <= at < end), None)
        if inside is None:
            return at
        at = line.find("#", inside)
    return None
