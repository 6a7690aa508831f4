"""Which numbers are told, so that none below five can be read or worked out from the others.

A number below five can identify people.  Numbers that add up to one that is told are a row.  Where
one of a row is left out, another is too: the difference would tell it.  Where cases are told by
groups, the rows of all groups add up to the row of the whole, and to leave a row of one group out
takes another group's with it.  Groups that are too small are put together with others.

What is held: no number below five, and no sum or difference of numbers that are told, comes to a
number of cases below five that is not told.  What is not: two runs over nearly the same file, what
somebody knows of a person anyway, what the pathway itself says of two options that go together, and
that there are none: a zero is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from wizard.record import Record

SMALL: Final = 5
"""Fewer than this can identify people."""

Numbers = tuple[int, ...]


class Told(Record):
    """Numbers that add up to a total, None for each that is not told.

    `few` are the places of those that are said to be above zero and below five.
    """

    total: int
    numbers: tuple[int | None, ...]
    few: frozenset[int] = frozenset()

    @property
    def rest(self) -> int | None:
        """The place of the one number that is all the others leave, where few are left to them."""
        hidden = [n for n, each in enumerate(self.numbers) if each is None and n not in self.few]
        return hidden[0] if len(hidden) == 1 and self.few else None


def is_small(number: int) -> bool:
    """Whether so many can identify people."""
    return 0 < number < SMALL


def told_row(numbers: Numbers) -> Told:
    """A row on its own, whose total is told.

    Where there are small numbers, the last of the others is left out too, if each small one could
    then be any from one to four; else all are left out.
    """
    few = frozenset(n for n, each in enumerate(numbers) if is_small(each))
    if not few:
        return Told(sum(numbers), numbers)
    last = max((n for n, each in enumerate(numbers) if each >= SMALL), default=None)
    enough = (SMALL - 1) * len(few) + SMALL
    if last is None or numbers[last] + sum(numbers[n] for n in few) < enough:
        return withheld(numbers)
    told = tuple(None if n in {*few, last} else each for n, each in enumerate(numbers))
    return Told(sum(numbers), told, few)


def told_rows(whole: Numbers, groups: Sequence[Numbers]) -> tuple[Told, tuple[Told, ...]]:
    """A row of the whole and those of its groups, which add up to it; all totals are told.

    The row of a group that has a small number is left out as a whole.  So are those of further
    groups, the smallest first, until what the others leave tells of no small number.
    """
    told = told_row(whole)
    left = {n for n, row in enumerate(groups) if any(map(is_small, row))}
    sums = added([groups[n] for n in left])
    for n in sorted(set(range(len(groups))) - left, key=lambda n: (sum(groups[n]), n)):
        if not left or not _tells(sums, len(left), told):
            break
        left.add(n)
        sums = added((sums, groups[n]))
    return told, tuple(
        withheld(row) if n in left else Told(sum(row), row) for n, row in enumerate(groups)
    )


def told_groups(sizes: Mapping[str, int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The groups that are told each for itself, and those that are put together.

    Those that are too small, and of the others the smallest, until all of these are no longer so.
    """
    small = [name for name, size in sizes.items() if size < SMALL]
    others = sorted((n for n in sizes if n not in small), key=lambda n: (sizes[n], n))
    if any(sizes[name] for name in small):
        while others and (len(small) < 2 or sum(sizes[name] for name in small) < 2 * SMALL):
            small.append(others.pop(0))
    return tuple(name for name in sizes if name not in small), tuple(small)


def added(rows: Iterable[Numbers]) -> Numbers:
    """Rows added up, place by place."""
    return tuple(map(sum, zip(*rows, strict=True)))


def withheld(numbers: Sequence[int]) -> Told:
    """A row of which the total alone is told."""
    return Told(sum(numbers), (None,) * len(numbers))


def _tells(columns: Numbers, rows: int, whole: Told) -> bool:
    """Whether the row of the whole, less all others, tells a small number of so many rows.

    `columns` are these rows added up.  It does where what is left could come of small numbers
    alone.
    """
    sums = [columns[n] for n, each in enumerate(whole.numbers) if each is not None]
    most = (SMALL - 1) * rows
    return rows < 2 or any(0 < each <= most for each in (*sums, sum(columns) - sum(sums)))
