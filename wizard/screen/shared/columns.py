"""The panes of a place beside each other."""

from textual.containers import Horizontal
from textual.geometry import Size
from textual.reactive import Reactive


class Columns(Horizontal):
    """Places what it holds, and has no cells of its own to draw."""

    BLANK = True

    virtual_size = Reactive(Size(0, 0), repaint=False)
    """Follows from a layout; Textual's own would have another one made for it."""
