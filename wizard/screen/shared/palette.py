"""The palette: every key of a place by its name, and the themes."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.types import CSSPathType

from wizard.screen.shared.keys import Key
from wizard.screen.shared.place import PlaceScreen


class Palette(CommandPalette):
    """Textual's palette, in the wizard's looks, which are read when it is first opened."""

    CSS_PATH: ClassVar[CSSPathType | None] = "palette.tcss"


class KeyCommands(Provider):
    """Offers each key's command; the help that stands beside it is the key's own."""

    @property
    def _place(self) -> PlaceScreen:
        return cast(PlaceScreen, self.screen)

    async def discover(self) -> Hits:
        """Every command, before a letter is typed."""
        for key in self._offered():
            yield DiscoveryHit(key.label, self._call(key), help=_key_help(key))

    async def search(self, query: str) -> Hits:
        """The commands that match the letters typed."""
        matcher = self.matcher(query)
        for key in self._offered():
            score = matcher.match(f"{key.label} {key.tooltip}")
            if score > 0:
                shown = matcher.highlight(key.label)
                yield Hit(score, shown, self._call(key), text=key.label, help=_key_help(key))

    def _offered(self) -> tuple[Key, ...]:
        return tuple(key for key in self._place.keys if key.action not in _NOT_OFFERED)

    def _call(self, key: Key) -> Callable[[], None]:
        return partial(self._place.do, key.action)


_NOT_OFFERED: Final = frozenset({"palette", "close", "mark", "tick"})


def _key_help(key: Key) -> str:
    return f"{key.tooltip} ({key.display})"
