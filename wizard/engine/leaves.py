"""Functions as sets of leaves, whatever the order in which a tree asks.

Theory of operation.  The leaves of a decision tree are boxes, that is a set of values for each
variable, which are disjoint and together hold every assignment.  What a function can still be is
what the boxes can be that some allowed assignment lies in.  For each value of each variable a whole
number has one bit for each leaf that allows it: one OR for each allowed value and one AND for each
variable find these leaves (bit-sliced signature files: C. Faloutsos, "Access methods for text",
ACM Computing Surveys 17(1), 1985).  A function depends on a variable if a leaf that is true and one
that is false lie apart in this variable alone; which leaves lie apart from one in exactly one
variable is counted in two bits a leaf, carried over all variables at once (bit-sliced counters: D.
E. Knuth, "The Art of Computer Programming" 4A, 7.1.3).

Cost.  A status takes one operation for each allowed value of each variable, on numbers as long as
there are leaves; dependence that for each leaf.  A tree has as many leaves as it is written with,
in any order of its questions; two functions together may have as many as there are pairs of theirs.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from wizard.record import Record

Box = int
"""A set of values for each variable: a bit for each, and one after each variable that is 0."""


class Fields:
    """Where the values of each variable stand in a box."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes: Final = tuple(sizes)
        self.offsets: list[int] = []
        self.full: Box = 0
        self._spare = 0
        offset = 0
        for size in sizes:
            self.offsets.append(offset)
            self.full |= ((1 << size) - 1) << offset
            self._spare |= 1 << offset + size
            offset += size + 1

    def some(self, box: Box) -> bool:
        """Whether a box has an assignment: a value for each variable."""
        # Any value makes the sum of its variable carry into the bit that is spare.
        return (box + self.full) & self._spare == self._spare

    def values(self, box: Box, level: int) -> int:
        """The values that a box has of one variable, as bits."""
        return box >> self.offsets[level] & (1 << self.sizes[level]) - 1

    def narrowed(self, box: Box, level: int, values: int) -> Box:
        """A box of which one variable keeps no other values than these, given as bits."""
        own = ((1 << self.sizes[level]) - 1) << self.offsets[level]
        return box & (~own | values << self.offsets[level])

    def box(self, allowed: Sequence[tuple[int, ...]]) -> Box:
        """The values that each variable may have, as a box."""
        return sum(
            1 << offset + value
            for offset, values in zip(self.offsets, allowed, strict=True)
            for value in values
        )

    def allowed(self, box: Box) -> list[tuple[int, ...]]:
        """The values that a box has of each variable."""
        held = (self.values(box, level) for level in range(len(self.sizes)))
        return [
            tuple(value for value in range(size) if bits >> value & 1)
            for size, bits in zip(self.sizes, held, strict=True)
        ]

    def opened(self, box: Box, level: int) -> Box:
        """A box of which one variable has every value."""
        return box | ((1 << self.sizes[level]) - 1) << self.offsets[level]


class LeafSet(Record):
    """A function by its leaves: those where it is false, true, and where nothing is a case.

    Leaves are numbered through in this order.
    """

    __slots__ = ("__dict__",)

    fields: Fields
    ends: tuple[tuple[Box, ...], ...]

    def __len__(self) -> int:
        return sum(len(end) for end in self.ends)

    @cached_property
    def masks(self) -> tuple[int, ...]:
        """The leaves of each end, as bits."""
        masks, first = [], 0
        for end in self.ends:
            masks.append(((1 << len(end)) - 1) << first)
            first += len(end)
        return tuple(masks)

    @cached_property
    def asked(self) -> int:
        """The variables of which some leaf lacks a value, as bits."""
        lacking = 0
        for end in self.ends:
            for leaf in end:
                lacking |= self.fields.full & ~leaf
        levels = range(len(self.fields.sizes))
        return sum(1 << level for level in levels if self.fields.values(lacking, level))

    @cached_property
    def columns(self) -> Mapping[int, tuple[int, ...]]:
        """For each variable that is asked, for each value, the leaves that allow it, as bits."""
        fields = self.fields
        width = fields.full.bit_length()
        rows = [f"{leaf:0{width}b}" for end in reversed(self.ends) for leaf in reversed(end)]
        bits = ["".join(column) for column in zip(*rows, strict=True)]
        return {
            level: tuple(int(bits[width - 1 - offset - value], 2) for value in range(size))
            for level, (offset, size) in enumerate(zip(fields.offsets, fields.sizes, strict=True))
            if self.asked >> level & 1
        }

    def reached(self, allowed: Sequence[tuple[int, ...]]) -> int:
        """The leaves in which some allowed assignment lies, as bits."""
        found = (1 << len(self)) - 1
        for level, columns in self.columns.items():
            if len(allowed[level]) < len(columns):
                found &= _any_of(columns, allowed[level])
        return found

    def outcomes(self, allowed: Sequence[tuple[int, ...]]) -> int:
        """The ends that allowed assignments come to, as bits."""
        reached = self.reached(allowed)
        return sum(bool(reached & mask) << end for end, mask in enumerate(self.masks))

    def depends(self, allowed: Sequence[tuple[int, ...]]) -> int:
        """The variables in which alone two allowed cases differ that the function tells apart."""
        reached = self.reached(allowed)
        false, true = reached & self.masks[0], reached & self.masks[1]
        found = 0
        sought = self.fields.box([each if len(each) > 1 else () for each in allowed])
        for place, leaf in enumerate(self.ends[1], len(self.ends[0])):
            # One that has every value of what is sought lies apart from none in it.
            if sought & ~leaf and true >> place & 1:
                for level in self._apart_in_one(leaf, false, allowed):
                    found |= 1 << level
                    sought = self.fields.narrowed(sought, level, 0)
        return found

    def _apart_in_one(
        self, leaf: Box, others: int, allowed: Sequence[tuple[int, ...]]
    ) -> Iterator[int]:
        """The variables in which alone some other leaf lies apart from one, in what is allowed."""
        once = twice = 0
        apart = {}
        for level, columns in self.columns.items():
            own = self.fields.values(leaf, level)
            if own + 1 < 1 << len(columns):
                shared = [value for value in allowed[level] if own >> value & 1]
                clash = apart[level] = others & ~_any_of(columns, shared)
                twice |= once & clash
                once |= clash
        only = once & ~twice
        return (level for level, clash in apart.items() if clash & only)

    def first_model(self) -> dict[int, int]:
        """An assignment of the variables that its leaf asks which makes the function true."""
        leaf = self.ends[1][0]
        values = {level: self.fields.values(leaf, level) for level in self.columns}
        return {
            level: (own & -own).bit_length() - 1
            for level, own in values.items()
            if own + 1 < 1 << self.fields.sizes[level]
        }

    def count(self, levels: Sequence[int]) -> int:
        """In how many assignments of these variables, which are all asked, the function is true."""
        total = 0
        for leaf in self.ends[1]:
            product = 1
            for level in levels:
                product *= self.fields.values(leaf, level).bit_count()
            total += product
        return total


def _any_of(columns: Sequence[int], values: Sequence[int]) -> int:
    found = 0
    for value in values:
        found |= columns[value]
    return found
