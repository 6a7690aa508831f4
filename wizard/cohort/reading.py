"""The rows of a file of cases: what each says, and what stands in front of it where it is written.

Theory of operation.  Most rows of a large file say what another said before them: what the cells of
a row that answer questions come to is looked up by their text.  Only what was not met lately is
read cell by cell.
"""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain, repeat
from operator import itemgetter
from typing import Final

from wizard.case.files import is_resource
from wizard.cohort.answering import Answering, Masks, UnknownValueError
from wizard.cohort.columns import Column
from wizard.cohort.mapping import ColumnMap, Mapped
from wizard.cohort.tables import Lines, Row, csv_line, json_lines, json_object, plain_rows, rows
from wizard.engine.compiling import Compiled
from wizard.pathway.problems import quoted
from wizard.record import Record

ANSWERS: Final = "answers"
MOST_KNOWN: Final = 65_536
"""Of what was met lately; memory is in proportion to it."""
_MOST_READERS: Final = 100


class Case(Record):
    """What a row says: its masks, or what is wrong with it.

    `factor` is the question of an error, None where the row is broken.  Rows that say the same have
    the same case, not an equal one.
    """

    masks: Masks | None = None
    error: str = ""
    factor: str | None = None

    __hash__ = object.__hash__
    __eq__ = object.__eq__


Entry = tuple[str, str | None, Case]
"""A row as it goes on: what is written in front, its group where rows are grouped, what it says."""


class Layout(Record):
    """How a file with commas is laid out: its names, what each is, by which it is grouped."""

    names: Sequence[str]
    columns: Sequence[Mapped | None]
    delimiter: str
    by: str | None = None


def csv_entries(lines: Lines, layout: Layout, compiled: Compiled) -> Iterator[Entry]:
    """The rows of a file with commas."""
    return chain.from_iterable(_csv_blocks(lines, layout, compiled))


class JsonLayout(Record):
    """How a file of JSON Lines called `name` is read: its columns, and the one that groups rows.

    No row may have a key that is `taken` by what is written behind it.  `of_fhir` reads a line that
    is a FHIR resource: None where it is not a row.  `named` is told the names in each row of
    columns.
    """

    name: str
    known: ColumnMap
    by: str | None = None
    taken: Container[str] = ()
    of_fhir: Callable[[int, bytes], Entry | None] | None = None
    named: Callable[[Iterable[str]], object] | None = None


def json_entries(lines: Lines, layout: JsonLayout, compiled: Compiled) -> Iterator[Entry]:
    """The lines of a file of JSON; each is a case as a case file has it, or columns and values."""
    reading = _JsonReading(layout, compiled)
    fhir = False
    for number, data, problem in json_lines(lines, layout.name):
        # Behind a resource, a line that is none is a broken one, of which nothing may go on.
        fhir = fhir or is_resource(data)
        if layout.of_fhir is None or problem or not fhir:
            yield reading.entry(number, data, problem)
        elif (row := layout.of_fhir(number, data)) is not None:
            yield row
        else:
            lines.rows -= 1


# --- parts -----------------------------------------------------------------------------------


def _csv_blocks(lines: Lines, layout: Layout, compiled: Compiled) -> Iterator[Iterator[Entry]]:
    """The rows of each block of a file with commas."""
    reading = _CsvReading(layout, compiled)
    width, delimiter = len(layout.names), layout.delimiter
    while (texts := plain_rows(lines, width, delimiter)) != ():
        if texts is None:
            yield map(reading.entry, rows(lines, width, delimiter))
        else:
            yield zip(texts, reading.groups(texts), reading.cases(texts), strict=False)


class _Known(dict[str | tuple[str, ...], Case]):
    """Cases by the cells that say them, as one text or one by one; made where they are missing."""

    def __init__(self, case: Callable[[str | tuple[str, ...]], Case]) -> None:
        super().__init__()
        self._case = case

    def __missing__(self, key: str | tuple[str, ...]) -> Case:
        found = self[key] = self._case(key)
        return found


