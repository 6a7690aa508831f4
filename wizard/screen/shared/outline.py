"""An outline as rows: headings, entries that hang behind their marks, claims with their places."""

from collections.abc import Iterable, Iterator
from typing import Final

from rich.cells import cell_len

from wizard.record import replace
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, item, spans, text
from wizard.wording.answers import colon
from wizard.wording.outline import Item, Section, in_short, left_out
from wizard.wording.text import counted

LEADS: Final = "→"
"""Marks what leads somewhere."""
MORE: Final = f"{ACTION}more"
"""Shows what is left out in short, or leaves it out again."""
_BULLET: Final = "·"
_MOVED: Final = frozenset("+-≠")
"""Marks of what differs."""
_COLUMNS: Final = 70
"""From this width on cells stand beside each other."""


def outline_rows(
    sections: Iterable[Section], *, short: bool = False, width: int = 0, cites: str = ""
) -> tuple[Row, ...]:
    """Sections, each with a blank row after it; one of which nothing is told in short is left out.

    Cells stand beside each other where the width is given and they have room.  `cites` begins the
    target of a citation; without it none has one.
    """
    return tuple(
        row for section in sections for row in _section(section, width, cites, short=short)
    )


def item_rows(entries: Iterable[Item], indent: int = 2, cites: str = "") -> Iterator[Row]:
    """Entries with their own entries; each is chosen by what it is about."""
    for entry in entries:
        if entry.text:
            yield _entry_row(entry, indent)
        yield from (text(line, Tone.DIM, indent=indent + 2) for line in entry.lines)
        below = indent + 2 if entry.text else indent
        for each in entry.citations:
            where = Span(f" · {each.place} · {each.badge}", Tone.DIM)
            target = f"{cites}{each.claim}" if cites else None
            yield spans(Span(each.claim, Tone.KEY), where, indent=below, target=target)
        yield from item_rows(entry.items, below, cites)


def table_rows(section: Section, width: int) -> Iterator[Row]:
    """Entries with their cells in columns, or in one line each where there is no room."""
    yield _cells(Item(section.title, strong=True, cells=section.columns), width)
    for entry in section.items:
        yield _cells(replace(entry, strong=False, quiet=not entry.mark), width)


def _cells(entry: Item, width: int) -> Row:
    tone = _tone(entry)
    margin = (Cell((), 2), Cell((Span(entry.mark, Tone.CHANGE),), 2))
    if width < _COLUMNS:
        told = " → ".join(dict.fromkeys(entry.cells))
        return Row((*margin, Cell((Span(f"{colon(entry.text)} {told}", tone),))))
    room = (width - 4) // (len(entry.cells) + 1) - 2
    *columns, last = (Span(each, tone) for each in (entry.text, *entry.cells))
    spaced = (cell for each in columns for cell in (Cell((each,), room), Cell((), 2)))
    return Row((*margin, *spaced, Cell((last,))))


def _entry_row(entry: Item, indent: int) -> Row:
    tone = _tone(entry)
    mark = entry.mark or (LEADS if entry.about else "")
    if not mark:
        return text(entry.text, tone, indent=indent)
    leads = entry.about or mark == LEADS
    return item(
        mark,
        Span(entry.text, tone),
        tone=Tone.KEY if leads else Tone.CHANGE if mark in _MOVED else tone,
        indent=indent,
        width=cell_len(mark) + 1,
        target=entry.about or None,
    )


def _section(section: Section, width: int, cites: str, *, short: bool) -> Iterator[Row]:
    left, told = left_out(section.items), in_short(section.items) if short else section.items
    if left and not told:
        return
    if section.columns and width:
        yield from (*table_rows(replace(section, items=told), width), BLANK)
        return
    if section.title:
        yield heading(section.title.upper(), "" if section.count is None else str(section.count))
    indent = 2 if section.title else 0
    for paragraph in section.paragraphs:
        yield text(paragraph, indent=indent)
    for entry in told:
        # Nothing but a mark would set a plain entry off from the next.
        plain = entry == Item(entry.text, short=entry.short)
        yield from item_rows([replace(entry, mark=_BULLET) if plain else entry], indent, cites)
    if left and section.more:
        words = counted(left, *section.more).capitalize() if short else "In short again"
        yield item("m", Span(words), tone=Tone.KEY, indent=indent, target=MORE)
    for remark in section.remarks:
        yield text(remark, Tone.DIM, indent=indent)
    yield BLANK


def _tone(entry: Item) -> Tone:
    return Tone.STRONG if entry.strong else Tone.DIM if entry.quiet else Tone.PLAIN
