"""Completing a path that is being typed, as a shell does."""

import os
from itertools import islice, takewhile
from pathlib import Path
from typing import Final

from wizard.record import Record

_MOST_ENTRIES: Final = 10_000
"""Entries of a folder that are looked at; a key must not wait for a folder of any size."""


class Completed(Record):
    """A path with all that is certain of what follows, and the names that it may go on to."""

    path: str
    names: tuple[str, ...]


def completed(typed: str) -> Completed:
    """Complete the last name of a path by what is in its folder; folders end in a separator.

    Hidden names are found by their dot. What cannot be listed completes to nothing.
    """
    folder, begun = os.path.split(typed)
    names = sorted(
        each for each in _names(folder) if each.startswith(begun or _visible_start(each))
    )
    # The names in between two that are first and last by their letters begin as both do.
    ends = zip(names[0], names[-1], strict=False) if names else ()
    certain = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    path = os.path.join(folder, certain or begun)  # noqa: PTH118 - as it was typed
    return Completed(path, tuple(names))


def _visible_start(name: str) -> str:
    """What a name begins with unless it is hidden."""
    return "" if not name.startswith(".") else name + "."


def _names(folder: str) -> list[str]:
    """What is in a folder and can be shown."""
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            found = [
                entry.name + os.sep if entry.is_dir() else entry.name
                for entry in islice(entries, _MOST_ENTRIES)
            ]
    except (OSError, RuntimeError, ValueError):
        return []
    return [name for name in found if name.isprintable()]
