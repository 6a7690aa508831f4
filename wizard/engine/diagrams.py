"""Reduced, ordered, hash-consed multi-valued decision diagrams.

Theory of operation.  A function of a case is a node: a terminal, or a level (a variable's place
in the order) with one child for each value of that variable, all of them further down.  The store
never makes a node whose children are all the same, nor the same node twice, so that equal
functions are the same node (R. E. Bryant, "Graph-based algorithms for Boolean function
manipulation", IEEE Transactions on Computers C-35(8), 1986; with many values A. Srinivasan, T.
Kam, S. Malik and R. K. Brayton, "Algorithms for discrete function manipulation", ICCAD 1990).
Operations recurse on both functions by the upper of their levels and remember what they found.
The third terminal stands for assignments that are not cases, such as an empty answer where one
member is needed; ARCHITECTURE.md has its rules.

Cost.  Conjunction and disjunction take at most the product of both sizes, a choice between two that
of all three, negation one size, and a question about what is still allowed (`settled`; many at
once: `restriction`) at most one visit of each node.  How many nodes a function needs is a matter of
the order of the variables.
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

    By node: its level, its children, the levels that it asks and the terminals that it reaches
    (both as bits).  `limit` is the number of nodes and of remembered steps that it may come to
    hold; `TooManyNodesError` is raised beyond it.
    """

    def __init__(self, sizes: Sequence[int], limit: int) -> None:
        self.sizes: Final = tuple(sizes)
        self.limit = limit
        bottom = len(self.sizes)
        self.levels: list[int] = [bottom, bottom, bottom]
        self.children: list[tuple[Node, ...]] = [(), (), ()]
        self.asked: list[int] = [0, 0, 0]
        self.outcomes: list[int] = [1 << FALSE, 1 << TRUE, 1 << IMPOSSIBLE]
        self._unique: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._selected: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._combined: dict[tuple[Node, Node, Node], Node] = {}
        self._chosen: dict[tuple[Node, Node, Node], Node] = {}
        self._negated: dict[Node, Node] = {FALSE: TRUE, TRUE: FALSE, IMPOSSIBLE: IMPOSSIBLE}

    def __len__(self) -> int:
        return len(self.levels)

    def node(self, level: int, children: tuple[Node, ...]) -> Node:
        """The node of a level whose children all lie below it, reduced and shared."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = (level, children)
        found = self._unique.get(key)
        if found is None:
            if len(self.levels) >= self.limit:
                raise TooManyNodesError
            found = len(self.levels)
            asked, outcomes = 1 << level, 0
            for child in children:
                asked |= self.asked[child]
                outcomes |= self.outcomes[child]
            self.levels.append(level)
            self.children.append(children)
            self.asked.append(asked)
            self.outcomes.append(outcomes)
            self._unique[key] = found
        return found

    def known(self, level: int, children: tuple[Node, ...]) -> Node | None:
        """The node of a level with these children, if the store holds it."""
        return self._unique.get((level, children))

    def cofactor(self, node: Node, level: int, value: int) -> Node:
        """The function once the variable of `level`, at or above the node's own, has a value."""
        return self.children[node][value] if self.levels[node] == level else node

    def _cofactors(self, node: Node, level: int) -> tuple[Node, ...]:
        """The function by each value of the variable of `level`, at or above the node's own."""
        if self.levels[node] == level:
            return self.children[node]
        return (node,) * self.sizes[level]

    def select(self, level: int, children: tuple[Node, ...]) -> Node:
        """The function that goes on with `children[v]` where the variable has value v.

        Unlike `node`, the children may ask variables above `level`.
        """
        if children.count(children[0]) == len(children):
            return children[0]
        top = min([self.levels[child] for child in children])
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
        below = zip(*[self._cofactors(child, top) for child in children], strict=True)
        return self.node(top, tuple([self.select(level, own) for own in below]))

    def both(self, first: Node, second: Node) -> Node:
        """Where both functions are true."""
        return self._combine(FALSE, first, second)

    def either(self, first: Node, second: Node) -> Node:
        """Where at least one function is true."""
        return self._combine(TRUE, first, second)

    def _combine(self, deciding: Node, first: Node, second: Node) -> Node:
        """Conjunction (FALSE decides) or disjunction (TRUE decides); IMPOSSIBLE where either is.

        The deciding terminal may not cut the walk short: the other function may hold assignments
        that are not cases.
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
            pairs = zip(self._cofactors(first, level), self._cofactors(second, level), strict=True)
            found = self.node(level, tuple([self._combine(deciding, *pair) for pair in pairs]))
            if len(self._combined) >= self.limit:
                raise TooManyNodesError
            self._combined[key] = found
        return found

    def where(self, condition: Node, yes: Node, no: Node) -> Node:
        """`yes` where the condition is true, `no` where it is false, else IMPOSSIBLE.

        What is not gone on with says nothing, so one that decides hides what is not a case there.
        """
        if condition <= IMPOSSIBLE:
            return (no, yes, IMPOSSIBLE)[condition]
        if (yes, no) == (TRUE, FALSE):
            return condition
        if yes == no and not self.outcomes[condition] >> IMPOSSIBLE & 1:
            return yes
        key = (condition, yes, no)
        found = self._chosen.get(key)
        if found is None:
            level = min(self.levels[condition], self.levels[yes], self.levels[no])
            below = zip(*[self._cofactors(each, level) for each in key], strict=True)
            found = self.node(level, tuple([self.where(*each) for each in below]))
            if len(self._chosen) >= self.limit:
                raise TooManyNodesError
            self._chosen[key] = found
        return found

    def at_least(self, least: int, functions: Sequence[Node]) -> Node:
        """Where so many of the functions are true, asked in the order of their first variables.

        Those that hold assignments that are not cases come last: the others may decide before.
        """
        if len(functions) == least == 1:
            return functions[0]
        order = sorted(functions, key=self._asked_first)
        # counted[n]: where n more of the functions from some place on are true.
        counted = [TRUE] + [FALSE] * least
        for at in reversed(range(len(order))):
            for wanted in range(min(least, len(order) - at), max(0, least - at - 1), -1):
                counted[wanted] = self.where(order[at], counted[wanted - 1], counted[wanted])
        return counted[least]

    def _asked_first(self, function: Node) -> tuple[int, int]:
        return self.outcomes[function] >> IMPOSSIBLE & 1, self.levels[function]

    def negation(self, function: Node) -> Node:
        """Where the function is false."""
        found = self._negated.get(function)
        if found is None:
            children = tuple(self.negation(child) for child in self.children[function])
            found = self.node(self.levels[function], children)
            self._negated[function] = found
        return found


Allowed = tuple[tuple[int, ...], ...]
"""For each level the values that its variable may still have; never empty."""


def settled(
    diagrams: Diagrams, function: Node, allowed: Sequence[tuple[int, ...]], *, wanted: bool
) -> bool:
    """Whether every allowed case gives the function the wanted truth."""
    unwanted = FALSE if wanted else TRUE
    seen = {function}
    waiting = [function]
    while waiting:
        node = waiting.pop()
        if node == unwanted:
            return False
        if diagrams.outcomes[node] >> unwanted & 1:
            children = diagrams.children[node]
            fresh = {children[value] for value in allowed[diagrams.levels[node]]} - seen
            seen |= fresh
            waiting.extend(fresh)
    return True


def nodes_of(diagrams: Diagrams, function: Node) -> set[Node]:
    """A function's nodes, without terminals."""
    found = {function} if function > IMPOSSIBLE else set()
    waiting = list(found)
    while waiting:
        fresh = {child for child in diagrams.children[waiting.pop()] if child > IMPOSSIBLE} - found
        found |= fresh
        waiting.extend(fresh)
    return found


def first_model(diagrams: Diagrams, function: Node) -> dict[int, int]:
    """A model: the first assignment that makes the function true, which some must."""
    model: dict[int, int] = {}
    while function > IMPOSSIBLE:
        for value, child in enumerate(diagrams.children[function]):
            if diagrams.outcomes[child] >> TRUE & 1:
                model[diagrams.levels[function]] = value
                function = child
                break
    return model
