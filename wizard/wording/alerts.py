"""Alerts in words."""

from collections.abc import Iterable
from datetime import date

from wizard.pathway.model import Alert, AlertLevel, Pathway
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.situation import Situation
from wizard.record import Record
from wizard.wording.citing import cited_by_way
from wizard.wording.outline import Citation, Item, cited
from wizard.wording.sources import citations
from wizard.wording.statuses import LEVEL_WORDS, unsettled


class AlertText(Record):
    """An alert as it is told.

    `heading` has level and title; for a check, `unsettled` says on which questions it depends.
    """

    id: str
    level: AlertLevel
    state: AlertState
    heading: str
    says: str
    unsettled: str | None
    lines: tuple[Item, ...]


def alert_texts(situation: Situation) -> tuple[AlertText, ...]:
    """The alerts that show: emergencies first, then in the pathway's order."""
    return (*emergency_texts(situation), *_alert_texts(situation, emergency=False))


def emergency_texts(situation: Situation) -> tuple[AlertText, ...]:
    """The emergencies that show, raised or to check, in the pathway's order."""
    return _alert_texts(situation, emergency=True)


def _alert_texts(situation: Situation, *, emergency: bool) -> tuple[AlertText, ...]:
    return tuple(
        _alert(situation, alert, state)
        for name, state in situation.assessment.alerts.items()
        for alert in (situation.pathway.alerts[name],)
        if (alert.level is AlertLevel.EMERGENCY) is emergency
    )


def _alert(situation: Situation, alert: Alert, state: AlertState) -> AlertText:
    to_check = ", still open" if alert.level is AlertLevel.CHECK_ANSWERS else ", to check"
    check = state is AlertState.CHECK
    return AlertText(
        id=alert.id,
        level=alert.level,
        state=state,
        heading=f"{LEVEL_WORDS[alert.level]}{to_check if check else ''}: {alert.title}",
        says=alert.says,
        unsettled=unsettled(situation, alert) if check else None,
        lines=_lines(
            situation.pathway,
            cited_by_way(situation, (RuleKey(RuleKind.ALERT, alert.id), alert.claims)),
        ),
    )


def alert_lines(pathway: Pathway, alert: Alert, today: date) -> tuple[Item, ...]:
    """What the documents say of an alert, and in which manner, whatever the case is."""
    return _lines(pathway, citations(pathway, alert.every_claim, today))


def _lines(pathway: Pathway, said: Iterable[Citation]) -> tuple[Item, ...]:
    lines: list[Item] = []
    for each in said:
        claim = pathway.claims[each.claim]
        how = manner(pathway, claim.action, claim.stated_for)
        text = f"{each.says} ({how})" if how else each.says
        lines.append(Item(text, cited([each])))
    return tuple(lines)


def manner(pathway: Pathway, action: str | None, stated_for: str | None) -> str | None:
    """A caution's verb and what it is stated for: `avoid or caution; stated for: beta`."""
    words = [pathway.actions[action]] if action else []
    words += [f"stated for: {stated_for.replace('_', ' ')}"] if stated_for else []
    return "; ".join(words) or None
