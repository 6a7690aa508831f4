"""The panes of a place beside each other."""

from textual.containers import Horizontal


class Columns(Horizontal):
    """Places what it holds, and has no cells of its own to draw."""

    BLANK = True
