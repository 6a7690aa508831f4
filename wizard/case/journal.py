"""The journal of a running case, which brings it back after a crash or a closed terminal.

One file a running case, in the user's state folder, for its owner alone: JSON Lines, added to with
each step.  The first line tells the pathway's folder; then each entry of the log as `case.log`
writes it, and, where the question in front changed, a line with that.  The program that writes a
journal holds a lock on it, so that no other takes the case.  A clean end removes it.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wizard.case.log import (
    Entry,
    Folded,
    Log,
    LogEntryError,
    broken_at,
    entry_line,
    entry_read,
    folded,
)
from wizard.locking import locked
from wizard.record import Record
from wizard.user_folders import user_folder

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_FORM: Final = 1
"""Grows where a journal is written that the program of before could not read."""
_MOST_BYTES: Final = 64 * 2**20
_BY_OWNER: Final = 0o600
_BINARY: Final = getattr(os, "O_BINARY", 0)


class Place(Record):
    """The question in front (None at the end of the walk), and those behind it.

    `file` is that of a case which was saved or opened; empty where there is none.
    """

    asked: str | None = None
    trail: tuple[str, ...] = ()
    file: str = ""


class Left(Record):
    """A case that was left: what its journal holds.

    `folder` is that of its pathway, empty for the one that came with the tool.  `dropped` says what
    of the journal could not be read; empty where all of it could.  `size` is how many bytes could.
    """

    path: Path
    folder: str
    log: Log
    place: Place
    dropped: str = ""
    size: int = 0

    @property
    def fold(self) -> Folded:
        """The answers now, and where undo and redo lead."""
        return folded(self.log)

    @property
    def at(self) -> datetime:
        """When something was last done to the case."""
        return datetime.strptime(self.log[-1].at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def journal_folder() -> Path:
    """Where journals are kept.  Raises RuntimeError where the user has no home."""
    return user_folder("state") / "running"


class Journal:
    """Writes the journal of the case that runs; the first step makes the file.

    What is written survives the end of the program at once.  That it survives a dead battery takes
    the disk some milliseconds, so a thread waits for that.
    """

    def __init__(self, folder: Path, pathway: str = "") -> None:
        """A journal in a folder, of a case in the pathway of another one ("" for the shipped)."""
        self._folder = folder
        self._pathway = pathway
        self._path = folder
        self._file: int | None = None
        self._kept: Log = ()
        self._place: Place | None = None
        self._size = 0
        self._fault = ""
        self._syncing: ThreadPoolExecutor | None = None

    @property
    def kept(self) -> bool:
        """Whether a file has the case as it is."""
        return self._file is not None and not self._fault

    def keep(self, log: Log, place: Place) -> str:
        """Keep a case as it stands now; returns what to tell, which is empty but at a first fault.

        After a fault each step tries again, with all that is not kept yet.
        """
        if not log:
            return ""
        try:
            if log[: len(self._kept)] != self._kept:
                self.end(clean=True)  # another case in place of the one before
            if self._file is None or os.fstat(self._file).st_nlink == 0:
                self._begin()
            self._add(log, place)
        except (OSError, ValueError) as error:
            told, self._fault = self._fault, getattr(error, "strerror", None) or str(error)
            return "" if told else f"Kept nowhere in case of a crash: {self._fault}."
        self._fault = ""
        return ""

    def end(self, *, clean: bool) -> None:
        """Let the journal go; after a clean end nothing is left of it."""
        if self._syncing is not None:
            self._syncing.shutdown()
        if self._file is not None:
            if clean:
                with suppress(OSError):
                    self._path.unlink(missing_ok=True)
            os.close(self._file)
        self._file, self._syncing = None, None
        self._kept, self._place, self._size = (), None, 0

    def take(self, left: Left) -> bool:
        """Go on in the journal of a case that was left; false where another program has it.

        What of it cannot be read goes.  Where it cannot be written to, a step begins another.
        """
        try:
            file = os.open(left.path, os.O_RDWR | os.O_APPEND | _BINARY)
        except OSError:
            return left.path.exists()
        if not locked(file) or os.fstat(file).st_nlink == 0:
            os.close(file)
            return False
        with suppress(OSError):
            os.ftruncate(file, left.size)
        self._file, self._path, self._size = file, left.path, left.size
        self._kept, self._place = left.log, left.place
        return True

    # --- parts ---------------------------------------------------------------------------

    def _begin(self) -> None:
        """A new file, which is this program's from its first moment on."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        from wizard.private_files import make_private_folder

        make_private_folder(self._folder)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.urandom(4).hex()}.jsonl"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | _BINARY
        self._file, self._path = os.open(self._folder / name, flags, _BY_OWNER), self._folder / name
        locked(self._file)
        self._kept, self._place, self._size = (), None, 0

    def _add(self, log: Log, place: Place) -> None:
        """Add what is not in the file yet, in one write; all of it or nothing."""
        lines = [] if self._size else [_written({"journal": _FORM, "folder": self._pathway})]
        lines += [entry_line(entry) for entry in log[len(self._kept) :]]
        if place != self._place:
            lines.append(_written({"asked": place.asked, "trail": place.trail, "file": place.file}))
        data = "".join(f"{line}\n" for line in lines).encode()
        if self._file is None or not data:
            return
        try:
            written = 0
            while written < len(data):
                written += os.write(self._file, data[written:])
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise
        self._size += len(data)
        self._kept, self._place = log, place
        self._sync_later(self._file)

    def _sync_later(self, file: int) -> None:
        if self._syncing is None:
            from concurrent.futures import ThreadPoolExecutor

            self._syncing = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._syncing.submit(_sync, file)


