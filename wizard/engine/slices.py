"""Functions of many cases at once: one bit of a whole number for each case.

Theory of operation.  For each value of each variable a whole number tells which cases allow it.
From the bottom of a diagram up, a node can be true in the cases in which some allowed child can be:
one AND and one OR for each child decide it for all cases together (bit slices, as in E. Biham, "A
fast new DES implementation in software", FSE 1997).  That is `Restriction.outcomes` for many
restrictions, and as exact.

Cost.  Two operations on whole numbers for each child of each node, whose length is the number of
cases: some hundredths of a microsecond for a case.
"""

from collections.abc import Sequence

from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Diagrams, Node, nodes_of
from wizard.engine.leaves import LeafSet

Slices = Sequence[Sequence[int]]
"""For each level, for each value, the cases that allow it, as bits."""


def reached(diagrams: Diagrams, function: Node, slices: Slices, every: int) -> tuple[int, int]:
    """The cases in which a function can be true, and those in which it can be false, as bits.

    `every` has the bits of all cases.
    """
    if function in diagrams.held:
        return _reached_leaves(diagrams.held[function], slices, every)
    true = {FALSE: 0, TRUE: every, IMPOSSIBLE: 0}
    false = {FALSE: every, TRUE: 0, IMPOSSIBLE: 0}
    # A node is made after its children, so that the order of numbers goes from the bottom up.
    for node in sorted(nodes_of(diagrams, function)):
        can_be_true = can_be_false = 0
        allowing = slices[diagrams.levels[node]]
        for child, allowed in zip(diagrams.children[node], allowing, strict=True):
            can_be_true |= allowed & true[child]
            can_be_false |= allowed & false[child]
        true[node], false[node] = can_be_true, can_be_false
    return true[function], false[function]


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
