"""What an answer moved: the difference between two assessments of one pathway, in words."""

from dataclasses import dataclass
from enum import StrEnum

from wizard.pathway.model import Pathway, Status
from wizard.reasoning.assessment import AlertState, Assessment
from wizard.wording.statuses import LEVEL_WORDS, STATUS_TITLES

_RANK = {Status.NOT_DESCRIBED: 0, Status.POSSIBLE: 1, Status.DESCRIBED: 2}


class Mark(StrEnum):
    """How an option moved: nearer to being described, or further from it."""

    APPEARED = "+"
    LEFT = "-"


@dataclass(frozen=True, slots=True)
class Move:
    """An option whose status is another than before, and the same as a sentence."""

    option: str
    mark: Mark
    says: str


@dataclass(frozen=True, slots=True)
class AlertMove:
    """An alert whose state is another than before (None: it does not show), and a sentence."""

    alert: str
    after: AlertState | None
    says: str


def moves(pathway: Pathway, before: Assessment, after: Assessment) -> tuple[Move, ...]:
    """The options that an answer moved, in the neutral order."""
    found = []
    for option in pathway.options.values():
        old, new = before.options[option.id].status, after.options[option.id].status
        if old is not new:
            mark = Mark.APPEARED if _RANK[new] > _RANK[old] else Mark.LEFT
            says = f"{option.label}: now {_words(new)} (before: {_words(old)})"
            found.append(Move(option.id, mark, says))
    return tuple(found)


def alert_moves(pathway: Pathway, before: Assessment, after: Assessment) -> tuple[AlertMove, ...]:
    """The alerts that an answer raised, settled or changed, in the pathway's order."""
    found = []
    for alert in pathway.alerts.values():
        old, new = before.alerts.get(alert.id), after.alerts.get(alert.id)
        if old is not new:
            became = "no longer shown" if new is None else f"now {_state(new.value)}"
            says = f"{LEVEL_WORDS[alert.level]}, {became}: {alert.title}"
            found.append(AlertMove(alert.id, new, says))
    return tuple(found)


def _words(status: Status) -> str:
    return STATUS_TITLES[status].lower()


def _state(state: str) -> str:
    return "to check" if state == "check" else state
