"""The case as a person uses it: keys, mouse, sizes."""

from dataclasses import replace

import pytest
from textual import events

from tests.reasoning.records import HERE, a_choice, a_statement, an_option, pathway, rule
from tests.screen.driving import (
    SIZES,
    WIDE,
    all_lines,
    case_screen,
    cells,
    lines_of,
    press,
    says,
    shipped,
    state_of,
    text_of,
    wizard,
)
from tests.small import factor_of
from wizard.case.answers import UNKNOWN, ChoiceAnswer, MultiAnswer
from wizard.engine.compiling import compile_pathway
from wizard.pathway.factors import ChoiceFactor, MultiFactor
from wizard.pathway.model import Status
from wizard.pathway.trees import AtLeast, OneOf, Requirement
from wizard.reasoning.assessing import assess
from wizard.screen.app import WizardApp
from wizard.screen.case.keys import KEYS
from wizard.screen.case.state import Topic
from wizard.wording.statuses import STATUS_TITLES

TO_SURGERY = ["1", "1", "asterisk", "3", "1", "enter"]
"""NET, pancreas, size not known, spread, to the liver: at the question of growth."""


async def test_a_case_is_answered_with_digits_alone_from_the_first_second() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", "asterisk", "3", "1", "enter", *["asterisk"] * 10])
        state = state_of(app)
        assert state.asked is None
        assert state.answers["spread_sites"] == MultiAnswer(frozenset({"liver"}), frozenset())
        assert "4 answers known, 9 not known; 14 of 18 options settled." in says(
            case_screen(app).question
        )


@pytest.mark.parametrize("size", SIZES)
async def test_the_three_lists_are_always_there_with_their_counts(size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, ["3", "tab"])
        pane = case_screen(app).options
        shown = [line.strip() for line in all_lines(pane)]
        options = state_of(app).assessment.options.values()
        for status, title in STATUS_TITLES.items():
            count = sum(each.status is status for each in options)
            short = title.upper().split()[0]
            assert any(short in line and line.endswith(str(count)) for line in shown), title


async def test_enter_on_an_option_tells_why_and_what_each_document_states() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "tab", "enter"])
        option = app.screen.query_one("#reading")
        assert state_of(app).overlay is not None
        assert "WHAT EACH DOCUMENT STATES" in text_of(option)
        await press(pilot, ["escape"])
        assert state_of(app).overlay is None
        assert case_screen(app).options.has_focus


async def test_document_and_section_of_an_option_are_two_keys_away() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["tab", "c"])
        first = next(
            each
            for each in shipped().pathway.options.values()
            if state_of(app).assessment.options[each.id].status is Status.DESCRIBED
        )
        claim = shipped().pathway.claims[next(iter(first.statements.values())).claims[0]]
        shown = says(case_screen(app).reading)
        assert shipped().pathway.sources[claim.source].title in shown
        assert claim.section.split(">")[0].strip() in shown
        assert claim.id in shown


async def test_the_tree_lights_the_path_of_this_case() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "tab", "enter", "t"])
        shown = text_of(app.screen.query_one("#reading"))
        assert "▶ in every case" in shown


async def test_why_names_the_options_that_depend_and_enter_opens_one() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["e"])
        assert "16 options still depend on it" in says(case_screen(app).reading)
        await press(pilot, ["down", "down", "enter"])
        overlay = state_of(app).overlay
        assert overlay is not None
        assert overlay.topic is Topic.OPTION


async def test_go_to_reaches_any_question_and_loses_no_answer() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_SURGERY, "g", "end", "enter"])
        state = state_of(app)
        assert state.asked == "medicines"
        assert state.answers["extent"] == ChoiceAnswer(frozenset({"spread"}))
        await press(pilot, ["b"])
        assert state_of(app).asked == "growth_rate"


