"""A case that goes on in another version of its pathway, because its files were saved anew."""

from collections.abc import Container, Mapping
from typing import Final

from wizard.case.answers import Answers, MultiAnswer
from wizard.case.carrying import Aside, Factors, carried, present_name
from wizard.case.decisions import Decisions, record_in_version
from wizard.engine.compiling import Compiled
from wizard.pathway.factors import (
    ChoiceFactor,
    DerivedFactor,
    Factor,
    NumberFactor,
)
from wizard.pathway.model import Pathway
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.case_diff import NOTHING_MOVED, AlertMove, Moved, StatusMove
from wizard.reasoning.situation import situation
from wizard.record import replace
from wizard.screen.case.history import History, HistoryEntry
from wizard.screen.case.state import Draft, KeptCase, Overlay, State, Topic
from wizard.screen.case.transitions import can_be_filtered
from wizard.wording.answers import answer_text, factor_label
from wizard.wording.text import joined
from wizard.wording.walk import next_question

_WHOLE: Final = frozenset(
    {
        Topic.OPENED,
        Topic.PASSAGE,
        Topic.ALERTS,
        Topic.MAP,
        Topic.SEARCH,
        Topic.HELP,
        Topic.INTENDED_USE,
    }
)
"""What lies over the case and is about nothing that a version may lack, or says so itself."""


def in_version(state: State, compiled: Compiled) -> State:
    """The state in another version: its answers, its question and what lies over it.

    An answer that the version does not know is set aside; a question that it does not ask gives
    way to the one that is next.
    """
    versions = old, new = state.pathway, compiled.pathway
    now = carried(state.answers, old, new, state.aside)
    after = situation(compiled, now.answers, state.situation.today)

    def also(answers: Answers) -> Answers:
        return carried(answers, old, new).answers

    def recorded(decisions: Decisions) -> Decisions:
        return record_in_version(decisions, old, new)

    asked = _question(state.asked, versions)
    following = next_question(after)
    return replace(
        state,
        situation=after,
        asked=asked or (None if following is None else following.id),
        trail=_trail_in(state.trail, versions),
        draft=_draft_in(state.draft, state.factor, versions) if asked else Draft(),
        moved=_moved(state.assessment, after.assessment),
        by_save=True,
        overlays=tuple(over for each in state.overlays for over in _overlay_in(each, versions)),
        saved=also(state.saved),
        previous=None if state.previous is None else also(state.previous),
        kept=None if state.kept is None else also(state.kept),
        kept_cases=tuple(_kept_in(case, versions) for case in state.kept_cases),
        beside=tuple(_kept_in(case, versions) for case in state.beside),
        aside=now.aside,
        decisions=recorded(state.decisions),
        saved_decisions=recorded(state.saved_decisions),
        decisions_before=tuple(map(recorded, state.decisions_before)),
        decisions_undone=tuple(map(recorded, state.decisions_undone)),
    )


def history_in_version(history: History, old: Pathway, new: Pathway) -> History:
    """The steps to take back and to do again; those that come to the same now are one."""
    return History(*(_steps_in(steps, (old, new)) for steps in (history.past, history.future)))


def set_aside_text(aside: tuple[Aside, ...]) -> str:
    """What was set aside, in a sentence; empty where nothing was."""
    if not aside:
        return ""
    said = [
        f"{factor_label(each.factor)}: {answer_text(each.factor, each.answer)}" for each in aside
    ]
    return f"Kept aside, since this version does not know it: {joined(said)}."


# --- parts -----------------------------------------------------------------------------------

Versions = tuple[Pathway, Pathway]


def _question(asked: str | None, versions: Versions) -> str | None:
    """What a question is called in the new version; None where it cannot be asked there."""
    _, new = versions
    if asked is None:
        return None
    factor = new.factors.get(present_name("factor", asked, versions, new.factors))
    if factor is None or (isinstance(factor, DerivedFactor) and not factor.may_be_answered):
        return None
    return factor.id


