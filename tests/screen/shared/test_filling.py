"""Views that take long: they open with what is known, and nothing of earlier answers fills them."""

from collections.abc import Iterator
from threading import Event

import pytest

from tests.screen.driving import case_screen, press, shipped, state_of, told, until, wizard
from wizard.screen.app import WizardApp
from wizard.screen.case import drawing, options, reading
from wizard.screen.case.options import ToldBefore, options_view
from wizard.screen.case.state import State, Topic
from wizard.screen.shared.filling import WORKING
from wizard.screen.shared.pane import Pane, View
from wizard.screen.shared.rows import Row, text

SIZE = (120, 36)
LONGEST = 30
"""Seconds until a view that nobody lets go on fails its test."""


class Gate:
    """A view that waits in its thread until the test lets it go on."""

    def __init__(self) -> None:
        self.begun = Event()
        self.opened = Event()

    def wait(self) -> None:
        self.begun.set()
        assert self.opened.wait(LONGEST)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Every view is made as in a large pathway; the gate is open when the test ends."""
    monkeypatch.setattr(drawing, "AT_ONCE", -1)
    made = Gate()
    yield made
    made.opened.set()


def slow_what_if(monkeypatch: pytest.MonkeyPatch, gate: Gate) -> None:
    """The view of what if waits at the gate."""

    def rows(state: State, _subject: str) -> tuple[Row, ...]:
        gate.wait()
        return (text(f"Worked out of {len(state.answers)} answers."),)

    monkeypatch.setitem(reading._TOPICS, Topic.WHAT_IF, rows)


def waits(pane: Pane) -> bool:
    return WORKING.cells[0].spans[0].text in told(pane)


async def test_a_slow_view_opens_at_once_with_what_is_known_and_fills(
    monkeypatch: pytest.MonkeyPatch, gate: Gate
) -> None:
    slow_what_if(monkeypatch, gate)
    app = wizard()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, ["1", "W"])
        pane = case_screen(app).reading
        assert waits(pane)
        gate.opened.set()
        await until(pilot, lambda: "Worked out of 1 answers." in told(pane))
        assert not waits(pane)


async def test_a_key_is_done_while_a_view_is_worked_out_and_its_result_is_dropped(
    monkeypatch: pytest.MonkeyPatch, gate: Gate
) -> None:
    slow_what_if(monkeypatch, gate)
    app = wizard()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, ["1", "W"])
        assert gate.begun.is_set()
        await press(pilot, ["escape", "asterisk"])
        assert len(state_of(app).answers) == 2
        await press(pilot, ["question_mark"])
        gate.opened.set()
        pane = case_screen(app).reading
        help_shown = told(pane)
        await press(pilot, ["down", "escape", "question_mark"])
        await press(pilot, ["escape"])
        await until(pilot, lambda: not lists_wait(app))
        await press(pilot, ["question_mark"])
        assert told(pane) == help_shown
        assert "Worked out" not in help_shown


async def test_the_lists_stand_at_once_and_never_tell_reasons_of_earlier_answers(
    monkeypatch: pytest.MonkeyPatch, gate: Gate
) -> None:
    made: list[int] = []

    def slow(state: State, width: int, before: ToldBefore) -> View:
        if not made:
            made.append(len(state.answers))
            gate.wait()
        return options_view(state, width, before)

    app = wizard()
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: not lists_wait(app))
        monkeypatch.setattr(options, "options_view", slow)
        await press(pilot, ["1"])
        assert made == [1]
        assert lists_wait(app)
        assert labels_told(app)
        await press(pilot, ["2"])
        assert lists_wait(app)
        assert labels_told(app)
        gate.opened.set()
        await until(pilot, lambda: not lists_wait(app))
        shown = told(case_screen(app).options)
    monkeypatch.undo()
    plain = wizard()
    async with plain.run_test(size=SIZE) as pilot:
        await press(pilot, ["1", "2"])
        assert told(case_screen(plain).options) == shown


async def test_the_end_of_the_walk_fills_with_what_to_find_out_first(
    monkeypatch: pytest.MonkeyPatch, gate: Gate
) -> None:
    assert not gate.begun.is_set()
    app = wizard()
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, ["1", "N"])
        assert state_of(app).asked is None
        question = case_screen(app).question
        await until(pilot, lambda: not waits(question))
        shown = told(question)
    monkeypatch.undo()
    plain = wizard()
    async with plain.run_test(size=SIZE) as pilot:
        await press(pilot, ["1", "N"])
        assert told(case_screen(plain).question) == shown


def lists_wait(app: WizardApp) -> bool:
    return "Working out why" in told(case_screen(app).options)


def labels_told(app: WizardApp) -> bool:
    """Whether every option stands in the lists, by its long or short name."""
    shown = told(case_screen(app).options)
    options = shipped().pathway.options.values()
    return all(each.label in shown or (each.short or each.label) in shown for each in options)
