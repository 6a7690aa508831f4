"""The keys that a user has set, in place of the wizard's own."""

from collections.abc import Iterable, Mapping
from typing import Final

from textual.keys import (
    Keys,
    _character_to_key,  # what Textual's own keymaps are read with
    key_to_character,
)

from wizard.record import replace
from wizard.screen.shared.keys import Key, Place

_MODIFIERS: Final = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
_NAMED: Final = frozenset(key.value for key in Keys)
_FIXED: Final = frozenset(
    {*"0123456789jk", "enter", "up", "down", "home", "end", "backspace", "ctrl+c", "ctrl+z"}
)
"""Keys that mean one thing everywhere."""


def action_id(place: Place, key: Key) -> str:
    """What an action is called in the settings."""
    return f"{place}.{key.action}"


def with_keys(place: Place, keys: Iterable[Key], chosen: Mapping[str, str]) -> tuple[Key, ...]:
    """The keys of a place, some of them chosen by action id."""
    return tuple(_chosen(key, chosen.get(action_id(place, key))) for key in keys)


def _chosen(key: Key, keys: str | None) -> Key:
    if keys is None:
        return key
    names = [_named(each.strip()) for each in keys.split(",")]
    shown = key_to_character(names[0]) or names[0]
    return replace(key, keys=",".join(names), display="esc" if shown == "\x1b" else shown)


def wrong_key(keys: str) -> str | None:
    """The first of some keys that is not one."""
    return next((each for each in keys.split(",") if not _is_key(each.strip())), None)


def taken(place: Place, wanted: Key, keys: Iterable[Key]) -> str | None:
    """The action id that has a key already which an action wants, or what else it is for."""
    names = set(wanted.keys.split(","))
    if names & _FIXED:
        return "what it means everywhere"
    others = (key for key in keys if key.action != wanted.action)
    return next((action_id(place, key) for key in others if names & set(key.keys.split(","))), None)


def _is_key(name: str) -> bool:
    *modifiers, last = name.split("+") if len(name) > 1 else [name]
    known = (len(last) == 1 and last.isprintable()) or last in _NAMED or key_to_character(last)
    return bool(last and known) and set(modifiers) <= _MODIFIERS


def _named(name: str) -> str:
    """A key as Textual names it: a character by its name."""
    return _character_to_key(name) if len(name) == 1 else name
