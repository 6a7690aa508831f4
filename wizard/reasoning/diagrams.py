"""Reduced, ordered, hash-consed multi-valued decision diagrams.

A function of a case is a node: a terminal, or a level (a variable's place in the order) with one
child for each value of that variable.  Equal functions are the same node.  The third terminal
stands for assignments that are no case, such as an empty answer where one member is needed.

R. E. Bryant, "Graph-based algorithms for Boolean function manipulation", IEEE Transactions on
Computers C-35(8), 1986; A. Srinivasan, T. Kam, S. Malik and R. K. Brayton, "Algorithms for
discrete function manipulation", ICCAD 1990.
"""

from collections.abc import Sequence
from typing import Final

FALSE: Final = 0
TRUE: Final = 1
IMPOSSIBLE: Final = 2

Node = int
"""A function: 0, 1 and 2 are the terminals, others index the store that made them."""


class TooManyNodesError(Exception):
    """A function needs more nodes than the store may hold."""


class Diagrams:
    """A store of nodes over variables of the given sizes, in their order.

    `limit` is the number of nodes and of remembered steps that it may come to hold;
    `TooManyNodesError` is raised beyond it.
    """

    def __init__(self, sizes: Sequence[int], limit: int) -> None:
        self.sizes: Final = tuple(sizes)
        self.limit = limit
        bottom = len(self.sizes)
        self.levels: list[int] = [bottom, bottom, bottom]
        self.children: list[tuple[Node, ...]] = [(), (), ()]
        self._unique: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._selected: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._combined: dict[tuple[Node, Node, Node], Node] = {}
        self._negated: dict[Node, Node] = {FALSE: TRUE, TRUE: FALSE, IMPOSSIBLE: IMPOSSIBLE}

    def __len__(self) -> int:
        return len(self.levels)

    def node(self, level: int, children: tuple[Node, ...]) -> Node:
        """The node of a level whose children all lie below it, reduced and shared."""
        first = children[0]
        if all(child == first for child in children):
            return first
        key = (level, children)
        found = self._unique.get(key)
        if found is None:
            if len(self.levels) >= self.limit:
                raise TooManyNodesError
            found = len(self.levels)
            self.levels.append(level)
            self.children.append(children)
            self._unique[key] = found
        return found

    def cofactor(self, node: Node, level: int, value: int) -> Node:
        """The function once the variable of `level`, at or above the node's own, has a value."""
        return self.children[node][value] if self.levels[node] == level else node

    def select(self, level: int, children: tuple[Node, ...]) -> Node:
        """The function that goes on with `children[v]` where the variable has value v.

        Unlike `node`, the children may ask variables above `level`.
        """
        first = children[0]
        if all(child == first for child in children):
            return first
        top = min(self.levels[child] for child in children)
        if top > level:
            return self.node(level, children)
        key = (level, children)
        found = self._selected.get(key)
        if found is None:
            found = self._select_below(level, children, top)
            if len(self._selected) >= self.limit:
                raise TooManyNodesError
            self._selected[key] = found
        return found

    def _select_below(self, level: int, children: tuple[Node, ...], top: int) -> Node:
        if top == level:
            own = tuple(self.cofactor(child, level, v) for v, child in enumerate(children))
            return self.select(level, own)
        return self.node(
            top,
            tuple(
                self.select(level, tuple(self.cofactor(child, top, v) for child in children))
                for v in range(self.sizes[top])
            ),
        )

    def both(self, first: Node, second: Node) -> Node:
        """Where both functions are true."""
        return self._combine(FALSE, first, second)

    def either(self, first: Node, second: Node) -> Node:
        """Where at least one function is true."""
        return self._combine(TRUE, first, second)

    def _combine(self, deciding: Node, first: Node, second: Node) -> Node:
        """Conjunction (FALSE decides) or disjunction (TRUE decides), no case where either has none.

        The deciding terminal may not cut the walk short: the other function may hold assignments
        that are no case.
        """
        if first == second:
            return first
        if first > second:
            first, second = second, first
        if IMPOSSIBLE in (first, second):
            return IMPOSSIBLE
        if second == TRUE:
            return deciding
        if first <= TRUE and first != deciding:
            return second
        key = (deciding, first, second)
        found = self._combined.get(key)
        if found is None:
            level = min(self.levels[first], self.levels[second])
            found = self.node(
                level,
                tuple(
                    self._combine(
                        deciding, self.cofactor(first, level, v), self.cofactor(second, level, v)
                    )
                    for v in range(self.sizes[level])
                ),
            )
            if len(self._combined) >= self.limit:
                raise TooManyNodesError
            self._combined[key] = found
        return found

    def negation(self, function: Node) -> Node:
        """Where the function is false."""
        found = self._negated.get(function)
        if found is None:
            children = tuple(self.negation(child) for child in self.children[function])
            found = self.node(self.levels[function], children)
            self._negated[function] = found
        return found

    def support(self, function: Node) -> frozenset[int]:
        """The levels that the function's diagram asks."""
        seen = {function}
        waiting = [function]
        levels: set[int] = set()
        while waiting:
            node = waiting.pop()
            if node <= IMPOSSIBLE:
                continue
            levels.add(self.levels[node])
            for child in self.children[node]:
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return frozenset(levels)


