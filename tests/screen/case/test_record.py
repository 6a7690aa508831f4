"""The team's own record on the screen: chosen, reasoned, asked, dated, undone, and held anew."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.screen.driving import (
    TODAY,
    WIDE,
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
from tests.small import small
from wizard.case.answers import NO_ANSWERS
from wizard.case.decisions import (
    NO_DECISIONS,
    Choice,
    Decision,
    Decisions,
    ToFindOut,
    record_in_version,
)
from wizard.case.files import read_case
from wizard.case.journal import Journal, left_cases
from wizard.case.log import Did
from wizard.opened_cases import opened_case
from wizard.pathway.model import Pathway, Status
from wizard.record import replace
from wizard.report.moment import Moment, moment
from wizard.screen.app import WizardApp
from wizard.screen.case import recording
from wizard.screen.case.history import History, undone
from wizard.screen.case.opened import begun_of
from wizard.screen.case.record import RecordScreen
from wizard.screen.case.record_rows import ASKED, OFFER, offered
from wizard.screen.case.resuming import resumed
from wizard.screen.case.saving import Format, rendered
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import State, new_case
from wizard.screen.case.transitions import not_known
from wizard.screen.case.versions import in_version
from wizard.screen.shared.keys import Refused
from wizard.wording.recording import ABOUT, TITLE

TO_GROWTH = ["1", "1", "asterisk", "3", "1", "enter"]
OPTIONS = tuple(shipped().pathway.options)
FIRST, SECOND, THIRD = OPTIONS[:3]


def record_of(app: WizardApp) -> Decisions:
    return state_of(app).decisions


def dialogue(app: WizardApp) -> RecordScreen:
    screen = app.screen
    assert isinstance(screen, RecordScreen)
    return screen


async def retyped(pilot: Pilot[None], text: str) -> None:
    letters = ["space" if letter == " " else letter for letter in text]
    await press(pilot, ["ctrl+u", *letters, "enter"])


# --- what the keys do ------------------------------------------------------------------------


async def test_a_choice_is_a_key_and_space_goes_through_all() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d"])
        assert says(dialogue(app).head) == f"{TITLE} {ABOUT}"
        found = []
        for key in ("1", "2", "3", "0", *["space"] * 4):
            await press(pilot, [key])
            found.append(record_of(app).of(FIRST).choice)
        through = [Choice.CHOSEN, Choice.NOT_CHOSEN, Choice.DEFERRED, None]
        assert found == through * 2
        assert record_of(app) == NO_DECISIONS, "a record that says nothing has no date either"
        await press(pilot, ["down", "1", "down", "enter", "escape"])
        assert record_of(app).options == (
            Decision(SECOND, Choice.CHOSEN),
            Decision(THIRD, Choice.CHOSEN),
        )
        assert record_of(app).date == TODAY
        assert not isinstance(app.screen, RecordScreen)


async def test_options_stand_in_their_fixed_order_with_what_is_described_beside() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d", "end", "up", "up"])
        before = told(dialogue(app).record)
        await press(pilot, ["1"])
        pathway = state_of(app).pathway
        places = [before.index(option.label) for option in pathway.options.values()]
        assert places == sorted(places)
        statuses = [each.status for each in state_of(app).assessment.options.values()]
        for status, shown in (
            (Status.DESCRIBED, "● described"),
            (Status.POSSIBLE, "◐ depends on further answers"),
            (Status.NOT_DESCRIBED, "○ not described"),
        ):
            assert before.count(shown) == statuses.count(status) > 0


async def test_the_mouse_does_what_the_keys_do() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d"])
        lines = cells(app).splitlines()
        row = next(n for n, line in enumerate(lines) if "Surgery" in line)
        await pilot.click(offset=(10, row))
        assert record_of(app).options == (Decision("surgery", Choice.CHOSEN),)
        footer = lines[-1]
        await pilot.click(offset=(footer.index("not chosen") + 1, len(lines) - 1))
        assert record_of(app).options == (Decision("surgery", Choice.NOT_CHOSEN),)
        await pilot.click(offset=(footer.index("esc"), len(lines) - 1))
        assert not isinstance(app.screen, RecordScreen)


async def test_a_departure_asks_for_a_reason_and_forces_none() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d", "1"])
        assert "Goes beyond what is described. No reason given. r gives one." in told(
            dialogue(app).record
        )
        await press(pilot, ["r"])
        assert "No names or numbers of a person." in cells(app)
        await retyped(pilot, "they asked for it")
        assert record_of(app).of(FIRST).reason == "they asked for it"
        assert "Goes beyond what is described. “they asked for it”" in told(dialogue(app).record)
        await press(pilot, ["r", "ctrl+u", "x", "escape"])
        assert record_of(app).of(FIRST).reason == "they asked for it", "esc leaves it as it was"
        await press(pilot, ["escape"])
        assert not isinstance(app.screen, RecordScreen)


async def test_text_that_tells_of_a_person_is_warned_about_once() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d", "1", "r", *"9434765919", "enter"])
        assert "This looks like an NHS number. Enter again keeps it so." in cells(app)
        assert record_of(app).of(FIRST).reason == ""
        await press(pilot, ["enter"])
        assert record_of(app).of(FIRST).reason == "9434765919"


async def test_what_to_find_out_is_offered_and_may_be_in_own_words() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d"])
        open_questions = offered(state_of(app))
        assert open_questions[0] == "growth_rate"
        dialogue(app).record.place_cursor(f"{OFFER}growth_rate")
        await press(pilot, ["enter", *"radiologist", "enter"])
        assert record_of(app).find_out == (ToFindOut("growth_rate", owner="radiologist"),)
        assert "growth_rate" not in offered(state_of(app))
        assert "Growth rate (owner: “radiologist”)" in told(dialogue(app).record)
        dialogue(app).record.place_cursor(OFFER)
        await press(pilot, ["enter", *"Scan?", "enter", "enter"])
        assert record_of(app).find_out[1] == ToFindOut(question="Scan?")
        dialogue(app).record.place_cursor(f"{ASKED}1")
        await press(pilot, ["r", *"surgeon", "enter"])
        assert record_of(app).find_out[1] == ToFindOut(question="Scan?", owner="surgeon")
        await press(pilot, ["0"])
        assert len(record_of(app).find_out) == 1
        assert record_of(app).date == TODAY


async def test_the_date_is_todays_at_first_and_can_be_another_or_none() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d"])
        assert "None: nothing is recorded." in told(dialogue(app).record)
        await press(pilot, ["1", "end", "enter"])
        assert "2026-11-21" in cells(app)
        await retyped(pilot, "20.11.2026")
        assert "This is not a date: one such as 2026-11-21 is." in cells(app)
        await press(pilot, ["enter"])
        await retyped(pilot, "2026-11-20")
        assert str(record_of(app).date) == "2026-11-20"
        await press(pilot, ["enter", "ctrl+u", "enter"])
        assert record_of(app).date is None
        assert record_of(app).options


async def test_undo_in_the_record_is_apart_from_undo_of_answers() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d", "1", "2", "u"])
        assert record_of(app).of(FIRST).choice is Choice.CHOSEN
        await press(pilot, ["u", "u"])
        assert "There is no change of the record to take back." in cells(app)
        await press(pilot, ["ctrl+r", "escape"])
        answers = state_of(app).answers
        await press(pilot, ["u"])
        assert state_of(app).answers != answers
        assert record_of(app).of(FIRST).choice is Choice.CHOSEN
        await press(pilot, ["ctrl+r", "d", "u"])
        assert state_of(app).answers == answers
        assert not record_of(app)


async def test_a_record_of_other_answers_says_so_and_changes_only_once_it_is_held() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d", "1", "escape", "u"])
        before = record_of(app)
        screen = case_screen(app)
        assert "The team's record (d): it was made for other answers." in says(screen.notices)
        await press(pilot, ["d", "2"])
        assert "It was made for other answers. h holds it, as it is, for these." in cells(app)
        assert record_of(app) == before
        assert "Sites of spread: Liver, the rest not known then, not answered now" in told(
            dialogue(app).record
        )
        await press(pilot, ["h"])
        assert record_of(app).options == before.options
        assert record_of(app).stood != before.stood
        await press(pilot, ["2"])
        assert record_of(app).of(FIRST).choice is Choice.NOT_CHOSEN
        await press(pilot, ["u", "u", "escape"])
        assert record_of(app) == before


async def test_the_alerts_are_read_from_the_record_too() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d"])
        assert "To check: Surgery or a biopsy" in says(dialogue(app).crisis)
        await press(pilot, ["a"])
        assert not isinstance(app.screen, RecordScreen)
        assert state_of(app).overlay is not None


# --- what becomes of it ----------------------------------------------------------------------


async def test_a_record_that_was_not_exported_is_asked_about_and_never_goes_to_a_new_case() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d", "1", "escape", "R"])
        assert "What this one holds is" in cells(app)
        await press(pilot, ["y"])
        assert not record_of(app)
        assert not state_of(app).decisions_before


async def test_a_kept_case_keeps_its_record() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d", "1", "escape", "K", "enter", "R"])
        assert not record_of(app)
        await press(pilot, ["K", "enter"])
        assert record_of(app).options == (Decision(FIRST, Choice.CHOSEN),)


@pytest.mark.slow
async def test_reports_have_the_record(tmp_path: Path) -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d", "1", "escape", "x", "3"])
        await retyped(pilot, str(tmp_path / "case.json"))
        await press(pilot, [])
        state = state_of(app)
    assert not state.would_lose
    data = json.loads((tmp_path / "case.json").read_text())
    assert data["record"]["options"] == {FIRST: {"choice": "chosen", "reason": None}}
    for form in (Format.TEXT, Format.MARKDOWN):
        said = rendered(state.situation, form, state.decisions)
        assert TITLE.lower() in said.lower()


async def test_a_saved_case_has_its_record_and_opens_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d", "1", "escape", "s", "enter"])
        assert not state_of(app).would_lose
        await press(pilot, ["d", "r", *"why", "enter", "escape"])
        assert state_of(app).would_lose, "a change of the record is to be saved, too"
        await press(pilot, ["s", "u"])
        record = record_of(app)
        assert record.of(FIRST).reason == "why"
    (path,) = (tmp_path / "data").rglob("*.yaml")
    written = path.read_text("utf-8")
    assert f'    {FIRST}: {{choice: chosen, reason: "why"}}\n' in written
    assert written.index("\nstanding:") < written.index("\nrecord:") < written.index("\nlog:")
    case = read_case(path, shipped().pathway)
    assert case.decisions == record
    assert [each.did for each in case.log].count(Did.RECORDED) == 2
    opened = opened_case(path, shipped(), moment(os.environ, TODAY))
    assert begun_of(opened, shipped()).state.decisions == record


async def test_a_record_comes_back_after_a_crash(tmp_path: Path) -> None:
    state = new_case(shipped(), TODAY)
    journal = Journal(tmp_path)
    app = WizardApp(CaseScreen(shipped(), state, journal=journal))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, [*TO_GROWTH, "d", "1", "r", *"why", "enter", "down", "2", "u", "escape"])
        record = record_of(app)
        assert len(record.options) == 1
        journal.end(clean=False)
        (left,) = left_cases(tmp_path)
        when = Moment(datetime(2026, 11, 22, tzinfo=UTC), TODAY)
        back = resumed(shipped(), when, left).state
        assert back.decisions == record
        assert back.would_lose
        assert [each.did for each in left.log].count(Did.RECORDED) == 4


# --- states ----------------------------------------------------------------------------------


def decided(state: State) -> State:
    return recording.choose(state, next(iter(state.pathway.options)), Choice.CHOSEN)


STEPS = st.lists(st.sampled_from(["answer", "decide", "ask", "undo", "redo", "hold"]), max_size=12)


@given(STEPS)
def test_nothing_that_follows_from_answers_knows_of_a_record(steps: list[str]) -> None:
    alone = beside = new_case(small(), TODAY)
    for number, step in enumerate(steps):
        if step == "answer" and alone.asked is not None:
            alone, beside = not_known(alone), not_known(beside)
        else:
            try:
                beside = _stepped(beside, step, number)
            except Refused:
                continue
    assert beside.situation == alone.situation
    assert beside.assessment == alone.assessment
    assert (beside.asked, beside.trail, beside.moved) == (alone.asked, alone.trail, alone.moved)
    for option, explained in alone.situation.explained.options.items():
        same = beside.situation.explained.options[option]
        assert (same.reasons, same.changes) == (explained.reasons, explained.changes)


def _stepped(state: State, step: str, number: int) -> State:
    match step:
        case "decide":
            return decided(state)
        case "ask":
            return recording.ask(state, ToFindOut(question=f"{number}?"))
        case "undo":
            return recording.undone(state)
        case "redo":
            return recording.redone(state)
        case _:
            return recording.hold(state)


def test_the_answers_are_taken_back_without_the_record() -> None:
    first = new_case(small(), TODAY)
    state = decided(not_known(first))
    history = History(past=())
    with pytest.raises(Refused, match="no answer or mark"):
        undone(history, state)
    assert state.answers != NO_ANSWERS
    assert decided(state) is state, "what is so already is no step"


def test_a_record_goes_into_another_version() -> None:
    old = small()
    state = recording.ask(decided(new_case(old, TODAY)), ToFindOut("kind"))
    option = state.decisions.options[0].option

    def renamed(pathway: Pathway) -> Pathway:
        options = {
            f"{name}_2" if name == option else name: each for name, each in pathway.options.items()
        }
        return replace(pathway, options=options, former={f"option {option}": f"{option}_2"})

    compiled = replace(old, pathway=renamed(old.pathway))
    moved = record_in_version(state.decisions, old.pathway, compiled.pathway)
    assert moved.options == (Decision(f"{option}_2", Choice.CHOSEN),)
    assert in_version(state, old).decisions == state.decisions


# --- pictures --------------------------------------------------------------------------------

PICTURES = {
    "record": [*TO_GROWTH, "d", "1", "down", "2", "down", "3", "r", *"later", "enter"],
    "record_stale": [*TO_GROWTH, "d", "1", "down", "2", "escape", "u", "d"],
    "record_reason": [*TO_GROWTH, "d", "1", "r", *"why"],
}


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
@pytest.mark.parametrize("name", PICTURES)
async def test_the_record_is_as_it_was_reviewed(name: str, size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, PICTURES[name])
        shown = cells(app)
    assert shown == picture(name, size, shown)
