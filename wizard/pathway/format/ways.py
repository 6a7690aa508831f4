"""Ways through conditions and trees: what must hold together for a rule to hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from wizard.pathway.format.constraints import Literal, branch_literals, literal
from wizard.pathway.model import Factor
from wizard.pathway.position import Position
from wizard.pathway.trees import Clause, Outcome, Tree, Use

MAX_WAYS: Final = 2_000


class TooWideError(Exception):
    """A condition or a tree with more ways through it than can be put in order."""


@dataclass(frozen=True, slots=True)
class FactorLiteral:
    """One thing that must hold of one factor."""

    factor: str
    literal: Literal
    position: Position


@dataclass(frozen=True, slots=True)
class Way:
    """Literals of factors that all hold, and shared trees that all hold besides."""

    terms: tuple[FactorLiteral, ...]
    uses: tuple[tuple[str, Position], ...]
    position: Position


Ways = tuple[Way, ...]
"""Ways of which one must hold."""


def ways_of_clauses(clauses: Iterable[Clause], factors: Mapping[str, Factor]) -> Ways:
    """Clauses as ways, shared trees left as uses."""
    return tuple(
        Way(
            tuple(
                FactorLiteral(need.factor, literal(test, factors[need.factor]), need.position)
                for need in clause.requirements
                if need.factor is not None
                for test in need.tests
            ),
            tuple(
                (need.use, need.position) for need in clause.requirements if need.use is not None
            ),
            clause.position,
        )
        for clause in clauses
    )


def ways_of_tree(tree: Tree, factors: Mapping[str, Factor]) -> Ways:
    """Every path of a tree that ends described or in a use.  Raises TooWideError."""
    found: list[Way] = []
    for way in _paths(tree, (), factors):
        found.append(way)
        if len(found) > MAX_WAYS:
            raise TooWideError
    return tuple(found)


def _paths(
    tree: Tree, terms: tuple[FactorLiteral, ...], factors: Mapping[str, Factor]
) -> Iterator[Way]:
    if isinstance(tree, Use):
        yield Way(terms, ((tree.name, tree.position),), tree.position)
    elif isinstance(tree, Outcome):
        if tree.described:
            yield Way(terms, (), tree.position)
    else:
        factor = factors[tree.factor]
        for branch in tree.branches:
            learned = tuple(
                FactorLiteral(factor.id, one, tree.position)
                for one in branch_literals(tree, branch, factor)
            )
            yield from _paths(branch.tree, terms + learned, factors)


def replace_uses(ways: Ways, shared: Mapping[str, Ways]) -> Ways:
    """The ways with each shared tree replaced by its own ways.  Raises TooWideError."""
    found: list[Way] = []
    for way in ways:
        parts = [shared.get(name, ()) for name, _ in way.uses]
        for choice in product(*parts):
            terms = way.terms + tuple(term for part in choice for term in part.terms)
            found.append(Way(terms, (), way.position))
            if len(found) > MAX_WAYS:
                raise TooWideError
    return tuple(found)


def with_guards(ways: Ways, guards: Mapping[str, Ways]) -> Ways:
    """The ways, each with what must hold for its factors to apply.  Raises TooWideError.

    What is added stands where the factor that needs it is asked.
    """
    found: list[Way] = []
    for way in ways:
        asked: dict[str, Position] = {}
        for term in way.terms:
            if term.factor in guards:
                asked.setdefault(term.factor, term.position)
        for choice in product(*(guards[factor] for factor in asked)):
            added = tuple(
                FactorLiteral(term.factor, term.literal, position)
                for part, position in zip(choice, asked.values(), strict=True)
                for term in part.terms
            )
            found.append(Way((*added, *way.terms), way.uses, way.position))
            if len(found) > MAX_WAYS:
                raise TooWideError
    return tuple(found)
