"""What explains a case on the screen: reasons, changes, what if, documents, before and now."""

import pytest
from textual.pilot import Pilot

from tests.screen.driving import (
    TODAY,
    case_screen,
    cells,
    lines_of,
    picture,
    press,
    says,
    shipped,
    state_of,
    told,
    told_otherwise,
    wizard,
)
from wizard.case.answers import ChoiceAnswer
from wizard.case.files import read_case
from wizard.engine.compiling import compile_pathway
from wizard.pathway.load import shipped_folder
from wizard.pathway.model import Status
from wizard.reasoning.reasons import sufficient_reasons
from wizard.reasoning.settling import conclusion, most_settling_first, settling
from wizard.reasoning.what_if import what_if
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import Overlay, Topic, new_case
from wizard.screen.case.transitions import take
from wizard.screen.shared.pane import Pane
from wizard.wording.concluding import settles_text
from wizard.wording.text import counted

WIDE, SMALL = (120, 36), (80, 24)
TO_EXTENT = ["1", "1", "asterisk"]
"""NET, pancreas, size not known: at the question of spread."""


def at(case: str) -> WizardApp:
    """The app where a case of the pathway was answered."""
    found = read_case(shipped_folder() / "cases" / f"{case}.yaml", shipped().pathway)
    state = new_case(shipped(), TODAY)
    for factor, answer in found.answers.items():
        state = take(state, factor, answer)
    return WizardApp(CaseScreen(shipped(), state))


async def card_of(pilot: Pilot[None], app: WizardApp, option: str) -> Pane:
    """The card of an option, found by its name."""
    await press(pilot, ["slash", *option, "enter"])
    assert state_of(app).overlay == Overlay(Topic.OPTION, option)
    return case_screen(app).reading


# --- the option card -------------------------------------------------------------------------


async def test_the_shortest_reason_shows_and_one_key_shows_the_others() -> None:
    app = at("bowel_net_advanced_removable_progressing")
    async with app.run_test(size=WIDE) as pilot:
        card = await card_of(pilot, app, "atezolizumab")
        assert "These answers alone decide it: the tumour is a neuroendocrine tumour" in told(card)
        assert "It would be the same with Tumour type: NET, or" in told(card)
        assert "These alone decide it as well" not in told(card)
        assert "One more reason, enough alone" in told(card)
        await press(pilot, ["m"])
        assert "These alone decide it as well: the tumour began in the bowel" in told(card)
        await press(pilot, ["m"])
        assert "These alone decide it as well" not in told(card)
        state = state_of(app)
        found = sufficient_reasons(
            shipped(), state.answers, shipped().options["atezolizumab"]
        ).reasons
        assert len(found) == 2


async def test_a_statement_that_does_not_match_tells_what_stopped_it_the_nearest_first() -> None:
    app = at("bowel_net_advanced_removable_progressing")
    async with app.run_test(size=WIDE) as pilot:
        card = await card_of(pilot, app, "everolimus")
        shown = told(card)
        near, far = shown.index("does not match, one answer"), shown.index("two answers away")
        assert near < shown.index("CRT-22 ·") < far < shown.index("CRT-21 ·")
        assert "Stopped because the tumour began in the bowel" in shown
        assert "Only one document speaks of it." not in shown, "other claims stand on its card"
        assert "No two documents differ on it for these answers." in shown
        assert "Does not match: Cancer Research UK 2025" in shown


async def test_what_would_change_it_is_a_question_and_leads_to_the_questions() -> None:
    app = at("bowel_net_advanced_removable_progressing")
    async with app.run_test(size=WIDE) as pilot:
        card = await card_of(pilot, app, "everolimus")
        await press(pilot, ["e"])
        shown = told(card)
        assert "With which other answers would the documents describe Everolimus?" in shown
        assert "They are not advice on what to do." in shown
        assert "Spread: Has spread (now: Not spread, but the team calls it" in shown
        assert "These keep the facts: Tumour type; Site" in shown
        card.place_cursor("factor:extent")
        await press(pilot, ["enter"])
        assert state_of(app).asked == "extent"
        assert state_of(app).overlay is None


async def test_facts_stay_until_a_key_releases_them() -> None:
    app = at("bowel_net_advanced_removable_progressing")
    async with app.run_test(size=WIDE) as pilot:
        card = await card_of(pilot, app, "atezolizumab")
        await press(pilot, ["e"])
        assert "With none that keep these facts" in told(card)
        assert "Lung (now: Bowel)" not in told(card)
        await press(pilot, ["l"])
        assert "Lung (now: Bowel)" in told(card)
        await press(pilot, ["l"])
        assert "Lung (now: Bowel)" not in told(card)
        await press(pilot, ["l", "escape"])
        assert not state_of(app).released