Allowed = tuple[tuple[int, ...], ...]
"""For each level the values that its variable may still have; never empty."""


def settled(diagrams: Diagrams, function: Node, allowed: Allowed, *, wanted: bool) -> bool:
    """Whether every allowed case gives the function the wanted truth."""
    unwanted = FALSE if wanted else TRUE
    seen = {function}
    waiting = [function]
    while waiting:
        node = waiting.pop()
        if node == unwanted:
            return False
        if node > IMPOSSIBLE:
            children = diagrams.children[node]
            for value in allowed[diagrams.levels[node]]:
                child = children[value]
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
    return True


class Restriction:
    """Functions under what is still allowed: statuses and dependence, exactly.

    Keeps its own reduced copies of what it looks at and adds nothing to the store, so that
    memory does not grow with the questions asked of it.
    """

    def __init__(self, diagrams: Diagrams, allowed: Allowed) -> None:
        self._diagrams = diagrams
        self._allowed = allowed
        bottom = len(diagrams.sizes)
        self._levels: list[int] = [bottom, bottom, bottom]
        self._children: list[tuple[Node, ...]] = [(), (), ()]
        self._outcomes: list[int] = [1 << FALSE, 1 << TRUE, 0]
        self._asked: list[int] = [0, 0, 0]
        self._hollow: list[bool] = [False, False, True]
        self._unique: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._reduced: dict[Node, Node] = {FALSE: FALSE, TRUE: TRUE, IMPOSSIBLE: IMPOSSIBLE}
        self._apart: dict[tuple[Node, Node], bool] = {}

    def certain(self, function: Node) -> bool:
        """True in every case that is allowed."""
        return self._outcomes[self._reduce(function)] == 1 << TRUE

    def can_be(self, function: Node) -> bool:
        """True in some case that is allowed."""
        return bool(self._outcomes[self._reduce(function)] & 1 << TRUE)

    def depends(self, function: Node) -> int:
        """The levels on which the function still depends, as bits.

        A level counts if two allowed cases that differ in it alone differ in the function.
        """
        reduced = self._reduce(function)
        if not self._hollow[reduced]:
            return self._asked[reduced]
        levels = 0
        seen = {reduced}
        waiting = [reduced]
        while waiting:
            node = waiting.pop()
            bit = 1 << self._levels[node]
            children = self._children[node]
            if not levels & bit and any(
                self._can_differ(one, other) for one in children for other in children
            ):
                levels |= bit
            fresh = [child for child in set(children) - seen if child > IMPOSSIBLE]
            seen.update(fresh)
            waiting.extend(fresh)
        return levels

    def _reduce(self, function: Node) -> Node:
        found = self._reduced.get(function)
        if found is None:
            level = self._diagrams.levels[function]
            children = self._diagrams.children[function]
            reduced = tuple(self._reduce(children[value]) for value in self._allowed[level])
            found = self._node(level, reduced)
            self._reduced[function] = found
        return found

    def _node(self, level: int, children: tuple[Node, ...]) -> Node:
        first = children[0]
        if all(child == first for child in children):
            return first
        key = (level, children)
        found = self._unique.get(key)
        if found is None:
            found = len(self._levels)
            self._unique[key] = found
            self._levels.append(level)
            self._children.append(children)
            outcomes, asked, hollow = 0, 1 << level, False
            for child in children:
                outcomes |= self._outcomes[child]
                asked |= self._asked[child]
                hollow = hollow or self._hollow[child]
            self._outcomes.append(outcomes)
            self._asked.append(asked)
            self._hollow.append(hollow)
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
            level = min(self._levels[one], self._levels[other])
            found = any(
                self._can_differ(
                    self._children[one][v] if self._levels[one] == level else one,
                    self._children[other][v] if self._levels[other] == level else other,
                )
                for v in range(len(self._allowed[level]))
            )
            self._apart[key] = found
        return found
