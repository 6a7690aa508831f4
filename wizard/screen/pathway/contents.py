"""The list: every kind of thing that a pathway has, and the things of the kind that is unfolded."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from wizard.record import Record
from wizard.screen.pathway.state import KEPT_BY_FILES, Browsing, Column, Kind, Page
from wizard.screen.shared.rows import Cell, Row, Span, Tone, text
from wizard.wording.answers import factor_label, short_label
from wizard.wording.statuses import LEVEL_WORDS

TITLES: Final[Mapping[Kind, str]] = {
    Kind.FINDING: "Findings",
    Kind.FAILING: "Cases that fail",
    Kind.ABOUT: "What it is for",
    Kind.FACTOR: "Questions",
    Kind.OPTION: "Options",
    Kind.SHARED: "Shared trees",
    Kind.ALERT: "Alerts",
    Kind.DOCUMENT: "Documents",
    Kind.CLAIM: "Claims",
    Kind.TERM: "Terms",
    Kind.ASSUMPTION: "Assumptions",
    Kind.LIMIT: "Limits",
    Kind.HAZARD: "Hazards",
    Kind.CASE: "Cases",
    Kind.COVERAGE: "Coverage by cases",
    Kind.VERSION: "Versions",
}
_PAGES: Final = frozenset({Kind.ABOUT, Kind.COVERAGE, Kind.LIMIT})
"""Kinds that are one page, without things of their own in the list."""


class Thing(Record):
    """Something of a kind: its page and what it is called; `under` heads it and its neighbours."""

    page: Page
    label: str
    note: str = ""
    under: str = ""


def kinds(state: Browsing) -> Iterator[Kind]:
    """The kinds that the list has, in its order."""
    yield from (kind for kind in Kind if kind not in KEPT_BY_FILES or state.standing is not None)


def things(state: Browsing, kind: Kind) -> tuple[Thing, ...]:
    """Everything of a kind, in the pathway's own order."""
    made = _THINGS.get(kind)
    return () if made is None else tuple(made(state))


def list_rows(state: Browsing) -> tuple[Row, ...]:
    """The kinds with how many there are of each, and under the unfolded one its things.

    What is read stands out while the cursor is on its page.
    """
    return tuple(row for kind in kinds(state) for row in _kind_rows(state, kind))


def stands_out(state: Browsing) -> Page | None:
    """What is read, while the cursor is on its page."""
    return state.page if state.column is Column.PAGE else None


def folds(kind: Kind) -> bool:
    """Whether a kind has things that the list can show."""
    return kind not in _PAGES


def _kind_rows(state: Browsing, kind: Kind) -> Iterator[Row]:
    if not folds(kind):
        yield _row(Cell((), 2), Span(TITLES[kind]), "", Page(kind))
        return
    number = _number(state, kind)
    unfolded = state.unfolded is kind
    caution = kind in KEPT_BY_FILES and number > 0
    tone = Tone.CAUTION if caution else Tone.STRONG if unfolded else Tone.PLAIN
    mark = Cell((Span("▾" if unfolded else "▸", Tone.DIM),), 2)
    yield _row(mark, Span(TITLES[kind], tone), str(number), Page(kind))
    under, here = "", stands_out(state)
    for thing in things(state, kind) if unfolded else ():
        if thing.under != under:
            under = thing.under
            yield text(under, Tone.DIM, indent=4)
        indent = 6 if under else 4
        tone = Tone.ACCENT if thing.page == here else Tone.PLAIN
        yield _row(Cell((), indent), Span(thing.label, tone), thing.note, thing.page)


def _number(state: Browsing, kind: Kind) -> int:
    """How many there are of a kind."""
    pathway = state.pathway
    of_pathway = {
        Kind.FACTOR: pathway.factors,
        Kind.OPTION: pathway.options,
        Kind.SHARED: pathway.shared,
        Kind.ALERT: pathway.alerts,
        Kind.DOCUMENT: pathway.sources,
        Kind.CLAIM: pathway.claims,
        Kind.TERM: pathway.glossary,
        Kind.ASSUMPTION: pathway.assumptions,
        Kind.HAZARD: pathway.hazards,
        Kind.CASE: state.cases,
        Kind.VERSION: pathway.changes,
    }
    return len(of_pathway[kind] if kind in of_pathway else things(state, kind))


