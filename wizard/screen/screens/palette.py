"""The palette: every command by its name, and the themes."""

from typing import ClassVar

from textual.command import CommandPalette
from textual.types import CSSPathType


class Palette(CommandPalette):
    """Textual's palette, in the wizard's looks, which are read when it is first opened."""

    CSS_PATH: ClassVar[CSSPathType | None] = "palette.tcss"
