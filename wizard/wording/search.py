"""Search over everything that a pathway says, by the beginnings of words.

`rest` finds resting and not forest: a word that is typed must begin a word of the text.
Case and accents do not count.  What is typed with a hyphen is one word.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final

from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor
from wizard.pathway.model import Option, Pathway
from wizard.record import Record
from wizard.wording.answers import listed_answers

NOTHING_FOUND: Final = (
    "Nothing in the pathway begins a word like this. The documents leave much out."
)
MOST_OF_A_KIND: Final = 30
"""The most hits of one kind to show; the others are counted."""

_WORD: Final = r"\w+(?:-\w+)*"


class HitKind(StrEnum):
    """What a hit is about; its value heads the hits of that kind."""

    OPTION = "Options"
    QUESTION = "Questions"
    ALERT = "Alerts"
    TERM = "Terms"
    ASSUMPTION = "What goes beyond the documents"
    LIMIT = "Limits"
    CLAIM = "What the documents say"


class Hit(Record):
    """Something that holds every word.

    `passages` are those of its texts that hold a word; `found_by` are the pathway's synonyms that
    hold a word which none of the texts holds.
    """

    kind: HitKind
    id: str
    title: str
    passages: tuple[str, ...]
    found_by: tuple[str, ...]


class SearchedText(Record):
    """A text, and synonyms by which it can be found."""

    says: str
    also: tuple[str, ...] = ()


def search(pathway: Pathway, typed: str) -> tuple[Hit, ...]:
    """What holds every word that is typed, in the order of the kinds; nothing without a word."""
    wanted = tuple(dict.fromkeys(searched_words(typed)))
    if not wanted:
        return ()
    hits = (_hit(wanted, *found) for found in searched_texts(pathway))
    return tuple(hit for hit in hits if hit is not None)


def holds(typed: str, *texts: str) -> bool:
    """Whether every word that is typed begins a word of the texts."""
    return _begins(searched_words(typed), " ".join(texts), all)


def found_by(typed: str, text: str, also: Iterable[str]) -> tuple[str, ...]:
    """The synonyms of a text that hold a typed word which the text itself does not."""
    lacking = [word for word in searched_words(typed) if not _begins([word], text, any)]
    return tuple(other for other in also if _begins(lacking, other, any))


def found_by_words(others: Iterable[str]) -> str:
    """That something was found by words of our own: `found by: PRRT, a word of ours`."""
    listed = tuple(others)
    whose = "words" if len(listed) > 1 else "a word"
    return f"found by: {', '.join(listed)}, {whose} of ours" if listed else ""


def _hit(
    wanted: tuple[str, ...],
    kind: HitKind,
    name: str,
    title: SearchedText,
    texts: tuple[SearchedText, ...],
) -> Hit | None:
    every = (title, *texts)
    whole = " ".join(text.says for text in every)
    also = tuple(dict.fromkeys(other for text in every for other in text.also))
    if not _begins(wanted, " ".join((whole, *also)), all):
        return None
    found = found_by(" ".join(wanted), whole, also)
    return Hit(
        kind,
        name,
        title.says,
        tuple(
            text.says
            for text in texts
            if _begins(wanted, text.says, any) or not set(found).isdisjoint(text.also)
        ),
        found,
    )


def _begins(wanted: Iterable[str], text: str, quantifier: Callable[[Iterable[bool]], bool]) -> bool:
    words = beginnings(text)
    return quantifier(any(word.startswith(each) for word in words) for each in wanted)


@lru_cache(maxsize=4096)
def beginnings(text: str) -> tuple[str, ...]:
    """All that a typed word may begin: the words of a text, and their parts behind hyphens.

    Kept, since every letter that is typed searches the same texts.
    """
    return tuple(part for word in searched_words(text) for part in (word, *word.split("-")[1:]))


def searched_words(text: str) -> list[str]:
    """The words of a text in small letters, without accents; one with hyphens is one word."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(_WORD, "".join(each for each in letters if not unicodedata.combining(each)))


Searched = tuple[HitKind, str, SearchedText, tuple[SearchedText, ...]]


def searched_texts(pathway: Pathway) -> Iterator[Searched]:
    """Everything that can be found: its kind, its id, its title, and what it says besides."""
    for option in pathway.options.values():
        yield _findable(HitKind.OPTION, option.id, option.label, _of_option(option), option.also)
    for factor in pathway.factors.values():
        question = SearchedText(factor.question, factor.also)
        yield HitKind.QUESTION, factor.id, question, tuple(_of_factor(factor))
    for alert in pathway.alerts.values():
        said = (alert.says,) if alert.says else ()
        yield _findable(HitKind.ALERT, alert.id, alert.title, said, alert.also)
    for term in pathway.glossary.values():
        yield _findable(HitKind.TERM, term.id, term.term, (), term.also)
    for assumption in pathway.assumptions.values():
        yield _findable(HitKind.ASSUMPTION, assumption.id, assumption.id, (assumption.says,))
    for number, limit in enumerate(pathway.limits, 1):
        yield _findable(HitKind.LIMIT, str(number), limit, ())
    terms = {claim: term.term for term in pathway.glossary.values() for claim in term.claims}
    for claim in pathway.claims.values():
        named = (terms[claim.id],) if claim.id in terms else ()
        yield _findable(HitKind.CLAIM, claim.id, claim.id, (claim.says, claim.section, *named))


def _findable(
    kind: HitKind, name: str, title: str, texts: Iterable[str], also: tuple[str, ...] = ()
) -> Searched:
    return kind, name, SearchedText(title, also), tuple(SearchedText(text) for text in texts)


def _of_option(option: Option) -> Iterator[str]:
    if option.short:
        yield option.short
    yield from (note.says for note in option.notes)
    yield from dict.fromkeys(aim.label for aims in option.aims_by_id.values() for aim in aims)
    if option.usual_setting is not None:
        yield option.usual_setting.label


def _of_factor(factor: Factor) -> Iterator[SearchedText]:
    yield SearchedText(factor.label)
    yield SearchedText(factor.help)
    none = factor.none_label if isinstance(factor, MultiFactor) else None
    not_done = None if isinstance(factor, ChoiceFactor) else factor.not_done
    texts = (factor.short, factor.record_only, none, not_done)
    yield from (SearchedText(text) for text in texts if text)
    groups = factor.groups if isinstance(factor, MultiFactor) else {}
    for value in (*listed_answers(factor).values(), *groups.values()):
        says = f"{value.label}: {value.help}" if value.help else value.label
        yield SearchedText(says, value.also)
