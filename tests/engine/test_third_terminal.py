"""The rules of the third terminal that wizard/ARCHITECTURE.md states, over random functions."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from wizard.engine.counting import definite, different
from wizard.engine.diagrams import (
    FALSE,
    IMPOSSIBLE,
    TRUE,
    Diagrams,
    Node,
    settled,
)
from wizard.engine.restriction import Restriction

SIZES = (2, 3, 2)
ASSIGNMENTS = list(product(*map(range, SIZES)))
Table = tuple[int, ...]
"""The terminal of each assignment."""

TABLES = st.tuples(*[st.sampled_from([FALSE, TRUE, IMPOSSIBLE]) for _ in ASSIGNMENTS])
ALLOWED = st.tuples(
    *[st.sets(st.integers(0, size - 1), min_size=1).map(sorted).map(tuple) for size in SIZES]
)


def store() -> Diagrams:
    return Diagrams(SIZES, 10_000)


def built(diagrams: Diagrams, table: Table) -> Node:
    """The function of a table, from its last variable to its first."""
    nodes: list[Node] = list(table)
    for level in reversed(range(len(SIZES))):
        size = SIZES[level]
        nodes = [
            diagrams.node(level, tuple(nodes[start : start + size]))
            for start in range(0, len(nodes), size)
        ]
    return nodes[0]


def read(diagrams: Diagrams, node: Node) -> Table:
    """The terminal that each assignment leads to."""
    found = []
    for values in ASSIGNMENTS:
        at = node
        while at > IMPOSSIBLE:
            at = diagrams.children[at][values[diagrams.levels[at]]]
        found.append(at)
    return tuple(found)


@given(TABLES, TABLES)
def test_it_wins_also_over_the_terminal_that_decides(one: Table, other: Table) -> None:
    diagrams = store()
    first, second = built(diagrams, one), built(diagrams, other)
    both, either = diagrams.both(first, second), diagrams.either(first, second)
    for a, b, conjunction, disjunction in zip(
        one, other, read(diagrams, both), read(diagrams, either), strict=True
    ):
        lost = IMPOSSIBLE in (a, b)
        assert conjunction == (IMPOSSIBLE if lost else min(a, b))
        assert disjunction == (IMPOSSIBLE if lost else max(a, b))
    swapped = {FALSE: TRUE, TRUE: FALSE, IMPOSSIBLE: IMPOSSIBLE}
    assert read(diagrams, diagrams.negation(first)) == tuple(swapped[a] for a in one)


@given(TABLES, TABLES, TABLES)
def test_order_and_grouping_do_not_matter_and_de_morgan_holds(
    one: Table, other: Table, third: Table
) -> None:
    diagrams = store()
    f, g, h = (built(diagrams, table) for table in (one, other, third))
    for combine in (diagrams.both, diagrams.either):
        assert combine(f, g) == combine(g, f)
        assert combine(f, combine(g, h)) == combine(combine(f, g), h)
    neither = diagrams.both(diagrams.negation(f), diagrams.negation(g))
    assert diagrams.negation(diagrams.either(f, g)) == neither
    absorbed = read(diagrams, diagrams.either(f, diagrams.both(f, g)))
    assert absorbed == tuple(
        IMPOSSIBLE if b == IMPOSSIBLE else a for a, b in zip(one, other, strict=True)
    )


@given(TABLES, TABLES)
def test_functions_that_agree_on_every_common_case_are_not_different(
    one: Table, other: Table
) -> None:
    diagrams = store()
    cases = [(a, b) for a, b in zip(one, other, strict=True) if IMPOSSIBLE not in (a, b)]
    apart = any(a != b for a, b in cases)
    assert different(diagrams, built(diagrams, one), built(diagrams, other)) == apart


@given(TABLES, ALLOWED)
def test_questions_pass_it_by_and_dependence_counts_cases_only(
    table: Table, allowed: tuple[tuple[int, ...], ...]
) -> None:
    diagrams = store()
    function = built(diagrams, table)
    view = Restriction(diagrams, allowed)
    truth = dict(zip(ASSIGNMENTS, table, strict=True))
    open_ones = list(product(*allowed))
    reached = {truth[values] for values in open_ones}
    assert view.certain(function) == settled(diagrams, function, allowed, wanted=True)
    assert view.certain(function) == (FALSE not in reached)
    assert settled(diagrams, function, allowed, wanted=False) == (TRUE not in reached)
    assert view.can_be(function) == (TRUE in reached)
    levels = 0
    for values, others in product(open_ones, repeat=2):
        differing = [level for level in range(len(SIZES)) if values[level] != others[level]]
        if len(differing) == 1 and {truth[values], truth[others]} == {FALSE, TRUE}:
            levels |= 1 << differing[0]
    assert view.depends(function) == levels


@given(TABLES)
def test_a_definite_function_is_negated_first(table: Table) -> None:
    diagrams = store()
    function = built(diagrams, table)
    assert read(diagrams, definite(diagrams, function)) == tuple(
        FALSE if leaf == IMPOSSIBLE else leaf for leaf in table
    )
    negated_first = definite(diagrams, diagrams.negation(function))
    negated_last = diagrams.negation(definite(diagrams, function))
    assert read(diagrams, negated_first) == tuple(int(leaf == FALSE) for leaf in table)
    assert read(diagrams, negated_last) == tuple(int(leaf != TRUE) for leaf in table)
