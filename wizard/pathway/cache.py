"""Checked pathways, and what was worked out of them, kept as JSON in the user's cache folder.

A file is used only where its digest is right, which is over its name too: over everything that was
read, and the reader.  A missing, foreign, damaged or unwritable cache is passed over without a
word.
"""

import json
import os
import stat
from collections.abc import Iterator, Mapping
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from wizard import __version__
from wizard.pathway.codec import decode, encode
from wizard.pathway.model import Pathway
from wizard.record import replace
from wizard.user_folders import user_folder

try:
    # hashlib would bring OpenSSL, which takes longer to load than all that is digested here.
    from _blake2 import blake2b
except ImportError:  # a Python that keeps it elsewhere
    from hashlib import blake2b

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_FILES: Final = 16
"""Files of one kind."""
_PATHWAYS: Final = "pathways"
_SEAL: Final = 64
"""Characters of the digest that a file begins with, on a line of its own."""


def cache_key(contents: Mapping[str, bytes]) -> str:
    """The digest in hex of the tool's version, the reader, and every file's bytes."""
    total = blake2b(digest_size=_SEAL // 2)
    parts = [__version__.encode(), *reader()]
    for name, data in sorted(contents.items()):
        parts += [name.encode("utf-8", "surrogateescape"), data]
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


@cache
def reader() -> tuple[bytes, ...]:
    """Each module that reads pathways and says what a record is, as it is on the disk at the first
    look: a program goes on with the modules that it began with.

    A pathway that another reader has checked is not one that this reader has.
    """
    own = Path(__file__).parent
    record = own.parent / "record.py"
    return _stamp(record.name, record.stat()), *modules_of(own, own / "format")


def modules_of(*folders: Path) -> Iterator[bytes]:
    """Each module of these folders, as it now is on the disk."""
    for folder in folders:
        with os.scandir(folder) as found:
            for module in sorted(found, key=attrgetter("name")):
                if module.name.endswith(".py"):
                    yield _stamp(module.name, module.stat())


def _stamp(name: str, status: os.stat_result) -> bytes:
    """A file as it now is: name, size, when it was written."""
    return f"{name} {status.st_size} {status.st_mtime_ns}".encode()


def cached(key: str, *, folder: Path, shipped: bool) -> Pathway | None:
    """The pathway kept under a key, as read from `folder`; None where there is no sound one."""
    data = kept(_PATHWAYS, key)
    if data is None:
        return None
    pathway, claims_on = map(decode, data)
    found: Pathway = replace(pathway, folder=str(folder.resolve()), shipped=shipped)
    # All of its trees would be walked for it, and nearly every command asks it.
    vars(found)["claims_on"] = claims_on
    return found


def keep(key: str, pathway: Pathway) -> None:
    """Keep a pathway under a key, readable by its owner alone; nothing happens where that fails."""
    neutral = replace(pathway, folder="", shipped=False)
    keep_data(_PATHWAYS, key, [encode(neutral), encode(pathway.claims_on)])


def kept(kind: str, key: str) -> Any:
    """The data of a kind that is kept under a key, as it was given; None where there is none."""
    try:
        data = memoryview(_owned_bytes(_folder_of(kind) / f"{key}.json"))
        seal, body = data[:_SEAL], data[_SEAL + 1 :]
        return json.loads(str(body, "ascii")) if seal == _seal(key, body) else None
    except (OSError, ValueError, RuntimeError):
        return None


def keep_data(kind: str, key: str, data: object) -> None:
    """Keep data under a key, readable by its owner alone; nothing happens where that fails."""
    from wizard.private_files import (
        make_private_folder,
        write_private,
    )

    try:
        body = json.dumps(data, separators=(",", ":")).encode()  # ASCII is read fastest
        folder = _folder_of(kind)
        make_private_folder(folder)
        if not _ours(folder.lstat()):
            return
        folder.chmod(0o700)
        write_private(folder / f"{key}.json", _seal(key, body) + b"\n" + body, replacing=True)
        _discard_oldest(folder)
    except (OSError, ValueError, RuntimeError):
        return


def _seal(key: str, body: bytes | memoryview) -> bytes:
    """The digest of what is kept under a key."""
    total = blake2b(key.encode(), digest_size=_SEAL // 2)
    total.update(body)
    return total.hexdigest().encode()


def _folder_of(kind: str) -> Path:
    return user_folder("cache") / kind


def _ours(status: os.stat_result) -> bool:
    """Whether a file or folder belongs to this user and nobody else may write it."""
    owner = getattr(os, "getuid", lambda: status.st_uid)()
    return status.st_uid == owner and (os.name == "nt" or not status.st_mode & 0o022)


def _owned_bytes(path: Path) -> bytes:
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or not _ours(status) or status.st_size > MAX_BYTES:
            raise PermissionError(path)
        return file.read()


def _discard_oldest(folder: Path) -> None:
    """Leave the newest files only."""
    files = sorted(folder.iterdir(), key=lambda path: path.lstat().st_mtime_ns, reverse=True)
    for path in files[MAX_FILES:]:
        path.unlink(missing_ok=True)
