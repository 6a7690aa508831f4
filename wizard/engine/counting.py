"""How many cases a function is true in, over named factors; and operations on functions.

Theory of operation.  A case gives a value to each factor that applies in it and none to the
others, while an assignment of the diagrams gives a value to every variable.  `Cases.proper` makes
the two agree: of the assignments that stand for one case it keeps a single one, in which a factor
that does not apply has its first value.  What is left is counted as models, by one walk from the
bottom of the diagram up (model counting on an ordered diagram: R. E. Bryant, "Graph-based
algorithms for Boolean function manipulation", IEEE Transactions on Computers C-35(8), 1986, there
"satisfy-count").  Counts are exact whole numbers and always over named factors: a case of these
factors stands for all cases that agree with it on them.

Cost.  Counting looks at each node once.  `proper` is a conjunction with one function for each
factor, which is kept for each set of factors asked about.
"""

from collections.abc import Iterable, Mapping
from functools import reduce

from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import (
    FALSE,
    IMPOSSIBLE,
    TRUE,
    Allowed,
    Diagrams,
    Node,
    first_model,
    settled,
)
from wizard.engine.space import CaseSpace
from wizard.pathway.factors import NOT_DONE, ChoiceFactor, DerivedFactor, MultiFactor, NumberFactor
from wizard.pathway.trees import BEYOND
from wizard.record import Record


class Slot(Record):
    """What one factor may be: where it applies, and which assignments of its variables are values.

    Neither function has assignments that are not cases.
    """

    applies: Node
    values: Node


class Cases:
    """Counts the cases of one space.  Adds to the store; `slots` has every factor."""

    def __init__(self, diagrams: Diagrams, space: CaseSpace, slots: Mapping[str, Slot]) -> None:
        self.diagrams = diagrams
        self.space = space
        self.slots = slots
        self._proper: dict[tuple[str, ...], Node] = {}

    def closed(self, factors: Iterable[str]) -> tuple[str, ...]:
        """These factors and those that decide whether they apply, in the walk's order."""
        found = set(factors)
        waiting = list(found)
        while waiting:
            asked = self.diagrams.asked[self.slots[waiting.pop()].applies]
            fresh = set(self.space.factors_of(asked)) - found
            found |= fresh
            waiting.extend(fresh)
        return tuple(factor for factor in self.space.levels if factor in found)

    def count(self, function: Node, factors: Iterable[str]) -> int:
        """The number of cases of these factors, which must hold all that the function asks."""
        over = self.closed(factors)
        levels = [level for factor in over for level in self.space.levels[factor]]
        return model_count(self.diagrams, self.proper(function, over), levels)

    def total(self, factors: Iterable[str]) -> int:
        """The number of all cases of these factors."""
        return self.count(TRUE, factors)

    def proper(self, function: Node, factors: Iterable[str]) -> Node:
        """Where the function is true, one assignment for each case of these factors."""
        over = self.closed(factors)
        proper = self._proper.get(over)
        if proper is None:
            # From the last factor to the first: each conjunction then adds nodes at the top only.
            proper = TRUE
            for factor in reversed(over):
                proper = self.diagrams.both(self._slot(factor), proper)
            self._proper[over] = proper
        return self.diagrams.both(definite(self.diagrams, function), proper)

    def _slot(self, factor: str) -> Node:
        """A value where the factor applies, else its first assignment."""
        slot = self.slots[factor]
        fixed = {
            level: (value,)
            for level, value in first_model(self.diagrams, slot.values).items()
            if level in self.space.levels[factor]
        }
        for level in self.space.levels[factor]:
            fixed.setdefault(level, (0,))
        return self.diagrams.either(
            self.diagrams.both(slot.applies, slot.values),
            self.diagrams.both(self.diagrams.negation(slot.applies), cube(self.diagrams, fixed)),
        )

    def example(self, function: Node, factors: Iterable[str]) -> Allowed | None:
        """One case of these factors in which the function is true; None where there is none.

        Factors that do not apply in it, and all others, are left open.
        """
        over = self.closed(factors)
        proper = self.proper(function, over)
        if proper == FALSE:
            return None
        model = first_model(self.diagrams, proper)
        values: list[tuple[int, ...]] = [tuple(range(size)) for size in self.space.sizes]
        for factor in over:
            if self._applies(self.slots[factor].applies, model):
                for level in self.space.levels[factor]:
                    values[level] = (model.get(level, 0),)
        return tuple(values)

    def universe(self) -> Allowed:
        """The values that each variable may have in some case."""
        values: list[tuple[int, ...]] = [tuple(range(size)) for size in self.space.sizes]
        for factor, slot in self.slots.items():
            first = self.space.levels[factor].start
            if len(self.space.levels[factor]) == 1 and slot.values != TRUE:
                values[first] = tuple(
                    v
                    for v in values[first]
                    if self.diagrams.cofactor(slot.values, first, v) == TRUE
                )
        return tuple(values)

    def _applies(self, function: Node, model: Mapping[int, int]) -> bool:
        case = tuple((model.get(level, 0),) for level in range(len(self.space.sizes)))
        return not settled(self.diagrams, function, case, wanted=False)


