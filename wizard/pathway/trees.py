"""Decision trees and conditions: what each describes, as a Boolean function of a case."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from wizard.pathway.position import Position
from wizard.record import Record, fields_of


class OneOf(Record):
    """A choice has one of these values."""

    values: tuple[str, ...]


class AnyOf(Record):
    """At least one of these members of a multi is present."""

    members: tuple[str, ...]


class NonePresent(Record):
    """No member of a multi is present."""


BEYOND: Final = Decimal("Infinity")
"""Where the answer that a number was not measured stands: above every number."""


class Range(Record):
    """A number from `low` (included) to below `high`; None is unbounded.

    Where a factor may be not done, `high` is `BEYOND` where every higher number is in the range,
    and None only where that answer is in it too.
    """

    low: Decimal | None
    high: Decimal | None

    @property
    def bounds(self) -> tuple[Decimal, ...]:
        """The numbers that it is bounded by."""
        ends = (self.low, self.high)
        return tuple(bound for bound in ends if bound is not None and bound.is_finite())


class Rest(Record):
    """Whatever no other branch of the node takes (multi and number; last branch)."""


Test = OneOf | AnyOf | NonePresent | Range | Rest


class Outcome(Record):
    """A leaf: described or not described; `claims` are cited where a case comes to it."""

    described: bool
    position: Position
    claims: tuple[str, ...] = ()


class Use(Record):
    """Holds where the shared tree of this name does; an end of a tree that goes on with it."""

    name: str
    position: Position


class Branch(Record):
    """One way out of a node.  The first branch whose test holds is taken.

    `otherwise` marks the branch written so; for a choice its test lists the values it takes.
    """

    test: Test
    tree: "Tree"
    otherwise: bool
    position: Position


class Ask(Record):
    """A node: asks one factor; one branch takes every answer that can come to the node."""

    factor: str
    branches: tuple[Branch, ...]
    position: Position


class Requirement(Record):
    """A factor applies, and its answer passes one of the tests; if `negated`, none of them."""

    factor: str
    tests: tuple[Test, ...]
    negated: bool
    position: Position

    def question(self, values: Iterable[str]) -> Ask:
        """What it asks where the factor applies; `values` are those of a choice."""
        taken = {value for test in self.tests if isinstance(test, OneOf) for value in test.values}
        rest: Test = OneOf(tuple(each for each in values if each not in taken)) if taken else Rest()
        return Ask(self.factor, tuple(self._branches(rest)), self.position)

    def _branches(self, rest: Test) -> Iterator[Branch]:
        for test in self.tests:
            passed = Outcome(not self.negated, self.position)
            yield Branch(test, passed, otherwise=False, position=self.position)
        if rest != OneOf(()):
            failed = Outcome(self.negated, self.position)
            yield Branch(rest, failed, otherwise=True, position=self.position)


class Not(Record):
    """Holds where the tree does not."""

    tree: "Tree"
    position: Position


class AtLeast(Record):
    """So many of the trees hold: all of a map, one of a list, none of them for `always`.

    `claims` are cited where it holds.
    """

    least: int
    trees: tuple["Tree", ...]
    position: Position
    claims: tuple[str, ...] = ()


Tree = Ask | Outcome | Use | Requirement | Not | AtLeast
"""A decision tree (questions that end in outcomes and uses) or the expression of a condition."""


class Rule(Record):
    """A Boolean function of a case, as it is written."""

    tree: Tree
    position: Position


def parts(tree: Tree) -> Iterator[Tree]:
    """Every part of a tree, from the root down."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, Ask):
            waiting.extend([branch.tree for branch in reversed(part.branches)])
        elif isinstance(part, AtLeast):
            waiting.extend(reversed(part.trees))
        elif isinstance(part, Not):
            waiting.append(part.tree)


def every_test(tree: Tree) -> Iterator[tuple[str, Test, Position]]:
    """Every test of a factor in a tree, and where it stands."""
    for part in parts(tree):
        if isinstance(part, Ask | Requirement):
            yield from own_tests(part)


def own_tests(part: Ask | Requirement) -> Iterator[tuple[str, Test, Position]]:
    """Every test of a part that asks a factor, and where it stands."""
    if isinstance(part, Ask):
        return ((part.factor, each.test, each.position) for each in part.branches)
    return ((part.factor, test, part.position) for test in part.tests)


def asked(tree: Tree, shared: Mapping[str, Tree], guards: Mapping[str, Tree]) -> set[str]:
    """The factors that a tree asks, in the shared trees that it goes on with too.

    `guards` are the conditions by which factors apply: what is required of such a factor asks them.
    """
    found: set[str] = set()
    for part in parts(tree):
        if isinstance(part, Use) and part.name in shared:
            found |= asked(shared[part.name], shared, guards)
        elif isinstance(part, Ask | Requirement):
            found.add(part.factor)
            if isinstance(part, Requirement) and part.factor in guards:
                found |= asked(guards[part.factor], shared, guards)
    return found


def claims_of(tree: Tree) -> Iterator[str]:
    """The claims of the ways and leaves of a tree, as they are written."""
    for part in parts(tree):
        if isinstance(part, AtLeast | Outcome):
            yield from part.claims


def same(one: object, other: object) -> bool:
    """Whether two trees say the same, wherever they are written."""
    return _bare(one) == _bare(other)


def _bare(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_bare(each) for each in value)
    if not isinstance(value, Record):
        return value
    names = (name for name in fields_of(type(value)) if name not in ("position", "claims"))
    return type(value), *(_bare(getattr(value, name)) for name in names)


def asks(tree: Tree) -> Iterator[Ask]:
    """Every question of a decision tree, from the root down."""
    return (part for part in parts(tree) if isinstance(part, Ask))
