"""The wizard's own two themes, calm and high in contrast, and which others may be used."""

from collections.abc import Mapping
from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="mdt-dark",
    primary="#7fb4d8",
    secondary="#a6b8c7",
    accent="#7fc4c9",
    warning="#e2b866",
    error="#ef8a7d",
    success="#8fc7a0",
    foreground="#e6e9ec",
    background="#12171c",
    surface="#1a2128",
    panel="#222b34",
    dark=True,
    variables={
        "text-muted": "#a3afba",
        "text-accent": "#8fd3d8",
        "text-warning": "#ecc77f",
        "text-error": "#ffd2cb",
        "error-muted": "#7a1f19",
        "warning-muted": "#3a3019",
        "border-quiet": "#3d4a56",
        "footer-key-foreground": "#8fd3d8",
    },
)

LIGHT: Final = Theme(
    name="mdt-light",
    primary="#1d5c86",
    secondary="#4a5b69",
    accent="#0d6a70",
    warning="#7d5200",
    error="#a3261b",
    success="#2d6b40",
    foreground="#1b2329",
    background="#fbfaf7",
    surface="#f0eee9",
    panel="#e5e2da",
    dark=False,
    variables={
        "text-muted": "#52606b",
        "text-accent": "#0b5c62",
        "text-warning": "#6d4700",
        "text-error": "#ffffff",
        "error-muted": "#9b2218",
        "warning-muted": "#f3e3c0",
        "border-quiet": "#b9b6ac",
        "footer-key-foreground": "#0b5c62",
    },
)

OURS: Final = (DARK, LIGHT)

QUIET_BORDER: Final = "border-quiet"
"""A variable of ours that Textual's own themes do not have."""


def unusable(themes: Mapping[str, Theme], *, monochrome: bool) -> tuple[str, ...]:
    """Themes that cannot be read: those in the terminal's own colours, black without colour."""
    return tuple(name for name, theme in themes.items() if monochrome and theme.ansi)
