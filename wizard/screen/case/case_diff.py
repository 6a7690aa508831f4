"""The case beside itself as it was before: answers, options and alerts, differences marked."""

from collections.abc import Iterator
from typing import Final

from wizard.case.answers import Answers
from wizard.reasoning.case_diff import CaseComparison, compare_cases
from wizard.report.explanation import compared_sections
from wizard.screen.case.reasons import MORE
from wizard.screen.case.state import State
from wizard.screen.shared.outline import table_rows
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, text
from wizard.wording.differences import (
    DifferenceKind,
    difference_rows,
)
from wizard.wording.outline import Section

DIFFERS: Final = "≠"
_LAST_ANSWER: Final = "SINCE THE LAST ANSWER"
_KEPT: Final = "SINCE IT WAS KEPT OR EXPORTED"
_PARTS: Final = ("Answers", "Options", "Alerts")


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
    parts = compared_sections(state.pathway, found, before, state.answers)
    for name, part in zip(_PARTS, parts, strict=True):
        shown = tuple(each for each in part.items if each.mark or state.unfolded)
        if shown:
            yield from table_rows(Section(name, items=shown, columns=("before", "now")), width)
    yield from _aims_and_settings(state, found)
    yield BLANK


def _aims_and_settings(state: State, found: CaseComparison) -> Iterator[Row]:
    kinds = {DifferenceKind.AIM, DifferenceKind.SETTING}
    rows = [row for row in difference_rows(state.pathway, found.moved) if row.kind in kinds]
    if rows:
        yield text("Aims and usual settings", Tone.STRONG, indent=4)
    for row in rows:
        yield item(row.mark or DIFFERS, Span(row.says), tone=Tone.CHANGE, indent=2)
