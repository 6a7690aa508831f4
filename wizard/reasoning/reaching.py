"""What new answers can reach of a function: the steps of a search for changes, and its bounds.

Theory of operation.  A search for changes decides one factor after the other and keeps what the
completions can have reached by then: of a diagram the nodes, of a function held by its leaves the
leaves.  Both tell what is left once some of it has the wanted truth whatever comes, and bound from
below how many answers must still be contradicted, and how many open questions answered.  Over nodes
the bounds are shortest paths to the wanted terminal.  Over leaves the first is the least distance
of a leaf, and the second what the most telling answers could at best rule out (the greedy bound of
set covering: V. Chvatal, "A greedy heuristic for the set-covering problem", Mathematics of
Operations Research 4(3), 1979).

Cost.  Over nodes each is looked at once.  Over leaves one operation on whole numbers for each value
of each open factor.
"""

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Final, Protocol, TypeVar

from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Node
from wizard.engine.leaves import LeafSet
from wizard.pathway.factors import Factor
from wizard.record import Record

NEVER: Final = 1_000_000
"""A distance beyond every other."""

Left = tuple[int, int]
"""Answers that may still be contradicted, and open questions that may still be answered."""

State = TypeVar("State")


class Sought(Record):
    """What a search is for: `wanted` truth under new answers beside those that allow so much.

    `factors` are in the order in which they are decided; those in `held` may not be contradicted.
    """

    compiled: Compiled
    allowed: Allowed
    factors: Sequence[Factor]
    held: frozenset[str]
    wanted: Node


class Reach(Protocol[State]):
    """What completions can have reached of a function, with bounds on what is still needed."""

    def start(self) -> State:
        """What is reached before any factor is decided."""

    def after(self, state: State, level: int, values: Sequence[int]) -> State:
        """What is reached once a variable has any of these values."""

    def asks(self, state: State, level: int) -> bool:
        """Whether the value of a variable makes a difference."""

    def unsettled(self, state: State, place: int, *, contradicting: bool) -> State | None:
        """What has not the wanted truth whatever comes; None where all of it has.

        `place` is that of the first factor that is not decided, and `contradicting` tells whether
        answers from there on may be contradicted.
        """

    def too_far(self, unsettled: State, place: int, left: Left) -> bool:
        """Whether what is not settled surely needs more than what is left."""

    def cost(self, state: State) -> int:
        """How many things a step has to look at."""

    def contradicted(self) -> int:
        """How many answers must be contradicted for the wanted truth in any completion."""

    def opened(self, *, contradicting: bool) -> int:
        """How many open questions must at least be answered, if others may be contradicted."""


