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

Cost.  One question for each set of either kind, and one widening for each correction set.  There
may be exponentially many of either: `most` bounds how many candidates are held at once, `tried`
how many are looked at.

A set is a whole number, one bit for each thing.
"""

from collections.abc import Callable, Iterable
from functools import partial
from heapq import heappop, heappush
from typing import Final

from wizard.record import Record

MOST_SETS: Final = 500
"""Sets that an enumeration may come to hold; beyond it, reading them all would be hopeless."""
MOST_TRIED: Final = 50_000
"""Sets that an enumeration may try."""


class MinimalSets(Record):
    """The minimal sets under which something holds, and the minimal correction sets.

    Every set listed is minimal.  `complete` tells whether all of both kinds are there; where not,
    the enumeration stopped at its bound.
    """

    holding: tuple[int, ...]
    corrections: tuple[int, ...]
    complete: bool


def minimal_sets(
    size: int,
    holds: Callable[[int], bool],
    most: int = MOST_SETS,
    *,
    tried: int = MOST_TRIED,
    largest_failing: Callable[[int], int] | None = None,
) -> MinimalSets:
    """Enumerate the minimal sets of `size` things under which `holds`, which holds for all of them.

    Stops, incomplete, where more than `most` candidates would have to be held, or more than so many
    `tried`.  `largest_failing` widens a set that does not hold by all things, the first of them
    first, with which it still does not; without it, they are tried one by one.
    """
    largest_failing = largest_failing or partial(_largest_failing, size, holds)
    every = (1 << size) - 1
    candidates = {0}
    waiting = [(_shortest_first(0, every), 0)]
    holding: list[int] = []
    corrections: list[int] = []
    # A set that held stays a candidate: it meets every correction set, those still unknown too.
    while len(candidates) > len(holding):
        _, candidate = heappop(waiting)
        if candidate not in candidates:
            continue
        tried -= 1
        if tried < 0 or len(candidates) > most:
            return MinimalSets(tuple(holding), tuple(corrections), complete=False)
        if holds(candidate):
            holding.append(candidate)
            continue
        # What a largest failing set lacks is a minimal correction set.
        new = every & ~largest_failing(candidate)
        corrections.append(new)
        missing, grown = _hitting(candidates, new)
        for fresh in grown:
            heappush(waiting, (_shortest_first(fresh, every), fresh))
        candidates.difference_update(missing)
        candidates.update(grown)
    return MinimalSets(tuple(holding), tuple(corrections), complete=True)


def members(subset: int) -> Iterable[int]:
    """The members of a set, ascending."""
    return (index for index in range(subset.bit_length()) if subset >> index & 1)


def _shortest_first(subset: int, every: int) -> tuple[int, str]:
    """What sorts sets by how many members they have, then early members first."""
    return subset.bit_count(), f"{2 * every + 1 ^ subset:b}"[:0:-1]


def _largest_failing(size: int, holds: Callable[[int], bool], failing: int) -> int:
    for index in range(size):
        wider = failing | 1 << index
        if wider != failing and not holds(wider):
            failing = wider
    return failing


def _hitting(candidates: Iterable[int], new: int) -> tuple[list[int], list[int]]:
    """The candidates that miss one more set that is to be hit, and what takes their place.

    The result is that of Berge's step.  Those that meet the new set stay.  Each of the others grows
    by one member of it, unless one that stayed is a part of the result; two grown ones never are
    parts of each other.
    """
    missing = []
    # A part of the result meets the new set where the result does: in one member alone.
    parts: dict[int, list[int]] = {1 << index: [] for index in members(new)}
    for candidate in candidates:
        met = candidate & new
        if not met:
            missing.append(candidate)
        elif met in parts:
            parts[met].append(candidate ^ met)
    grown = []
    for member, others in parts.items():
        for candidate in missing:
            for other in others:
                if other & candidate == other:
                    break
            else:
                grown.append(candidate | member)
    return missing, grown
