"""Answers that were given in one version of a pathway, as another version has them.

No answer changes its meaning: what the other version calls otherwise has its present id, and what
it does not know, or what says nothing in it, is set aside, never narrowed or guessed.  Carried back
with what was set aside, the answers are those that were given.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from types import MappingProxyType

from wizard.case.answers import (
    MULTI_NOT_DONE,
    NUMBER_NOT_DONE,
    UNKNOWN,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
)
from wizard.case.raw import parse_answer, raw_answer
from wizard.case.transitions import (
    AnswerError,
    MemberState,
    choice_answer,
    member_state,
    partial_answer,
)
from wizard.pathway.factors import ChoiceFactor, DerivedFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.model import Pathway
from wizard.record import Record

Names = Callable[[str], str]
"""What a value or member of a factor is called in the other version."""
Factors = tuple[str, str]
"""The id of a factor in both versions."""


class Aside(Record):
    """An answer, or the part of one, that a version does not know; the factor is as it was then."""

    factor: Factor
    answer: Answer


class Carried(Record):
    """Answers in another version, and what it does not know of them."""

    answers: Answers
    aside: tuple[Aside, ...] = ()


def carried(answers: Answers, old: Pathway, new: Pathway, aside: Iterable[Aside] = ()) -> Carried:
    """Answers to the questions of `old` as `new` has them.

    What was set aside before comes back where `new` knows it and nothing else was answered.
    """
    given: dict[str, Answer] = {}
    lost: list[Aside] = []
    for name, answer in answers.items():
        _carry(Aside(old.factors[name], answer), old, new, given, lost)
    for each in aside:
        _carry(each, old, new, given, lost)
    return Carried(Answers.in_order(MappingProxyType(given), new.factors), tuple(lost))


def present_name(
    kind: str,
    own: str,
    versions: tuple[Pathway, Pathway],
    known: Container[str],
    of: Factors = ("", ""),
) -> str:
    """What something of the old version is called in the new one, whichever of the two came first.

    `kind` is as in `Pathway.former`, `known` are the ids of that kind in the new version, and `of`
    is what a value belongs to in each version.  What has no other name keeps its own.
    """
    old, new = versions
    if own in known:
        return own
    now = new.former.get(f"{kind} {_dotted(of[1])}{own}")
    if now is not None:
        return now
    begins = f"{kind} {_dotted(of[0])}"
    before = (
        key.removeprefix(begins)
        for key, now in old.former.items()
        if now == own and key.startswith(begins)
    )
    return next((each for each in before if each in known), own)


# --- parts -----------------------------------------------------------------------------------


def _carry(
    one: Aside, old: Pathway, new: Pathway, given: dict[str, Answer], lost: list[Aside]
) -> None:
    """Put one answer to those that are given, and what is not known of it to what is lost."""
    name = present_name("factor", one.factor.id, (old, new), new.factors)
    factor = new.factors.get(name)
    if factor is None or type(factor) is not type(one.factor):
        lost.append(one)
        return
    of, values = (one.factor.id, name), _values(factor)

    def called(value: str) -> str:
        return present_name("value", value, (old, new), values, of)

    match one.answer, factor:
        case Unknown(), _:
            given.setdefault(name, _unknown(one.answer, factor))
        case _, DerivedFactor(may_be_answered=False):
            lost.append(one)
        case MultiAnswer(), MultiFactor() if one.answer != MULTI_NOT_DONE:
            lost += _carry_members(one, factor, called, given)
        case _ if name not in given:
            answer = _whole(one, factor, called)
            if answer is None or isinstance(answer, Unknown):
                lost.append(one)
            else:
                given[name] = answer
        case _:
            # Another answer was given meanwhile: it stands in place of the one set aside.
            pass


def _dotted(of: str) -> str:
    return f"{of}." if of else ""


def _values(factor: Factor) -> Mapping[str, object]:
    match factor:
        case ChoiceFactor():
            return factor.values
        case MultiFactor():
            return factor.members
        case NumberFactor():
            return {}


def _unknown(answer: Unknown, factor: Factor) -> Answer:
    """Not known, by the group that was answered where that still holds every value."""
    group = factor.groups.get(answer.group or "") if isinstance(factor, ChoiceFactor) else None
    every = group is not None and set(group.values) == set(_values(factor))
    return answer if every else UNKNOWN


def _whole(one: Aside, factor: Factor, called: Names) -> Answer | None:
    """An answer that is known as a whole or not at all; None where it is not."""
    try:
        match one.answer, factor, one.factor:
            case ChoiceAnswer(values), ChoiceFactor(), _:
                return choice_answer(factor, sorted({called(value) for value in values}))
            case MultiAnswer(), MultiFactor(), _:
                return MULTI_NOT_DONE if factor.not_done is not None else None
            case ((NumberAnswer() | RangesAnswer()), NumberFactor(), NumberFactor()):
                return _number(one.answer, one.factor, factor)
    except AnswerError:
        pass
    return None


def _number(answer: NumberAnswer | RangesAnswer, old: NumberFactor, new: NumberFactor) -> Answer:
    """A number or ranges of the same quantity.  Raises AnswerError where they do not fit."""
    if (old.unit, old.whole) != (new.unit, new.whole):
        raise AnswerError(new, str(raw_answer(old, answer)), "was given in another unit")
    if isinstance(answer, NumberAnswer) and answer != NUMBER_NOT_DONE:
        return parse_answer(new, answer.value)
    return parse_answer(new, raw_answer(old, answer))


def _carry_members(
    one: Aside, factor: MultiFactor, called: Names, given: dict[str, Answer]
) -> Iterator[Aside]:
    """Say of each member what was said of it; yield what cannot be said."""
    if not isinstance(one.factor, MultiFactor) or not isinstance(one.answer, MultiAnswer):
        raise TypeError(one)
    said: dict[str, set[MemberState]] = {}
    for member in one.factor.members:
        said.setdefault(called(member), set()).add(member_state(one.answer, member))
    now = given.get(factor.id)
    if now is not None and not isinstance(now, MultiAnswer):
        return
    known = {
        member: _together(said[member])
        if member in said and member_state(now, member) is MemberState.UNKNOWN
        else member_state(now, member)
        for member in factor.members
    }
    kept = [member for member in one.factor.members if called(member) not in factor.members]
    try:
        answer = MULTI_NOT_DONE if now == MULTI_NOT_DONE else partial_answer(factor, known)
    except AnswerError:
        yield one
        return
    if answer != UNKNOWN:
        given[factor.id] = answer
    left = MultiAnswer(one.answer.present & set(kept), one.answer.absent & set(kept))
    if left.present or left.absent:
        yield Aside(one.factor, left)


def _together(said: set[MemberState]) -> MemberState:
    """What is said of a member that was two: it is present where one is, absent where both are."""
    if MemberState.PRESENT in said:
        return MemberState.PRESENT
    return MemberState.ABSENT if said == {MemberState.ABSENT} else MemberState.UNKNOWN
