"""Harms of an option, for outputs that do not show its whole card."""

from typing import Final

from wizard.pathway.model import AlertLevel, Option, Status
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.situation import Situation
from wizard.wording.outline import Citation
from wizard.wording.sources import citations
from wizard.wording.text import counted, joined, sentence

_HARMS: Final = (
    ("side_effects", "sentence on side effects", "sentences on side effects"),
    ("cautions", "caution", "cautions"),
    ("monitoring", "sentence on monitoring", "sentences on monitoring"),
)
"""The rows of a card on harms, with the words for one claim and for several."""


def for_anyone(situation: Situation, option: Option) -> tuple[Citation, ...]:
    """Harms that hold for anyone, where the option is described or possible."""
    if situation.assessment.options[option.id].status is Status.NOT_DESCRIBED:
        return ()
    return citations(situation.pathway, option.for_anyone, situation.today)


def cautions(situation: Situation, option: Option) -> dict[str, str | None]:
    """The claims of cautions on an option that its case raises, then those for anyone.

    Each comes with what the caution itself says to do, None where it leaves that to the claim;
    nothing for an option that is not described.
    """
    if situation.assessment.options[option.id].status is Status.NOT_DESCRIBED:
        return {}
    raised = [
        (claim, alert.action)
        for name, state in situation.assessment.alerts.items()
        if state is AlertState.RAISED
        for alert in (situation.pathway.alerts[name],)
        if alert.level is AlertLevel.CAUTION and option.id in alert.about
        for claim in situation.assessment.cited(
            (RuleKey(RuleKind.ALERT, name), alert.claims)
        ).certain
    ]
    found = dict.fromkeys(option.for_anyone)
    return dict(raised) | {claim: None for claim in found if claim not in dict(raised)}


def left_on_card(situation: Situation, option: Option) -> str | None:
    """How many cautions and side effects of the card a report leaves out; None for zero."""
    alerts = situation.assessment.alerts
    told = {
        claim
        for alert in alerts
        for claim in situation.assessment.cited(
            (RuleKey(RuleKind.ALERT, alert), situation.pathway.alerts[alert].claims)
        ).certain
    }
    told |= set(option.for_anyone)
    counts = [
        counted(number, f"more {one}", f"more {many}")
        for row, one, many in _HARMS
        if (number := len(set(option.card.get(row, ())) - told))
    ]
    return sentence(f"{joined(counts)} on the card") if counts else None
