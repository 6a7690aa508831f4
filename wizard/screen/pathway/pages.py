"""What is read of each kind of thing: one function a kind, and which kind has which."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from wizard.pathway.sources import Claim
from wizard.report.reading import about_sections, document_section
from wizard.screen.pathway.contents import TITLES, things
from wizard.screen.pathway.file_pages import (
    all_failing_rows,
    case_rows,
    failing_rows,
    finding_rows,
    findings_rows,
    version_rows,
)
from wizard.screen.pathway.parts import (
    CITES,
    assumed,
    lead_row,
    note_row,
    outlined,
    quotes,
    title_row,
    written_row,
)
from wizard.screen.pathway.rule_pages import alert_rows, factor_rows, option_rows, shared_rows
from wizard.screen.pathway.state import COMPARED, DESCRIBING, Browsing, Kind
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, spans, text
from wizard.wording.answers import short_label
from wizard.wording.outline import Item, Section, entries
from wizard.wording.resting import resting, resting_sections
from wizard.wording.sources import citation
from wizard.wording.text import counted

_NONE: Final = "This pathway has none."
_BY_ID: Final = frozenset({Kind.CLAIM, Kind.ASSUMPTION, Kind.HAZARD})
"""Kinds whose things are told by a sentence, which the page begins with."""


def page_title(state: Browsing) -> str:
    """The title of the page in front."""
    page = state.page
    if not page.id or page.kind is Kind.LIMIT:
        return TITLES[page.kind]
    if page.kind is Kind.VERSION and page.id.startswith(COMPARED):
        return f"Since {page.id.removeprefix(COMPARED)}"
    if page.kind is Kind.CASE and page.id.startswith(DESCRIBING):
        option = state.pathway.options[page.id.removeprefix(DESCRIBING)]
        return f"Cases · {short_label(option)}"
    found = (each.label for each in things(state, page.kind) if each.page == page)
    name = page.id if page.kind in _BY_ID else next(found, page.id)
    return f"{_ONE[page.kind]} · {name}"


def page_rows(state: Browsing) -> tuple[Row, ...]:
    """The page in front; of what the pathway's files hold."""
    page = state.page
    if page in state.worked_out:
        return told_apart(outlined(*state.worked_out[page].sections))
    if page.kind in _WHOLE:
        return told_apart(_WHOLE[page.kind](state))
    if page.id:
        return told_apart(_OF_ONE[page.kind](state, page.id))
    made = _ALL.get(page.kind)
    return told_apart(made(state) if made is not None else _all_of(state, page.kind))


_AGAIN: Final = "\x00"
"""Behind a target that stands on a page already; then comes a number."""


