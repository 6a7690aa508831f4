"""Tells when the files of a folder were saved, by looking at their times."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

_SECONDS: Final = 0.3
"""Between two looks at the files: soon enough for a person, seldom enough for a battery."""

_Files = Mapping[str, tuple[int, int]]


def saves(folder: Path, wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """One item now, and one for each time that a file of the folder changed. It never ends."""
    seen = _files(folder)
    yield
    while True:
        wait(_SECONDS)
        now = _files(folder)
        if now != seen:
            # An editor may write in several steps: what is told is told of files at rest.
            wait(_SECONDS)
            while (after := _files(folder)) != now:
                now = after
                wait(_SECONDS)
            seen = now
            yield


def _files(folder: Path) -> _Files:
    """When each YAML file was written, in nanoseconds, and its size in bytes."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".yaml") and not name.startswith("."):
                with suppress(OSError):
                    status = (Path(place) / name).stat()
                    found[f"{place}/{name}"] = (status.st_mtime_ns, status.st_size)
    return found
