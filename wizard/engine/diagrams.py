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

A function whose diagram would be too large can be held by its leaves instead (`leaves`).  It is a
node of the same store, without children; whatever is made of it is held so too.  Unlike diagrams,
equal functions that are held so need not be the same node.

Cost.  Conjunction and disjunction take at most the product of both sizes, a choice between two that
of all three, negation one size, and a question about what is still allowed (`settled`; many at
once: `restriction`) at most one visit of each node.  How many nodes a function needs is a matter of
the order of the variables.
"""

from _thread import allocate_lock
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from typing import Final, NoReturn, SupportsIndex

from wizard.engine.leaves import Box, Fields, LeafSet
from wizard.exits import ExitCode, WizardError

FALSE: Final = 0
TRUE: Final = 1
IMPOSSIBLE: Final = 2

Node = int
"""A function: 0, 1 and 2 are the terminals, others index the store that made them."""


MOST_LEAVES: Final = 20_000
"""Leaves that one function may be held by."""


class TooManyNodesError(WizardError):
    """A function outgrows the store, or is not a diagram where one is needed."""

    code = ExitCode.BAD_PATHWAY

    def __init__(self) -> None:
        super().__init__("the functions of this pathway are too large for that")


class _NoChildren(tuple[Node, ...]):
    """What stands in the place of children for a function that is held by its leaves."""

    __slots__ = ()

    def __iter__(self) -> NoReturn:
        raise TooManyNodesError

    def __getitem__(self, place: SupportsIndex | slice) -> NoReturn:
        raise TooManyNodesError


class Diagrams:
    """A store of nodes over variables of the given sizes, in their order.

    `bits` has the bit that stands for each level.  By node: its level, its children, the levels
    that it asks and the terminals that it reaches (both as bits).  `held` has the functions that
    are held by their leaves.  `limit` is the number of nodes and leaves, and that of remembered
    steps, that it may come to hold, and `room` that of nodes and leaves for now;
    `TooManyNodesError` is raised beyond them.
    A thread that adds to a store that others use holds `adding`.
    """

    def __init__(self, sizes: Sequence[int], limit: int) -> None:
        self.sizes: Final = tuple(sizes)
        self.limit = limit
        self.room = limit
        bottom = len(self.sizes)
        self.bits: Final = tuple([1 << level for level in range(bottom)])
        self.levels: list[int] = [bottom, bottom, bottom]
        self.children: list[tuple[Node, ...]] = [(), (), ()]
        self.asked: list[int] = [0, 0, 0]
        self.outcomes: list[int] = [1 << FALSE, 1 << TRUE, 1 << IMPOSSIBLE]
        self.held: dict[Node, LeafSet] = {}
        self.fields = Fields(sizes)
        self.adding: Final = allocate_lock()  # threading would take longer to import than this
        self._by_ends: dict[tuple[tuple[Box, ...], ...], Node] = {}
        self._leaf_count = 0
        self._unique: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._selected: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._combined: dict[tuple[Node, Node, Node], Node] = {}
        self._chosen: dict[tuple[Node, Node, Node], Node] = {}
        self._negated: dict[Node, Node] = {FALSE: TRUE, TRUE: FALSE, IMPOSSIBLE: IMPOSSIBLE}

    def __len__(self) -> int:
        return len(self.levels)

    @cached_property
    def free(self) -> "Allowed":
        """Every value of each variable."""
        return tuple([tuple(range(size)) for size in self.sizes])

    @property
    def size(self) -> int:
        """The nodes and leaves that the store holds."""
        return len(self.levels) + self._leaf_count

    def node(self, level: int, children: tuple[Node, ...]) -> Node:
        """The node of a level whose children all lie below it, reduced and shared."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = (level, children)
        found = self._unique.get(key)
        if found is None:
            if len(self.levels) + self._leaf_count >= self.room:
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
        if self.held and self._any_held(children):
            ways = ((child, self._only(level, children, child)) for child in set(children))
            return self.hold(part for child, box in ways for part in self.pieces(child, box))
        if top > level:
            return self.node(level, children)
        return self._select(level, children, top)

    def _select(self, level: int, children: tuple[Node, ...], top: int) -> Node:
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
        if self.held and self._any_held((first, second)):
            return self._decided(FALSE, first, second)
        return self._combine(FALSE, first, second)

    def either(self, first: Node, second: Node) -> Node:
        """Where at least one function is true."""
        if self.held and self._any_held((first, second)):
            return self._decided(TRUE, first, second)
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
            level, other = self.levels[first], self.levels[second]
            level = level if level < other else other
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
        if self.held and self._any_held((condition, yes, no)):
            ways = (((no, yes, IMPOSSIBLE)[end], box) for end, box in self.pieces(condition))
            return self.hold(part for onward, box in ways for part in self.pieces(onward, box))
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
        if found is None and function in self.held:
            true, false, impossible = self.held[function].ends
            found = self._held_by((false, true, impossible))
            self._negated[function] = found
        if found is None:
            children = tuple(self.negation(child) for child in self.children[function])
            found = self.node(self.levels[function], children)
            self._negated[function] = found
        return found

    def forget(self, mark: Node) -> None:
        """Take back all nodes from this one on, and every remembered step."""
        for node in range(mark, len(self.levels)):
            self._unique.pop((self.levels[node], self.children[node]), None)
        for each in (self.levels, self.children, self.asked, self.outcomes):
            del each[mark:]
        self._by_ends = {ends: node for ends, node in self._by_ends.items() if node < mark}
        self.held = {node: leaves for node, leaves in self.held.items() if node < mark}
        self._leaf_count = sum(map(len, self.held.values()))
        for steps in (self._selected, self._combined, self._chosen):
            steps.clear()
        self._negated = {FALSE: TRUE, TRUE: FALSE, IMPOSSIBLE: IMPOSSIBLE}

    # --- functions by their leaves ---------------------------------------------------------------

    def _decided(self, deciding: Node, first: Node, second: Node) -> Node:
        """Conjunction or disjunction, as `_combine` tells them."""
        if first == second:
            return first
        if first not in self.held:
            first, second = second, first
        # What is not a case of the second is told where the first decides, too.
        told = deciding
        if self.outcomes[second] >> IMPOSSIBLE & 1:
            told = self.where(second, deciding, deciding)
        if deciding == TRUE:
            return self.where(first, told, second)
        return self.where(first, second, told)

    def _any_held(self, functions: Iterable[Node]) -> bool:
        return any(function in self.held for function in functions)

    def _only(self, level: int, children: tuple[Node, ...], child: Node) -> Box:
        """Where a choice among children goes on with this one."""
        values = sum(1 << value for value, other in enumerate(children) if other == child)
        return self.fields.narrowed(self.fields.full, level, values)

    def pieces(self, function: Node, within: Box | None = None) -> Iterator[tuple[Node, Box]]:
        """The leaves of a function in a box: the terminal of each, and its own box."""
        fields = self.fields
        waiting = [(function, fields.full if within is None else within)]
        while waiting:
            node, box = waiting.pop()
            if node <= IMPOSSIBLE:
                yield node, box
            elif node in self.held:
                for end, leaves in enumerate(self.held[node].ends):
                    parts = (leaf & box for leaf in leaves)
                    yield from ((end, part) for part in parts if fields.some(part))
            else:
                level, children = self.levels[node], self.children[node]
                for child in set(children):
                    part = self._only(level, children, child) & box
                    if fields.some(part):
                        waiting.append((child, part))

    def refined(self, function: Node, ends: Mapping[Node, Node], values: Mapping[int, int]) -> Node:
        """A function held by its leaves, where some ends are others and variables have values."""
        here = self.fields.full
        for level, value in values.items():
            here = self.fields.narrowed(here, level, 1 << value)
        pieces = ((ends.get(end, end), box) for end, box in self.pieces(function, here))
        opened = self.fields.opened
        return self.hold((end, reduce(opened, values, box)) for end, box in pieces)

    def meet(self, true: Node, false: Node, allowed: Sequence[tuple[int, ...]]) -> bool:
        """Whether an allowed case makes one function true and the other false."""
        here = self.fields.box(allowed)
        return any(
            end == FALSE
            for one, box in self.pieces(true, here)
            if one == TRUE
            for end, _ in self.pieces(false, box)
        )

    def hold(self, pieces: Iterable[tuple[Node, Box]]) -> Node:
        """The function that has these leaves."""
        ends: tuple[list[Box], list[Box], list[Box]] = ([], [], [])
        for count, (end, box) in enumerate(pieces):
            if count >= MOST_LEAVES:
                raise TooManyNodesError
            ends[end].append(box)
        return self._held_by(tuple(tuple(sorted(end)) for end in ends))

    def _held_by(self, ends: tuple[tuple[Box, ...], ...]) -> Node:
        present = [end for end, leaves in enumerate(ends) if leaves]
        if len(present) == 1:
            return present[0]
        found = self._by_ends.get(ends)
        if found is None:
            leaves = LeafSet(self.fields, ends)
            self._leaf_count += len(leaves)
            if self.size >= self.room:
                raise TooManyNodesError
            found = self._by_ends[ends] = len(self.levels)
            self.held[found] = leaves
            self.levels.append((leaves.asked & -leaves.asked).bit_length() - 1)
            self.children.append(_NoChildren())
            self.asked.append(leaves.asked)
            self.outcomes.append(sum(1 << end for end in present))
        return found


Allowed = tuple[tuple[int, ...], ...]
"""For each level the values that its variable may still have; never empty."""


def settled(
    diagrams: Diagrams, function: Node, allowed: Sequence[tuple[int, ...]], *, wanted: bool
) -> bool:
    """Whether every allowed case gives the function the wanted truth."""
    unwanted = FALSE if wanted else TRUE
    if function in diagrams.held:
        return not diagrams.held[function].outcomes(allowed) >> unwanted & 1
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


def visits(diagrams: Diagrams, function: Node) -> int:
    """How many nodes or leaves of a function there are to look at."""
    if function in diagrams.held:
        return len(diagrams.held[function])
    return len(nodes_of(diagrams, function))


def first_model(diagrams: Diagrams, function: Node) -> dict[int, int]:
    """A model: the first assignment that makes the function true, which some must."""
    if function in diagrams.held:
        return diagrams.held[function].first_model()
    model: dict[int, int] = {}
    while function > IMPOSSIBLE:
        for value, child in enumerate(diagrams.children[function]):
            if diagrams.outcomes[child] >> TRUE & 1:
                model[diagrams.levels[function]] = value
                function = child
                break
    return model
