"""Alerts in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from wizard.pathway.model import Alert, AlertLevel, Pathway
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.situation import Situation
from wizard.wording.sources import Citation, citation
from wizard.wording.statuses import LEVEL_WORDS, unsettled


@dataclass(frozen=True, slots=True)
class AlertLine:
    """A claim of an alert.

    `manner` is what the document says to do, in its own verb, and in which cases; None where the
    claim is not a caution.
    """

    says: str
    manner: str | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class AlertText:
    """An alert as it is told.

    `heading` has level and title; for a check, `unsettled` says on which questions it depends.
    """

    id: str
    level: AlertLevel
    state: AlertState
    heading: str
    says: str
    unsettled: str | None
    lines: tuple[AlertLine, ...]


def alert_texts(situation: Situation) -> tuple[AlertText, ...]:
    """The alerts that show: emergencies first, then in the pathway's order."""
    others = tuple(_texts_of_alerts(situation, lambda level: level is not AlertLevel.EMERGENCY))
    return (*emergency_texts(situation), *others)


def emergency_texts(situation: Situation) -> tuple[AlertText, ...]:
    """The emergencies that show, raised or to check, in the pathway's order."""
    return tuple(_texts_of_alerts(situation, lambda level: level is AlertLevel.EMERGENCY))


def _texts_of_alerts(
    situation: Situation, wanted: Callable[[AlertLevel], bool]
) -> Iterator[AlertText]:
    for alert, state in situation.assessment.alerts.items():
        record = situation.pathway.alerts[alert]
        if wanted(record.level):
            yield _alert(situation, record, state)


def _alert(situation: Situation, alert: Alert, state: AlertState) -> AlertText:
    check = state is AlertState.CHECK
    return AlertText(
        id=alert.id,
        level=alert.level,
        state=state,
        heading=f"{LEVEL_WORDS[alert.level]}{_to_check(alert) if check else ''}: {alert.title}",
        says=alert.says,
        unsettled=unsettled(situation, alert) if check else None,
        lines=alert_lines(situation.pathway, alert, situation.today),
    )


def _to_check(alert: Alert) -> str:
    return ", still open" if alert.level is AlertLevel.CHECK_ANSWERS else ", to check"


def alert_lines(pathway: Pathway, alert: Alert, today: date) -> tuple[AlertLine, ...]:
    """The claims of an alert."""
    return tuple(
        AlertLine(
            each.says, manner(each.action, each.stated_for), citation(pathway, each.id, today)
        )
        for each in map(pathway.claims.__getitem__, alert.claims)
    )


def manner(action: str | None, stated_for: str | None) -> str | None:
    """A caution's own verb and what it is stated for: `avoid or caution; stated for: beta`."""
    words = [action.replace("_", " ")] if action else []
    words += [f"stated for: {stated_for.replace('_', ' ')}"] if stated_for else []
    return "; ".join(words) or None
