"""Search over everything that the pathway says."""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.pathway.model import Factor, Pathway
from wizard.screen.rows import BLANK, Row, Span, Tone, heading, spans, text
from wizard.screen.state import State
from wizard.screen.views.case_map import FACTOR
from wizard.screen.views.citing import said
from wizard.screen.views.options import OPTION, SYMBOLS
from wizard.wording.sources import citation
from wizard.wording.text import counted

_MOST_CLAIMS: Final = 30


def search_rows(state: State) -> tuple[Row, ...]:
    """The words typed, and what holds all of them: options, questions, terms and claims."""
    field = spans(Span("Search: ", Tone.DIM), Span(f"{state.search}▏", Tone.STRONG))
    words = state.search.casefold().split()
    if not words:
        hint = "Type a word: an option, a question, an answer, or anything a document says."
        return (field, BLANK, text(hint, Tone.DIM))
    found = (*_options(state, words), *_questions(state, words), *_claims(state, words))
    return (field, BLANK, *(found or (text("Nothing holds these words.", Tone.DIM),)))


def _options(state: State, words: list[str]) -> Iterator[Row]:
    found = [each for each in state.pathway.options.values() if _holds(words, (each.label,))]
    if found:
        yield heading("OPTIONS", str(len(found)))
    for option in found:
        symbol = SYMBOLS[state.assessment.options[option.id].status]
        yield spans(Span(f"{symbol} "), Span(option.label), indent=2, target=OPTION + option.id)
    if found:
        yield BLANK


def _questions(state: State, words: list[str]) -> Iterator[Row]:
    found = [
        each for each in state.pathway.factors.values() if _holds(words, _texts_of_factor(each))
    ]
    if found:
        yield heading("QUESTIONS", str(len(found)))
    for factor in found:
        labels = [value.label for value in factor.values.values() if _holds(words, (value.label,))]
        answers = f"  {'; '.join(labels)}" if labels else ""
        yield spans(
            Span(factor.question), Span(answers, Tone.DIM), indent=2, target=FACTOR + factor.id
        )
    if found:
        yield BLANK


def _claims(state: State, words: list[str]) -> Iterator[Row]:
    found = [
        claim.id
        for claim in state.pathway.claims.values()
        if _holds(words, (claim.id, claim.says, claim.section, *_terms(state.pathway, claim.id)))
    ]
    if found:
        yield heading("WHAT THE DOCUMENTS SAY", str(len(found)))
    for claim in found[:_MOST_CLAIMS]:
        yield from said(citation(state.pathway, claim, state.situation.today))
    if len(found) > _MOST_CLAIMS:
        more = counted(len(found) - _MOST_CLAIMS, "more claim")
        yield text(f"… {more}: type another word to narrow them.", Tone.DIM, indent=2)


def _terms(pathway: Pathway, claim: str) -> tuple[str, ...]:
    return tuple(term.term for term in pathway.glossary.values() if claim in term.claims)


def _texts_of_factor(factor: Factor) -> tuple[str, ...]:
    labels = [value.label for value in factor.values.values()]
    return (factor.label, factor.question, *labels)


def _holds(words: Iterable[str], texts: Iterable[str]) -> bool:
    whole = " ".join(texts).casefold()
    return all(word in whole for word in words)
