"""A scrolling list of rows with a cursor: the one widget that all columns and cards are."""

from collections.abc import Callable
from itertools import groupby, islice, zip_longest
from typing import ClassVar, TypedDict

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from wizard.screen.shared.look import Look
from wizard.screen.shared.painting import Tile
from wizard.screen.shared.rows import LaidOut, Line, Row, Span, lay_out, target_at
from wizard.screen.shared.scrolling import Scrolling

View = Callable[[int, str | None], tuple[Row, ...]]
"""Rows for a width in cells and the target under the cursor."""


class How(TypedDict, total=False):
    """How a view is shown: the target of the cursor, from the top, to be read; see `Pane.show`."""

    cursor: str | None
    top: bool
    reads: bool


Seen = tuple[tuple[Span, ...], bool, bool]
"""All that a line shows: its spans, the background of the cursor, and its caret.

Without the focus neither of the two is drawn.
"""

GUTTER = 2
NEAR = 4
"""How far out of sight, in lines, a target may be for the cursor to go there at once."""


def _nothing(_width: int, _cursor: str | None) -> tuple[Row, ...]:
    return ()


class Pane(Tile, Scrolling, can_focus=True):
    """Shows a view, keeps a cursor on its targets, and says what was chosen.

    Nothing is mounted for new content: `show` gives it another view.  A view without targets
    is scrolled by the keys that elsewhere move the cursor.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False, id="pane.down", tooltip="Next line"),
        Binding("up,k", "move(-1)", "Up", show=False, id="pane.up", tooltip="Line before"),
        Binding("enter", "choose", "Choose", show=False, id="pane.choose"),
        Binding("home", "edge(-1)", "Top", show=False, id="pane.top"),
        Binding("end", "edge(1)", "End", show=False, id="pane.end"),
    ]

    class Chosen(Message):
        """Enter or a click on a row with a target, or enter on one without (None)."""

        def __init__(self, pane: "Pane", target: str | None, *, clicked: bool = False) -> None:
            super().__init__()
            self.pane = pane
            self.target = target
            self.clicked = clicked

        @property
        def control(self) -> "Pane":
            """The pane that it happened in."""
            return self.pane

    class Moved(Message):
        """The cursor went to another target."""

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - the name that Textual gives it
        report: "Callable[[Pane.Chosen | Pane.Moved], object] | None" = None,
    ) -> None:
        """A pane that posts what happens in it, or tells it to `report` before the key ends."""
        super().__init__(id=id)
        self._report = report or self.post_message
        self._view: View = _nothing
        self._rows: tuple[Row, ...] = ()
        self._lines: list[Line] = []
        self._laid_out = LaidOut()
        self._targets: tuple[str, ...] = ()
        self._cursor: str | None = None
        self._reads = False
        self._seen: list[Seen] = []
        self._title = ""
        self._looks: dict[bool, Look] = {}
        self._width = 0

    @property
    def cursor(self) -> str | None:
        """The target under the cursor."""
        return self._cursor

    @property
    def leads(self) -> bool:
        """Whether any row has a target."""
        return bool(self._targets)

    @property
    def room(self) -> int:
        """The width in cells that a view has."""
        return self.inside.width - GUTTER - 1

    @property
    def view(self) -> View:
        """What is shown."""
        return self._view

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
        if top and (self.scroll_y or self.scroll_target_y):
            # By force: a view that fits has nothing to scroll, but what was before may have had.
            self.scroll_to(y=0, animate=False, force=True)
        if cursor is not None:
            self._reveal()

    def entitle(self, title: str) -> None:
        """Show a title in the upper edge."""
        if title != self._title:
            self._title = title
            self.repaint(Region(0, 0, self.outer_size.width, 1))

    def place_cursor(self, target: str | None) -> None:
        """Put the cursor on a target; where nothing is laid out yet, as soon as that is."""
        if target in self._targets or not self._lines:
            self._cursor = target
            self._fill()
            self._reveal()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the rows take in that width, for a pane as high as its rows."""
        del container, viewport
        room = width - GUTTER - 1
        return len(lay_out(self._view(room, self._cursor), room)) if room > 0 else 0

    def render_lines(self, crop: Region) -> list[Strip]:
        """The cells of some lines, frame and all; a new width is drawn before its event comes."""
        width, height = self.inside
        if width != self._width:
            self._lay_out(width)
        look, focus, thumb = self._look(), self.has_focus, self.thumb
        scrolled, seen, edge = self.top, self._seen, self.gutter.top
        strips = []
        for row in range(crop.y - edge, crop.bottom - edge):
            if row < 0:
                strips.append(look.top(self._title))
            elif row >= height:
                strips.append(look.bottom)
            elif row + scrolled >= len(seen):
                strips.append(look.blank)
            else:
                parts, here, caret = seen[row + scrolled]
                strips.append(look.line(parts, here and focus, caret and focus, row in thumb))
        if crop.column_span == (0, self.outer_size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def _look(self) -> Look:
        """How the pane looks now; its look with and without the focus is kept."""
        look = self._looks.get(self.has_focus)
        if look is None or look.width != self.outer_size.width:
            look = self._looks[self.has_focus] = Look.of(self, focus=self.has_focus)
        return look

    def show_focus(self) -> None:
        """Show whether the pane is in focus, where it does not yet."""
        in_focus = self.screen.focused is self
        if self.has_focus != in_focus:
            self.has_focus = in_focus
            self.repaint()

    def on_focus(self, event: events.Focus) -> None:
        """Tell the screen; Textual's own handler would repaint what shows already."""
        event.prevent_default()
        self.show_focus()
        self.screen.post_message(events.DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        """As `on_focus`."""
        event.prevent_default()
        self.show_focus()

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 - Textual passes it
        """Keep the styles, which Textual would work out anew: none of ours depends on the focus."""

    def notify_style_update(self) -> None:
        """Forget the styles of another theme."""
        super().notify_style_update()
        self._looks.clear()

    def resized(self) -> None:
        """Lay the rows out anew for a new width that was not drawn yet, and scroll anew."""
        unseen = not self._lines
        if self.inside.width != self._width:
            self._fill()
        else:
            self._stay_inside()
        if self.has_focus or unseen:
            self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        y = event.y - self.gutter.top
        number = y + self.top
        if 0 <= y < self.inside.height and number < len(self._lines):
            line = self._lines[number]
            target = (
                target_at(line, event.x - self.gutter.left - GUTTER) or self._rows[line.row].target
            )
            if target in self._targets:
                self.place_cursor(target)
                self._report(self.Chosen(self, target, clicked=True))

    def action_move(self, step: int) -> None:
        """Move the cursor to the next target, or scroll where none is near."""
        target = self._next_target(step)
        if target is None:
            self.scroll_relative(y=step, animate=False)
        else:
            self.place_cursor(target)
            self._report(self.Moved())

    def action_choose(self) -> None:
        """Choose what is under the cursor."""
        self._report(self.Chosen(self, self._cursor))

    def action_edge(self, step: int) -> None:
        """Move to the first or last target, or scroll to the edge."""
        if self._targets:
            self.place_cursor(self._targets[0 if step < 0 else -1])
            self._report(self.Moved())
        if step < 0:
            self.scroll_home(animate=False)
        else:
            self.scroll_end(animate=False)

    def _fill(self) -> None:
        """Ask the view for its rows, and repaint the lines that changed."""
        width, thumb = self.inside.width, self.thumb
        before = self._seen if width == self._width else []
        self._lay_out(width)
        self._stay_inside()
        self._repaint(before)
        if self.thumb != thumb:
            self.repaint()

    def _lay_out(self, width: int) -> None:
        """Lay the rows out for a width, and take their height without a layout of the screen."""
        self._width = width
        room = width - GUTTER - 1
        self._ask(room if room > 0 else self._likely_room())
        self._lines = self._laid_out.lines(self._rows, room) if room > 0 else []
        self._seen = self._shown()
        if room > 0:
            self.set_reactive(Widget.virtual_size, Size(width, len(self._lines)))

    def _likely_room(self) -> int:
        """What a pane that has no place yet may have, for a key that is faster than a layout."""
        around = self.parent
        if not self.display or not isinstance(around, Widget):
            return 0
        return around.outer_size.width - self.gutter.width - GUTTER - 1

    def _ask(self, room: int) -> None:
        """Ask the view for its rows, and keep the cursor on one, where there is room."""
        self._rows = self._view(room, self._cursor) if room > 0 else ()
        self._targets = tuple(dict.fromkeys(row.target for row in self._rows if row.target))
        here = self._cursor
        if here not in self._targets and room > 0:
            self._cursor = self._targets[0] if self._targets and not self._reads else None
        if self._cursor != here:
            self._rows = self._view(room, self._cursor)

    def _stay_inside(self) -> None:
        """Scroll back where less is left than was scrolled past."""
        last = max(0, len(self._lines) - self.inside.height)
        if self.top > last:
            self.scroll_to(y=last, animate=False, force=True)

    def _shown(self) -> list[Seen]:
        """All that each line shows."""
        here = {
            number
            for number, row in enumerate(self._rows)
            if row.target is not None and row.target == self._cursor
        }
        return [
            (line.spans, line.row in here, line.first and line.row in here) for line in self._lines
        ]

    def _repaint(self, before: list[Seen]) -> None:
        """Repaint the lines in sight that are not as they were, from edge to edge.

        What is below the last line counts as a line.
        """
        top, height = self.top, self.inside.height
        both = zip_longest([*before, None], [*self._seen, None], fillvalue=())
        other = (at for at, (was, now) in enumerate(islice(both, top, top + height)) if was != now)
        # Lines that follow each other lie as far behind their places among these.
        runs = groupby(enumerate(other), lambda each: each[1] - each[0])
        lines = [[line for _, line in run] for _, run in runs]
        if lines:
            down, width = self.gutter.top, self.outer_size.width
            self.repaint(*(Region(0, run[0] + down, width, len(run)) for run in lines))

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
        top = self.top
        bottom = top + self.inside.height
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
        height = self.inside.height
        here = self._lines_of(self._cursor)
        if not here or height <= 0:
            return
        top, bottom = here[0], here[-1]
        first = 0 if self._cursor == self._targets[0] and bottom < height else top
        if top < self.top:
            self.scroll_to(y=first, animate=False)
        elif bottom >= self.top + height:
            self.scroll_to(y=min(bottom - height + 1, top), animate=False)
