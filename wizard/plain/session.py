"""Where a line-by-line session stands: immutable, moved by pure functions."""

from datetime import datetime
from typing import TYPE_CHECKING

from wizard.case.answers import Answer, Answers
from wizard.case.decisions import NO_DECISIONS, Decisions
from wizard.case.files import Case
from wizard.case.journal import Place
from wizard.case.kept_parts import Kept
from wizard.case.log import Log
from wizard.case.made import made_in, measures_of
from wizard.case.steps import Stand, record_in, recorded, stepped
from wizard.pathway.factors import Factor
from wizard.reasoning.situation import Situation
from wizard.record import Record, replace
from wizard.wording.walk import next_question

if TYPE_CHECKING:
    from wizard.case.keeping import CaseFile


class Session(Record):
    """The situation, the question that is asked (None: none is left), and those asked before.

    `previous` are the answers before the last one, `kept` those that the person kept to compare
    with later (None: nothing was kept), `log` is what was done to the case so far, `decisions` the
    team's own record.  `file` is where the case is saved, `besides` what it keeps there beside its
    answers, and `saved` the answers and the record that the file has.
    """

    now: Situation
    current: str | None
    asked: tuple[str, ...]
    previous: Answers | None = None
    kept: Answers | None = None
    log: Log = ()
    decisions: Decisions = NO_DECISIONS
    file: "CaseFile | None" = None
    besides: Kept = Kept()
    saved: tuple[Answers, Decisions] | None = None

    @property
    def factor(self) -> Factor | None:
        """The factor whose question is asked."""
        return None if self.current is None else self.now.pathway.factors[self.current]


def begun(now: Situation, decisions: Decisions = NO_DECISIONS) -> Session:
    """A session at its first open question, with the record that a case file has."""
    return passed(Session(now, None, (), decisions=decisions))


def case_of(session: Session) -> Case:
    """The case of a session, with what its numbers mean."""
    answers, pathway = session.now.answers, session.now.pathway
    return Case(
        answers,
        decisions=session.decisions,
        made=made_in(pathway),
        measures=measures_of(pathway, answers),
    )


def brought_back(now: Situation, place: Place, log: Log) -> Session:
    """The session of a case that was left: at its question, or at the one that is next now."""
    factors, decisions = now.pathway.factors, record_in(log, now.pathway) or NO_DECISIONS
    asked = tuple(each for each in place.trail if each in factors)
    if place.asked is None or place.asked in factors:
        return Session(now, place.asked, asked, log=log, decisions=decisions)
    return passed(Session(now, None, asked, log=log, decisions=decisions))


def place_of(session: Session) -> Place:
    """The question that is asked and those before it, each once, as a journal keeps them."""
    before = tuple(each for each in dict.fromkeys(session.asked) if each != session.current)
    return Place(session.current, before, "" if session.file is None else str(session.file.path))


def logged(before: Session, after: Session, at: datetime) -> Session:
    """The session after a reply, with its log."""
    log = stepped(after.log, stand_of(before), stand_of(after), at)
    if before.decisions != after.decisions or (after.decisions and log and not before.log):
        log = recorded(log, stand_of(after), after.decisions, at)
    return replace(after, log=log)


def stand_of(session: Session) -> Stand:
    """Where the case stands, as a log says it."""
    return Stand(session.now.pathway, session.now.answers, session.current)


def answered(session: Session, answer: Answer) -> Session:
    """The current question answered, and the next one asked."""
    if session.current is None:
        return session
    answers = session.now.answers.with_answer(session.current, answer)
    now = session.now.after(answers)
    besides = session.besides.without(session.current)
    return passed(replace(session, now=now, previous=session.now.answers, besides=besides))


def passed(session: Session) -> Session:
    """The current question left as it is, and the next one asked."""
    following = next_question(session.now)
    current = None if following is None else following.id
    return replace(session, current=current, asked=_asked_by_now(session))


def keeping(session: Session) -> Session:
    """The case kept as it is now, to be compared later."""
    return replace(session, kept=session.now.answers)


def back(session: Session) -> Session:
    """The question before the current one; the same session where there is none."""
    if not session.asked:
        return session
    return replace(session, current=session.asked[-1], asked=session.asked[:-1])


def gone_to(session: Session, factor: str) -> Session:
    """Another question, whatever its state; every answer stays."""
    return replace(session, current=factor, asked=_asked_by_now(session))


def _asked_by_now(session: Session) -> tuple[str, ...]:
    return session.asked if session.current is None else (*session.asked, session.current)
