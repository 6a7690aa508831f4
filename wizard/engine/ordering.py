"""The order of a pathway's variables: that of the walk, unless wide conditions lie across it.

Theory of operation.  A condition of many clauses needs a diagram that remembers, between two
variables, what each clause has come to that began before and ends after: up to a factor of two for
each of them (C. L. Berman, "Circuit width, register allocation, and ordered binary decision
diagrams", IEEE Transactions on Computer-Aided Design 10(8), 1991).  In the walk's order these
clauses may be nearly all.  So where more than `MOST_CROSSING` clauses of one condition cross, the
factors of such conditions are put in another order, each time the one that leaves the fewest
clauses begun (a greedy minimum cut linear arrangement; the goal is that of F. A. Aloul, I. L.
Markov and K. A. Sakallah, "FORCE: a fast and easy-to-implement variable-ordering heuristic",
GLSVLSI 2003).  What is found of functions does not depend on the order; only its cost does.

Cost.  Nothing where no condition has so many clauses; else the square of the number of factors.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wizard.pathway.model import Pathway
from wizard.pathway.trees import AtLeast, Tree, asked

MOST_CROSSING: Final = 7
"""Clauses of one condition that may have begun and not ended between two factors."""

Clauses = Sequence[frozenset[str]]
"""The factors that each clause of one condition asks."""


def wide_conditions(pathway: Pathway, written: Iterable[Tree]) -> Iterator[Clauses]:
    """The conditions whose clauses are so many that they could cross.

    `written` are all parts of the pathway's rules.
    """
    wide = [
        part
        for part in written
        if isinstance(part, AtLeast) and MOST_CROSSING < len(part.trees) != part.least
    ]
    shared = {name: each.rule.tree for name, each in pathway.shared.items()}
    guards = {
        factor.id: factor.applies_when.tree
        for factor in pathway.factors.values()
        if factor.applies_when is not None
    }
    for condition in wide:
        yield [frozenset(asked(each, shared, guards)) for each in condition.trees]


def variable_order(walk: Sequence[str], conditions: Iterable[Clauses]) -> tuple[str, ...]:
    """The factors of a walk in the order of their variables."""
    wide = [each for each in conditions if _crossing(walk, each) > MOST_CROSSING]
    order = _arranged(walk, [clause for each in wide for clause in each])
    before, after = (sum(_crossing(each, own) for own in wide) for each in (walk, order))
    return order if after < before else tuple(walk)


def _crossing(order: Sequence[str], clauses: Clauses) -> int:
    """The most clauses that have begun and not ended between two neighbours of an order."""
    places = {factor: place for place, factor in enumerate(order)}
    change = [0] * (len(order) + 1)
    for clause in clauses:
        own = [places[factor] for factor in clause]
        if own:
            change[min(own)] += 1
            change[max(own)] -= 1
    most = crossing = 0
    for each in change:
        crossing += each
        most = max(most, crossing)
    return most


def _arranged(walk: Sequence[str], clauses: Clauses) -> tuple[str, ...]:
    """Each time the factor that leaves the fewest clauses begun; others after their neighbours."""
    of = {factor: [at for at, each in enumerate(clauses) if factor in each] for factor in walk}
    left = [len(clause) for clause in clauses]
    waiting = [factor for factor in walk if of[factor]]
    order: list[str] = []

    def begun(factor: str) -> tuple[int, int]:
        """How many more clauses it leaves begun; then, those that it goes on with, as less."""
        opened = sum(left[at] == len(clauses[at]) for at in of[factor])
        ended = sum(left[at] == 1 for at in of[factor])
        return opened - ended, opened - len(of[factor])

    while waiting:
        chosen = min(waiting, key=begun)
        waiting.remove(chosen)
        order.append(chosen)
        for at in of[chosen]:
            left[at] -= 1
    for before, factor in zip((None, *walk), walk, strict=False):
        if not of[factor]:
            order.insert(0 if before is None else order.index(before) + 1, factor)
    return tuple(order)
