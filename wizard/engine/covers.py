"""A function as a cover: few prime implicants that together hold all of its cases.

Theory of operation.  An implicant is a cube, that is a set of values for each variable, in which
the function is never false; it is prime if no value can be added to it.  `cover` takes the first
case that is not covered yet, widens it to a prime implicant, takes that away, and goes on until
nothing is left; then it drops each implicant whose cases the others hold together, so that the
cover is irredundant (an irredundant sum of products, as in S. Minato, "Fast generation of
irredundant sum-of-products forms from binary decision diagrams", SASIMI 1992; his recursion splits
by variables and cannot prefer early questions, as this does).  An assignment that is not a case is
a "don't care": it may lie in any implicant.

Cost.  A prime implicant takes one walk of the diagram for each value tried.  Taking it away makes
new nodes, at most the product of both diagrams; in practice a few hundred.  The last step is
quadratic in the number of implicants, which `most` bounds.
"""

from wizard.engine.counting import Cases, and_not, cube, definite
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
from wizard.pathway.factors import MultiFactor
from wizard.record import Record


class Cover(Record):
    """Prime implicants that together hold every case of a function, but for those in `left`.

    Each implicant has the values that every variable may have in it; `functions` are the same
    implicants as nodes.  `left` is FALSE unless the search stopped at the wanted number.
    """

    implicants: tuple[Allowed, ...]
    functions: tuple[Node, ...]
    left: Node


def cover(cases: Cases, function: Node, universe: Allowed, most: int) -> Cover:
    """At most so many prime implicants of a function within a universe.

    The function must not depend on a factor where that does not apply.  Variables late in the
    walk are widened first, so that an implicant speaks of early questions.
    """
    diagrams = cases.diagrams
    asked = [level for level in range(len(universe)) if diagrams.asked[function] >> level & 1]
    asked.sort(key=cases.space.walk.__getitem__)
    function = _of_cases(cases, function)
    left = diagrams.both(definite(diagrams, function), implicant_function(cases, universe, asked))
    found: list[Allowed] = []
    functions: list[Node] = []
    while left != FALSE and len(found) < most:
        model = first_model(diagrams, left)
        implicant = prime_implicant(diagrams, function, universe, model, asked)
        found.append(implicant)
        functions.append(implicant_function(cases, implicant, asked))
        left = and_not(diagrams, left, functions[-1])
    kept = _irredundant(cases, function, functions)
    return Cover(tuple(found[p] for p in kept), tuple(functions[p] for p in kept), left)


def _of_cases(cases: Cases, function: Node) -> Node:
    """The function, IMPOSSIBLE where a multi that was not done has a member.

    It asks no member where the multi was not done, so by itself it would be told there; a region
    with a member would then be kept as narrow as if that could be a case.
    """
    space, diagrams = cases.space, cases.diagrams
    for factor in space.factors_of(diagrams.asked[function]):
        record = space.factors[factor]
        if isinstance(record, MultiFactor) and record.not_done is not None:
            function = diagrams.where(cases.slots[factor].values, function, IMPOSSIBLE)
    return function


def implicant_function(cases: Cases, implicant: Allowed, asked: list[int]) -> Node:
    """Where each factor that applies has one of its values in the implicant."""
    diagrams = cases.diagrams
    function = TRUE
    for factor, levels in reversed(list(cases.space.levels.items())):
        narrow = {
            level: implicant[level]
            for level in levels
            if level in asked and len(implicant[level]) < diagrams.sizes[level]
        }
        if narrow:
            # A factor that does not apply has no value, so it keeps no case out.
            absent = diagrams.negation(cases.slots[factor].applies)
            function = diagrams.both(diagrams.either(cube(diagrams, narrow), absent), function)
    return function


def prime_implicant(
    diagrams: Diagrams, function: Node, universe: Allowed, model: dict[int, int], asked: list[int]
) -> Allowed:
    """A prime implicant around one assignment in which the function is true."""
    values: list[tuple[int, ...]] = list(universe)
    for level in asked:
        values[level] = (model.get(level, universe[level][0]),)
    # Whole variables first: a question that can be left out makes the shorter sentence.
    for level in reversed(asked):
        kept = values[level]
        values[level] = universe[level]
        if not settled(diagrams, function, tuple(values), wanted=True):
            values[level] = kept
    # Then single values.  One that failed once would fail in any wider implicant too.
    for level in reversed(asked):
        for value in universe[level]:
            if value not in values[level]:
                kept = values[level]
                values[level] = tuple(sorted((*kept, value)))
                if not settled(diagrams, function, tuple(values), wanted=True):
                    values[level] = kept
    return tuple(values)


def _irredundant(cases: Cases, function: Node, implicants: list[Node]) -> list[int]:
    """The places of the implicants that remain once each is dropped whose cases others hold."""
    diagrams = cases.diagrams
    # Only what stands for a case counts: others can hold all cases of one, yet not all of it.
    true = cases.proper(function, cases.space.factors_of(diagrams.asked[function]))
    kept = list(range(len(implicants)))
    # The last first: they were made for what the earlier ones had left, so they are small.
    for place in reversed(range(len(implicants))):
        others = FALSE
        for other in kept:
            if other != place:
                others = diagrams.either(others, implicants[other])
        own = diagrams.both(true, implicants[place])
        if and_not(diagrams, own, others) == FALSE:
            kept.remove(place)
    return kept
