"""The digest that names one state of a pathway's content on every output."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from wizard.pathway.format.content import decode
from wizard.pathway.format.events import read_yaml
from wizard.pathway.nodes import Entries
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors

_FOR_EDITORS: Final = b"# yaml-language-server: "
"""What a first line begins with that tells an editor of a schema and nobody of the content."""


def digest_of(contents: Mapping[str, bytes]) -> str:
    """SHA-256 in hex over sorted relative posix paths and contents, CRLF as LF, without the review.

    Nor does a first line count that only names a file's schema for an editor.

    The review is left out so that it can name the digest of what it was of.  Each path and each
    content is preceded by its length in bytes, so that no two sets of files run together into the
    same bytes.
    """
    total = sha256()
    for name in sorted(contents):
        for part in (name.encode("utf-8", "surrogateescape"), _content(name, contents[name])):
            total.update(len(part).to_bytes(8, "big"))
            total.update(part)
    return total.hexdigest()


def _content(name: str, data: bytes) -> bytes:
    """What counts of a file, CRLF as LF; a file that cannot be read counts as it is."""
    data = data.replace(b"\r\n", b"\n")
    if data.startswith(_FOR_EDITORS):
        data = data.partition(b"\n")[2]
    if name != "pathway.yaml":
        return data
    try:
        return _without_review(decode(data, name), name).encode()
    except FileErrors:
        return data


def _without_review(text: str, name: str) -> str:
    """A pathway.yaml without its review, up to the key that follows.  Raises FileErrors."""
    root = read_yaml(text, name)
    keys = list(root) if isinstance(root, Entries) else []
    for key, after in zip(keys, [*keys[1:], None], strict=True):
        if key == "reviewed":
            end = len(text) if after is None else _offset(text, after.position)
            return text[: _offset(text, key.position)] + text[end:]
    return text


def _offset(text: str, position: Position) -> int:
    """How many characters stand before a position."""
    before = text.split("\n")[: position.line - 1]
    return sum(len(line) + 1 for line in before) + position.column - 1
