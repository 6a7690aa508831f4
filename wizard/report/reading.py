"""What is read beside a case: about the tool, alerts, a question, documents, what a search finds.

Each is an outline, laid out line by line and on the screen.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from wizard.pathway.model import Pathway
from wizard.pathway.sources import Source
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.situation import Situation
from wizard.record import replace
from wizard.report.content import (
    alert_item,
    content_sections,
    statement_item,
    use_section,
)
from wizard.wording.alerts import AlertText
from wizard.wording.notices import (
    NEUTRAL_ORDER,
    NO_NAMES,
    NOT_UNSUITABLE,
    UNKNOWN_IS_NOT_NO,
    documents_line,
    pathway_stamp,
)
from wizard.wording.options import OptionCard, option_card, told_once
from wizard.wording.outline import Item, Section, entries, quoted, section_of
from wizard.wording.search import (
    MOST_OF_A_KIND,
    NOTHING_FOUND,
    Hit,
    HitKind,
    found_by_words,
    search,
)
from wizard.wording.sources import (
    SourceRow,
    applies_in,
    citation,
    citations,
    old_policy,
    source_rows,
    source_stamps,
)
from wizard.wording.text import counted


def about_sections(pathway: Pathway, today: date) -> tuple[Section, ...]:
    """What the tool is for and what not, its limits, and what the pathway rests on."""
    stamps = entries(source_stamps(pathway, today))
    left_out = [claim for source in pathway.sources.values() for claim in source.leaves_out]
    return (
        use_section(pathway),
        Section("How to read it", (NO_NAMES, NOT_UNSUITABLE, NEUTRAL_ORDER, UNKNOWN_IS_NOT_NO)),
        Section("The pathway", (pathway_stamp(pathway), f"{documents_line(pathway)}:"), stamps),
        Section("What the documents leave out", items=quoted(citations(pathway, left_out, today))),
        *content_sections(pathway),
    )


def alert_notice(alert: AlertText) -> Item:
    """An alert; one that is raised with all that the documents say."""
    return alert_item(alert if alert.state is AlertState.RAISED else replace(alert, lines=()))


def alert_page(situation: Situation, alert: AlertText) -> Section:
    """An alert in full, with what it rests on and the options that it is about."""
    pathway, record = situation.pathway, situation.pathway.alerts[alert.id]
    options = (Item(pathway.options[each].label, about=f"option:{each}") for each in record.about)
    item = alert_item(alert)
    below = (*item.items, *_assumptions(pathway, record.assumes), *options)
    return Section("", items=(replace(item, items=below),))


# --- an option -------------------------------------------------------------------------------


def option_sections(situation: Situation, option_id: str) -> tuple[Section, ...]:
    """Everything about one option."""
    card = option_card(situation, option_id)
    statements = tuple(map(statement_item, (*told_once(card.statements), *card.exclusions)))
    return (
        Section(f"{card.row.label} ({card.row.group})", (card.row.why,), statements),
        *card.sections,
        *setting_sections(card),
        *assumption_sections(situation.pathway, card),
    )


def setting_sections(card: OptionCard) -> tuple[Section, ...]:
    """The usual setting of an option that has one."""
    setting = card.row.setting
    if setting is None:
        return ()
    item = Item(f"{setting.label}: {setting.why}", quoted(setting.citations))
    return (Section("Usual setting", items=(item,)),)


def assumption_sections(pathway: Pathway, card: OptionCard) -> tuple[Section, ...]:
    """What an option and its statements rest on beyond the documents."""
    lines = (*card.statements, *card.exclusions)
    named = (*card.assumes, *(each for line in lines for each in line.assumes))
    title = "Assumptions of the pathway, beyond the documents"
    return section_of(title, "", _assumptions(pathway, named))


def _assumptions(pathway: Pathway, named: Iterable[str]) -> tuple[Item, ...]:
    return entries(f"{each}: {pathway.assumptions[each].says}" for each in dict.fromkeys(named))


# --- documents -------------------------------------------------------------------------------


def claim_sections(pathway: Pathway, claims: Iterable[str], today: date) -> tuple[Section, ...]:
    """Claims by document: what each is, when it is from and how current, then what it says."""
    found = citations(pathway, dict.fromkeys(claims), today)
    return tuple(
        _document(row, own)
        for row in source_rows(pathway, today)
        if (own := quoted(each for each in found if each.source == row.source.id))
    )


def named_documents(pathway: Pathway, claims: Iterable[str], today: date) -> Section:
    """The documents that claims stand in, without the claims."""
    sources = {pathway.claims[claim].source for claim in claims}
    rows = (row for row in source_rows(pathway, today) if row.source.id in sources)
    return Section("Sources", items=tuple(item for row in rows for item in _document(row).items))


def document_sections(pathway: Pathway, today: date) -> Iterator[Section]:
    """Every document of the pathway, with what it says of itself and what it leaves out."""
    for row in source_rows(pathway, today):
        parts = (("About it", row.source.card), ("It leaves out", row.source.leaves_out))
        said = (
            Item(title, quoted(citations(pathway, claims, today)), strong=True)
            for title, claims in parts
            if claims
        )
        yield _document(row, (_audience(row.source), *said))
    yield Section("", remarks=(old_policy(pathway),))


def document_section(pathway: Pathway, source: str, today: date) -> Section:
    """What one document is, without what it says."""
    rows = source_rows(pathway, today)
    row = next(row for row in rows if row.source.id == source)
    return _document(row, (_audience(row.source),))


def _audience(source: Source) -> Item:
    sponsor = f" · sponsor: {source.sponsor}" if source.sponsor else ""
    return Item(f"For: {source.audience} · country: {source.country}{sponsor}", quiet=True)


def _document(row: SourceRow, items: tuple[Item, ...] = ()) -> Section:
    source = row.source
    badge = "".join(f"; {each}" for each in (applies_in(source), source.badge) if each)
    about = (
        Item(f"Date: {row.dated} · {row.currency.text}{badge}"),
        Item(f"Type: {source.type} · publisher: {row.publisher}", quiet=True),
        *((Item(row.origin, quiet=True),) if row.origin else ()),
        Item(row.text_stamp, quiet=True),
    )
    item = Item(f"{source.id} · {source.title}", (*about, *items), strong=True)
    return Section("", items=(item,))


# --- search ----------------------------------------------------------------------------------


def search_sections(situation: Situation, typed: str) -> tuple[Section, ...]:
    """Everything in the pathway that holds the words typed, by its kind."""
    hits = search(situation.pathway, typed)
    if not hits:
        return (Section("", remarks=(NOTHING_FOUND,)),)
    return tuple(
        _hits(situation, kind, tuple(same)) for kind, same in groupby(hits, lambda hit: hit.kind)
    )


def _hits(situation: Situation, kind: HitKind, hits: tuple[Hit, ...]) -> Section:
    left = len(hits) - MOST_OF_A_KIND
    shown = tuple(_hit(situation, hit) for hit in hits[:MOST_OF_A_KIND])
    if left > 0:
        more = f"… {counted(left, 'more hit')}: type another word to narrow them."
        return Section(kind.value, (), shown, (more,), len(hits))
    return Section(kind.value, (), shown, count=len(hits))


_LEADS = {HitKind.OPTION: "option", HitKind.QUESTION: "factor"}


def _hit(situation: Situation, hit: Hit) -> Item:
    if hit.kind is HitKind.CLAIM:
        cited = citation(situation.pathway, hit.id, situation.today)
        return Item(cited.says, citations=(cited,))
    about = f"{_LEADS[hit.kind]}:{hit.id}" if hit.kind in _LEADS else ""
    told = filter(None, (found_by_words(hit.found_by), *hit.passages))
    return Item(hit.title, tuple(Item(each, quiet=True) for each in told), about=about)
