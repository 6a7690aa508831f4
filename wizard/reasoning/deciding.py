"""The part of the answers that decides: the factors that settle a function, and their members.

Theory of operation.  Answers are taken back one factor after the other, from the last of the walk,
and kept where the function would no longer be settled: the deletion-based search for one minimal
abductive explanation (A. Ignatiev, N. Narodytska and J. Marques-Silva, "Abduction-based
explanations for machine learning models", AAAI 2019).  Taken back in this order on an ordered
diagram, each node needs to be looked at once.  Which nodes of a factor can be reached depends on
the answers above it, which all still stand; whether they lead to the wanted truth alone depends
on the answers below, which are decided for good.

Cost.  At most one visit of each node to find what is reached, and one to test it; where the
variables are not in the order of the walk, or the function is not a diagram, one for each answer.
"""

from collections.abc import Sequence

from wizard.case.answers import Answer, Answers, MultiAnswer
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Diagrams, Node, settled
from wizard.pathway.factors import NOT_DONE, MultiFactor
from wizard.pathway.model import Status
from wizard.reasoning.assessment import Verdict

Values = Sequence[tuple[int, ...]]
"""For each level the values that its variable may have."""


def deciding_factors(
    compiled: Compiled, allowed: Values, function: Node, *, wanted: bool
) -> tuple[str, ...]:
    """A minimal set of factors whose answers alone settle a settled function, in the walk's order.

    `allowed` is what the answers allow.
    """
    if not compiled.space.follows_walk or function in compiled.diagrams.held:
        return _taken_back(compiled, allowed, function, wanted=wanted)
    unwanted = FALSE if wanted else TRUE
    reached: dict[str, list[Node]] = {}
    for node in _reached(compiled.diagrams, function, allowed, unwanted):
        owner = compiled.space.owners[compiled.diagrams.levels[node]]
        reached.setdefault(owner, []).append(node)
    kept = []
    without = compiled.space.unanswered(allowed)
    test = _Test(compiled.diagrams, list(allowed), unwanted)
    for factor in reversed(compiled.support(function)):
        own = slice(compiled.space.levels[factor].start, compiled.space.levels[factor].stop)
        free = without[own]
        if test.values[own] != list(free) and not test.without(own, free, reached.get(factor, [])):
            kept.append(factor)
    return tuple(reversed(kept))


def _taken_back(
    compiled: Compiled, allowed: Values, function: Node, *, wanted: bool
) -> tuple[str, ...]:
    """The same without a diagram in the order of the walk: each answer by itself."""
    without = compiled.space.unanswered(allowed)
    values, kept = list(allowed), []
    for factor in reversed(compiled.support(function)):
        own = compiled.space.levels[factor]
        part = slice(own.start, own.stop)
        given = values[part]
        values[part] = without[part]
        if values[part] != given and not settled(
            compiled.diagrams, function, values, wanted=wanted
        ):
            values[part] = given
            kept.append(factor)
    return tuple(reversed(kept))


def _reached(diagrams: Diagrams, function: Node, allowed: Values, unwanted: Node) -> list[Node]:
    """The nodes that allowed cases reach and from which any other would reach the unwanted truth.

    The function is settled, so none of them is the unwanted terminal itself.
    """
    found = [function] if diagrams.outcomes[function] >> unwanted & 1 else []
    seen = set(found)
    for node in found:
        children = diagrams.children[node]
        for value in allowed[diagrams.levels[node]]:
            child = children[value]
            if child not in seen and diagrams.outcomes[child] >> unwanted & 1:
                seen.add(child)
                found.append(child)
    return found


class _Test:
    """Whether nodes never lead to the unwanted truth, under the values decided so far."""

    def __init__(self, diagrams: Diagrams, values: list[tuple[int, ...]], unwanted: Node) -> None:
        self.diagrams = diagrams
        self.values = values
        self.unwanted = unwanted
        self.known: dict[Node, bool] = {}
        self.made: list[Node] = []

    def without(self, own: slice, free: Values, nodes: list[Node]) -> bool:
        """Whether a factor's answer can be taken back; if so, it is."""
        given, before = self.values[own], len(self.made)
        self.values[own] = free
        if all(self.never(node) for node in nodes):
            return True
        self.values[own] = given
        # What was found of nodes further down stays true; the factor's own were tested without it.
        for node in self.made[before:]:
            if self.diagrams.levels[node] < own.stop:
                del self.known[node]
        return False

    def never(self, node: Node) -> bool:
        """Whether a node never leads to the unwanted truth."""
        if not self.diagrams.outcomes[node] >> self.unwanted & 1:
            return True
        if node <= IMPOSSIBLE:
            return False
        found = self.known.get(node)
        if found is None:
            children = self.diagrams.children[node]
            found = True
            for value in self.values[self.diagrams.levels[node]]:
                if not self.never(children[value]):
                    found = False
                    break
            self.known[node] = found
            self.made.append(node)
        return found


def deciding_answers(
    compiled: Compiled, answers: Answers, function: Node, judged: Verdict
) -> dict[str, Answer]:
    """The answers to the factors of a verdict's `because`, in the order of the walk.

    An answer to a multi is cut down, member by member from the last, as long as what remains
    still settles the function; the answer that no member is present stays whole.
    """
    kept: dict[str, Answer] = {factor: answers[factor] for factor in judged.because}
    wanted = judged.status is Status.DESCRIBED
    free: Allowed = ()
    for factor in judged.because:
        answer = kept[factor]
        record = compiled.pathway.factors[factor]
        members = tuple(record.members) if isinstance(record, MultiFactor) else ()
        if not isinstance(answer, MultiAnswer) or len(answer.absent) == len(members):
            continue
        free = free or compiled.space.unanswered(compiled.space.allowed(answers))
        for member in () if NOT_DONE in answer.present else reversed(members):
            fewer = _without(answer, member)
            if fewer == answer:
                continue
            allowed = list(free)
            for name, said in {**kept, factor: fewer}.items():
                compiled.space.narrow(allowed, name, said)
            if settled(compiled.diagrams, function, allowed, wanted=wanted):
                answer = kept[factor] = fewer
    return kept


def _without(answer: MultiAnswer, member: str) -> MultiAnswer:
    return MultiAnswer(answer.present - {member}, answer.absent - {member})
