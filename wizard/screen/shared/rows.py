"""Rows of text in tones, laid out into lines of a given width.

Every view of the wizard is a tuple of rows, made by a pure function.  A span's text is data:
nothing here or further down parses it as markup, and no control character in it survives.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from rich.cells import cell_len

CUT_MARK: Final = "…"
"""The mark at the end of a line that is cut."""

_BELOW: Final = 4
"""The margin of a column that is told below the others, for want of room beside them."""
_UNSAFE: Final = r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
"""Nothing of it is printable, and few texts hold anything that is not."""
_LONGEST_WORD: Final = 40
_PIECES: Final = re.compile(r"\s+|\S+")


class Tone(StrEnum):
    """What a piece of text is for; the style sheet decides how it looks."""

    PLAIN = "plain"
    STRONG = "strong"
    DIM = "dim"
    HEADING = "heading"
    ACCENT = "accent"
    KEY = "key"
    CHANGE = "change"
    CAUTION = "caution"
    STRUCK = "struck"
    LIT = "lit"


class Span(NamedTuple):
    """A piece of text in one tone; `target` names what a click on it chooses."""

    text: str
    tone: Tone = Tone.PLAIN
    target: str | None = None


class Cell(NamedTuple):
    """Spans in a column: `width` in terminal cells, or None for what the others leave.

    A `cut` cell takes one line, and ends in a mark where its text is longer.
    """

    spans: tuple[Span, ...]
    width: int | None = None
    right: bool = False
    cut: bool = False


class Row(NamedTuple):
    """Cells beside each other, each wrapped in its column.

    `target` names what a click or enter on the row chooses.
    """

    cells: tuple[Cell, ...]
    target: str | None = None


class Line(NamedTuple):
    """One line of the screen; `row` is the index of its row, `first` true on a row's first."""

    spans: tuple[Span, ...]
    row: int
    first: bool


BLANK: Final = Row((Cell(()),))


def one_line(*parts: Span, target: str | None = None) -> Row:
    """A paragraph cut to one line."""
    return Row((Cell(parts, cut=True),), target)


def text(words: str, tone: Tone = Tone.PLAIN, *, indent: int = 0, target: str | None = None) -> Row:
    """A paragraph."""
    return spans(Span(words, tone), indent=indent, target=target)


def spans(*parts: Span, indent: int = 0, target: str | None = None) -> Row:
    """A paragraph of several tones."""
    margin = (Cell((), indent),) if indent else ()
    return Row((*margin, Cell(parts)), target)


def item(
    mark: str,
    *parts: Span,
    tone: Tone = Tone.PLAIN,
    indent: int = 0,
    width: int = 2,
    target: str | None = None,
) -> Row:
    """A paragraph that hangs behind a mark."""
    margin = (Cell((), indent),) if indent else ()
    return Row((*margin, Cell((Span(mark, tone),), width), Cell(parts)), target)


def heading(words: str, tail: str = "") -> Row:
    """A heading, with a short text at the right edge that never touches it."""
    end = (Cell((Span(tail, Tone.HEADING),), cell_len(tail) + 1, right=True),) if tail else ()
    return Row((Cell((Span(words, Tone.HEADING),)), *end))


def lay_out(rows: Iterable[Row], width: int) -> list[Line]:
    """The rows as lines of exactly `width` cells or less."""
    return _numbered(_row_lines(row, max(width, 1)) for row in rows)


class LaidOut:
    """Lays rows out as `lay_out` does; the same rows in the same width are not looked up again.

    A row is known by its identity: all that were laid out last are kept here.
    """

    def __init__(self) -> None:
        self._width = 0
        self._last: dict[int, tuple[Row, tuple[tuple[Span, ...], ...]]] = {}

    def lines(self, rows: Iterable[Row], width: int) -> list[Line]:
        """The rows as lines of exactly `width` cells or less."""
        last = self._last if width == self._width else {}
        laid = [last.get(id(row)) or (row, _row_lines(row, max(width, 1))) for row in rows]
        self._width, self._last = width, {id(each[0]): each for each in laid}
        return _numbered(lines for _, lines in laid)


def _numbered(rows: Iterable[tuple[tuple[Span, ...], ...]]) -> list[Line]:
    # A long list has many lines: made by its class, each would take five times as long.
    made = tuple.__new__
    return [
        made(Line, (line, index, number == 0))
        for index, lines in enumerate(rows)
        for number, line in enumerate(lines)
    ]


def target_at(line: Line, x: int) -> str | None:
    """The target of the span at a cell of the line, if it has one of its own."""
    for part in line.spans:
        x -= cell_len(part.text)
        if x < 0:
            return part.target
    return None


def literal(words: str) -> str:
    """Text without anything that a terminal would act on."""
    return words if words.isprintable() else re.sub(_UNSAFE, _replacement, words)


def width_of(parts: Iterable[Span]) -> int:
    """How many terminal cells the spans take on one line."""
    return sum(cell_len(part.text) for part in parts)


def shorten(parts: Iterable[Span], width: int) -> tuple[Span, ...]:
    """The spans on one line of at most `width` cells, with a mark where something is missing."""
    whole = _printable(tuple(parts))
    if width_of(whole) <= width:
        return whole
    kept: list[Span] = []
    left = width - cell_len(CUT_MARK)
    for part in whole:
        piece = _head(part.text, left)
        left -= cell_len(piece)
        if piece != part.text:
            kept.append(part._replace(text=_whole_words(piece, part.text) + CUT_MARK))
            break
        kept.append(part)
    return tuple(kept)


