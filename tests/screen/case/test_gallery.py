"""The gallery of cases on the screen: found by what they show and by words, opened as a copy."""

import pytest
from textual.pilot import Pilot

from tests.screen.driving import (
    case_screen,
    cells,
    picture,
    press,
    says,
    shipped,
    state_of,
    told,
    wizard,
)
from wizard.pathway.model import AlertLevel
from wizard.reasoning.assessment import AlertState
from wizard.screen.app import WizardApp
from wizard.screen.case.gallery import GalleryScreen
from wizard.screen.case.gallery_rows import case_rows
from wizard.screen.shared.ask import AskScreen
from wizard.screen.shared.rows import lay_out
from wizard.wording.statuses import LEVEL_WORDS
from wizard.workbench.gallery import FacetKind, gallery_cases


async def gallery(pilot: Pilot[None], app: WizardApp) -> GalleryScreen:
    """The gallery, opened by its key, once all cases are read."""
    await press(pilot, ["G"])
    screen = app.screen
    assert isinstance(screen, GalleryScreen)
    while not screen.whole:
        await pilot.pause()
    await pilot.pause()
    return screen


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        ((120, 36), "mdt-dark"),
        ((80, 24), "mdt-light"),
        ((60, 20), "mdt-dark"),
        ((40, 12), "mdt-light"),
    ],
)
async def test_it_looks_as_it_was_reviewed(size: tuple[int, int], theme: str) -> None:
    app = wizard(theme=theme)
    async with app.run_test(size=size) as pilot:
        await gallery(pilot, app)
        await press(pilot, ["tab", "down", "enter", "down"])
        shown = cells(app)
    assert shown == picture("gallery", size, shown)


async def test_enter_opens_a_copy_with_nothing_to_take_back_to() -> None:
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await gallery(pilot, app)
        cases = [case for case in gallery_cases(shipped()) if case is not None]
        assert f"{len(cases)} cases" in says(screen.field)
        await press(pilot, ["down", "down", "enter"])
        state = state_of(app)
        assert state.answers == cases[2].answers
        assert not state.would_lose
        assert cases[2].title in says(app.screen.query_one("#footer"))
        await press(pilot, ["u"])
        assert state_of(app).answers == cases[2].answers


async def test_it_asks_before_answers_are_lost() -> None:
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["1"])
        mine = state_of(app).answers
        await gallery(pilot, app)
        await press(pilot, ["enter"])
        assert isinstance(app.screen, AskScreen)
        await press(pilot, ["n"])
        assert state_of(app).answers == mine
        await gallery(pilot, app)
        await press(pilot, ["enter", "y"])
        assert state_of(app).answers != mine


async def test_letters_look_for_words_and_escape_takes_them_back_then_closes() -> None:
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await gallery(pilot, app)
        await press(pilot, [*"jaw"])
        assert "jaw" in says(screen.field)
        assert "No case holds these words" in told(screen.cases)
        await press(pilot, ["backspace", "backspace", "backspace", *"lung"])
        assert all("ung" in line for line in [says(screen.field), says(screen.case)])
        await press(pilot, ["escape"])
        assert "type to search" in says(screen.field)
        await press(pilot, ["escape"])
        assert not isinstance(app.screen, GalleryScreen)
        assert not state_of(app).answers


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
async def test_what_cases_show_is_chosen_at_every_size(size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        screen = await gallery(pilot, app)
        await press(pilot, ["tab", "down"])
        assert screen.facets.display
        assert screen.facets.cursor == f"facet:{FacetKind.DIFFERENCE}:"
        shown, of = says(screen.field).split()[-3::2]
        assert 0 < int(shown) < int(of)
        await press(pilot, ["enter"])
        assert screen.focused is screen.cases
        assert "Sources differ" in told(screen.case)
        await press(pilot, ["enter"])
        assert state_of(app).answers


async def test_it_is_reached_from_the_result() -> None:
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["1", "N"])
        assert "Gallery of cases" in told(case_screen(app).question)
        await press(pilot, ["end", "enter"])
        assert isinstance(app.screen, GalleryScreen)


def test_an_alert_that_is_only_to_be_checked_is_not_told_as_certain() -> None:
    """No case is told that a danger is there while an answer that decides it is missing."""
    pathway = shipped().pathway
    seen = set()
    for case in gallery_cases(shipped()):
        assert case is not None
        shown = " ".join(
            "".join(span.text for span in line.spans)
            for line in lay_out(case_rows(pathway, case), 300)
        )
        for each, standing in case.showing.alerts.items():
            alert = pathway.alerts[each]
            seen.add((alert.level, standing))
            level = LEVEL_WORDS[alert.level]
            certain = f"{level}: {alert.title}" in shown
            assert certain is (standing is AlertState.RAISED)
            assert (f"To check: {alert.title}" in shown) is (standing is AlertState.CHECK)
    assert {standing for level, standing in seen if level is AlertLevel.EMERGENCY} == set(
        AlertState
    )