@pytest.mark.parametrize("key", ["m", "l"])
async def test_a_key_of_the_card_says_elsewhere_why_it_does_nothing(key: str) -> None:
    app = wizard()
    async with app.run_test(size=SMALL) as pilot:
        before = state_of(app)
        await press(pilot, [key])
        assert state_of(app) is before
        assert app.screen.query_one("#footer")
        assert ("Nothing is left out here." if key == "m" else "Open an option first") in cells(app)


# --- what if ---------------------------------------------------------------------------------


async def test_an_alternative_is_looked_at_and_taken_with_one_key() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_EXTENT, "w"])
        before = state_of(app)
        shown = told(case_screen(app).reading)
        assert "It is not advice on what to do." in shown
        assert "→ Has spread + described: Somatostatin analogue, Chemotherapy" in shown
        await press(pilot, ["enter"])
        assert state_of(app).answers == before.answers, "enter alone takes nothing"
        await press(pilot, ["down", "enter"])
        taken = state_of(app)
        first = what_if(shipped(), before.answers, "extent", before.assessment).alternatives
        assert taken.answers["extent"] in {each.answer for each in first}
        assert taken.overlay is None
        assert "v shows what changed" in cells(app)


async def test_escape_leaves_the_case_as_it_is() -> None:
    app = wizard()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, [*TO_EXTENT, "w", "down", "down", "escape"])
        state = state_of(app)
        assert (state.asked, state.overlay) == ("extent", None)
        assert "extent" not in state.answers


async def test_a_click_takes_the_alternative_that_was_clicked() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_EXTENT, "3", "b", "w"])
        lines = lines_of(case_screen(app).reading)
        row = next(number for number, line in enumerate(lines) if line.strip() == "→ Not spread")
        await pilot.click("#reading", offset=(8, row + 1))
        await pilot.pause()
        assert state_of(app).answers["extent"] == ChoiceAnswer(frozenset({"not_spread"}))


async def test_a_number_is_not_made_up_but_asked() -> None:
    app = wizard()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, ["1", "1", "w", "down", "enter"])
        state = state_of(app)
        assert (state.asked, state.overlay) == ("tumour_size", None)
        assert "tumour_size" not in state.answers


async def test_every_answer_has_its_alternatives_in_one_view() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["W"])
        assert state_of(app).overlay is None
    app = at("bowel_net_advanced_removable_progressing")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["W"])
        state, pane = state_of(app), case_screen(app).reading
        shown = told(pane)
        for factor in state.answers:
            pane.place_cursor(f"look:{factor}")
            assert pane.cursor == f"look:{factor}"
        assert "a fact that cannot change" in shown
        assert "→ Fast + described: Chemotherapy" in shown
        pane.place_cursor("look:extent")
        await press(pilot, ["enter"])
        assert state_of(app).overlay == Overlay(Topic.WHAT_IF, "extent")
        await press(pilot, ["escape"])
        assert state_of(app).overlay == Overlay(Topic.WHAT_IF)
        assert pane.cursor == "look:extent"


# --- what to find out first ------------------------------------------------------------------


async def test_open_questions_stand_by_what_they_settle_and_the_walk_stays() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1"])
        state = state_of(app)
        found = settling(shipped(), state.answers, state.assessment)
        best = most_settling_first(found)
        screen = case_screen(app)
        opening = len(conclusion(state.assessment).open)
        own = next(each for each in found if each.factor == state.asked)
        words = settles_text(own, opening)
        verb = "settles" if own.least == own.most else "could settle"
        assert f"An answer {verb} {counted(own.most, 'option')}." in told(screen.question)
        await press(pilot, ["F"])
        for each in best:
            assert screen.reading.cursor == f"factor:{each.factor}"
            await press(pilot, ["down"])
        await press(pilot, ["home"])
        assert words in told(screen.reading)
        await press(pilot, ["enter"])
        assert state_of(app).asked == best[0].factor != state.asked


async def test_how_much_is_settled_is_always_in_sight() -> None:
    app = wizard()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, [*TO_EXTENT, "3"])
        options = state_of(app).assessment.options.values()
        settled = sum(each.status is not Status.POSSIBLE for each in options)
        assert f"{settled} of {len(options)} options settled" in cells(app)
        await press(pilot, ["F"])
        line = f"{settled} of {len(options)} options are settled, whatever the missing answers"
        assert line in told(case_screen(app).reading)
        await press(pilot, ["escape", "o"])
        assert "options settled" not in cells(app)


