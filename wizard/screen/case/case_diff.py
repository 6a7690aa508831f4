"""The case beside itself as it was before: answers, options and alerts, differences marked."""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.case.answers import Answers
from wizard.reasoning.case_diff import CaseComparison, compare_cases
from wizard.screen.case.reasons import MORE
from wizard.screen.case.state import State
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, item, text
from wizard.wording.answers import colon
from wizard.wording.differences import (
    ComparedRow,
    DifferenceKind,
    compared_alerts,
    compared_answers,
    compared_options,
    difference_rows,
)

DIFFERS: Final = "≠"
_LAST_ANSWER: Final = "SINCE THE LAST ANSWER"
_KEPT: Final = "SINCE IT WAS KEPT OR EXPORTED"
_SIDE_BY_SIDE: Final = 70
"""From this width on before and now stand beside each other."""


def compare_rows(state: State, width: int) -> tuple[Row, ...]:
    """Against the case before the last answer, and as it was last kept or exported."""
    rows: list[Row] = []
    same = state.kept == state.previous
    if state.previous is not None:
        title = f"{_LAST_ANSWER}, {_KEPT}" if same else _LAST_ANSWER
        rows += _against(state, title, state.previous, width)
    if state.kept is not None and not same:
        rows += _against(state, _KEPT, state.kept, width)
    if state.kept is None:
        rows += [text("K keeps the case as it is now, to compare it later.", Tone.DIM), BLANK]
    words = "Show only what differs" if state.unfolded else "Show every line, also those alike"
    return (*rows, item("m", Span(words), tone=Tone.KEY, target=MORE))


def _against(state: State, title: str, before: Answers, width: int) -> Iterator[Row]:
    found = compare_cases(state.situation.compiled, before, state.answers)
    yield heading(title)
    if not found.answers and not found.moved:
        yield text("Nothing differs.", indent=2)
    for name, lines in _parts(state, found, before):
        shown = [line for line in lines if line.differs or state.unfolded]
        if shown:
            yield _title(name, width)
        for line in shown:
            yield _line(line, width)
    yield from _aims_and_settings(state, found)
    yield BLANK


def _aims_and_settings(state: State, found: CaseComparison) -> Iterator[Row]:
    rows = [
        row
        for row in difference_rows(state.pathway, found.moved)
        if row.kind in {DifferenceKind.AIM, DifferenceKind.SETTING}
    ]
    if rows:
        yield text("Aims and usual settings", Tone.STRONG, indent=4)
    for row in rows:
        yield item(row.mark or DIFFERS, Span(row.says), tone=Tone.CHANGE, indent=2)


def _parts(
    state: State, found: CaseComparison, before: Answers
) -> Iterator[tuple[str, Iterable[ComparedRow]]]:
    yield "Answers", compared_answers(state.pathway, found, before, state.answers)
    yield "Options", compared_options(state.pathway, found)
    yield "Alerts", compared_alerts(state.pathway, found)


def _title(name: str, width: int) -> Row:
    return _beside(ComparedRow(name, "before", "now", differs=False), "", Tone.STRONG, width)


def _line(line: ComparedRow, width: int) -> Row:
    mark, tone = (DIFFERS, Tone.PLAIN) if line.differs else ("", Tone.DIM)
    return _beside(line, mark, tone, width)


def _beside(line: ComparedRow, mark: str, tone: Tone, width: int) -> Row:
    """Label, before and now in columns, or one after the other where there is no room."""
    margin = (Cell((), 2), Cell((Span(mark, Tone.CHANGE),), 2))
    if width < _SIDE_BY_SIDE:
        same = line.before == line.after
        both = line.before if same else f"{line.before} → {line.after}"
        return Row((*margin, Cell((Span(f"{colon(line.label)} {both}", tone),))))
    column = (width - 4) // 3
    cells = [Cell((Span(words, tone),), column - 2) for words in (line.label, line.before)]
    gap = Cell((), 2)
    return Row((*margin, cells[0], gap, cells[1], gap, Cell((Span(line.after, tone),))))
