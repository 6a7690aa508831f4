"""A saved case replayed: its log proved, and what it comes to run again in a pathway of now."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from wizard.case.answers import Answer, Answers, MultiAnswer, Unknown
from wizard.case.files import Case, CaseErrors, read_case
from wizard.case.given import SetAside
from wizard.case.log import JSON, Did, broken_at, digest_of, folded
from wizard.case.made import Stamp, measure_data
from wizard.case.steps import record_in
from wizard.case.transitions import MemberState
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway
from wizard.reasoning.assessing import conclude
from wizard.reasoning.case_diff import AnswerMove
from wizard.reasoning.since import Since, since
from wizard.reasoning.standing_then import Standing, StandingError, standing_read
from wizard.record import Record


class Fault(StrEnum):
    """What of a saved case is not as the wizard wrote it, so that nothing can be told from it."""

    ENTRY = "entry"
    """An entry of the log was changed, or does not follow the one before it."""
    STANDING = "standing"
    """What followed was changed after it was saved, or the end of the log is missing."""
    ANSWERS = "answers"
    """The answers of the log do not fit the version that it was made in."""


class Replay(Record):
    """What became of a saved case.

    `fault` and `entry` (the index of the first that is wrong) are None where the log is whole, or
    where there is none.  `answers` are those of the log; of a case without a log, its own.
    `outside` are the answers that the file has otherwise than the log, and `outside_parts` the
    names of its other parts that are so.  `aside` are answers that the pathway does not read.
    `since` is None where what followed was not kept, or is at fault.
    """

    case: Case
    fault: Fault | None
    entry: int | None
    answers: Answers
    outside: tuple[AnswerMove, ...] = ()
    outside_parts: tuple[str, ...] = ()
    aside: tuple[SetAside, ...] = ()
    since: Since | None = None

    @property
    def changed_outside(self) -> bool:
        """Whether the file says something else than its log."""
        return bool(self.outside or self.outside_parts)

    @property
    def moved(self) -> bool:
        """Whether anything shows otherwise than when it was saved."""
        return self.since is not None and self.since.moved


def replayed(compiled: Compiled, case: Case) -> Replay:
    """Prove the log of a case, and run again what it comes to."""
    pathway = compiled.pathway
    broken = broken_at(case.log)
    if broken is not None:
        return Replay(case, Fault.ENTRY, broken, case.answers)
    then = _standing(case)
    if isinstance(then, Fault):
        return Replay(case, then, None, case.answers)
    logged = _logged(case, pathway) if case.log else case
    if logged is None:
        return Replay(case, Fault.ANSWERS, None, case.answers)
    carried = tuple(each.factor for each in logged.aside)
    answers = logged.answers
    return Replay(
        case=case,
        fault=None,
        entry=None,
        answers=answers,
        outside=tuple(_other_answers(logged, case, pathway)),
        outside_parts=tuple(_other_parts(case, then, pathway)),
        aside=logged.aside,
        since=since(then, pathway, answers, conclude(compiled, answers), carried) if then else None,
    )


# --- parts -----------------------------------------------------------------------------------


def _standing(case: Case) -> Standing | Fault | None:
    """What followed when the case was saved; None where that is not kept."""
    # A save is the last that is done to a file, but for another title: else an end was cut off.
    lasting = [each for each in case.log if each.did is not Did.TITLED]
    sealed = [each.what.get("standing") for each in lasting[-1:] if each.did is Did.SAVED]
    standing = None if case.standing is None else digest_of(case.standing)
    if case.log and sealed != [standing]:
        return Fault.STANDING
    if case.standing is None:
        return None
    try:
        return standing_read(case.standing)
    except StandingError:
        return Fault.STANDING


def _logged(case: Case, pathway: Pathway) -> Case | None:
    """The case with the answers of its log; None where these do not fit the version of then."""
    made = case.made
    data: dict[str, Any] = {}
    if made is not None:
        data = {"pathway": made.pathway.id, **_stamp(made.pathway)}
        data["overlays"] = [{"id": each.id, **_stamp(each)} for each in made.overlays]
    data["measures"] = {name: measure_data(each) for name, each in case.measures.items()}
    data["answers"] = {name: _said(raw) for name, raw in folded(case.log).now.answers.items()}
    try:
        return read_case(json.dumps(data), pathway, "log", can_be_asked=True)
    except CaseErrors:
        return None


def _stamp(stamp: Stamp) -> dict[str, Any]:
    parts = {"version": stamp.version, "digest": stamp.digest}
    return {name: part for name, part in parts.items() if part is not None}


def _said(raw: JSON) -> JSON:
    """A raw answer, of a multi only what is said of members."""
    if not isinstance(raw, Mapping):
        return raw
    return {each: state for each, state in raw.items() if state != MemberState.UNKNOWN} or None


def _other_answers(logged: Case, case: Case, pathway: Pathway) -> Iterator[AnswerMove]:
    """The answers of the file that are not those of the log; unknown and not answered are alike."""
    for factor in pathway.factors:
        one, other = (_known(each.answers.get(factor)) for each in (logged, case))
        if one != other and not (factor in case.closed_lists and _listed_alike(one, other)):
            yield AnswerMove(factor, one, other)


def _known(answer: Answer | None) -> Answer | None:
    return None if isinstance(answer, Unknown) else answer


def _listed_alike(logged: Answer | None, listed: Answer | None) -> bool:
    """Whether a list names what the log does: it denies members that the version of then lacked."""
    if not (isinstance(logged, MultiAnswer) and isinstance(listed, MultiAnswer)):
        return False
    return logged.present == listed.present and logged.absent < listed.absent


def _other_parts(case: Case, then: Standing | None, pathway: Pathway) -> Iterator[str]:
    """The names of other parts that the file has otherwise than when the wizard wrote it."""
    made = case.made
    if then is not None and made is not None:
        stamp = made.overlays[0] if made.overlays else made.pathway
        kept = {"version": then.version, "digest": then.digest}
        yield from (name for name, told in _stamp(stamp).items() if told != kept[name])
    titles = [str(each.what.get("title") or "") for each in case.log if each.did is Did.TITLED]
    if titles and titles[-1].split() != (case.title or "").split():
        yield "title"
    records = [each.what.get("record") for each in case.log if each.did is Did.RECORDED]
    recorded = record_in(case.log, pathway)
    unread = recorded is None and bool(records and records[-1])
    if records and not unread and recorded != (case.decisions or None):
        yield "record"