@pytest.mark.parametrize("size", SIZES[1:])
async def test_the_map_opens_over_the_case_where_there_is_no_column_for_it(
    size: tuple[int, int],
) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, ["1", "g", "up", "enter"])
        assert state_of(app).asked == "tumour_type"
        assert state_of(app).overlay is None
        assert case_screen(app).question.has_focus


async def test_typing_narrows_a_long_list_and_digits_choose_in_it() -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["g", "end", "up", "enter", "f", *"depr", "1"])
        assert state_of(app).draft.members == MultiAnswer(frozenset({"depression"}), frozenset())
        await press(pilot, ["escape"])
        assert "Pregnancy" in cells(app)
        await press(pilot, ["r"])
        answer = state_of(app).answers["general_health"]
        assert isinstance(answer, MultiAnswer)
        asked = factor_of(state_of(app).pathway, "general_health", MultiFactor)
        assert answer.absent == asked.members.keys() - {"depression"}


async def test_a_letter_that_is_no_command_narrows_a_list_of_more_than_five() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        question = case_screen(app).question
        await press(pilot, ["p"])
        assert state_of(app).draft.filter is None, "the first question has three answers"
        await press(pilot, ["1"])
        assert "f  Find in this list by typing" in text_of(question)
        await press(pilot, ["h"])
        assert state_of(app).draft.filter == "h"
        assert "Show only: h" in text_of(question)
        await press(pilot, ["backspace", *"pan", "backspace"])
        assert state_of(app).draft.filter == "pa", "a letter that is a command is typed here"
        assert "1  Pancreas" in text_of(question)
        assert "not shown; esc shows all" in says(question)
        await press(pilot, ["1"])
        assert state_of(app).asked != "site"
        await press(pilot, ["b", "b"])
        assert state_of(app).asked == "tumour_type", "b is back, not a letter of a word"


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        (["slash", *"pan"], "the search"),
        (["1", "f", *"pan"], "the filter of a list of which one is chosen"),
        (["g", "end", "enter", "f", *"live"], "the filter of a list of which several are marked"),
        (["1", "1", "1", "2"], "a number that is begun"),
    ],
)
async def test_the_footer_tells_no_letter_while_letters_are_typed(
    keys: list[str], field: str
) -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, keys)
        told = {key.display for key in case_screen(app).footer_keys()}
        assert not {each for each in told if len(each) == 1 and each.isalpha()}, field
        assert "esc" in told, field
        await press(pilot, ["q"])
        assert len(app.screen_stack) == 1, "q is a letter here, and asks nothing"


async def test_enter_says_so_where_it_has_nothing_to_open() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "w", "enter"])
        assert "Choose first, with the arrows." in says(case_screen(app).footer)
        await press(pilot, ["down", "enter"])
        assert state_of(app).answers.keys() == {"tumour_type", "site"}
        await press(pilot, ["question_mark", "enter"])
        assert "Nothing opens from here." in says(case_screen(app).footer)


async def test_other_words_narrow_a_list_and_are_named_as_ours() -> None:
    pathway = shipped().pathway
    site = factor_of(pathway, "site", ChoiceFactor)
    lung = replace(site.values["lung"], also=("bronchus",))
    site = replace(site, values={**site.values, "lung": lung})
    own = replace(pathway, factors={**pathway.factors, "site": site})
    app = wizard(compile_pathway(own))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "f", *"bron"])
        assert "Lung found by: bronchus, a word of ours" in says(case_screen(app).question)


async def test_every_member_of_a_long_list_is_reached_by_moving() -> None:
    app = wizard()
    async with app.run_test(size=(40, 12)) as pilot:
        await press(pilot, ["g", "end", "up", "enter", *["down"] * 24])
        assert case_screen(app).question.cursor == "value:lung_symptoms"
        assert "Lung symptoms" in cells(app)
        await press(pilot, ["space", "enter"])
        answer = state_of(app).answers["general_health"]
        assert answer == MultiAnswer(frozenset({"lung_symptoms"}), frozenset())


