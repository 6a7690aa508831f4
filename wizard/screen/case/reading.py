"""What can be laid over the case: one function a topic, and which topic has which."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from wizard.pathway.factors import Factor, named_values
from wizard.pathway.model import Pathway
from wizard.report.reading import (
    about_sections,
    alert_page,
    claim_sections,
    document_sections,
)
from wizard.screen.case.case_diff import beside_view, compare_view
from wizard.screen.case.case_map import map_rows
from wizard.screen.case.documents import documents_rows, first_rows
from wizard.screen.case.finding import passage_sections
from wizard.screen.case.keys import DIGITS, KEYS, refusal
from wizard.screen.case.option_card import card_rows
from wizard.screen.case.state import Overlay, State, Topic
from wizard.screen.case.targets import OPTION
from wizard.screen.case.transitions import close
from wizard.screen.case.what_if import what_if_rows
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.filling import WORKING, of_rows
from wizard.screen.shared.help import help_rows
from wizard.screen.shared.kept import kept_for_each
from wizard.screen.shared.keys import Key
from wizard.screen.shared.outline import outline_rows
from wizard.screen.shared.pane import View
from wizard.screen.shared.rows import BLANK, Row, text
from wizard.screen.shared.statuses import head_rows
from wizard.screen.shared.tree import tree_rows
from wizard.wording.alerts import alert_texts
from wizard.wording.concluding import settles_words
from wizard.wording.outline import Item, Section, entries, quoted
from wizard.wording.sources import citations, factor_claims
from wizard.wording.walk import options_that_depend, why_asked

MARKS: Final = (
    ("●", "an option described for these answers"),
    ("◐", "an option that depends on further answers"),
    ("○", "an option not described for these answers; that is not the same as unsuitable"),
    ("+ -", "the last answer (or save) moved an option: + nearer to described, - away from it"),
    ("✓", "answered, marked or present"),
    ("✗", "said to be absent"),
    ("❯", "the question asked now, and the cursor"),
    ("·", "a question still to ask, or a member not known"),
    ("–", "asked, and not known"),
    ("×", "a question that cannot change anything now, or does not apply"),
    ("=", "worked out from other answers, never asked"),
    ("−", "a document says that an option is not for such a case"),
    ("~", "an answer that is kept and not used: it does not apply, or this version lacks it"),
    ("⚠", "what may be life-threatening: in capitals where certain, To check while it may be"),
)


def reading_view(state: State, column: str, keys: tuple[Key, ...] = KEYS) -> View:
    """The view of what lies on top of the case; its rows are made once where they can be."""
    match state.overlay:
        case None | Overlay(Topic.SEARCH):
            rows: tuple[Row, ...] = ()
        case Overlay(Topic.MAP):
            return lambda _width, cursor: map_rows(state, cursor)
        case Overlay(Topic.BESIDE):
            return beside_view(state)
        case Overlay(Topic.COMPARE):
            return compare_view(state)
        case Overlay(Topic.HELP):
            rows = _case_help(state, column, keys)
        case Overlay(topic, subject):
            rows = _TOPICS[topic](state, subject or "")
    return of_rows(rows)


def known_view(state: State) -> View:
    """What a view of the case shows before it is worked out: of an option its name and status."""
    subject = state.overlay.subject if state.overlay is not None else None
    if subject in state.pathway.options:
        return of_rows((*head_rows(state.situation, subject or ""), BLANK, WORKING))
    return of_rows((WORKING,))


SLOW: Final = frozenset(
    {
        Topic.OPTION,
        Topic.TREE,
        Topic.WHY,
        Topic.WHAT_IF,
        Topic.FIRST,
        Topic.DOCUMENTS,
        Topic.COMPARE,
        Topic.BESIDE,
    }
)
"""What takes long to work out in a large pathway."""
_HINTS: Final = (
    "Arrows or j and k move, enter chooses, home and end go to the edges.",
    "A click does what enter does; the wheel scrolls.",
    "Started with --pathway, the wizard takes in what is saved of its files, and the case goes on.",
)
_SETTLED: Final = (
    "The title of the lists counts the options that are settled: they stay in their list "
    "whatever the missing answers are."
)


def reading_title(state: State) -> str:
    """The title of what lies on top of the case."""
    over = state.overlay
    if over is None:
        return ""
    name = over.topic.capitalize()
    if over.subject in state.pathway.options:
        return f"{name} · {state.pathway.options[over.subject or ''].label}"
    if over.subject in state.pathway.factors:
        return f"{name} · {state.pathway.factors[over.subject or ''].label}"
    return name


def _why(state: State, subject: str) -> tuple[Row, ...]:
    if subject in state.pathway.options:
        return card_rows(state, subject, whole=False)
    factor, pathway = state.pathway.factors[subject], state.pathway
    settles = settles_words(state.situation, subject)
    why = (why_asked(state.situation, factor), *([f"A full answer {settles}."] if settles else []))
    leads = Item("What each answer would change", mark="w", about=f"{ACTION}what_if")
    return outline_rows(
        (
            Section("", (factor.question, *why), (leads,)),
            *_about_question(state, factor),
            *claim_sections(pathway, factor_claims(factor), state.situation.today),
        )
    )


def _about_question(state: State, factor: Factor) -> Iterator[Section]:
    pathway = state.pathway
    if options := options_that_depend(state.situation, factor):
        leads = tuple(Item(pathway.options[each].label, about=OPTION + each) for each in options)
        yield Section("Options that still depend on it", items=leads, count=len(leads))
    values = named_values(factor).values()
    answers = tuple(Item(each.label, entries([each.help]), strong=True) for each in values)
    beyond = entries(f"{each}: {pathway.assumptions[each].says}" for each in factor.assumes)
    yield Section("About the question", (factor.help,), (*answers, *beyond))


def _sources(state: State, subject: str) -> tuple[Row, ...]:
    pathway, today = state.pathway, state.situation.today
    claims: tuple[str, ...] = ()
    if subject in pathway.options:
        claims = pathway.options[subject].claims
    elif subject in pathway.factors:
        claims = factor_claims(pathway.factors[subject])
    own = claim_sections(pathway, claims, today)
    return outline_rows(own or document_sections(pathway, today))


def _passage(state: State, subject: str) -> tuple[Row, ...]:
    return outline_rows(passage_sections(state, subject))


def _alert_pages(state: State, subject: str) -> tuple[Row, ...]:
    shown = [
        alert_page(state.situation, alert)
        for alert in alert_texts(state.situation)
        if subject in {"", alert.id}
    ]
    return outline_rows(shown) or (text("No alert applies to these answers."),)


def _case_help(state: State, column: str, keys: tuple[Key, ...]) -> tuple[Row, ...]:
    beneath = close(state)
    # Why a key cannot do anything once the help is closed; what closes it can already.
    told = [
        (key, refusal(key.action, state if key.action == "close" else beneath, column))
        for key in (DIGITS, *keys)
    ]
    rows = help_rows(_where(state, column), told, _HINTS, MARKS)
    return (*rows, text(_SETTLED, indent=2), BLANK, *_terms(state.pathway, state.situation.today))


def _where(state: State, column: str) -> str:
    if column == "options":
        return (
            "The three lists of options, always in one order. Enter opens an option: why it "
            "stands there, what each document states, cautions and sources."
        )
    if column == "map":
        return "Every question of the case. Enter goes to one; no answer is lost."
    if state.asked is None:
        return "The walk is at its end: the lists are the result, and any answer can be changed."
    return (
        "A digit answers at once. Where one of several values holds, not known which, space "
        "marks the first, digits mark the others, enter confirms. In a list of several members "
        "each is present, absent or not known: a digit or space goes on to the next of these."
    )


@kept_for_each(1)
def _terms(pathway: Pathway, today: date) -> tuple[Row, ...]:
    terms = tuple(
        Item(term.term, quoted(citations(pathway, term.claims, today)), strong=True)
        for term in pathway.glossary.values()
    )
    return outline_rows([Section("Terms", items=terms)] if terms else [])


_TOPICS: Final[Mapping[Topic, Callable[[State, str], tuple[Row, ...]]]] = {
    Topic.OPTION: card_rows,
    Topic.TREE: lambda state, option: tree_rows(state.situation, option),
    Topic.WHY: _why,
    Topic.WHAT_IF: what_if_rows,
    Topic.SOURCES: _sources,
    Topic.ALERTS: _alert_pages,
    Topic.FIRST: lambda state, _subject: first_rows(state),
    Topic.DOCUMENTS: lambda state, _subject: documents_rows(state),
    Topic.PASSAGE: _passage,
    Topic.OPENED: lambda state, _subject: outline_rows(state.first),
    Topic.INTENDED_USE: lambda state, _subject: outline_rows(
        about_sections(state.pathway, state.situation.today)
    ),
}
