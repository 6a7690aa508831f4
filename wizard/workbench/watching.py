"""Tells when the files of a folder were saved, by looking at their times."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from wizard.pathway.format.folder import take_snapshot
from wizard.pathway.format.overlay import bases, extended
from wizard.pathway.problems import FileErrors

SECONDS: Final = 0.3
"""Between two looks at the files: soon enough for a person, seldom enough for a battery."""

_Files = Mapping[str, tuple[int, int, int]]


class Watch:
    """Looks at the files of a folder whenever it is asked to, and at those of what it adds to.

    An editor may write in several steps: a save is told once two looks find the files alike.
    """

    def __init__(self, folder: Path) -> None:
        self._folders = (folder, *_bases(folder))
        self._told = self._seen = _files(self._folders)

    def saved(self) -> bool:
        """Whether the files are others than when this was true last, and at rest."""
        before, self._seen = self._seen, _files(self._folders)
        if self._seen == self._told or self._seen != before:
            return False
        self._told = self._seen
        return True

    def at_rest(self) -> bool:
        """Whether the files are still those that were told of last."""
        return _files(self._folders) == self._told


def saves(folder: Path, wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """One item now, and one for each time that a file of the folder changed. It never ends."""
    watch = Watch(folder)
    yield
    while True:
        wait(SECONDS)
        if watch.saved():
            yield


def _bases(folder: Path) -> tuple[Path, ...]:
    """The folders of pathways that an overlay may be one of, as they are found now."""
    with suppress(FileErrors):
        overlay = take_snapshot(folder)
        if overlay.overlay:
            return tuple(base.folder for base in bases(extended(overlay), folder))
    return ()


def _files(folders: tuple[Path, ...]) -> _Files:
    """When each YAML file was written, in nanoseconds, its size in bytes, and which file it is.

    A file that another one was put in place of may have the time and the size of before.
    """
    found = {}
    for path in (path for folder in folders for path in _yaml_files(folder)):
        with suppress(OSError):
            status = path.stat()
            found[str(path)] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def contents_of(folder: Path) -> dict[str, bytes]:
    """What each YAML file holds, by relative path; one that vanishes meanwhile is left out."""
    found = {}
    for path in _yaml_files(folder):
        with suppress(OSError):
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def _yaml_files(folder: Path) -> Iterator[Path]:
    """The files of a folder and all folders in it; what begins with a dot is passed over."""
    for place, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (
            Path(place) / name
            for name in names
            if name.endswith(".yaml") and not name.startswith(".")
        )
