"""Finding by a few letters: what fits, in which order, and which of its letters were meant.

Something fits if its id begins with what is typed, if every typed word begins a word of what it
says, or if the typed letters stand in its title in their order.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

from wizard.pathway.factors import Factor, MultiFactor
from wizard.pathway.model import Pathway
from wizard.record import Record
from wizard.wording.answers import factor_label, groups_of_members, listed_answers
from wizard.wording.search import HitKind, beginnings, holds, searched_texts, searched_words
from wizard.wording.statuses import LEVEL_WORDS

NOTHING_FITS: Final = "Nothing fits that: not a command, and nothing that the pathway says."


class FoundKind(StrEnum):
    """What something found is; in this order what fits equally well is listed."""

    ACTION = "action"
    THEME = "theme"
    OPTION = "option"
    QUESTION = "question"
    ANSWER = "answer"
    ALERT = "alert"
    PAGE = "page"
    SHARED = "tree"
    TERM = "term"
    DOCUMENT = "document"
    CLAIM = "claim"
    ASSUMPTION = "assumption"
    LIMIT = "limit"
    HAZARD = "hazard"
    CASE = "case"


class Findable(Record):
    """Something to find.  `target` says what choosing it does, `note` stands beside its title.

    `texts` are searched by words, and so are `also`, the pathway's own other words; `unusable` says
    why it cannot be done, or does not matter, now.
    """

    kind: FoundKind
    target: str
    title: str
    id: str = ""
    note: str = ""
    texts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    unusable: str = ""


class Found(Record):
    """Something that fits: the letters of its title that were meant, and why else it fits.

    `passage` is the first of its texts that holds a word which the title does not.
    """

    what: Findable
    marked: frozenset[int] = frozenset()
    passage: str = ""
    found_by: tuple[str, ...] = ()


def find(offered: Iterable[Findable], typed: str, recent: Sequence[str] = ()) -> tuple[Found, ...]:
    """What fits, the best first; before it what was chosen lately, behind it what is unusable.

    Where nothing is typed, that is what was chosen lately, and every action.  `recent` are targets,
    the last one first.
    """
    lately = {target: place for place, target in enumerate(recent)}
    if not typed.strip():
        found: list[tuple[float, Found]] = [
            (0, Found(each))
            for each in offered
            if each.target in lately or each.kind is FoundKind.ACTION
        ]
    else:
        words = searched_words(typed)
        fits = (_fit(each, typed.strip(), words) for each in offered)
        found = [fit for fit in fits if fit is not None]
    kinds = {kind: place for place, kind in enumerate(FoundKind)}
    found.sort(
        key=lambda fit: (
            bool(fit[1].what.unusable),
            lately.get(fit[1].what.target, len(lately)),
            fit[0],
            kinds[fit[1].what.kind],
        )
    )
    return tuple(each for _, each in found)


def fuzzy(typed: str, text: str) -> tuple[int, tuple[int, ...]] | None:
    """How well typed letters fit a text, and which of its letters they are; None where not at all.

    They stand in the text in their order.  The first begins a word, and one that lies in another
    word than the letter before it begins that word.  Among all ways the one with the most letters
    beside each other and at beginnings of words is taken.  Case, accents and spaces do not count.
    """
    wanted, letters = "".join(_letters(typed).split()), _letters(text)
    if not wanted or not _in_order(wanted, letters):
        return None
    words = _words(letters)
    ways: dict[int, tuple[int, tuple[int, ...]]] = {-2: (0, ())}
    for letter in wanted:
        following: dict[int, tuple[int, tuple[int, ...]]] = {}
        for place, here in enumerate(letters):
            if here != letter:
                continue
            begins = place == 0 or words[place] != words[place - 1]
            behind = [
                (score + (3 if last == place - 1 else 0) + (2 if begins else 0), way)
                for last, (score, way) in ways.items()
                if last < place and (begins or (last >= 0 and words[last] == words[place]))
            ]
            if behind:
                score, way = max(behind)
                following[place] = score, (*way, place)
        ways = following
    return max(ways.values(), default=None)


def marked_words(typed: str, text: str) -> frozenset[int]:
    """The letters of a text that typed words are the beginnings of words with."""
    letters = _letters(text)
    words = _words(letters)
    found: set[int] = set()
    for word in _letters(typed).split():
        place = letters.find(word)
        while place >= 0:
            if place == 0 or words[place] != words[place - 1]:
                found.update(range(place, place + len(word)))
            place = letters.find(word, place + 1)
    return frozenset(found)


def of_pathway(pathway: Pathway) -> Iterator[Findable]:
    """All that a pathway offers, each with the target that reads it."""
    for kind, name, title, texts in searched_texts(pathway):
        says = tuple(text.says for text in texts)
        match kind:
            case HitKind.OPTION:
                offered, target, note = FoundKind.OPTION, f"option:{name}", ""
            case HitKind.QUESTION:
                yield from of_factor(pathway.factors[name])
                continue
            case HitKind.ALERT:
                level = LEVEL_WORDS[pathway.alerts[name].level]
                offered, target, note = FoundKind.ALERT, f"alert:{name}", level
            case HitKind.CLAIM:
                claim = pathway.claims[name]
                yield Findable(
                    FoundKind.CLAIM,
                    f"passage:claim:{name}",
                    claim.says,
                    id=name,
                    note=f"{name}, {pathway.sources[claim.source].short}",
                    texts=says[1:],
                )
                continue
            case _:
                offered = FoundKind(_OTHERS[kind])
                target, note = f"passage:{offered}:{name}", ""
        if offered is FoundKind.ASSUMPTION:
            yield Findable(offered, target, says[0], id=name, note=name)
        else:
            yield Findable(offered, target, title.says, name, note, says, title.also)


def of_factor(factor: Factor) -> Iterator[Findable]:
    """A question, found by the groups of its members too, and each of its answers."""
    label = factor_label(factor)
    members = factor if isinstance(factor, MultiFactor) else None
    groups = () if members is None else tuple(members.groups.values())
    yield Findable(
        FoundKind.QUESTION,
        f"factor:{factor.id}",
        factor.question,
        id=factor.id,
        note="" if label in factor.question else label,
        texts=(factor.label, factor.help, *(groups_of_members(members) if members else ())),
        also=(*factor.also, *(word for group in groups for word in group.also)),
    )
    for name, value in listed_answers(factor).items():
        yield Findable(
            FoundKind.ANSWER,
            f"answer:{factor.id}:{name}",
            value.label,
            id=name,
            note=label,
            texts=(value.help,) if value.help else (),
            also=value.also,
        )


# --- parts -----------------------------------------------------------------------------------

_OTHERS: Final = {
    HitKind.TERM: "term",
    HitKind.ASSUMPTION: "assumption",
    HitKind.LIMIT: "limit",
}
_BY_WORDS: Final = frozenset(
    {FoundKind.CLAIM, FoundKind.ASSUMPTION, FoundKind.LIMIT, FoundKind.CASE}
)
"""Long texts: scattered letters stand in every one of them."""
_BEGINS, _TITLE, _OTHER_WORDS, _LETTERS, _TEXTS = range(5)


def _fit(what: Findable, typed: str, wanted: list[str]) -> tuple[float, Found] | None:
    """How well something fits, the least the best; None where it does not.

    `wanted` are the words that are typed.
    """
    title, texts, also = _said(what)
    begins = what.id.casefold().startswith(typed.casefold())
    if begins or (wanted and not _lacking(wanted, title)):
        first = _letters(what.title).startswith(_letters(typed))
        rank = _BEGINS if begins or first else _TITLE
        return rank, Found(what, marked_words(typed, what.title))
    lacking = _lacking(wanted, (*title, *texts))
    if wanted and not _lacking(lacking, also):
        marked = marked_words(typed, what.title)
        missed = _lacking(wanted, (*title, *beginnings(what.note)))
        passages = (text for text in what.texts if any(holds(word, text) for word in missed))
        others = tuple(other for other in what.also if any(holds(word, other) for word in lacking))
        rank = _OTHER_WORDS if others else _TEXTS
        return rank, Found(what, marked, next(passages, ""), others)
    way = None if what.kind in _BY_WORDS else fuzzy(typed, what.title)
    if way is None:
        return None
    score, places = way
    return _LETTERS + 1 / (2 + score), Found(what, frozenset(places))


_Words = tuple[str, ...]


@lru_cache(maxsize=4096)
def _said(what: Findable) -> tuple[_Words, _Words, _Words]:
    """What typed words may begin: in the title, in the note and texts, in the other words."""
    texts = (part for text in (what.note, *what.texts) for part in beginnings(text))
    also = (part for text in what.also for part in beginnings(text))
    return beginnings(what.title), tuple(texts), tuple(also)


def _lacking(wanted: Iterable[str], begun: _Words) -> list[str]:
    """The words that begin none of these."""
    return [word for word in wanted if not any(each.startswith(word) for each in begun)]


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    """The small letters of a text without accents, each where it stands in the text."""
    return "".join(unicodedata.normalize("NFKD", each)[0].lower()[:1] for each in text)


@lru_cache(maxsize=4096)
def _words(letters: str) -> tuple[int, ...]:
    """For each letter the number of the word that it is in; what is not a letter is a word."""
    numbers, number, before = [], 0, False
    for letter in letters:
        inside = letter.isalnum()
        if not (inside and before):
            number += 1
        numbers.append(number)
        before = inside
    return tuple(numbers)


def _in_order(wanted: str, letters: str) -> bool:
    place = 0
    for letter in wanted:
        place = letters.find(letter, place) + 1
        if not place:
            return False
    return True
