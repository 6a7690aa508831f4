"""The columns: one alone, wider and narrower ones, and the widths that are kept."""

from pathlib import Path

import pytest

from tests.screen.driving import (
    TODAY,
    case_screen,
    press,
    resized_width,
    says,
    shipped,
    state_of,
    wizard,
)
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.widths import LEAST
from wizard.screen.configured import held, known_themes
from wizard.screen.start import wizard_app
from wizard.settings.reading import read_settings

SIZES = [(200, 50), (120, 36), (100, 30), (80, 24), (60, 20), (40, 12)]


def shown(screen: CaseScreen) -> list[str]:
    """The columns in sight, each with cells."""
    panes = (screen.map, screen.question, screen.options, screen.reading)
    return [str(pane.id) for pane in panes if pane.display and pane.outer_size.width]


def app_of(folder: Path, text: str) -> WizardApp:
    path = folder / "config.toml"
    path.write_text(text)
    app = wizard_app(shipped(), TODAY)
    app.set_up(held(read_settings({"MDT_WIZARD_CONFIG": str(path)}), known_themes()))
    return app


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_shows_the_column_in_focus_alone_and_again_all(size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        screen = case_screen(app)
        before = shown(screen)
        await press(pilot, ["z"])
        assert shown(screen) == ["question"]
        assert screen.question.outer_size.width == size[0]
        await press(pilot, ["tab"])
        assert shown(screen) == ["options"]
        await press(pilot, ["enter"])
        assert shown(screen) == ["reading"]
        await press(pilot, ["escape"])
        assert shown(screen) == ["options"]
        await press(pilot, ["shift+tab", "z"])
        assert shown(screen) == before


async def test_a_digit_answers_no_question_that_is_out_of_sight() -> None:
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["tab", "z", "1"])
        assert not state_of(app).answers
        assert "The question is in the other column" in says(case_screen(app).footer)
        await press(pilot, ["z", "1"])
        assert state_of(app).answers


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES[:-1])
@pytest.mark.parametrize("column", ["question", "options"])
async def test_keys_widen_and_narrow_the_column_within_limits(
    size: tuple[int, int], column: str
) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        screen = case_screen(app)
        pane = screen.query_one(f"#{column}")
        await press(pilot, ["tab"] if column == "options" else [])
        await press(pilot, ["less_than_sign"] * 30)
        narrow = pane.outer_size.width
        assert "No column can be wider or narrower" in says(screen.footer)
        await press(pilot, ["greater_than_sign"])
        assert pane.outer_size.width > narrow
        await press(pilot, ["greater_than_sign"] * 30)
        widths = [each.outer_size.width for each in (screen.question, screen.options)]
        assert min(widths) >= LEAST - 2
        assert sum(widths) + (screen.map.outer_size.width if size[0] >= 120 else 0) == size[0]


async def test_the_map_has_a_width_of_its_own() -> None:
    app = wizard()
    async with app.run_test(size=(160, 40)) as pilot:
        screen = case_screen(app)
        before = screen.map.outer_size.width
        await press(pilot, ["g", "greater_than_sign"])
        assert screen.map.outer_size.width == before + 4


async def test_widths_are_kept_and_read_at_the_start(tmp_path: Path) -> None:
    app = app_of(tmp_path, '# mine\ntheme = "nord"\n')
    async with app.run_test(size=(140, 36)) as pilot:
        await press(pilot, ["tab", "greater_than_sign"])
        wide = case_screen(app).options.outer_size.width
        await pilot.resize_terminal(80, 24)
        await press(pilot, ["greater_than_sign"])
        narrow = case_screen(app).options.outer_size.width
    kept = (tmp_path / "config.toml").read_text()
    assert kept.startswith('# mine\ntheme = "nord"\n')
    again = app_of(tmp_path, kept)
    async with again.run_test(size=(140, 36)) as pilot:
        assert case_screen(again).options.outer_size.width == wide
        assert await resized_width(pilot, (80, 24), case_screen(again).options) == narrow


async def test_a_width_that_cannot_be_kept_holds_and_is_told(tmp_path: Path) -> None:
    app = app_of(tmp_path, "theme = nord\n")
    async with app.run_test(size=(160, 36)) as pilot:
        before = case_screen(app).options.outer_size.width
        await press(pilot, ["tab", "greater_than_sign"])
        assert case_screen(app).options.outer_size.width == before + 4
        assert "The width is not kept in" in says(case_screen(app).footer)


async def test_where_a_column_has_the_whole_screen_the_keys_say_so() -> None:
    app = wizard()
    async with app.run_test(size=(40, 12)) as pilot:
        await press(pilot, ["greater_than_sign"])
        assert "whole screen" in says(case_screen(app).footer)
        await press(pilot, ["z"])
        assert "whole screen already" in says(case_screen(app).footer)
