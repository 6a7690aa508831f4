"""The tour over a real case, and how it is offered to who is here for the first time."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.screen.driving import TODAY, case_screen, press, says, shipped, state_of, wizard
from tests.small import small
from wizard.screen.case.tour import TourScreen, tour_stops
from wizard.screen.shared.keys import Refused
from wizard.screen.start import wizard_app

ON = ("enter", "space", "right")


async def test_it_goes_over_every_stop_and_gives_the_case_as_it_was() -> None:
    app = wizard()
    stops = tour_stops(shipped(), TODAY)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["1", "tab"])
        before, column = state_of(app), case_screen(app).focused
        await press(pilot, ["T"])
        for number, stop in enumerate(stops):
            assert isinstance(app.screen, TourScreen)
            assert stop.says.split(":")[0] in says(app.screen.words)
            assert state_of(app) == stop.state
            await press(pilot, [ON[number % 3]])
        assert app.screen is case_screen(app)
        assert state_of(app) == before
        assert case_screen(app).focused is column
        await press(pilot, ["u"])
        assert not state_of(app).answers


async def test_left_goes_back_and_no_farther_than_the_first_stop() -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["T", "right", "left", "left"])
        assert isinstance(app.screen, TourScreen)
        assert "Tour 1 of" in says(app.screen.words)


@pytest.mark.parametrize("key", ["q", "1", "escape", "x", "asterisk", "ctrl+c", "R"])
async def test_any_other_key_leaves_it_and_does_nothing_else(key: str) -> None:
    app = wizard()
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, ["1"])
        before = state_of(app)
        await press(pilot, ["T", "enter", "enter", "enter", key])
        assert app.screen is case_screen(app)
        assert state_of(app) == before
        assert app.is_running


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
async def test_the_offer_is_a_line_and_digits_answer_at_once(size: tuple[int, int]) -> None:
    app = wizard_app(shipped(), TODAY, newcomer=True)
    async with app.run_test(size=size) as pilot:
        notices = case_screen(app).notices
        assert "here?" in says(notices)
        await press(pilot, ["1"])
        assert state_of(app).answers
        assert "here?" not in says(notices)
        await press(pilot, ["u"])
        assert "here?" not in says(notices)


@pytest.mark.parametrize("keys", [["escape"], ["T", "q"], ["R"]])
async def test_the_offer_goes_when_it_is_put_away_or_taken(keys: list[str]) -> None:
    app = wizard_app(shipped(), TODAY, newcomer=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, keys)
        gone = keys != ["R"]
        assert ("here?" not in says(case_screen(app).notices)) is gone


async def test_a_click_takes_what_is_offered() -> None:
    app = wizard_app(shipped(), TODAY, newcomer=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("#notices", offset=(20, 0))
        await pilot.pause()
        assert isinstance(app.screen, TourScreen)


async def test_nobody_else_is_offered_anything() -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "here?" not in says(case_screen(app).notices)


def test_a_pathway_without_cases_has_no_tour(tmp_path: Path) -> None:
    pathway = replace(small().pathway, folder=str(tmp_path))
    with pytest.raises(Refused, match="no case"):
        tour_stops(replace(small(), pathway=pathway), TODAY)
