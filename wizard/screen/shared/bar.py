"""Lines at an edge of the screen: the header, the crisis alert, the keys."""

from collections.abc import Callable

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip

from wizard.screen.shared.look import Look
from wizard.screen.shared.painting import Tile
from wizard.screen.shared.rows import Line, Row, lay_out, target_at

BarView = Callable[[int], tuple[Row, ...]]
"""Rows for a width in cells."""


def _nothing(_width: int) -> tuple[Row, ...]:
    return ()


class Bar(Tile):
    """Shows rows as high as they are, and says which was clicked.

    It has no border: a bar draws itself from edge to edge.
    """

    ALLOW_SELECT = False

    virtual_size = Reactive(Size(0, 0), repaint=False)
    """Follows from a layout; Textual's own would have another one made for it."""

    class Clicked(Message):
        """A row with a target was clicked."""

        def __init__(self, bar: "Bar", target: str) -> None:
            super().__init__()
            self.bar = bar
            self.target = target

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the name that Textual gives it
        super().__init__(id=id)
        self._view: BarView = _nothing
        self._rows: tuple[Row, ...] = ()
        self._lines: list[Line] = []
        self._look: Look | None = None
        self._filled: tuple[BarView, int] = (_nothing, 0)

    def show(self, view: BarView) -> None:
        """Show other rows."""
        rows, lines = self._rows, len(self._lines)
        self._view = view
        self._fill(self.outer_size.width - self.gutter.width)
        if self._rows != rows:
            if len(self._lines) != lines:
                self.refresh(layout=True)
            elif lines:
                self.repaint()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take in that width."""
        del container, viewport
        self._fill(width)
        return len(self._lines)

    def resized(self) -> None:
        """Lay the rows out anew for the new width."""
        self._fill(self.outer_size.width - self.gutter.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The cells of some lines; what is drawn is kept until it is another."""
        look, margin = self._look, self.gutter.left
        if look is None or look.width != self.outer_size.width:
            look = self._look = Look.of(self, focus=False)
        strips = [
            look.bare(self._lines[y].spans if y < len(self._lines) else (), margin)
            for y in range(*crop.line_span)
        ]
        if crop.column_span == (0, self.outer_size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._look = None

    def on_click(self, event: events.Click) -> None:
        """Say what was clicked."""
        x, y = event.x - self.gutter.left, event.y - self.gutter.top
        if 0 <= y < len(self._lines):
            line = self._lines[y]
            target = target_at(line, x) or self._rows[line.row].target
            if target is not None:
                self.post_message(self.Clicked(self, target))

    def _fill(self, width: int) -> None:
        if self._filled == (self._view, width):
            return
        self._filled = (self._view, width)
        self._rows = self._view(width) if width > 0 else ()
        self._lines = lay_out(self._rows, width) if width > 0 else []
