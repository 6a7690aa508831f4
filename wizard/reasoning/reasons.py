"""Why a status is settled: all subset-minimal sufficient reasons, each as wide as it can be.

A sufficient reason is a set of answered factors whose answers alone, as given, settle the status
in every completion of them; minimal, if none of them can be left out (an abductive explanation,
or prime implicant: A. Darwiche and C. Ji, "On the computation of necessary and sufficient
explanations", AAAI 2022; on decision graphs X. Huang, Y. Izza, A. Ignatiev, M. C. Cooper, N.
Asher and J. Marques-Silva, "Efficient explanations for knowledge compilation languages", 2021,
and "On efficiently explaining graph-based classifiers", KR 2021).

A reason is widened factor by factor, in the order of the walk, each as far as the status stays
settled together with the rest of the reason as wide as that is by then: a choice to the largest
set of values, a number to the widest range around the answer, a multi by leaving out what is said
of members, from the last one to the first.  Every combination of the widened values settles the
status, and no factor can be widened further; with the answers it is an inflated explanation (Y.
Izza, A. Ignatiev, P. J. Stuckey and J. Marques-Silva, "Delivering inflated explanations", AAAI
2024).  Other orders can give other sets that are as wide.

Cost.  Each set that the enumeration tries (`engine.minimal_sets`) is one walk of the diagram, and
the widening of a reason two.  `MOST_VISITS` bounds what all sets may visit.  Where the variables
are not in the order of the walk, or the function is not a diagram, each value tried is a walk.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from wizard.case.answers import NO_ANSWERS, Answer, Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, TRUE, Allowed, Diagrams, Node, settled, visits
from wizard.engine.minimal_sets import MOST_SETS, members, minimal_sets
from wizard.engine.restriction import Restriction
from wizard.pathway.factors import ChoiceFactor, MultiFactor, NumberFactor
from wizard.pathway.model import Status
from wizard.reasoning.assessment import OptionAssessment
from wizard.reasoning.deriving import derived_from
from wizard.reasoning.value_sets import ValueSet, answered, narrow_to, value_set
from wizard.record import NOTHING, Record

MOST_VISITS: Final = 2_000_000
"""Nodes that the sets which are tried may visit at most; beyond it, reasons would come late."""


class SufficientReason(Record):
    """Answers that alone settle a status, as given and widened, in the order of the walk.

    `derived` is what they come to of the derived factors that are named beside them.
    """

    answers: Mapping[str, Answer]
    widened: Mapping[str, ValueSet]
    derived: Mapping[str, Answer] = NOTHING

    @property
    def factors(self) -> tuple[str, ...]:
        """The factors that the reason names."""
        return tuple(self.answers)


class Reasons(Record):
    """All reasons of a settled status, the shortest first, none where it is not settled.

    `corrections` are the minimal correction sets: each reason meets each of them, and if all
    answers of one were taken back, the status would be open.  `complete` tells whether the
    enumeration came to its end; what is listed before its bound is minimal all the same.
    """

    status: Status
    reasons: tuple[SufficientReason, ...]
    corrections: tuple[tuple[str, ...], ...]
    complete: bool


def sufficient_reasons(
    compiled: Compiled,
    answers: Answers,
    function: Node,
    most: int = MOST_SETS,
    derived: Iterable[str] = (),
) -> Reasons:
    """The reasons why a function (of an option, a statement, a factor's applying) is settled.

    `derived` are the derived factors to name beside them.
    """
    given = compiled.space.allowed(answers)
    status = _status(compiled.diagrams, function, given)
    if status is Status.POSSIBLE:
        return Reasons(status, (), (), complete=True)
    wanted = status is Status.DESCRIBED
    support = compiled.support(function)
    factors = tuple(name for name in support if answered(answers.get(name)))
    free = compiled.space.unanswered(given)
    places = {name: 1 << place for place, name in enumerate(factors)}
    steps = [(compiled.space.levels[name], places.get(name, 0)) for name in support]
    settling = _Settling(compiled, function, factors, given, free, wanted, tuple(steps))
    found = minimal_sets(
        len(factors),
        settling.settles,
        most,
        tried=MOST_VISITS // max(1, visits(compiled.diagrams, function)),
        largest_failing=settling.largest_failing if _ordered(compiled, function) else None,
    )
    named = [tuple(factors[index] for index in members(each)) for each in found.holding]
    reasons = (
        SufficientReason(
            {name: answers[name] for name in each},
            settling.widened(each),
            derived_from(compiled, answers, {name: answers[name] for name in each}, derived),
        )
        for each in named
    )
    return Reasons(
        status=status,
        reasons=tuple(reasons),
        corrections=tuple(
            sorted(
                (tuple(factors[index] for index in members(each)) for each in found.corrections),
                key=lambda each: (len(each), [factors.index(name) for name in each]),
            )
        ),
        complete=found.complete,
    )


class Carriers(Record):
    """The statements on an option that a reason rests on.

    Where it is described, those that hold in every completion of the reason; if none does alone,
    those that hold in some, and then `jointly`.  Where it is not, all of them: none holds.
    """

    statements: tuple[str, ...]
    jointly: bool


def carriers(
    compiled: Compiled,
    option: str,
    reason: Mapping[str, Answer | ValueSet],
    status: Status,
    answers: Answers = NO_ANSWERS,
) -> Carriers:
    """The statements that carry a reason of an option's status.

    A derived factor that the reason does not name is worked out unless `answers` have it.
    """
    names = tuple(compiled.pathway.options[option].statements)
    if status is not Status.DESCRIBED:
        return Carriers(names, jointly=False)
    allowed = list(compiled.space.unanswered(compiled.space.allowed(answers)))
    for factor, values in reason.items():
        narrow_to(compiled, allowed, factor, values)
    functions = {name: compiled.statements[option, name] for name in names}
    certain, some = (
        tuple(
            name
            for name, function in functions.items()
            if settled(compiled.diagrams, function, allowed, wanted=wanted) is wanted
        )
        for wanted in (True, False)
    )
    return Carriers(certain or some, jointly=not certain)


def cited(
    compiled: Compiled,
    assessed: OptionAssessment,
    reason: Mapping[str, Answer | ValueSet],
    answers: Answers = NO_ANSWERS,
) -> Carriers:
    """The carriers of a reason that may be cited for a case: of a described option, only those
    that hold in some completion of the case's own answers, not only of the reason's.
    """
    carried = carriers(compiled, assessed.id, reason, assessed.status, answers)
    if assessed.status is not Status.DESCRIBED:
        return carried
    holding = tuple(
        name for name in carried.statements if assessed.statements[name] is not Status.NOT_DESCRIBED
    )
    return Carriers(holding, carried.jointly)


def settled_status(compiled: Compiled, answers: Answers, function: Node) -> Status:
    """The status of a function over all completions of the answers."""
    return _status(compiled.diagrams, function, compiled.space.allowed(answers))


def _status(diagrams: Diagrams, function: Node, allowed: Allowed) -> Status:
    if settled(diagrams, function, allowed, wanted=True):
        return Status.DESCRIBED
    no = settled(diagrams, function, allowed, wanted=False)
    return Status.NOT_DESCRIBED if no else Status.POSSIBLE


class _Settling(Record):
    """Which sets of answered factors alone settle a function; a set has a bit for each of them.

    `steps` are the variables of each factor that the function asks, and its bit; 0 without answer.
    """

    compiled: Compiled
    function: Node
    factors: tuple[str, ...]
    given: Allowed
    free: Allowed
    wanted: bool
    steps: tuple[tuple[range, int], ...]

    def settles(self, chosen: int) -> bool:
        """Whether the answers to these factors alone settle the function."""
        allowed = self._allowed(chosen)
        return settled(self.compiled.diagrams, self.function, allowed, wanted=self.wanted)

    def largest_failing(self, failing: int) -> int:
        """A set that settles nothing with as many more factors, early ones first, as still do not.

        One walk from the top: `nodes` are reached under what is decided, and a factor may join if
        one of them still leads to the unwanted truth when it does.  Whether a node does is known
        from below, where the failing set alone is answered.
        """
        diagrams, unwanted = self.compiled.diagrams, FALSE if self.wanted else TRUE
        outcomes = Restriction(diagrams, self._allowed(failing)).outcomes

        def open_after(asking: set[Node], own: range, allowed: Allowed) -> set[Node]:
            below = _after(diagrams, asking, own, allowed)
            return {node for node in below if outcomes(node) >> unwanted & 1}

        nodes = {self.function}
        for own, place in self.steps:
            asking = {node for node in nodes if diagrams.levels[node] in own}
            if not asking:
                failing |= place
                continue
            nodes -= asking
            joined = open_after(asking, own, self.given) if place else set()
            if place and (nodes or joined):
                failing |= place
                nodes |= joined
            else:
                nodes |= open_after(asking, own, self.free)
        return failing

    def widened(self, names: tuple[str, ...]) -> dict[str, ValueSet]:
        """Each answer of a reason by these factors, as wide as it can be."""
        compiled = self.compiled
        allowed = list(self._allowed(sum(1 << self.factors.index(name) for name in names)))
        steps = _held_while_widening(compiled, allowed, self.function, names, wanted=self.wanted)
        for name, holds in steps:
            own = compiled.space.levels[name]
            match compiled.pathway.factors[name]:
                case ChoiceFactor():
                    _widen_choice(compiled, allowed, own.start, holds)
                case NumberFactor():
                    _widen_number(compiled, allowed, own.start, holds)
                case MultiFactor():
                    _widen_multi(compiled, allowed, own, holds)
        return {name: value_set(compiled.space, name, allowed) for name in names}

    def _allowed(self, chosen: int) -> Allowed:
        allowed = list(self.free)
        for index in members(chosen):
            own = self.compiled.space.levels[self.factors[index]]
            allowed[own.start : own.stop] = self.given[own.start : own.stop]
        return tuple(allowed)


def _held_while_widening(
    compiled: Compiled,
    allowed: list[tuple[int, ...]],
    function: Node,
    factors: tuple[str, ...],
    *,
    wanted: bool,
) -> Iterator[tuple[str, Callable[[], bool]]]:
    """Each factor to widen, with whether the function is settled under what is allowed by now.

    One walk from the top: what is reached at a factor depends on those above it, which are widened
    by then, and where that leads on those below it, which are not.
    """
    diagrams = compiled.diagrams
    if not _ordered(compiled, function):
        every = partial(settled, diagrams, function, allowed, wanted=wanted)
        yield from ((name, every) for name in factors)
        return
    unwanted = FALSE if wanted else TRUE
    below = Restriction(diagrams, tuple(allowed))

    def settled_from(nodes: set[Node], own: range) -> bool:
        return not any(
            below.outcomes(node) >> unwanted & 1 for node in _after(diagrams, nodes, own, allowed)
        )

    nodes = {function}
    for name in compiled.support(function):
        own = compiled.space.levels[name]
        asking = {node for node in nodes if diagrams.levels[node] in own}
        if name in factors:
            # What does not ask the factor stays settled.
            yield name, partial(settled_from, asking, own)
        if asking:
            reached = _after(diagrams, asking, own, allowed)
            nodes -= asking
            nodes |= {node for node in reached if diagrams.outcomes[node] >> unwanted & 1}


def _ordered(compiled: Compiled, function: Node) -> bool:
    """Whether a function is a diagram in the order of the walk."""
    return compiled.space.follows_walk and function not in compiled.diagrams.held


def _after(
    diagrams: Diagrams, nodes: set[Node], own: range, allowed: Sequence[tuple[int, ...]]
) -> set[Node]:
    """The nodes reached once the variables of a factor have allowed values."""
    for level in own:
        here = {node for node in nodes if diagrams.levels[node] == level}
        if here:
            values, children = allowed[level], diagrams.children
            nodes = nodes - here | {children[node][value] for node in here for value in values}
    return nodes


def _widen_choice(
    compiled: Compiled, allowed: list[tuple[int, ...]], level: int, holds: Callable[[], bool]
) -> None:
    wide = []
    given = allowed[level]
    for value in compiled.free[level]:
        allowed[level] = (value,)
        if value in given or holds():
            wide.append(value)
    allowed[level] = tuple(wide)


def _widen_number(
    compiled: Compiled, allowed: list[tuple[int, ...]], level: int, holds: Callable[[], bool]
) -> None:
    wide = list(allowed[level])
    for value in range(wide[0], wide[-1] + 1):
        allowed[level] = (value,)
        if value not in wide and holds():
            wide.append(value)
    wide.sort()
    below, above = reversed(range(wide[0])), range(wide[-1] + 1, len(compiled.free[level]))
    for neighbours in (below, above):
        for value in neighbours:
            allowed[level] = (value,)
            if not holds():
                break
            wide.append(value)
    allowed[level] = tuple(sorted(wide))


def _widen_multi(
    compiled: Compiled, allowed: list[tuple[int, ...]], own: range, holds: Callable[[], bool]
) -> None:
    for level in reversed(own):
        said = allowed[level]
        allowed[level] = compiled.free[level]
        if not holds():
            allowed[level] = said
