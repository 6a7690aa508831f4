"""Every key of the pathway place, once: bindings, footer, help and search come from here."""

from typing import Final

from textual.binding import Binding

from wizard.record import replace
from wizard.screen.pathway.contents import folds
from wizard.screen.pathway.state import Browsing, Column, Sheet
from wizard.screen.pathway.trying import of_page
from wizard.screen.shared.keys import Key, Place, bindings_of, common_keys

KEYS: Final = (
    Key("back", "b,backspace", "b", "Back", "Go back to where you came from"),
    Key("try_it", "t", "t", "Try it", "Open a case that reaches what is in front (F6)"),
    Key("versus", "v", "v", "Versus", "Compare with an older version: a folder, a git revision"),
    Key("unfold", "right", "→", "Open", "Show what a kind has, or go into the page"),
    Key("fold", "left", "←", "Fold", "Go to the list, or fold a kind in it"),
    *common_keys(
        columns="the list and the page",
        place="the pathway, or go back",
        helps="What is where here, the keys and the marks",
    ),
)
ENTER: Final = Key("enter", "enter", "enter", "Open", "Open or follow what the cursor is on")

_BY_ACTION: Final = {key.action: key for key in (ENTER, *KEYS)}


def bindings() -> list[Binding]:
    """The bindings of the place, one an action."""
    return bindings_of(Place.PATHWAY, None, KEYS)


def footer_keys(state: Browsing) -> tuple[Key, ...]:
    """The keys of the footer, at most five, for what is in front of the person."""
    if state.sheet is Sheet.SEARCH:
        return (ENTER, _BY_ACTION["close"])
    if state.sheet is not None:
        actions = ["close", "help", "leave"]
    elif state.column is Column.PAGE:
        actions = ["enter", "try_it", "back", "help", "leave"]
    else:
        actions = ["enter", "search", "try_it", "help", "leave"]
    if refusal("try_it", state) and "try_it" in actions:
        actions[actions.index("try_it")] = "search" if "search" not in actions else "column"
    in_page = state.column is Column.PAGE
    return tuple(
        replace(key, label="Follow") if key is ENTER and in_page else key
        for key in (_BY_ACTION[action] for action in actions)
    )


def refusal(action: str, state: Browsing) -> str | None:
    """Why a key cannot do anything now; None where it can."""
    if action in _BENEATH and state.sheet is not None:
        return "Close this first: esc."
    nowhere = not state.before and state.column is Column.LIST
    lacks, reason = {
        "back": (nowhere, "There is nothing to go back to."),
        "close": (nowhere and state.sheet is None, "Nothing lies over the pathway."),
        "try_it": (
            of_page(state, state.page) is None,
            "No case goes with this page: options, alerts and cases have one.",
        ),
        "fold": (
            state.column is Column.LIST and state.unfolded is None,
            "Nothing is unfolded in the list.",
        ),
        "unfold": (
            state.column is Column.PAGE
            or (not state.page.id and folds(state.page.kind) and state.unfolded is state.page.kind),
            "This is open already: enter follows what the cursor is on.",
        ),
        "place_pathway": (True, "This is the pathway place."),
    }.get(action, (False, ""))
    return reason if lacks else None


_BENEATH: Final = frozenset({"back", "try_it", "versus", "column", "column_back", "fold", "unfold"})
