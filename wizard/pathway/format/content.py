"""Bytes and characters of one file: its size, its encoding, and nothing that cannot be seen."""

import os
import stat
from codecs import BOM_UTF8
from pathlib import Path
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, Problem

MAX_BYTES: Final = 8 * 1024 * 1024

_INVISIBLE: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_FORBIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def read_bytes(path: Path | str, name: str) -> bytes:
    """The bytes of a regular file of at most 8 MiB.  Raises FileErrors."""
    start = Position(name, 1, 1)
    try:
        # To make a path of a text takes longer than to read the file of that name.
        status = os.stat(path)  # noqa: PTH116
        mode = status.st_mode
        if stat.S_ISDIR(mode):
            raise FileErrors(
                [
                    Problem(
                        Code.UNREADABLE_FILE, start, "this is a folder", "a YAML file was expected"
                    )
                ]
            )
        if not stat.S_ISREG(mode):
            raise FileErrors([Problem(Code.UNREADABLE_FILE, start, "this is not a regular file")])
        if status.st_size > MAX_BYTES:
            raise FileErrors([too_large(name)])
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            data = file.read()
    except FileNotFoundError:
        raise FileErrors([Problem(Code.MISSING_FILE, start, "there is no such file")]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileErrors(
            [Problem(Code.UNREADABLE_FILE, start, f"the file cannot be read: {reason}")]
        ) from None
    if len(data) > MAX_BYTES:
        raise FileErrors([too_large(name)])
    return data


def decode(data: bytes, name: str) -> str:
    """UTF-8 bytes as text, a leading byte order mark dropped.  Raises FileErrors."""
    bare = data.removeprefix(BOM_UTF8)
    try:
        return bare.decode()
    except UnicodeDecodeError as error:
        before = bare[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        problem = Problem(
            Code.NOT_TEXT,
            Position(name, line, column),
            "the file is not UTF-8 text",
            "save it as UTF-8 in your editor",
        )
        raise FileErrors([problem]) from None


def too_large(name: str) -> Problem:
    """The file has more than 8 MiB."""
    return Problem(
        Code.UNREADABLE_FILE,
        Position(name, 1, 1),
        "the file is larger than 8 MiB",
        "split it or shorten it",
    )


def forbidden(char: str) -> bool:
    """Whether a character is a control, a bidirectional mark, or takes no room on a line."""
    from unicodedata import category  # a start meets no such letter

    return (
        category(char) in _FORBIDDEN_CATEGORIES
        or char in _INVISIBLE
        or "\ufe00" <= char <= "\ufe0f"
        or "\u180b" <= char <= "\u180f"
    )


_PLAIN: Final = frozenset({"\n", "\t", *map(chr, range(ord(" "), ord("~") + 1))})
# Characters of which more than so many come of how the whole file was saved.
_WHOLE_FILE: Final = (
    ("\0", 1, "the file is not UTF-8 text", "save it as UTF-8 in your editor"),
    ("\r", 0, "a line ends in CR alone", "save the file with line ends LF or CRLF"),
)


def forbidden_characters(text: str, name: str) -> list[Problem]:
    """The first hundred forbidden characters of a file's text; tabs may stand between words.

    What comes of another encoding, or of line ends of CR alone, is one problem for the file.
    """
    body = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for char, few, what, expected in _WHOLE_FILE:
        if body.count(char) > few:
            line = body.count("\n", 0, body.index(char)) + 1
            column = body.index(char) - body.rfind("\n", 0, body.index(char))
            return [Problem(Code.NOT_TEXT, Position(name, line, column), what, expected)]
    bad = {char for char in set(body) - _PLAIN if forbidden(char)}
    if not bad:
        return []
    return [
        character_problem(Position(name, number, column), char)
        for number, line in enumerate(body.split("\n"), 1)
        if not bad.isdisjoint(line)
        for column, char in enumerate(line, 1)
        if char in bad
    ][:100]


def character_problem(position: Position, char: str) -> Problem:
    """A forbidden character and where it stands."""
    from unicodedata import name

    known = name(char, "a control character").lower()
    return Problem(
        Code.HIDDEN_CHARACTER,
        position,
        f"the character U+{ord(char):04X} ({known}) cannot be seen or changes what is shown",
        "delete it and type the text again",
    )
