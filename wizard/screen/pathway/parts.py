"""What pages are put together from: titles, sections, claims, trees, and where all that stands."""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.pathway.position import Position
from wizard.pathway.trees import Rule
from wizard.screen.pathway.state import Browsing, Kind
from wizard.screen.shared.outline import LEADS, outline_rows
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, item, spans, text
from wizard.screen.shared.tree import drawn_rows
from wizard.wording.outline import Item, Section, quoted
from wizard.wording.sources import citations

CITES: Final = f"{Kind.CLAIM}:"
TRY: Final = "try:"
"""Begins the target of a case that reaches something: what that is, and its ids."""


def title_row(words: str, note: str = "") -> Row:
    """What the page is about, and beside it what that belongs to."""
    return spans(Span(words, Tone.STRONG), Span(f"   {note}" if note else "", Tone.DIM))


def outlined(*sections: Section) -> tuple[Row, ...]:
    """Sections whose citations lead to their claims; an empty one is left out."""
    told = (each for each in sections if each.items or each.paragraphs or each.remarks)
    return outline_rows(told, cites=CITES)


def quotes(state: Browsing, claims: Iterable[str]) -> tuple[Item, ...]:
    """What claims say, each leading to its own page."""
    return quoted(citations(state.pathway, claims, state.today))


def assumed(state: Browsing, named: Iterable[str]) -> Section:
    """What something rests on beyond the documents."""
    every = state.pathway.assumptions
    leads = (
        Item(f"{each}: {every[each].says}", about=f"{Kind.ASSUMPTION}:{each}")
        for each in dict.fromkeys(named)
    )
    return Section("Assumptions, beyond the documents", items=tuple(leads))


def cited_rows(state: Browsing, claims: Iterable[str]) -> Iterator[Row]:
    """Claims, each in a paragraph that leads to its page."""
    for each in claims:
        words = Span(f"  {state.pathway.claims[each].says}", Tone.DIM)
        yield spans(Span(each, Tone.KEY), words, indent=2, target=f"{CITES}{each}")


def tree_rows(
    state: Browsing, rule: Rule, holds: str = "described", fails: str = "not described"
) -> Iterator[Row]:
    """A rule as its tree."""
    yield from drawn_rows(state.pathway, rule, holds=holds, fails=fails)
    yield BLANK


def lead_row(kind: Kind, name: str, words: str, note: str = "", *, indent: int = 2) -> Row:
    """A row that leads to a page."""
    parts = (Span(words), Span(f"   {note}" if note else "", Tone.DIM))
    return item(LEADS, *parts, tone=Tone.KEY, indent=indent, target=f"{kind}:{name}")


def try_row(words: str, *named: str) -> Row:
    """A row that leads to a case which reaches something."""
    target = TRY + ":".join(named)
    return item("t", Span(words, Tone.KEY), tone=Tone.KEY, indent=2, width=3, target=target)


def written_row(position: Position, name: str = "", also: tuple[str, ...] = ()) -> Row:
    """Where something is written, what it is called there, and by which words it is found."""
    parts = [f"Written in {position.file}, line {position.line}"]
    parts += [f"called {name}"] if name else []
    parts += [f"also found by: {', '.join(also)}"] if also else []
    return Row((Cell((Span("; ".join(parts), Tone.DIM),)),))


def note_row(words: str, indent: int = 0) -> Row:
    """A remark."""
    return text(words, Tone.DIM, indent=indent)
