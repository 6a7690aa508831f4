"""The cases that practice may tell: possible ones, which raise no doubt about their own answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from wizard.engine.compiling import Compiled
from wizard.engine.counting import and_not, cube, definite, values_of
from wizard.engine.diagrams import FALSE, TRUE, Diagrams, Node
from wizard.pathway.model import Level, MultiFactor
from wizard.practice.regions import Region, allowed_in, regions


@dataclass(frozen=True, slots=True)
class Ground:
    """A compiled pathway, and which of its cases may be told.

    `applies` tells by factor where it applies.  `cases` are the assignments that are cases, and
    `possible` those of them that may be told.
    """

    compiled: Compiled
    cases: Node
    possible: Node
    applies: Mapping[str, Node]

    @property
    def diagrams(self) -> Diagrams:
        """The store of all functions."""
        return self.compiled.diagrams

    def function(self, node: Node, *, wanted: bool = True) -> Node:
        """Where a function has the wanted outcome, with one also where there is no case.

        No case is where no member of a multi is present that needs one; the outcome there is that
        of the case in which its last member is.  So a function depends on such a multi only where
        some cases differ in it, however it was written.
        """
        diagrams = self.diagrams
        function = definite(diagrams, node if wanted else diagrams.negation(node))
        for levels in self._needing_a_member(diagrams.asked[function]):
            last = {level: int(level == levels[-1]) for level in levels}
            none = cube(diagrams, dict.fromkeys(levels, (0,)))
            beside = diagrams.both(none, fixed(diagrams, function, last))
            function = diagrams.either(and_not(diagrams, function, none), beside)
        return function

    def regions(self, node: Node, *, wanted: bool) -> list[Region]:
        """The regions in which every case has the wanted outcome, and some case may be told.

        They depend on the cases alone: what is not a case may stand in any of them, and a region
        whose cases all stand in another is left out.
        """
        function = self.function(node, wanted=wanted)
        for levels in self._needing_a_member(self.diagrams.asked[function]):
            none = cube(self.diagrams, dict.fromkeys(levels, (0,)))
            function = self.diagrams.either(function, none)
        told = [each for each in regions(self.diagrams, function) if not target(self, each).empty]
        return [each for each in told if not any(self._holds_all(wide, each) for wide in told)]

    def _holds_all(self, wide: Region, narrow: Region) -> bool:
        """Whether every case of one region stands in another one too."""
        allowed = allowed_in(self.diagrams.sizes, narrow)
        for levels in self._needing_a_member():
            open_levels = [level for level in levels if 1 in allowed[level]]
            if len(open_levels) == 1:
                # The one member that may be present must be.
                allowed[open_levels[0]] = (1,)
        return wide != narrow and all(set(allowed[level]) <= set(values) for level, values in wide)

    def _needing_a_member(self, asked: int = -1) -> list[range]:
        """The levels of each multi that needs a member, if any of them is asked (as bits)."""
        levels = self.compiled.space.levels
        return [
            levels[factor.id]
            for factor in self.compiled.pathway.factors.values()
            if isinstance(factor, MultiFactor)
            and factor.at_least
            and any(asked >> level & 1 for level in levels[factor.id])
        ]


@dataclass(frozen=True, slots=True)
class Target:
    """Cases to draw from: those of a region that may be told and have the factors it names.

    `allowed` has the region's values by level; `root` is the function that a case must fulfil,
    and `live` the nodes below it from which one still can.
    """

    allowed: tuple[tuple[int, ...], ...]
    root: Node
    live: frozenset[Node]

    @property
    def empty(self) -> bool:
        """Whether there is no such case."""
        return self.root not in self.live


def ground(compiled: Compiled) -> Ground:
    """The ground of practice on a pathway.  Adds to the store; raises TooManyNodesError."""
    diagrams = compiled.diagrams
    whole = (values_of(compiled, factor) for factor in compiled.pathway.factors)
    cases = possible = reduce(diagrams.both, whole, TRUE)
    for alert in compiled.pathway.alerts.values():
        if alert.level is Level.CHECK_ANSWERS:
            functions = compiled.alerts[alert.id]
            when = definite(diagrams, functions.when)
            raised = and_not(diagrams, when, definite(diagrams, functions.unless))
            possible = and_not(diagrams, possible, raised)
    applies = {factor: definite(diagrams, node) for factor, node in compiled.applies.items()}
    return Ground(compiled, cases, possible, applies)


def target(ground: Ground, region: Region, function: Node = TRUE) -> Target:
    """The cases of a region (and of a function of the ground) that may be told."""
    owners = dict.fromkeys(ground.compiled.space.owners[level] for level, _values in region)
    root = ground.diagrams.both(ground.possible, function)
    for factor in owners:
        root = ground.diagrams.both(root, ground.applies[factor])
    allowed = tuple(allowed_in(ground.diagrams.sizes, region))
    return Target(allowed, root, live_nodes(ground.diagrams, root, allowed))


def fixed(diagrams: Diagrams, function: Node, values: Mapping[int, int]) -> Node:
    """The function once variables have these values.  Adds to the store."""
    done: dict[Node, Node] = {}

    def below(node: Node) -> Node:
        if not diagrams.children[node]:
            return node
        if node not in done:
            level, children = diagrams.levels[node], diagrams.children[node]
            if level in values:
                done[node] = below(children[values[level]])
            else:
                done[node] = diagrams.node(level, tuple(below(child) for child in children))
        return done[node]

    return below(function)


def live_nodes(
    diagrams: Diagrams, root: Node, allowed: tuple[tuple[int, ...], ...]
) -> frozenset[Node]:
    """The nodes of a function from which it can still be true, under what is allowed."""
    known = {FALSE: False, TRUE: True}

    def can_be(node: Node) -> bool:
        found = known.get(node)
        if found is None:
            children = diagrams.children[node]
            below = [can_be(children[value]) for value in allowed[diagrams.levels[node]]]
            found = known[node] = any(below)
        return found

    can_be(root)
    return frozenset(node for node, alive in known.items() if alive)