def told_apart(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows, no two with one target: else the cursor would stand on both at once."""
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        target = row.target
        if target is not None:
            times = seen[target] = seen.get(target, -1) + 1
            target = f"{target}{_AGAIN}{times}" if times else target
        found.append(row._replace(target=target))
    return tuple(found)


def meant(target: str) -> str:
    """The target that a row has, whichever of those that have it is chosen."""
    return target.partition(_AGAIN)[0]


def _all_of(state: Browsing, kind: Kind) -> Iterator[Row]:
    """All of a kind, each leading to its page."""
    if kind in _ABOUT:
        yield note_row(_ABOUT[kind])
        yield BLANK
    every, under = things(state, kind), ""
    if not every:
        yield text(_NONE)
    for thing in every:
        if thing.under != under:
            yield from (BLANK,) if under else ()
            under = thing.under
            yield heading(under.upper())
        yield lead_row(thing.page.kind, thing.page.id, thing.label, thing.note, indent=0)


# --- one function a kind ---------------------------------------------------------------------


def _about(state: Browsing) -> Iterator[Row]:
    yield from outlined(*about_sections(state.pathway, state.today))


def _limits(state: Browsing) -> Iterator[Row]:
    yield note_row(_ABOUT[Kind.LIMIT])
    yield BLANK
    limits = state.pathway.limits
    yield from outlined(Section("Limits", items=entries(limits), count=len(limits)))
    if not limits:
        yield text(_NONE)


def _claim(state: Browsing, name: str) -> Iterator[Row]:
    pathway = state.pathway
    claim, cited = pathway.claims[name], citation(pathway, name, state.today)
    kind, wording = claim.kind.replace("_", " "), claim.strength
    yield title_row(name, f"{kind} · its wording: {wording}" if wording else kind)
    yield text(claim.says)
    yield BLANK
    yield lead_row(Kind.DOCUMENT, claim.source, cited.place, cited.badge, indent=0)
    yield note_row(f"It begins near “{claim.anchor}”.", indent=2)
    if claim.action is not None:
        yield note_row(f"What it says to do: {pathway.actions[claim.action]}.", indent=2)
    if claim.stated_for is not None:
        yield note_row(f"Stated for: {claim.stated_for.replace('_', ' ')}.", indent=2)
    yield BLANK
    rests = resting_sections(pathway, name)
    yield from outlined(*rests)
    if not rests:
        reason = pathway.not_surfaced.get(name, "Nothing in the pathway cites it.")
        yield from outlined(Section("Nothing rests on it", (reason,)))
    yield written_row(claim.position)


def _document(state: Browsing, name: str) -> Iterator[Row]:
    """A document: what it says of itself, then its claims by line, with how much rests on each."""
    pathway = state.pathway
    yield from outlined(document_section(pathway, name, state.today))
    claims = [each for each in pathway.claims.values() if each.source == name]
    claims.sort(key=_first_line)
    on: dict[str, dict[str, None]] = {}
    for each in resting(pathway):
        on.setdefault(each.on, {})[each.about] = None
    yield heading("LINE BY LINE", str(len(claims)))
    section = ""
    for claim in claims:
        if claim.section != section:
            section = claim.section
            yield note_row(section, indent=2)
        yield from _line(claim, len(on.get(claim.id, ())))
    if not claims:
        yield text(_NONE)


def _line(claim: Claim, resting_on_it: int) -> Iterator[Row]:
    rests = counted(resting_on_it, "thing rests on it", "things rest on it")
    head = (Span(f"{claim.lines}  {claim.id}", Tone.KEY), Span(f"  {rests}", Tone.DIM))
    yield spans(*head, indent=2, target=f"{CITES}{claim.id}")
    yield text(claim.says, indent=4)


def _first_line(claim: Claim) -> tuple[int, str]:
    number = claim.lines.replace("-", ",").partition(",")[0].strip()
    return (int(number) if number.isdecimal() else 0, claim.id)


def _term(state: Browsing, name: str) -> Iterator[Row]:
    term = state.pathway.glossary[name]
    yield title_row(term.term)
    yield BLANK
    means = Section("What it means", items=quotes(state, term.claims))
    yield from outlined(means, assumed(state, term.assumes))
    if term.also:
        yield note_row(f"Also found by: {', '.join(term.also)}")


def _assumption(state: Browsing, name: str) -> Iterator[Row]:
    yield title_row(name, "the pathway's own, beyond the documents")
    yield text(state.pathway.assumptions[name].says)
    yield BLANK
    rests = resting_sections(state.pathway, name)
    yield from outlined(*rests)
    if name in state.pathway.assumes:
        yield text("The pathway as a whole rests on it.")
    elif not rests:
        yield text("No rule and no question names it.")


def _hazard(state: Browsing, name: str) -> Iterator[Row]:
    hazard = state.pathway.hazards[name]
    yield title_row(name, "" if hazard.planned is None else "its control is planned")
    yield text(hazard.hazard)
    yield BLANK
    known = {file for file, _title in state.cases}
    tests = tuple(_held_by(each, known) for each in hazard.tests)
    yield from outlined(
        Section("Cause", (hazard.cause,)),
        Section("Control", (hazard.control,)),
        Section("Planned", (hazard.planned,) if hazard.planned else ()),
        Section("Held by these tests and cases", items=tests, count=len(tests)),
    )
    yield written_row(hazard.position)


def _held_by(test: str, cases: set[str]) -> Item:
    case = test.removeprefix("cases/")
    return Item(test, about=f"{Kind.CASE}:{case}" if case in cases else "")


_WHOLE: Final[Mapping[Kind, Callable[[Browsing], Iterator[Row]]]] = {
    Kind.ABOUT: _about,
    Kind.LIMIT: _limits,
}
_ALL: Final[Mapping[Kind, Callable[[Browsing], Iterator[Row]]]] = {
    Kind.FINDING: findings_rows,
    Kind.FAILING: all_failing_rows,
}
"""Kinds that are told otherwise than by what each thing is called."""
_OF_ONE: Final[Mapping[Kind, Callable[[Browsing, str], Iterator[Row]]]] = {
    Kind.FACTOR: factor_rows,
    Kind.OPTION: option_rows,
    Kind.SHARED: shared_rows,
    Kind.ALERT: alert_rows,
    Kind.DOCUMENT: _document,
    Kind.CLAIM: _claim,
    Kind.TERM: _term,
    Kind.ASSUMPTION: _assumption,
    Kind.HAZARD: _hazard,
    Kind.FINDING: finding_rows,
    Kind.FAILING: failing_rows,
    Kind.CASE: case_rows,
    Kind.VERSION: version_rows,
}
_ONE: Final[Mapping[Kind, str]] = {
    Kind.FINDING: "Finding",
    Kind.FAILING: "Case that fails",
    Kind.FACTOR: "Question",
    Kind.OPTION: "Option",
    Kind.SHARED: "Shared tree",
    Kind.ALERT: "Alert",
    Kind.DOCUMENT: "Document",
    Kind.CLAIM: "Claim",
    Kind.TERM: "Term",
    Kind.ASSUMPTION: "Assumption",
    Kind.HAZARD: "Hazard",
    Kind.CASE: "Case",
    Kind.VERSION: "Version",
}
"""What one thing of a kind is called."""
_ABOUT: Final[Mapping[Kind, str]] = {
    Kind.FACTOR: "The questions, in the order in which a case is walked through.",
    Kind.OPTION: "The options in their neutral order. It does not rank.",
    Kind.SHARED: "Trees that several rules go on with.",
    Kind.ALERT: "What is to be known beside the options, by its level.",
    Kind.DOCUMENT: "What the pathway rests on. A document's page goes through it line by line.",
    Kind.CLAIM: "All that the documents say, in the pathway's words. A claim's page has what rests "
    "on it.",
    Kind.TERM: "Words that the documents explain.",
    Kind.ASSUMPTION: "Readings and decisions of the pathway's own, beyond the documents.",
    Kind.LIMIT: "What this pathway cannot do.",
    Kind.HAZARD: "What could go wrong, why, and what holds it in check.",
    Kind.CASE: "The pathway's own cases: what it is tested with, and what one practises on.",
    Kind.VERSION: "What changed in the clinical content, the newest first.",
}
