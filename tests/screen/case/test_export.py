"""Writing and copying a case."""

import json
import stat
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.screen.driving import (
    TODAY,
    case_screen,
    cells,
    press,
    says,
    shipped,
    state_of,
    wizard,
)
from wizard.case.answers import NO_ANSWERS
from wizard.screen.case.saving import Format, rendered
from wizard.wording.situation import situation


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize(("digit", "suffix"), [("1", "txt"), ("2", "md"), ("3", "json")])
async def test_a_case_is_exported_for_its_owner_alone(
    digit: str, suffix: str, tmp_path: Path
) -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "x", digit, "enter"])
        path = tmp_path / f"mdt-case-{TODAY.isoformat()}.{suffix}"
        assert f"Written to {path}"[:60] in " ".join(says(case_screen(app).footer).split())[:70]
        content = path.read_text(encoding="utf-8")
        assert shipped().pathway.digest in content
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert not state_of(app).would_lose
        if suffix == "json":
            assert json.loads(content)["answers"]["tumour_type"] == "net"


async def test_an_existing_file_is_not_replaced_without_asking(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("mine", encoding="utf-8")
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "x", "1"])
        app.screen.query_one(Input).value = str(path)
        await press(pilot, ["enter"])
        assert "exists already" in cells(app)
        assert path.read_text(encoding="utf-8") == "mine"
        await press(pilot, ["escape"])
        assert app.screen.query_one(Input).value == str(path)
        await press(pilot, ["enter", "y"])
        assert "mine" not in path.read_text(encoding="utf-8")[:10]
        assert not list(tmp_path.glob(".mine*"))


@pytest.mark.parametrize("target", ["no/such/folder/x.txt", ".", "/proc/x.txt"])
async def test_a_place_that_cannot_be_written_to_is_told_and_nothing_is_lost(target: str) -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "x", "1"])
        app.screen.query_one(Input).value = target
        await press(pilot, ["enter"])
        shown = cells(app)
        assert "cannot be written" in shown or "exists already" in shown
        await press(pilot, ["escape", "escape", "escape"])
        assert state_of(app).would_lose


async def test_the_export_is_left_without_writing(tmp_path: Path) -> None:
    app = wizard()
    async with app.run_test(size=(40, 12)) as pilot:
        await press(pilot, ["1", "x", "escape"])
        assert len(app.screen_stack) == 1
        await press(pilot, ["x", "1", "escape"])
        assert len(app.screen_stack) == 1
        assert list(tmp_path.iterdir()) == []


async def test_a_copy_says_where_it_was_written_too(tmp_path: Path) -> None:
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["1", "y"])
        path = tmp_path / "state" / "mdt-wizard" / "summary.txt"
        assert "if your terminal allows it" in says(case_screen(app).footer)
        assert app.clipboard == path.read_text(encoding="utf-8")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("form", Format)
def test_every_format_carries_the_intended_use_and_the_crisis(form: Format) -> None:
    content = rendered(situation(shipped(), NO_ANSWERS, TODAY), form)
    flat = " ".join(content.split())
    assert "Not a guideline" in flat
    assert "carcinoid crisis" in flat
