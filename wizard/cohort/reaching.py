"""Functions as SQL conditions: whether each can be true, and can be false, in a partial case.

Theory of operation.  A partial case allows each variable some of its values; a column `vN` has
them as one whole number, the bit of a value set where it is allowed.  A node of a diagram reaches
a terminal if some child does for which a value is allowed: that is one disjunction for each node
and terminal, and nothing in it is ever NULL, so that SQL's own third truth value never takes part.
What is used in one place is written there; what is used in several becomes a column `nN` of its
own, one layer of the query above those that it is made of, so that a query grows with the nodes of
the diagrams and not with their paths.

An option still depends on a variable if two of its cofactors by that variable differ in some case
that is allowed (as `engine.restriction` has it): the exclusive or of each pair is a function too.

Cost.  A term for each child of each node, for each of two terminals.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final

from wizard.engine.diagrams import IMPOSSIBLE, TRUE, Diagrams, Node
from wizard.record import Record

Sql = str
Masks = Mapping[int, Iterable[int]]
"""By variable, every mask of allowed values that its column may have."""

ALWAYS: Final = "1 = 1"
NEVER: Final = "1 = 0"


class Reach(Record):
    """That a function reaches a terminal: TRUE or FALSE."""

    node: Node
    end: Node

    @property
    def column(self) -> str:
        """The column that has it where it is used in several places."""
        return f"n{self.node}{'ft'[self.end]}"


class Layer(Record):
    """A step of the query: the columns that it takes over, and the conditions that it adds."""

    taken: tuple[str, ...]
    added: Mapping[str, Sql]


class Reaching:
    """Conditions on functions of a store, in a query over columns of masks."""

    def __init__(self, diagrams: Diagrams, masks: Masks) -> None:
        self._diagrams = diagrams
        self._masks = {level: tuple(sorted(each)) for level, each in masks.items()}
        self._roots: list[Reach] = []
        self._columns: dict[Reach, int] = {}
        self._used: dict[str, int] = {}

    # --- conditions for what is asked --------------------------------------------------------

    def ask(self, function: Node, end: Node) -> Reach:
        """Ask whether a function reaches a terminal; `condition` says it once all is asked."""
        found = Reach(function, end)
        self._roots.append(found)
        return found

    def some(self, level: int, values: Iterable[int]) -> Sql:
        """That a variable may have one of these values."""
        wanted = sum(1 << value for value in set(values))
        masks = [mask for mask in self._masks[level] if mask & wanted]
        if len(masks) == len(self._masks[level]):
            return ALWAYS
        return _listed(f"v{level}", masks)

    def differing(self, function: Node, level: int) -> Iterator[tuple[Sql, Reach]]:
        """The pairs of cofactors by a variable: that both are allowed, and that they differ.

        Asks for each that it can differ.
        """
        classes: dict[Node, list[int]] = {}
        for value in range(self._diagrams.sizes[level]):
            classes.setdefault(self._cofactor(function, level, value, {}), []).append(value)
        for (one, ones), (other, others) in combinations(classes.items(), 2):
            differ = self._diagrams.where(one, self._diagrams.negation(other), other)
            if self._diagrams.outcomes[differ] >> TRUE & 1:
                both = all_of([self.some(level, ones), self.some(level, others)])
                yield both, self.ask(differ, TRUE)

    def layers(self) -> list[Layer]:
        """The steps that give a column to whatever is used in several places, once all is asked."""
        self._columns = self._shared()
        own: dict[int, dict[str, Sql]] = {}
        for reach, layer in self._columns.items():
            own.setdefault(layer, {})[reach.column] = self._expression(reach)
        levels = [f"v{level}" for level in self._masks]
        layers = []
        known: list[str] = levels
        for number in sorted(own):
            # What no later step reads is left behind; the masks of a case go on to its end.
            kept = [c for c in known if c in levels or self._used.get(c, 0) >= number]
            layers.append(Layer(tuple(kept), own[number]))
            known = [*kept, *own[number]]
        return layers

    def condition(self, reach: Reach) -> Sql:
        """What was asked, as a condition on the columns of the last layer."""
        if reach in self._columns:
            return f"{reach.column} = 1"
        return self._expression(reach)

    # --- parts -------------------------------------------------------------------------------

    def _parts(self, reach: Reach) -> list[tuple[Sql, Reach | None]]:
        """The ways on which a node reaches a terminal: a condition, and what must reach it then."""
        diagrams = self._diagrams
        if reach.node <= IMPOSSIBLE:
            return [(ALWAYS, None)] if reach.node == reach.end else []
        level, children = diagrams.levels[reach.node], diagrams.children[reach.node]
        values: dict[Node, list[int]] = {}
        for value, child in enumerate(children):
            if diagrams.outcomes[child] >> reach.end & 1:
                values.setdefault(child, []).append(value)
        return [
            (self.some(level, own), None if child == reach.end else Reach(child, reach.end))
            for child, own in values.items()
        ]

    def _shared(self) -> dict[Reach, int]:
        """The layer of whatever is used in several places, in the order of layers."""
        uses: dict[Reach, int] = {}
        order: list[Reach] = []
        waiting = list(self._roots)
        while waiting:
            reach = waiting.pop()
            uses[reach] = uses.get(reach, 0) + 1
            if uses[reach] == 1:
                order.append(reach)
                waiting.extend(child for _, child in self._parts(reach) if child is not None)
        # Children lie below their parents, so that the lowest come first.
        order.sort(key=lambda reach: -self._diagrams.levels[reach.node])
        height: dict[Reach, int] = {}
        for reach in order:
            below = [height[child] for _, child in self._parts(reach) if child is not None]
            shared = uses[reach] > 1 and reach.node > IMPOSSIBLE
            height[reach] = max(below, default=0) + shared
        found = {r: height[r] for r in order if uses[r] > 1 and r.node > IMPOSSIBLE}
        columns = dict(sorted(found.items(), key=lambda each: each[1]))
        top = max(columns.values(), default=0) + 1
        for reach in self._roots:
            self._use(reach, top, columns)
        for reach, layer in columns.items():
            for _, child in self._parts(reach):
                if child is not None:
                    self._use(child, layer, columns)
        return columns

    def _use(self, reach: Reach, layer: int, columns: Mapping[Reach, int]) -> None:
        """Note that a step reads what this is made of."""
        if reach in columns:
            self._used[reach.column] = max(self._used.get(reach.column, 0), layer)
            return
        for _, child in self._parts(reach):
            if child is not None:
                self._use(child, layer, columns)

    def _expression(self, reach: Reach) -> Sql:
        """What a node reaches, in terms of the columns of the layers below."""
        ways = []
        for allowed, child in self._parts(reach):
            onward = ALWAYS if child is None else self.condition(child)
            ways.append(all_of([allowed, onward]))
        return any_of(ways)

    def _cofactor(self, function: Node, level: int, value: int, known: dict[Node, Node]) -> Node:
        """The function once a variable has a value."""
        diagrams = self._diagrams
        own = diagrams.levels[function]
        if own >= level:
            return diagrams.cofactor(function, level, value)
        if function not in known:
            children = [self._cofactor(c, level, value, known) for c in diagrams.children[function]]
            known[function] = diagrams.node(own, tuple(children))
        return known[function]


def status_of(can_be_true: Sql, can_be_false: Sql) -> Sql:
    """The status of a function, as a value."""
    if can_be_false == NEVER:
        return "'described'"
    if can_be_true == NEVER:
        return "'not_described'"
    return (
        f"CASE WHEN NOT ({can_be_false}) THEN 'described' "
        f"WHEN {can_be_true} THEN 'possible' ELSE 'not_described' END"
    )


def all_of(parts: Iterable[Sql]) -> Sql:
    """That all of these hold."""
    kept = [part for part in dict.fromkeys(parts) if part != ALWAYS]
    if NEVER in kept:
        return NEVER
    return " AND ".join(f"({p})" if " OR " in p else p for p in kept) or ALWAYS


def any_of(parts: Iterable[Sql]) -> Sql:
    """That any of these holds."""
    kept = [part for part in dict.fromkeys(parts) if part != NEVER]
    if ALWAYS in kept:
        return ALWAYS
    return " OR ".join(f"({p})" if " AND " in p else p for p in kept) or NEVER


def _listed(column: str, numbers: Iterable[int]) -> Sql:
    """That a column has one of these numbers."""
    found = [str(number) for number in numbers]
    if len(found) == 1:
        return f"{column} = {found[0]}"
    return f"{column} IN ({', '.join(found)})" if found else NEVER


def not_(said: Sql) -> Sql:
    """That this does not hold."""
    return {ALWAYS: NEVER, NEVER: ALWAYS}.get(said) or f"NOT ({said})"
