"""Lines at an edge of the screen: the header, the crisis alert, the keys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from wizard.screen.shared.lines import segments_of, tone_styles
from wizard.screen.shared.rows import Line, Row, Tone, lay_out, target_at

BarView = Callable[[int], tuple[Row, ...]]
"""Rows for a width in cells."""


def _nothing(_width: int) -> tuple[Row, ...]:
    return ()


class Bar(Widget):
    """Shows rows as high as they are, and says which was clicked."""

    ALLOW_SELECT = False

    @dataclass
    class Clicked(Message):
        """A row with a target was clicked."""

        bar: "Bar"
        target: str

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the name that Textual gives it
        super().__init__(id=id)
        self._view: BarView = _nothing
        self._rows: tuple[Row, ...] = ()
        self._lines: list[Line] = []
        self._styles: Mapping[Tone, Style] | None = None

    def show(self, view: BarView) -> None:
        """Show other rows."""
        rows, lines = self._rows, len(self._lines)
        self._view = view
        self._fill(self.content_size.width)
        if self._rows != rows:
            self.refresh(layout=len(self._lines) != lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take in that width."""
        del container, viewport
        self._fill(width)
        return len(self._lines)

    def on_resize(self) -> None:
        """Lay the rows out anew for the new width."""
        self._fill(self.content_size.width)

    def render_line(self, y: int) -> Strip:
        """The cells of one line."""
        if self._styles is None:
            self._styles = tone_styles(self, self.rich_style)
        width = self.content_size.width
        if y >= len(self._lines):
            return Strip.blank(width, self._styles[Tone.PLAIN])
        return Strip(segments_of(self._lines[y].spans, self._styles, width), width)

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._styles = None

    def on_click(self, event: events.Click) -> None:
        """Say what was clicked."""
        x, y = event.x - self.gutter.left, event.y - self.gutter.top
        if 0 <= y < len(self._lines):
            line = self._lines[y]
            target = target_at(line, x) or self._rows[line.row].target
            if target is not None:
                self.post_message(self.Clicked(self, target))

    def _fill(self, width: int) -> None:
        self._rows = self._view(width) if width > 0 else ()
        self._lines = lay_out(self._rows, width) if width > 0 else []
