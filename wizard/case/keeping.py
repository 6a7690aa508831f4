"""The file of a saved case while it is open: locked, and never written over unseen.

A lock keeps two programs from saving to one file, and goes with the program.  An editor knows no
locks: so a file is only written to while it holds what it held when it was last read or written.
What cannot be written to it is kept beside it, as `NAME.2.yaml`.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from wizard.case.files import Case, CaseErrors, read_case
from wizard.case.rewriting import NotRewrittenError, rewritten, saved_text
from wizard.locking import locked
from wizard.pathway.format.content import MAX_BYTES
from wizard.pathway.model import Pathway
from wizard.private_files import make_private_folder, write_private
from wizard.record import Record
from wizard.user_folders import user_folder

_MOST_BESIDE: Final = 1000
_BY_OWNER: Final = 0o600
_BINARY: Final = getattr(os, "O_BINARY", 0)


class Saved(Record):
    """Where a case was saved; `why` it is beside its own file, empty where it is not."""

    path: Path
    why: str = ""


class CaseFile:
    """The file of a case, and this program's lock on it, if it could have that.

    `alone` is whether no other program has it open, as far as a lock can tell.
    """

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = Path(os.path.realpath(path))
        self.content = content
        self._lock: _Lock | None = None
        self.alone = self._locked()

    def save(self, case: Case, pathway: Pathway) -> Saved:
        """Write the case to its file, or beside it where that would lose something.

        Raises OSError where neither can be done; nothing is changed then.
        """
        text = _text_over(self.content, case, pathway)
        why = self._in_the_way()
        if not why and text is None:
            why = "cannot be changed line by line"
        if why or text is None:
            return self._beside(text or saved_text(case, pathway), why)
        try:
            self._write(text)
        except FileExistsError:
            return self._beside(text, "was changed meanwhile by another program")
        return Saved(self.path)

    def let_go(self) -> None:
        """Let the lock go: another program may save to the file from now on."""
        if self._lock is not None:
            self._lock.let_go()
        self._lock = None

    # --- parts -------------------------------------------------------------------------------

    def _locked(self) -> bool:
        """Whether the file is this program's alone; without a place for locks nobody can tell."""
        if self._lock is None:
            try:
                self._lock = _Lock.on(self.path)
            except (OSError, RuntimeError):
                return True
        return self._lock is not None

    def _in_the_way(self) -> str:
        """Why the file may not be written over; empty where it may."""
        self.alone = self._locked()
        if not self.alone:
            return "is open in another wizard"
        with suppress(FileNotFoundError):
            if _content(self.path) != self.content:
                return "was changed meanwhile by another program"
        return ""

    def _write(self, text: str) -> None:
        _check_size(text)
        if self.path.exists():
            if not os.access(self.path, os.W_OK):
                raise PermissionError(13, "it may not be written to", str(self.path))
            write_private(self.path, text, replacing=True, known=self.content)
        else:
            write_private(self.path, text)
        self.content = text.encode()

    def _beside(self, text: str, why: str) -> Saved:
        """Keep the case beside its file, and go on with that file."""
        before = self.path
        path = _written_new(_names(before, 2), text)
        self.let_go()
        self.path, self.content = path, text.encode()
        self.alone = self._locked()
        return Saved(path, f"{before.name} {why}")