class NodeReach:
    """The nodes reached of a diagram."""

    def __init__(self, sought: Sought, function: Node) -> None:
        self.function = function
        self.wanted, self.allowed, self.held = sought.wanted, sought.allowed, sought.held
        self.diagrams, self.space = sought.compiled.diagrams, sought.compiled.space
        self.distances: dict[tuple[Node, int, bool], int] = {}
        self.openings: dict[tuple[Node, bool, bool], int] = {}
        # The same of nodes that are reached, of whose own factors nothing is decided yet.
        self._near: dict[Node, int] = {}
        self._opened: dict[bool, dict[Node, int]] = {False: {}, True: {}}

    def start(self) -> frozenset[Node]:
        """The function itself."""
        return frozenset([self.function])

    def after(self, state: frozenset[Node], level: int, values: Sequence[int]) -> frozenset[Node]:
        """The nodes reached once a variable has any of these values."""
        levels, children = self.diagrams.levels, self.diagrams.children
        asking = [node for node in state if levels[node] == level]
        if not asking:
            return state
        return state.difference(asking).union(
            [children[node][value] for node in asking for value in values]
        )

    def asks(self, state: frozenset[Node], level: int) -> bool:
        """Whether a node asks the variable."""
        return level in map(self.diagrams.levels.__getitem__, state)

    def unsettled(
        self,
        state: frozenset[Node],
        place: int,  # noqa: ARG002 - nodes know which factors are still to come
        *,
        contradicting: bool,  # noqa: ARG002 - what is settled is so whatever is contradicted
    ) -> frozenset[Node] | None:
        """The nodes that have not the wanted truth whatever comes."""
        opened = self._opened[False]
        try:
            return frozenset(filter(opened.__getitem__, state)) or None
        except KeyError:
            opened.update((node, self.opening(node, contradicting=False)) for node in state)
            return frozenset(filter(opened.__getitem__, state)) or None

    def too_far(self, unsettled: frozenset[Node], place: int, left: Left) -> bool:
        """Whether a node is further than what is left."""
        contradicting = left[0] > 0
        near, opened = self._near, self._opened[contradicting]
        try:
            nearest = max(map(near.__getitem__, unsettled))
            return nearest > left[0] or max(map(opened.__getitem__, unsettled)) > left[1]
        except KeyError:
            for node in unsettled:
                near[node] = self.distance(node)
                opened[node] = self.opening(node, contradicting=contradicting)
            return self.too_far(unsettled, place, left)

    def cost(self, state: frozenset[Node]) -> int:
        """The number of nodes."""
        return len(state)

    def contradicted(self) -> int:
        """The distance of the function."""
        return self.distance(self.function, impossible=NEVER)

    def opened(self, *, contradicting: bool) -> int:
        """The opening of the function."""
        return self.opening(self.function, contradicting=contradicting)

    def distance(self, node: Node, *, impossible: int = 0, amid: bool = False) -> int:
        """How many answers must at least be contradicted for the node to have the wanted truth.

        `impossible` is the distance of what is not a case: nothing where the node is one of many
        that completions can reach, `NEVER` where there must be a completion.  `amid` tells that
        the answer to the node's own factor is contradicted already.
        """
        if node <= IMPOSSIBLE:
            return impossible if node == IMPOSSIBLE else 0 if node == self.wanted else NEVER
        key = (node, impossible, amid)
        if key not in self.distances:
            level = self.diagrams.levels[node]
            owner = self.space.owners[level]
            least = NEVER
            for value, child in enumerate(self.diagrams.children[node]):
                contradicts = value not in self.allowed[level]
                if contradicts and owner in self.held:
                    continue
                same = child > IMPOSSIBLE and owner == self._owner(child)
                onward = same and (amid or contradicts)
                below = self.distance(child, impossible=impossible, amid=onward)
                least = min(least, below + int(contradicts and not amid))
            self.distances[key] = least
        return self.distances[key]

    def _owner(self, node: Node) -> str:
        return self.space.owners[self.diagrams.levels[node]]

    def opening(self, node: Node, *, contradicting: bool, amid: bool = False) -> int:
        """How many open questions must at least be answered for the node to have the wanted truth.

        None, if and only if it has it whatever they are, unless by `contradicting` answers, which
        then cost nothing.  `amid` tells that the node's own factor is answered anew already.
        """
        if node <= IMPOSSIBLE:
            return 0 if node in (self.wanted, IMPOSSIBLE) else NEVER
        key = (node, contradicting, amid)
        if key not in self.openings:
            level = self.diagrams.levels[node]
            own = self._owner(node)
            held = own in self.held
            # What is new of one member costs nothing more where another of it is contradicted.
            paid = amid or (contradicting and not held and self._told(own))
            kept, least = 0, NEVER
            for value, child in enumerate(self.diagrams.children[node]):
                if value in self.allowed[level]:
                    below = self._below(node, child, contradicting=contradicting, amid=amid)
                    kept = max(kept, below)
                    if len(self.allowed[level]) > 1:
                        below = self._below(node, child, contradicting=contradicting, amid=True)
                        least = min(least, below + int(not paid))
                elif contradicting and not held:
                    below = self._below(node, child, contradicting=True, amid=True)
                    least = min(least, below)
            self.openings[key] = min(kept, least)
        return self.openings[key]

    def _told(self, factor: str) -> bool:
        """Whether anything is said of a factor that leaves a variable of it one value."""
        return any(len(self.allowed[level]) == 1 for level in self.space.levels[factor])

    def _below(self, node: Node, child: Node, *, contradicting: bool, amid: bool) -> int:
        same = child > IMPOSSIBLE and self._owner(node) == self._owner(child)
        return self.opening(child, contradicting=contradicting, amid=same and amid)


