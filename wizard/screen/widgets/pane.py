"""A scrolling list of rows with a cursor: the one widget that all columns and cards are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from wizard.screen.rows import Line, Row, Span, Tone, lay_out
from wizard.screen.widgets.lines import TARGET, strip_of, tone_styles

View = Callable[[int, str | None], tuple[Row, ...]]
"""Rows for a width in cells and the target under the cursor."""

GUTTER = 2
NEAR = 4
"""How many lines out of sight a target may be for the cursor to go there at once."""


def _nothing(_width: int, _cursor: str | None) -> tuple[Row, ...]:
    return ()


class Pane(ScrollView, can_focus=True):
    """Shows a view, keeps a cursor on its targets, and says what was chosen.

    Nothing is mounted for new content: `show` gives it another view.  A view without targets
    is scrolled by the keys that elsewhere move the cursor.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pane--cursor"}
    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False, id="pane.down", tooltip="Next line"),
        Binding("up,k", "move(-1)", "Up", show=False, id="pane.up", tooltip="Line before"),
        Binding("enter", "choose", "Choose", show=False, id="pane.choose"),
        Binding("home", "edge(-1)", "Top", show=False, id="pane.top"),
        Binding("end", "edge(1)", "End", show=False, id="pane.end"),
    ]

    @dataclass
    class Chosen(Message):
        """Enter or a click on a row with a target, or enter where there is none (None)."""

        pane: "Pane"
        target: str | None
        clicked: bool = False

        @property
        def control(self) -> "Pane":
            """The pane that it happened in."""
            return self.pane

    @dataclass
    class Moved(Message):
        """The cursor went to another target."""

        pane: "Pane"
        target: str | None

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the name that Textual gives it
        super().__init__(id=id)
        self._view: View = _nothing
        self._rows: tuple[Row, ...] = ()
        self._lines: list[Line] = []
        self._targets: tuple[str, ...] = ()
        self._cursor: str | None = None
        self._reads = False
        self._painted: str | None = None
        self._styles: Mapping[Tone, Style] = {}
        self._base: Style | None = None
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._width = 0

    @property
    def cursor(self) -> str | None:
        """The target under the cursor."""
        return self._cursor

    def show(
        self, view: View, *, cursor: str | None = None, top: bool = False, reads: bool = False
    ) -> None:
        """Show another view, the cursor on a target if it has it.

        `top` scrolls to the start; `reads` puts no cursor on a text before a key moves it there.
        """
        self._view = view
        self._reads = reads
        if top:
            self._cursor = None
        if cursor is not None:
            self._cursor = cursor
        self._fill()
        if top:
            self.scroll_to(y=0, animate=False)
        if cursor is not None:
            self._reveal()

    def place_cursor(self, target: str | None) -> None:
        """Put the cursor on a target."""
        if target in self._targets:
            self._cursor = target
            self._fill()
            self._reveal()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take in that width, for a pane as high as its rows."""
        del container, viewport
        room = width - GUTTER - 1
        return len(lay_out(self._view(room, self._cursor), room)) if room > 0 else 0

    def render_line(self, y: int) -> Strip:
        """The cells of one visible line; a new width is drawn before its event comes."""
        if (width := self.scrollable_content_region.width) != self._width:
            self._lay_out(width)
        if self._base is None:
            self._styles, self._base = tone_styles(self), self.rich_style
            self._strips.clear()
        index = y + self.scroll_offset.y
        if index >= len(self._lines):
            return Strip.blank(self._width, self._base)
        target = self._rows[self._lines[index].row].target
        here = target is not None and target == self._cursor and self.has_focus
        strip = self._strips.get((index, here))
        if strip is None:
            strip = self._strips[index, here] = self._strip(index, target, here=here)
        return strip

    def _strip(self, index: int, target: str | None, *, here: bool) -> Strip:
        line = self._lines[index]
        base = self.get_component_rich_style("pane--cursor") if here else self._base or Style.null()
        caret = Span("❯ " if here and line.first else "  ", Tone.KEY)
        return strip_of((caret, *line.spans), self._styles, base, self._width, target)

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._base = None

    def on_resize(self) -> None:
        """Lay the rows out anew for a new width that was not drawn yet, and scroll anew."""
        if self.scrollable_content_region.width != self._width:
            self._fill()
        else:
            self._grow()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        target = event.style.meta.get(TARGET)
        if isinstance(target, str) and target in self._targets:
            self.place_cursor(target)
            self.post_message(self.Chosen(self, target, clicked=True))

    def action_move(self, step: int) -> None:
        """Move the cursor to the next target, or scroll where none is near."""
        target = self._next_target(step)
        if target is None:
            self.scroll_relative(y=step, animate=False)
        else:
            self.place_cursor(target)
            self.post_message(self.Moved(self, target))

    def action_choose(self) -> None:
        """Choose what is under the cursor."""
        self.post_message(self.Chosen(self, self._cursor))

    def action_edge(self, step: int) -> None:
        """Move to the first or last target, or scroll to the edge."""
        if self._targets:
            self.place_cursor(self._targets[0 if step < 0 else -1])
            self.post_message(self.Moved(self, self._cursor))
        if step < 0:
            self.scroll_home(animate=False)
        else:
            self.scroll_end(animate=False)

    def _fill(self) -> None:
        """Ask the view for its rows, and repaint the lines that changed."""
        width = self.scrollable_content_region.width
        before = [] if width != self._width else [self._shown(line) for line in self._lines]
        self._lay_out(width)
        self._grow()
        self._repaint(before)

    def _lay_out(self, width: int) -> None:
        self._width = width
        self._strips.clear()
        room = width - GUTTER - 1
        if room <= 0:
            self._rows, self._lines, self._targets = (), [], ()
            return
        self._rows = self._view(room, self._cursor)
        self._targets = tuple(dict.fromkeys(row.target for row in self._rows if row.target))
        if self._cursor not in self._targets:
            self._cursor = self._targets[0] if self._targets and not self._reads else None
            self._rows = self._view(room, self._cursor)
        self._lines = lay_out(self._rows, room)
        self._painted = self._cursor

    def _grow(self) -> None:
        """Take the height of the lines.

        The screen is laid out anew only where a scroll bar comes or goes: a layout repaints every
        cell of the pane.
        """
        size = Size(self._width, len(self._lines))
        scrolls = size.height > self.scrollable_content_region.height
        if size.width != self.virtual_size.width or scrolls != self.show_vertical_scrollbar:
            self.virtual_size = size
        elif size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            if scrolls:
                self.vertical_scrollbar.window_virtual_size = size.height
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False)

    def _shown(self, line: Line) -> tuple[object, ...]:
        target = self._rows[line.row].target
        return line.spans, line.first, target, target is not None and target == self._painted

    def _repaint(self, before: list[tuple[object, ...]]) -> None:
        """Mark the visible lines that are not as they were."""
        after = [self._shown(line) for line in self._lines]
        top = self.scroll_offset.y
        changed = [
            Region(0, number - top, self._width, 1)
            for number in range(top, top + self.scrollable_content_region.height)
            if before[number : number + 1] != after[number : number + 1]
        ]
        if changed:
            self.refresh(*changed)

    def _lines_of(self, target: str | None) -> list[int]:
        return [
            number
            for number, line in enumerate(self._lines)
            if target is not None and self._rows[line.row].target == target
        ]

    def _next_target(self, step: int) -> str | None:
        """The next target in a direction, if it is in sight or close to it.

        From a cursor out of sight (the wheel moved the view) it is counted from the edge.
        """
        top = self.scroll_offset.y
        bottom = top + self.scrollable_content_region.height
        here = self._lines_of(self._cursor)
        edge = top - 1 if step > 0 else bottom
        start = here[0] if here and top <= here[0] < bottom else edge
        starts = [
            (number, target)
            for number, line in enumerate(self._lines)
            if line.first and (target := self._rows[line.row].target) is not None
        ]
        ahead = [each for each in starts if (each[0] - start) * step > 0]
        if not ahead:
            return None
        number, target = min(ahead) if step > 0 else max(ahead)
        return target if top - NEAR <= number < bottom + NEAR else None

    def _reveal(self) -> None:
        """Scroll so that the whole row under the cursor shows."""
        height = self.scrollable_content_region.height
        here = self._lines_of(self._cursor)
        if not here or height <= 0:
            return
        top, bottom = here[0], here[-1]
        first = 0 if self._cursor == self._targets[0] and bottom < height else top
        if top < self.scroll_offset.y:
            self.scroll_to(y=first, animate=False)
        elif bottom >= self.scroll_offset.y + height:
            self.scroll_to(y=min(bottom - height + 1, top), animate=False)
