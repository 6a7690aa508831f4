"""Laid-out lines as strips of styled cells; the only place where tones become styles."""

from collections.abc import Iterable, Mapping
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.widget import Widget

from wizard.screen.shared.rows import Span, Tone

INKS: Final = frozenset(
    {"ink--muted", "ink--accent", "ink--warning", "ink--edge", "ink--edge-in-focus", "ink--here"}
)
"""Component classes of every screen that shows lines; the style sheet colours them.

They are few, and declared once on the screen, not on each widget: Textual matches every component
class of every widget against the style sheet, which would slow down the start.
"""

BOLD: Final = Style(bold=True)

_TONES: Final[Mapping[Tone, tuple[str | None, Style]]] = {
    Tone.PLAIN: (None, Style.null()),
    Tone.STRONG: (None, BOLD),
    Tone.DIM: ("ink--muted", Style.null()),
    Tone.HEADING: ("ink--accent", BOLD),
    Tone.ACCENT: ("ink--accent", BOLD),
    Tone.KEY: ("ink--accent", BOLD),
    Tone.CHANGE: ("ink--warning", BOLD),
    Tone.CAUTION: ("ink--warning", BOLD),
    Tone.STRUCK: ("ink--muted", Style(strike=True)),
    Tone.LIT: ("ink--accent", BOLD),
}
"""The ink of each tone, and its text style."""


def ink(widget: Widget, name: str) -> Style:
    """The colour of an ink on the widget's screen, without the rest of its style."""
    return widget.screen.get_component_rich_style(name, partial=True)


def tone_styles(widget: Widget, base: Style) -> Mapping[Tone, Style]:
    """The style of each tone on the widget's screen, over a style with a background."""
    return {
        tone: base + (ink(widget, name) if name else Style.null()) + manner
        for tone, (name, manner) in _TONES.items()
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
