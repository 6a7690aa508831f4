"""Writing and copying a case."""

import json
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from textual.message import Message
from textual.widgets import Input

from tests.screen.driving import (
    TODAY,
    case_screen,
    cells,
    press,
    says,
    shipped,
    state_of,
    until,
    wizard,
)
from tests.screen.shared.test_filling import LONGEST, Gate
from wizard.case.answers import NO_ANSWERS, UNKNOWN, ChoiceAnswer
from wizard.case.decisions import Decisions
from wizard.reasoning.situation import Situation, situation
from wizard.screen.case import export, saving
from wizard.screen.case.saving import Format, rendered, suggested_name
from wizard.screen.shared import filling
from wizard.screen.shared.place import PlaceScreen

AT = datetime(2026, 11, 21, 14, 30).astimezone()


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(AT.timestamp())))
    # However slow the machine is, a report is there when the key has been done.
    monkeypatch.setattr(filling, "PATIENCE", LONGEST)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """A report that takes until the gate is opened."""
    gate = Gate()

    def made(case: Situation, form: Format, record: Decisions) -> str:
        gate.wait()
        return rendered(case, form, record)

    monkeypatch.setattr(filling, "PATIENCE", 0)
    for module in (export, saving):
        monkeypatch.setattr(module, "rendered", made)
    yield gate
    gate.opened.set()


async def test_a_slow_report_is_written_once_it_is_done_and_no_key_waits(
    tmp_path: Path, slow: Gate
) -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "x", "1", "enter"])
        assert "Working out the report" in cells(app)
        await press(pilot, ["escape"])
        assert "Write to" in cells(app)
        await press(pilot, ["enter"])
        assert not list(tmp_path.glob("*.txt"))
        slow.opened.set()
        await until(pilot, lambda: "Written to" in says(case_screen(app).footer))
        assert "net" in next(tmp_path.glob("*.txt")).name


async def test_a_slow_report_is_not_written_where_the_person_went_back(
    tmp_path: Path, slow: Gate
) -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "x", "1", "enter", "escape", "escape", "2"])
        slow.opened.set()
        await until(pilot, lambda: len(state_of(app).answers) == 2)
        await press(pilot, ["x", "1"])
        assert not list(tmp_path.glob("*.txt"))
        await press(pilot, ["enter"])
        await until(pilot, lambda: "Written to" in says(case_screen(app).footer))


async def test_a_slow_summary_is_copied_later_unless_the_case_has_changed(slow: Gate) -> None:
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["1", "y"])
        assert "Working out the summary" in says(case_screen(app).footer)
        await press(pilot, ["1"])
        slow.opened.set()
        await until(pilot, lambda: "Not copied" in says(case_screen(app).footer))
        assert app.clipboard == ""
        await press(pilot, ["y"])
        await until(pilot, lambda: "if your terminal allows it" in says(case_screen(app).footer))
        assert "Pancreas" in app.clipboard


async def test_a_slow_text_is_read_in_the_pager_later_unless_something_else_is_in_front(
    slow: Gate,
) -> None:
    read: list[str] = []

    def look(message: Message) -> None:
        if isinstance(message, PlaceScreen.ToRead):
            read.append(message.words)

    app = wizard()
    async with app.run_test(size=(120, 36), message_hook=look) as pilot:
        footer = case_screen(app).footer
        await press(pilot, ["1", "P"])
        assert "Working out what to read" in says(footer)
        await press(pilot, ["1"])
        slow.opened.set()
        await until(pilot, lambda: "Not opened" in says(footer))
        assert read == []
        await press(pilot, ["P"])
        await until(pilot, lambda: bool(read))
        assert "Pancreas" in read[0]


@pytest.mark.parametrize(
    ("digit", "suffix"), [("1", "txt"), ("2", "md"), ("3", "json"), ("4", "html")]
)
async def test_a_case_is_exported_for_its_owner_alone(
    digit: str, suffix: str, tmp_path: Path
) -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "x", digit, "enter"])
        path = tmp_path / f"net-2026-11-21-1430.{suffix}"
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


