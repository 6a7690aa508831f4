"""The screen as its user has set it, and what it keeps for the next time."""

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.screen.driving import (
    TODAY,
    case_screen,
    cells,
    press,
    resized_width,
    says,
    shipped,
    state_of,
)
from wizard.exits import ExitCode
from wizard.opening import Opening, open_wizard
from wizard.screen.app import WizardApp
from wizard.screen.case.state import Overlay, Topic
from wizard.screen.configured import held, known_themes
from wizard.screen.shared.keys import Place
from wizard.screen.start import wizard_app
from wizard.settings.reading import Settings, read_settings


def settings(folder: Path, text: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(text)
    return held(read_settings({"MDT_WIZARD_CONFIG": str(path)}), known_themes())


def app_of(folder: Path, text: str) -> WizardApp:
    app = wizard_app(shipped(), TODAY)
    app.set_up(settings(folder, text))
    return app


async def test_a_key_that_was_set_does_its_action_and_is_told_everywhere(tmp_path: Path) -> None:
    app = app_of(tmp_path, 'keys.case.why = "Y,f3"\nkeys.case.search = "Z"\n')
    async with app.run_test(size=(120, 50)) as pilot:
        assert "Y why" in says(case_screen(app).footer)
        await press(pilot, ["e"])
        assert state_of(app).overlay is None
        for key in ("Y", "f3"):
            await press(pilot, [key])
            assert state_of(app).overlay == Overlay(Topic.WHY, "tumour_type")
            await press(pilot, ["escape"])
        await press(pilot, ["question_mark"])
        assert "Y          Why this question" in cells(app)
        await press(pilot, ["escape", *"Zliver"])
        assert state_of(app).search == "liver"


async def test_a_letter_that_was_set_does_not_narrow_a_list(tmp_path: Path) -> None:
    app = app_of(tmp_path, 'keys.case.copy = "z"\n')
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["1", "z"])
        assert state_of(app).draft.filter is None


async def test_keys_of_practice_can_be_set(tmp_path: Path) -> None:
    app = app_of(tmp_path, 'keys.practice.progress = "P"\n')
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["f7"])
        await press(pilot, ["question_mark"])
        assert "P          How it goes" in cells(app)
        await press(pilot, ["escape", "P"])
        assert "Progress" in cells(app)


async def test_columns_have_the_widths_that_were_set_where_there_are_three(tmp_path: Path) -> None:
    app = app_of(tmp_path, "[widths]\nmap = 30\noptions = 60\n")
    async with app.run_test(size=(140, 36)) as pilot:
        screen = case_screen(app)
        assert [each.outer_size.width for each in (screen.map, screen.options)] == [30, 60]
        assert await resized_width(pilot, (100, 30), screen.options) == 50


async def test_the_theme_that_is_chosen_is_kept_and_the_rest_of_the_file_stays(
    tmp_path: Path,
) -> None:
    app = app_of(tmp_path, '# mine\ntheme = "nord" # cold\nstart = "case"\n')
    async with app.run_test(size=(120, 36)) as pilot:
        assert app.theme == "nord"
        app.theme = "mdt-light"
        await pilot.pause()
        path = tmp_path / "config.toml"
        assert f"The theme is kept in {path}"[:60] in says(case_screen(app).footer)
    assert path.read_text() == '# mine\ntheme = "mdt-light" # cold\nstart = "case"\n'


async def test_a_theme_that_cannot_be_kept_is_told_and_still_shown(tmp_path: Path) -> None:
    app = app_of(tmp_path, "theme = nord\n")
    async with app.run_test(size=(160, 36)) as pilot:
        assert "mdt-wizard config" in says(case_screen(app).footer)
        app.theme = "mdt-light"
        await pilot.pause()
        assert "The theme is not kept in" in says(case_screen(app).footer)
        assert app.theme == "mdt-light"
    assert (tmp_path / "config.toml").read_text() == "theme = nord\n"


@pytest.mark.parametrize(
    ("text", "delay", "place"),
    [("", "20", "case"), ('start = "practice"\nescape_delay = 9', "9", "practice")],
)
def test_the_wizard_starts_with_what_was_set(
    text: str, delay: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[Settings, str]] = []
    start = ModuleType("wizard.screen.start")

    def run_wizard(_folder: Path, _opening: Opening, settings: Settings) -> ExitCode:
        started.append((settings, os.environ["ESCDELAY"]))
        return ExitCode.DONE

    monkeypatch.setattr(start, "run_wizard", run_wizard, raising=False)
    (tmp_path / "config.toml").write_text(text)
    monkeypatch.setenv("MDT_WIZARD_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("ESCDELAY", "")
    monkeypatch.setitem(sys.modules, "wizard.screen.start", start)
    assert open_wizard(None, Opening()) is ExitCode.DONE
    [(settings, given)] = started
    assert (settings.start, given) == (place, delay)
    assert Place(settings.start)