def cases_of(compiled: Compiled) -> Cases:
    """Counts of the cases of one pathway."""
    slots = {
        factor: Slot(
            definite(compiled.diagrams, compiled.applies[factor]), values_of(compiled, factor)
        )
        for factor in compiled.pathway.factors
    }
    return Cases(compiled.diagrams, compiled.space, slots)


def values_of(compiled: Compiled, factor: str) -> Node:
    """Which assignments of a factor's variables are values in this pathway."""
    record = compiled.pathway.factors[factor]
    diagrams, levels = compiled.diagrams, compiled.space.levels[factor]
    match record:
        case MultiFactor():
            return _members(compiled, record)
        case ChoiceFactor(values=values):
            ids = compiled.space.values_of(factor)
            answers = not isinstance(record, DerivedFactor) or record.may_be_answered
            known = tuple(
                v for v, value in enumerate(ids) if value is None or (answers and value in values)
            )
        case NumberFactor(minimum=least, maximum=most):
            cuts = compiled.space.cuts[factor]
            known = tuple(
                interval
                for interval in range(len(cuts) + 1)
                if (interval == 0 or cuts[interval - 1] <= (BEYOND if record.not_done else most))
                and (interval == len(cuts) or cuts[interval] > least)
            )
    return cube(diagrams, {levels.start: known})


def _members(compiled: Compiled, factor: MultiFactor) -> Node:
    """Some member is present where one must be; where it was not done, one assignment stands."""
    diagrams, space = compiled.diagrams, compiled.space
    levels = [space.member_level(factor.id, member) for member in factor.members]
    some = [cube(diagrams, {level: (1,)}) for level in levels] if factor.at_least else [TRUE]
    present = reduce(diagrams.either, some, FALSE)
    if space.factors[factor.id].not_done is None:
        return present
    alone = cube(diagrams, dict.fromkeys(levels, (0,))) if factor.not_done else FALSE
    return diagrams.select(space.member_level(factor.id, NOT_DONE), (present, alone))


# --- operations ------------------------------------------------------------------------------


def definite(diagrams: Diagrams, function: Node) -> Node:
    """The function made two-valued: an assignment that is no case gets FALSE."""
    return _definite(diagrams, function, {IMPOSSIBLE: FALSE})


def and_not(diagrams: Diagrams, one: Node, other: Node) -> Node:
    """Where the first function is true and the second is false."""
    return diagrams.both(one, diagrams.negation(other))


def xor(diagrams: Diagrams, one: Node, other: Node) -> Node:
    """Where two functions differ."""
    return diagrams.either(and_not(diagrams, one, other), and_not(diagrams, other, one))


def different(diagrams: Diagrams, one: Node, other: Node) -> bool:
    """Whether there is a case in which the two functions differ."""
    if one == other:
        return False
    sides = and_not(diagrams, one, other), and_not(diagrams, other, one)
    return any(diagrams.outcomes[node] >> TRUE & 1 for node in sides)


