"""A file of cases, row by row: read, assessed, written and counted, and none lost."""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from wizard.cohort.answering import Answering, Masks, UnknownValueError
from wizard.cohort.columns import identifier
from wizard.cohort.counting import Counts, Tally
from wizard.cohort.mapping import ColumnMap, Mapped
from wizard.cohort.query import Part, query_of
from wizard.cohort.sqlite import AT_ONCE, SqliteCohort
from wizard.cohort.tables import Lines, Row, csv_line, json_lines, rows
from wizard.engine.compiling import Compiled
from wizard.pathway.problems import quoted
from wizard.record import Record

PARTS: Final = (Part.STATUS, Part.DEPENDS_ON, Part.ALERTS)
ERROR: Final = identifier("error")
ANSWERS: Final = "answers"

Write = Callable[[str], object]
Step = Callable[[str], None]


class Case(Record):
    """A row as it goes on: what stands in front of it, its group, and its masks or its error.

    `factor` is the question of an error, None where the row is broken.
    """

    line: int
    front: str
    group: str
    masks: Masks | None = None
    error: str = ""
    factor: str | None = None


class Cohort(Record):
    """What came of a file: the counts of all rows, and by group."""

    whole: Counts
    groups: dict[str, Counts]
    read: int
    written: int


class Layout(Record):
    """How a file with commas is laid out: its names, what each is, by which it is grouped."""

    names: Sequence[str]
    columns: Sequence[Mapped | None]
    delimiter: str
    by: str | None = None


def csv_cases(lines: Lines, layout: Layout, compiled: Compiled) -> Iterator[Case]:
    """The rows of a file with commas."""
    known = [None if each is None else each.column for each in layout.columns]
    answering = Answering(compiled.space, known)
    codes = [(n, each.values) for n, each in enumerate(layout.columns) if each and each.values]
    place = None if layout.by is None else layout.names.index(layout.by)
    width, delimiter = len(layout.names), layout.delimiter
    for row in rows(lines, width, delimiter):
        if row.problem:
            yield _broken(row, width, delimiter)
            continue
        cells = row.cells
        front = csv_line(cells, delimiter)
        group = "" if place is None else cells[place]
        if codes:
            cells = list(cells)
            for n, values in codes:
                cells[n] = values.get(cells[n], cells[n])
        try:
            yield Case(row.line, front, group, answering.masks(cells))
        except UnknownValueError as error:
            yield Case(row.line, front, group, error=error.factor, factor=error.factor)


def json_cases(
    lines: Lines, known: ColumnMap, compiled: Compiled, by: str | None
) -> Iterator[Case]:
    """The lines of a file of JSON; each is a case as a case file has it, or columns and values."""
    readers: dict[tuple[str, ...], Answering] = {}
    for number, entries, problem in json_lines(lines):
        front = json.dumps(entries, ensure_ascii=False)[1:-1]
        if problem:
            yield Case(number, "", "", error=f"line {number}: {problem}")
            continue
        group = "" if by is None else _text(entries.get(by))
        try:
            if ANSWERS in entries:
                masks = _masks_of_case(entries, compiled, readers)
            else:
                masks = _masks_of_columns(entries, known, compiled, readers)
            yield Case(number, front, group, masks)
        except UnknownValueError as error:
            yield Case(number, front, group, error=error.factor, factor=error.factor)
        except ValueError as error:
            yield Case(number, front, group, error=f"line {number}: {error}")


def run_csv(
    cases: Iterator[Case], compiled: Compiled, delimiter: str, write: Write, step: Step
) -> Cohort:
    """Write a line for each case: what stood in front, what is said, and the error."""

    def line(case: Case, said: Sequence[str], width: int) -> str:
        own = delimiter.join(said) if said else delimiter * (width - 1)
        error = csv_line([case.error], delimiter)
        return f"{case.front}{delimiter}{own}{delimiter}{error}\n"

    return _run(cases, compiled, line, write, step)


def run_json(cases: Iterator[Case], compiled: Compiled, write: Write, step: Step) -> Cohort:
    """Write an object for each case: what stood in it, what is said, and the error."""
    names: list[str] = []

    def line(case: Case, said: Sequence[str], _width: int) -> str:
        if not names:
            names.extend(said_columns(compiled))
        own = dict(zip(names, said, strict=False))
        end = json.dumps({**own, ERROR: case.error or None}, ensure_ascii=False)
        return f"{{{case.front}{', ' if case.front else ''}{end[1:]}\n"

    return _run(cases, compiled, line, write, step)


def said_columns(compiled: Compiled) -> tuple[str, ...]:
    """The names of what is said of a row, in their order, without the error."""
    return tuple(query_of(compiled, PARTS).outputs)


# --- parts -----------------------------------------------------------------------------------


def _run(
    cases: Iterator[Case],
    compiled: Compiled,
    line: Callable[[Case, Sequence[str], int], str],
    write: Write,
    step: Step,
) -> Cohort:
    with SqliteCohort(compiled, PARTS) as engine:
        width = len(engine.columns)
        whole = Tally(compiled.pathway, engine.columns)
        groups: dict[str, Tally] = {}
        read = written = 0
        while chunk := list(islice(cases, AT_ONCE)):
            read += len(chunk)
            sound = [case for case in chunk if case.masks is not None]
            said = iter(engine.said([case.masks for case in sound if case.masks is not None]))
            by_group: dict[str, list[tuple[str, ...]]] = {}
            text = []
            for case in chunk:
                tally = groups.get(case.group)
                if tally is None:
                    tally = groups[case.group] = Tally(compiled.pathway, engine.columns)
                if case.masks is None:
                    for each in (whole, tally):
                        each.add_error(case.factor)
                    text.append(line(case, (), width))
                else:
                    own = next(said)
                    by_group.setdefault(case.group, []).append(own)
                    text.append(line(case, own, width))
            for group, rows_of_group in by_group.items():
                groups[group].add(rows_of_group)
            whole.add([own for each in by_group.values() for own in each])
            write("".join(text))
            written += len(text)
            step(f"row {read:,}")
        counted = {group: tally.counts() for group, tally in groups.items()}
        return Cohort(whole.counts(), counted, read, written)


def _broken(row: Row, width: int, delimiter: str) -> Case:
    """A row that cannot be read: as many of its cells as there are, in as many as there should."""
    cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
    return Case(row.line, csv_line(cells, delimiter), "", error=f"line {row.line}: {row.problem}")


def _text(value: object) -> str:
    """A value of JSON as a cell has it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _masks_of_case(
    entries: dict[str, object], compiled: Compiled, readers: dict[tuple[str, ...], Answering]
) -> Masks:
    answers = entries[ANSWERS]
    if not isinstance(answers, dict):
        raise ValueError("answers is not a map of questions to answers")
    own = entries.get("pathway", compiled.pathway.id)
    if own != compiled.pathway.id:
        raise ValueError(f"this case is for the pathway {quoted(str(own))}")
    if () not in readers:
        readers[()] = Answering(compiled.space, ())
    return readers[()].masks_of_case(answers)


def _masks_of_columns(
    entries: dict[str, object],
    known: ColumnMap,
    compiled: Compiled,
    readers: dict[tuple[str, ...], Answering],
) -> Masks:
    names = tuple(entries)
    columns = [known.get(name) for name in names]
    if names not in readers:
        own = [None if each is None else each.column for each in columns]
        readers[names] = Answering(compiled.space, own)
    cells = [
        "" if each is None else each.values.get(text := _text(entries[name]), text)
        for name, each in zip(names, columns, strict=True)
    ]
    return readers[names].masks(cells)