async def test_a_number_field_lets_every_other_key_through() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", "2", "comma", "5"])
        assert state_of(app).draft.typed == "2,5"
        await press(pilot, ["backspace", "question_mark"])
        assert state_of(app).draft.typed == "2,"
        overlay = state_of(app).overlay
        assert overlay is not None
        assert overlay.topic is Topic.HELP
        await press(pilot, ["escape", "4", "enter"])
        assert str(state_of(app).answers["tumour_size"]) == "NumberAnswer(value=Decimal('2.4'))"


async def test_a_refused_number_stays_to_be_mended() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", *"9999", "enter"])
        assert "out of bounds" in says(case_screen(app).footer)
        assert state_of(app).asked == "tumour_size"
        assert state_of(app).draft.typed == "9999"


async def test_resizing_while_typing_loses_nothing() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", "4"])
        for size in ((40, 12), (80, 24), (200, 60), (10, 4), (120, 36)):
            await pilot.resize_terminal(*size)
            await press(pilot, ["2"])
        assert state_of(app).draft.typed == "422222"
        await press(pilot, ["backspace"] * 4)
        await press(pilot, ["enter"])
        assert str(state_of(app).answers["tumour_size"]) == "NumberAnswer(value=Decimal('42'))"


async def test_a_group_is_chosen_by_its_digit() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "8"])
        group = next(iter(factor_of(shipped().pathway, "site", ChoiceFactor).groups.values()))
        assert state_of(app).answers["site"] == ChoiceAnswer(frozenset(group.values))


async def test_after_a_mark_digits_mark_and_enter_confirms() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "down", "space", "6"])
        assert "one of those marked" in says(case_screen(app).question)
        await press(pilot, ["enter"])
        assert state_of(app).answers["site"] == ChoiceAnswer(frozenset({"pancreas", "lung"}))


async def test_what_an_answer_moved_is_marked_until_the_next() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["2"])
        lines = all_lines(case_screen(app).options)
        assert any(line.split()[:2] == ["-", "Surgery"] for line in lines)
        assert "nearer to described" in " ".join(" ".join(lines).split())
        await press(pilot, ["asterisk"])
        assert not any(
            line.split()[:1] in (["-"], ["+"]) for line in all_lines(case_screen(app).options)
        )


async def test_the_lists_are_hidden_until_asked_for() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["o"])
        assert "Everolimus" not in cells(app)
        assert "o shows them" in says(case_screen(app).options)
        await press(pilot, ["o"])
        assert "Everolimus" in cells(app)


async def test_the_intended_use_greets_and_is_one_key_away_afterwards() -> None:
    app = wizard()
    greeting = " ".join(shipped().pathway.intended_use.split())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        shown = " ".join(text_of(case_screen(app).question).split())
        assert greeting in shown
        assert case_screen(app).question.has_focus
        await press(pilot, ["1"])
        assert greeting not in " ".join(text_of(case_screen(app).question).split())
        await press(pilot, ["i"])
        assert greeting in says(case_screen(app).reading)


async def test_a_greyed_key_says_why() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        for key, why in (
            ("b", "This is the first question."),
            ("t", "Choose an option first"),
            ("n", "This question takes one answer"),
            ("x", "There is no answer yet"),
            ("9", "There is no answer 9 here."),
        ):
            await press(pilot, [key])
            assert why in says(case_screen(app).footer)


@pytest.mark.slow
@pytest.mark.parametrize("key", [key.keys.split(",")[0] for key in KEYS])
@pytest.mark.parametrize("before", [[], TO_SURGERY, ["tab", "enter"]])
async def test_no_key_is_dead(key: str, before: list[str]) -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, before)
        screens, shown, focus = len(app.screen_stack), cells(app), app.focused
        await press(pilot, [key])
        left = app.return_code is not None
        assert (
            left or len(app.screen_stack) != screens or cells(app) != shown or app.focused != focus
        )


