"""What the keys of all places share: their record, the keys that every place has, refusals."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from textual.binding import Binding

from wizard.record import Record, replace


class Refused(Exception):  # noqa: N818 - it is a refusal, not an error
    """What was asked cannot be done now; the message says why."""


class Place(StrEnum):
    """The places of the wizard, in the order of their tabs."""

    CASE = "case"
    PRACTICE = "practice"
    PATHWAY = "pathway"


class Key(Record):
    """A command: its action, the keys that call it, and what to say of it.

    `keys` are names as Textual has them, `display` the same as a person reads them.
    """

    action: str
    keys: str
    display: str
    label: str
    tooltip: str


PLACE_KEYS: Final[Mapping[Place, Key]] = {
    Place.CASE: Key("place_case", "f6", "F6", "Case", "Go to the case; practice stays as it is"),
    Place.PRACTICE: Key(
        "place_practice", "f7", "F7", "Practice", "Go to practice; the case stays as it is"
    ),
    Place.PATHWAY: Key(
        "place_pathway", "f8", "F8", "Pathway", "Read the whole pathway; the case stays as it is"
    ),
}


def common_keys(*, columns: str, place: str, helps: str) -> tuple[Key, ...]:
    """The keys that every place has, in its own words: what its columns are, what its help says."""
    return (
        Key("column", "tab", "tab", "Column", f"Move between {columns}"),
        Key("column_back", "shift+tab", "shift+tab", "Column before", "Move the other way"),
        Key("close", "escape", "esc", "Close", f"Close what lies over {place}"),
        Key("intended_use", "i", "i", "Intended use", "What this is for, and what it is not for"),
        Key("help", "question_mark,f1", "?", "Help", helps),
        *PLACE_KEYS.values(),
        Key(
            "search",
            "slash,ctrl+p,f2",
            "/",
            "Search",
            "Find a command, or anything that is said",
        ),
        Key("leave", "q,ctrl+q", "q", "Quit", "End; asks first if answers would be lost"),
    )


def bindings_of(place: Place, digit: Key | None, keys: Sequence[Key]) -> list[Binding]:
    """The bindings of a place, one an action, and the nine digits where these have a use."""
    digits = [
        (f"choose({number})", replace(digit, action=f"choose_{number}", keys=str(number)))
        for number in range(1, 10)
        if digit is not None
    ]
    return [
        Binding(
            key.keys,
            action,
            key.label,
            show=False,
            key_display=key.display,
            tooltip=key.tooltip,
            id=f"{place}.{key.action}",
        )
        for action, key in (*digits, *((f"do('{key.action}')", key) for key in keys))
    ]
