"""When a question applies, as FHIR's `enableWhen` says it.

`enableWhen` is a list of comparisons with single answers, of which all or any must hold; it has no
brackets and no "not", and of a question that nobody answered only `!=` holds.  A condition is said
only where the list holds in just those cases in which it does, and never before that is certain.
Any other is not said, and its question stays enabled, so that no answer is lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Final, Literal

from wizard.fhir.elements import Element, choice_coding, number
from wizard.fhir.links import member_link, none_link, not_done_link
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
)
from wizard.pathway.model import Pathway
from wizard.pathway.ranges import apart, common, split_bound, united
from wizard.pathway.trees import (
    BEYOND,
    AnyOf,
    AtLeast,
    Not,
    OneOf,
    Range,
    Requirement,
    Test,
    Tree,
    Use,
)
from wizard.record import Record


class _Chosen(Record):
    """The answer to a choice is one of these values."""

    values: frozenset[str]


class _Within(Record):
    """A number lies in one of these ranges, which are apart."""

    ranges: tuple[Range, ...]


class _Marked(Record):
    """A member is present, or it is absent."""

    member: str
    present: bool


_Literal = _Chosen | _Within | _Marked
_How = Literal["all", "any"]


class _Flat(Record):
    """All or any of these hold, each with the factor that it is about."""

    how: _How
    parts: tuple[tuple[str, _Literal], ...]


class _UnsayableError(Exception):
    """A condition that no such list says exactly."""


_OTHER: Final[Mapping[_How, _How]] = {"all": "any", "any": "all"}


def enabled_when(pathway: Pathway, factor: Factor) -> Element | None:
    """The keys of an item that say when a factor applies; None where they cannot."""
    if factor.applies_when is None:
        return {}
    try:
        found = _said(pathway, factor.applies_when.tree, wanted=True)
        how, listed = _listed(pathway, found)
    except _UnsayableError:
        return None
    return {"enableWhen": listed, **({"enableBehavior": how} if len(listed) > 1 else {})}


def unless(*questions: str) -> Element:
    """The keys of an item that is enabled while none of these booleans is ticked."""
    when = [{"question": each, "operator": "!=", "answerBoolean": True} for each in questions]
    how = {"enableBehavior": "all"} if len(when) > 1 else {}
    return {"enableWhen": when, **how} if when else {}


# --- conditions as lists -----------------------------------------------------------------------


def _said(pathway: Pathway, tree: Tree, *, wanted: bool) -> _Flat:
    """A condition, or its opposite where it is not wanted.  Raises _UnsayableError."""
    match tree:
        case Not(tree=inner):
            return _said(pathway, inner, wanted=not wanted)
        case Use(name=name):
            return _said(pathway, pathway.shared[name].rule.tree, wanted=wanted)
        case AtLeast(least=least, trees=trees) if trees and least in (1, len(trees)):
            how: _How = "any" if least < len(trees) else "all"
            how = how if wanted else _OTHER[how]
            return _together(how, [_said(pathway, each, wanted=wanted) for each in trees])
        case Requirement():
            return _required(pathway, tree, wanted=wanted)
        case _:
            raise _UnsayableError


def _required(pathway: Pathway, required: Requirement, *, wanted: bool) -> _Flat:
    """That a factor's answer passes one of the tests, or none of them.

    A question is enabled only where it applies: an answer to it says that it does.
    """
    factor = pathway.factors[required.factor]
    found = _passed(factor, required.tests, passes=wanted != required.negated)
    if wanted or factor.applies_when is None:
        return found
    return _together("any", [_said(pathway, factor.applies_when.tree, wanted=False), found])


def _together(how: _How, lists: Sequence[_Flat]) -> _Flat:
    """All or any of some lists as one list.  Raises _UnsayableError where that needs brackets."""
    if any(each.how != how and len(each.parts) > 1 for each in lists):
        raise _UnsayableError
    sets: dict[str, _Chosen | _Within] = {}
    marks: dict[tuple[str, _Literal], None] = {}
    for factor, part in (part for each in lists for part in each.parts):
        if isinstance(part, _Marked):
            marks[(factor, part)] = None
        else:
            sets[factor] = _merged(how, sets[factor], part) if factor in sets else part
    return _Flat(how, (*sets.items(), *marks))


def _merged(how: _How, one: _Literal, other: _Literal) -> _Chosen | _Within:
    """What two sets of answers to one question have in common, or both of them."""
    match one, other:
        case _Chosen(values=mine), _Chosen(values=theirs):
            return _Chosen(mine & theirs if how == "all" else mine | theirs)
        case _Within(ranges=parts), _Within(ranges=others) if how == "all":
            return _Within(united(both for each in others for both in common(parts, each)))
        case _Within(ranges=parts), _Within(ranges=others):
            return _Within(united((*parts, *others)))
        case _:
            raise TypeError(one, other)


# --- tests as lists ----------------------------------------------------------------------------


def _passed(factor: Factor, tests: Sequence[Test], *, passes: bool) -> _Flat:
    """That an answer passes one of the tests, or none."""
    match factor:
        case DerivedFactor():
            raise _UnsayableError
        case ChoiceFactor():
            taken = {value for each in tests if isinstance(each, OneOf) for value in each.values}
            chosen = taken if passes else factor.values.keys() - taken
            return _Flat("any", ((factor.id, _Chosen(frozenset(chosen))),))
        case NumberFactor():
            ranges = united(each for each in tests if isinstance(each, Range))
            within = ranges if passes else _outside(ranges)
            return _Flat("any", ((factor.id, _Within(within)),))
        case MultiFactor():
            named = [m for each in tests if isinstance(each, AnyOf) for m in each.members]
            if not all(isinstance(each, AnyOf) for each in tests) or (
                not passes and NOT_DONE in named
            ):
                raise _UnsayableError
            marks = ((factor.id, _Marked(each, passes)) for each in dict.fromkeys(named))
            return _Flat("any" if passes else "all", tuple(marks))


def _outside(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges between some that are apart and in rising order."""
    found, low = [], None
    for part in ranges:
        if part.low is not None:
            found.append(Range(low, part.low))
        if part.high is None:
            return tuple(found)
        low = part.high
    return (*found, Range(low, None))


