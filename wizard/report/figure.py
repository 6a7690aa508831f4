"""A tree as one small SVG image for a page of HTML: a place a row, set in below what it belongs to.

Unlike the image of `report.svg`, it fits on a printed page however deep the tree is.  The page
gives its classes their look; its words are its description.
"""

from html import escape
from textwrap import wrap
from typing import Final

from wizard.record import Record
from wizard.report.drawing import Place, TreeDrawing
from wizard.report.svg import CLASSES, ENDS, MARKS, place_in_words

_LETTER: Final = 7.9
"""The width of a letter in pixels, rather too wide than too narrow."""
_LINE: Final = 17
_PAD: Final = 8
_STEP: Final = 24
"""How far a place is set in."""
_GAP: Final = 6
_WIDE: Final = 620
_LEAST: Final = 24
"""Letters that a line has at least, however deep its place is."""
_TURN: Final = 5
"""The radius where a line turns to a place."""


class _Row(Record):
    """A place, how deep it is, where its box begins, and the lines of words in it.

    `start` is where the line to it begins, below the place that it belongs to; each line of words
    is pieces with their classes.
    """

    place: Place
    depth: int
    top: float
    start: float | None
    lines: tuple[tuple[tuple[str, str], ...], ...]

    @property
    def left(self) -> float:
        """Where the box begins."""
        return self.depth * _STEP + 2

    @property
    def bottom(self) -> float:
        """Where the box ends."""
        return self.top + len(self.lines) * _LINE + _PAD

    @property
    def wide(self) -> float:
        """How wide the box is."""
        return max(map(_letters, self.lines)) * _LETTER + 2 * _PAD


def figure(tree: TreeDrawing, name: str) -> str:
    """A tree that a case goes through as an SVG element, which is called by a name."""
    rows = _rows(tree.root, 0, 2, None)
    wide = f"{max(row.left + row.wide for row in rows) + 2:g}"
    high = f"{rows[-1].bottom + 2:g}"
    words = "\n".join((name, *place_in_words(tree.root, "", of_a_case=True)))
    # A lit line lies over the others that it shares a part with.
    by_reach = sorted(rows, key=lambda row: row.place.reach)
    return "".join(
        (
            f'<svg role="img" aria-label="{escape(words)}" width="{wide}" height="{high}" '
            f'viewBox="0 0 {wide} {high}">',
            *map(_edge, by_reach),
            *map(_box, rows),
            "</svg>",
        )
    )


def _rows(place: Place, depth: int, top: float, start: float | None) -> list[_Row]:
    """A place and all below it, from the top down."""
    row = _Row(place=place, depth=depth, top=top, start=start, lines=_lines(place, depth))
    rows = [row]
    for below in place.below:
        rows += _rows(below, depth + 1, rows[-1].bottom + _GAP, row.bottom)
    return rows


def _lines(place: Place, depth: int) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The words of a place, then how it ends and its claims, on the same line if there is room."""
    room = max(_LEAST, int((_WIDE - depth * _STEP - 2 * _PAD) / _LETTER))
    lines = [((line, "words"),) for line in wrap(MARKS[place.reach] + place.words, room)]
    ends = [] if place.outcome is None else [(f"{ENDS[place.outcome]} {place.end}", "end")]
    ends += [(", ".join(place.claims), "claims")] if place.claims else []
    if not ends:
        return tuple(lines)
    last = (*lines[-1], *ends) if lines else tuple(ends)
    if _letters(last) <= room:
        return (*lines[:-1], last)
    more = [((line, of),) for words, of in ends for line in wrap(words, room)]
    return (*lines, *more)


def _letters(line: tuple[tuple[str, str], ...]) -> int:
    """How long a line is, with two letters of space between its pieces."""
    return sum(len(words) for words, _ in line) + 2 * (len(line) - 1)


def _edge(row: _Row) -> str:
    """The line down to a place, to the middle of its first line of words."""
    if row.start is None:
        return ""
    turn = row.top + (_LINE + _PAD) / 2 - _TURN
    return (
        f'<path class="{CLASSES[row.place.reach]}" d="M{row.left - _STEP / 2:g} {row.start:g} '
        f'V{turn:g} q0 {_TURN} {_TURN} {_TURN} H{row.left:g}"/>'
    )


def _box(row: _Row) -> str:
    box = (
        f'<rect x="{row.left:g}" y="{row.top:g}" width="{row.wide:g}" '
        f'height="{row.bottom - row.top:g}" rx="5"/>'
    )
    first = row.top + _PAD / 2 + _LINE - 4.5
    lines = (
        f'<text x="{row.left + _PAD:g}" y="{first + number * _LINE:g}">{_pieces(line)}</text>'
        for number, line in enumerate(row.lines)
    )
    inside = "".join(lines) if row.place.is_answer else box + "".join(lines)
    return f'<g class="{CLASSES[row.place.reach]}">{inside}</g>'


def _pieces(line: tuple[tuple[str, str], ...]) -> str:
    (words, of), *others = line
    first = f'<tspan class="{of}">{escape(words)}</tspan>'
    more = (f' <tspan class="{of}" dx="8">{escape(words)}</tspan>' for words, of in others)
    return first + "".join(more)
