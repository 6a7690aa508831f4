"""The three lists of options, always there, and what to know beside them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from wizard.pathway.model import Alert, Level, Status
from wizard.reasoning.assessment import AlertState, OptionAssessment
from wizard.screen.case.state import State
from wizard.screen.shared.names import answers_in_short, factor_names
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, item, spans, text
from wizard.wording.changes import Mark
from wizard.wording.remarks import only_source_age, soft_wording
from wizard.wording.statuses import LEVEL_WORDS, STATUS_TITLES

if TYPE_CHECKING:
    from wizard.wording.options import OptionRow

OPTION: Final = "option:"
ALERT: Final = "alert:"

LABEL_COLUMN: Final = 32
REASON_COLUMN: Final = 14
NARROW: Final = 36
"""Below this width a reason shows on the row of the cursor alone."""

_SHORT_TITLES: Final = {
    Status.DESCRIBED: "Described",
    Status.POSSIBLE: "Depends on answers",
    Status.NOT_DESCRIBED: "Not described",
}
SYMBOLS: Final = {Status.DESCRIBED: "●", Status.POSSIBLE: "◐", Status.NOT_DESCRIBED: "○"}


def options_rows(state: State, width: int, cursor: str | None) -> tuple[Row, ...]:
    """The rows of the options column."""
    rows: list[Row] = []
    if state.options_shown:
        labels = [cell_len(each.label) for each in state.pathway.options.values()]
        column = min(max(labels, default=0), LABEL_COLUMN, width - 4 - REASON_COLUMN)
        for status in STATUS_TITLES:
            rows += _list(state, status, width, column, cursor)
        rows += _marks(state, width)
    else:
        rows += [text("The option lists are hidden: o shows them.", Tone.DIM), BLANK]
    return (*rows, *_alerts(state))


def _list(
    state: State, status: Status, width: int, column: int, cursor: str | None
) -> Iterable[Row]:
    options = [each for each in state.assessment.options.values() if each.status is status]
    title = _SHORT_TITLES[status] if width < NARROW else STATUS_TITLES[status]
    yield heading(f"{SYMBOLS[status]} {title.upper()}", str(len(options)))
    for option in options:
        yield from _option(state, option, width, column, cursor)
    if not options:
        yield text("none", Tone.DIM, indent=2)
    yield BLANK


def _option(
    state: State, option: OptionAssessment, width: int, column: int, cursor: str | None
) -> Iterator[Row]:
    """An option's row with the age of its source; soft wording stands on a line of its own."""
    record = state.pathway.options[option.id]
    move = state.moved.get(option.id)
    target = OPTION + option.id
    label = Span(record.label, Tone.CHANGE if move else Tone.PLAIN)
    mark = Cell((Span(move or "", Tone.CHANGE),), 2)
    why = Span(reason(state, option), Tone.DIM)
    here = target == cursor
    age = only_source_age(state.situation, record)
    name = (label, Span(f" ({age})", Tone.DIM)) if age else (label,)
    if width < NARROW:
        yield Row((mark, Cell((*name, Span("  "), why) if here else name)), target)
    else:
        yield Row((mark, Cell(name, column), Cell((), 2), Cell((why,), cut=not here)), target)
    soft = soft_wording(state.situation, record)
    if soft is not None:
        yield text(soft, Tone.DIM, indent=4)


def head_rows(row: "OptionRow") -> list[Row]:
    """The option's name and status."""
    return [
        spans(Span(row.label, Tone.STRONG), Span(f"   {row.group}", Tone.DIM)),
        item(SYMBOLS[row.status], Span(STATUS_TITLES[row.status]), tone=Tone.STRONG),
    ]


def reason(state: State, option: OptionAssessment) -> str:
    """Why an option stands where it stands, as short as it goes."""
    verdict = option.verdict
    if verdict.status is Status.POSSIBLE:
        return factor_names(verdict.depends_on)
    if not verdict.because:
        return "for every case" if verdict.status is Status.DESCRIBED else "for no case"
    return answers_in_short(state.pathway, state.answers, verdict.because)


def _marks(state: State, width: int) -> list[Row]:
    """What the marks of change mean, while there are any."""
    if not state.moved:
        return []
    words = "By the last answer: " if width >= NARROW else ""
    return [
        spans(
            Span(words, Tone.DIM),
            Span(f"{Mark.APPEARED} ", Tone.CHANGE),
            Span("nearer to described, ", Tone.DIM),
            Span(f"{Mark.LEFT} ", Tone.CHANGE),
            Span("further from it.", Tone.DIM),
        ),
        BLANK,
    ]


def _alerts(state: State) -> list[Row]:
    if not state.assessment.alerts:
        return []
    rows = [heading("ALSO TO KNOW", str(len(state.assessment.alerts)))]
    for alert, standing in state.assessment.alerts.items():
        rows.append(alert_row(state.pathway.alerts[alert], standing))
    return rows


def alert_row(alert: Alert, standing: AlertState) -> Row:
    """One alert of a list: its level in words, whether it is only a check, and its title."""
    word = LEVEL_WORDS[alert.level]
    if standing is AlertState.CHECK:
        word = f"Check ({word.lower()})"
    tone = Tone.CAUTION if alert.level is Level.EMERGENCY else Tone.STRONG
    return Row(
        (Cell((), 2), Cell((Span(f"{word}: ", tone), Span(alert.title)))),
        ALERT + alert.id,
    )
