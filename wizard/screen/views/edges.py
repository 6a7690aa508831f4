"""The edges of the screen: the header, the crisis alert, and the keys or a message."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len

from wizard.pathway.model import Level, Pathway
from wizard.reasoning.assessment import AlertState
from wizard.screen.keys import Key
from wizard.screen.rows import CUT_MARK, Cell, Row, Span, Tone, one_line, width_of
from wizard.screen.state import State
from wizard.wording.alerts import AlertText, alert_texts
from wizard.wording.notices import documents_line, review_line

ACTION: Final = "do:"
"""Begins the target of a command."""

_LOW: Final = 20
"""Below this many lines the crisis alert takes one."""

_HIGH: Final = 30
"""From this many lines on it says what it depends on."""


def header_rows(pathway: Pathway, width: int) -> tuple[Row, ...]:
    """What the pathway is, and what the wizard does not do; a click opens the intended use."""
    review = review_line(pathway).rstrip(".")
    parts = [
        "no clinician has reviewed it" if pathway.reviewed is None else review,
        "describes only; the MDT decides",
        documents_line(pathway),
    ]
    shown = [Span(f" {pathway.title} {pathway.version}", Tone.STRONG)]
    for number, part in enumerate(parts):
        if width_of(shown) + 3 + cell_len(part) + 2 * (number + 1 < len(parts)) > width:
            shown.append(Span(f" {CUT_MARK}", Tone.DIM))
            break
        shown.append(Span(f"   {part}", Tone.DIM))
    rows = [one_line(*shown, target=f"{ACTION}intended_use")]
    if not pathway.shipped:
        foreign = f" Not the pathway that came with the tool: {pathway.folder}"
        rows.append(one_line(Span(foreign, Tone.CAUTION)))
    return tuple(rows)


def crisis_rows(state: State, height: int) -> tuple[Row, ...]:
    """The emergencies that are raised or to be checked, each always there."""
    emergencies = [each for each in alert_texts(state.situation) if each.level is Level.EMERGENCY]
    emergencies.sort(key=lambda each: each.state is not AlertState.RAISED)
    low = height < _LOW
    rows = [_crisis(state, each, height) for each in (emergencies[:1] if low else emergencies)]
    if low and len(emergencies) > 1:
        more = Cell((Span(f"+{len(emergencies) - 1} ", Tone.STRONG),), 4)
        rows[0] = Row((more, *rows[0].cells), f"{ACTION}alerts")
    return tuple(rows)


def footer_rows(
    keys: tuple[Key, ...], refused: frozenset[str], message: str, width: int
) -> tuple[Row, ...]:
    """The keys, each of which can be clicked; or a message until the next key."""
    if message:
        return (Row((Cell((), 1), Cell((Span(message, Tone.STRONG),)))),)
    shown: list[Span] = [Span(" ")]
    gap = "   " if _length(keys, 3) <= width else "  "
    for key in _fitting(keys, width):
        tone = Tone.DIM if key.action in refused else Tone.KEY
        target = ACTION + key.action
        shown.append(Span(key.display, tone, target))
        shown += [Span(f" {key.label.lower()}", Tone.DIM, target), Span(gap)]
    return (one_line(*shown[:-1]),)


def _fitting(keys: tuple[Key, ...], width: int) -> tuple[Key, ...]:
    """The keys that fit: the first, and from the end help and quit, stay longest."""
    kept = list(keys)
    while len(kept) > 3 and _length(kept, 2) > width:
        del kept[1]
    return tuple(kept)


def _length(keys: Sequence[Key], gap: int) -> int:
    return 1 - gap + sum(len(key.display) + 1 + len(key.label) + gap for key in keys)


def _crisis(state: State, alert: AlertText, height: int) -> Row:
    """The words for "raised" and "to check" differ, and so does what follows them."""
    raised = alert.state is AlertState.RAISED
    source = ", ".join(dict.fromkeys(line.citation.source for line in alert.lines))
    title = state.pathway.alerts[alert.id].title
    words = f"⚠ EMERGENCY: {title} ({source})" if raised else f"⚠ To check: {title} ({source})"
    rest = "" if raised or height < _HIGH else f". {alert.unsettled or ''}"
    read = Cell((Span("a", Tone.STRONG), Span(" reads")), 8, right=True)
    return Row(
        (Cell((Span(words, Tone.STRONG), Span(rest)), cut=height < _LOW), read), f"{ACTION}alerts"
    )


def crisis_raised(state: State) -> bool:
    """Whether an emergency is certain from the answers."""
    return any(
        standing is AlertState.RAISED and state.pathway.alerts[alert].level is Level.EMERGENCY
        for alert, standing in state.assessment.alerts.items()
    )
