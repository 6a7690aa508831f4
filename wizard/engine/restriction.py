"""Functions under what answers still allow: statuses and dependence, exactly.

Theory of operation.  A status needs no copy of a diagram: it asks which terminals can be reached
over allowed children, a search that remembers each node and stops once a node has reached all
that it can reach at all.  Dependence needs more, for a node may come to have equal children where
values are no longer allowed.  Then the function is reduced under the restriction (the "restrict"
of R. E. Bryant, "Graph-based algorithms for Boolean function manipulation", IEEE Transactions on
Computers C-35(8), 1986), and a reduced diagram depends on exactly the variables that it asks.
Only where it reaches IMPOSSIBLE do pairs of children have to be compared.

Cost.  Each node is visited at most once for all statuses together, and at most once more for all
dependences; the part of a function that asks nothing restricted is never entered.
"""

from itertools import combinations

from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Diagrams, Node


class Restriction:
    """Functions under what is still allowed.

    A function that asks no restricted variable stays the node that it is.  Where dependence needs
    reduced copies of others, they are kept here, numbered from the end of the store: nothing is
    added to the store, so that memory does not grow with the questions asked of it.
    """

    def __init__(self, diagrams: Diagrams, allowed: Allowed) -> None:
        self._diagrams = diagrams
        self._allowed = allowed
        self._restricted = sum(
            1 << level
            for level, (values, size) in enumerate(zip(allowed, diagrams.sizes, strict=True))
            if len(values) < size
        )
        self._reached: dict[Node, int] = {}
        self._end = len(diagrams)
        self._levels: list[int] = []
        self._children: list[tuple[Node, ...]] = []
        self._asked: list[int] = []
        self._outcomes: list[int] = []
        self._unique: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._reduced: dict[Node, Node] = {}
        self._apart: dict[tuple[Node, Node], bool] = {}

    def certain(self, function: Node) -> bool:
        """True in every case that is allowed."""
        return not self.reaches(function) >> FALSE & 1

    def can_be(self, function: Node) -> bool:
        """True in some case that is allowed."""
        return bool(self.reaches(function) >> TRUE & 1)

    def reaches(self, function: Node) -> int:
        """The terminals that the function reaches in allowed assignments, as bits."""
        diagrams = self._diagrams
        every = diagrams.outcomes[function]
        if not diagrams.asked[function] & self._restricted:
            return every
        found = self._reached.get(function)
        if found is None:
            found = 0
            children = diagrams.children[function]
            for value in self._allowed[diagrams.levels[function]]:
                found |= self.reaches(children[value])
                if found == every:
                    break
            self._reached[function] = found
        return found

    def depends(self, function: Node) -> int:
        """The levels on which the function still depends, as bits.

        A level counts if two allowed cases that differ in it alone differ in the function.
        """
        reduced = self._reduce(function)
        if not self._reduced_outcomes(reduced) >> IMPOSSIBLE & 1:
            return self._asks(reduced)
        levels = 0
        seen = {reduced}
        waiting = [reduced]
        while waiting:
            level, children = self._parts(waiting.pop())
            if not levels >> level & 1 and any(
                self._can_differ(one, other) for one, other in combinations(set(children), 2)
            ):
                levels |= 1 << level
            fresh = {child for child in children if child > IMPOSSIBLE} - seen
            seen |= fresh
            waiting.extend(fresh)
        return levels

    def _reduced_outcomes(self, node: Node) -> int:
        own = node - self._end
        return self._diagrams.outcomes[node] if own < 0 else self._outcomes[own]

    def _asks(self, node: Node) -> int:
        own = node - self._end
        return self._diagrams.asked[node] if own < 0 else self._asked[own]

    def _parts(self, node: Node) -> tuple[int, tuple[Node, ...]]:
        own = node - self._end
        if own < 0:
            return self._diagrams.levels[node], self._diagrams.children[node]
        return self._levels[own], self._children[own]

    def _reduce(self, function: Node) -> Node:
        if not self._diagrams.asked[function] & self._restricted:
            return function
        found = self._reduced.get(function)
        if found is None:
            outcomes = self.reaches(function)
            level = self._diagrams.levels[function]
            children = self._diagrams.children[function]
            values = self._allowed[level]
            if outcomes.bit_count() == 1:
                # One terminal is left: what leads there need not be copied to be thrown away.
                found = outcomes.bit_length() - 1
            elif len(values) == 1:
                found = self._reduce(children[values[0]])
            else:
                found = self._node(level, tuple([self._reduce(children[v]) for v in values]))
            self._reduced[function] = found
        return found

    def _node(self, level: int, children: tuple[Node, ...]) -> Node:
        if len(set(children)) == 1:
            return children[0]
        if not self._restricted >> level & 1:
            # The same function may stand in the store, and is then that node here as well.
            stored = self._diagrams.known(level, children)
            if stored is not None:
                return stored
        key = (level, children)
        found = self._unique.get(key)
        if found is None:
            found = self._end + len(self._levels)
            asked, outcomes = 1 << level, 0
            for child in children:
                asked |= self._asks(child)
                outcomes |= self._reduced_outcomes(child)
            self._unique[key] = found
            self._levels.append(level)
            self._children.append(children)
            self._asked.append(asked)
            self._outcomes.append(outcomes)
        return found

    def _can_differ(self, one: Node, other: Node) -> bool:
        """Whether some assignment makes one of two functions true and the other false."""
        if one == other or IMPOSSIBLE in (one, other):
            return False
        if one <= TRUE and other <= TRUE:
            return True
        key = (one, other) if one < other else (other, one)
        found = self._apart.get(key)
        if found is None:
            first, ones = self._parts(one)
            second, others = self._parts(other)
            level = min(first, second)
            found = any(
                self._can_differ(
                    ones[value] if first == level else one,
                    others[value] if second == level else other,
                )
                for value in range(len(self._allowed[level]))
            )
            self._apart[key] = found
        return found
