"""Conditions and trees as cubes: each is what must hold together on one way through the rule."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
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
class Cube:
    """Literals of factors that all hold, and shared trees that all hold besides."""

    terms: tuple[FactorLiteral, ...]
    uses: tuple[tuple[str, Position], ...]
    position: Position


Dnf = tuple[Cube, ...]
"""A disjunction of cubes (a disjunctive normal form): one of them must hold."""


def cubes_of_clauses(clauses: Iterable[Clause], factors: Mapping[str, Factor]) -> Dnf:
    """Clauses as cubes, shared trees left as uses."""
    return tuple(
        Cube(
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


def cubes_of_tree(tree: Tree, factors: Mapping[str, Factor]) -> Dnf:
    """Every path of a tree that ends described or in a use.  Raises TooWideError."""
    return _few(_paths(tree, (), factors))


def _few(cubes: Iterable[Cube]) -> Dnf:
    """The cubes, unless they are too many.  Raises TooWideError."""
    found = tuple(islice(cubes, MAX_WAYS + 1))
    if len(found) > MAX_WAYS:
        raise TooWideError
    return found


def _paths(
    tree: Tree, terms: tuple[FactorLiteral, ...], factors: Mapping[str, Factor]
) -> Iterator[Cube]:
    if isinstance(tree, Use):
        yield Cube(terms, ((tree.name, tree.position),), tree.position)
    elif isinstance(tree, Outcome):
        if tree.described:
            yield Cube(terms, (), tree.position)
    else:
        factor = factors[tree.factor]
        for branch in tree.branches:
            learned = tuple(
                FactorLiteral(factor.id, one, tree.position)
                for one in branch_literals(tree, branch, factor)
            )
            yield from _paths(branch.tree, terms + learned, factors)


def replace_uses(cubes: Dnf, shared: Mapping[str, Dnf]) -> Dnf:
    """The cubes with each shared tree replaced by its own cubes.  Raises TooWideError."""
    return _few(
        Cube(cube.terms + tuple(term for part in choice for term in part.terms), (), cube.position)
        for cube in cubes
        for choice in product(*(shared.get(name, ()) for name, _ in cube.uses))
    )


def with_guards(cubes: Dnf, guards: Mapping[str, Dnf]) -> Dnf:
    """The cubes, each with what must hold for its factors to apply.  Raises TooWideError.

    What is added stands where the factor that needs it is asked.
    """
    return _few(guarded for cube in cubes for guarded in _with_guards(cube, guards))


def _with_guards(cube: Cube, guards: Mapping[str, Dnf]) -> Iterator[Cube]:
    asked: dict[str, Position] = {}
    for term in cube.terms:
        if term.factor in guards:
            asked.setdefault(term.factor, term.position)
    for choice in product(*(guards[factor] for factor in asked)):
        added = tuple(
            FactorLiteral(term.factor, term.literal, position)
            for part, position in zip(choice, asked.values(), strict=True)
            for term in part.terms
        )
        yield Cube((*added, *cube.terms), cube.uses, cube.position)
