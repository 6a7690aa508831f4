"""Saving the case on the screen, and opening one that was saved."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.screen.driving import case_screen, cells, picture, press, says, state_of, told, wizard
from tests.small import TODAY, at, shipped, small
from wizard.case.files import read_case
from wizard.case.keeping import CaseFile
from wizard.case.kept_parts import Kept
from wizard.case.log import Did, broken_at
from wizard.case.made import Made, Stamp
from wizard.case.rewriting import saved_text
from wizard.engine.compiling import Compiled
from wizard.opened_cases import opened_case
from wizard.reasoning.saving import saved_case
from wizard.record import replace
from wizard.report.moment import moment
from wizard.screen.app import WizardApp
from wizard.screen.case.opened import begun_of
from wizard.screen.case.screen import CaseScreen

PATHWAY = small().pathway


@pytest.fixture(autouse=True)
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where cases are saved by their titles; the clock stands still."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795795262")
    return tmp_path / "data" / "mdt-wizard" / "cases"


def opened_on(path: Path, compiled: Compiled | None = None) -> WizardApp:
    """The app on a saved case."""
    compiled = compiled or small()
    opened = opened_case(path, compiled, moment(os.environ, TODAY))
    begun = begun_of(opened, compiled)
    return WizardApp(CaseScreen(compiled, begun.state, history=begun.history, file=opened.file))


def footer(app: WizardApp) -> str:
    return says(case_screen(app).footer)


async def test_the_first_save_asks_for_a_title_and_the_next_saves_at_once(cases: Path) -> None:
    app = wizard(small())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "s"])
        assert "Save this case, titled" in cells(app)
        assert app.screen.query_one("#title", Input).value == "Oak"
        await press(pilot, ["enter"])
        path = cases / "oak.yaml"
        assert "oak.yaml: s saves there from now on." in footer(app)
        assert not state_of(app).would_lose
        await press(pilot, ["asterisk"])
        assert state_of(app).would_lose
        await press(pilot, ["s"])
        assert footer(app).startswith("Saved to ")
        await press(pilot, ["s"])
        assert footer(app).startswith("Saved already, in ")
        case = read_case(path, PATHWAY)
        assert (case.answers, case.title) == (state_of(app).answers, "Oak")
    assert [each.did for each in case.log] == [
        *(Did.BEGUN, Did.ANSWERED, Did.TITLED, Did.SAVED),
        *(Did.ANSWERED, Did.SAVED),
    ]
    assert broken_at(case.log) is None


@pytest.mark.parametrize(("typed", "title"), [("Elm", "Elm"), (("end", "s"), "Oaks")])
async def test_typing_replaces_the_suggested_title_and_an_arrow_keeps_it(
    cases: Path, typed: Iterable[str], title: str
) -> None:
    app = wizard(small())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "s", *typed, "enter"])
        assert state_of(app).title == title
    assert read_case(cases / f"{title.lower()}.yaml", PATHWAY).title == title


async def test_a_title_that_looks_like_somebody_is_told_first(cases: Path) -> None:
    app = wizard(small())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "s"])
        app.screen.query_one("#title", Input).value = "943 476 5919"
        await press(pilot, ["enter"])
        assert "This looks like an NHS number. Enter again keeps it so." in cells(app)
        assert not cases.exists()
        await press(pilot, ["escape"])
        assert not state_of(app).file


async def test_a_path_is_completed_and_replaces_nothing_unasked(tmp_path: Path) -> None:
    (tmp_path / "taken.yaml").write_text("answers: {}\n")
    app = wizard(small())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "s", "tab"])
        field = app.screen.query_one("#path", Input)
        assert field.value == "oak.yaml"
        field.value = "ta"
        await press(pilot, ["tab"])
        assert field.value == "taken.yaml"
        await press(pilot, ["enter"])
        assert "exists already: its content would be lost. Enter again replaces it." in says(
            app.screen.query_one("#words")
        )
        assert (tmp_path / "taken.yaml").read_text() == "answers: {}\n"
        field.value = "new/own.yaml"
        await press(pilot, ["enter"])
        assert "There is no folder new. Enter again makes it." in says(
            app.screen.query_one("#words")
        )
        await press(pilot, ["enter"])
        saved = read_case(tmp_path / "new" / "own.yaml", PATHWAY)
        assert saved.answers == state_of(app).answers


async def test_what_cannot_be_saved_is_told_and_asked_for_again(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = wizard(small())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "s", "enter", "asterisk"])

        def full(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        before = (cases / "oak.yaml").read_bytes()
        await press(pilot, ["s"])
        words = says(app.screen.query_one("#words"))
        assert "oak.yaml: No space left on device" in words
        await press(pilot, ["enter"])
        assert "cannot be written: No space left" in says(app.screen.query_one("#words"))
        await press(pilot, ["escape"])
        assert state_of(app).would_lose
        assert [each.name for each in cases.iterdir()] == ["oak.yaml"]
        assert (cases / "oak.yaml").read_bytes() == before


async def test_the_second_wizard_keeps_its_work_beside(cases: Path) -> None:
    app = wizard(small())
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["1", "s", "enter"])
        path = cases / "oak.yaml"
        held = path.read_bytes()
        second = opened_on(path)
        async with second.run_test(size=(120, 36)) as other:
            assert "Another wizard has oak.yaml open" in told(case_screen(second).reading)
            await press(other, ["escape", "asterisk", "s"])
            assert "oak.yaml is open in another wizard: kept beside it" in footer(second)
            assert state_of(second).file == str(cases / "oak.2.yaml")
            beside = read_case(cases / "oak.2.yaml", PATHWAY)
            assert beside.answers == state_of(second).answers
        assert path.read_bytes() == held


async def test_undo_goes_back_behind_the_save_and_the_log_says_so(cases: Path) -> None:
    app = wizard(small())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "asterisk", "asterisk", "s", "enter"])
        case_screen(app).take_file(None)
    again = opened_on(cases / "oak.yaml")
    async with again.run_test(size=(80, 24)) as pilot:
        assert state_of(again).overlay is None
        await press(pilot, ["u"])
        assert set(state_of(again).answers) == {"kind", "height"}
        await press(pilot, ["u"])
        assert set(state_of(again).answers) == {"kind"}
        assert state_of(again).asked == "height"
        await press(pilot, ["ctrl+r", "s"])
    case = read_case(cases / "oak.yaml", PATHWAY)
    assert [each.did for each in case.log[-4:]] == [
        *(Did.UNDONE, Did.UNDONE, Did.REDONE, Did.SAVED),
    ]
    assert broken_at(case.log) is None


OTHER_VERSION = """\
# by hand
pathway: park_trees
version: "2020.01"
measures:
  height: {unit: ft, min: 0, max: 200}
