"""Undo and redo over answers and marks: where the case was, kept within the state."""

from typing import Final

from wizard.case.answers import Answers
from wizard.reasoning.case_diff import moved
from wizard.record import Record, replace
from wizard.screen.case.state import Draft, State
from wizard.screen.shared.keys import Refused

MOST_KEPT: Final = 200
"""The most steps to take back; more would let memory grow with the number of keys."""


class HistoryEntry(Record):
    """A point that undo goes back to: answers, the question asked, and what was marked in it."""

    answers: Answers
    asked: str | None
    trail: tuple[str, ...]
    draft: Draft


class History(Record):
    """The moments before this one, the last one last, and those that were taken back from."""

    past: tuple[HistoryEntry, ...] = ()
    future: tuple[HistoryEntry, ...] = ()


NO_HISTORY: Final = History()


class Begun(Record):
    """A case that is opened at a state, and what can be taken back of it."""

    state: State
    history: History = NO_HISTORY


def recorded(history: History, before: State, after: State) -> History:
    """The history after a step; only answers and marks count, and a new step ends what was redone.

    What is typed has its own way back, and moving among questions changes nothing.
    """
    marks_moved = before.asked == after.asked and _marks(before) != _marks(after)
    if before.answers == after.answers and not marks_moved:
        return history
    return History((*history.past, _moment(before))[-MOST_KEPT:])


def undone(history: History, state: State) -> tuple[History, State]:
    """The case as it was before the last step.  Raises Refused where there is none."""
    if not history.past:
        raise Refused("There is no answer or mark to take back.")
    *past, last = history.past
    return History(tuple(past), (*history.future, _moment(state))), _at(state, last)


def redone(history: History, state: State) -> tuple[History, State]:
    """The case as it was before it was taken back.  Raises Refused where nothing was."""
    if not history.future:
        raise Refused("Nothing was taken back.")
    *future, following = history.future
    return History((*history.past, _moment(state)), tuple(future)), _at(state, following)


def _marks(state: State) -> object:
    return state.draft.marked, state.draft.members


def _moment(state: State) -> HistoryEntry:
    draft = Draft(marked=state.draft.marked, members=state.draft.members)
    return HistoryEntry(state.answers, state.asked, state.trail, draft)


def _at(state: State, moment: HistoryEntry) -> State:
    now = state.situation
    if moment.answers != now.answers:
        now = now.after(moment.answers)
    return replace(
        state,
        situation=now,
        asked=moment.asked,
        trail=moment.trail,
        draft=moment.draft,
        moved=moved(state.assessment, now.assessment),
        by_save=False,
        overlays=(),
        previous=state.answers if moment.answers != state.answers else state.previous,
    )
