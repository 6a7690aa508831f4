"""Answers in words, and the answers that settle something as a reason."""

from collections.abc import Container, Iterable, Mapping
from typing import Final

from wizard.case.answers import (
    Answer,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
    not_done_answer,
)
from wizard.pathway.factors import (
    MAX_SHORT,
    NOT_DONE,
    ChoiceFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Value,
    ValueGroup,
    named_values,
)
from wizard.pathway.model import Option, Pathway
from wizard.pathway.ranges import ANY_NUMBER, apart, only, range_words, with_unit
from wizard.pathway.trees import BEYOND, Range
from wizard.record import replace
from wizard.wording.text import inside, joined, named, short

NOT_ANSWERED: Final = "not answered"
NOT_KNOWN: Final = "not known"
NOT_KNOWN_KEY: Final = "*"
"""Answers any question with "not known": on the screen, line by line and in practice."""

NOT_DONE_KEY: Final = "-"
"""Answers a question with "not done" where that is an answer, as a laboratory's dash does."""

RANGES_TOO: Final = "what is known of it: <10, >=20, 10-20, or several as <2, 5-7"
"""How a number that is known in part is typed, on the screen and line by line."""

_MOST_PHRASES: Final = 3
"""Above this number, phrases are harder to read than labels."""
_OPENING_WORDS: Final = frozenset(
    {"A", "An", "At", "It", "No", "Nobody", "None", "Since", "The", "There", "They", "This"}
)


def answer_text(factor: Factor, answer: Answer | None) -> str:
    """An answer in the factor's own labels; None is an answer not given."""
    match factor, answer:
        case _, None:
            return NOT_ANSWERED
        case ChoiceFactor(groups=groups), Unknown(str() as group):
            return groups[group].label
        case _, Unknown():
            return NOT_KNOWN
        case ChoiceFactor(), ChoiceAnswer(values):
            return _choice_text(factor, values)
        case MultiFactor(), MultiAnswer(present, absent):
            return _multi_text(factor, present, absent)
        case NumberFactor(), NumberAnswer() | RangesAnswer():
            return _number_text(factor, answer)
        case _:
            raise TypeError(answer)


def is_not_done(factor: Factor, answer: Answer) -> bool:
    """Whether an answer says that something was not measured or not looked for."""
    return factor.not_done is not None and answer == not_done_answer(factor)


def answered_group(factor: Factor, answer: Answer) -> ValueGroup | None:
    """The group of values that an answer to a choice is, else None."""
    match factor, answer:
        case ChoiceFactor(groups=groups), Unknown(str() as group):
            return groups[group]
        case ChoiceFactor(groups=groups), ChoiceAnswer(values):
            parts = (each for each in groups.values() if not each.whole)
            return next((each for each in parts if values == frozenset(each.values)), None)
        case _:
            return None


def listed_answers(factor: Factor) -> Mapping[str, Value | ValueGroup]:
    """What the list of a question offers, by id: values and their groups, or members."""
    match factor:
        case ChoiceFactor(values=values, groups=groups):
            return {**values, **groups}
        case MultiFactor(members=members):
            return members
        case NumberFactor():
            return {}


def short_label(entry: Factor | Value | ValueGroup | Option) -> str:
    """The label of something for narrow places: its own, else its label in short."""
    return entry.short or short(entry.label)


def groups_of_members(factor: MultiFactor) -> list[str]:
    """What each group of a multi's members stands for, to set below the list of them."""
    return [
        f"{group.label}: any of {joined(labels_of(factor, group.values), 'or')}"
        + (f". {group.help}" if group.help else "")
        for group in factor.groups.values()
    ]


def factor_label(factor: Factor) -> str:
    """A factor's one short name, wherever it is not asked or quoted."""
    return short_label(factor)


def factors_in_sentence(pathway: Pathway, factors: Iterable[str]) -> list[str]:
    """Factors by their short names as they stand inside a sentence."""
    return [inside(factor_label(pathway.factors[factor])) for factor in factors]


def told_in_short(factor: Factor) -> Factor:
    """The factor with its short labels in place of the others, to word answers in few words."""
    match factor:
        case ChoiceFactor():
            groups = {
                each.id: replace(each, label=short_label(each)) for each in factor.groups.values()
            }
            return replace(factor, values=_in_short(factor.values), groups=groups)
        case MultiFactor():
            none = factor.none_label or ""
            return replace(
                factor,
                members=_in_short(factor.members),
                none_label=none if len(none) <= MAX_SHORT else None,
            )
        case NumberFactor():
            return factor


def _in_short(values: Mapping[str, Value]) -> dict[str, Value]:
    return {each.id: replace(each, label=short_label(each)) for each in values.values()}


def factor_labels(pathway: Pathway, factors: Iterable[str]) -> str:
    """Factors by their labels, one after the other."""
    return "; ".join(factor_label(pathway.factors[factor]) for factor in factors)


def brief_answers(pathway: Pathway, deciding: Mapping[str, Answer]) -> str:
    """Answers that decide, in few words: `Colour: Red; Does it grow? Slowly`."""
    return "; ".join(
        f"{colon(factor_label(pathway.factors[name]))} {part_text(pathway.factors[name], answer)}"
        for name, answer in deciding.items()
    )


