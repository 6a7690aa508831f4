"""Functions of many cases at once: one bit of a whole number for each case.

Theory of operation.  For each value of each variable a whole number tells which cases allow it.
From the top of a diagram down, each node is reached by some of the cases, and so is each of its
children by those that allow its value: one AND and one OR decide it for all cases together (bit
slices, as in E. Biham, "A fast new DES implementation in software", FSE 1997).  A case can have the
truths that it reaches, which is `Restriction.outcomes` for many restrictions, and as exact.

Cost.  Two operations on whole numbers, whose length is the number of cases, for each child of each
node that any case reaches: some hundredths of a microsecond for a case.
"""

from collections.abc import Sequence
from heapq import heappop, heappush

from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Diagrams, Node
from wizard.engine.leaves import LeafSet

Slices = Sequence[Sequence[int]]
"""For each level, for each value, the cases that allow it, as bits."""


def reached(diagrams: Diagrams, function: Node, slices: Slices, every: int) -> tuple[int, int]:
    """The cases in which a function can be true, and those in which it can be false, as bits.

    `every` has the bits of all cases.
    """
    if function in diagrams.held:
        return _reached_leaves(diagrams.held[function], slices, every)
    found = {FALSE: 0, TRUE: 0, IMPOSSIBLE: 0, function: every}
    # A node is made after its children, so that the highest number left has no more ways to it.
    waiting = [-function]
    while waiting:
        node = -heappop(waiting)
        if node <= IMPOSSIBLE:
            break
        here = found[node]
        for child, allowing in zip(
            diagrams.children[node], slices[diagrams.levels[node]], strict=True
        ):
            if cases := here & allowing:
                if child not in found:
                    heappush(waiting, -child)
                found[child] = found.get(child, 0) | cases
    return found[TRUE], found[FALSE]


def _reached_leaves(leaves: LeafSet, slices: Slices, every: int) -> tuple[int, int]:
    """The same of a function that is held by its leaves."""
    found = [0, 0, 0]
    for end, own in enumerate(leaves.ends):
        for leaf in own:
            here = every
            for level in leaves.columns:
                values = leaves.fields.values(leaf, level)
                some = 0
                for value, allowed in enumerate(slices[level]):
                    some |= allowed if values >> value & 1 else 0
                here &= some
            found[end] |= here
    return found[TRUE], found[FALSE]
