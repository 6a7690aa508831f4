"""Clauses to trees in the order of the walk, with the questions that must come first.

Each step asks the earliest factor of the walk on which a clause still depends, and follows what
every answer leaves of the clauses, so no branch is dead and no question is asked in vain.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from wizard.pathway.format.constraints import (
    Fact,
    Facts,
    In,
    Literal,
    Members,
    No,
    Some,
    Within,
    branch_literals,
    decided,
    everything,
    narrowed,
)
from wizard.pathway.format.cubes import Cube, Dnf, TooWideError, replace_uses, with_guards
from wizard.pathway.model import ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.position import Position
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    Branch,
    NonePresent,
    OneOf,
    Outcome,
    Range,
    Rest,
    Test,
    Tree,
    Use,
)

MAX_NODES: Final = 2_000
MAX_DEPTH: Final = 120
MAX_STEPS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Walk:
    """Factors in the order of the walk, when each applies, and what each shared tree comes to.

    `guards` has an entry for each factor that does not always apply; its cubes ask only factors
    that apply where they are asked.  `shared` has the cubes of each shared tree, uses replaced.
    """

    factors: Mapping[str, Factor]
    guards: Mapping[str, Dnf]
    shared: Mapping[str, Dnf]


def tree_of(cubes: Dnf, walk: Walk, position: Position, facts: Facts | None = None) -> Tree:
    """The tree that is described exactly where one of the cubes holds.

    `facts` is what is known on the path that leads there.  Raises TooWideError.
    """
    building = _Building(walk, position)
    return building.tree(with_guards(cubes, walk.guards), facts or {})


def counterexample(cubes: Dnf, walk: Walk, facts: Facts) -> Facts | None:
    """A path on which the facts hold and none of the cubes does; None if there is none."""
    tree = tree_of(cubes, walk, Position("", 1, 1), facts)
    for end, there in ends_of(tree, walk, facts):
        if isinstance(end, Outcome) and not end.described:
            return there
    return None


def ends_of(tree: Tree, walk: Walk, facts: Facts) -> Iterator[tuple[Outcome | Use, Facts]]:
    """Each end of a tree that a case with these facts can come to, and what is known there."""
    if not isinstance(tree, Ask):
        yield tree, facts
        return
    factor = walk.factors[tree.factor]
    for branch in tree.branches:
        onward = learn(facts, factor, branch_literals(tree, branch, factor))
        if onward is not None:
            yield from ends_of(branch.tree, walk, onward)


def learn(facts: Facts, factor: Factor, literals: Iterable[Literal]) -> Facts | None:
    """The facts after a branch; None where no case can take it."""
    fact: Fact | None = facts.get(factor.id, everything(factor))
    for one in literals:
        if fact is not None:
            fact = narrowed(fact, one)
    return None if fact is None else {**facts, factor.id: fact}


class _Building:
    """One tree in the making; counts its nodes and the cubes that it looked at."""

    def __init__(self, walk: Walk, position: Position) -> None:
        self._walk = walk
        self._position = position
        self._order = {name: place for place, name in enumerate(walk.factors)}
        self._nodes = 0
        self._steps = 0

    def tree(self, cubes: Dnf, facts: Facts, depth: int = 1) -> Tree:
        """The tree for these cubes where these facts are known, `depth` nodes from the root."""
        self._nodes += 1
        self._steps += len(cubes)
        if self._nodes > MAX_NODES or depth > MAX_DEPTH or self._steps > MAX_STEPS:
            raise TooWideError
        left = [rest for cube in cubes if (rest := self._left(cube, facts)) is not None]
        done = [cube for cube in left if not cube.terms and not cube.uses]
        if done:
            return Outcome(described=True, position=done[0].position)
        if not left:
            return Outcome(described=False, position=self._position)
        open_terms = [term for cube in left for term in cube.terms]
        if not open_terms:
            return self._uses(left, facts, depth)
        name = min((term.factor for term in open_terms), key=self._order.__getitem__)
        return self._ask(name, tuple(left), facts, depth)

    def _left(self, cube: Cube, facts: Facts) -> Cube | None:
        """What the facts leave open of a way; None where they rule it out."""
        terms = []
        known = dict(facts)
        for term in cube.terms:
            factor = self._walk.factors[term.factor]
            settled = decided(facts.get(factor.id, everything(factor)), term.literal, factor)
            together = narrowed(known.get(factor.id, everything(factor)), term.literal)
            if settled is False or together is None:
                return None
            known[factor.id] = together
            if settled is None:
                terms.append(term)
        return Cube(tuple(terms), cube.uses, cube.position)

    def _uses(self, left: list[Cube], facts: Facts, depth: int) -> Tree:
        """Only shared trees are left: go on with the one, or ask the questions of several."""
        names = {cube.uses for cube in left}
        first = left[0].uses[0]
        if all(tuple(name for name, _ in uses) == (first[0],) for uses in names):
            return Use(first[0], first[1])
        cubes = with_guards(replace_uses(tuple(left), self._walk.shared), self._walk.guards)
        return self.tree(cubes, facts, depth + 1)

    def _ask(self, name: str, cubes: Dnf, facts: Facts, depth: int) -> Tree:
        factor = self._walk.factors[name]
        terms = [term for cube in cubes for term in cube.terms if term.factor == name]
        fact = facts.get(name, everything(factor))
        position = terms[0].position
        tests = _partition(factor, fact, [term.literal for term in terms])
        branches: list[Branch] = []
        for test, literals in tests:
            onward = learn(facts, factor, literals)
            if onward is not None:
                tree = self.tree(cubes, onward, depth + 1)
                rest = isinstance(test, Rest)
                branches.append(Branch(test, tree, otherwise=rest, position=position))
        return _joined(factor, branches, position)


# --- one question ----------------------------------------------------------------------------

_Part = tuple[Test, tuple[Literal, ...]]


def _partition(factor: Factor, fact: Fact, literals: list[Literal]) -> list[_Part]:
    """The branches in which each literal (or, for a multi, the first one) is settled."""
    match factor, fact:
        case ChoiceFactor(), In():
            return _choice_parts(factor, fact, [one for one in literals if isinstance(one, In)])
        case MultiFactor(), Members():
            asked = [one for one in literals if isinstance(one, Some | No)]
            return _multi_parts(factor, fact, asked)
        case _:
            return _number_parts([one for one in literals if isinstance(one, Within)])


def _choice_parts(factor: ChoiceFactor, fact: In, literals: list[In]) -> list[_Part]:
    groups: dict[tuple[bool, ...], list[str]] = {}
    for value in factor.values:
        if value in fact.values:
            groups.setdefault(tuple(value in one.values for one in literals), []).append(value)
    return [(OneOf(tuple(values)), (In(frozenset(values)),)) for values in groups.values()]


def _number_parts(literals: list[Within]) -> list[_Part]:
    cuts = sorted({bound for one in literals for part in one.ranges for bound in part.bounds})
    starts, ends = [None, *cuts], [*cuts, None]
    ranges = [Range(low, high) for low, high in zip(starts, ends, strict=True)]
    return [(part, (Within((part,)),)) for part in ranges]


def _multi_parts(factor: MultiFactor, fact: Members, literals: list[Some | No]) -> list[_Part]:
    everyone = frozenset(factor.members)
    closing = No(everyone)
    first = next((one for one in literals if one != closing), None)
    if first is None:
        return [(NonePresent(), (closing,)), (Rest(), (Some(everyone),))]
    asked = first.members - fact.absent
    members = AnyOf(tuple(member for member in factor.members if member in asked))
    taken: _Part = (members, (Some(asked),))
    if asked | fact.absent == everyone:
        return [taken, (NonePresent(), (closing,))]
    if closing in literals and narrowed(fact, closing) is not None:
        return [
            taken,
            (NonePresent(), (closing,)),
            (Rest(), (No(asked), Some(everyone))),
        ]
    return [taken, (Rest(), (No(asked),))]


def _joined(factor: Factor, branches: list[Branch], position: Position) -> Tree:
    """The question with equal branches joined; no question where all are equal."""
    if all(same(branch.tree, branches[0].tree) for branch in branches):
        return branches[0].tree
    match factor:
        case ChoiceFactor():
            return _choice_tree(factor, branches, position)
        case MultiFactor():
            return _multi_tree(factor, branches, position)
        case NumberFactor():
            return Ask(factor.id, _neighbours(branches, position), position)


def _multi_tree(factor: MultiFactor, branches: list[Branch], position: Position) -> Tree:
    *most, last = branches
    if isinstance(last.test, Rest):
        most = [
            one
            for one in most
            if not (isinstance(one.test, NonePresent) and same(one.tree, last.tree))
        ]
    return Ask(factor.id, (*most, last), position)


def _choice_tree(factor: ChoiceFactor, branches: list[Branch], position: Position) -> Tree:
    groups: list[tuple[Tree, set[str]]] = []
    for branch in branches:
        values = set(branch.test.values) if isinstance(branch.test, OneOf) else set()
        for tree, taken in groups:
            if same(tree, branch.tree):
                taken.update(values)
                break
        else:
            groups.append((branch.tree, values))
    groups.sort(key=lambda group: isinstance(group[0], Outcome) and not group[0].described)
    groups[-1][1].update(set(factor.values) - {v for _, taken in groups for v in taken})
    last = len(groups) - 1
    return Ask(
        factor.id,
        tuple(
            Branch(
                OneOf(tuple(value for value in factor.values if value in values)),
                tree,
                otherwise=place == last and isinstance(tree, Outcome) and not tree.described,
                position=position,
            )
            for place, (tree, values) in enumerate(groups)
        ),
        position,
    )


def _neighbours(branches: list[Branch], position: Position) -> tuple[Branch, ...]:
    """Branches of a number in rising order, joined where neighbours lead to the same."""
    groups: list[tuple[Tree, list[Range]]] = []
    for branch in branches:
        if isinstance(branch.test, Range):
            if groups and same(groups[-1][0], branch.tree):
                groups[-1][1].append(branch.test)
            else:
                groups.append((branch.tree, [branch.test]))
    lows = [None, *(ranges[0].low for _, ranges in groups[1:])]
    highs = [*(ranges[-1].high for _, ranges in groups[:-1]), None]
    return tuple(
        Branch(Range(low, high), tree, otherwise=False, position=position)
        for (tree, _), low, high in zip(groups, lows, highs, strict=True)
    )


def same(one: Tree, other: Tree) -> bool:
    """Whether two trees ask and answer the same, wherever they are written."""
    if isinstance(one, Ask) and isinstance(other, Ask):
        return (
            one.factor == other.factor
            and len(one.branches) == len(other.branches)
            and all(
                a.test == b.test and same(a.tree, b.tree)
                for a, b in zip(one.branches, other.branches, strict=True)
            )
        )
    if isinstance(one, Outcome) and isinstance(other, Outcome):
        return one.described == other.described
    return isinstance(one, Use) and isinstance(other, Use) and one.name == other.name
