"""The digest that names one state of a pathway's content on every output."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from wizard.pathway.folder import take_snapshot


def digest(folder: Path) -> str:
    """SHA-256 in hex over sorted relative paths and contents, CRLF as LF, without `cases/`.

    Raises PathwayErrors where there is no folder.
    """
    return digest_of(take_snapshot(folder).contents)


def digest_of(contents: Mapping[str, bytes]) -> str:
    """The digest of files given as relative posix path to bytes.

    Each path and each content is preceded by its length in bytes, so that no two sets of files
    run together into the same bytes.
    """
    total = sha256()
    for name in sorted(contents):
        for part in (name.encode("utf-8", "surrogateescape"), _lines(contents[name])):
            total.update(len(part).to_bytes(8, "big"))
            total.update(part)
    return total.hexdigest()


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")
