"""Contrast computed over every cell of the screens, in our themes (WCAG 2.2 AA)."""

import pytest
from rich.color import Color, ColorType
from rich.style import Style

from tests.screen.driving import cells, press, wizard
from wizard.screen.themes import DARK, LIGHT, unusable

AA = 4.5
WAYS = [
    [],
    ["2"],
    ["1", "1", "asterisk", "3", "1", "enter", "asterisk", "asterisk", "1", "enter"],
    ["tab", "enter"],
    ["tab", "enter", "t"],
    ["c"],
    ["question_mark"],
    ["slash", "l", "i"],
    ["1", "x"],
    ["1", "R"],
    ["1", "f2"],
]
MARKS_ONLY = set("─│╭╮╰╯▁▂▃▄▅▆▇█▔▕▏▎ ")
"""Borders and scroll bars: they carry nothing that the text does not."""


def luminance(color: Color) -> float:
    red, green, blue = color.get_truecolor()
    parts = []
    for value in (red, green, blue):
        share = value / 255
        parts.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    assert style.color.type is ColorType.TRUECOLOR
    pair = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
    return (pair[0] + 0.05) / (pair[1] + 0.05)


@pytest.mark.slow
@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
@pytest.mark.parametrize("way", WAYS, ids="-".join)
async def test_every_text_has_the_contrast_of_wcag_aa(theme: str, way: list[str]) -> None:
    app = wizard(theme=theme)
    poor = {}
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, way)
        for strip in app.screen._compositor.render_strips():
            for text, style, _control in strip:
                if style is not None and set(text) - MARKS_ONLY and contrast(style) < AA:
                    poor[text.strip()] = (round(contrast(style), 2), str(style))
    assert not poor


async def test_a_theme_changes_no_letter() -> None:
    shown = set()
    for theme in (DARK.name, LIGHT.name, "nord", "textual-light"):
        app = wizard(theme=theme)
        async with app.run_test(size=(120, 36)) as pilot:
            await press(pilot, ["1", "1", "asterisk", "3", "1", "enter"])
            shown.add(cells(app))
    assert len(shown) == 1


async def test_a_theme_that_is_changed_leaves_nothing_of_the_one_before() -> None:
    drawn = []
    for first in (DARK.name, LIGHT.name):
        app = wizard(theme=first)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, ["1", "tab"])
            app.theme = LIGHT.name
            await press(pilot, [])
            strips = app.screen._compositor.render_strips()
            drawn.append(
                [[(letter, s.style) for s in strip for letter in s.text] for strip in strips]
            )
    assert drawn[0] == drawn[1]


async def test_without_colour_all_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(
            pilot, ["1", "1", "asterisk", "3", "1", "enter", "asterisk", "asterisk", "1", "enter"]
        )
        assert "⚠ MAY BE LIFE-THREATENING" in cells(app)
        for strip in app.screen._compositor.render_strips():
            for segment in strip.apply_filter(app._filters[-1], app.screen.background_colors[1]):
                color = None if segment.style is None else segment.style.color
                if color is not None and color.type is ColorType.TRUECOLOR:
                    assert len(set(color.get_truecolor())) == 1
        assert not any(name.startswith("ansi") for name in app.available_themes)


def test_themes_in_the_terminals_own_colours_are_left_out_without_colour() -> None:
    everything = dict(wizard().available_themes)
    left_out = {name for name, theme in everything.items() if theme.ansi}
    assert left_out
    assert set(unusable(everything, monochrome=True)) == left_out
    assert not unusable(everything, monochrome=False)
