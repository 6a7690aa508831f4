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
hold for all completions at once, it keeps all that some completion can have reached (`reaching`),
from the first factor to the last.

Cost.  Bounds cut the search short (`reaching`).  It may all the same meet exponentially many sets
of what is reached; `MOST_STEPS` bounds how much of them it looks at.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, Generic, TypeVar

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, TRUE, Node
from wizard.engine.space import WORKED_OUT
from wizard.pathway.factors import ChoiceFactor, DerivedFactor, Factor, MultiFactor, NumberFactor
from wizard.reasoning.reaching import NEVER, LeafReach, Left, NodeReach, Reach, Sought, State
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
    sought = Sought(
        compiled=compiled,
        allowed=space.allowed(answers),
        factors=factors,
        held=frozenset(facts | worked_out),
        wanted=TRUE if wanted else FALSE,
    )
    leaves = compiled.diagrams.held.get(function)
    if leaves is None:
        return _nearest(_Search(sought, NodeReach(sought, function), most))
    return _nearest(_Search(sought, LeafReach(sought, leaves), most))


def _nearest(search: "_Search[State]") -> NearestChanges:
    contradicted = search.reach.contradicted()
    if contradicted >= NEVER:
        return NearestChanges((), complete=True, at_least=0)
    least = search.reach.opened(contradicting=contradicted > 0)
    for opened in range(least, len(search.sought.factors) + 1):
        try:
            found = search.best(0, search.reach.start(), (contradicted, opened))
        except _StoppedError:
            return NearestChanges((), complete=False, at_least=contradicted + opened)
        if found is not None:
            changes = tuple(search.counterfactual(box) for box in search.in_walk(found[1]))
            return NearestChanges(changes, complete=True, at_least=contradicted + opened)
    raise AssertionError(least)


_Cost = tuple[int, int, int]
"""Answers contradicted, questions answered anew, members of which something new is said."""
_Box = tuple[tuple[int, tuple[int, ...]], ...]
"""New values by variable; every combination of them is a change."""
_Best = tuple[_Cost, tuple[_Box, ...]] | None


class _StoppedError(Exception):
    """The search took more steps than it may."""


_Step = tuple[_Cost, _Box, State]
"""What one factor does to what is reached: its cost, its new values, and where they lead."""


