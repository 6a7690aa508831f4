"""A view that scrolls, with a bar that is drawn on its right edge."""

from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView


def thumb(height: int, lines: int, top: int) -> range:
    """The rows of a bar of `height` rows that say which of `lines` lines are in sight.

    `top` is the first line in sight; a view that shows all of its lines has no thumb.
    """
    hidden = lines - height
    if height <= 0 or hidden <= 0:
        return range(0)
    size = max(1, height * height // lines)
    first = round(top * (height - size) / hidden)
    return range(first, first + size)


def top_at(row: int, height: int, lines: int) -> int:
    """The first line in sight where the middle of the thumb is on a row of the bar."""
    size = len(thumb(height, lines, 0))
    if not size or size == height:
        return 0
    first = min(max(row - size // 2, 0), height - size)
    return round(first * (lines - height) / (height - size))


class Scrolling(ScrollView):
    """Scrolls by keys, by the wheel, and by the bar on its last column.

    Textual's own bars are widgets, which cost a layout and a repaint of the screen whenever they
    appear.
    """

    DEFAULT_CSS = "Scrolling { overflow: hidden hidden; }"

    _held = False

    @property
    def inside(self) -> Size:
        """The cells within the frame, as the last layout had it; none of what is hidden."""
        return self.container_size if self.display else Size(0, 0)

    @property
    def top(self) -> int:
        """The first line in sight."""
        return round(self.scroll_y)

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether there is anything out of sight."""
        return self.max_scroll_y > 0

    @property
    def thumb(self) -> range:
        """The rows of the content, from its top, that have the thumb of the bar."""
        height = self.inside.height
        return thumb(height, self.virtual_size.height, self.top)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Repaint the frame too: the thumb is on it."""
        if round(old_value) != round(new_value):
            self.refresh()

    def _scroll_update(self, _virtual_size: Size) -> None:
        """Stay within what there is, before a new size is painted; there is no bar to set."""
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the bar."""
        if self.thumb and event.x == self.outer_size.width - 1:
            self._held = True
            self.capture_mouse()
            self._drag(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Scroll to where the bar is dragged."""
        if self._held:
            self._drag(event)

    def on_mouse_up(self) -> None:
        """Let the bar go."""
        if self._held:
            self._held = False
            self.release_mouse()

    def _drag(self, event: events.MouseEvent) -> None:
        height, lines = self.inside.height, self.virtual_size.height
        self.scroll_to(y=top_at(event.y - self.gutter.top, height, lines), animate=False)
        event.stop()
