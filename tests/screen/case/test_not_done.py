"""A question of which "not done" is an answer, as a person answers it on the screen."""

from decimal import Decimal

import pytest

from tests.screen.driving import TODAY, WIDE, case_screen, cells, press, says, state_of, text_of
from tests.small import park, prostate
from wizard.case.answers import (
    MULTI_NOT_DONE,
    NUMBER_NOT_DONE,
    UNKNOWN,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
)
from wizard.case.raw import parse_answer
from wizard.engine.compiling import Compiled
from wizard.screen.app import WizardApp
from wizard.screen.case import transitions
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import new_case


def at(compiled: Compiled, factor: str, **given: object) -> WizardApp:
    """The app at one question."""
    factors = compiled.pathway.factors
    answers = Answers({name: parse_answer(factors[name], raw) for name, raw in given.items()})
    state = new_case(compiled, TODAY)
    for name, answer in answers.items():
        state = transitions.take(state, name, answer)
    return WizardApp(CaseScreen(compiled, transitions.go_to(state, factor)))


async def test_a_dash_says_that_a_number_was_not_measured() -> None:
    app = at(prostate(), "psa")
    async with app.run_test(size=WIDE) as pilot:
        question = case_screen(app).question
        assert "-  Not measured" in text_of(question)
        await press(pilot, ["minus"])
        assert state_of(app).answers["psa"] == NUMBER_NOT_DONE
        await press(pilot, ["b"])
        assert state_of(app).asked == "psa"
        assert "-  ✓ Not measured" in text_of(question)
        assert "Recorded" not in text_of(question)
        await press(pilot, ["1", "2", "enter", "b"])
        assert state_of(app).answers["psa"] == NumberAnswer(Decimal(12))
        assert "Recorded: 12 ng/mL" in says(question)
        assert "-  Not measured" in text_of(question)


async def test_a_dash_behind_a_number_belongs_to_it() -> None:
    app = at(prostate(), "psa")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["4", "minus", "6"])
        assert state_of(app).draft.typed == "4-6"
        assert "psa" not in state_of(app).answers


async def test_a_list_that_was_not_looked_at_says_nothing_of_its_members() -> None:
    app = at(park(), "fungus_parts", damage=["fungus"])
    async with app.run_test(size=WIDE) as pilot:
        question = case_screen(app).question
        assert "-  Not looked at" in text_of(question)
        await press(pilot, ["minus"])
        assert state_of(app).answers["fungus_parts"] == MULTI_NOT_DONE
        await press(pilot, ["b"])
        assert "-  ✓ Not looked at" in text_of(question)
        assert "Confirm" not in text_of(question)
        await press(pilot, ["1", "enter"])
        present = MultiAnswer(frozenset({"root"}), frozenset())
        assert state_of(app).answers["fungus_parts"] == present


@pytest.mark.parametrize("key", ["3", "minus"])
async def test_a_choice_has_it_as_its_last_value(key: str) -> None:
    app = at(park(), "nest")
    async with app.run_test(size=WIDE) as pilot:
        assert "3  Not looked for" in text_of(case_screen(app).question)
        await press(pilot, [key])
        assert state_of(app).answers["nest"] == ChoiceAnswer(frozenset({"not_done"}))


async def test_where_it_is_no_answer_a_dash_answers_nothing() -> None:
    app = at(park(), "growth")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["minus"])
        assert state_of(app).answers.get("growth", UNKNOWN) == UNKNOWN
        assert "That it was not done is not an answer" in cells(app)
