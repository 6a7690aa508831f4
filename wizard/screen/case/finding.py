"""What the search offers in the case place, and what of it cannot be done or matters no more."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from wizard.pathway.model import Pathway
from wizard.record import replace
from wizard.report.reading import claim_sections
from wizard.screen.case.keys import DIGITS, KEYS, refusal
from wizard.screen.case.state import State, Topic
from wizard.screen.case.targets import KEPT, OPTION, SHIPPED
from wizard.screen.shared.kept import kept_for_each
from wizard.screen.shared.keys import Key
from wizard.screen.shared.search import key_offers
from wizard.wording.finding import Findable, FoundKind, of_pathway
from wizard.wording.outline import Item, Section, entries, quoted
from wizard.wording.sources import citations
from wizard.wording.walk import QuestionState, question_state, why_not_asked

_NO_ALERT: Final = "It does not apply to these answers."
_ASIDE: Final = frozenset({QuestionState.SETTLED, QuestionState.NOT_APPLICABLE})


def offered(state: State, column: str, keys: tuple[Key, ...] = KEYS) -> Iterator[Findable]:
    """Actions, everything that the pathway says, and its cases."""
    beneath = without_search(state)
    told = [(key, refusal(key.action, beneath, column)) for key in (DIGITS, *keys)]
    yield from key_offers(told)
    situation, alerts = state.situation, state.assessment.alerts
    aside = {
        factor.id: why_not_asked(situation, factor)
        for factor in state.pathway.factors.values()
        if question_state(situation, factor) in _ASIDE
    }
    for each in _said(state.pathway):
        _, _, subject = each.target.partition(":")
        match each.kind:
            case FoundKind.QUESTION | FoundKind.ANSWER if subject.partition(":")[0] in aside:
                yield replace(each, unusable=aside[subject.partition(":")[0]])
            case FoundKind.ALERT if subject not in alerts:
                yield replace(each, unusable=_NO_ALERT)
            case _:
                yield each
    for kept in state.kept_cases:
        yield Findable(FoundKind.CASE, KEPT + kept.title, kept.title, note="kept")
    folder = state.pathway.folder
    yield from _shipped_cases(folder, _changed_last(folder))


@kept_for_each(1)
def _said(pathway: Pathway) -> tuple[Findable, ...]:
    """All that a pathway says, which every letter searches."""
    return tuple(of_pathway(pathway))


def without_search(state: State) -> State:
    """The case without the search over it."""
    over = tuple(each for each in state.overlays if each.topic is not Topic.SEARCH)
    return replace(state, overlays=over)


def passage_sections(state: State, subject: str) -> tuple[Section, ...]:
    """A claim with what rests on it, a term, or a sentence of the pathway's own."""
    pathway, today = state.pathway, state.situation.today
    kind, _, name = subject.partition(":")
    match kind:
        case FoundKind.CLAIM:
            leads = _resting_on(pathway, name)
            rests = Section("Rests on it", items=leads) if leads else Section("")
            return (*claim_sections(pathway, (name,), today), rests)
        case FoundKind.TERM:
            term = pathway.glossary[name]
            return (Section(term.term, items=quoted(citations(pathway, term.claims, today))),)
        case FoundKind.ASSUMPTION:
            said = (pathway.assumptions[name].says,)
            return (Section("What goes beyond the documents", (), entries(said)),)
        case _:
            return (Section("Limits", (), entries((pathway.limits[int(name) - 1],))),)


def _resting_on(pathway: Pathway, claim: str) -> tuple[Item, ...]:
    options = (
        Item(option.label, about=OPTION + option.id)
        for option in pathway.options.values()
        if claim in option.claims
    )
    alerts = (
        Item(alert.title, about=f"alert:{alert.id}")
        for alert in pathway.alerts.values()
        if claim in alert.every_claim
    )
    return (*options, *alerts)


def _changed_last(folder: str) -> int:
    """When a case was last added, taken away or put in place of another, in nanoseconds."""
    try:
        return (Path(folder) / "cases").stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=1)
def _shipped_cases(folder: str, _changed: int) -> tuple[Findable, ...]:
    """The cases of the pathway by their titles; reading all of each would take too long."""
    from wizard.workbench.gallery import case_titles

    return tuple(
        Findable(
            FoundKind.CASE,
            SHIPPED + name,
            title,
            id=name.removesuffix(".yaml"),
            note="of the gallery",
        )
        for name, title in case_titles(folder)
    )
