"""Search over everything that the pathway says."""

from collections.abc import Iterator
from itertools import groupby

from wizard.screen.case.case_map import FACTOR
from wizard.screen.case.options import OPTION, SYMBOLS
from wizard.screen.case.state import State
from wizard.screen.shared.citing import said
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, spans, text
from wizard.wording.search import (
    MOST_OF_A_KIND,
    NOTHING_FOUND,
    Hit,
    HitKind,
    found_by_words,
    search,
)
from wizard.wording.sources import citation
from wizard.wording.text import counted


def search_rows(state: State) -> tuple[Row, ...]:
    """The words typed, and everything that holds all of them."""
    field = spans(Span("Search: ", Tone.DIM), Span(f"{state.search}▏", Tone.STRONG))
    if not state.search.split():
        hint = "Type a word: an option, a question, an answer, or anything a document says."
        return (field, BLANK, text(hint, Tone.DIM))
    hits = search(state.pathway, state.search)
    if not hits:
        leads = item(
            "↵",
            Span("What they leave out (i, once the search is closed)"),
            tone=Tone.KEY,
            target=f"{ACTION}intended_use",
        )
        return (field, BLANK, text(NOTHING_FOUND, Tone.DIM), leads)
    rows: list[Row] = []
    for kind, same in groupby(hits, key=lambda hit: hit.kind):
        found = list(same)
        rows.append(heading(kind.value.upper(), str(len(found))))
        for hit in found[:MOST_OF_A_KIND]:
            rows += _hit(state, hit)
        if len(found) > MOST_OF_A_KIND:
            more = counted(len(found) - MOST_OF_A_KIND, "more hit")
            rows.append(text(f"… {more}: type another word to narrow them.", Tone.DIM, indent=2))
        rows.append(BLANK)
    return (field, BLANK, *rows)


def _hit(state: State, hit: Hit) -> Iterator[Row]:
    match hit.kind:
        case HitKind.OPTION:
            symbol = SYMBOLS[state.assessment.options[hit.id].status]
            yield spans(Span(f"{symbol} "), Span(hit.title), indent=2, target=OPTION + hit.id)
        case HitKind.QUESTION:
            yield spans(Span(hit.title), indent=2, target=FACTOR + hit.id)
        case HitKind.CLAIM:
            yield from said(citation(state.pathway, hit.id, state.situation.today))
            return
        case _:
            yield text(hit.title, indent=2)
    if hit.found_by:
        yield text(found_by_words(hit.found_by), Tone.DIM, indent=4)
    for passage in hit.passages:
        yield text(passage, Tone.DIM, indent=4)
