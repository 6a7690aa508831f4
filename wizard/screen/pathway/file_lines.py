"""The lines of a file around a place, as they are now."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wizard.pathway.position import Position
from wizard.pathway.problems import printable
from wizard.screen.shared.rows import Cell, Row, Span, Tone

_AROUND: Final = 3
"""Lines before the place, and after it."""


def rows_around(folder: Path, position: Position) -> Iterator[Row]:
    """The lines around a place, that one marked and its column pointed at; none of a lost file."""
    try:
        written = (folder / position.file).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError, ValueError):
        return
    first = max(position.line - _AROUND, 1)
    for number in range(first, min(position.line + _AROUND, len(written)) + 1):
        here = number == position.line
        yield _line(number, printable(written[number - 1].expandtabs(1)), here=here)
        if here:
            yield _row("", "", " " * (position.column - 1) + "^", Tone.CAUTION)


def _line(number: int, words: str, *, here: bool) -> Row:
    return _row("❯" if here else "", str(number), words, Tone.PLAIN if here else Tone.DIM)


def _row(mark: str, number: str, words: str, tone: Tone) -> Row:
    return Row(
        (
            Cell((Span(mark, Tone.CAUTION),), 2),
            Cell((Span(number, Tone.DIM),), 5, right=True),
            Cell((), 2),
            Cell((Span(words, tone),), cut=True),
        )
    )