title: "An oak, at the gate"
answers:
  kind: oak  # certain
  height: 90
  damage: {storm: present, lightning: present}
  colour: red
"""


async def test_what_is_not_as_it_was_saved_lies_over_the_case(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(OTHER_VERSION)
    app = opened_on(path)
    async with app.run_test(size=(80, 24)) as pilot:
        read = told(case_screen(app).reading)
        assert "Made with park_trees 2020.01; this is park_trees 2026.11." in read
        assert 'height: "90" was given in ft, and is asked in m here' in read
        assert set(state_of(app).answers) == {"kind", "damage"}
        assert not state_of(app).would_lose
        await press(pilot, ["escape"])
        assert state_of(app).overlay is None
        await press(pilot, ["3", "0", "enter", "s"])
    text = path.read_text()
    assert "  kind: oak  # certain\n  height: 30\n  damage: {storm: present}\n" in text
    assert "aside:\n  damage: {lightning: present}\n  colour: red\n" in text
    assert "height: {unit: m, min: 0, max: 60}" in text


def of_before(path: Path) -> None:
    """A case of the shipped pathway, as a version of before would have saved it."""
    pathway = shipped().pathway
    now = at({"tumour_type": "net", "extent": "spread"}, shipped())
    case = saved_case(now, None, Kept("Small bowel"), (), moment(os.environ).at)
    standing = json.loads(json.dumps(case.standing))
    standing |= {"version": "2026.01", "digest": "0" * 64}
    standing["options"]["surgery"] = "not_described"
    parts = standing["parts"]["option surgery"]
    parts[next(name for name in parts if name.startswith("statement"))] = "0"
    made = Made(Stamp(pathway.id, "2026.01", "0" * 64))
    path.write_text(saved_text(replace(case, made=made, standing=standing, log=()), pathway))


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_what_became_of_a_case_of_another_version_is_as_it_was_reviewed(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "case.yaml"
    of_before(path)
    app = opened_on(path, shipped())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = cells(app)
        assert "Surgery" in told(case_screen(app).reading)
    assert shown == picture("opened", size, shown)


async def test_another_case_lets_the_file_go(cases: Path) -> None:
    app = wizard(small())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["1", "s", "enter"])
        path = cases / "oak.yaml"
        assert not CaseFile(path, b"").alone
        await press(pilot, ["R"])
        assert not state_of(app).file
        assert CaseFile(path, b"").alone
        case_screen(app).open_saved(path)
        await pilot.pause()
        assert footer(app).startswith("Opened: ")
        assert state_of(app).title == "Oak"
        path.write_text("answers: [\n")
        case_screen(app).open_saved(path)
        assert footer(app).startswith("oak.yaml cannot be opened: ")


async def test_a_report_and_a_regression_case_are_saved_elsewhere(
    cases: Path, tmp_path: Path
) -> None:
    path = tmp_path / "report.json"
    path.write_text('{"answers": {"kind": "oak"}}')
    app = opened_on(path)
    async with app.run_test(size=(80, 24)) as pilot:
        assert not state_of(app).file
        await press(pilot, ["s"])
        assert "Save this case, titled" in cells(app)
        await press(pilot, ["enter"])
        assert path.read_text() == '{"answers": {"kind": "oak"}}'
        assert read_case(cases / "oak.yaml", PATHWAY).answers == state_of(app).answers
