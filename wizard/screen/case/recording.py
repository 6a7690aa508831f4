"""What happens to the team's own record, a pure function each, with undo and redo of its own.

The record's steps are apart from those of the answers: taking an answer back never takes back what
the team decided, and the other way round.
"""

from collections.abc import Callable
from functools import partial

from wizard.case.decisions import (
    Choice,
    Decisions,
    Now,
    ToFindOut,
    chosen,
    dated,
    day_of,
    dropped,
    held,
    reasoned,
    to_find_out,
)
from wizard.reasoning.recording import now_of
from wizard.record import replace
from wizard.screen.case.history import MOST_KEPT
from wizard.screen.case.state import State
from wizard.screen.shared.keys import Refused
from wizard.wording.recording import stale_text

Step = Callable[[State], State]
"""Something that happens to the record; raises Refused where it does not fit."""

_ORDER = (None, Choice.CHOSEN, Choice.NOT_CHOSEN, Choice.DEFERRED)


def choose(state: State, option: str, choice: Choice | None) -> State:
    """The team's choice of an option is another one, or none."""
    return _changed(state, partial(chosen, option=option, choice=choice))


def choose_next(state: State, option: str) -> State:
    """The choice of an option goes on: chosen, not chosen, deferred, nothing said."""
    place = _ORDER.index(state.decisions.of(option).choice)
    return choose(state, option, _ORDER[(place + 1) % len(_ORDER)])


def give_reason(state: State, option: str, reason: str) -> State:
    """The reason for what is said of an option is another one, or none."""
    return _changed(state, partial(reasoned, option=option, reason=reason))


def ask(state: State, what: ToFindOut, place: int | None = None) -> State:
    """Something more is to be found out, or something else in place of what stands at a place."""
    if what in state.decisions.find_out and place is None:
        raise Refused("That is to be found out already.")
    return _changed(state, partial(to_find_out, what=what, place=place))


def drop(state: State, place: int) -> State:
    """Something is not to be found out any more."""
    return _changed(state, partial(dropped, place=place))


def set_date(state: State, typed: str) -> State:
    """The record has another date, or none."""
    day = day_of(typed)
    if typed and day is None:
        raise Refused(f"This is not a date: one such as {state.situation.today} is.")
    return _changed(state, partial(dated, day=day))


def stale(state: State) -> str:
    """What the record was made for that does not stand any more, in short; else empty."""
    return stale_text(state.situation, state.decisions)


def hold(state: State) -> State:
    """The record is made anew, as it is, for the present answers."""
    if not stale(state):
        raise Refused("It was made for these answers.")
    return _with(state, held(state.decisions, now_of(state.situation)))


def undone(state: State) -> State:
    """The record as it was before its last change."""
    if not state.decisions_before:
        raise Refused("There is no change of the record to take back.")
    *before, last = state.decisions_before
    undone = (*state.decisions_undone, state.decisions)
    return replace(state, decisions=last, decisions_before=tuple(before), decisions_undone=undone)


def redone(state: State) -> State:
    """The record as it was before it was taken back."""
    if not state.decisions_undone:
        raise Refused("Nothing was taken back.")
    *undone, last = state.decisions_undone
    before = (*state.decisions_before, state.decisions)
    return replace(state, decisions=last, decisions_before=before, decisions_undone=tuple(undone))


# --- parts -----------------------------------------------------------------------------------


def _changed(state: State, change: Callable[..., Decisions]) -> State:
    """The state with a change of the record, which must have been made for what stands now."""
    if stale(state):
        raise Refused(f"{stale(state)} h holds it, as it is, for these.")
    now: Now = now_of(state.situation)
    return _with(state, change(state.decisions, now=now))


def _with(state: State, decisions: Decisions) -> State:
    if decisions == state.decisions:
        return state
    before = (*state.decisions_before, state.decisions)[-MOST_KEPT:]
    return replace(state, decisions=decisions, decisions_before=before, decisions_undone=())
