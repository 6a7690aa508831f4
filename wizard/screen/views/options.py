"""The three lists of options, always there, and what to know beside them."""

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len

from wizard.pathway.model import Alert, Level, Status
from wizard.reasoning.assessment import AlertState, OptionAssessment
from wizard.screen.rows import BLANK, Cell, Row, Span, Tone, heading, text
from wizard.screen.state import State
from wizard.screen.views.names import answers_in_short, factor_names
from wizard.wording.alerts import LEVEL_WORDS
from wizard.wording.changes import Mark
from wizard.wording.options import STATUS_TITLES

OPTION: Final = "option:"
ALERT: Final = "alert:"

LABEL_COLUMN: Final = 34
REASON_COLUMN: Final = 14
SYMBOLS: Final = {Status.DESCRIBED: "●", Status.POSSIBLE: "◐", Status.NOT_DESCRIBED: "○"}


def options_rows(state: State, width: int, cursor: str | None) -> tuple[Row, ...]:
    """The rows of the options column."""
    rows: list[Row] = []
    if state.options_shown:
        for status in STATUS_TITLES:
            rows += _list(state, status, width, cursor)
        rows += [*_marks(state), *_order()]
    else:
        rows += [text("The option lists are hidden: o shows them.", Tone.DIM), BLANK]
    return (*rows, *_alerts(state))


def _list(state: State, status: Status, width: int, cursor: str | None) -> Iterable[Row]:
    options = [each for each in state.assessment.options.values() if each.status is status]
    title = f"{SYMBOLS[status]} {STATUS_TITLES[status].upper()}"
    yield heading(title, str(len(options)))
    for option in options:
        yield _option(state, option, width, cursor)
    if not options:
        yield text("none", Tone.DIM, indent=2)
    yield BLANK


def _option(state: State, option: OptionAssessment, width: int, cursor: str | None) -> Row:
    move = state.moved.get(option.id)
    target = OPTION + option.id
    labels = [cell_len(each.label) for each in state.pathway.options.values()]
    column = min(max(labels, default=0) + 2, LABEL_COLUMN, max(width - 2 - REASON_COLUMN, 12))
    label = state.pathway.options[option.id].label
    return Row(
        (
            Cell((Span(move or "", Tone.CHANGE),), 2),
            Cell((Span(label, Tone.CHANGE if move else Tone.PLAIN),), column - 2),
            Cell((), 2),
            Cell((Span(reason(state, option), Tone.DIM),), cut=target != cursor),
        ),
        target,
    )


def reason(state: State, option: OptionAssessment) -> str:
    """Why an option stands where it stands, as short as it goes."""
    verdict = option.verdict
    if verdict.status is Status.POSSIBLE:
        return factor_names(verdict.depends_on)
    if not verdict.because:
        return "for every case" if verdict.status is Status.DESCRIBED else "for no case"
    return answers_in_short(state.pathway, state.answers, verdict.because)


def _marks(state: State) -> list[Row]:
    if not state.moved:
        return []
    return [
        Row(
            (
                Cell((Span(Mark.APPEARED, Tone.CHANGE),), 2),
                Cell((Span("towards described, "),), 19),
                Cell((Span(f"{Mark.LEFT} ", Tone.CHANGE), Span("away, by the last answer"))),
            )
        )
    ]


def _order() -> list[Row]:
    return [
        text("The order means nothing. Not described is not unsuitable.", Tone.DIM),
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