async def test_help_tells_every_key_and_every_mark() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["question_mark"])
        told = " ".join(all_lines(case_screen(app).reading))
        assert all(key.tooltip in " ".join(told.split()) for key in KEYS if len(key.tooltip) < 40)
        assert all(mark in told for mark in "●◐○✓✗❯·–×~⚠")


# --- the crisis ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_crisis_is_in_sight_at_every_size_and_over_everything(
    size: tuple[int, int],
) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, ["g", "end", *["up"] * 5, "enter"])
        assert state_of(app).asked == "problems"
        await press(pilot, ["1", "enter"])
        for keys in ([], ["question_mark"], ["escape", "tab", "end"], ["enter"], ["x"], ["escape"]):
            await press(pilot, keys)
            words = " ".join(text_of(case_screen(app).crisis).replace(" a reads", "").split())
            level = "⚠ MAY BE LIFE-THREATENING: " if size[1] >= 20 else "⚠ "
            assert words.startswith(f"{level}Surgery or a biopsy")
            assert "carcinoid crisis" in words or size[0] < 60
            assert f"{level}Surgery" in cells(app), keys


async def test_raised_and_to_check_differ_in_words_and_a_low_screen_takes_one_line() -> None:
    app = wizard()
    async with app.run_test(size=(40, 12)) as pilot:
        await press(pilot, ["1"])
        assert text_of(case_screen(app).crisis).startswith("⚠ To check")
        assert case_screen(app).crisis.size.height == 1
        await press(pilot, ["g", *["up"] * 20, *["down"] * 7, "enter"])
        assert state_of(app).asked == "problems"
        await press(pilot, ["1", "r"])
        assert text_of(case_screen(app).crisis).startswith("⚠ Surgery or a biopsy")
        assert case_screen(app).crisis.size.height == 1


async def test_other_alerts_stand_in_their_list_and_open_with_their_claims() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", "enter", "3", "asterisk", "tab", "end", "enter"])
        overlay = state_of(app).overlay
        assert overlay is not None
        assert overlay.topic is Topic.ALERTS
        assert shipped().pathway.alerts[overlay.subject or ""].claims[0] in cells(app)


# --- mouse -----------------------------------------------------------------------------------


async def test_the_mouse_answers_opens_goes_and_presses_the_footer() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert await pilot.click("#question", offset=place(app, "question", "Neuroendocrine carc"))
        assert state_of(app).answers["tumour_type"] == ChoiceAnswer(frozenset({"nec"}))
        await pilot.click("#options", offset=place(app, "options", "Chemotherapy"))
        overlay = state_of(app).overlay
        assert overlay is not None
        assert overlay.subject == "chemotherapy"
        await pilot.click("#footer", offset=place(app, "footer", "close"))
        assert state_of(app).overlay is None
        await pilot.click("#map", offset=place(app, "map", "Tumour type"))
        assert state_of(app).asked == "tumour_type"
        await pilot.click("#question", offset=place(app, "question", "Not known"))
        assert state_of(app).answers["tumour_type"] == UNKNOWN
        await pilot.click("#crisis", offset=(4, 0))
        overlay = state_of(app).overlay
        assert overlay is not None
        assert overlay.topic is Topic.ALERTS


def place(app: WizardApp, pane: str, text: str) -> tuple[int, int]:
    """Where a text stands in a widget, its border counted."""
    widget = case_screen(app).query_one(f"#{pane}")
    for y, line in enumerate(lines_of(widget)):
        if text in line:
            return line.index(text) + widget.gutter.left + 1, y + widget.gutter.top
    message = f"{text} is not in {pane}"
    raise AssertionError(message)


# --- leaving ---------------------------------------------------------------------------------


