"""The search over everything, in both places, at every size."""

import pytest
from textual import events
from textual.pilot import Pilot

from tests.screen.driving import (
    TODAY,
    WIDE,
    all_lines,
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
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import Topic
from wizard.screen.practice.screen import PracticeScreen
from wizard.screen.shared.search import MOST_SHOWN
from wizard.screen.start import wizard_app


async def choose(app: WizardApp, pilot: Pilot[None], target: str) -> None:
    """Go down to a hit, and choose it."""
    for _ in range(MOST_SHOWN):
        if case_screen(app).reading.cursor == target:
            break
        await press(pilot, ["down"])
    assert case_screen(app).reading.cursor == target
    await press(pilot, ["enter"])


async def test_what_is_typed_fast_after_a_search_is_opened_goes_into_it() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1"])
        for key, letter in (("slash", "/"), *((each, each) for each in "PRRT")):
            app.post_message(events.Key(key, letter))
        await pilot.pause()
        assert state_of(app).search == "PRRT"
        assert len(app.screen_stack) == 1, "R is a letter here, and begins no new case"


async def test_a_search_without_a_hit_leads_to_what_the_documents_leave_out() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["slash", *"xqz"])
        assert "Nothing fits that" in says(case_screen(app).reading)
        await press(pilot, ["enter"])
        overlay = state_of(app).overlay
        assert overlay is not None
        assert overlay.topic is Topic.INTENDED_USE
        shown = all_lines(case_screen(app).reading)
        assert any("WHAT THE DOCUMENTS LEAVE OUT" in line for line in shown)


async def test_search_marks_what_matched_and_opens_it() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["slash", *"sunit"])
        assert "Option Sunitinib" in says(case_screen(app).reading)
        await press(pilot, ["enter"])
        overlay = state_of(app).overlay
        assert overlay is not None
        assert (overlay.topic, overlay.subject) == (Topic.OPTION, "sunitinib")
        await press(pilot, ["ctrl+p"])
        first = next(line for line in all_lines(case_screen(app).reading) if "Option" in line)
        assert "Sunitinib" in first, "what was chosen lately comes first"


async def test_letters_in_order_find_a_name() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["slash", *"evrlms", "enter"])
        overlay = state_of(app).overlay
        assert overlay is not None
        assert overlay.subject == "everolimus"


async def test_a_claim_is_found_by_its_id_and_read_in_full() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["slash", *"ics-37"])
        assert "ICS-37, " in says(case_screen(app).reading)
        await press(pilot, ["enter"])
        shown = told(case_screen(app).reading)
        assert "RESTS ON IT" in shown
        assert "Targeted therapy" in shown


async def test_an_answer_that_is_found_is_gone_to_and_not_given() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["f2", *"pancreas"])
        await choose(app, pilot, "answer:site:pancreas")
        state = state_of(app)
        assert (state.asked, dict(state.answers)) == ("site", {})
        assert case_screen(app).question.cursor == "value:pancreas"


async def test_an_action_is_done_and_what_cannot_be_done_says_why() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["f2", *"intended", "enter"])
        overlay = state_of(app).overlay
        assert overlay is not None
        assert overlay.topic is Topic.INTENDED_USE
        await press(pilot, ["escape", "f2", *"export"])
        assert "There is no answer yet to export." in says(case_screen(app).reading)
        await choose(app, pilot, "do:export")
        assert "There is no answer yet to export." in says(case_screen(app).footer)


async def test_what_is_dead_stands_behind_what_is_alive() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["f2"])
        lines = told(case_screen(app).reading)
        assert lines.index("Intended use") < lines.index("There is no answer yet to export.")


async def test_a_theme_is_chosen() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["f2", *"mdt-light", "enter"])
        assert app.theme == "mdt-light"


async def test_a_case_of_the_pathway_is_opened() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["slash", *"lung_nec_confined_not_fast", "enter"])
        assert state_of(app).answers
        assert "A copy of:" in says(case_screen(app).footer)


async def test_in_practice_what_is_of_the_case_says_so_and_tells_nothing() -> None:
    app = wizard_app(shipped(), TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["f7", "slash", *"everol"])
        screen = app.screen
        assert isinstance(screen, PracticeScreen)
        assert "This is of the case place: F6 goes there." in says(screen.reading)
        assert "Claim" not in says(screen.reading)
        await press(pilot, ["enter"])
        assert screen.state.sheet is None
        assert "This is of the case place" in says(screen.footer)
        await press(pilot, ["ctrl+p", *"place_case", "enter"])
        assert isinstance(app.screen, CaseScreen)


WAYS = {
    "search": ["1", "slash", *"liv"],
    "search_before": ["1", "ctrl+p"],
    "search_by_other_words": ["slash", *"prrt"],
}


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
@pytest.mark.parametrize("name", WAYS)
async def test_the_search_is_as_it_was_reviewed(name: str, size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, WAYS[name])
        shown = cells(app)
    assert shown == picture(name, size, shown)