@pytest.mark.parametrize(
    "target", [".", "/proc/x.txt", "mine/x.txt", "a\0b", "~nobody-of-this-name/x"]
)
async def test_a_place_that_cannot_be_written_to_is_told_and_nothing_is_lost(target: str) -> None:
    Path("mine").touch()
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "x", "1"])
        app.screen.query_one(Input).value = target
        await press(pilot, ["enter"])
        shown = cells(app)
        assert "cannot be written" in shown or "exists already" in shown
        await press(pilot, ["escape", "escape", "escape"])
        assert state_of(app).would_lose


async def test_a_missing_folder_is_made_only_when_that_is_wanted(tmp_path: Path) -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "x", "1"])
        field = app.screen.query_one(Input)
        field.value = "reports/of/today/case.txt"
        await press(pilot, ["enter"])
        assert "There is no folder reports/of/today." in cells(app)
        await press(pilot, ["escape"])
        assert field.value == "reports/of/today/case.txt"
        assert not Path("reports").exists()
        await press(pilot, ["enter", "y"])
        assert (tmp_path / "reports/of/today/case.txt").exists()
        assert stat.S_IMODE((tmp_path / "reports").stat().st_mode) == 0o700


async def test_the_cursor_is_behind_the_name_and_stays_where_the_path_is_typed() -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "x", "2"])
        field = app.screen.query_one(Input)
        assert field.value == "net-2026-11-21-1430.md"
        assert field.cursor_position == len(field.value)
        await press(pilot, ["home", *"no/"])
        await press(pilot, ["enter", "escape"])
        assert field.cursor_position == 3
        await press(pilot, ["backspace"] * 3)
        assert field.value == "net-2026-11-21-1430.md"


async def test_tab_completes_a_path_and_shows_what_it_may_go_on_to() -> None:
    for name in ("reports/2025/a.txt", "reports/2026/b.txt", ".hidden"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "x", "1"])
        field = app.screen.query_one(Input)
        field.value = "re"
        await press(pilot, ["tab"])
        assert field.value == "reports/"
        await press(pilot, ["tab"])
        assert field.value == "reports/202"
        assert "2025/, 2026/" in cells(app)
        await press(pilot, [*"6", "tab", "tab"])
        assert field.value == "reports/2026/b.txt"
        assert field.cursor_position == len(field.value)
        await press(pilot, ["x", "tab"])
        assert "Nothing there begins like that." in cells(app)
        assert app.focused is field


def test_a_name_tells_what_the_case_is() -> None:
    answers = NO_ANSWERS.with_answer("tumour_type", ChoiceAnswer(frozenset({"net"})))
    answers = answers.with_answer("site", ChoiceAnswer(frozenset({"small_intestine"})))
    answers = answers.with_answer("extent", UNKNOWN)
    told = suggested_name(situation(shipped(), answers, TODAY), Format.TEXT)
    assert told == "net-small-intestine-2026-11-21-1430.txt"
    nothing = suggested_name(situation(shipped(), NO_ANSWERS, TODAY), Format.JSON)
    assert nothing == "case-2026-11-21-1430.json"


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


async def test_a_case_is_written_in_ten_keys(tmp_path: Path) -> None:
    """A NET of the pancreas that has spread to the liver, the rest not known."""
    keys = ["1", "1", "asterisk", "3", "1", "enter", "N", "x", "1", "enter"]
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, keys)
        assert "Written to" in says(case_screen(app).footer)
    assert len(keys) <= 10
    assert len(list(tmp_path.glob("*.txt"))) == 1


async def test_the_lists_are_entered_at_their_first_option() -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "tab"])
        assert (case_screen(app).options.cursor or "").startswith("option:")
        await press(pilot, ["1"])
        assert len(state_of(app).answers) == 2