class LeafReach:
    """The leaves reached of a function that is held by its leaves, as bits."""

    def __init__(self, sought: Sought, leaves: LeafSet) -> None:
        self._unwanted = leaves.masks[FALSE if sought.wanted == TRUE else TRUE]
        self._wanted = leaves.masks[sought.wanted]
        self._columns = leaves.columns
        # within[p][n]: leaves that lie apart from the answers to at most n factors from p on.
        every = (1 << len(leaves)) - 1
        self._within = [[every] * (len(sought.factors) + 1)]
        self._open: list[list[int]] = [[]]
        for factor in reversed(sought.factors):
            own = sought.compiled.space.levels[factor.id]
            met = every
            telling = []
            for level in own:
                met &= self.after(every, level, sought.allowed[level])
                if len(sought.allowed[level]) > 1 and level in self._columns:
                    telling += [self._columns[level][value] for value in sought.allowed[level]]
            if len(own) > 1 and telling:
                # One answer may tell of several members: all that it tells together.
                telling = [reduce(and_, telling)]
            further = self._within[-1]
            apart = [0] + [0 if factor.id in sought.held else each for each in further[:-1]]
            pairs = zip(further, apart, strict=True)
            self._within.append([each & met | other & ~met for each, other in pairs])
            self._open.append(self._open[-1] + telling)
        self._within.reverse()
        self._open.reverse()

    def start(self) -> int:
        """Every leaf."""
        return self._within[-1][0]

    def after(self, state: int, level: int, values: Sequence[int]) -> int:
        """The leaves that allow a variable any of these values."""
        columns = self._columns.get(level)
        if columns is None:
            return state
        found = 0
        for value in values:
            found |= columns[value]
        return state & found

    def asks(self, state: int, level: int) -> bool:
        """Whether a leaf lacks a value of the variable."""
        return any(state & ~column for column in self._columns.get(level, ()))

    def unsettled(self, state: int, place: int, *, contradicting: bool) -> int | None:
        """The leaves reached, where an unwanted one is still met by what is allowed."""
        met = state & self._within[place][0]
        if not met & self._unwanted:
            return None
        return state if contradicting else met

    def too_far(self, unsettled: int, place: int, left: Left) -> bool:
        """Whether no wanted leaf is near enough, or the answers left rule out too few others."""
        if place + 1 == len(self._within):
            return True
        if not unsettled & ~self._unwanted & self._within[place][left[0]]:
            return True
        if left[0]:
            return False
        against = unsettled & self._unwanted & self._within[place][0]
        return left[1] < self._answers_needed(against, place)

    def _answers_needed(self, against: int, place: int) -> int:
        """At least so many open questions must be answered to rule these leaves out."""
        outs = [(against & ~column).bit_count() for column in self._open[place]]
        most = max(outs, default=0)
        return -(-against.bit_count() // most) if most else NEVER

    def cost(self, state: int) -> int:
        """What one step costs, in nodes of a diagram."""
        return 1 + state.bit_length() // 50

    def contradicted(self) -> int:
        """The distance of the nearest leaf that has the wanted truth."""
        near = (n for n, leaves in enumerate(self._within[0]) if leaves & self._wanted)
        return next(near, NEVER)

    def opened(self, *, contradicting: bool) -> int:
        """None where answers may be contradicted."""
        against = self._unwanted & self._within[0][0]
        return 0 if contradicting or not against else self._answers_needed(against, 0)
