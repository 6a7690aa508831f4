"""Contrast computed over every cell of the screens, in every theme (WCAG 2.2 AA)."""

import asyncio
from functools import cache
from pathlib import Path

import pytest
from pyte import Screen
from rich.color import Color, ColorType
from rich.style import Style
from textual.pilot import Pilot

from tests.screen.driving import TODAY, cells, press, shipped, strips, wizard
from tests.screen.test_painting import drawing_on
from wizard.screen.app import WizardApp
from wizard.screen.shared.problems import ProblemsScreen
from wizard.screen.start import wizard_app
from wizard.screen.themes import DARK, LIGHT, unusable

AA = 4.5
TO_EMERGENCY = ["1", "1", "asterisk", "3", "1", "enter", "asterisk", "asterisk", "1", "enter"]
WAYS = {
    "a question of one answer": [],
    "several answers of one": ["1", "space", "2"],
    "a number": ["1", "1", "2", "5"],
    "a number refused": ["1", "1", "1", "full_stop", "comma"],
    "a list": ["1", "1", "asterisk", "3", "1", "2", "2"],
    "a list narrowed": ["1", "1", "asterisk", "3", "f", "l", "i"],
    "a list narrowed to nothing": ["1", "1", "asterisk", "3", "f", "x", "x"],
    "an answer that moved options": ["2"],
    "a message": ["1", "b", "b"],
    "an emergency": TO_EMERGENCY,
    "alerts": [*TO_EMERGENCY, "a"],
    "answers that no longer apply": [*TO_EMERGENCY, "g", "home", "enter", "2", "tab", "tab"],
    "options": ["tab"],
    "an option": ["tab", "enter"],
    "an option of a case": [*TO_EMERGENCY, "tab", "enter"],
    "a tree": ["tab", "enter", "t"],
    "why a question": ["e"],
    "why an option": [*TO_EMERGENCY, "tab", "down", "down", "down", "e"],
    "sources": ["c"],
    "what if": ["1", "w"],
    "what if of the case": [*TO_EMERGENCY, "W"],
    "to find out first": ["1", "F"],
    "document by document": [*TO_EMERGENCY, "D"],
    "compared": [*TO_EMERGENCY, "v"],
    "the map": [*TO_EMERGENCY, "g"],
    "help": ["question_mark"],
    "intended use": ["i"],
    "keeping a case": ["1", "K"],
    "the kept cases": ["1", "K", "enter", "K", "tab", "space"],
    "a kept case beside this one": ["1", "K", "enter", "1", "K", "tab", "v"],
    "search": ["slash", "l", "i"],
    "the search before anything is typed": ["f2"],
    "a search of practice": ["f7", "ctrl+p", "l", "i"],
    "export": ["1", "x"],
    "the name of an export": ["1", "x", "1"],
    "a question before a loss": ["1", "R"],
    "practice": ["f7"],
    "a task": ["f7", "enter"],
    "a task answered": ["f7", "enter", "1", "2"],
    "marks": ["f7", "enter", "1", "enter"],
    "the sources of marks": ["f7", "enter", "1", "enter", "c"],
    "progress": ["f7", "p"],
    "the help of practice": ["f7", "question_mark"],
}
SHARES = 4
"""Of the themes, for the workers of a run."""
MARKS_ONLY = set("─│╭╮╰╯▁▂▃▄▅▆▇█▔▕▏▎▊▌ ")
"""Borders and scroll bars: they carry nothing that the text does not."""


def luminance(color: Color) -> float:
    red, green, blue = color.get_truecolor()
    parts = []
    for value in (red, green, blue):
        share = value / 255
        parts.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@cache
def contrast(style: Style) -> float:
    """The contrast of a text; that of the terminal's own two colours is the terminal's affair."""
    assert style.color is not None
    assert style.bgcolor is not None
    assert not style.dim
    if style.color.is_default and style.bgcolor.is_default:
        return 21
    if not style.color.type is style.bgcolor.type is ColorType.TRUECOLOR:
        return 0
    pair = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
    return (pair[0] + 0.05) / (pair[1] + 0.05)


def poor(app: WizardApp) -> dict[str, tuple[float, str]]:
    """What is on the screen now and cannot be read well."""
    return {
        text.strip(): (round(contrast(style), 2), str(style))
        for strip in strips(app)
        for text, style, _control in strip
        if style is not None and set(text) - MARKS_ONLY and contrast(style) < AA
    }


async def poor_in_themes(
    app: WizardApp, pilot: Pilot[None]
) -> dict[str, dict[str, tuple[float, str]]]:
    """The same for every theme that can be chosen."""
    assert len(app.available_themes) > 20
    found = {}
    for theme in app.available_themes:
        app.theme = theme
        await press(pilot, [])
        found[theme] = poor(app)
    return {theme: texts for theme, texts in found.items() if texts}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
async def test_every_text_has_the_contrast_of_wcag_aa_in_every_theme(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    app = wizard_app(shipped(), TODAY)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, WAYS[way])
        assert not await poor_in_themes(app, pilot)


async def until_shown(app: WizardApp, pilot: Pilot[None], words: str) -> None:
    async with asyncio.timeout(20):
        while words not in cells(app):
            await pilot.pause(0.02)


async def test_a_pathway_of_errors_can_be_read_in_every_theme() -> None:
    app = WizardApp(ProblemsScreen("folder", ["pathway.yaml:1:1: wrong", "and another"], 2))
    async with app.run_test(size=(80, 24)) as pilot:
        assert not await poor_in_themes(app, pilot)


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_in_the_colours_of_the_terminal_reverse_and_bold_tell_apart(theme: str) -> None:
    app = wizard(theme=theme)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, [*TO_EMERGENCY, "down"])
        shown = [
            (text, style)
            for strip in strips(app)
            for text, style, _control in strip
            if style is not None
        ]
    (alert,) = (style for text, style in shown if "carcinoid crisis (Ipsen Ltd" in text)
    assert alert.reverse
    assert alert.bold
    assert any(style.reverse for text, style in shown if "❯" in text)


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
            drawn.append(
                [[(letter, s.style) for s in strip for letter in s.text] for strip in strips(app)]
            )
    assert drawn[0] == drawn[1]


async def test_without_colour_all_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("NO_COLOR", "1"), ("COLORTERM", "truecolor"), ("TERM", "xterm")):
        monkeypatch.setenv(name, value)
    app, terminal = wizard(), Screen(120, 36)
    said: list[str] = []

    async def drive(pilot: Pilot[object]) -> None:
        await pilot.press(*TO_EMERGENCY)
        await pilot.pause()
        said.append(cells(app))
        app.exit()

    app.driver_class = drawing_on(terminal)
    await app.run_async(size=(120, 36), auto_pilot=drive)
    assert "⚠ MAY BE LIFE-THREATENING" in said[0]
    inks = {ink for row in terminal.buffer.values() for cell in row.values() for ink in cell[1:3]}
    inks -= {"default"}
    assert len(inks) > 2
    assert all(ink[:2] == ink[2:4] == ink[4:] for ink in inks), inks
    assert not any(name.startswith("ansi") for name in app.available_themes)


def test_themes_in_the_terminals_own_colours_are_left_out_without_colour() -> None:
    everything = dict(wizard().available_themes)
    left_out = {name for name, theme in everything.items() if theme.ansi}
    assert left_out
    assert set(unusable(everything, monochrome=True)) == left_out
    assert not unusable(everything, monochrome=False)
