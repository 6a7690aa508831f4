"""Search over everything that a pathway says, by the beginnings of words.

`rest` finds resting and not forest: a word that is typed must begin a word of the text.
Case and accents do not count.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wizard.pathway.model import Factor, Option, Pathway

NOTHING_FOUND: Final = (
    "Nothing in the pathway begins a word like this. The documents leave much out: i tells what."
)
MOST_OF_A_KIND: Final = 30
"""As many hits of one kind as are shown; the others are counted."""

_WORD: Final = re.compile(r"\w+")


class Kind(StrEnum):
    """What a hit is about; its value heads the hits of that kind."""

    OPTION = "Options"
    QUESTION = "Questions"
    ALERT = "Alerts"
    TERM = "Terms"
    ASSUMPTION = "What goes beyond the documents"
    LIMIT = "Limits"
    CLAIM = "What the documents say"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that holds every word.  `passages` are those of its texts that hold one."""

    kind: Kind
    id: str
    title: str
    passages: tuple[str, ...]


def search(pathway: Pathway, typed: str) -> tuple[Hit, ...]:
    """What holds every word that is typed, in the order of the kinds; nothing without a word."""
    wanted = tuple(dict.fromkeys(_words(typed)))
    if not wanted:
        return ()
    return tuple(
        Hit(kind, name, title, tuple(text for text in texts if _begins(wanted, text, any)))
        for kind, name, title, texts in _texts(pathway)
        if _begins(wanted, " ".join((title, *texts)), all)
    )


def holds(typed: str, *texts: str) -> bool:
    """Whether every word that is typed begins a word of the texts."""
    return _begins(_words(typed), " ".join(texts), all)


def _begins(wanted: Iterable[str], text: str, quantifier: Callable[[Iterable[bool]], bool]) -> bool:
    words = _words(text)
    return quantifier(any(word.startswith(each) for word in words) for each in wanted)


def _words(text: str) -> list[str]:
    """The words of a text in small letters, without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(each for each in letters if not unicodedata.combining(each)))


def _texts(pathway: Pathway) -> Iterator[tuple[Kind, str, str, tuple[str, ...]]]:
    """Everything that can be found: its kind, its id, its title, and what it says besides."""
    for option in pathway.options.values():
        yield Kind.OPTION, option.id, option.label, tuple(_of_option(option))
    for factor in pathway.factors.values():
        yield Kind.QUESTION, factor.id, factor.question, tuple(_of_factor(factor))
    for alert in pathway.alerts.values():
        yield Kind.ALERT, alert.id, alert.title, (alert.says,) if alert.says else ()
    for term in pathway.glossary.values():
        yield Kind.TERM, term.id, term.term, ()
    for assumption in pathway.assumptions.values():
        yield Kind.ASSUMPTION, assumption.id, assumption.id, (assumption.says,)
    for number, limit in enumerate(pathway.limits, 1):
        yield Kind.LIMIT, str(number), limit, ()
    terms = {claim: term.term for term in pathway.glossary.values() for claim in term.claims}
    for claim in pathway.claims.values():
        named = (terms[claim.id],) if claim.id in terms else ()
        yield Kind.CLAIM, claim.id, claim.id, (claim.says, claim.section, *named)


def _of_option(option: Option) -> Iterator[str]:
    yield from (note.says for note in option.notes)
    aims = [*option.aims, *(aim for each in option.statements.values() for aim in each.aims)]
    yield from dict.fromkeys(aim.label for aim in aims)
    if option.usual_setting is not None:
        yield option.usual_setting.label


def _of_factor(factor: Factor) -> Iterator[str]:
    yield factor.label
    yield factor.help
    yield from (text for text in (factor.record_only, factor.none_label) if text)
    for value in factor.values.values():
        yield f"{value.label}: {value.help}" if value.help else value.label
    yield from (group.label for group in factor.groups.values())
