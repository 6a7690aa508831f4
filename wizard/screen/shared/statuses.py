"""An option's status as it is drawn everywhere: its symbol, and the rows at the head of a page."""

from typing import TYPE_CHECKING, Final

from wizard.pathway.model import Status
from wizard.screen.shared.rows import Row, Span, Tone, item, spans
from wizard.wording.statuses import STATUS_TITLES

if TYPE_CHECKING:
    from wizard.wording.options import OptionRow

SYMBOLS: Final = {Status.DESCRIBED: "●", Status.POSSIBLE: "◐", Status.NOT_DESCRIBED: "○"}


def head_rows(row: "OptionRow") -> list[Row]:
    """The option's name and status."""
    return [
        spans(Span(row.label, Tone.STRONG), Span(f"   {row.group}", Tone.DIM)),
        item(SYMBOLS[row.status], Span(STATUS_TITLES[row.status]), tone=Tone.STRONG),
    ]
