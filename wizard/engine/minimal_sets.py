"""Minimal sets under which something holds, and by duality the minimal correction sets.

Theory of operation.  Something holds under some sets of things (here: answers, under which a
status is settled) and is monotone: adding to a set never undoes it.  A *correction set* is one
without which it no longer holds.  The minimal sets of one kind are exactly the minimal hitting
sets of the other kind: each meets every set of the other (R. Reiter, "A theory of diagnosis from
first principles", Artificial Intelligence 32, 1987; for explanations A. Ignatiev, N. Narodytska,
N. Asher and J. Marques-Silva, "From contrastive to abductive explanations and back again", AI*IA
2020).  So both are found together, by dualisation: the candidates are the minimal hitting sets of
the correction sets known so far.  A candidate that holds is minimal, for nothing smaller meets
all of those; one that does not hold lies apart from a correction set that is still unknown (D.
Gunopulos, R. Khardon, H. Mannila and H. Toivonen, "Data mining, hypergraph transversals, and
machine learning", PODS 1997).  The smallest candidate goes first, so that what is found before a
bound is the shortest.

Cost.  One question for each set that holds and at most `size` more for each correction set, which
is the best known; there may be exponentially many of either, and `most` bounds how many candidates
are held at once.

A set is a whole number, one bit for each thing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

MOST_SETS: Final = 500
"""Sets that an enumeration may come to hold; beyond it, reading them all would be hopeless."""


@dataclass(frozen=True, slots=True)
class MinimalSets:
    """The minimal sets under which something holds, and the minimal correction sets.

    Every set listed is minimal.  `complete` tells whether all of both kinds are there; where not,
    the enumeration stopped at its bound.
    """

    holding: tuple[int, ...]
    corrections: tuple[int, ...]
    complete: bool


def minimal_sets(size: int, holds: Callable[[int], bool], most: int = MOST_SETS) -> MinimalSets:
    """Enumerate the minimal sets of `size` things under which `holds`, which holds for all of them.

    Stops, incomplete, where more than `most` candidates would have to be held.
    """
    candidates = {0}
    holding: list[int] = []
    corrections: list[int] = []
    # A set that held stays a candidate: it meets every correction set, those still unknown too.
    while len(candidates) > len(holding):
        if len(candidates) > most:
            return MinimalSets(tuple(holding), tuple(corrections), complete=False)
        candidate = min(candidates.difference(holding), key=_shortest_first)
        if holds(candidate):
            holding.append(candidate)
        else:
            new = _correction(size, holds, candidate)
            corrections.append(new)
            candidates = _hitting(candidates, new)
    return MinimalSets(tuple(holding), tuple(corrections), complete=True)


def members(subset: int) -> Iterable[int]:
    """The members of a set, ascending."""
    return (index for index in range(subset.bit_length()) if subset >> index & 1)


def _shortest_first(subset: int) -> tuple[int, tuple[int, ...]]:
    return subset.bit_count(), tuple(members(subset))


def _correction(size: int, holds: Callable[[int], bool], failing: int) -> int:
    """A minimal correction set apart from a set that fails: what a largest failing set lacks."""
    for index in range(size):
        wider = failing | 1 << index
        if wider != failing and not holds(wider):
            failing = wider
    return (1 << size) - 1 & ~failing


def _hitting(candidates: set[int], new: int) -> set[int]:
    """The minimal hitting sets once one more set is to be hit (Berge's step).

    Those that meet it stay.  Each of the others grows by one member of it, unless one that stayed
    is a part of the result; two grown ones never are parts of each other.
    """
    kept = {candidate for candidate in candidates if candidate & new}
    grown = {candidate | 1 << index for candidate in candidates - kept for index in members(new)}
    return kept | {
        candidate
        for candidate in grown
        if not any(smaller & candidate == smaller for smaller in kept)
    }
