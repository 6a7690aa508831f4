"""Settings held to what the screen has: its themes, its actions and their keys, its columns."""

import os
from collections.abc import Collection, Mapping

from textual.theme import BUILTIN_THEMES

from wizard.pathway.problems import nearest, quoted
from wizard.screen.case import keys as case
from wizard.screen.shared.keymap import action_id, taken, with_keys, wrong_key
from wizard.screen.shared.keys import Key, Place
from wizard.screen.themes import DARK, OURS, unusable
from wizard.settings.reading import COLUMNS, ESCAPE_DELAY, STARTS, Settings


def held(settings: Settings, themes: Collection[str]) -> Settings:
    """The settings without what the screen does not have, which is added to their problems."""
    if settings.theme is not None and settings.theme not in themes:
        near = nearest(settings.theme, themes)
        told = f"there is no theme {quoted(settings.theme)}"
        settings = settings.without("theme", (told, "" if near else "ctrl+p lists them", near))
    return _held_keys(settings) if settings.keys else settings


def keys_by_place() -> Mapping[Place, tuple[Key, ...]]:
    """Every key that can be set."""
    from wizard.screen.pathway import keys as pathway
    from wizard.screen.practice import keys as practice

    return {Place.CASE: case.KEYS, Place.PRACTICE: practice.KEYS, Place.PATHWAY: pathway.KEYS}


def defaults() -> Mapping[str, str]:
    """Every setting by its name, with what holds where nothing is set."""
    return {
        "theme": DARK.name,
        "start": STARTS[0],
        "escape_delay": str(ESCAPE_DELAY),
        "journal": "true",
        **{f"widths.{column}": "by the width of the screen" for column in COLUMNS},
        **{
            f"keys.{action_id(place, key)}": key.keys
            for place, keys in keys_by_place().items()
            for key in keys
        },
    }


def known_themes() -> Collection[str]:
    """The names of the themes that can be chosen in this terminal."""
    every = {**BUILTIN_THEMES, **{theme.name: theme for theme in OURS}}
    return every.keys() - set(unusable(every, monochrome="NO_COLOR" in os.environ))


def _held_keys(settings: Settings) -> Settings:
    actions = {
        action_id(place, key): (place, key.action)
        for place, keys in keys_by_place().items()
        for key in keys
    }
    for name, keys in settings.keys.items():
        wrong = wrong_key(keys)
        if name not in actions:
            near = nearest(name, actions)
            expected = "" if near else "`mdt-wizard config` lists them"
            told = f"there is no action {quoted(name)}", expected, near
        elif wrong is not None:
            expected = 'keys such as "E", "ctrl+e" or "f3" were expected'
            told = f"{quoted(wrong)} is not a key", expected, None
        else:
            continue
        settings = settings.without(f"keys.{name}", told)
    for name, keys in settings.keys.items():
        place, action = actions[name]
        now = with_keys(place, keys_by_place()[place], settings.keys)
        wanted = next(key for key in now if key.action == action)
        if other := taken(place, wanted, now):
            told = f"{quoted(keys)} has a use already: {other}", "another key was expected", None
            settings = settings.without(f"keys.{name}", told)
    return settings
