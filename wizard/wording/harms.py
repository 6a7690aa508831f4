"""Harms of an option in outputs that do not have its whole card."""

from typing import Final

from wizard.pathway.model import Option, Status
from wizard.wording.situation import Situation
from wizard.wording.sources import Citation, citations
from wizard.wording.text import counted, joined, sentence

_HARMS: Final = (
    ("side_effects", "sentence on side effects", "sentences on side effects"),
    ("cautions", "caution", "cautions"),
    ("monitoring", "sentence on monitoring", "sentences on monitoring"),
)
"""The rows of a card on harms, and what one claim of each is, and several are."""


def for_anyone(situation: Situation, option: Option) -> tuple[Citation, ...]:
    """Harms that are worded for anyone, where the option is described or possible."""
    if situation.assessment.options[option.id].status is Status.NOT_DESCRIBED:
        return ()
    return citations(situation.pathway, option.for_anyone, situation.today)


def left_on_card(situation: Situation, option: Option) -> str | None:
    """How many cautions and side effects of the card a report leaves out; None where none."""
    alerts = situation.assessment.alerts
    told = {claim for alert in alerts for claim in situation.pathway.alerts[alert].claims}
    told |= set(option.for_anyone)
    counts = [
        counted(number, f"more {one}", f"more {many}")
        for row, one, many in _HARMS
        if (number := len(set(option.card.get(row, ())) - told))
    ]
    return sentence(f"{joined(counts)} on the card") if counts else None
