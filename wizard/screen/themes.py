"""The wizard's own two themes, calm and high in contrast, and how others are made legible."""

from collections.abc import Mapping, Sequence
from typing import Final

from textual.color import BLACK, WHITE, Color
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
"""A variable of this app that Textual's own themes do not have."""

_GROUNDS: Final = ("background", "surface", "panel")
_READ_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "foreground": _GROUNDS,
    "text-muted": _GROUNDS,
    "text-accent": _GROUNDS,
    "text-warning": (*_GROUNDS, "warning-muted"),
    "text-error": ("error-muted",),
}
"""The variables of text colours, and those of the backgrounds that each stands on."""

_IN_ANSI: Final = (QUIET_BORDER, "warning-muted", "error-muted")
_CONTRAST: Final = 4.5
"""Least contrast of text (WCAG 2.2, 1.4.3)."""
_SHARES: Final = tuple(tenth / 10 for tenth in range(11))
_FAINTEST: Final = 4
"""Tenths of the background in muted text, at most."""


def legible(theme: Theme, variables: Mapping[str, str]) -> dict[str, str]:
    """The variables of a theme, those of text changed where it could not be read.

    Muted text is the theme's foreground with as much of its background as the contrast allows.
    What the terminal's own colours are is not known: text in them is all of one colour, and the
    style sheets tell it apart by bold and reverse.
    """
    if theme.ansi:
        return {**variables, **dict.fromkeys((*_READ_ON, *_IN_ANSI), "ansi_default")}
    told = {QUIET_BORDER: variables["surface-lighten-3"], **variables}
    for name, on in _READ_ON.items():
        grounds = [Color.parse(told[each]) for each in on]
        if name == "text-muted" and name not in theme.variables:
            told[name] = _muted(Color.parse(told["foreground"]), grounds).hex
        else:
            told[name] = _lifted(Color.parse(told[name]), grounds).hex
    return told


def _muted(foreground: Color, grounds: Sequence[Color]) -> Color:
    """A muted foreground: as much of the first background mixed in as stays legible."""
    blends = (foreground.blend(grounds[0], share) for share in _SHARES[_FAINTEST::-1])
    return next((each for each in blends if _reads(each, grounds)), foreground)


def _lifted(ink: Color, grounds: Sequence[Color]) -> Color:
    """A colour with as little black or white mixed in as makes it legible on every background."""
    pole = max(BLACK, WHITE, key=lambda each: _contrast(each, grounds[0]))
    blends = (ink.blend(pole, share) for share in _SHARES)
    return next((each for each in blends if _reads(each, grounds)), pole)


def _reads(ink: Color, grounds: Sequence[Color]) -> bool:
    return all(_contrast(ink, ground) >= _CONTRAST for ground in grounds)


def _contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    """The relative luminance of WCAG 2.2."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
        for share in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def unusable(themes: Mapping[str, Theme], *, monochrome: bool) -> tuple[str, ...]:
    """Themes that would be unreadable: those in the terminal's own colours, where colour is off."""
    return tuple(name for name, theme in themes.items() if monochrome and theme.ansi)
