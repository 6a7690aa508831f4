"""Cases that are kept by a title: kept, listed, opened, renamed, dropped, set side by side."""

import pytest
from textual.pilot import Pilot

from tests.screen.driving import (
    WIDE,
    case_screen,
    cells,
    picture,
    press,
    says,
    state_of,
    told,
    wizard,
)
from wizard.screen.app import WizardApp
from wizard.screen.case.kept import KeptScreen
from wizard.screen.case.state import Topic

TWO = ["1", "1", "K", "enter", "b", "2", "asterisk", "K", "enter"]
"""A NET of the pancreas is kept, and then one that starts elsewhere."""


def titles(app: WizardApp) -> list[str]:
    return [case.title for case in state_of(app).kept_cases]


async def retitled(pilot: Pilot[None], title: str) -> None:
    await press(pilot, ["ctrl+u", *title, "enter"])


async def test_cases_are_kept_by_a_title_and_a_new_one_leaves_them() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, TWO)
        assert len(titles(app)) == 2
        assert titles(app)[0] == "NET, Pancreas"
        assert "Kept: " in says(case_screen(app).footer)
        first = state_of(app).kept_cases[0]
        await press(pilot, ["R"])
        assert not state_of(app).answers, "what is kept is not lost, and nothing is asked"
        assert len(titles(app)) == 2
        await press(pilot, ["K", "enter"])
        assert state_of(app).answers == first.answers
        assert "A copy of: NET, Pancreas" in says(case_screen(app).footer)


async def test_without_answers_and_kept_cases_there_is_nothing_to_keep() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["K"])
        assert "This case has no answers yet, and none is kept." in says(case_screen(app).footer)


async def test_a_title_that_tells_of_a_person_is_warned_about_and_one_is_needed() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "K"])
        assert "No names or numbers of a person." in cells(app)
        await press(pilot, ["ctrl+u", "enter"])
        assert "A title is needed." in cells(app)
        await press(pilot, [*"9434765919", "enter"])
        assert "This looks like an NHS number." in cells(app)
        assert isinstance(app.screen, KeptScreen)
        await press(pilot, ["enter"])
        assert titles(app) == ["9434765919"]


async def test_typing_replaces_the_suggested_title_and_an_arrow_keeps_it() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", "K", *"Oak", "enter"])
        await press(pilot, ["b", "2", "K", "right", "s", "enter"])
        assert titles(app)[0] == "Oak"
        assert titles(app)[1].startswith("NET, ")
        assert titles(app)[1].endswith("s")


async def test_a_title_that_is_taken_replaces_only_when_asked_again() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "K", "enter", "1", "K"])
        await retitled(pilot, "NET")
        assert "A case with this title is kept" in cells(app)
        assert len(state_of(app).kept_cases[0].answers) == 1
        await press(pilot, ["enter"])
        assert titles(app) == ["NET"]
        assert len(state_of(app).kept_cases[0].answers) == 2


async def test_a_kept_case_is_renamed_and_dropped() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TWO, "K", "tab", "r"])
        await retitled(pilot, "first")
        await press(pilot, ["escape"])
        assert titles(app)[0] == "first"
        await press(pilot, ["K", "tab", "d", "escape"])
        assert len(titles(app)) == 1
        assert titles(app) != ["first"]


async def test_a_case_that_is_neither_kept_nor_exported_is_asked_about() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TWO, "3", "K", "tab", "enter"])
        assert "What this one holds is" in cells(app)


async def test_a_kept_case_stands_beside_the_present_one_and_two_beside_each_other() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TWO, "K", "tab", "v"])
        overlay = state_of(app).overlay
        assert overlay is not None
        assert overlay.topic is Topic.BESIDE
        shown = told(case_screen(app).reading)
        assert "First case: NET, Pancreas" in shown
        assert "Second case: The present case" in shown
        assert "Sunitinib: not described (first case: depends on further answers)" in shown
        assert "≠ Site Pancreas Stomach" in shown
        await press(pilot, ["escape", "K", "tab", "space", "down", "space", "v"])
        assert [case.title for case in state_of(app).beside] == titles(app)


async def test_quitting_tells_that_kept_cases_are_lost() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "K", "enter", "R", "q"])
        assert "One kept case will be lost" in cells(app)


async def test_kept_cases_are_found() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", "K"])
        await retitled(pilot, "zebra")
        await press(pilot, ["R", "slash", *"zebr", "enter"])
        assert len(state_of(app).answers) == 2


WAYS = {
    "keep": ["1", "1", "K"],
    "kept": [*TWO, "K", "tab", "space"],
    "beside": [*TWO, "K", "tab", "v"],
}


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
@pytest.mark.parametrize("name", WAYS)
async def test_keeping_is_as_it_was_reviewed(name: str, size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, WAYS[name])
        shown = cells(app)
    assert shown == picture(name, size, shown)
