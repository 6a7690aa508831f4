"""No number below five is told, nor can it be worked out: an attacker tries every way to fill what
is not told, and must never be left with one alone.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.cohort.protecting import (
    SMALL,
    Numbers,
    Told,
    added,
    is_small,
    told_groups,
    told_row,
    told_rows,
)

T = TypeVar("T")


def divided(total: int, places: int) -> Iterator[Numbers]:
    """Every row of so many numbers that adds up to a total."""
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in divided(total - first, places - 1))


def could_be(row: Numbers, told: Told) -> bool:
    """Whether a row could be behind what is told of it."""
    return sum(row) == told.total and all(
        (is_small(own) if place in told.few else said is None or own == said)
        for place, (own, said) in enumerate(zip(row, told.numbers, strict=True))
    )


def some_of(things: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Every choice of at least one."""
    return chain.from_iterable(combinations(things, n) for n in range(1, len(things) + 1))


@pytest.mark.parametrize("total", range(SMALL, 32))
def test_nothing_small_can_be_worked_out_of_a_row(total: int) -> None:
    """Even by who knows the rules, and tries them on every row that could be."""
    alike: dict[Told, list[Numbers]] = {}
    for row in divided(total, 3):
        told = told_row(row)
        assert could_be(row, told)
        assert (told.numbers == row) == (not any(map(is_small, row)))
        alike.setdefault(told, []).append(row)
    for rows in alike.values():
        for places in some_of(range(3)):
            sums = {sum(row[place] for place in places) for row in rows}
            assert len(sums) > 1 or not is_small(min(sums))


@pytest.mark.parametrize(
    ("totals", "places"),
    [((5, 5), 3), ((6, 10), 3), ((5, 5, 5), 2), ((9, 10, 30), 2), ((9, 9, 9), 2), ((5, 8, 7), 2)],
)
def test_nothing_small_can_be_worked_out_of_groups(totals: tuple[int, ...], places: int) -> None:
    """By sums and differences along and across the groups, and with the whole."""
    tried = set()
    for rows in product(*(list(divided(total, places)) for total in totals)):
        whole, groups = told_rows(added(rows), rows)
        if (whole, groups) in tried:
            continue
        tried.add((whole, groups))
        behind = [
            own
            for own in product(
                *(
                    list(divided(g.total, places)) if None in g.numbers else [row]
                    for g, row in zip(groups, rows, strict=True)
                )
            )
            if could_be(added(own), whole)
        ]
        assert rows in behind
        numbers = range(len(totals))
        lines = [[(g, p) for p in range(places)] for g in numbers]
        lines += [[(g, p) for g in numbers] for p in range(places)]
        for cells in chain.from_iterable(map(some_of, lines)):
            sums = {sum(own[g][p] for g, p in cells) for own in behind}
            assert len(sums) > 1 or not is_small(min(sums)), (rows, cells)


@given(st.dictionaries(st.text(max_size=2), st.integers(0, 30), max_size=8))
def test_small_groups_are_told_with_others_or_not_at_all(sizes: dict[str, int]) -> None:
    shown, left = told_groups(sizes)
    assert sorted((*shown, *left)) == sorted(sizes)
    assert all(sizes[name] >= SMALL for name in shown)
    rest = sum(sizes[name] for name in left)
    assert rest == 0 or not shown or (len(left) > 1 and rest >= 2 * SMALL)
    if all(size >= SMALL for size in sizes.values()):
        assert not left


def test_what_is_large_is_told() -> None:
    assert told_row((100, 3, 50)) == Told(153, (100, None, None), frozenset({1}))
    assert told_row((100, 3, 0)).rest == 0
    assert told_row((100, 0, 0)).numbers == (100, 0, 0)
    whole, (one, other) = told_rows((60, 40), ((20, 30), (40, 10)))
    assert (whole.numbers, one.numbers, other.numbers) == ((60, 40), (20, 30), (40, 10))
