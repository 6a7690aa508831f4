"""Drawings of trees as one SVG image, light or dark as its reader has it, with all of it in words.

A tree grows from left to right.  Each place has the height of what is below it, and stands in the
middle of that, so no two places can meet: the simple case of Reingold and Tilford, Tidier Drawings
of Trees, IEEE Transactions on Software Engineering 7(2), 1981.  Its cost is that of the depth times
the places.
"""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final
from xml.sax.saxutils import escape

from wizard.report.drawing import Drawings, Place
from wizard.wording.trees import Reach

_LETTERS: Final = 27
"""The most letters on a line of a place."""
_LETTER: Final = 8.2
"""The width of a letter in pixels, rather too wide than too narrow."""
_LINE: Final = 17
_PAD: Final = 10
_WIDE: Final = _LETTERS * _LETTER + 2 * _PAD
_COLUMN: Final = _WIDE + 34
_MARGIN: Final = 24
_LEAST_WIDTH: Final = 760
CLASSES: Final = {Reach.TAKEN: "taken", Reach.OPEN: "open", Reach.CLOSED: "closed"}
MARKS: Final = {Reach.TAKEN: "▶ ", Reach.OPEN: "? ", Reach.CLOSED: ""}
"""What stands before a place, so that the way of a case is seen without colours and lines."""
ENDS: Final = {True: "●", False: "○"}
KEY: Final = (
    "● described, ○ not described; where a tree has only conditions: described if they hold",
    "▶ thick: this case goes here; ? dashed: it may; dotted: it cannot",
)
"""How drawings are read; the second line where they are of a case."""
_STYLE: Final = """\
svg {
  --ink: #1b2329; --quiet: #52606b; --lit: #0d6a70; --line: #8a8d88; --box: #f0eee9;
  --page: #fbfaf7;
}
@media (prefers-color-scheme: dark) {
  svg {
    --ink: #e6e9ec; --quiet: #a3afba; --lit: #8fd3d8; --line: #6b7884; --box: #1a2128;
    --page: #12171c;
  }
}
.page { fill: var(--page); }
text { fill: var(--ink); font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
.title { font-size: 20px; font-weight: 600; }
.option { font-size: 16px; font-weight: 600; }
.heading, .claims, .note { fill: var(--quiet); }
rect.place { fill: var(--box); stroke: var(--line); }
path { fill: none; stroke: var(--line); stroke-width: 1.5; }
.end { font-weight: 600; }
.taken text, text.taken { fill: var(--lit); font-weight: 600; }
path.taken, .taken rect.place { stroke: var(--lit); stroke-width: 3; }
path.open { stroke-dasharray: 6 4; }
path.closed { stroke-dasharray: 1 4; }
.closed text, text.closed { fill: var(--quiet); }
"""


def laid_out(drawn: Drawings) -> str:
    """The drawings as the text of an SVG file, which holds no script and asks for nothing."""
    page = _Page(of_a_case=drawn.of_a_case)
    page.text(drawn.title, "title")
    for line in KEY if drawn.of_a_case else KEY[:1]:
        page.text(line, "note")
    for group in drawn.groups:
        page.gap(24)
        page.text(group.label, "option")
        for tree in group.trees:
            page.gap(10)
            page.text(tree.heading, "heading")
            page.tree(tree.root)
    page.gap(24)
    for note in drawn.notices:
        for line in wrap(note, int((page.width - 2 * _MARGIN) / _LETTER)):
            page.text(line, "note")
    return page.whole(drawn)


