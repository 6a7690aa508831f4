"""A case that was left comes back: its question, its answers, undo and redo."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.screen.driving import TODAY, WIDE, case_screen, press, says, shipped, state_of
from tests.small import park, small
from wizard.case.answers import Answers
from wizard.case.journal import Journal, Left, left_cases
from wizard.case.log import Did, entry_line, entry_read
from wizard.record import replace
from wizard.report.moment import Moment
from wizard.screen.app import WizardApp
from wizard.screen.case import transitions
from wizard.screen.case.history import History, recorded, redone, undone
from wizard.screen.case.logged import logged, place_of
from wizard.screen.case.question import items_of
from wizard.screen.case.resuming import resumed
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import State, new_case
from wizard.screen.shared.keys import Refused

AT = datetime(2026, 11, 27, 15, 41, tzinfo=UTC)
WHEN = Moment(AT, TODAY)


def left(state: State) -> Left:
    """What a journal holds of a state."""
    log = tuple(entry_read(entry_line(each)) for each in state.log)
    return Left(Path("a.jsonl"), "", log, place_of(state))


def any_step(random: Random, history: History, state: State) -> tuple[History, State]:
    """What a key does, at random; a key that is refused does nothing."""
    items = [] if state.factor is None else list(items_of(state.factor, state))
    steps = {
        "choose": lambda: transitions.choose(state, random.choice(items)),
        "mark": lambda: transitions.mark(state, random.choice(items)),
        "number": lambda: transitions.confirm(transitions.type_number(state, "3")),
        "confirm": lambda: transitions.confirm(state),
        "not known": lambda: transitions.not_known(state),
        "none": lambda: transitions.none_of_these(state),
        "back": lambda: transitions.back(state),
        "go": lambda: transitions.go_to(state, random.choice(list(state.pathway.factors))),
        "rest": lambda: transitions.rest_not_known(state),
    }
    step = random.choice([*steps, "undo", "undo", "redo", "redo"])
    try:
        if step in ("undo", "redo"):
            moved, after = (undone if step == "undo" else redone)(history, state)
            did = Did.UNDONE if step == "undo" else Did.REDONE
            return moved, logged(state, after, AT, did)
        after = steps[step]()
    except (Refused, IndexError):
        return history, state
    return recorded(history, state, after), logged(state, after, AT)


def walked(back: bool, history: History, state: State) -> list[tuple[Answers, str | None]]:
    """The answers that undo (or redo) leads to one after the other, and the questions there.

    Marks that were not confirmed are not kept: where only they differ counts once.
    """
    found: list[tuple[Answers, str | None]] = []
    before = state.answers
    while True:
        try:
            history, state = (undone if back else redone)(history, state)
        except Refused:
            return found
        if state.answers != before:
            found.append((state.answers, state.asked))
        before = state.answers


@given(st.integers(0, 2**32), st.sampled_from(["small", "park"]))
def test_a_case_comes_back_as_it_was_with_all_that_can_be_undone(seed: int, name: str) -> None:
    compiled = small() if name == "small" else park()
    random = Random(seed)
    history, state = History(), new_case(compiled, TODAY)
    for _ in range(random.randrange(30)):
        history, state = any_step(random, history, state)
    if not state.log:
        return
    back = resumed(compiled, WHEN, left(state))
    assert back.state.answers == state.answers
    assert back.state.asked == state.asked
    assert back.state.trail == state.trail
    assert back.state.log == state.log
    assert back.state.would_lose == bool(state.answers)
    for backwards in (True, False):
        ours = [answers for answers, _ in walked(backwards, back.history, back.state)]
        theirs = [answers for answers, _ in walked(backwards, history, state)]
        # A mark ends what can be redone on the screen, and is not kept.
        assert ours[: len(theirs)] == theirs
        assert backwards is False or ours == theirs


def test_a_question_that_is_gone_gives_way_to_the_next_and_an_answer_is_left_out() -> None:
    state = new_case(small(), TODAY)
    state = logged(state, transitions.not_known(state), AT)
    held = left(state)
    log = (replace(held.log[0], what={**held.log[0].what, "answers": {"gone": 1}}), *held.log[1:])
    place = replace(held.place, asked="gone", trail=("gone", "kind"))
    back = resumed(small(), WHEN, replace(held, log=log, place=place)).state
    assert back.answers == state.answers
    assert back.asked == state.asked
    assert back.trail == ("kind",)


# --- the screen keeps each step --------------------------------------------------------------


def kept_wizard(folder: Path) -> WizardApp:
    """The app on a new case that is kept in a journal in a folder."""
    state = new_case(shipped(), TODAY)
    return WizardApp(CaseScreen(shipped(), state, journal=Journal(folder)))


def held(folder: Path) -> Left | None:
    """What the journal of the case that runs holds: let go as by a crash, in a copy."""
    copies = folder.with_name("copies")
    copies.mkdir(exist_ok=True)
    for path in copies.glob("*"):
        path.unlink()
    for path in folder.glob("*.jsonl"):
        (copies / path.name).write_bytes(path.read_bytes())
    return next(iter(left_cases(copies)), None)


async def test_each_key_that_changes_the_case_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "running"
    app = kept_wizard(folder)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["?", "escape", "g", "escape"])
        assert held(folder) is None
        for keys in (["1"], ["1"], ["asterisk"], ["u"], ["ctrl+r"], ["b"], ["b"], ["2"]):
            await press(pilot, keys)
            now = held(folder)
            assert now is not None
            assert (now.log, now.place) == (state_of(app).log, place_of(state_of(app)))
            back = resumed(shipped(), WHEN, now).state
            assert (back.answers, back.asked) == (state_of(app).answers, state_of(app).asked)


async def test_the_tour_and_a_look_around_leave_the_journal_alone(tmp_path: Path) -> None:
    folder = tmp_path / "running"
    app = kept_wizard(folder)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1"])
        before = held(folder)
        await press(pilot, ["T", "space", "space", "escape"])
        await press(pilot, ["o", "o", "a", "escape", "e", "escape"])
        assert held(folder) == before
        assert before is not None
        assert state_of(app).log == before.log


async def test_a_new_case_leaves_nothing_of_the_one_before(tmp_path: Path) -> None:
    folder = tmp_path / "running"
    app = kept_wizard(folder)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1", "1", "R", "y"])
        assert held(folder) is None
        assert state_of(app).log == ()
        await press(pilot, ["2"])
        now = held(folder)
        assert now is not None
        assert len(now.fold.now.answers) == 1
        assert now.fold.past[0].answers == {}


async def test_that_the_case_cannot_be_kept_is_told_once_and_the_wizard_goes_on(
    tmp_path: Path,
) -> None:
    (tmp_path / "running").write_text("in the way")
    app = kept_wizard(tmp_path / "running")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1"])
        assert "Kept nowhere in case of a crash: File exists." in says(case_screen(app).footer)
        await press(pilot, ["1"])
        assert "Kept nowhere" not in says(case_screen(app).footer)
        assert len(state_of(app).answers) == 2


async def test_an_export_is_logged_by_its_format_alone(tmp_path: Path) -> None:
    app = kept_wizard(tmp_path / "running")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["1"])
        case_screen(app)._exported(str(tmp_path / "jane-doe.md"))
        case_screen(app)._exported(str(tmp_path / "jane.doe"))
        await pilot.pause()
        exported = [each.what for each in state_of(app).log if each.did is Did.EXPORTED]
        assert exported == [{"format": "md"}, {"format": "txt"}]