async def test_quit_asks_only_if_answers_would_be_lost() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "q"])
        assert "What this case holds" in cells(app)
        await press(pilot, ["n"])
        assert app.return_code is None
        await press(pilot, ["ctrl+q", "y"])
        assert app.return_code is not None
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["q"])
        assert app.return_code is not None


async def test_a_new_case_asks_and_begins_again() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "R", "y"])
        assert not state_of(app).answers
        assert state_of(app).asked == "tumour_type"


async def test_nothing_is_mounted_for_a_question() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        before = list(case_screen(app).walk_children())
        await press(
            pilot, [*TO_SURGERY, "g", "up", "enter", "asterisk", "tab", "enter", "t", "escape"]
        )
        assert list(case_screen(app).walk_children()) == before


async def test_two_hundred_rapid_answers_are_right() -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(200):
            app.simulate_key(str(number % 3 + 1) if number % 4 else "b")
        await pilot.pause()
        state = state_of(app)
        assert len(state.answers) > 1
        assert state.assessment == assess(shipped(), state.answers)
        assert all_lines(case_screen(app).question)[0].strip() or state.asked is None


async def test_enter_alone_answers_nothing_and_says_what_to_press() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        assert case_screen(app).question.cursor is None
        await press(pilot, ["enter"] * 24)
        assert not state_of(app).answers
        assert "press * for not known" in says(case_screen(app).footer)
        await press(pilot, ["0"])
        assert not state_of(app).answers
        assert "* is not known" in says(case_screen(app).footer)
        await press(pilot, ["down", "enter"])
        assert "tumour_type" in state_of(app).answers


async def test_the_next_question_opens_on_no_answer_where_it_has_one_of_the_same_id() -> None:
    factors = {each: a_choice(each, ["yes", "no"]) for each in ("one", "other")}
    met = (Requirement(each, (OneOf(("yes",)),), negated=False, position=HERE) for each in factors)
    option = an_option({"s": a_statement("s", rule(AtLeast(2, tuple(met), HERE)))})
    made = pathway(factors, {"o": option}, {}, {})
    document = next(iter(shipped().pathway.sources.values()))
    app = wizard(compile_pathway(replace(made, sources={"DOC": document})))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1"])
        assert state_of(app).asked == "other"
        assert case_screen(app).question.cursor is None


async def test_a_pasted_size_in_another_unit_stays_in_the_box_and_is_refused() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1"])
        app.screen.post_message(events.Paste("3.2 cm"))
        await pilot.pause()
        assert "3.2 cm▏" in says(case_screen(app).question)
        await press(pilot, ["enter"])
        assert "tumour_size" not in state_of(app).answers
        assert "3.2 cm▏" in says(case_screen(app).question)
        assert '"3.2 cm" is not a number' in says(case_screen(app).footer)
        await press(pilot, ["escape", "less_than_sign", "2", "0", "m", "m", "enter"])
        assert "below 20 mm" in says(case_screen(app).map)


@pytest.mark.parametrize("size", SIZES)
async def test_what_an_answer_raised_is_in_sight_at_that_answer(size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, [*TO_SURGERY, "g", "end", "up", "enter", "down", "space", "enter"])
        raised = "now raised" if size[0] > 40 else "now raise"
        assert "general_health" in state_of(app).answers
        assert raised in says(case_screen(app).notices), says(case_screen(app).notices)
        assert "(a)" in says(case_screen(app).notices)
        await press(pilot, ["asterisk"])
        assert raised not in says(case_screen(app).notices)
        await press(pilot, ["tab"])
        assert "Not described is not unsuitable" in says(case_screen(app).notices)


async def test_the_result_offers_what_to_find_out_first_as_choices() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", "asterisk", "3", "1", "enter", *["asterisk"] * 10])
        assert "no question" not in says(case_screen(app).map).casefold()
        assert any("Fuller answers to" in line for line in all_lines(case_screen(app).map))
        await press(pilot, ["down", "enter"])
        assert state_of(app).asked == "problems"