def open_case(path: Path, content: bytes) -> CaseFile | None:
    """The file of a case that was read; None where the wizard does not save to it.

    It does not write to JSON, nor to a regression case, which has what is expected.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" or path.suffix.lower() == ".json":
        return None
    return CaseFile(path, content)


def save_as(path: Path, case: Case, pathway: Pathway, *, replacing: bool = False) -> CaseFile:
    """Save a case to a file of its own, and have that open.

    Raises FileExistsError where there is one and it is not to be replaced, OSError where it cannot
    be written.
    """
    text = saved_text(case, pathway)
    _check_size(text)
    path = Path(os.path.realpath(path))
    write_private(path, text, replacing=replacing)
    return CaseFile(path, text.encode())


def save_titled(title: str, case: Case, pathway: Pathway) -> CaseFile:
    """Save a case among those of the user, by a name made from its title.

    Raises OSError where it cannot be written, RuntimeError where the user has no home.
    """
    folder = cases_folder()
    make_private_folder(folder)
    text = saved_text(case, pathway)
    _check_size(text)
    path = _written_new(_names(folder / f"{file_name(title)}.yaml", 1), text)
    return CaseFile(path, text.encode())


def cases_folder() -> Path:
    """Where cases are saved by their titles.  Raises RuntimeError where the user has no home."""
    return user_folder("data") / "cases"


def file_name(title: str) -> str:
    """The name of a file that a title makes: `Oak, by the gate` is `oak-by-the-gate`."""
    letters = "".join(each if each.isalnum() else " " for each in title.lower())
    name = "-".join(letters.split())
    while len(name.encode()) > _LONGEST_NAME:
        name = name[:-1]
    name = name.rstrip("-") or "case"
    return f"{name}-case" if _RESERVED.fullmatch(name) else name


# --- parts -----------------------------------------------------------------------------------

_LONGEST_NAME: Final = 120
_RESERVED: Final = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that Windows has for something else, whatever their suffix."""


class _Lock:
    """A lock on a path, by a file in the user's state folder that goes with it."""

    def __init__(self, place: Path, descriptor: int) -> None:
        self._place = place
        self._descriptor = descriptor

    @classmethod
    def on(cls, path: Path) -> "_Lock | None":
        """The lock on a path; None where another has it.  Raises OSError, RuntimeError."""
        folder = user_folder("state") / "locks"
        make_private_folder(folder)
        named = os.path.normcase(path).encode("utf-8", "surrogateescape")
        place = folder / f"{sha256(named).hexdigest()[:32]}.lock"
        while True:
            descriptor = os.open(place, os.O_RDWR | os.O_CREAT | _BINARY, _BY_OWNER)
            if not locked(descriptor):
                os.close(descriptor)
                return None
            if _still_there(place, descriptor):
                return cls(place, descriptor)
            os.close(descriptor)  # who had it took the file away meanwhile

    def let_go(self) -> None:
        """Let the lock go, and take its file away."""
        with suppress(OSError):
            self._place.unlink(missing_ok=True)
        os.close(self._descriptor)


def _still_there(place: Path, descriptor: int) -> bool:
    """Whether an open file still has its name."""
    try:
        return os.path.samestat(place.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _text_over(content: bytes, case: Case, pathway: Pathway) -> str | None:
    """What the file is to hold, its comments kept; None where it cannot be told line by line."""
    try:
        text = content.decode()
        before = read_case(content, pathway, can_be_asked=True)
        return rewritten(text, before, case, pathway)
    except (CaseErrors, NotRewrittenError, UnicodeDecodeError):
        return None


def _names(path: Path, first: int) -> Iterator[Path]:
    """The names beside a path: `NAME.yaml` is number 1, then `NAME.2.yaml`."""
    stem = path.name.removesuffix(path.suffix) if path.suffix else path.name
    head, dot, number = stem.rpartition(".")
    if dot and number.isdecimal():
        stem = head
    for each in range(first, _MOST_BESIDE):
        yield path.with_name(f"{stem}.{each}{path.suffix}" if each > 1 else path.name)


def _written_new(names: Iterator[Path], text: str) -> Path:
    """The first name that is free, with the text in its file.  Raises OSError."""
    _check_size(text)
    for path in names:
        with suppress(FileExistsError):
            write_private(path, text)
            return path
    raise FileExistsError(17, "too many files of this name", str(path))


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _check_size(text: str) -> None:
    """Raise OSError for a text that could not be read again."""
    if len(text.encode()) > MAX_BYTES:
        raise OSError(27, "its log has grown too long; save the case under another title")
