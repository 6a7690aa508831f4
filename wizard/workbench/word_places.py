"""Words of a text by their places."""

import re
from typing import Final

from wizard.pathway.position import Position
from wizard.record import Record

_END: Final = re.compile(r"[,\[\]{}]|:(?=\s|$)|\s#|$")
"""What ends a word that is not in quotes: one of a list, a key, or a text before a comment."""


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
