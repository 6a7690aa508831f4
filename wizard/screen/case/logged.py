"""The log of the case on the screen: the one place where a step becomes an entry."""

from collections.abc import Mapping
from datetime import datetime

from wizard.case.journal import Place
from wizard.case.log import JSON, Did
from wizard.case.steps import Stand, recorded, stepped, with_entry
from wizard.record import replace
from wizard.screen.case.state import State


def logged(before: State, after: State, at: datetime, did: Did = Did.ANSWERED) -> State:
    """The state after a step, with its log; `did` says what changed the answers."""
    log = stepped(after.log, stand_of(before), stand_of(after), at, did)
    if before.decisions != after.decisions or (after.decisions and log and not before.log):
        log = recorded(log, stand_of(after), after.decisions, at)
    return after if log is after.log else replace(after, log=log)


def noted(state: State, did: Did, what: Mapping[str, JSON], at: datetime) -> State:
    """The state with an entry for something that changed no answer, such as an export."""
    return replace(state, log=with_entry(state.log, stand_of(state), did, what, at))


def stand_of(state: State) -> Stand:
    """Where the case stands, as a log says it."""
    return Stand(state.pathway, state.answers, state.asked)


def place_of(state: State) -> Place:
    """The question in front and those behind it, as a journal keeps them."""
    return Place(state.asked, state.trail, state.file)
