"""A case that was left, as the state it was in: its question, its answers, undo and redo."""

from wizard.case.answers import NO_ANSWERS
from wizard.case.decisions import NO_DECISIONS
from wizard.case.journal import Left
from wizard.case.log import Folded, Point
from wizard.case.steps import Stand, answers_of, gone_on, record_in
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway
from wizard.record import replace
from wizard.report.moment import Moment
from wizard.screen.case.history import MOST_KEPT, Begun, History, HistoryEntry
from wizard.screen.case.state import State, new_case
from wizard.screen.case.transitions import draft_of


def resumed(compiled: Compiled, when: Moment, left: Left) -> Begun:
    """The case that a journal holds, in the present version of its pathway."""
    pathway, fold = compiled.pathway, left.fold
    answers, _ = answers_of(fold.now.answers, pathway)
    begun = new_case(compiled, when.today, answers)
    there = left.place.asked is None or left.place.asked in pathway.factors
    asked = left.place.asked if there else begun.asked
    log = gone_on(left.log, Stand(pathway, answers, asked), when.at)
    state = replace(
        begun,
        asked=asked,
        trail=tuple(each for each in left.place.trail if each in pathway.factors),
        draft=draft_of(answers, asked),
        saved=NO_ANSWERS,
        decisions=record_in(left.log, pathway) or NO_DECISIONS,
        log=log,
        begun=True,
    )
    return Begun(state, history_of(fold, state))


def history_of(fold: Folded, state: State) -> History:
    """What can be taken back, and done again, of a case that stands so."""
    past = _entries(fold.past[-MOST_KEPT:], state.pathway, ())
    behind = state.trail if state.asked is None else (*state.trail, state.asked)
    future = _entries(fold.future[-MOST_KEPT:][::-1], state.pathway, behind)
    return History(past, future[::-1])


def _entries(
    points: tuple[Point, ...], pathway: Pathway, trail: tuple[str, ...]
) -> tuple[HistoryEntry, ...]:
    """The points one leads to after the other; behind each are the questions of those before it."""
    entries: list[HistoryEntry] = []
    for point in points:
        answers, _ = answers_of(point.answers, pathway)
        asked = point.asked if point.asked in pathway.factors else None
        trail = tuple(each for each in trail if each != asked)
        entries.append(HistoryEntry(answers, asked, trail, draft_of(answers, asked)))
        trail = trail if asked is None else (*trail, asked)
    return tuple(entries)
