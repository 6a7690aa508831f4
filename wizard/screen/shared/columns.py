"""The panes of a place beside each other, and places that come to stand again."""

from collections.abc import Callable, Hashable
from typing import Final

from textual.containers import Horizontal
from textual.geometry import Size
from textual.layout import DockArrangeResult
from textual.reactive import Reactive
from textual.widget import Widget

_MOST: Final = 16

Arrange = Callable[[Size, bool], DockArrangeResult]


class Arranged:
    """Where a widget placed what it holds.

    Textual forgets that as soon as one of them is hidden or shown, or has another height.
    """

    def __init__(self, holding: Widget) -> None:
        self._holding = holding
        self._kept: dict[Hashable, DockArrangeResult] = {}

    def found(self, size: Size, arrange: Arrange, *, optimal: bool) -> DockArrangeResult:
        """The places of what is shown, by all in which it can differ."""
        shown = (_taking(each, size) for each in self._holding.displayed_children)
        key = (size, optimal, self._holding.layout, *shown)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            found = self._kept[key] = arrange(size, optimal)
        return found


def _taking(widget: Widget, size: Size) -> Hashable:
    """All by which a widget takes its place."""
    styles = widget.styles
    height, gutter, lines = styles.height, styles.gutter, 0
    if height is not None and height.is_auto:
        lines = widget.get_content_height(size, size, size.width - gutter.width)
    widths = (styles.width, styles.min_width, styles.max_width)
    return (widget, *widths, height, styles.max_height, gutter, lines)


class Columns(Horizontal):
    """Places what it holds, and has no cells of its own to draw."""

    BLANK = True

    virtual_size = Reactive(Size(0, 0), repaint=False)
    """Follows from a layout; Textual's own would have another one made for it."""

    def __init__(self, *children: Widget, id: str | None = None) -> None:  # noqa: A002 - Textual's own
        super().__init__(*children, id=id)
        self._arranged = Arranged(self)

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:  # noqa: FBT001, FBT002 - Textual's own
        """The places of what is shown, those of before where they come to stand again."""
        return self._arranged.found(size, super().arrange, optimal=optimal)
