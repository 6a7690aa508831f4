"""The start page: saved cases found, opened, renamed and deleted."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from tests.screen.driving import (
    TODAY,
    WIDE,
    case_screen,
    cells,
    picture,
    press,
    says,
    shipped,
    state_of,
    wizard,
)
from wizard.case.journal import Journal
from wizard.case.recent import recent_files
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.shelf import ShelfScreen
from wizard.screen.case.state import new_case
from wizard.screen.shared.ask import AskScreen

CASE = """\
pathway: neuroendocrine
version: "2026.12"
title: "{title}"
answers:
  tumour_type: net
  site: {site}
"""
SAVED = {"Before the scan": "pancreas", "Lung, to discuss": "lung", "Odd": "moon"}


@pytest.fixture(autouse=True)
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of saved cases, with three in it, of which one does not fit the pathway."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir(tmp_path)
    time.tzset()
    folder = tmp_path / "data" / "mdt-wizard" / "cases"
    folder.mkdir(parents=True)
    for day, (title, site) in enumerate(SAVED.items()):
        path = folder / f"{title.split()[0].lower().strip(',')}.yaml"
        path.write_text(CASE.format(title=title, site=site))
        os.utime(path, (1_795_000_000 - 86_400 * day,) * 2)
    yield folder
    monkeypatch.undo()
    time.tzset()


def kept_wizard() -> WizardApp:
    """The app with a journal, which keeps recent cases too."""
    journal = Journal(Path("running"))
    return WizardApp(CaseScreen(shipped(), new_case(shipped(), TODAY), journal=journal))


async def shelf(pilot: Pilot[None], app: WizardApp) -> ShelfScreen:
    """The page, opened by its key, once all cases are read."""
    await press(pilot, ["ctrl+o"])
    screen = app.screen
    assert isinstance(screen, ShelfScreen)
    while not screen.whole:
        await pilot.pause()
    await pilot.pause()
    return screen


async def seen(pilot: Pilot[None], where: Callable[[], Widget], words: str) -> None:
    """Wait until a widget says something: a file is written, and read again, before it does."""
    for _ in range(200):
        if words in says(where()):
            return
        await pilot.pause()
    raise AssertionError(f"{words!r} is not in {says(where())!r}")


async def in_front(pilot: Pilot[None], app: WizardApp, screen: type[Screen[Any]]) -> None:
    """Wait until a screen is in front: the next key is for it."""
    for _ in range(200):
        if isinstance(app.screen, screen):
            await pilot.pause()
            return
        await pilot.pause()
    raise AssertionError(f"{app.screen} is in front")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
async def test_it_looks_as_it_was_reviewed(size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await shelf(pilot, app)
        await press(pilot, ["down"])
        shown = cells(app)
    assert shown == picture("shelf", size, shown)


async def test_enter_opens_a_case_and_has_it_among_the_recent_ones(cases: Path) -> None:
    app = kept_wizard()
    async with app.run_test(size=WIDE) as pilot:
        await shelf(pilot, app)
        await press(pilot, ["down", "enter"])
        await seen(pilot, lambda: case_screen(app).footer, "Opened: ")
        assert list(state_of(app).answers) == ["tumour_type", "site"]
        assert recent_files() == (cases / "lung.yaml",)


async def test_a_case_whose_answers_would_be_lost_is_asked_about() -> None:
    app = kept_wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["2"])
        await shelf(pilot, app)
        await press(pilot, ["enter"])
        await in_front(pilot, app, AskScreen)
        await press(pilot, ["n"])
        assert len(state_of(app).answers) == 1


async def test_one_that_does_not_fit_says_so_and_is_not_opened() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        page = await shelf(pilot, app)
        await press(pilot, ["end"])
        await seen(pilot, lambda: page.case, "It cannot be opened as it is:")
        await press(pilot, ["enter"])
        await seen(pilot, lambda: case_screen(app).footer, "odd.yaml cannot be opened")
        assert len(state_of(app).answers) == 0


async def test_typing_finds_and_esc_goes_back_by_steps() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        page = await shelf(pilot, app)
        await press(pilot, [*"lung dis"])
        await seen(pilot, lambda: page.field, "1 of 3")
        await seen(pilot, lambda: page.cases, "Lung, to discuss")
        assert "Before the scan" not in says(page.cases)
        await press(pilot, ["backspace"] * 8)
        await seen(pilot, lambda: page.field, "three cases")
        await press(pilot, [*"zz"])
        await seen(pilot, lambda: page.cases, "No case holds these words")
        await press(pilot, ["escape"])
        assert app.screen is page
        await press(pilot, ["slash", *"dis"])
        await seen(pilot, lambda: page.field, "1 of 3")
        await press(pilot, ["escape", "escape"])
        await in_front(pilot, app, CaseScreen)


async def test_a_case_is_renamed_with_a_warning_of_what_tells_of_a_person(cases: Path) -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        page = await shelf(pilot, app)
        await press(pilot, ["r"])
        await seen(pilot, lambda: page.field, "No names or numbers of a person.")
        await press(pilot, ["ctrl+u", "enter"])
        await seen(pilot, lambda: page.field, "A title is needed.")
        await press(pilot, [*"0 born 3/4/1951", "enter"])
        await seen(pilot, lambda: page.field, "This looks like a date, such as one of birth.")
        assert "Before the scan" in (cases / "before.yaml").read_text()
        await press(pilot, ["ctrl+u", *"dr who", "enter"])
        await seen(pilot, lambda: page.footer, "Renamed: dr who")
        assert 'title: "dr who"\n' in (cases / "before.yaml").read_text()
        await seen(pilot, lambda: page.cases, "dr who")


async def test_a_title_that_is_left_by_esc_stays(cases: Path) -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        page = await shelf(pilot, app)
        await press(pilot, ["r", "x", "escape"])
        assert app.screen is page
        assert "Before the scan" in (cases / "before.yaml").read_text()
        await press(pilot, [*"lu", "tab", "r", "y", "enter"])
        await seen(pilot, lambda: page.footer, "Renamed: y")
        assert 'title: "y"\n' in (cases / "lung.yaml").read_text()


async def test_a_case_is_deleted_where_the_person_says_so(cases: Path) -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        page = await shelf(pilot, app)
        await press(pilot, ["d"])
        await in_front(pilot, app, AskScreen)
        await press(pilot, ["n"])
        await in_front(pilot, app, ShelfScreen)
        assert (cases / "before.yaml").exists()
        await press(pilot, ["d"])
        await in_front(pilot, app, AskScreen)
        await press(pilot, ["y"])
        await seen(pilot, lambda: page.footer, "Deleted: Before the scan")
        assert not (cases / "before.yaml").exists()
        await seen(pilot, lambda: page.field, "two cases")


async def test_what_cannot_be_done_is_told(cases: Path) -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        page = await shelf(pilot, app)
        await press(pilot, ["r"])
        (cases / "before.yaml").unlink()
        await press(pilot, ["ctrl+u", "x", "enter"])
        await seen(pilot, lambda: page.footer, "No such file or directory")


async def test_without_any_it_says_how_to_save_one(cases: Path) -> None:
    for path in cases.iterdir():
        path.unlink()
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        page = await shelf(pilot, app)
        await seen(pilot, lambda: page.cases, "No case is saved yet.")
        await press(pilot, ["d", "r", "enter"])
        assert app.screen is page
