"""Claims and documents as rows, so that everything on a card has its source."""

from collections.abc import Iterable

from wizard.pathway.model import Option
from wizard.screen.case.state import State
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, spans, text
from wizard.wording.sources import Citation, SourceRow, citations, old_policy, source_rows


def cited(words: str, found: Iterable[Citation], indent: int = 2) -> list[Row]:
    """A sentence, and under it where each of its claims stands."""
    return [
        text(words, indent=indent),
        *(
            spans(
                Span(each.claim, Tone.KEY),
                Span(f" · {each.place} · {each.badge}", Tone.DIM),
                indent=indent + 2,
            )
            for each in found
        ),
    ]


def said(found: Citation, indent: int = 2) -> list[Row]:
    """What a claim says, and where it stands."""
    return cited(found.says, (found,), indent)


def claim_rows(state: State, claims: Iterable[str]) -> list[Row]:
    """Claims by document: each document with its date, type and badge, then what it says."""
    found = citations(state.pathway, dict.fromkeys(claims), state.situation.today)
    rows: list[Row] = []
    for source in _sources_of(state, found):
        rows += [*document_rows(source), BLANK]
        for each in found:
            rows += said(each) if each.source == source.id else []
        rows.append(BLANK)
    return rows


def documents_of(state: State, claims: Iterable[str]) -> list[Row]:
    """The documents that the claims stand in."""
    found = citations(state.pathway, dict.fromkeys(claims), state.situation.today)
    return [row for source in _sources_of(state, found) for row in document_rows(source)]


def option_claims(option: Option) -> tuple[str, ...]:
    """Every claim of an option, its statements' first."""
    statements = option.statements.values()
    found = [claim for each in statements for claim in each.claims]
    found += [claim for each in statements for aim in each.aims for claim in aim.claims]
    found += [claim for aim in option.aims for claim in aim.claims]
    found += option.usual_setting.claims if option.usual_setting else ()
    found += [claim for row in option.card.values() for claim in row]
    found += [claim for note in option.notes for claim in note.claims]
    return tuple(dict.fromkeys(found))


def document_rows(source: SourceRow) -> list[Row]:
    """A document: what it is, when it is from, and how current it is."""
    badge = f"; {source.remark}" if source.remark else ""
    return [
        heading(f"{source.id} · {source.title}"),
        text(f"Date: {source.dated} · {source.currency.text}{badge}", indent=2),
        text(f"Type: {source.type} · publisher: {source.publisher}", Tone.DIM, indent=2),
        text(source.text_stamp, Tone.DIM, indent=2),
    ]


def all_documents(state: State) -> list[Row]:
    """Every document of the pathway, with what it says of itself and what it leaves out."""
    rows: list[Row] = []
    for source in source_rows(state.pathway, state.situation.today):
        record = state.pathway.sources[source.id]
        rows += document_rows(source)
        sponsor = f" · sponsor: {source.sponsor}" if source.sponsor else ""
        rows.append(
            text(f"For: {source.audience} · country: {source.country}{sponsor}", Tone.DIM, indent=2)
        )
        for title, claims in (("About it", record.card), ("It leaves out", record.leaves_out)):
            found = citations(state.pathway, claims, state.situation.today)
            if found:
                rows.append(text(title, Tone.STRONG, indent=2))
            for each in found:
                rows += said(each, indent=4)
        rows.append(BLANK)
    return [*rows, text(old_policy(state.pathway), Tone.DIM)]


def _sources_of(state: State, found: Iterable[Citation]) -> list[SourceRow]:
    named = {each.source for each in found}
    rows = source_rows(state.pathway, state.situation.today)
    return [source for source in rows if source.id in named]
