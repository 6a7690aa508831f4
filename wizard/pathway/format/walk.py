"""The order of the walk, and the search for a case in which something holds.

The search asks the earliest factor of the walk on which anything still depends, and follows what
each answer leaves of a tree.  What an answer leaves that another left before is not searched twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wizard.pathway.factors import Factor, named_values
from wizard.pathway.format.constraints import (
    Fact,
    Facts,
    Literal,
    branch_literals,
    everything,
    narrowed,
)
from wizard.pathway.position import Position
from wizard.pathway.trees import Ask, AtLeast, Not, Outcome, Requirement, Tree, Use, asked
from wizard.record import Record, replace

MAX_STEPS: Final = 10_000


class TooWideError(Exception):
    """A search with more answers to try than is worth while."""


class Walk(Record):
    """Factors in the order of the walk, when each applies, and what each shared tree is.

    `guards` has an entry for each factor that does not always apply.
    """

    factors: Mapping[str, Factor]
    guards: Mapping[str, Tree]
    shared: Mapping[str, Tree]


def example(tree: Tree, walk: Walk, facts: Facts) -> Facts | None:
    """A case with these facts in which the tree holds; None if there is none.

    Raises TooWideError.
    """
    return _Search(walk).find(tree, facts)


def learn(facts: Facts, factor: Factor, literals: Iterable[Literal]) -> Facts | None:
    """The facts after a branch; None where no case can take it."""
    fact: Fact | None = facts.get(factor.id, everything(factor))
    for one in literals:
        if fact is not None:
            fact = narrowed(fact, one)
    return None if fact is None else {**facts, factor.id: fact}


class _Search:
    """One search; remembers what was found to hold in no case, and counts its steps."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._order = {name: place for place, name in enumerate(walk.factors)}
        self._never: set[tuple[Tree, tuple[Fact | None, ...]]] = set()
        self._steps = 0

    def find(self, tree: Tree, facts: Facts) -> Facts | None:
        """The facts of a case in which the tree holds; None if there is none."""
        left = self.left(tree, facts)
        if isinstance(left, Outcome):
            return facts if left.described else None
        named = asked(left, self._walk.shared, self._walk.guards)
        known = left, tuple(facts.get(name) for name in self._order if name in named)
        if known in self._never:
            return None
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TooWideError
        ask = min(_open(left), key=lambda ask: self._order[ask.factor])
        for onward, _ in self._ways(ask, facts):
            found = self.find(left, onward)
            if found is not None:
                return found
        self._never.add(known)
        return None

    def left(self, tree: Tree, facts: Facts) -> Tree:
        """What the facts leave open of a tree: an outcome, or a tree to ask on."""
        match tree:
            case Ask():
                ways = list(self._ways(tree, facts))
                return self.left(ways[0][1], ways[0][0]) if len(ways) == 1 else tree
            case Not(tree=denied):
                left = self.left(denied, facts)
                if isinstance(left, Outcome):
                    return Outcome(not left.described, left.position)
                return Not(left, tree.position)
            case AtLeast(least, trees):
                return self._several(least, trees, tree.position, facts)
            case Outcome():
                return tree
            case Requirement() | Use():
                return self.left(self._meant(tree), facts)

    def _meant(self, tree: Requirement | Use) -> Tree:
        """What a name stands for: a shared tree, or that a factor applies and what is asked."""
        if isinstance(tree, Use):
            never = Outcome(described=False, position=tree.position)
            return self._walk.shared.get(tree.name, never)
        values = named_values(self._walk.factors[tree.factor])
        # A question for each test: ranges may overlap, and the branches of a question may not.
        passed = (
            replace(tree, tests=(test,), negated=False).question(values) for test in tree.tests
        )
        any_of = AtLeast(1, tuple(passed), tree.position)
        needed = Not(any_of, tree.position) if tree.negated else any_of
        guard = self._walk.guards.get(tree.factor)
        return needed if guard is None else AtLeast(2, (guard, needed), tree.position)

    def _several(self, least: int, trees: Iterable[Tree], position: Position, facts: Facts) -> Tree:
        kept = []
        for tree in trees:
            left = self.left(tree, facts)
            if not isinstance(left, Outcome):
                kept.append(left)
            elif left.described:
                least -= 1
        if least <= 0 or least > len(kept):
            return Outcome(least <= 0, position)
        return kept[0] if len(kept) == 1 else AtLeast(least, tuple(kept), position)

    def _ways(self, ask: Ask, facts: Facts) -> Iterator[tuple[Facts, Tree]]:
        """Where each branch of a question leads that some case with these facts takes."""
        factor = self._walk.factors[ask.factor]
        for branch in ask.branches:
            onward = learn(facts, factor, branch_literals(ask, branch, factor))
            if onward is not None:
                yield onward, branch.tree


def _open(tree: Tree) -> Iterator[Ask]:
    """The questions that can be asked next."""
    match tree:
        case Ask():
            yield tree
        case Not(below):
            yield from _open(below)
        case AtLeast(trees=trees):
            for each in trees:
                yield from _open(each)
