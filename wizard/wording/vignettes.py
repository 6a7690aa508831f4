"""A case told as a vignette: the pathway's own phrases, and plain sentences for the rest.

Joining them adds and takes away nothing: what two sentences say in the same words is said once.
"""

from collections.abc import Mapping, Sequence, Set
from itertools import groupby
from typing import Final

from wizard.case.answers import (
    UNKNOWN,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
)
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    named_values,
)
from wizard.pathway.model import Pathway, Status
from wizard.wording.answers import (
    answer_text,
    answered_group,
    colon,
    factor_label,
    is_not_done,
    labels_of,
    told_in_short,
)
from wizard.wording.text import joined, sentence, short

_MOST_UNKNOWN: Final = 3
"""If more than this are not known, one sentence says so of all of them."""
NOTHING_ELSE: Final = "Nothing else has been recorded."
_UNKNOWN_END: Final = " is not known."
_OPEN_QUESTIONS: Final = ("Whether ", "Where ", "How ", "Which ", "What ")
_PREDICATES: Final = (
    *("is ", "are ", "has ", "have ", "was ", "began ", "makes ", "takes ", "drinks "),
    *("can ", "cannot ", "grows "),
)
"""How a sentence goes on after a subject of two words: `The thing grows ...`."""


def vignette(
    pathway: Pathway, answers: Answers, applies: Mapping[str, Status], asked: Set[str]
) -> tuple[str, ...]:
    """The sentences that tell a case, in the order of the walk; what is not known comes last.

    `applies` tells for each factor whether it applies; one that only may apply is not mentioned.
    That a factor is not known is only said of those in `asked`.
    """
    told: list[str] = []
    unknown: list[str] = []
    for factor in pathway.factors.values():
        answer = answers.get(factor.id)
        if applies[factor.id] is not Status.DESCRIBED or factor.record_only:
            continue
        if answer is None or answer == UNKNOWN:
            if isinstance(factor, DerivedFactor):
                # The answers behind it tell it.
                continue
            unknown += [not_known(factor)] if factor.id in asked else []
        else:
            told.extend(answer_sentences(factor, answer))
    if len(unknown) > _MOST_UNKNOWN:
        unknown = [NOTHING_ELSE]
    return (*told, *unknown)


def narrated(told: Sequence[str]) -> str:
    """The sentences of a vignette as a person says them: what they share is said once.

    Plain sentences on the same thing become one ("The site is dry and faces south."), and so does
    what is not known ("How old it is and whether it grows are not known.").
    """
    said: list[str] = []
    for _about, group in groupby(told, key=_shared):
        sentences = list(group)
        start, end = _shared(sentences[0])
        if len(sentences) == 1 or not (start or end):
            said.extend(sentences)
            continue
        parts = [each.removeprefix(start).removesuffix(end or ".") for each in sentences]
        if end:
            parts = [parts[0], *(part[0].lower() + part[1:] for part in parts[1:])]
            said.append(f"{joined(parts)} are{end.removeprefix(' is')}")
        else:
            said.append(f"{start}{joined(parts)}.")
    return " ".join(said)


def compact_case(pathway: Pathway, answers: Answers) -> str:
    """A case in few words: `Kind: One · Growth rate: Slow · the rest not known`."""
    parts = [
        f"{colon(factor_label(factor))} {answer_text(told_in_short(factor), answers[factor.id])}"
        for factor in pathway.factors.values()
        if answers.get(factor.id) not in (None, UNKNOWN)
    ]
    return " · ".join([*parts, "the rest not known" if parts else "nothing is known"])


def answer_sentences(factor: Factor, answer: Answer) -> tuple[str, ...]:
    """What an answer says, in full: a reader can give the same answer from these alone."""
    group = answered_group(factor, answer)
    if group is not None and (group.phrase or group.whole):
        return (group.phrase or sentence(f"{colon(factor_label(factor))} {group.label}"),)
    match factor, answer:
        case ChoiceFactor(), ChoiceAnswer(values):
            said = tuple(_value(factor, value) for value in factor.values if value in values)
            if len(said) == 1:
                return said
            return (f"Of these one is so, and it is not known which: {' / '.join(said)}",)
        case MultiFactor(), MultiAnswer(present, absent):
            return _members(factor, present, absent)
        case _, NumberAnswer() | RangesAnswer():
            return (_number(factor, answer),)
        case _:
            return (not_known(factor),)


def not_known(factor: Factor) -> str:
    """That nothing is known of a factor."""
    told = factor.phrases.get("unknown")
    return told or sentence(f"{colon(factor_label(factor))} not known")


def changed_text(factor: Factor, before: Answer, after: Answer, *, whole: bool = True) -> str:
    """A changed answer in few words: `QUESTION? This (instead of: that)`; `whole` tells what it was
    before, where that is not in sight.
    """
    title = colon(factor_label(factor))
    done = not (is_not_done(factor, before) or is_not_done(factor, after))
    if done and isinstance(before, MultiAnswer) and isinstance(after, MultiAnswer):
        gained = labels_of(factor, after.present - before.present)
        lost = labels_of(factor, after.absent - before.absent)
        words = [*(f"also {label}" for label in gained), *(f"without {label}" for label in lost)]
        return f"{title} {joined(words)}"
    told = f"{title} {answer_text(factor, after)}"
    return f"{told} (instead of: {answer_text(factor, before)})" if whole else told


# --- parts -----------------------------------------------------------------------------------


def _shared(told: str) -> tuple[str, str]:
    """What a sentence may share with the next: how it starts (`The thing `), or how it ends.

    A sentence of several parts stands alone: a part of it might seem to belong to another.
    """
    if told.endswith(_UNKNOWN_END) and told.startswith(_OPEN_QUESTIONS):
        return "", _UNKNOWN_END
    first, _space, rest = told.partition(" ")
    subject, _space, predicate = rest.partition(" ")
    plain = first == "The" and told.endswith(".") and predicate.startswith(_PREDICATES)
    loose = any(mark in predicate for mark in (",", ";", " and ", " or ", " but "))
    return (f"The {subject} ", "") if plain and not loose else ("", "")


def _number(factor: Factor, answer: Answer) -> str:
    said = factor.phrases.get(NOT_DONE) if is_not_done(factor, answer) else None
    return said or sentence(f"{colon(factor_label(factor))} {answer_text(factor, answer)}")


def _value(factor: Factor, value: str) -> str:
    record = named_values(factor)[value]
    return record.phrase or sentence(f"{colon(factor_label(factor))} {short(record.label)}")


def _members(
    factor: MultiFactor, present: frozenset[str], absent: frozenset[str]
) -> tuple[str, ...]:
    if NOT_DONE in present:
        return (_value(factor, NOT_DONE),)
    title = f"“{factor_label(factor)}”"
    if len(absent) == len(factor.members):
        none = factor.phrases.get("none")
        return (none or sentence(f"{title}: {short(factor.none_label or 'none')}"),)
    said = [_value(factor, member) for member in factor.members if member in present]
    open_ = [member for member in factor.members if member not in present | absent]
    if open_:
        if absent:
            said.append(f"Not present under {title}: {joined(labels_of(factor, absent))}.")
        said[-1] = f"{said[-1].removesuffix('.')}; what else applies under {title} is not known."
    elif absent:
        said[-1] = f"{said[-1].removesuffix('.')}; nothing else applies under {title}."
    return tuple(said)
