"""Writes files that only their owner may read: whole or not at all, and never over another unasked.

A file is written under a draft's name beside its own, and takes its name in one step.  Whoever is
killed before that leaves a draft, which the next write in the same folder clears away.
"""

import errno
import os
import re
import stat
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

_MACHINE: Final = f"{zlib.crc32(os.uname().nodename.encode()) if hasattr(os, 'uname') else 0:08x}"
_DRAFT: Final = r"(?s)\..{1,40}\.(?P<machine>[0-9a-f]{8})\.(?P<process>\d{1,9})\.[0-9a-f]{8}\.draft"
"""Compiled where it is first needed, as other patterns of modules that every start imports."""
_SIGNAL_NOTHING: Final = os.name == "posix"
"""Whether signal 0 only asks whether a process exists; on Windows it would end the process."""
_OUTLIVES_EVERY_WRITE: Final = 24 * 60 * 60.0


def write_private(
    path: Path, content: str | bytes, *, replacing: bool = False, known: bytes | None = None
) -> None:
    """Write a file, text as UTF-8, whole or not at all, readable by its owner alone.

    One that is to be replaced must have the content that is `known`, where that is given.

    Raises FileExistsError where the name is taken and the file is not to be replaced, OSError
    where it cannot be written (both name the file), UnicodeEncodeError for a lone surrogate; each
    leaves what was there as it was.
    """
    data = content.encode() if isinstance(content, str) else content
    with writing_private(path, replacing=replacing, known=known) as file:
        file.write(data)


@contextmanager
def writing_private(
    path: Path, *, replacing: bool = False, known: bytes | None = None
) -> Iterator[BinaryIO]:
    """The same of a file that is written part by part: it has its name once the block has ended.

    A block that is left by an error leaves nothing.  Raises as `write_private` does.
    """
    draft = path.parent / _draft_name(path.name)
    try:
        if replacing and path.exists() and not (path.is_file() or path.is_dir()):
            raise OSError(errno.EINVAL, "it is a device or a pipe, which no file may replace")
        for abandoned in _abandoned_drafts(path.parent):
            abandoned.unlink(missing_ok=True)
        try:
            with _new_file(draft) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if known is not None and path.read_bytes() != known:
                raise FileExistsError(errno.EEXIST, "it was changed meanwhile")
            if replacing:
                draft.replace(path)
            else:
                _take_name(path, draft)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        if error.filename not in (None, str(draft), str(path), str(path.parent)):
            raise  # of another file that the block was at work on
        raise OSError(error.errno, error.strerror, str(path)) from error


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for its owner alone.

    One that is there stays as it is.  Raises OSError.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        with suppress(FileExistsError):
            each.mkdir(mode=0o700)
            each.chmod(0o700)  # a umask may take rights from the owner too
    if not folder.is_dir():
        folder.mkdir()  # raises the error that names what is in the way


# --- parts -----------------------------------------------------------------------------------


def _new_file(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def _take_name(path: Path, draft: Path) -> None:
    """Give a draft its name unless another has it.  Raises FileExistsError.

    A file system without links takes two steps: whoever creates the name has it.  A kill between
    them leaves the name with nothing in it.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # no links here, or not on this system
        path.open("x").close()
        try:
            draft.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise


def _draft_name(name: str) -> str:
    return f".{name[:40] or '_'}.{_MACHINE}.{os.getpid()}.{os.urandom(4).hex()}.draft"


def _abandoned_drafts(folder: Path) -> Iterator[Path]:
    """The user's own drafts in a folder whose writers are gone."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            draft = re.fullmatch(_DRAFT, entry.name)
            if draft is None or not entry.is_file(follow_symlinks=False):
                continue
            status = entry.stat(follow_symlinks=False)
            here = draft["machine"] == _MACHINE
            if _ours(status) and (
                time.time() - status.st_mtime > _OUTLIVES_EVERY_WRITE
                or (here and _ended(int(draft["process"])))
            ):
                yield Path(entry.path)


def _ours(status: os.stat_result) -> bool:
    owner = getattr(os, "getuid", lambda: status.st_uid)()
    return stat.S_ISREG(status.st_mode) and status.st_uid == owner


def _ended(process: int) -> bool:
    """Whether a process of this machine is known to have ended."""
    try:
        if _SIGNAL_NOTHING:
            os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:  # a process of somebody else
        return False
    return False
