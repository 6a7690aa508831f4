"""Minimal sets under which something holds, and by duality the minimal sets that stop it.

Sets are bits of whole numbers.  What holds must be monotone: adding to a set never undoes it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

MOST_SETS: Final = 500
"""Sets that an enumeration may come to hold; beyond it, reading them all would be hopeless."""


@dataclass(frozen=True, slots=True)
class MinimalSets:
    """The minimal sets under which something holds, and the minimal ones that each of them meets.

    Every set listed is minimal.  `complete` tells whether all of both kinds are there; where not,
    the enumeration stopped at its bound.
    """

    holding: tuple[int, ...]
    stopping: tuple[int, ...]
    complete: bool


def minimal_sets(size: int, holds: Callable[[int], bool], most: int = MOST_SETS) -> MinimalSets:
    """Enumerate the minimal sets of `size` things under which `holds`, which holds for all of them.

    Sets of either kind are the minimal hitting sets of the other (R. Reiter, "A theory of
    diagnosis from first principles", Artificial Intelligence 32, 1987; for explanations A.
    Ignatiev, N. Narodytska, N. Asher and J. Marques-Silva, "From contrastive to abductive
    explanations and back again", AI*IA 2020).  Candidates are the hitting sets of what is known
    to stop; one that does not hold yields a new stopping set (D. Gunopulos, R. Khardon, H.
    Mannila and H. Toivonen, "Data mining, hypergraph transversals, and machine learning", PODS
    1997).  The smallest candidate is tried first, so what is found before a bound is the shortest.
    """
    candidates = {0}
    holding: list[int] = []
    stopping: list[int] = []
    while len(candidates) > len(holding):
        if len(candidates) > most:
            return MinimalSets(tuple(holding), tuple(stopping), complete=False)
        candidate = min(candidates.difference(holding), key=_shortest_first)
        if holds(candidate):
            holding.append(candidate)
        else:
            new = _stopping(size, holds, candidate)
            stopping.append(new)
            candidates = _hitting(candidates, new)
    return MinimalSets(tuple(holding), tuple(stopping), complete=True)


def members(subset: int) -> Iterable[int]:
    """The members of a set, ascending."""
    return (index for index in range(subset.bit_length()) if subset >> index & 1)


def _shortest_first(subset: int) -> tuple[int, tuple[int, ...]]:
    return subset.bit_count(), tuple(members(subset))


def _stopping(size: int, holds: Callable[[int], bool], failing: int) -> int:
    """A minimal set that meets no more of what holds if left out: apart from a failing set."""
    for index in range(size):
        wider = failing | 1 << index
        if wider != failing and not holds(wider):
            failing = wider
    return (1 << size) - 1 & ~failing


def _hitting(candidates: set[int], new: int) -> set[int]:
    """The minimal hitting sets once one more set is to be hit (Berge's step)."""
    kept = {candidate for candidate in candidates if candidate & new}
    grown = {candidate | 1 << index for candidate in candidates - kept for index in members(new)}
    return kept | {
        candidate
        for candidate in grown
        if not any(smaller & candidate == smaller for smaller in kept)
    }