class _Page:
    """An image that grows downwards."""

    def __init__(self, *, of_a_case: bool) -> None:
        self.of_a_case = of_a_case
        self.parts: list[str] = []
        self.down = float(_MARGIN)
        self.width = float(_LEAST_WIDTH)

    def gap(self, height: float) -> None:
        self.down += height

    def text(self, words: str, style: str) -> None:
        height = {"title": 26, "option": 22}.get(style, _LINE)
        self.down += height
        self.parts.append(_text(_MARGIN, self.down - 5, words, style))
        self.width = max(self.width, _MARGIN * 2 + len(words) * _LETTER)

    def tree(self, root: Place) -> None:
        self.gap(8)
        height = _height(root)
        self.place(root, _MARGIN, self.down)
        self.gap(height)

    def place(self, place: Place, left: float, top: float) -> float:
        """Draw a place and what is below it in the block from `top`; the middle of the place."""
        middle = top + _height(place) / 2
        lines = _lines(place, of_a_case=self.of_a_case)
        style = CLASSES[place.reach] if self.of_a_case else "plain"
        own = _own_height(place)
        self.parts.append(f'<g class="{style}">')
        if not place.is_answer:
            self.parts.append(
                f'<rect class="place" x="{left:g}" y="{middle - own / 2 + 4:g}" '
                f'width="{_WIDE:g}" height="{own - 8:g}" rx="8"/>'
            )
        first = middle - len(lines) * _LINE / 2 + 12
        for number, (words, of) in enumerate(lines):
            self.parts.append(_text(left + _PAD, first + number * _LINE, words, of))
        self.parts.append("</g>")
        self.width = max(self.width, left + _WIDE + _MARGIN)
        below = top + max(0, (own - sum(map(_height, place.below))) / 2)
        right = left + (max(len(words) for words, _ in lines) * _LETTER + 2 * _PAD)
        start = right if place.is_answer else left + _WIDE
        for each in place.below:
            end = self.place(each, left + _COLUMN, below)
            self.parts.append(self.edge(start, middle, left + _COLUMN, end, each.reach))
            below += _height(each)
        return middle

    def edge(self, x: float, y: float, to_x: float, to_y: float, reach: Reach) -> str:
        style = f' class="{CLASSES[reach]}"' if self.of_a_case else ""
        bend = to_x - 17
        return (
            f'<path{style} d="M{x:g} {y:g} H{to_x - 34:g} '
            f'C{bend:g} {y:g} {bend:g} {to_y:g} {to_x:g} {to_y:g}"/>'
        )

    def whole(self, drawn: Drawings) -> str:
        width, height = f"{self.width:g}", f"{self.down + _MARGIN:g}"
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
                f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="title words">',
                f'<title id="title">{escape(drawn.title)}</title>',
                f'<desc id="words">{escape(chr(10).join(in_words(drawn)))}</desc>',
                f"<style>{_STYLE}</style>",
                f'<rect class="page" width="{width}" height="{height}"/>',
                *self.parts,
                "</svg>\n",
            )
        )


def in_words(drawn: Drawings) -> Iterator[str]:
    """All that is drawn as indented lines: what a screen reader reads in place of the image."""
    for group in drawn.groups:
        yield group.label
        for tree in group.trees:
            yield f"  {tree.heading}"
            yield from place_in_words(tree.root, "    ", of_a_case=drawn.of_a_case)
    yield from drawn.notices


def place_in_words(place: Place, indent: str, *, of_a_case: bool) -> Iterator[str]:
    """A place and all below it as indented lines."""
    mark = MARKS[place.reach] if of_a_case else ""
    words = ": ".join(filter(None, (place.words, place.end)))
    claims = f" [{', '.join(place.claims)}]" if place.claims else ""
    yield f"{indent}{mark}{words}{claims}"
    for each in place.below:
        yield from place_in_words(each, indent + "  ", of_a_case=of_a_case)


def _lines(place: Place, *, of_a_case: bool) -> list[tuple[str, str]]:
    """The lines of a place and the style of each."""
    mark = MARKS[place.reach] if of_a_case and place.is_answer else ""
    lines = [(line, "words") for line in wrap(mark + place.words, _LETTERS)]
    if place.outcome is not None:
        lines.append((f"{ENDS[place.outcome]} {place.end}", "end"))
    lines += [(line, "claims") for line in wrap(", ".join(place.claims), _LETTERS)]
    return lines or [("", "words")]


def _own_height(place: Place) -> float:
    return len(_lines(place, of_a_case=True)) * _LINE + 20


def _height(place: Place) -> float:
    return max(_own_height(place), sum(map(_height, place.below)))


def _text(x: float, y: float, words: str, style: str) -> str:
    return f'<text class="{style}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
