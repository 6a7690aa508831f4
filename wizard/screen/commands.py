"""The command palette: every key of the case, by name."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from wizard.screen.keys import KEYS, Key


class _Doing(Protocol):
    """A screen that does what a key would."""

    def do(self, action: str) -> None:
        """Do it."""


class KeyCommands(Provider):
    """Offers each key's command; the help that stands beside it is the key's own."""

    async def discover(self) -> Hits:
        """Every command, before a letter is typed."""
        for key in _OFFERED:
            yield DiscoveryHit(key.label, self._call(key), help=_help(key))

    async def search(self, query: str) -> Hits:
        """The commands that match the letters typed."""
        matcher = self.matcher(query)
        for key in _OFFERED:
            score = matcher.match(f"{key.label} {key.tooltip}")
            if score > 0:
                shown = matcher.highlight(key.label)
                yield Hit(score, shown, self._call(key), text=key.label, help=_help(key))

    def _call(self, key: Key) -> Callable[[], None]:
        return partial(cast(_Doing, self.screen).do, key.action)


_OFFERED = tuple(key for key in KEYS if key.action not in {"palette", "close", "mark"})


def _help(key: Key) -> str:
    return f"{key.tooltip} ({key.display})"
