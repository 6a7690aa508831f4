"""A rule as a table: the ways in which it holds, each a row of what it asks of single questions.

A condition is multiplied out, and a tree followed from its root to each end that describes.  What
goes on with a shared tree stays under the name of that.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import combinations, product
from typing import Final

from wizard.exits import WrongUsageError
from wizard.pathway.factors import ChoiceFactor, Factor
from wizard.pathway.trees import (
    Ask,
    AtLeast,
    Branch,
    Not,
    OneOf,
    Outcome,
    Requirement,
    Test,
    Tree,
    Use,
)
from wizard.record import Record

MOST_WAYS: Final = 200
"""Rows of a table that somebody reads."""


class Need(Record):
    """What a row needs of a factor: that its answer passes one of the tests; if `negated`, none.

    It needs the factor to apply, unless `loose`: then it holds where the factor does not apply too.
    """

    tests: tuple[Test, ...]
    negated: bool = False
    loose: bool = False


class Way(Record):
    """One way in which a rule holds: all of its needs, and shared trees by name, held or denied.

    `claims` are cited where it holds.
    """

    needs: Mapping[str, tuple[Need, ...]]
    uses: tuple[tuple[str, bool], ...] = ()
    claims: tuple[str, ...] = ()


class TooManyWaysError(WrongUsageError):
    """A rule has more ways than a table shows."""


def ways(tree: Tree, factors: Mapping[str, Factor]) -> tuple[Way, ...]:
    """The ways in which a tree or condition holds, in the order in which it is written.

    Raises TooManyWaysError.
    """
    found: list[Way] = []
    for way in _Ways(factors).of(tree, wanted=True):
        if way not in found:
            found.append(way)
    return tuple(found)


class _Ways:
    """Multiplies out; `factors` tells which apply always, and what a choice may be."""

    def __init__(self, factors: Mapping[str, Factor]) -> None:
        self._factors = factors

    def of(self, tree: Tree, *, wanted: bool) -> list[Way]:
        """The ways in which a tree holds, or in which it does not."""
        match tree:
            case Outcome(described=described, claims=claims):
                return [Way({}, claims=claims if wanted else ())] if described == wanted else []
            case Use(name=name):
                return [Way({}, ((name, wanted),))]
            case Not(tree=denied):
                return self.of(denied, wanted=not wanted)
            case Requirement(factor=factor, tests=tests, negated=negated):
                loose = not wanted and self._factors[factor].applies_when is not None
                return self._all([[Way({factor: (Need(tests, negated == wanted, loose),)})]])
            case AtLeast():
                return self._several(tree, wanted=wanted)
            case Ask():
                return [
                    way
                    for branch, need in zip(tree.branches, _needs(tree), strict=True)
                    for way in self._all(
                        [
                            [Way({tree.factor: (need,)} if need.tests else {})],
                            self.of(branch.tree, wanted=wanted),
                        ]
                    )
                ]

    def _several(self, tree: AtLeast, *, wanted: bool) -> list[Way]:
        """Enough of them hold; or so many do not that too few are left."""
        number = tree.least if wanted else len(tree.trees) - tree.least + 1
        if number > len(tree.trees):
            return []
        cited = [Way({}, claims=tree.claims if wanted else ())]
        each = [self.of(part, wanted=wanted) for part in tree.trees]
        found = [way for some in combinations(each, number) for way in self._all([*some, cited])]
        return _few(found)

    def _all(self, parts: Iterable[list[Way]]) -> list[Way]:
        """One way of each part together, in every choice of them that a case can have."""
        joined = (reduce(_both, chosen) for chosen in product(*parts))
        return _few(way for each in joined if (way := self._answerable(each)) is not None)

    def _answerable(self, way: Way) -> Way | None:
        """The way with one need of each choice; None where a choice would have no answer left."""
        needs = {}
        for name, each in way.needs.items():
            # Where one need has the factor apply, it applies for the others too.
            loose = all(need.loose for need in each)
            own = tuple(dict.fromkeys(Need(one.tests, one.negated, loose) for one in each))
            factor, needs[name] = self._factors[name], own
            if isinstance(factor, ChoiceFactor):
                need = _of_choice(factor, own)
                if need is None:
                    return None
                needs[name] = (need,)
        return Way(needs, way.uses, way.claims)


def _few(found: Iterable[Way]) -> list[Way]:
    kept = []
    for way in found:
        kept.append(way)
        if len(kept) > MOST_WAYS:
            raise TooManyWaysError(f"it has more than {MOST_WAYS} ways, too many for a table")
    return kept


def _both(one: Way, other: Way) -> Way:
    needs = dict(one.needs)
    for name, own in other.needs.items():
        needs[name] = tuple(dict.fromkeys((*needs.get(name, ()), *own)))
    uses = tuple(dict.fromkeys((*one.uses, *other.uses)))
    return Way(needs, uses, tuple(dict.fromkeys((*one.claims, *other.claims))))


def _needs(ask: Ask) -> Iterator[Need]:
    """What each branch of a question needs; `otherwise`, that no other is taken."""
    for branch in ask.branches:
        others = tuple(each.test for each in ask.branches if each is not branch)
        yield _rest(branch, others) if branch.otherwise else Need((branch.test,))


def _rest(branch: Branch, others: tuple[Test, ...]) -> Need:
    """`otherwise` of a choice is told by the values that it takes, where they are fewer."""
    if isinstance(branch.test, OneOf) and len(branch.test.values) <= len(_values(others)):
        return Need((branch.test,))
    return Need(others, negated=True)


def _of_choice(factor: ChoiceFactor, needs: tuple[Need, ...]) -> Need | None:
    """Several needs of one choice as one; None where no value is left."""
    left = set(factor.values)
    for need in needs:
        left = left - _values(need.tests) if need.negated else left & _values(need.tests)
    loose = all(need.loose for need in needs)
    if not left:
        return Need((), loose=True) if loose else None
    negated = all(need.negated for need in needs)
    named = set(factor.values) - left if negated else left
    values = OneOf(tuple(value for value in factor.values if value in named))
    return Need((values,), negated, loose)


def _values(tests: Iterable[Test]) -> set[str]:
    return {value for test in tests if isinstance(test, OneOf) for value in test.values}
