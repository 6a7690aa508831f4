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
sufficient explanations", AAAI 2022).  A change must hold for all completions at once, so the search
walks sets of nodes, those that some completion can have reached, from the first factor to the last.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from wizard.case.answers import Answers
from wizard.pathway.model import Factor, FactorType
from wizard.reasoning.compiling import Compiled
from wizard.reasoning.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Node
from wizard.reasoning.value_sets import ValueSet, value_set

MOST_STEPS: Final = 100_000
"""Steps of a search; beyond it, an answer would come late."""


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """New answers that bring about a status, in the order of the walk; any of their values does.

    `changed` are the factors whose given answers they contradict, `found_out` the others.
    """

    answers: Mapping[str, ValueSet]
    changed: tuple[str, ...]
    found_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearestChanges:
    """All changes that are least; one without new answers where nothing has to change.

    None at all where nothing can bring the status about.  `complete` is false where the search
    stopped at its bound before it could tell.
    """

    changes: tuple[Counterfactual, ...]
    complete: bool


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
    factors = [compiled.pathway.factors[name] for name in compiled.support(function)]
    search = _Search(
        compiled=compiled,
        allowed=compiled.space.allowed(answers),
        factors=factors,
        held=frozenset(each.id for each in factors if each.fixed and each.id not in released),
        unwanted=FALSE if wanted else TRUE,
        steps_left=most,
    )
    try:
        found = search.best(0, frozenset([function]))
    except _StoppedError:
        return NearestChanges((), complete=False)
    boxes = () if found is None else sorted(found[1])
    return NearestChanges(tuple(search.counterfactual(box) for box in boxes), complete=True)


_Cost = tuple[int, int, int]
"""Answers contradicted, questions answered anew, members of which something new is said."""
_Box = tuple[tuple[int, tuple[int, ...]], ...]
"""New values by variable; every combination of them is a change."""
_Nodes = frozenset[Node]
_Best = tuple[_Cost, tuple[_Box, ...]] | None
_State = tuple[_Nodes, bool, bool]
"""Amid a multi: the nodes reached, whether anything is contradicted, whether any may be present."""


class _StoppedError(Exception):
    """The search took more steps than it may."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What one factor does to the nodes reached: its cost, its new values, and where they lead."""

    cost: _Cost
    values: _Box
    nodes: _Nodes


@dataclass(slots=True)
class _Search:
    """One search, with what it has found for each factor and set of nodes.

    `held` are the facts that may not be contradicted.
    """

    compiled: Compiled
    allowed: Allowed
    factors: list[Factor]
    held: frozenset[str]
    unwanted: Node
    steps_left: int
    known: dict[tuple[int, _Nodes], _Best] = field(default_factory=dict)

    def best(self, place: int, nodes: _Nodes) -> _Best:
        """The least cost from this factor on, and all changes of that cost."""
        if self.unwanted in nodes:
            return None
        nodes = nodes - {TRUE, FALSE, IMPOSSIBLE}
        if not nodes:
            return (0, 0, 0), ((),)
        key = (place, nodes)
        if key not in self.known:
            self.known[key] = self._best_of(place, nodes)
        return self.known[key]

    def _best_of(self, place: int, nodes: _Nodes) -> _Best:
        factor = self.factors[place]
        least: _Cost | None = None
        found: dict[tuple[_Box, ...], list[_Box]] = {}
        for step in self._steps(factor, nodes):
            below = self.best(place + 1, step.nodes)
            if below is None:
                continue
            cost = _sum(step.cost, below[0])
            if least is None or cost < least:
                least, found = cost, {}
            if cost == least:
                found.setdefault(below[1], []).append(step.values)
        if least is None:
            return None
        boxes = (
            (*values, *box)
            for rest, steps in found.items()
            for values in _together(factor, steps)
            for box in rest
        )
        return least, tuple(boxes)

    def _steps(self, factor: Factor, nodes: _Nodes) -> Iterator[_Step]:
        if factor.type is FactorType.MULTI:
            return self._multi_steps(factor, nodes)
        return self._single_steps(factor, nodes)

    def _single_steps(self, factor: Factor, nodes: _Nodes) -> Iterator[_Step]:
        """The factor as it is answered, and each other value that it can have."""
        level = self.compiled.space.levels[factor.id].start
        given = self.allowed[level]
        yield _Step((0, 0, 0), (), self._after(nodes, level, given))
        if not self._asked(nodes, level):
            return
        for value in self.compiled.free[level]:
            contradicts = value not in given
            if given != (value,) and not (contradicts and factor.id in self.held):
                cost = (int(contradicts), int(not contradicts), 0)
                yield _Step(cost, ((level, (value,)),), self._after(nodes, level, (value,)))

    def _multi_steps(self, factor: Factor, nodes: _Nodes) -> Iterator[_Step]:
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

    def _sayable(self, factor: Factor, nodes: _Nodes, level: int) -> Iterator[tuple[int, ...]]:
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
        self.steps_left -= 1
        if self.steps_left < 0:
            raise _StoppedError
        diagrams = self.compiled.diagrams
        reached: set[Node] = set()
        for node in nodes:
            if diagrams.levels[node] == level:
                children = diagrams.children[node]
                reached.update([children[value] for value in values])
            else:
                reached.add(node)
        return frozenset(reached)

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
    if factor.type is FactorType.MULTI or steps == [()]:
        yield from steps
        return
    level = steps[0][0][0]
    values = [step[0][1][0] for step in steps]
    for run in [tuple(values)] if factor.type is FactorType.CHOICE else _runs(values):
        yield ((level, run),)


def _runs(values: list[int]) -> Iterator[tuple[int, ...]]:
    """Ascending values, cut where one is left out."""
    first = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[place - 1] + 1:
            yield tuple(values[first:place])
            first = place