def left_cases(folder: Path) -> tuple[Left, ...]:
    """The cases that were left in a folder, the last one first; those that still run are not.

    Files in which nothing can be read are passed over.
    """
    found = (read_journal(path) for path in _abandoned(folder))
    return tuple(sorted((each for each in found if each), key=lambda left: left.at, reverse=True))


def any_left(folder: Path) -> bool:
    """Whether a case was left in a folder, without reading it."""
    return next(_abandoned(folder), None) is not None


def read_journal(path: Path) -> Left | None:
    """What a journal holds up to the first line that cannot be read; None where it is nothing."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
    except OSError:
        return None
    head, *lines = data.split(b"\n")
    folder = _folder(head)
    if folder is None or not lines:
        return None
    *lines, half = lines
    found = list(takewhile(lambda each: each is not None, map(_line, lines)))
    broken = broken_at(tuple(each for each in found if isinstance(each, Entry)))
    if broken is not None:
        entries = [index for index, each in enumerate(found) if isinstance(each, Entry)]
        del found[entries[broken] :]
    log = tuple(each for each in found if isinstance(each, Entry))
    if len(found) < len(lines):
        dropped = f"from line {len(found) + 2} on it cannot be read"
    else:
        dropped = "its last line was half written" if half else ""
    places = [each for each in found if isinstance(each, Place)]
    size = sum(len(line) + 1 for line in (head, *lines[: len(found)]))
    place = places[-1] if places else Place(folded(log).now.asked)
    return Left(path, folder, log, place, dropped, size) if log else None


# --- parts -----------------------------------------------------------------------------------


def _abandoned(folder: Path) -> Iterator[Path]:
    """The journals of a folder that no program has."""
    with suppress(OSError):
        for path in sorted(folder.glob("*.jsonl"), reverse=True):
            with suppress(OSError):
                if path.is_file() and path.stat().st_size and not _runs(path):
                    yield path


def _runs(path: Path) -> bool:
    """Whether a program has a journal.  The lock that asks is let go at once."""
    file = os.open(path, os.O_RDONLY | _BINARY)
    try:
        return not locked(file)
    finally:
        os.close(file)


def _folder(head: bytes) -> str | None:
    """The pathway's folder in a first line; None where it is not one that this program writes."""
    with suppress(ValueError, RecursionError):
        said = json.loads(head)
        if isinstance(said, dict) and said.get("journal") == _FORM:
            folder = said.get("folder")
            return folder if isinstance(folder, str) else None
    return None


def _line(line: bytes) -> Entry | Place | None:
    """A line of a journal; None where it is not one."""
    with suppress(ValueError, RecursionError, LogEntryError):
        text = line.decode()
        said = json.loads(text)
        if isinstance(said, dict) and said.keys() == {"asked", "trail", "file"}:
            return _place(said["asked"], said["trail"], said["file"])
        return entry_read(text)
    return None


def _place(asked: object, trail: object, file: object) -> Place | None:
    if not (isinstance(asked, str | None) and isinstance(trail, list) and isinstance(file, str)):
        return None
    return Place(asked, tuple(each for each in trail if isinstance(each, str)), file)


def _written(data: object) -> str:
    return json.dumps(data)


def _sync(file: int) -> None:
    """Wait until the disk has a file; one that has no disk is as well kept as it can be."""
    with suppress(OSError):
        os.fsync(file)
