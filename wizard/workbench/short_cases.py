"""The fewest answers that settle that a function is true.

Theory of operation.  A way down a diagram that ends in TRUE is a set of answers that alone settles
it; the shortest such way, where all variables of one factor count as one answer, is found from the
bottom up by dynamic programming over the nodes.  Of ways with as many answers, that is taken which
fewer words tell.
"""

from bisect import bisect_right
from functools import reduce
from operator import and_, or_

from wizard.case.answers import Answer, Answers, MultiAnswer, NumberAnswer
from wizard.engine.compiling import Compiled
from wizard.engine.counting import values_of
from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Node, first_model
from wizard.engine.leaves import Box
from wizard.engine.space import WORKED_OUT, case_space
from wizard.pathway.factors import (
    ChoiceFactor,
    DerivedFactor,
    MultiFactor,
    NumberFactor,
    Value,
    named_values,
)
from wizard.pathway.ranges import measured_in
from wizard.workbench.words import answers_of

_NEVER = 1_000_000
_ONE = 100
"""What an answer costs; each word that tells it costs one."""
_OF_DERIVED = 3 * _ONE
"""What an answer to a derived factor costs: a person rather sees what it is worked out from."""


class ShortCases:
    """Short cases of one pathway.  Remembers the cost of each node that it has seen."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._own = case_space(compiled.pathway)
        self._words = {
            name: {value: _words(record) for value, record in named_values(factor).items()}
            for name, factor in compiled.space.factors.items()
        }
        self._costs: dict[Node, int] = {TRUE: 0, FALSE: _NEVER, IMPOSSIBLE: _NEVER}
        self._bits = {
            name: 0 if isinstance(factor, DerivedFactor) else 1 << at
            for at, (name, factor) in enumerate(compiled.space.factors.items())
        }
        self._needed: dict[Node, int] = {TRUE: 0, FALSE: -1, IMPOSSIBLE: 0}
        full = compiled.diagrams.fields.full
        self._boxes: dict[Node, Box] = {TRUE: full, FALSE: 0, IMPOSSIBLE: 0}

    def forget(self, mark: Node) -> None:
        """Take back all functions from this one on, here and in the store."""
        for node in range(mark, len(self.compiled.diagrams)):
            self._costs.pop(node, None)
            self._needed.pop(node, None)
            self._boxes.pop(node, None)
        self.compiled.diagrams.forget(mark)

    def answered(self, answers: Answers) -> int:
        """The questions that are answered, as bits."""
        return sum(self._bits[name] for name in answers)

    def needed(self, function: Node) -> int:
        """Questions, as bits, that all answers have to which the function is true for certain.

        There may be more of them.  One is found where an answer to it leaves nothing true, and what
        is worked out is none.
        """
        diagrams = self.compiled.diagrams
        if function in diagrams.held:
            return 0
        found = self._needed.get(function)
        if found is None:
            children = diagrams.children[function]
            found = reduce(and_, map(self.needed, children))
            if FALSE in children:
                found |= self._bits[self.compiled.space.owners[diagrams.levels[function]]]
            self._needed[function] = found
        return found

    def possible(self, function: Node) -> bool:
        """Whether the function is true in some case."""
        return bool(self.compiled.diagrams.outcomes[function] >> TRUE & 1)

    def apart(self, one: Node, other: Node) -> bool:
        """Whether some question alone tells that two functions are never true together."""
        return not self.compiled.diagrams.fields.some(self._box(one) & self._box(other))

    def _box(self, function: Node) -> Box:
        """The values that each variable has in some case in which a function is true."""
        diagrams = self.compiled.diagrams
        found = self._boxes.get(function)
        if found is None and function in diagrams.held:
            found = reduce(or_, diagrams.held[function].ends[TRUE], 0)
        if found is None:
            level, found = diagrams.levels[function], 0
            for value, child in enumerate(diagrams.children[function]):
                found |= diagrams.fields.narrowed(self._box(child), level, 1 << value)
        self._boxes[function] = found
        return found

    def answers(self, function: Node) -> Answers | None:
        """Few answers with which a possible function is true: numbers as they are measured, and of
        a list nothing left open.  None where lists that need an entry would have none.
        """
        found = self._answers(function)
        if not self._lacking(found):
            return found
        for factor in self._needing(function):
            function = self.compiled.diagrams.both(function, values_of(self.compiled, factor))
        return self._answers(function) if self.possible(function) else None

    def _lacking(self, answers: Answers) -> bool:
        """Whether a list that needs an entry is answered as empty."""
        for name, answer in answers.items():
            factor = self.compiled.space.factors[name]
            if isinstance(factor, MultiFactor) and isinstance(answer, MultiAnswer):
                needs = factor.at_least and not answer.present
                if needs and answer.absent >= factor.members.keys():
                    return True
        return False

    def _needing(self, function: Node) -> tuple[str, ...]:
        """The lists that a function asks and that need an entry."""
        asked = self.compiled.support(function)
        return tuple(
            name
            for name in asked
            if isinstance(factor := self.compiled.space.factors[name], MultiFactor)
            and factor.at_least
        )

    def _answers(self, function: Node) -> Answers:
        space = self.compiled.space
        way = self._way(function)
        found: dict[str, Answer] = {}
        for name, answer in answers_of(space, way).items():
            factor = space.factors[name]
            found[name] = answer
            if isinstance(factor, NumberFactor) and isinstance(answer, NumberAnswer):
                # The bounds of rules alone: a space may tell numbers apart that no rule does.
                interval = bisect_right(self._own.cuts[name], answer.value)
                number = measured_in(factor, self._own.interval(name, interval))
                found[name] = NumberAnswer(number)
            elif isinstance(factor, MultiFactor) and isinstance(answer, MultiAnswer):
                found[name] = _closed(factor, answer)
        return Answers(found)

    def _way(self, function: Node) -> Allowed:
        diagrams = self.compiled.diagrams
        values = list(self.compiled.space.unless_answered)
        if function in diagrams.held:
            taken = first_model(diagrams, function)
        else:
            taken = {}
            while function > IMPOSSIBLE:
                level = diagrams.levels[function]
                costs = [self._through(function, at) for at in range(diagrams.sizes[level])]
                taken[level] = costs.index(min(costs))
                function = diagrams.children[function][taken[level]]
        for level, value in taken.items():
            values[level] = (value,)
        return tuple(values)

    def _cost(self, function: Node) -> int:
        """The fewest answers on a way from a node to where it is true."""
        known = self._costs.get(function)
        if known is None:
            size = self.compiled.diagrams.sizes[self.compiled.diagrams.levels[function]]
            known = min(self._through(function, at) for at in range(size))
            self._costs[function] = known
        return known

    def _through(self, function: Node, value: int) -> int:
        """The cost of a way that gives the node's variable a value."""
        diagrams, space = self.compiled.diagrams, self.compiled.space
        level, child = diagrams.levels[function], diagrams.children[function][value]
        owner = space.owners[level]
        if isinstance(space.factors[owner], DerivedFactor):
            return self._cost(child) + (0 if value == WORKED_OUT else _OF_DERIVED)
        goes_on = child > IMPOSSIBLE and child not in diagrams.held
        again = goes_on and space.owners[diagrams.levels[child]] == owner
        return self._cost(child) + self._telling(owner, level, value) + (0 if again else _ONE)

    def _telling(self, factor: str, level: int, value: int) -> int:
        """The words that tell a value of a variable."""
        words, levels = self._words[factor], self.compiled.space.levels[factor]
        match self.compiled.space.factors[factor]:
            case ChoiceFactor():
                return list(words.values())[value]
            case MultiFactor():
                return list(words.values())[level - levels.start] * value
            case NumberFactor():
                return 0


def _words(record: Value) -> int:
    return min(len((record.phrase or record.label).split()), _ONE // 4)


def _closed(factor: MultiFactor, answer: MultiAnswer) -> MultiAnswer:
    """The answer with all absent that it leaves open, where that leaves something to be present."""
    if not answer.present and factor.at_least:
        return answer
    if not answer.present <= factor.members.keys():
        return answer  # it was not done
    return MultiAnswer(answer.present, frozenset(factor.members) - answer.present)