class _CsvReading:
    """Reads what the rows of a file with commas say; what was met lately, by its text."""

    def __init__(self, layout: Layout, compiled: Compiled) -> None:
        self._width, self._delimiter = len(layout.names), layout.delimiter
        self._by = None if layout.by is None else layout.names.index(layout.by)
        own = {n: each for n, each in enumerate(layout.columns) if each is not None}
        self._places = tuple(own)
        self._header = [layout.names[n] for n in own]
        self._codes = [(n, each.word) for n, each in enumerate(own.values()) if each.values]
        self._answering = Answering(compiled.space, [each.column for each in own.values()])
        self._known = _Known(self._case)

    def cases(self, texts: Sequence[str]) -> Iterator[Case]:
        """What rows say, each of which is one line as it is written."""
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        return map(self._known.__getitem__, self._keys(texts))

    def groups(self, texts: Sequence[str]) -> Iterator[str | None]:
        """The group of each of such rows."""
        place, delimiter = self._by, self._delimiter
        if place is None:
            return repeat(None)
        return (text.split(delimiter, place + 1)[place] for text in texts)

    def entry(self, row: Row) -> Entry:
        """Any row, as it goes on; a broken one with as many cells as there should be."""
        grouped = self._by is not None
        if row.problem:
            cells = [*row.cells[: self._width], *[""] * (self._width - len(row.cells))]
            case = Case(error=f"line {row.line}: {row.problem}")
            return csv_line(cells, self._delimiter), "" if grouped else None, case
        own = tuple([row.cells[place] for place in self._places])
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        case = self._known[own]
        group = row.cells[self._by] if self._by is not None else None
        return csv_line(row.cells, self._delimiter), group, case

    def _keys(self, texts: Sequence[str]) -> list[str]:
        """The cells of each row that answer questions, as one text."""
        delimiter, first, last = self._delimiter, self._places[0], self._places[-1]
        if last - first + 1 == len(self._places):
            behind = self._width - 1 - last
            keys = [text.split(delimiter, first)[first] for text in texts]
            return [key.rsplit(delimiter, behind)[0] for key in keys] if behind else keys
        own = itemgetter(*self._places)
        return [delimiter.join(own(text.split(delimiter))) for text in texts]

    def _case(self, key: str | tuple[str, ...]) -> Case:
        written = key.split(self._delimiter) if isinstance(key, str) else list(key)
        cells = written[:]
        for n, word in self._codes:
            cells[n] = word(cells[n])
        try:
            return Case(self._answering.masks(cells))
        except UnknownValueError as error:
            if [each.removeprefix("\ufeff").strip() for each in written] == self._header:
                return Case(error="the header stands here again")
            return Case(error=error.factor, factor=error.factor)


class _JsonReading:
    """Reads what objects say: cases as a case file has them, or columns and their values."""

    def __init__(self, layout: JsonLayout, compiled: Compiled) -> None:
        self._columns, self._compiled = layout.known, compiled
        self._by, self._taken, self._named = layout.by, layout.taken, layout.named
        self._of_cases = Answering(compiled.space, ())
        self._of_columns: dict[tuple[str, ...], Answering] = {}
        self._known: dict[Masks, Case] = {}

    def entry(self, number: int, data: bytes, problem: str) -> Entry:
        """A line as it goes on."""
        entries: dict[str, object] = {}
        try:
            if problem:
                raise ValueError(problem)
            entries = json_object(data)
            case = self._case(entries)
        except UnknownValueError as error:
            case = Case(error=error.factor, factor=error.factor)
        except ValueError as error:
            case = Case(error=f"line {number}: {error}")
        front = self._front(data, entries)
        return front, None if self._by is None else _text(entries.get(self._by)), case

    def _front(self, data: bytes, entries: dict[str, object]) -> str:
        """An object as it is written, to be gone on with; without the keys that are taken."""
        own = {name: value for name, value in entries.items() if name not in self._taken}
        if not own:
            return "{"
        if len(own) < len(entries) or b"\0" in data:
            return json.dumps(own)[:-1] + ", "
        return data.decode("utf-8-sig").strip()[:-1].rstrip() + ", "

    def _case(self, entries: dict[str, object]) -> Case:
        """What an object says.  Raises UnknownValueError, ValueError."""
        if self._named is not None and ANSWERS not in entries:
            self._named(entries)
        if twice := next((name for name in entries if name in self._taken), None):
            raise ValueError(f"{quoted(twice)} would stand twice in what is written; rename it")
        masks = self._of_case(entries) if ANSWERS in entries else self._of_row(entries)
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        return self._known.setdefault(masks, Case(masks))

    def _of_case(self, entries: dict[str, object]) -> Masks:
        answers, pathway = entries[ANSWERS], self._compiled.pathway.id
        if not isinstance(answers, dict):
            raise ValueError("answers is not a map of questions to answers")
        own = entries.get("pathway", pathway)
        if own != pathway:
            raise ValueError(f"this case is for the pathway {quoted(str(own))}")
        return self._of_cases.masks_of_case(answers)

    def _of_row(self, entries: dict[str, object]) -> Masks:
        own = {name: each for name in entries if (each := self._columns.get(name)) is not None}
        names = tuple(own)
        if names not in self._of_columns:
            if len(self._of_columns) >= _MOST_READERS:
                self._of_columns.clear()
            self._of_columns[names] = self._reader({n: each.column for n, each in own.items()})
        cells = [each.word(_text(entries[name])) for name, each in own.items()]
        return self._of_columns[names].masks(cells)

    def _reader(self, columns: dict[str, Column]) -> Answering:
        seen: dict[Column, str] = {}
        for name, column in columns.items():
            if (other := seen.setdefault(column, name)) != name:
                raise ValueError(f"{quoted(other)} and {quoted(name)} are both {column.name}")
        return Answering(self._compiled.space, list(columns.values()))


def _text(value: object) -> str:
    """A value of JSON as a cell has it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)
