"""Laid-out lines as strips of styled cells; the only place where tones become styles."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from wizard.screen.rows import Span, Tone

TONE_CLASSES: Final = frozenset(f"tone--{tone}" for tone in Tone)
"""Component classes of every screen that shows lines; the style sheet colours them.

They stand on the screen, once, and not on each of its widgets: Textual matches every component
class of every widget against the style sheet, which a start would have to wait for.
"""

TARGET: Final = "target"
"""The key of a style's meta data under which a click finds what it chose."""


def tone_styles(widget: Widget) -> Mapping[Tone, Style]:
    """The style of each tone on the widget's screen, without a background."""
    screen = widget.screen
    return {tone: screen.get_component_rich_style(f"tone--{tone}", partial=True) for tone in Tone}


def strip_of(
    parts: tuple[Span, ...],
    styles: Mapping[Tone, Style],
    base: Style,
    width: int,
    target: str | None = None,
) -> Strip:
    """One line of exactly `width` cells; a click on it finds `target`, or that of its span."""
    base += _found(target)
    segments = [
        Segment(part.text, base + styles[part.tone] + _found(part.target)) for part in parts
    ]
    used = sum(cell_len(part.text) for part in parts)
    if used < width:
        segments.append(Segment(" " * (width - used), base))
    return Strip(segments, max(used, width)).crop(0, width)


@lru_cache(maxsize=1024)
def _found(target: str | None) -> Style:
    return Style.null() if target is None else Style(meta={TARGET: target})
