"""Laid-out lines as strips of styled cells; the only place where tones become styles."""

from collections.abc import Iterable, Mapping
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.widget import Widget

from wizard.screen.rows import Span, Tone

PANE_PARTS: Final = ("bar", "cursor", "frame", "frame-in-focus", "title", "title-in-focus")
"""What of a pane is not text."""

LINE_CLASSES: Final = frozenset(
    {*(f"tone--{tone}" for tone in Tone), *(f"pane--{part}" for part in PANE_PARTS)}
)
"""Component classes of every screen that shows lines; the style sheet colours them.

They stand on the screen, once, and not on each of its widgets: Textual matches every component
class of every widget against the style sheet, which a start would have to wait for.
"""


def tone_styles(widget: Widget, base: Style) -> Mapping[Tone, Style]:
    """The style of each tone on the widget's screen, over a style with a background."""
    screen = widget.screen
    return {
        tone: base + screen.get_component_rich_style(f"tone--{tone}", partial=True) for tone in Tone
    }


def segments_of(parts: Iterable[Span], styles: Mapping[Tone, Style], width: int) -> list[Segment]:
    """One line of exactly `width` cells."""
    segments = [Segment(part.text, styles[part.tone]) for part in parts]
    used = sum(cell_len(segment.text) for segment in segments)
    if used > width:
        return Segment.adjust_line_length(segments, width)
    if used < width:
        segments.append(Segment(" " * (width - used), styles[Tone.PLAIN]))
    return segments
