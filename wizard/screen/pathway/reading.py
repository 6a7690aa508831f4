"""What can be laid over the pathway: the intended use, and the help."""

from collections.abc import Iterator
from typing import Final

from wizard.record import replace
from wizard.report.reading import about_sections
from wizard.screen.pathway.keys import ENTER, refusal
from wizard.screen.pathway.state import Browsing, Column, Sheet
from wizard.screen.shared.help import help_rows
from wizard.screen.shared.keys import Key
from wizard.screen.shared.outline import outline_rows
from wizard.screen.shared.rows import Row

_HINTS: Final = (
    "Arrows or j and k move, home and end go to the edges.",
    "A click does what enter does; the wheel scrolls.",
    "Started with --pathway, findings and cases that fail follow what is saved of the files.",
)
MARKS: Final = (
    ("▸ ▾", "a kind of thing, folded; unfolded"),
    ("→", "leads to another page; b comes back"),
    ("●", "a tree ends here: described, or what it is asked for holds"),
    ("○", "a tree ends here: not described, or it does not hold"),
    ("−", "a document says that an option is not for such a case"),
    ("≠", "found otherwise than a case expects"),
    ("❯", "the cursor"),
)


def sheet_rows(state: Browsing, keys: tuple[Key, ...]) -> tuple[Row, ...]:
    """The rows of what lies on top; `keys` are those that are in use."""
    match state.sheet:
        case Sheet.INTENDED_USE:
            return outline_rows(about_sections(state.pathway, state.today))
        case Sheet.HELP:
            return tuple(_help(state, keys))
        case Sheet.SEARCH | None:
            return ()


def _help(state: Browsing, keys: tuple[Key, ...]) -> Iterator[Row]:
    beneath = replace(state, sheet=None)
    told = [
        (key, refusal(key.action, state if key.action == "close" else beneath))
        for key in (ENTER, *keys)
    ]
    yield from help_rows(_where(state), told, _HINTS, MARKS)


def _where(state: Browsing) -> str:
    if state.column is Column.LIST:
        return (
            "The whole pathway, without a case. The list has every kind of thing; the page beside "
            "it shows what the cursor is on. Enter unfolds a kind, or goes into the page of a "
            "thing."
        )
    return (
        "The page of one thing. The cursor goes from reference to reference: enter follows one, b "
        "comes back, as often as you like. From a claim one comes to all that rests on it, and "
        "from a document to its claims line by line."
    )
