"""What is kept of practice: the log and what is odd in it, rounds that were left, progress."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from tests.screen.driving import (
    WIDE,
    press,
    says,
    shipped,
    told,
)
from tests.screen.practice.practising import answer, practising, stage_of
from wizard.practice.log import Log, log_path
from wizard.practice.log_rows import LoggedTask
from wizard.practice.planning import TASKS
from wizard.practice.schedule import Grade, ItemReview
from wizard.practice.tasks import TaskKind
from wizard.screen.app import WizardApp
from wizard.screen.practice.keeping import Keeper
from wizard.screen.practice.screen import PracticeScreen
from wizard.screen.practice.state import Stage
from wizard.screen.practice.tasks import ROUND

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


async def test_a_log_that_cannot_be_used_is_told_and_practice_goes_on() -> None:
    log_path().parent.mkdir(parents=True)
    log_path().write_bytes(b"something else" * 500)
    app, screen = practising()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Not kept: what you finish now." in says(screen.task_pane)
        await press(pilot, ["enter"])
        await answer(pilot, screen)
        screen.finish()
        await pilot.pause()
        assert "could not be kept" in says(screen.footer)
        await press(pilot, ["enter"])
        assert screen.state.stage in (Stage.ASKED, Stage.MARKED)
        assert len(screen.state.done) == 1
    assert screen.finish().startswith("one finished task could not be kept:")
    assert log_path().read_bytes().startswith(b"something else")


async def test_a_log_with_an_odd_row_is_told_and_not_added_to() -> None:
    log = Log(log_path())
    pathway = shipped().pathway.id
    task = LoggedTask(NOW, pathway, "1", "x", TaskKind.REASON, None, 1, 2, 0, 0, ())
    log.keep(pathway, [task])
    with closing(sqlite3.connect(log.path, isolation_level=None)) as connection:
        connection.execute("UPDATE task SET hit = 'many'")
    before = log.path.read_bytes()
    app, screen = practising()
    async with app.run_test(size=WIDE) as pilot:
        shown = " ".join(says(screen.task_pane).split())
        assert "Not kept: what you finish now." in shown
        assert "hit is 'many', where a whole number from 0 to 100000 was expected" in shown
        assert "`mdt-wizard practise --delete` deletes all of it" in shown
        await press(pilot, ["enter"])
        await answer(pilot, screen)
        assert len(screen.state.done) == 1
    assert screen.finish().startswith("one finished task could not be kept:")
    assert log.path.read_bytes() == before


async def test_a_review_from_the_future_is_told() -> None:
    at = datetime.now(UTC) + timedelta(days=4000)
    reviews = (ItemReview(at, "claim/x", "m", Grade.GOOD),)
    pathway = shipped().pathway.id
    task = LoggedTask(at, pathway, "1", "x", TaskKind.REASON, None, 1, 2, 0, 0, reviews)
    Log(log_path()).keep(pathway, [task])
    app, screen = practising()
    future = "One review in the log is dated in the future: a clock was wrong."
    async with app.run_test(size=WIDE) as pilot:
        assert future in " ".join(says(screen.task_pane).split())
        await press(pilot, ["p"])
        assert future in " ".join(says(screen.reading).split())


async def test_a_round_that_was_left_goes_on_in_the_next_run() -> None:
    app, screen = practising()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["enter"])
        await answer(pilot, screen)
        await press(pilot, ["enter", "n"])
        left = screen.state.round
    assert screen.finish() == ""
    app, screen = practising(seed=12)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "Go on with the round that was left" in says(screen.task_pane)
        assert screen.task_pane.cursor == ROUND  # what enter begins; the round that was left is r
        await press(pilot, ["r"])
        assert screen.state.round == left
        assert len(Log(log_path()).tasks()) == 1
        while screen.state.stage is not Stage.SUMMARY:
            await answer(pilot, screen)
            await press(pilot, ["enter"])
        await press(pilot, ["r"])
        assert "No round was left" in says(screen.footer)
    assert screen.finish() == ""
    assert len(Log(log_path()).tasks()) == TASKS
    assert Log(log_path()).unfinished(shipped().pathway.id) is None


async def test_a_round_that_was_ended_goes_on_and_another_takes_its_place_once_answered() -> None:
    app, screen = practising()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["enter"])
        await answer(pilot, screen)
        marked = screen.state.round
        await press(pilot, ["e", "y"])
        assert stage_of(screen) is Stage.SUMMARY
        await press(pilot, ["enter", "enter", "e", "y"])
        assert stage_of(screen) is Stage.START
        await press(pilot, ["r"])
        assert screen.state.round == marked
        await press(pilot, ["e", "y", "enter", "enter"])
        await answer(pilot, screen)
        assert screen.state.unfinished is not None
        assert screen.state.unfinished.draw == screen.state.draw


async def test_progress_opens_before_a_long_log_is_read_and_fills_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Keeper, "long", True)
    begun, opened, words = Event(), Event(), "Working out the rest"

    def past(_keeper: Keeper, _pathway: str) -> tuple[LoggedTask, ...]:
        begun.set()
        assert opened.wait(30)
        return ()

    monkeypatch.setattr(Keeper, "past", past)
    app, screen = practising()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["p"])
        assert begun.is_set()
        assert words in told(screen.reading)
        opened.set()
        for _ in range(500):
            if words not in told(screen.reading):
                break
            await pilot.pause()
        assert words not in told(screen.reading)
        assert screen.state.past == ()


async def test_progress_has_kinds_options_days_a_chart_and_what_is_next() -> None:
    opened = practising()[1].state
    pathway = shipped().pathway
    done = tuple(
        LoggedTask(NOW - timedelta(days=day), pathway.id, "1", "x", kind, None, 1, 2, 0, 0, ())
        for day in (3, 1, 0)
        for kind in (TaskKind.OPTIONS, TaskKind.REASON)[: day + 1]
    )
    keeper = Keeper(Log(log_path()))
    screen = PracticeScreen(replace(opened, done=done), keeper, now=lambda: NOW)
    app = WizardApp(screen)
    async with app.run_test(size=(120, 60)) as pilot:
        await press(pilot, ["p"])
        assert screen.chart.data == (*[0] * 10, 2, 0, 2, 1)
        assert screen.chart.display
        shown = says(screen.reading)
        for words in ("NEXT", "not begun", "BY KIND OF TASK", "3 of 3", "BY OPTION", "BY DAY"):
            assert words in shown, words
        for option in pathway.options.values():
            assert option.label.split(" (")[0] in shown
