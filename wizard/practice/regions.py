"""The prime implicants of a function, called regions: the widest parts of the case space in which
it is true throughout.

Theory of operation.  A region is a prime implicant: it fixes some variables to some of their
values (a cube), has the outcome in every case that fits, and cannot be widened.  All of them are
found by recursion on the diagram: below a node, a region holds for some values of its variable if
it is a region of the conjunction ("meet") of what lies below those values, and holds for no more
values (O. Coudert and J. C. Madre, "Implicit and incremental computation of primes and essential
primes of Boolean functions", DAC 1992, here with many values).

All regions of a function together are a property of the function alone, not of the tree that it
was written as: an edit that changes no case leaves each region as it is, and one that does touches
exactly the regions that hold, or border on, a changed case.  (An irredundant cover has fewer
regions, but an edit can reshuffle those that hold no changed case.)

Cost.  A function of n variables can have exponentially many prime implicants.  Where a node has
more than `most`, or its values more meets, the search gives up, and each of the first paths of the
diagram is widened instead: fewer regions, each of them a prime implicant all the same.  Of a
function that is held by its leaves (`leaves`) the first of these are widened.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from wizard.engine.diagrams import FALSE, TRUE, Diagrams, Node, TooManyNodesError, settled
from wizard.engine.leaves import Box

MOST_REGIONS: Final = 60
"""If a function has more regions than this, only those around its diagram's first paths are kept.
"""

Region = tuple[tuple[int, tuple[int, ...]], ...]
"""The variables that a region fixes, by ascending level, and the values that each may have."""


def allowed_in(diagrams: Diagrams, region: Region) -> list[tuple[int, ...]]:
    """For each level the values that its variable may have in a region."""
    allowed = list(diagrams.free)
    for level, values in region:
        allowed[level] = values
    return allowed


def region_of(diagrams: Diagrams, box: Box) -> Region:
    """A leaf as a region."""
    sizes, allowed = diagrams.sizes, diagrams.fields.allowed(box)
    return tuple(
        (level, values) for level, values in enumerate(allowed) if len(values) < sizes[level]
    )


def prime_implicants(
    diagrams: Diagrams, function: Node, most: int = MOST_REGIONS
) -> tuple[Region, ...]:
    """The widest regions where a two-valued function is true, in a fixed order.  Adds to the store.

    Where they are more than `most`, these are regions around the diagram's first paths instead;
    so they are around the first leaves of a function that is held by leaves.
    """
    try:
        found: Sequence[Region] = _Primes(diagrams, most).of(function)
    except _TooManyError:
        paths = _paths(diagrams, function, most)
        found = list(dict.fromkeys(_widened(diagrams, function, path) for path in paths))
    return tuple(sorted(found, key=lambda region: (len(region), region)))


class _TooManyError(Exception):
    """More regions than are wanted."""


class _Primes:
    """Regions by node, each node's found once; those of a function held by leaves are not."""

    def __init__(self, diagrams: Diagrams, most: int) -> None:
        self.diagrams = diagrams
        self.everything = diagrams.free
        self.most = most
        self.known: dict[Node, list[Region]] = {FALSE: [], TRUE: [()]}

    def of(self, function: Node) -> list[Region]:
        if function not in self.known:
            self.known[function] = self.found(function)
        return self.known[function]

    def found(self, function: Node) -> list[Region]:
        """A region of a node fixes its variable to all values below which the rest holds."""
        if function in self.diagrams.held:
            raise _TooManyError
        level, children = self.diagrams.levels[function], self.diagrams.children[function]
        regions: list[Region] = []
        for meet, values in self.meets(children).items():
            # A region of the meet may hold for more values than these: then it is found with them.
            others = [child for value, child in enumerate(children) if value not in values]
            for below in self.of(meet):
                allowed = list(self.everything)
                for fixed, own in below:
                    allowed[fixed] = own
                if not any(settled(self.diagrams, other, allowed, wanted=True) for other in others):
                    here = (level, tuple(sorted(values)))
                    regions.append((here, *below) if others else below)
        if len(regions) > self.most:
            raise _TooManyError
        return regions

    def meets(self, children: Sequence[Node]) -> dict[Node, set[int]]:
        """What holds below several values at once, and below which ones it does."""
        meets: dict[Node, set[int]] = {}
        # Of sets of values with the same meet only their union matters: it is the widest.
        for value, child in enumerate(children):
            more: dict[Node, set[int]] = {child: {value}}
            for meet, values in meets.items():
                try:
                    both = self.diagrams.both(meet, child)
                except TooManyNodesError:
                    raise _TooManyError from None
                more.setdefault(both, set()).update(values, {value})
            for meet, values in more.items():
                meets.setdefault(meet, set()).update(values)
            if len(meets) > self.most:
                raise _TooManyError
        meets.pop(FALSE, None)
        return meets


def _paths(diagrams: Diagrams, function: Node, most: int) -> Iterator[Region]:
    """The first paths to the outcome, each a region that may still be widened.

    Of a function that is held by its leaves these are leaves.
    """
    if function in diagrams.held:
        boxes = (box for end, box in diagrams.pieces(function) if end == TRUE)
        return (region_of(diagrams, box) for box in islice(boxes, most))

    def below(node: Node) -> Iterator[Region]:
        if node == TRUE:
            yield ()
        elif node != FALSE:
            children = diagrams.children[node]
            for child in dict.fromkeys(children):
                values = tuple(value for value, other in enumerate(children) if other == child)
                for rest in below(child):
                    yield ((diagrams.levels[node], values), *rest)

    return islice(below(function), most)


def _widened(diagrams: Diagrams, function: Node, path: Region) -> Region:
    """A path with as many values as keep the outcome, from its last variable to its first."""
    allowed = allowed_in(diagrams, path)
    for level, _values in reversed(path):
        for value in range(diagrams.sizes[level]):
            if value not in allowed[level]:
                given = allowed[level]
                allowed[level] = tuple(sorted((*given, value)))
                if not settled(diagrams, function, allowed, wanted=True):
                    allowed[level] = given
    return tuple(
        (level, allowed[level])
        for level, _values in path
        if len(allowed[level]) < diagrams.sizes[level]
    )
