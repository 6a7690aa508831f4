"""The crisis alert, and the notices over a case: how far it is, and what alerts there are."""

from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len

from wizard.pathway.model import Alert, AlertLevel
from wizard.reasoning.assessment import AlertState
from wizard.screen.case.state import State
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.names import source_names
from wizard.screen.shared.rows import Cell, Row, Span, Tone, one_line, shorten, width_of
from wizard.wording.notices import HOW_TO_READ
from wizard.wording.statuses import LEVEL_WORDS, unsettled
from wizard.wording.text import inside
from wizard.wording.walk import how_far

_LOW: Final = 20
"""Below this number of lines the crisis alert takes only one."""

_NARROW: Final = 60
"""Below this width a count stands without words beside the alert that was just raised."""

_ROOMY: Final = 70
"""From this width on, what is offered to a newcomer has its words in full."""

_OFFERED: Final = (
    ("T", "a tour of a minute", "tour", "tour"),
    ("G", "a gallery of cases", "cases", "gallery"),
    ("esc", "neither", "no", "close"),
)
"""What a newcomer is offered: the key, what it brings, the same in short, and its action."""

_HIGH: Final = 30
"""From this number of lines on, the crisis alert says what it depends on."""


def crisis_rows(state: State, height: int) -> tuple[Row, ...]:
    """The emergencies that are raised or to be checked, each always there, raised ones first."""
    emergencies = sorted(_emergencies(state), key=lambda each: each[1] is not AlertState.RAISED)
    low = height < _LOW
    shown = emergencies[:1] if low else emergencies
    rows = [_crisis(state, alert, standing, height) for alert, standing in shown]
    if low and len(emergencies) > 1:
        more = Cell((Span(f"+{len(emergencies) - 1} ", Tone.STRONG),), 4)
        rows[0] = Row((more, *rows[0].cells), f"{ACTION}alerts")
    return tuple(rows)


def _emergencies(state: State) -> Iterator[tuple[Alert, AlertState]]:
    alerts = state.pathway.alerts
    for each, standing in state.assessment.alerts.items():
        if alerts[each].level is AlertLevel.EMERGENCY:
            yield alerts[each], standing


def notice_rows(state: State, width: int, *, lists: bool) -> tuple[Row, ...]:
    """How far the case is, what the last answer raised or ended, how many alerts there are.

    Always in sight: some questions are asked for nothing but an alert.  How to read the lists is
    told where they are in sight.  A newcomer is told where to look first.
    """
    return (*_offer(state, width), *_record_notice(state), *_standing(state, width, lists=lists))


def _record_notice(state: State) -> tuple[Row, ...]:
    """That the team's record was made for something that does not stand any more."""
    if not state.decisions:
        return ()
    from wizard.wording.recording import stale_text

    if not (stale := stale_text(state.situation, state.decisions)):
        return ()
    told = Span(f"The team's record (d): {inside(stale)}", Tone.CAUTION)
    return (one_line(told, target=f"{ACTION}record"),)


def _offer(state: State, width: int) -> tuple[Row, ...]:
    """The tour and the gallery, offered in one line."""
    if not state.offers_tour:
        return ()
    roomy = width >= _ROOMY
    told = [Span("First time here?" if roomy else "New here?", Tone.STRONG)]
    for key, words, brief, action in _OFFERED:
        target = ACTION + action
        told += [
            Span(f"  {key} ", Tone.KEY, target),
            Span(words if roomy else brief, Tone.DIM, target),
        ]
    return (one_line(*told),)


def _standing(state: State, width: int, *, lists: bool) -> tuple[Row, ...]:
    """How far the case is, and its alerts."""
    alerts = _alerts_in_short(state, width)
    far = (Span(how_far(state.situation, brief=width < _NARROW), Tone.DIM),) if state.begun else ()
    order = (Span(HOW_TO_READ, Tone.DIM),) if lists else ()
    rows: list[tuple[Span, ...]] = []
    for parts in (far, alerts):
        if rows and parts and width_of(rows[-1]) + 3 + width_of(parts) <= width:
            rows[-1] = (*rows[-1], Span("   "), *parts)
        elif parts:
            rows.append(parts)
    target = f"{ACTION}alerts" if state.assessment.alerts else None
    told = [one_line(*parts, target=target) for parts in rows]
    if rows and order and width_of(rows[-1]) + 3 + width_of(order) <= width:
        edge = Cell(order, width_of(order), right=True)
        return (*told[:-1], Row((Cell(rows[-1]), edge), target))
    return (*told, Row((Cell(order),))) if order else tuple(told)


def _alerts_in_short(state: State, width: int) -> tuple[Span, ...]:
    said = _told_moves(state)
    alerts, emergency = state.pathway.alerts, AlertLevel.EMERGENCY
    moved = [words for each, words in said.items() if alerts[each].level is not emergency]
    others = [
        each
        for each in state.assessment.alerts
        if each not in said and alerts[each].level is not emergency
    ]
    number = f"{len(others)} {'other ' if moved else ''}alert{'' if len(others) == 1 else 's'} ("
    if moved and width < _NARROW:
        number = f"+{len(others)} ("
    read = (Span(number, Tone.DIM), Span("a", Tone.KEY), Span(")", Tone.DIM))
    counts = read if others else ()
    if not moved:
        return counts
    more = f" and {len(moved) - 1} more  " if len(moved) > 1 else "  "
    room = width - cell_len(more) - width_of(counts)
    return (
        *shorten((Span(moved[-1], Tone.CHANGE),), room),
        Span(more, Tone.CHANGE),
        *counts,
    )


def _told_moves(state: State) -> dict[str, str]:
    """The alerts that the last answer moved, in words."""
    if not state.moved.alerts:
        return {}
    from wizard.wording.differences import alerts_moved

    return alerts_moved(state.pathway, state.moved)


def _crisis(state: State, alert: Alert, standing: AlertState, height: int) -> Row:
    """The words for "raised" and "to check" differ, and so does what follows them.

    A low screen has one line: of what is raised, it takes the title before the level.
    """
    raised = standing is AlertState.RAISED
    source = source_names(state.pathway, alert.claims)
    level = f"{LEVEL_WORDS[alert.level].upper()}: " if raised else "To check: "
    if raised and height < _LOW:
        level = ""
    words = Span(f"⚠ {level}{alert.title} ({source})", Tone.STRONG if state.begun else Tone.PLAIN)
    told = raised or height < _HIGH or not state.begun
    rest = Span("" if told else f". {unsettled(state.situation, alert)}")
    key = (Span("a", Tone.STRONG), Span(" reads"))
    if height < _LOW:
        return Row((Cell((words,), cut=True), Cell(key, 8, right=True)), f"{ACTION}alerts")
    return Row((Cell((words, rest)), Cell(key, 9, right=True)), f"{ACTION}alerts")


def crisis_raised(state: State) -> bool:
    """Whether an emergency is certain from the answers."""
    return any(standing is AlertState.RAISED for _, standing in _emergencies(state))
