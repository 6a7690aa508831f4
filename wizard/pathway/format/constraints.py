"""Exact algebra of what a path says about the factors that it has asked.

A path's facts hold one entry a factor: the values that a choice may still have, the ranges of a
number, or for a multi the members known absent and the sets of which one member is present.
Factors are independent of each other, so a path is possible as long as each entry is.
"""

from collections.abc import Mapping
from decimal import Decimal

from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.trees import AnyOf, Ask, Branch, NonePresent, OneOf, Range, Rest, Test
from wizard.record import Record


class In(Record):
    """A choice has one of these values."""

    values: frozenset[str]


class Some(Record):
    """At least one of these members is present."""

    members: frozenset[str]


class No(Record):
    """None of these members is present."""

    members: frozenset[str]


class Within(Record):
    """A number lies in one of these ranges, which are sorted, apart and not empty."""

    ranges: tuple[Range, ...]


Literal = In | Some | No | Within


class Members(Record):
    """What is known of a multi: absent members, and sets that have a present member each.

    That it was not done stands among the members, and is absent where another must be present.
    """

    absent: frozenset[str]
    present: frozenset[frozenset[str]]


Fact = In | Members | Within
Facts = Mapping[str, Fact]


def everything(factor: Factor) -> Fact:
    """What is known of a factor before it is asked."""
    match factor:
        case ChoiceFactor(values=values):
            return In(frozenset(values))
        case MultiFactor(at_least=least):
            always = frozenset({frozenset(named_values(factor))}) if least else frozenset()
            return Members(frozenset(), always)
        case NumberFactor():
            return Within((Range(None, None),))


def literal(test: Test, factor: Factor) -> Literal:
    """A test other than Rest as a literal."""
    if isinstance(test, OneOf):
        return In(frozenset(test.values))
    if isinstance(test, AnyOf):
        return Some(frozenset(test.members))
    if isinstance(test, NonePresent):
        return No(frozenset(named_values(factor)))
    if isinstance(test, Range):
        return Within((test,))
    raise TypeError(test)


def branch_literals(ask: Ask, branch: Branch, factor: Factor) -> tuple[Literal, ...]:
    """What a path learns of a factor by taking a branch."""
    if not isinstance(branch.test, Rest):
        return (literal(branch.test, factor),)
    others = (other.test for other in ask.branches if not isinstance(other.test, Rest))
    return tuple(negation(literal(test, factor), factor) for test in others)


def negation(one: Literal, factor: Factor) -> Literal:
    """What holds where the literal does not."""
    if isinstance(one, In):
        return In(frozenset(named_values(factor)) - one.values)
    if isinstance(one, Some):
        return No(one.members)
    if isinstance(one, No):
        return Some(one.members)
    return Within(_outside(one.ranges))


def narrowed(fact: Fact, one: Literal) -> Fact | None:
    """The fact and the literal together; None where they cannot both hold."""
    if isinstance(fact, In) and isinstance(one, In):
        values = fact.values & one.values
        return In(values) if values else None
    if isinstance(fact, Within) and isinstance(one, Within):
        ranges = _both(fact.ranges, one.ranges)
        return Within(ranges) if ranges else None
    if isinstance(fact, Members) and isinstance(one, No):
        return _members(fact.absent | one.members, fact.present)
    if isinstance(fact, Members) and isinstance(one, Some):
        return _members(fact.absent, fact.present | {one.members})
    raise TypeError(one)


def decided(fact: Fact, one: Literal, factor: Factor) -> bool | None:
    """Whether the fact settles the literal; None where both are left."""
    if narrowed(fact, one) is None:
        return False
    return True if narrowed(fact, negation(one, factor)) is None else None


def _members(absent: frozenset[str], present: frozenset[frozenset[str]]) -> Members | None:
    if any(NOT_DONE not in members for members in present):
        absent |= {NOT_DONE}
    left = {members - absent for members in present}
    if frozenset() in left:
        return None
    smallest = {one for one in left if not any(other < one for other in left)}
    return Members(absent, frozenset(smallest))


def _both(first: tuple[Range, ...], second: tuple[Range, ...]) -> tuple[Range, ...]:
    found = []
    for one in first:
        for other in second:
            low = max((x for x in (one.low, other.low) if x is not None), default=None)
            high = min((x for x in (one.high, other.high) if x is not None), default=None)
            if low is None or high is None or low < high:
                found.append(Range(low, high))
    return tuple(sorted(found, key=_start))


def _outside(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    gaps: tuple[Range, ...] = (Range(None, None),)
    for one in ranges:
        around = []
        if one.low is not None:
            around.append(Range(None, one.low))
        if one.high is not None:
            around.append(Range(one.high, None))
        gaps = _both(gaps, tuple(around))
    return gaps


def _start(one: Range) -> Decimal:
    return Decimal("-Infinity") if one.low is None else one.low
