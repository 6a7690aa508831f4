"""Undo and redo: whatever was answered or marked is taken back step by step, and done again."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screen.driving import TODAY, press, says, shipped, state_of, wizard
from tests.screen.shared.test_filling import LONGEST
from wizard.case.answers import UNKNOWN
from wizard.pathway.factors import NumberFactor
from wizard.reasoning.assessing import assess
from wizard.screen.case import transitions
from wizard.screen.case.history import MOST_KEPT, History, recorded, redone, undone
from wizard.screen.case.state import State, new_case
from wizard.screen.shared import filling
from wizard.screen.shared.keys import Refused
from wizard.wording.answers import listed_answers

STEPS = st.lists(
    st.tuples(st.sampled_from(("choose", "mark", "confirm", "skip", "back")), st.integers(0, 8)),
    max_size=25,
)


def moved_on(state: State, step: tuple[str, int]) -> State:
    """The state after a step, or as it was where the step is refused."""
    kind, number = step
    factor = state.factor
    if factor is None:
        return state
    items = list(listed_answers(factor)) if not isinstance(factor, NumberFactor) else []
    try:
        match kind:
            case "choose" | "mark" if items:
                change = transitions.choose if kind == "choose" else transitions.mark
                return change(state, items[number % len(items)])
            case "confirm":
                return transitions.confirm(state)
            case "skip":
                return transitions.not_known(state)
            case "back":
                return transitions.back(state)
    except Refused:
        pass
    return state


def seen(state: State) -> object:
    """What undo brings back."""
    return state.asked, state.answers, state.draft.marked, state.draft.members


@given(STEPS)
def test_everything_is_taken_back_step_by_step_and_done_again(steps: list[tuple[str, int]]) -> None:
    state, history = new_case(shipped(), TODAY), History()
    stood = []
    for step in steps:
        after = moved_on(state, step)
        grown = recorded(history, state, after)
        if grown is not history:
            stood.append(seen(state))
        state, history = after, grown
    at_the_end = seen(state)
    for stand in reversed(stood):
        history, state = undone(history, state)
        assert seen(state) == stand
        assert state.assessment == assess(shipped(), state.answers)
    with pytest.raises(Refused):
        undone(history, state)
    while history.future:
        history, state = redone(history, state)
    assert seen(state) == at_the_end
    assert state.assessment == assess(shipped(), state.answers)


async def test_a_new_case_leaves_nothing_of_the_one_before_to_take_back() -> None:
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["1", "1", "R", "y"])
        assert not state_of(app).answers
        await press(pilot, ["u"])
        assert not state_of(app).answers
        assert "no answer or mark" in says(app.screen.query_one("#footer"))


def test_a_new_answer_ends_what_could_be_done_again() -> None:
    state, history = new_case(shipped(), TODAY), History()
    first = transitions.choose(state, "net")
    history = recorded(history, state, first)
    history, state = undone(history, first)
    history = recorded(history, state, transitions.choose(state, "nec"))
    with pytest.raises(Refused):
        redone(history, state)


def test_memory_does_not_grow_with_the_number_of_keys() -> None:
    state, history = new_case(shipped(), TODAY), History()
    for _ in range(MOST_KEPT + 20):
        after = transitions.take(state, "tumour_type", UNKNOWN)
        after = replace(after, situation=after.situation)
        other = transitions.choose(transitions.go_to(after, "tumour_type"), "net")
        history = recorded(recorded(history, state, after), after, other)
        state = other
    assert len(history.past) == MOST_KEPT


async def test_keys_take_answers_back_and_do_them_again() -> None:
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["1", "1"])
        answered = state_of(app).answers
        await press(pilot, ["u", "u"])
        assert not state_of(app).answers
        await press(pilot, ["u"])
        assert "no answer or mark" in says(app.screen.query_one("#footer"))
        await press(pilot, ["ctrl+r", "ctrl+r"])
        assert state_of(app).answers == answered


def test_the_rest_is_not_known_is_what_saying_so_each_time_is() -> None:
    state = transitions.choose(new_case(shipped(), TODAY), "net")
    at_once = transitions.rest_not_known(state)
    each = state
    while each.asked is not None:
        each = transitions.not_known(each)
    assert at_once.answers == each.answers
    assert at_once.assessment == each.assessment
    assert at_once.asked is None
    with pytest.raises(Refused):
        transitions.rest_not_known(at_once)


def test_what_is_marked_is_answered_before_the_rest_is_not_known() -> None:
    state = transitions.take(new_case(shipped(), TODAY), "extent", UNKNOWN)
    state = transitions.mark(transitions.go_to(state, "spread_sites"), "liver")
    done = transitions.rest_not_known(state)
    assert done.answers["spread_sites"] != UNKNOWN


async def test_a_case_of_three_answers_is_a_written_file_in_ten_keys(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("exports")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(filling, "PATIENCE", LONGEST)
    keys = ["1", "1", "asterisk", "3", "1", "N", "x", "1", "enter"]
    assert len(keys) <= 10
    app = wizard()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, keys)
        assert state_of(app).asked is None
        assert not state_of(app).would_lose
    assert [path.stat().st_size > 0 for path in folder.iterdir()] == [True]