def _whole_words(piece: str, words: str) -> str:
    """The beginning of a text without its last word, if that was cut and is not the only one.

    Of something longer than a word, such as a path, the beginning stays.
    """
    if not words[len(piece)].isspace() and any(letter.isspace() for letter in piece.strip()):
        whole = piece.rsplit(maxsplit=1)[0]
        if len(words[len(whole) :].split(maxsplit=1)[0]) <= _LONGEST_WORD:
            piece = whole
    return piece.rstrip()


def _replacement(found: re.Match[str]) -> str:
    return " " if found.group() in "\t\n\r\x0b\x0c" else "\ufffd"


@lru_cache(maxsize=4096)
def _row_lines(row: Row, width: int) -> tuple[tuple[Span, ...], ...]:
    widths = _widths(row.cells, width)
    alone = _one_line(row.cells, widths)
    if alone is not None:
        return (alone,)
    narrow = _too_narrow(row.cells, widths, width)
    if narrow:
        above, below = row.cells[:narrow], (Cell((), _BELOW), *row.cells[narrow:])
        return (*_row_lines(Row(above), width), *_row_lines(Row(below), width))
    columns = [
        ((shorten(cell.spans, size),) if cell.cut else _wrap(cell.spans, size))
        for cell, size in zip(row.cells, widths, strict=True)
    ]
    height = max(len(column) for column in columns)
    return tuple(_joined(row.cells, columns, widths, number) for number in range(height))


def _one_line(cells: tuple[Cell, ...], widths: list[int]) -> tuple[Span, ...] | None:
    """The cells beside each other, if each fits on one line: most rows of long lists do."""
    line: list[Span] = []
    for cell, size in zip(cells, widths, strict=True):
        whole = _printable(cell.spans)
        left = size - width_of(whole)
        if left < 0:
            return None
        line += _filled(cell, whole, left)
    return tuple([part for part in line if part.text])


def _printable(parts: tuple[Span, ...]) -> tuple[Span, ...]:
    if all(part.text.isprintable() for part in parts):
        return parts
    return tuple(part._replace(text=literal(part.text)) for part in parts)


def _filled(cell: Cell, parts: tuple[Span, ...], left: int) -> tuple[Span, ...]:
    """What stands in a cell on one line, with the gap that is left beside it."""
    if left <= 0:
        return parts
    gap = Span(" " * left)
    return (gap, *parts) if cell.right else (*parts, gap)


def _too_narrow(cells: tuple[Cell, ...], widths: list[int], width: int) -> int:
    """The index of a column that would cut a word which has room on a line below; 0 if none would.

    The first column has nothing that it could stand below.
    """
    for index, (cell, size) in enumerate(zip(cells, widths, strict=True)):
        if index and cell.width is None and not cell.cut and width_of(cell.spans) > size:
            words = (word for part in cell.spans for word in part.text.split())
            if (
                size < max(map(cell_len, words), default=0) <= width - _BELOW
                and sum(widths[:index]) > _BELOW
            ):
                return index
    return 0


def _widths(cells: tuple[Cell, ...], width: int) -> list[int]:
    fixed = sum(cell.width for cell in cells if cell.width is not None)
    rest = max(width - fixed, 1)
    return [rest if cell.width is None else min(cell.width, width) for cell in cells]


def _joined(
    cells: tuple[Cell, ...],
    columns: list[tuple[tuple[Span, ...], ...]],
    widths: list[int],
    number: int,
) -> tuple[Span, ...]:
    line: list[Span] = []
    for cell, column, size in zip(cells, columns, widths, strict=True):
        parts = column[number] if number < len(column) else ()
        line += _filled(cell, parts, size - width_of(parts))
    return tuple(part for part in line if part.text)


def _wrap(parts: tuple[Span, ...], width: int) -> tuple[tuple[Span, ...], ...]:
    whole = _printable(parts)
    if width_of(whole) <= width:
        return (whole,)
    lines: list[list[Span]] = [[]]
    used = 0
    for word in _word_spans(whole, width):
        size = cell_len(word.text)
        if used + size > width:
            lines.append([])
            used = 0
        if word.text.isspace() and not used:
            continue
        lines[-1].append(word)
        used += size
    return tuple(_merged(line) for line in lines if line)


def _word_spans(parts: tuple[Span, ...], width: int) -> Iterator[Span]:
    """Words and gaps; a word wider than the column comes in pieces."""
    for part in parts:
        for found in _PIECES.finditer(part.text):
            word = found.group()
            while cell_len(word) > width:
                piece = _head(word, width) or word[0]
                yield part._replace(text=piece)
                word = word[len(piece) :]
            if word:
                yield part._replace(text=word)


def _head(words: str, width: int) -> str:
    """The longest beginning that fits; combining marks stay with their letter."""
    used = 0
    for index, letter in enumerate(words):
        used += cell_len(letter)
        if used > width:
            return words[:index]
    return words


def _merged(line: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for part in line:
        if merged and (merged[-1].tone, merged[-1].target) == (part.tone, part.target):
            merged[-1] = part._replace(text=merged[-1].text + part.text)
        else:
            merged.append(part)
    return tuple(merged)
