"""An option's status as it is drawn everywhere: its symbol, and the rows at the head of a page."""

from wizard.reasoning.situation import Situation
from wizard.screen.shared.rows import Row, Span, Tone, item, spans
from wizard.wording.statuses import STATUS_TITLES, SYMBOLS


def head_rows(situation: Situation, option_id: str) -> list[Row]:
    """The option's name and status."""
    option, status = (
        situation.pathway.options[option_id],
        situation.assessment.options[option_id].status,
    )
    group = situation.pathway.groups[option.group].label
    return [
        spans(Span(option.label, Tone.STRONG), Span(f"   {group}", Tone.DIM)),
        item(SYMBOLS[status], Span(STATUS_TITLES[status]), tone=Tone.STRONG),
    ]
