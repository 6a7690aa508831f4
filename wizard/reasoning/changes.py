"""What would change a status: the nearest changes of the answers, all of them.

A change gives some factors new answers; all others keep theirs, unknown ones too, and in every
completion the function then has the wanted truth.  A new answer to a choice or a number takes the
place of the old one; a new answer to a multi says something else of some members and leaves the
rest as it was.

The nearest changes are those that are least in this order: how many answers given are contradicted,
then how many questions are answered that were open, wholly or in part, then of how many members
of multis something new is said.  Facts that cannot change are never contradicted unless released;
where they are open, they may be answered.

These are contrastive (counterfactual) explanations of least size, here over partial cases, on
decision graphs (X. Huang, Y. Izza, A. Ignatiev and J. Marques-Silva, "On efficiently explaining
graph-based classifiers", KR 2021; A. Darwiche and C. Ji, "On the computation of necessary and
sufficient explanations", AAAI 2022).  How many answers must be contradicted is the length of a
shortest path to the wanted terminal, since every open question may be answered.  With that many,
the search allows no new answer to an open question, then one, two and so on.  As a change must
hold for all completions at once, it walks sets of nodes, those that some completion can have
reached, from the first factor to the last.

Cost.  The two distances that cut the search short (`distance`, `opening`) look at each node once.
The search itself may meet exponentially many sets of nodes; `MOST_STEPS` bounds the nodes that it
looks at.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Node
from wizard.engine.space import WORKED_OUT
from wizard.pathway.model import ChoiceFactor, DerivedFactor, Factor, MultiFactor, NumberFactor
from wizard.reasoning.value_sets import ValueSet, answered, value_set
from wizard.record import Record

MOST_STEPS: Final = 50_000
"""Nodes that a search may look at; beyond it, an answer would come late."""


class Counterfactual(Record):
    """New answers that bring about a status, in the order of the walk; any of their values does.

    `changed` are the factors whose given answers they contradict, `found_out` the others.
    """

    answers: Mapping[str, ValueSet]
    changed: tuple[str, ...]
    found_out: tuple[str, ...]


class NearestChanges(Record):
    """All changes that are least; one without new answers where nothing has to change.

    In the order of the walk; none at all where nothing can bring the status about.  `complete` is
    false where the search stopped at its bound before it could tell; every change then takes at
    least `at_least` new answers.
    """

    changes: tuple[Counterfactual, ...]
    complete: bool
    at_least: int


def nearest_changes(  # noqa: PLR0913 - each is a part of the question
    compiled: Compiled,
    answers: Answers,
    function: Node,
    *,
    wanted: bool,
    released: Collection[str] = (),
    most: int = MOST_STEPS,
) -> NearestChanges:
    """The nearest changes after which every completion gives the function the wanted truth.

    `released` are facts that may be contradicted all the same; `most` bounds the search.
    """
    space = compiled.space
    names = sorted(compiled.support(function), key=lambda name: space.levels[name].start)
    factors = [compiled.pathway.factors[name] for name in names]
    facts = {each.id for each in factors if each.fixed and each.id not in released}
    # What is worked out changes with the answers behind it, never by itself.
    worked_out = {
        each.id
        for each in factors
        if isinstance(each, DerivedFactor) and not answered(answers.get(each.id))
    }
    search = _Search(
        compiled=compiled,
        allowed=space.allowed(answers),
        factors=factors,
        held=frozenset(facts | worked_out),
        wanted=TRUE if wanted else FALSE,
        steps_left=most,
    )
    contradicted = search.distance(function, impossible=_NEVER)
    if contradicted >= _NEVER:
        return NearestChanges((), complete=True, at_least=0)
    least = search.opening(function, contradicting=contradicted > 0)
    for opened in range(least, len(factors) + 1):
        try:
            found = search.best(0, frozenset([function]), (contradicted, opened))
        except _StoppedError:
            return NearestChanges((), complete=False, at_least=contradicted + opened)
        if found is not None:
            changes = tuple(search.counterfactual(box) for box in search.in_walk(found[1]))
            return NearestChanges(changes, complete=True, at_least=contradicted + opened)
    raise AssertionError(function)


_Cost = tuple[int, int, int]
"""Answers contradicted, questions answered anew, members of which something new is said."""
_Box = tuple[tuple[int, tuple[int, ...]], ...]
"""New values by variable; every combination of them is a change."""
_Nodes = frozenset[Node]
_Left = tuple[int, int]
"""Answers that may still be contradicted, and open questions that may still be answered."""
_Best = tuple[_Cost, tuple[_Box, ...]] | None
_State = tuple[_Nodes, bool, bool]
"""Amid a multi: the nodes reached, whether anything is contradicted, whether any may be present."""


_NEVER: Final = 1_000_000
"""A distance beyond every other."""


class _StoppedError(Exception):
    """The search took more steps than it may."""


class _Step(Record):
    """What one factor does to the nodes reached: its cost, its new values, and where they lead."""

    cost: _Cost
    values: _Box
    nodes: _Nodes


class _Search:
    """One search, with what it has found for each factor and set of nodes.

    `held` are the facts that may not be contradicted.
    """

    def __init__(  # noqa: PLR0913 - each is a part of the question
        self,
        compiled: Compiled,
        allowed: Allowed,
        factors: list[Factor],
        held: frozenset[str],
        *,
        wanted: Node,
        steps_left: int,
    ) -> None:
        self.compiled = compiled
        self.allowed = allowed
        self.factors = factors
        self.held = held
        self.wanted = wanted
        self.steps_left = steps_left
        self.known: dict[tuple[int, _Nodes, _Left], _Best] = {}
        self.distances: dict[tuple[Node, int, bool], int] = {}
        self.openings: dict[tuple[Node, bool, bool], int] = {}

    def distance(self, node: Node, *, impossible: int = 0, amid: bool = False) -> int:
        """How many answers must at least be contradicted for the node to have the wanted truth.

        `impossible` is the distance of what is not a case: nothing where the node is one of many
        that completions can reach, `_NEVER` where there must be a completion.  `amid` tells that
        the answer to the node's own factor is contradicted already.
        """
        if node <= IMPOSSIBLE:
            return impossible if node == IMPOSSIBLE else 0 if node == self.wanted else _NEVER
        key = (node, impossible, amid)
        if key not in self.distances:
            level = self.compiled.diagrams.levels[node]
            owner = self.compiled.space.owners[level]
            least = _NEVER
            for value, child in enumerate(self.compiled.diagrams.children[node]):
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
        return self.compiled.space.owners[self.compiled.diagrams.levels[node]]

    def opening(self, node: Node, *, contradicting: bool, amid: bool = False) -> int:
        """How many open questions must at least be answered for the node to have the wanted truth.

        None, if and only if it has it whatever they are, unless by `contradicting` answers, which
        then cost nothing.  `amid` tells that the node's own factor is answered anew already.
        """
        if node <= IMPOSSIBLE:
            return 0 if node in (self.wanted, IMPOSSIBLE) else _NEVER
        key = (node, contradicting, amid)
        if key not in self.openings:
            level = self.compiled.diagrams.levels[node]
            own = self.compiled.space.levels[self._owner(node)]
            held = self._owner(node) in self.held
            told = any(len(self.allowed[each]) == 1 for each in own)
            # What is new of one member costs nothing more where another of it is contradicted.
            paid = amid or (contradicting and told and not held)
            kept, least = 0, _NEVER
            for value, child in enumerate(self.compiled.diagrams.children[node]):
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

    def _below(self, node: Node, child: Node, *, contradicting: bool, amid: bool) -> int:
        same = child > IMPOSSIBLE and self._owner(node) == self._owner(child)
        return self.opening(child, contradicting=contradicting, amid=same and amid)

    def best(self, place: int, nodes: _Nodes, left: _Left) -> _Best:
        """The least cost from this factor on within what is left, and all changes of that cost."""
        unsettled = [node for node in nodes if self.opening(node, contradicting=False)]
        if not unsettled:
            return (0, 0, 0), ((),)
        contradicting = left[0] > 0
        for node in unsettled:
            if self.distance(node) > left[0]:
                return None
            if self.opening(node, contradicting=contradicting) > left[1]:
                return None
        if not contradicting:
            nodes = frozenset(unsettled)
        key = (place, nodes, left)
        if key not in self.known:
            self.known[key] = self._best_of(place, nodes, left)
        return self.known[key]

    def _best_of(self, place: int, nodes: _Nodes, left: _Left) -> _Best:
        factor = self.factors[place]
        least: _Cost | None = None
        found: dict[tuple[_Box, ...], list[_Box]] = {}
        for step in self._steps(factor, nodes, left):
            remaining = (left[0] - step.cost[0], left[1] - step.cost[1])
            below = self.best(place + 1, step.nodes, remaining)
            if below is None:
                continue
            cost = _sum(step.cost, below[0])
            if least is None or cost < least:
                least, found = cost, {}
            if cost == least:
                found.setdefault(below[1], []).append(step.values)
        if least is None:
            return None
        boxes = tuple(
            (*values, *box)
            for rest, steps in found.items()
            for values in _together(factor, steps)
            for box in rest
        )
        self._count(len(boxes))
        return least, boxes

    def _steps(self, factor: Factor, nodes: _Nodes, left: _Left) -> Iterator[_Step]:
        """What the factor can do, as it is answered and anew, within what is left."""
        if isinstance(factor, MultiFactor):
            steps = self._multi_steps(factor, nodes)
        else:
            steps = self._single_steps(factor, nodes)
        return (step for step in steps if step.cost[0] <= left[0] and step.cost[1] <= left[1])

    def _single_steps(self, factor: ChoiceFactor | NumberFactor, nodes: _Nodes) -> Iterator[_Step]:
        """The factor as it is answered, and each other value that it can have."""
        level = self.compiled.space.levels[factor.id].start
        given = self.allowed[level]
        yield _Step((0, 0, 0), (), self._after(nodes, level, given))
        if not self._asked(nodes, level):
            return
        for value in self.compiled.free[level]:
            if value == WORKED_OUT and isinstance(factor, DerivedFactor):
                continue
            contradicts = value not in given
            if given != (value,) and not (contradicts and factor.id in self.held):
                cost = (int(contradicts), int(not contradicts), 0)
                yield _Step(cost, ((level, (value,)),), self._after(nodes, level, (value,)))

    def _multi_steps(self, factor: MultiFactor, nodes: _Nodes) -> Iterator[_Step]:
        """What can newly be said of members: of all that leads to one state, the least."""
        states: dict[_State, list[_Box]] = {(nodes, False, False): [()]}
        for level in self.compiled.space.levels[factor.id]:
            following: dict[_State, list[_Box]] = {}
            for (reached, contradicted, some), boxes in states.items():
                for values in self._sayable(factor, reached, level):
                    anew = values != self.allowed[level]
                    contradicts = not set(values) <= set(self.allowed[level])
                    state = (
                        self._after(reached, level, values),
                        contradicted or contradicts,
                        some or values != (0,),
                    )
                    news = [(*box, (level, values)) for box in boxes] if anew else boxes
                    _keep_least(following, state, news)
            states = following
        for (reached, contradicted, some), boxes in states.items():
            if boxes == [()]:
                yield _Step((0, 0, 0), (), reached)
            elif some or not factor.at_least:
                cost = (int(contradicted), int(not contradicted), len(boxes[0]))
                yield from (_Step(cost, box, reached) for box in boxes)

    def _sayable(self, factor: MultiFactor, nodes: _Nodes, level: int) -> Iterator[tuple[int, ...]]:
        """What may be allowed a member: what is said of it, and anything else that can be said."""
        said = self.allowed[level]
        yield said
        if self._asked(nodes, level):
            for value in self.compiled.free[level]:
                if said != (value,) and (value in said or factor.id not in self.held):
                    yield (value,)

    def _asked(self, nodes: _Nodes, level: int) -> bool:
        return any(self.compiled.diagrams.levels[node] == level for node in nodes)

    def _after(self, nodes: _Nodes, level: int, values: tuple[int, ...]) -> _Nodes:
        """The nodes reached once a variable has any of these values."""
        self._count(len(nodes))
        diagrams = self.compiled.diagrams
        reached: set[Node] = set()
        for node in nodes:
            if diagrams.levels[node] == level:
                children = diagrams.children[node]
                reached.update([children[value] for value in values])
            else:
                reached.add(node)
        return frozenset(reached)

    def _count(self, steps: int) -> None:
        self.steps_left -= steps
        if self.steps_left < 0:
            raise _StoppedError

    def in_walk(self, boxes: tuple[_Box, ...]) -> list[_Box]:
        """Boxes in the order of the walk, as their variables are in each."""
        walk = self.compiled.space.walk
        ranked = sorted(sorted((walk[level], level, values) for level, values in b) for b in boxes)
        return [tuple((level, values) for _, level, values in box) for box in ranked]

    def counterfactual(self, box: _Box) -> Counterfactual:
        """New values by variable as new answers by factor."""
        space = self.compiled.space
        allowed = list(self.allowed)
        for level, values in box:
            allowed[level] = values
        names = tuple(dict.fromkeys(space.owners[level] for level, _ in box))
        changed = {
            space.owners[level]
            for level, values in box
            if not set(values) <= {*self.allowed[level]}
        }
        return Counterfactual(
            answers={name: value_set(space, name, allowed) for name in names},
            changed=tuple(name for name in names if name in changed),
            found_out=tuple(name for name in names if name not in changed),
        )


def _sum(one: _Cost, other: _Cost) -> _Cost:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _keep_least(states: dict[_State, list[_Box]], state: _State, boxes: list[_Box]) -> None:
    known = states.get(state)
    if known is None or len(boxes[0]) < len(known[0]):
        states[state] = list(boxes)
    elif len(boxes[0]) == len(known[0]):
        known.extend(boxes)


def _together(factor: Factor, steps: list[_Box]) -> Iterator[_Box]:
    """Steps that the same changes follow: single values of one variable as sets of values."""
    if isinstance(factor, MultiFactor) or steps == [()]:
        yield from steps
        return
    level = steps[0][0][0]
    values = [step[0][1][0] for step in steps]
    for run in [tuple(values)] if isinstance(factor, ChoiceFactor) else _runs(values):
        yield ((level, run),)


def _runs(values: list[int]) -> Iterator[tuple[int, ...]]:
    """Ascending values, cut where one is left out."""
    first = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[place - 1] + 1:
            yield tuple(values[first:place])
            first = place
