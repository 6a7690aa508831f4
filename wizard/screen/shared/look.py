"""How the lines of a pane look: its styles and its frame, ready to draw with."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Final, Self

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from wizard.record import Record
from wizard.screen.shared.lines import BOLD, here, ink, segments_of, toned
from wizard.screen.shared.rows import Span, Tone, shorten, width_of

_TITLE_MARGIN: Final = 3
"""A corner, a piece of edge and a space, on either side of a title."""
_KEPT: Final = 256
"""How many lines are kept as they were drawn: those of some screens."""

Parts = tuple[Span, ...]


class _Made(dict[Tone, Style]):
    """Styles that are made when a tone is first drawn: most lines have few of the tones."""

    def __init__(self, make: Callable[[Tone], Style]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, tone: Tone) -> Style:
        made = self[tone] = self._make(tone)
        return made


class Look(Record):
    """How a pane looks, with the focus or without it: `width` is all of its cells.

    A pane draws its frame together with its lines, because Textual styles every line of a framed
    widget anew at each repaint, which takes longer than everything else that an answer causes.
    """

    # Lines are kept by the look they were drawn with: one object, compared as fast as can be.
    __slots__ = ("__dict__",)
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    width: int
    framed: bool
    tones: Mapping[Tone, Style]
    tones_here: Mapping[Tone, Style]
    frame: Style
    title: Style
    bar: Style

    @classmethod
    def of(cls, widget: Widget, *, focus: bool) -> Self:
        """The look that the style sheet gives a widget."""
        app, base = widget.app, widget.rich_style
        filters, background = widget.get_line_filters(), widget.background_colors[1]

        def passed(style: Style) -> Style:
            """A style as Textual passes it on: for example without colour, where NO_COLOR asks for
            that.
            """
            cell = [Segment(" ", style)]
            for each in filters:
                cell = each.apply(cell, background)
            return cell[0].style or Style.null()

        def tones(base: Style) -> Mapping[Tone, Style]:
            return _Made(lambda tone: passed(base + toned(app, tone)))

        edge, title = ("edge-in-focus", "accent") if focus else ("edge", "muted")
        return cls(
            width=widget.outer_size.width,
            framed=bool(widget.gutter.width),
            tones=tones(base),
            tones_here=tones(base + here(app)),
            frame=passed(base + ink(app, edge)),
            title=passed(base + ink(app, title) + (BOLD if focus else Style.null())),
            bar=passed(base + ink(app, "muted") + BOLD),
        )

    @cached_property
    def top(self) -> Callable[[str], Strip]:
        """The upper edge, with as much of a title as there is room for; the last one is kept."""
        return lru_cache(maxsize=1)(self._top)

    @cached_property
    def bottom(self) -> Strip:
        """The lower edge."""
        return self._edge("╰", "╯")

    @cached_property
    def blank(self) -> Strip:
        """A line with nothing on it."""
        return self._between_sides((), self.tones, thumb=False)

    @cached_property
    def line(self) -> Callable[[Parts, bool, bool, bool], Strip]:
        """A line of the view; lines that were drawn before are kept.

        Its spans, and whether it has the background of the cursor, its caret, and the thumb of the
        scroll bar.
        """
        return lru_cache(maxsize=_KEPT)(self._line)

    @cached_property
    def bare(self) -> Callable[[Parts, int], Strip]:
        """A line without room for a cursor, behind a margin of some cells; the last are kept."""
        return lru_cache(maxsize=_KEPT)(self._bare)

    def _bare(self, parts: Parts, margin: int) -> Strip:
        return self._strip(*segments_of((Span(" " * margin), *parts), self.tones, self.width))

    def _top(self, title: str) -> Strip:
        room = self.width - 2 * _TITLE_MARGIN
        words = shorten([Span(title)], room) if title and room > 0 else ()
        if not words:
            return self._edge("╭", "╮")
        rest = self.width - width_of(words) - _TITLE_MARGIN - 2
        return self._strip(
            Segment("╭─", self.frame),
            *(Segment(f" {word.text} ", self.title) for word in words),
            Segment("─" * rest + "╮", self.frame),
        )

    def _line(self, parts: Parts, here: bool, caret: bool, thumb: bool) -> Strip:  # noqa: FBT001 - as it is seen
        begin = Span("❯ " if caret else "  ", Tone.KEY)
        tones = self.tones_here if here else self.tones
        return self._between_sides((begin, *parts), tones, thumb=thumb)

    def _between_sides(
        self, parts: Iterable[Span], tones: Mapping[Tone, Style], *, thumb: bool
    ) -> Strip:
        bar = (Segment("┃", self.bar),) if thumb else ()
        if self.framed:
            side = Segment("│", self.frame)
            return self._strip(side, *segments_of(parts, tones, self.width - 2), *(bar or (side,)))
        return self._strip(*segments_of(parts, tones, self.width - len(bar)), *bar)

    def _edge(self, left: str, right: str) -> Strip:
        return self._strip(Segment(left + "─" * (self.width - 2) + right, self.frame))

    def _strip(self, *segments: Segment) -> Strip:
        return Strip(segments, self.width)
