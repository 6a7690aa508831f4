"""Places in a text: a word of it, and columns in the units that an editor counts in."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from wizard.pathway.position import Position
from wizard.record import Record

_END: Final = re.compile(r"[,\[\]{}]|:(?=\s|$)|\s#|$")
"""What ends a word that is not in quotes: one of a list, a key, or a text before a comment."""


class Units(StrEnum):
    """In what an editor counts the columns of a line, as the protocol calls it."""

    BYTES = "utf-8"
    HALVES = "utf-16"
    LETTERS = "utf-32"


_WIDTHS: Final[Mapping[Units, Callable[[str], int]]] = {
    Units.BYTES: lambda text: len(text.encode("utf-8", "surrogatepass")),
    Units.HALVES: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    Units.LETTERS: len,
}


class Place(Record):
    """A word of a file: where it begins, line and column from 1, and how many letters it has."""

    file: str
    line: int
    column: int
    length: int

    def holds(self, position: Position) -> bool:
        """Whether a position is in the word, or right behind it as a cursor is."""
        same = (self.file, self.line) == (position.file, position.line)
        return same and self.column <= position.column <= self.column + self.length


def lines_of(text: str) -> list[str]:
    """The lines of a text, without their ends."""
    return [line.removesuffix("\r") for line in text.split("\n")]


def word_at(text: str, position: Position) -> Place:
    """The word that begins at a position; of one in quotes, what stands in them.

    Where nothing stands, a place without letters.  A position outside the text is moved into it.
    """
    lines = lines_of(text)
    number = min(max(position.line, 1), len(lines))
    line = lines[number - 1]
    start = min(max(position.column - 1, 0), len(line))
    if line[start : start + 1] in {'"', "'"}:
        start += 1
        closing = line.find(line[start - 1], start)
        end = len(line) if closing < 0 else closing
    else:
        found = _END.search(line, start)
        end = len(line) if found is None else found.start()
        end = start + len(line[start:end].rstrip("\"' \t"))
    return Place(position.file, number, start + 1, max(end - start, 0))


def words_of(text: str, place: Place) -> str:
    """What stands at a place of a text."""
    lines = lines_of(text)
    if place.line > len(lines):
        return ""
    return lines[place.line - 1][place.column - 1 : place.column - 1 + place.length]


def to_units(line: str, letters: int, units: Units) -> int:
    """How many units the first letters of a line have."""
    return _WIDTHS[units](line[:letters])


def to_letters(line: str, count: int, units: Units) -> int:
    """How many letters of a line lie before so many units; one that is cut is left out."""
    width = _WIDTHS[units]
    total = 0
    for number, letter in enumerate(line):
        total += width(letter)
        if total > count:
            return number
    return len(line)