def _definite(diagrams: Diagrams, function: Node, done: dict[Node, Node]) -> Node:
    if not diagrams.outcomes[function] >> IMPOSSIBLE & 1:
        return function
    if function in diagrams.held:
        return diagrams.refined(function, {IMPOSSIBLE: FALSE}, {})
    if function not in done:
        children = (_definite(diagrams, child, done) for child in diagrams.children[function])
        done[function] = diagrams.node(diagrams.levels[function], tuple(children))
    return done[function]


def somewhere(diagrams: Diagrams, true: Node, false: Node, allowed: Allowed) -> bool:
    """Whether an allowed case makes one function true and the other false.

    Walks both diagrams at once, a pair of nodes at a time, and adds nothing to the store.
    """
    if true in diagrams.held or false in diagrams.held:
        return diagrams.meet(true, false, allowed)
    seen = {(true, false)}
    waiting = [(true, false)]
    while waiting:
        one, other = waiting.pop()
        if one == TRUE and other == FALSE:
            return True
        if one in (FALSE, IMPOSSIBLE) or other in (TRUE, IMPOSSIBLE):
            continue
        level = min(diagrams.levels[one], diagrams.levels[other])
        for value in allowed[level]:
            pair = diagrams.cofactor(one, level, value), diagrams.cofactor(other, level, value)
            if pair not in seen:
                seen.add(pair)
                waiting.append(pair)
    return False


def fixed(diagrams: Diagrams, function: Node, values: Mapping[int, int]) -> Node:
    """The function once these variables have these values."""
    bits = sum(1 << level for level in values)
    done: dict[Node, Node] = {}

    def below(node: Node) -> Node:
        if node <= IMPOSSIBLE or not diagrams.asked[node] & bits:
            return node
        if node in diagrams.held:
            return diagrams.refined(node, {}, values)
        if node not in done:
            level = diagrams.levels[node]
            if level in values:
                done[node] = below(diagrams.children[node][values[level]])
            else:
                children = tuple(below(child) for child in diagrams.children[node])
                done[node] = diagrams.node(level, children)
        return done[node]

    return below(function)


def exists(diagrams: Diagrams, function: Node, levels: Iterable[int]) -> Node:
    """Existential quantification: where some values of these variables make a function true.

    The function has no assignment that is not a case: see `definite`.
    """
    for level in levels:
        ways = (fixed(diagrams, function, {level: v}) for v in range(diagrams.sizes[level]))
        function = reduce(diagrams.either, ways)
    return function


def cube(diagrams: Diagrams, fixed: Mapping[int, tuple[int, ...]]) -> Node:
    """True where each of these variables has one of its values."""
    node = TRUE
    for level in sorted(fixed, reverse=True):
        values = fixed[level]
        node = diagrams.node(
            level, tuple(node if v in values else FALSE for v in range(diagrams.sizes[level]))
        )
    return node


def model_count(diagrams: Diagrams, function: Node, levels: Iterable[int]) -> int:
    """In how many assignments of these variables the function, which asks no others, is true."""
    order = sorted(levels)
    if function in diagrams.held:
        return diagrams.held[function].count(order)
    places = {level: place for place, level in enumerate(order)}
    # after[p]: how many assignments the variables from place p on have, whatever the function.
    after = [1] * (len(order) + 1)
    for place in range(len(order) - 1, -1, -1):
        after[place] = after[place + 1] * diagrams.sizes[order[place]]
    known: dict[Node, int] = {}

    def below(node: Node, place: int) -> int:
        """Over the variables from this place on."""
        if node <= IMPOSSIBLE:
            return after[place] if node == TRUE else 0
        own = places[diagrams.levels[node]]
        if node not in known:
            known[node] = sum(below(child, own + 1) for child in diagrams.children[node])
        # The variables between `place` and the node are not asked: each of their values counts.
        return known[node] * (after[place] // after[own])

    return below(function, 0)
