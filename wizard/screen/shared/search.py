"""Search over everything: what is typed, and what fits, the letters that were meant marked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.keys import Key
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, spans, text
from wizard.wording.finding import (
    NOTHING_FITS,
    Findable,
    Found,
    FoundKind,
    find,
    marked_words,
)
from wizard.wording.search import found_by_words
from wizard.wording.text import counted

THEME: Final = "theme:"
"""Begins the target of a theme."""
MOST_SHOWN: Final = 40
MOST_RECENT: Final = 12
_KIND: Final = 11
"""Cells for the kind of a hit, where there is room for a column of its own."""
_ROOM: Final = 50
_NOT_OFFERED: Final = frozenset({"search", "close", "mark", "tick", "choose"})
"""What has no use once the search is closed, or none without the cursor somewhere."""
_HINT: Final = (
    "Type a few letters: a command, a question, an answer, an option, a case, a word that a "
    "document uses, a citation such as ICS-3."
)


def key_offers(keys: Iterable[tuple[Key, str | None]]) -> Iterator[Findable]:
    """The actions of a place; beside each key stands why it cannot do anything now, or None."""
    for key, refused in keys:
        if key.action not in _NOT_OFFERED:
            yield Findable(
                FoundKind.ACTION,
                ACTION + key.action,
                key.label,
                id=key.action,
                note=key.display,
                texts=(key.tooltip,),
                unusable=refused or "",
            )


def theme_offers(themes: Iterable[str]) -> Iterator[Findable]:
    """The themes that can be chosen."""
    for theme in themes:
        yield Findable(FoundKind.THEME, THEME + theme, theme, id=theme, texts=("Theme",))


def remembered(recent: Sequence[str], target: str) -> tuple[str, ...]:
    """What was chosen lately, the last one first."""
    return (target, *(each for each in recent if each != target))[:MOST_RECENT]


def search_rows(
    typed: str, offered: Iterable[Findable], recent: Sequence[str], width: int
) -> tuple[Row, ...]:
    """What is typed over what fits; of very many hits the first."""
    field = spans(Span("Search: ", Tone.DIM), Span(f"{typed}▏", Tone.STRONG))
    found = find(offered, typed, recent)
    rows = [row for each in found[:MOST_SHOWN] for row in _hit_rows(each, typed, width)]
    left = len(found) - MOST_SHOWN
    if left > 0:
        rows.append(text(f"… {counted(left, 'more hit')}: another letter narrows them.", Tone.DIM))
    if not found:
        target = f"{ACTION}intended_use"
        leads = Span("What the documents leave out", Tone.KEY)
        rows = [text(NOTHING_FITS, Tone.DIM), spans(Span("↵ ", Tone.KEY), leads, target=target)]
    hint = () if typed.strip() else (text(_HINT, Tone.DIM),)
    return (field, *hint, BLANK, *rows)


def _hit_rows(found: Found, typed: str, width: int) -> Iterator[Row]:
    """What it is and its title, and under it why it fits or cannot be used."""
    what = found.what
    tone = Tone.DIM if what.unusable else Tone.PLAIN
    words = [*_marked(what.title, found.marked, tone)]
    if what.note:
        words.append(Span("  "))
        if what.kind is FoundKind.ACTION:
            words.append(Span(what.note, Tone.DIM if what.unusable else Tone.KEY))
        else:
            words += _marked(what.note, marked_words(typed, what.note), Tone.DIM)
    below = [what.unusable, found_by_words(found.found_by)]
    passage = found.passage
    if not passage and what.kind is FoundKind.ACTION and not what.unusable:
        passage = what.texts[0]
    kind = what.kind.capitalize()
    if width >= _ROOM:
        yield _beside(kind, words, what.target)
    else:
        yield spans(*words, Span(f"  {what.kind}", Tone.DIM), target=what.target)
    for told in filter(None, below):
        yield _beside("", [Span(told, Tone.DIM)], None, width)
    if passage:
        yield _beside("", [*_marked(passage, marked_words(typed, passage), Tone.DIM)], None, width)


def _beside(kind: str, words: Sequence[Span], target: str | None, width: int = _ROOM) -> Row:
    margin = _KIND if width >= _ROOM else 2
    return Row((Cell((Span(kind, Tone.DIM),), margin), Cell(tuple(words))), target)


def _marked(words: str, marked: frozenset[int], tone: Tone) -> Iterator[Span]:
    """A text with some of its letters lit."""
    start = 0
    for place in range(1, len(words) + 1):
        if place == len(words) or (place in marked) != (start in marked):
            yield Span(words[start:place], Tone.LIT if start in marked else tone)
            start = place
