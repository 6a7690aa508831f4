"""The panes of a place beside each other."""

from collections.abc import Hashable
from typing import Final

from textual.containers import Horizontal
from textual.geometry import Size
from textual.layout import DockArrangeResult
from textual.reactive import Reactive
from textual.widget import Widget

_MOST: Final = 16


class Columns(Horizontal):
    """Places what it holds, and has no cells of its own to draw.

    Where they were placed before they come to stand again: Textual forgets that as soon as one of
    them is hidden or shown.
    """

    BLANK = True

    virtual_size = Reactive(Size(0, 0), repaint=False)
    """Follows from a layout; Textual's own would have another one made for it."""

    def __init__(self, *children: Widget, id: str | None = None) -> None:  # noqa: A002 - Textual's own
        super().__init__(*children, id=id)
        self._arranged: dict[Hashable, DockArrangeResult] = {}

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:  # noqa: FBT001, FBT002 - Textual's own
        """The places of what is shown, by all in which it can differ."""
        shown = ((each, each.styles) for each in self.displayed_children)
        places = ((e, s.width, s.min_width, s.max_width, s.height, s.gutter) for e, s in shown)
        key = (size, optimal, self.layout, *places)
        found = self._arranged.get(key)
        if found is None:
            if len(self._arranged) >= _MOST:
                self._arranged.clear()
            found = self._arranged[key] = super().arrange(size, optimal)
        return found