def _trail_in(trail: tuple[str, ...], versions: Versions) -> tuple[str, ...]:
    names = (_question(each, versions) for each in trail)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _kept_in(case: KeptCase, versions: Versions) -> KeptCase:
    now = carried(case.answers, *versions, case.aside)
    decisions = record_in_version(case.decisions, *versions)
    return replace(case, answers=now.answers, aside=now.aside, decisions=decisions)


def _draft_in(draft: Draft, before: Factor | None, versions: Versions) -> Draft:
    """What is marked or typed of an answer, as far as the new version can take it."""
    _, new = versions
    name = None if before is None else _question(before.id, versions)
    if before is None or name is None or type(new.factors[name]) is not type(before):
        return Draft()
    factor = new.factors[name]
    of = before.id, name
    typed = draft.typed if isinstance(factor, NumberFactor) else ""
    return Draft(
        marked=_marked_in(draft.marked, factor, versions, of),
        members=_members_in(draft, before.id, name, versions),
        typed=typed,
        filter=draft.filter if can_be_filtered(factor) else None,
    )


def _marked_in(
    marked: frozenset[str], factor: Factor, versions: Versions, of: Factors
) -> frozenset[str]:
    if not isinstance(factor, ChoiceFactor):
        return frozenset()
    known: Container[str] = {**factor.values, **factor.groups}
    names = (present_name("value", item, versions, known, of) for item in marked)
    return frozenset(name for name in names if name in known)


def _members_in(draft: Draft, before: str, name: str, versions: Versions) -> MultiAnswer | None:
    old, new = versions
    if not isinstance(draft.members, MultiAnswer):
        return None
    found = carried(Answers({before: draft.members}), old, new).answers.get(name)
    return found if isinstance(found, MultiAnswer) else None


def _overlay_in(overlay: Overlay, versions: Versions) -> tuple[Overlay, ...]:
    """What lies over the case; nothing where it is about what the new version does not have."""
    _, new = versions
    subject = overlay.subject
    if subject is None:
        return (overlay,)
    if overlay.topic is Topic.PASSAGE:
        return (overlay,) if _has_passage(new, subject) else ()
    known: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("option", new.options),
        ("factor", new.factors),
        ("alert", new.alerts),
    )
    for kind, records in known:
        name = present_name(kind, subject, versions, records)
        if name in records:
            return (replace(overlay, subject=name),)
    return (overlay,) if overlay.topic in _WHOLE else ()


def _has_passage(new: Pathway, subject: str) -> bool:
    from wizard.wording.finding import FoundKind

    kind, _, name = subject.partition(":")
    known: Mapping[str, object] = {
        FoundKind.CLAIM: new.claims,
        FoundKind.TERM: new.glossary,
        FoundKind.ASSUMPTION: new.assumptions,
    }.get(FoundKind(kind), {str(number): "" for number in range(1, len(new.limits) + 1)})
    return name in known


def _moved(before: Assessment, after: Assessment) -> Moved:
    """The statuses and alerts that the same answers have otherwise now.

    Options and alerts that only one version has did not move.
    """
    options = tuple(
        StatusMove(name, before.options[name].status, shown.status)
        for name, shown in after.options.items()
        if name in before.options and before.options[name].status is not shown.status
    )
    alerts = tuple(
        AlertMove(alert, before.alerts.get(alert), after.alerts.get(alert))
        for alert in dict.fromkeys((*before.alerts, *after.alerts))
        if before.alerts.get(alert) is not after.alerts.get(alert)
    )
    return replace(NOTHING_MOVED, options=options, alerts=alerts)


def _steps_in(steps: tuple[HistoryEntry, ...], versions: Versions) -> tuple[HistoryEntry, ...]:
    old, new = versions
    found: list[HistoryEntry] = []
    for step in steps:
        asked = _question(step.asked, versions)
        factor = None if step.asked is None else old.factors[step.asked]
        entry = HistoryEntry(
            carried(step.answers, old, new).answers,
            asked,
            _trail_in(step.trail, versions),
            _draft_in(step.draft, factor, versions) if asked else Draft(),
        )
        gone = step.asked is not None and asked is None
        if not gone and (not found or entry != found[-1]):
            found.append(entry)
    return tuple(found)