# --- lists as comparisons ----------------------------------------------------------------------


def _listed(pathway: Pathway, found: _Flat) -> tuple[_How, list[Element]]:
    """A list as comparisons.  Raises _UnsayableError where one of its parts needs another list.

    What any answer to a question fulfils is no comparison with one: nobody need have answered.
    """
    opposites = [part for _, part in found.parts if isinstance(part, _Marked) and part.present]
    if found.how == "any" and any(
        (factor, _Marked(mark.member, present=False)) in found.parts
        for factor, _ in found.parts
        for mark in opposites
    ):
        raise _UnsayableError
    parts = [_comparisons(pathway, pathway.factors[name], part) for name, part in found.parts]
    if len(parts) == 1:
        return parts[0]
    if any(how != found.how and len(listed) > 1 for how, listed in parts):
        raise _UnsayableError
    return found.how, reduce(list.__add__, [listed for _, listed in parts])


def _comparisons(pathway: Pathway, factor: Factor, part: _Literal) -> tuple[_How, list[Element]]:
    match factor, part:
        case ChoiceFactor(), _Chosen(values=values):
            return "any", _codes(pathway, factor, values)
        case NumberFactor(), _Within(ranges=ranges):
            return _bounds(factor, ranges)
        case MultiFactor(), _Marked(member=member, present=present):
            own = member_link(factor.id, member)
            links = [] if present else [none_link(factor.id)] * (factor.none_label is not None)
            links += [] if present or not factor.not_done else [not_done_link(factor.id)]
            marks = [(own, present), *((each, True) for each in links)]
            return "any", [_comparison(link, "=", "Boolean", mark) for link, mark in marks]
        case _:
            raise TypeError(factor, part)


def _codes(pathway: Pathway, factor: ChoiceFactor, values: frozenset[str]) -> list[Element]:
    """Each of the values, and each group that lies in them."""
    if not values or values == frozenset(factor.values):
        raise _UnsayableError
    groups = [each.id for each in factor.groups.values() if values.issuperset(each.values)]
    return [
        _comparison(factor.id, "=", "Coding", choice_coding(pathway, factor, code))
        for code in (*(value for value in factor.values if value in values), *groups)
    ]


def _bounds(factor: NumberFactor, ranges: Sequence[Range]) -> tuple[_How, list[Element]]:
    """One range by both its ends, or several by one end each."""
    if not ranges or Range(None, None) in ranges:
        raise _UnsayableError
    parts = [_ends(factor, each) for each in apart(factor, ranges)]
    if len(parts) == 1:
        return "all", parts[0]
    if any(len(each) > 1 for each in parts):
        raise _UnsayableError
    return "any", reduce(list.__add__, parts)


def _ends(factor: NumberFactor, part: Range) -> list[Element]:
    """That a number lies in a range; where it was not done, there is none."""
    if part.low == BEYOND:
        return [_comparison(not_done_link(factor.id), "=", "Boolean", value=True)]
    kind = "Integer" if factor.whole else "Decimal"
    low, above = split_bound(factor.minimum if part.low is None else part.low)
    found = [_comparison(factor.id, ">" if above else ">=", kind, number(low))]
    if part.high in (None, BEYOND) or part.high is None:
        return found
    high, above = split_bound(part.high)
    below = _comparison(factor.id, "<=" if above else "<", kind, number(high))
    return [below] if part.low is None else [*found, below]


def _comparison(question: str, operator: str, kind: str, value: object) -> Element:
    return {"question": question, "operator": operator, f"answer{kind}": value}