# --- documents, before and now ---------------------------------------------------------------


async def test_each_document_alone_has_its_own_lists() -> None:
    app = at("bowel_net_spread_new_diagnosis")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["D"])
        pane = case_screen(app).reading
        shown = told(pane)
        assert "WHERE THE DOCUMENTS DIFFER 1 → Targeted therapy" in shown
        assert "Sources differ: Two documents describe targeted therapy differently" in shown
        assert "● Matches: Interferon alpha States no condition: one option" in shown
        await press(pilot, ["m"])
        assert "Silent: Active surveillance, Surgery" in told(pane)
        pane.place_cursor("option:targeted_therapy")
        await press(pilot, ["enter"])
        assert state_of(app).overlay == Overlay(Topic.OPTION, "targeted_therapy")


async def test_the_case_stands_beside_itself_as_it_was() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["v"])
        assert "There is nothing before to compare with" in cells(app)
        await press(pilot, [*TO_EXTENT, "K", "enter", "1", "b", "3", "v"])
        last, kept = told(case_screen(app).reading).split("SINCE IT WAS KEPT AS “NET, PANCREAS”")
        assert "≠ Spread Not spread Has spread" in last
        assert "≠ Spread not answered Has spread" in kept
        assert "≠ Embolisation of the not described depends on further" in last
        assert "≠ Embolisation" not in kept
        assert "≠ Everolimus depends on further described answers" in kept
        assert "Clinical trial" not in last
        await press(pilot, ["m"])
        assert "Clinical trial described described" in told(case_screen(app).reading)


async def test_answers_that_change_nothing_differ_in_nothing() -> None:
    app = wizard()
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, ["1", "K", "enter", "v"])
        assert "SINCE THE LAST ANSWER" in told(case_screen(app).reading)
        assert "SINCE IT WAS KEPT AS “NET” Nothing differs." in told(case_screen(app).reading)


# --- all of them -----------------------------------------------------------------------------

VIEWS = {
    "what_if": [*TO_EXTENT, "w"],
    "what_if_case": [*TO_EXTENT, "3", "W"],
    "first": [*TO_EXTENT, "F"],
    "documents": [*TO_EXTENT, "3", "D"],
    "compare": [*TO_EXTENT, "3", "v"],
    "why_not": ["1", "tab", "end", "up", "up", "up", "e", "m"],
}


async def test_text_is_shown_literally() -> None:
    hostile = "[@click=app.quit]x[/] [/ [Lu-177]"
    compiled = compile_pathway(told_otherwise(shipped().pathway, hostile))
    for name, keys in VIEWS.items():
        app = wizard(compiled)
        async with app.run_test(size=(150, 50)) as pilot:
            await press(pilot, keys)
            assert state_of(app).overlay is not None, name
            assert hostile in cells(app), name
            assert app.return_code is None


async def test_long_text_is_whole_in_a_narrow_terminal() -> None:
    text = "Long label " * 27 + "end"
    compiled = compile_pathway(told_otherwise(shipped().pathway, text))
    for name, keys in VIEWS.items():
        app = wizard(compiled)
        async with app.run_test(size=(40, 12)) as pilot:
            await press(pilot, keys)
            reading = case_screen(app).reading
            assert "…" not in told(reading), name
            assert told(reading), name


@pytest.mark.parametrize("size", [WIDE, SMALL])
@pytest.mark.parametrize("name", ["what_if", "first", "compare", "documents"])
async def test_the_view_is_as_it_was_reviewed(name: str, size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, VIEWS[name])
        shown = cells(app)
    assert shown == picture(name, size, shown)


async def test_help_judges_the_keys_of_what_lies_under_it() -> None:
    app = wizard()
    async with app.run_test(size=(120, 150)) as pilot:
        await press(pilot, ["question_mark"])
        told = says(case_screen(app).reading)
        assert "Close this first" not in told
        assert "Nothing lies over the case" not in told
        assert "There is no answer yet to export" in told
        await press(pilot, ["escape", "1", "question_mark"])
        assert "There is no answer yet to export" not in says(case_screen(app).reading)
        await press(pilot, ["escape", "tab", "enter", "question_mark"])
        told = says(case_screen(app).reading)
        assert "Choose an answer by its number (Close this first: esc)" in told
        assert "Choose an option first" not in told
