"""A case as its file keeps it: with what it was made in, what followed, and what was done to it."""

from collections.abc import Mapping
from datetime import datetime

from wizard.case.carrying import Aside
from wizard.case.files import Case
from wizard.case.given import SetAside
from wizard.case.kept_parts import Kept
from wizard.case.log import Did, Log, digest_of
from wizard.case.made import made_in, measure_of, measures_of
from wizard.case.raw import raw_answer
from wizard.case.steps import Stand, title_in, with_entry
from wizard.case.transitions import MemberState
from wizard.pathway.codes import Code
from wizard.pathway.factors import NumberFactor
from wizard.pathway.problems import Problem
from wizard.reasoning.since import Since, since
from wizard.reasoning.situation import Situation
from wizard.reasoning.standing_then import (
    StandingError,
    standing_data,
    standing_of,
    standing_read,
)
from wizard.record import replace


def saved_case(now: Situation, asked: str | None, kept: Kept, log: Log, at: datetime) -> Case:
    """The case as it is written to its file: the log says that it was saved, and what stood."""
    pathway = now.pathway
    stand = Stand(pathway, now.answers, asked)
    if kept.title != title_in(log):
        log = with_entry(log, stand, Did.TITLED, {"title": kept.title}, at)
    standing = standing_data(standing_of(pathway, now.assessment))
    log = with_entry(log, stand, Did.SAVED, {"standing": digest_of(standing)}, at)
    unread = {each.factor for each in kept.unread}
    before = {name: each for name, each in kept.measures.items() if name in unread}
    return Case(
        answers=now.answers,
        title=kept.title or None,
        vignette=kept.vignette or None,
        made=made_in(pathway),
        measures={**before, **measures_of(pathway, now.answers)},
        aside=kept.unread,
        standing=standing,
        decisions=kept.decisions or None,
        log=log,
    )


def kept_of(case: Case) -> Kept:
    """What a case that was read keeps beside its answers."""
    return Kept(case.title or "", case.vignette or "", case.aside, case.measures, case.decisions)


def with_aside(kept: Kept, aside: tuple[Aside, ...]) -> Kept:
    """The same with answers that were set aside since, because the pathway's files were saved."""
    unread = {each.factor: each for each in kept.unread}
    measures = dict(kept.measures)
    for each in aside:
        factor = each.factor
        raw = raw_answer(factor, each.answer)
        if isinstance(raw, Mapping):
            raw = {name: said for name, said in raw.items() if said != MemberState.UNKNOWN}
        why = Problem(Code.UNKNOWN_IN_CASE, factor.position, "this version does not know it")
        unread[factor.id] = SetAside(factor.id, raw, why)
        if isinstance(factor, NumberFactor):
            measures[factor.id] = measure_of(factor)
    return replace(kept, unread=tuple(unread.values()), measures=measures)


def since_saved(case: Case, now: Situation) -> Since | None:
    """What of a case is otherwise than in the version in which it was saved.

    None where it was saved in this one, or does not tell what stood.
    """
    if case.made is None or case.standing is None or not case.made.differs(made_in(now.pathway)):
        return None
    try:
        then = standing_read(case.standing)
    except StandingError:
        return None
    carried = [each.factor for each in case.aside]
    return since(then, now.pathway, now.answers, now.assessment, carried)
