"""A function as few regions of cases: none can be left out, and none can be widened.

Each region is a prime implicant (of many-valued variables), and the cover is irredundant, in the
manner of S. Minato, "Fast generation of irredundant sum-of-products forms from binary decision
diagrams", SASIMI 1992; assignments that are not cases may stand in any region.
"""

from dataclasses import dataclass

from wizard.engine.counting import Cases, and_not, cube, definite, first_model
from wizard.engine.diagrams import FALSE, TRUE, Allowed, Diagrams, Node, settled


@dataclass(frozen=True, slots=True)
class Cover:
    """Regions that together hold every case of a function, but for those in `left`.

    Each region has the values that every variable may have in it; `held` are the regions as
    functions.  `left` is FALSE unless the search was stopped at the wanted number of regions.
    """

    regions: tuple[Allowed, ...]
    held: tuple[Node, ...]
    left: Node


def cover(cases: Cases, function: Node, universe: Allowed, most: int) -> Cover:
    """At most so many regions of a function within a universe.

    The function must not depend on a factor where that does not apply.  Variables late in the
    walk are widened first, so that a region speaks of early questions.
    """
    diagrams = cases.diagrams
    asked = [level for level in range(len(universe)) if diagrams.asked[function] >> level & 1]
    left = diagrams.both(definite(diagrams, function), held_by(cases, universe, asked))
    found: list[Allowed] = []
    held: list[Node] = []
    while left != FALSE and len(found) < most:
        region = widened(diagrams, function, universe, first_model(diagrams, left), asked)
        found.append(region)
        held.append(held_by(cases, region, asked))
        left = and_not(diagrams, left, held[-1])
    kept = _needed(diagrams, function, held)
    return Cover(tuple(found[p] for p in kept), tuple(held[p] for p in kept), left)


def held_by(cases: Cases, region: Allowed, asked: list[int]) -> Node:
    """Where each factor that applies has one of its values in the region."""
    diagrams = cases.diagrams
    function = TRUE
    for factor, levels in reversed(list(cases.space.levels.items())):
        narrow = {
            level: region[level]
            for level in levels
            if level in asked and len(region[level]) < diagrams.sizes[level]
        }
        if narrow:
            absent = diagrams.negation(cases.slots[factor].applies)
            function = diagrams.both(diagrams.either(cube(diagrams, narrow), absent), function)
    return function


def widened(
    diagrams: Diagrams, function: Node, universe: Allowed, way: dict[int, int], asked: list[int]
) -> Allowed:
    """A largest region around one assignment in which the function is never false."""
    values: list[tuple[int, ...]] = list(universe)
    for level in asked:
        values[level] = (way.get(level, universe[level][0]),)
    for level in reversed(asked):
        kept = values[level]
        values[level] = universe[level]
        if not settled(diagrams, function, tuple(values), wanted=True):
            values[level] = kept
    for level in reversed(asked):
        for value in universe[level]:
            if value not in values[level]:
                kept = values[level]
                values[level] = tuple(sorted((*kept, value)))
                if not settled(diagrams, function, tuple(values), wanted=True):
                    values[level] = kept
    return tuple(values)


def _needed(diagrams: Diagrams, function: Node, held: list[Node]) -> list[int]:
    """The places of the regions that remain when all that others hold together are dropped."""
    true = definite(diagrams, function)
    kept = list(range(len(held)))
    for place in reversed(range(len(held))):
        others = FALSE
        for other in kept:
            if other != place:
                others = diagrams.either(others, held[other])
        own = diagrams.both(true, held[place])
        if and_not(diagrams, own, others) == FALSE:
            kept.remove(place)
    return kept
