"""Laid-out lines as strips of styled cells; the only place where tones become styles."""

from collections.abc import Iterable, Mapping
from typing import Final

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color

from wizard.screen.shared.rows import Span, Tone

BOLD: Final = Style(bold=True)

_INKS: Final[Mapping[str, str]] = {
    "muted": "text-muted",
    "accent": "text-accent",
    "warning": "text-warning",
    "edge": "border-quiet",
    "edge-in-focus": "accent",
}
"""What lines are written in, by the variables of the theme.

No classes of a style sheet: Textual would match them against all of it for every screen, whenever
that is styled.
"""

_TONES: Final[Mapping[Tone, tuple[str | None, Style]]] = {
    Tone.PLAIN: (None, Style.null()),
    Tone.STRONG: (None, BOLD),
    Tone.DIM: ("muted", Style.null()),
    Tone.HEADING: ("accent", BOLD),
    Tone.ACCENT: ("accent", BOLD),
    Tone.KEY: ("accent", BOLD),
    Tone.CHANGE: ("warning", BOLD),
    Tone.CAUTION: ("warning", BOLD),
    Tone.STRUCK: ("muted", Style(strike=True)),
    Tone.LIT: ("accent", BOLD),
}
"""The ink of each tone, and its text style.  Words carry the meaning, colour only repeats it."""


def ink(app: App[None], name: str) -> Style:
    """The colour of an ink in the theme of the app."""
    return Style(color=_color(app, _INKS[name]))


def here(app: App[None]) -> Style:
    """The background of the line under the cursor; in the terminal's own colours it is reversed."""
    if app.native_ansi_color:
        return Style(reverse=True)
    return Style(bgcolor=_color(app, "panel"))


def toned(app: App[None], tone: Tone) -> Style:
    """What a tone adds to the style of a widget."""
    name, manner = _TONES[tone]
    return ink(app, name) + manner if name else manner


def _color(app: App[None], variable: str) -> RichColor:
    return Color.parse(app.theme_variables[variable]).rich_color


def segments_of(parts: Iterable[Span], styles: Mapping[Tone, Style], width: int) -> list[Segment]:
    """One line of exactly `width` cells."""
    segments = [Segment(part.text, styles[part.tone]) for part in parts]
    used = sum(cell_len(segment.text) for segment in segments)
    if used > width:
        return Segment.adjust_line_length(segments, width)
    if used < width:
        segments.append(Segment(" " * (width - used), styles[Tone.PLAIN]))
    return segments