class _Search(Generic[State]):
    """One search, with what it has found for each factor and all that is reached before it."""

    def __init__(self, sought: Sought, reach: Reach[State], steps_left: int) -> None:
        self.sought = sought
        self.reach = reach
        self.steps_left = steps_left
        self.known: dict[tuple[int, State, Left], _Best] = {}

    def best(self, place: int, nodes: State, left: Left) -> _Best:
        """The least cost from this factor on within what is left, and all changes of that cost."""
        unsettled = self.reach.unsettled(nodes, place, contradicting=left[0] > 0)
        if unsettled is None:
            return (0, 0, 0), ((),)
        if self.reach.too_far(unsettled, place, left):
            return None
        if left[0] == 0:
            nodes = unsettled
        key = (place, nodes, left)
        if key not in self.known:
            self.known[key] = self._best_of(place, nodes, left)
        return self.known[key]

    def _best_of(self, place: int, nodes: State, left: Left) -> _Best:
        factor = self.sought.factors[place]
        least: _Cost | None = None
        found: dict[tuple[_Box, ...], list[_Box]] = {}
        for own, values, reached in self._steps(factor, nodes, left):
            below = self.best(place + 1, reached, (left[0] - own[0], left[1] - own[1]))
            if below is None:
                continue
            cost = _sum(own, below[0])
            if least is None or cost < least:
                least, found = cost, {}
            if cost == least:
                found.setdefault(below[1], []).append(values)
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

    def _steps(self, factor: Factor, nodes: State, left: Left) -> Iterator[_Step[State]]:
        """What the factor can do, as it is answered and anew, within what is left."""
        if isinstance(factor, MultiFactor):
            steps = self._multi_steps(factor, nodes)
        else:
            steps = self._single_steps(factor, nodes)
        return (step for step in steps if step[0][0] <= left[0] and step[0][1] <= left[1])

    def _single_steps(
        self, factor: ChoiceFactor | NumberFactor, nodes: State
    ) -> Iterator[_Step[State]]:
        """The factor as it is answered, and each other value that it can have."""
        level = self.sought.compiled.space.levels[factor.id].start
        given = self.sought.allowed[level]
        yield ((0, 0, 0), (), self._after(nodes, level, given))
        if not self.reach.asks(nodes, level):
            return
        for value in self.sought.compiled.free[level]:
            if value == WORKED_OUT and isinstance(factor, DerivedFactor):
                continue
            contradicts = value not in given
            if given != (value,) and not (contradicts and factor.id in self.sought.held):
                cost = (int(contradicts), int(not contradicts), 0)
                yield cost, ((level, (value,)),), self._after(nodes, level, (value,))

    def _multi_steps(self, factor: MultiFactor, nodes: State) -> Iterator[_Step[State]]:
        """What can newly be said: whether it was done, and of members where it was."""
        levels = self.sought.compiled.space.levels[factor.id]
        if factor.not_done is None:
            yield from self._member_steps(factor, levels, (nodes, False, False), ())
            return
        own = levels.start
        for values in self._sayable(factor, nodes, own):
            contradicts = not set(values) <= set(self.sought.allowed[own])
            said = ((own, values),) if values != self.sought.allowed[own] else ()
            reached = self._after(nodes, own, values)
            members = levels[1:] if values == (0,) else levels[:0]
            for level in levels[1 + len(members) :]:
                reached = self._after(reached, level, self.sought.allowed[level])
            state = (reached, contradicts, values != (0,))
            yield from self._member_steps(factor, members, state, said)

    def _member_steps(
        self, factor: MultiFactor, levels: range, begun: tuple[State, bool, bool], said: _Box
    ) -> Iterator[_Step[State]]:
        """What can newly be said of members: of all that leads to one state, the least.

        `said` is said already: that it was done, which is not counted, or that it was not.
        """
        states: dict[tuple[State, bool, bool], list[_Box]] = {begun: [said]}
        for level in levels:
            following: dict[tuple[State, bool, bool], list[_Box]] = {}
            for (reached, contradicted, some), boxes in states.items():
                for values in self._sayable(factor, reached, level):
                    anew = values != self.sought.allowed[level]
                    contradicts = not set(values) <= set(self.sought.allowed[level])
                    state = (
                        self._after(reached, level, values),
                        contradicted or contradicts,
                        some or values != (0,),
                    )
                    told = [(*box, (level, values)) for box in boxes] if anew else boxes
                    _keep_least(following, state, told)
            states = following
        for (reached, contradicted, some), boxes in states.items():
            if boxes == [()]:
                yield ((0, 0, 0), (), reached)
            elif some or not factor.at_least:
                news = len(boxes[0]) - (len(said) if levels else 0)
                cost = (int(contradicted), int(not contradicted), news)
                yield from ((cost, box, reached) for box in boxes)

    def _sayable(self, factor: MultiFactor, nodes: State, level: int) -> Iterator[tuple[int, ...]]:
        """What may be allowed a member: what is said of it, and anything else that can be said."""
        said = self.sought.allowed[level]
        yield said
        if self.reach.asks(nodes, level):
            for value in self.sought.compiled.free[level]:
                if said != (value,) and (value in said or factor.id not in self.sought.held):
                    yield (value,)

    def _after(self, state: State, level: int, values: tuple[int, ...]) -> State:
        self._count(self.reach.cost(state))
        return self.reach.after(state, level, values)

    def _count(self, steps: int) -> None:
        self.steps_left -= steps
        if self.steps_left < 0:
            raise _StoppedError

    def in_walk(self, boxes: tuple[_Box, ...]) -> list[_Box]:
        """Boxes in the order of the walk, as their variables are in each."""
        walk = self.sought.compiled.space.walk
        ranked = sorted(sorted((walk[level], level, values) for level, values in b) for b in boxes)
        return [tuple((level, values) for _, level, values in box) for box in ranked]

    def counterfactual(self, box: _Box) -> Counterfactual:
        """New values by variable as new answers by factor."""
        space = self.sought.compiled.space
        allowed = list(self.sought.allowed)
        for level, values in box:
            allowed[level] = values
        names = tuple(dict.fromkeys(space.owners[level] for level, _ in box))
        changed = {
            space.owners[level]
            for level, values in box
            if not set(values) <= {*self.sought.allowed[level]}
        }
        return Counterfactual(
            answers={name: value_set(space, name, allowed) for name in names},
            changed=tuple(name for name in names if name in changed),
            found_out=tuple(name for name in names if name not in changed),
        )


_Key = TypeVar("_Key")


def _sum(one: _Cost, other: _Cost) -> _Cost:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _keep_least(states: dict[_Key, list[_Box]], state: _Key, boxes: list[_Box]) -> None:
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