def _row(lead: Cell, label: Span, note: str, page: Page) -> Row:
    """A line of the list, its note at the right edge."""
    end = (Cell((Span(f" {note} ", Tone.DIM),), len(note) + 2, right=True),) if note else ()
    return Row((lead, Cell((label,), cut=True), *end), page.target)


# --- of each kind ----------------------------------------------------------------------------


def _findings(state: Browsing) -> Iterator[Thing]:
    found = state.standing.causes if state.standing is not None else ()
    for number, (each, *_) in enumerate(found, 1):
        where = f"{each.position.file}:{each.position.line}"
        yield Thing(Page(Kind.FINDING, str(number)), each.what, under=where)


def _failing(state: Browsing) -> Iterator[Thing]:
    found = state.standing.failing if state.standing is not None else ()
    yield from (Thing(Page(Kind.FAILING, each.file), each.title) for each in found)


def _factors(state: Browsing) -> Iterator[Thing]:
    pathway = state.pathway
    for step in pathway.steps:
        for name in step.factors:
            label = factor_label(pathway.factors[name])
            yield Thing(Page(Kind.FACTOR, name), label, under=step.label)


def _options(state: Browsing) -> Iterator[Thing]:
    pathway = state.pathway
    for option in pathway.options.values():
        under = pathway.groups[option.group].label
        yield Thing(Page(Kind.OPTION, option.id), short_label(option), under=under)


def _shared(state: Browsing) -> Iterator[Thing]:
    for each in state.pathway.shared.values():
        yield Thing(Page(Kind.SHARED, each.id), each.label)


def _alerts(state: Browsing) -> Iterator[Thing]:
    pathway = state.pathway
    for level, words in LEVEL_WORDS.items():
        for each in pathway.alerts.values():
            if each.level is level:
                yield Thing(Page(Kind.ALERT, each.id), each.title, under=words)


def _documents(state: Browsing) -> Iterator[Thing]:
    for each in state.pathway.sources.values():
        yield Thing(Page(Kind.DOCUMENT, each.id), each.short, each.id)


def _claims(state: Browsing) -> Iterator[Thing]:
    pathway = state.pathway
    for each in pathway.claims.values():
        under = pathway.sources[each.source].short
        yield Thing(Page(Kind.CLAIM, each.id), f"{each.id} {each.says}", under=under)


def _terms(state: Browsing) -> Iterator[Thing]:
    for each in state.pathway.glossary.values():
        yield Thing(Page(Kind.TERM, each.id), each.term)


def _assumptions(state: Browsing) -> Iterator[Thing]:
    for each in state.pathway.assumptions.values():
        yield Thing(Page(Kind.ASSUMPTION, each.id), f"{each.id} {each.says}")


def _hazards(state: Browsing) -> Iterator[Thing]:
    for each in state.pathway.hazards.values():
        yield Thing(Page(Kind.HAZARD, each.id), f"{each.id} {each.hazard}")


def _cases(state: Browsing) -> Iterator[Thing]:
    yield from (Thing(Page(Kind.CASE, name), title) for name, title in state.cases)


def _versions(state: Browsing) -> Iterator[Thing]:
    for change in state.pathway.changes:
        yield Thing(Page(Kind.VERSION, change.version), change.version, change.date)


_THINGS: Final[Mapping[Kind, Callable[[Browsing], Iterator[Thing]]]] = {
    Kind.FINDING: _findings,
    Kind.FAILING: _failing,
    Kind.FACTOR: _factors,
    Kind.OPTION: _options,
    Kind.SHARED: _shared,
    Kind.ALERT: _alerts,
    Kind.DOCUMENT: _documents,
    Kind.CLAIM: _claims,
    Kind.TERM: _terms,
    Kind.ASSUMPTION: _assumptions,
    Kind.HAZARD: _hazards,
    Kind.CASE: _cases,
    Kind.VERSION: _versions,
}
