"""Decision trees and conditions: what each describes, as a Boolean function of a case."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wizard.pathway.position import Position


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice has one of these values."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these members of a multi is present."""

    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NonePresent:
    """No member of a multi is present."""


@dataclass(frozen=True, slots=True)
class Range:
    """A number from `low` (included) to below `high`; None is unbounded."""

    low: Decimal | None
    high: Decimal | None

    @property
    def bounds(self) -> tuple[Decimal, ...]:
        """The numbers that it is bounded by."""
        return tuple(bound for bound in (self.low, self.high) if bound is not None)


@dataclass(frozen=True, slots=True)
class Rest:
    """Whatever no other branch of the node takes (multi and number; last branch)."""


Test = OneOf | AnyOf | NonePresent | Range | Rest


@dataclass(frozen=True, slots=True)
class Outcome:
    """A leaf: described or not described."""

    described: bool
    position: Position


@dataclass(frozen=True, slots=True)
class Use:
    """A leaf that goes on with the shared tree of this name."""

    name: str
    position: Position


@dataclass(frozen=True, slots=True)
class Branch:
    """One way out of a node.  The first branch whose test holds is taken.

    `otherwise` marks the branch written so; for a choice its test lists the values it takes.
    """

    test: Test
    tree: "Tree"
    otherwise: bool
    position: Position


@dataclass(frozen=True, slots=True)
class Ask:
    """A node: asks one factor; one branch takes every answer that can come to the node."""

    factor: str
    branches: tuple[Branch, ...]
    position: Position


Tree = Ask | Outcome | Use


@dataclass(frozen=True, slots=True)
class Requirement:
    """One entry of a condition: all tests must hold for the factor, or the shared tree holds.

    Exactly one of `factor` and `use` is set.  A choice or number has one test; a multi may have
    several (`{all: [a, b]}` is AnyOf a and AnyOf b).
    """

    factor: str | None
    use: str | None
    tests: tuple[Test, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Clause:
    """All of these requirements hold; an empty clause always holds."""

    requirements: tuple[Requirement, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Rule:
    """A Boolean function of a case, as a tree; `clauses` keeps the condition it was written as.

    A condition holds where any clause holds.  It is None where a tree was written.
    """

    tree: Tree
    clauses: tuple[Clause, ...] | None
    position: Position


def asks(tree: Tree) -> Iterator[Ask]:
    """Every node of a tree that asks a factor, from the root down."""
    return (part for part in parts(tree) if isinstance(part, Ask))


def parts(tree: Tree) -> Iterator[Tree]:
    """Every node and every end of a tree, from the root down."""
    yield tree
    if isinstance(tree, Ask):
        for branch in tree.branches:
            yield from parts(branch.tree)