def because(pathway: Pathway, deciding: Mapping[str, Answer]) -> str:
    """Answers that decide, as clauses after "because": `the first holds and ...`."""
    clauses = [_clause(pathway.factors[name], answer) for name, answer in deciding.items()]
    return joined(clauses)


def colon(label: str) -> str:
    """A label that something follows: with a colon, unless it is a question."""
    return label if label.endswith("?") else f"{label}:"


# --- parts -----------------------------------------------------------------------------------


def part_text(factor: Factor, answer: Answer) -> str:
    """An answer that may be a part of what was answered; the rest is not mentioned."""
    none = isinstance(factor, MultiFactor) and len(factor.members)
    if isinstance(answer, MultiAnswer) and len(answer.absent) != none:
        return ", ".join(said_of_members(factor, answer.present, answer.absent))
    return answer_text(factor, answer)


def _clause(factor: Factor, answer: Answer) -> str:
    """An answer as a clause: in the pathway's own phrases, or as question and answer."""
    group = answered_group(factor, answer)
    if group is not None and group.phrase:
        return clause_form(group.phrase)
    if is_not_done(factor, answer) and NOT_DONE in factor.phrases:
        return clause_form(factor.phrases[NOT_DONE])
    match factor, answer:
        case ChoiceFactor(), ChoiceAnswer(values) if len(values) <= _MOST_PHRASES:
            phrases = _phrases(factor, values)
            if phrases:
                return f"{'either ' if len(phrases) > 1 else ''}{joined(phrases, 'or')}"
        case MultiFactor(), MultiAnswer(present, absent) if not is_not_done(factor, answer):
            return _multi_clause(factor, present, absent)
    return f"{named(factor.label)} is answered “{answer_text(factor, answer)}”"


def _multi_clause(factor: MultiFactor, present: frozenset[str], absent: frozenset[str]) -> str:
    if len(absent) == len(factor.members):
        none = factor.phrases.get("none")
        return clause_form(none) if none else f"{named(factor.label)} is answered with none"
    without = f"without {joined(labels_of(factor, absent), 'or')}" if absent else ""
    clauses = _phrases(factor, present)
    if present and (not clauses or len(present) > _MOST_PHRASES):
        return f"{named(factor.label)} has {joined(labels_of(factor, present))} {without}".rstrip()
    return joined([*clauses, *([f"{named(factor.label)} is answered {without}"] if absent else [])])


def _phrases(factor: Factor, ids: frozenset[str]) -> list[str]:
    """The clauses of these values, or nothing where one of them lacks a phrase."""
    phrases = [value.phrase for value in named_values(factor).values() if value.id in ids]
    return [clause_form(phrase) for phrase in phrases if phrase] if all(phrases) else []


def clause_form(phrase: str) -> str:
    """A sentence to stand in another: without full stop, its first word in lower case."""
    phrase = phrase.strip().removesuffix(".")
    first, space, rest = phrase.partition(" ")
    return f"{first.lower() if first in _OPENING_WORDS else first}{space}{rest}"


def _number_text(factor: NumberFactor, answer: NumberAnswer | RangesAnswer) -> str:
    if isinstance(answer, NumberAnswer):
        return ranges_text(factor, [only(factor, answer.value)])
    return ranges_text(factor, answer.ranges)


def ranges_text(factor: NumberFactor, ranges: Iterable[Range]) -> str:
    """A number in one of these ranges: `below 10 or from 20 mm`, `from 20 mm or not measured`."""
    every = apart(factor, ranges)
    words = [range_words(factor, part) for part in every if part.low != BEYOND]
    told = joined(words, "or")
    numbers = [told if told == ANY_NUMBER else with_unit(factor, told)] if words else []
    not_done = [short(factor.not_done or "")] if every[-1].low == BEYOND else []
    if numbers and not_done:
        not_done = [inside(not_done[0])]
    return " or ".join([*numbers, *not_done])


def _choice_text(factor: ChoiceFactor, values: frozenset[str]) -> str:
    group = answered_group(factor, ChoiceAnswer(values))
    if group is not None:
        return group.label
    labels = labels_of(factor, values)
    return labels[0] if len(labels) == 1 else f"one of: {joined(labels, 'or')}"


def _multi_text(factor: MultiFactor, present: frozenset[str], absent: frozenset[str]) -> str:
    if NOT_DONE in present:
        return short(factor.not_done or "")
    closed = len(present) + len(absent) == len(factor.members)
    if closed and not present:
        return short(factor.none_label or "None of these")
    if closed:
        return ", ".join(
            [*said_of_members(factor, present, frozenset()), *(["no other"] if absent else [])]
        )
    return ", ".join([*said_of_members(factor, present, absent), "the rest not known"])


def said_of_members(factor: Factor, present: frozenset[str], absent: frozenset[str]) -> list[str]:
    """What is said of members: `A and B`, `not C or D`."""
    if absent == {NOT_DONE}:
        return [f"anything but {labels_of(factor, absent)[0]}"]
    said = [joined(labels_of(factor, present))] if present else []
    return [*said, f"not {joined(labels_of(factor, absent), 'or')}"] if absent else said


def labels_of(factor: Factor, ids: Container[str | None]) -> list[str]:
    """The labels of these values or members, short, in the factor's own order."""
    return [short(value.label) for value in named_values(factor).values() if value.id in ids]
