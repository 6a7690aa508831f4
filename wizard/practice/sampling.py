"""Random cases: a complete one from a region, and the same with some of its answers not known.

The same random source gives the same case.
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise
from random import Random
from types import MappingProxyType
from typing import Final

from wizard.case.answers import (
    MULTI_NOT_DONE,
    NUMBER_NOT_DONE,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
)
from wizard.case.numbers import ranges_answer
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, TRUE, Node, settled
from wizard.pathway.factors import (
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.model import AlertLevel
from wizard.pathway.ranges import lies_in, meet, number_in
from wizard.pathway.trees import BEYOND, Range
from wizard.practice.case_pool import CasePool
from wizard.practice.regions import Region
from wizard.reasoning.value_sets import value_set

_EXPECTED_PRESENT: Final = 0.6
"""The average number of present members of a multi in a drawn case, unless the region needs more.
"""
_PARTLY_KNOWN: Final = 0.3
"""How often an answer that is not known is known in part: see `_partly_known`."""

_NOT_DONE: Final = 0.1
"""How often a multi was not done in a drawn case, unless the region needs it."""

Assignment = tuple[int, ...]
"""A value for each variable, also of factors that do not apply in the case."""


def source_of_chance(seed: int | str) -> Random:
    """A random source that always draws the same from the same seed."""
    return Random(seed)  # noqa: S311 - draws practice cases, guards nothing


def draw_assignment(pool: CasePool, goal: Node, random: Random) -> Assignment:
    """A model of a function of the pool that has one: a complete case."""
    diagrams = pool.diagrams
    if goal in diagrams.held:
        box = random.choice([box for end, box in diagrams.pieces(goal) if end == TRUE])
        held = enumerate(diagrams.fields.allowed(box))
        return tuple(_value(pool.compiled, level, allowed, random) for level, allowed in held)
    values: list[int] = []
    for level, size in enumerate(diagrams.sizes):
        if diagrams.levels[goal] == level:
            children = diagrams.children[goal]
            allowed = tuple(value for value in range(size) if children[value] != FALSE)
            values.append(_value(pool.compiled, level, allowed, random))
            goal = children[values[-1]]
        else:
            values.append(_value(pool.compiled, level, tuple(range(size)), random))
    return tuple(values)


def answers_of(compiled: Compiled, whole: Assignment, random: Random) -> Answers:
    """The answers of a complete case: to each question that applies and that a tree may ask."""
    allowed = [(value,) for value in whole]
    found: dict[str, Answer] = {}
    for factor in compiled.pathway.factors.values():
        applies = compiled.applies[factor.id]
        if factor.record_only or not settled(compiled.diagrams, applies, allowed, wanted=True):
            continue
        values = value_set(compiled.space, factor.id, allowed)
        match factor, values:
            case NumberFactor(), _:
                interval = whole[compiled.space.levels[factor.id].start]
                numbers = numbers_of(factor, intervals(compiled, factor)[interval])
                found[factor.id] = NumberAnswer(random.choice(numbers))
            case DerivedFactor(), ChoiceAnswer(values=frozenset()) as worked_out:
                if worked_out.values:
                    found[factor.id] = worked_out
            case _, ChoiceAnswer() | MultiAnswer() as said:
                found[factor.id] = said
    return Answers(MappingProxyType(found))


def with_unknowns(
    compiled: Compiled, answers: Answers, kept: Region, share: float, random: Random
) -> Answers:
    """The answers with about this share of the questions no longer known.

    What a kept region fixes stays known, and so does what decides whether its factors apply.
    Where the rest would raise doubt about the answers, all of them stay known.
    """
    fixed = {compiled.space.owners[level] for level, _values in kept}
    parents = parents_of(compiled, fixed)
    left: dict[str, Answer] = {}
    for factor, answer in answers.items():
        hidden = random.random() < share
        partly = random.random() < _PARTLY_KNOWN
        if factor in parents or not hidden:
            left[factor] = answer
        elif factor not in fixed:
            told = _partly_known(compiled, factor, answer) if partly else None
            if told is not None:
                left[factor] = told
        elif isinstance(answer, MultiAnswer):
            left[factor] = _members_kept(compiled, factor, answer, kept)
        else:
            left[factor] = answer
    fewer = applying(compiled, left)
    return answers if doubtful(compiled, fewer) else fewer


def applying(compiled: Compiled, given: dict[str, Answer]) -> Answers:
    """The answers without those to questions that then no longer certainly apply."""
    values = list(compiled.free)
    left: dict[str, Answer] = {}
    for factor in compiled.pathway.factors:
        if factor in given and settled(
            compiled.diagrams, compiled.applies[factor], values, wanted=True
        ):
            left[factor] = given[factor]
            compiled.space.narrow(values, factor, given[factor])
    return Answers(MappingProxyType(left))


def doubtful(compiled: Compiled, answers: Answers) -> bool:
    """Whether answers may raise an alert that asks to check them."""
    allowed = compiled.space.allowed(answers)
    return any(
        settled(compiled.diagrams, functions.when, allowed, wanted=True)
        and not settled(compiled.diagrams, functions.unless, allowed, wanted=True)
        for alert, functions in compiled.alerts.items()
        if compiled.pathway.alerts[alert].level is AlertLevel.CHECK_ANSWERS
    )


def alternatives(compiled: Compiled, factor: Factor, answer: Answer) -> Iterator[Answer]:
    """The other answers that differ in one thing: a value, a member, the interval of a number."""
    match factor, answer:
        case ChoiceFactor(), ChoiceAnswer(values):
            for value in factor.values:
                if value not in values:
                    yield ChoiceAnswer(frozenset({value}))
        case MultiFactor(), MultiAnswer():
            yield from _one_member_other(factor, answer)
        case NumberFactor(), NumberAnswer() | RangesAnswer():
            for part in intervals(compiled, factor):
                if not may_lie_in(answer, part):
                    yield NumberAnswer(numbers_of(factor, part)[0])


def may_lie_in(answer: NumberAnswer | RangesAnswer, part: Range) -> bool:
    """Whether a number that fits the answer lies in a range."""
    if isinstance(answer, NumberAnswer):
        return lies_in(answer.value, part)
    return any(meet(each, part) for each in answer.ranges)


def intervals(compiled: Compiled, factor: NumberFactor) -> list[Range]:
    """The intervals of a number that trees tell apart, lowest first."""
    bounds = (None, *compiled.space.cuts[factor.id], None)
    return [Range(low, high) for low, high in pairwise(bounds)]


def numbers_of(factor: NumberFactor, part: Range) -> list[Decimal]:
    """Up to a hundred round numbers of an interval, or its lowest where it has none."""
    lowest = number_in(factor, part)
    first = lowest.to_integral_value(ROUND_CEILING)
    end = min(factor.maximum.next_plus(), part.high or BEYOND)
    whole = [first + step for step in range(100) if first + step < end]
    return whole or [lowest]


def parents_of(compiled: Compiled, factors: Iterable[str]) -> frozenset[str]:
    """The factors that decide whether these apply, and whether those do."""
    wanted = set(factors)
    found: set[str] = set()
    for factor in reversed(tuple(compiled.pathway.factors)):
        if factor in wanted | found:
            found.update(compiled.support(compiled.applies[factor]))
    return frozenset(found)


# --- parts -----------------------------------------------------------------------------------


def _value(compiled: Compiled, level: int, allowed: tuple[int, ...], random: Random) -> int:
    """One of the values: any of a choice, few members of a multi."""
    factor = compiled.pathway.factors[compiled.space.owners[level]]
    if len(allowed) == 1:
        return allowed[0]
    if isinstance(factor, MultiFactor):
        if factor.not_done and level == compiled.space.levels[factor.id].start:
            return int(random.random() < _NOT_DONE)
        chance = 0.5 if factor.at_least else min(0.3, _EXPECTED_PRESENT / len(factor.members))
        return int(random.random() < chance)
    return random.choice(allowed)


def _one_member_other(factor: MultiFactor, answer: MultiAnswer) -> Iterator[Answer]:
    every = frozenset(factor.members)
    if answer == MULTI_NOT_DONE:
        none = () if factor.at_least else (frozenset[str](),)
        for present in (*none, *(frozenset((member,)) for member in factor.members)):
            yield MultiAnswer(present, every - present)
    elif factor.not_done:
        yield MULTI_NOT_DONE
    for member in factor.members:
        if member in answer.absent:
            yield MultiAnswer(answer.present | {member}, answer.absent - {member})
        elif member in answer.present and (not factor.at_least or len(answer.present) > 1):
            yield MultiAnswer(answer.present - {member}, answer.absent | {member})


def _partly_known(compiled: Compiled, name: str, answer: Answer) -> Answer | None:
    """What may be told of an answer that is not known: present members of a multi; of a choice,
    that it was looked for and not found; of a number, a range that trees tell apart in two.
    """
    match compiled.pathway.factors[name], answer:
        case NumberFactor() as factor, NumberAnswer(value) if answer != NUMBER_NOT_DONE:
            parts = intervals(compiled, factor)
            at = next(place for place, part in enumerate(parts) if lies_in(value, part))
            parts = [part for part in parts if part.low != BEYOND]
            told = ranges_answer(factor, parts[max(0, at - 1) : max(0, at - 1) + 2])
            return told if isinstance(told, RangesAnswer) else None
        case _, MultiAnswer(present=present):
            part = present and answer != MULTI_NOT_DONE
            return MultiAnswer(present, frozenset()) if part else None
        case ChoiceFactor(groups=groups), _:
            whole = next((group.id for group in groups.values() if group.whole), None)
            return None if whole is None else Unknown(whole)
        case _:
            return None


def _members_kept(
    compiled: Compiled, factor: str, answer: MultiAnswer, region: Region
) -> MultiAnswer:
    """A multi with only those members known that a region fixes; whole where that says nothing."""
    first = compiled.space.levels[factor].start
    fixed = {level - first for level, _values in region}
    members = named_values(compiled.pathway.factors[factor])
    kept = {m for place, m in enumerate(members) if place in fixed}
    fewer = MultiAnswer(answer.present & kept, answer.absent & kept)
    return fewer if fewer.present or fewer.absent else answer
