"""Places in a text: a word of it, and columns in the units that an editor counts in."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from wizard.workbench.word_places import Place, lines_of, word_at, words_of

__all__ = ["Place", "Units", "lines_of", "to_letters", "to_units", "word_at", "words_of"]


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
