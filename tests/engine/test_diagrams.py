"""Operations on functions against their tables, and the bound of the store."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.test_third_terminal import (
    ALLOWED,
    ASSIGNMENTS,
    SIZES,
    TABLES,
    Table,
    built,
    read,
    store,
)
from wizard.engine.counting import (
    cube,
    definite,
    exists,
    fixed,
    model_count,
    somewhere,
)
from wizard.engine.diagrams import (
    FALSE,
    IMPOSSIBLE,
    TRUE,
    Diagrams,
    Node,
    TooManyNodesError,
    first_model,
)
from wizard.engine.restriction import Restriction

TWO_VALUED = st.tuples(*[st.sampled_from([FALSE, TRUE]) for _ in ASSIGNMENTS])
LEVELS = st.sets(st.integers(0, len(SIZES) - 1))


@given(TABLES)
def test_a_node_knows_what_it_asks_and_reaches(table: Table) -> None:
    diagrams = store()
    function = built(diagrams, table)
    truth = dict(zip(ASSIGNMENTS, table, strict=True))
    assert diagrams.outcomes[function] == sum(1 << terminal for terminal in set(table))
    asked = 0
    for level, size in enumerate(SIZES):
        for values in ASSIGNMENTS:
            variants = [(*values[:level], v, *values[level + 1 :]) for v in range(size)]
            if len({truth[each] for each in variants}) > 1:
                asked |= 1 << level
    assert diagrams.asked[function] == asked
    assert built(diagrams, table) == function


@given(TABLES, TABLES, TABLES, st.integers(0, len(SIZES) - 1))
def test_a_selection_goes_on_with_the_function_of_the_value(
    one: Table, other: Table, third: Table, level: int
) -> None:
    diagrams = store()
    tables = (one, other, third)[: SIZES[level]]
    selected = diagrams.select(level, tuple(built(diagrams, table) for table in tables))
    assert read(diagrams, selected) == tuple(
        tables[values[level]][place] for place, values in enumerate(ASSIGNMENTS)
    )


def test_a_variable_of_one_value_is_never_asked() -> None:
    diagrams = Diagrams((1, 2), 100)
    function = diagrams.node(1, (FALSE, TRUE))
    assert diagrams.node(0, (function,)) == function
    assert diagrams.select(0, (function,)) == function


@given(TABLES, TABLES, ALLOWED)
def test_somewhere_one_is_true_and_the_other_false(
    one: Table, other: Table, allowed: tuple[tuple[int, ...], ...]
) -> None:
    diagrams = store()
    pairs = dict(zip(ASSIGNMENTS, zip(one, other, strict=True), strict=True))
    found = somewhere(diagrams, built(diagrams, one), built(diagrams, other), allowed)
    assert found == any(pairs[values] == (TRUE, FALSE) for values in product(*allowed))


@given(TABLES, st.fixed_dictionaries({}, optional={0: st.just(1), 1: st.just(2), 2: st.just(1)}))
def test_a_function_with_fixed_values_is_read_at_them(table: Table, values: dict[int, int]) -> None:
    diagrams = store()
    truth = dict(zip(ASSIGNMENTS, table, strict=True))
    found = read(diagrams, fixed(diagrams, built(diagrams, table), values))
    at = [tuple(values.get(level, v) for level, v in enumerate(each)) for each in ASSIGNMENTS]
    assert found == tuple(truth[each] for each in at)


@given(TWO_VALUED, LEVELS)
def test_anyhow_is_true_where_some_values_make_it_true(table: Table, levels: set[int]) -> None:
    diagrams = store()
    found = read(diagrams, exists(diagrams, built(diagrams, table), levels))
    true = [values for values, leaf in zip(ASSIGNMENTS, table, strict=True) if leaf == TRUE]
    for values, leaf in zip(ASSIGNMENTS, found, strict=True):
        kept = set(range(len(SIZES))) - levels
        near = any(all(values[level] == each[level] for level in kept) for each in true)
        assert leaf == (TRUE if near else FALSE)


@given(TABLES)
def test_the_first_way_is_the_first_assignment_that_is_true(table: Table) -> None:
    diagrams = store()
    true = [values for values, leaf in zip(ASSIGNMENTS, table, strict=True) if leaf == TRUE]
    if true:
        way = first_model(diagrams, built(diagrams, table))
        assert tuple(way.get(level, 0) for level in range(len(SIZES))) == true[0]


@given(TABLES, LEVELS)
def test_models_are_counted_over_the_variables_named(table: Table, more: set[int]) -> None:
    diagrams = store()
    function = built(diagrams, table)
    asked = {level for level in range(len(SIZES)) if diagrams.asked[function] >> level & 1}
    over = sorted(asked | more)
    true = {
        tuple(values[level] for level in over)
        for values, leaf in zip(ASSIGNMENTS, table, strict=True)
        if leaf == TRUE
    }
    assert model_count(diagrams, function, over) == len(true)
    assert model_count(diagrams, definite(diagrams, function), reversed(over)) == len(true)


@given(ALLOWED)
def test_a_cube_is_true_where_every_variable_has_one_of_its_values(
    allowed: tuple[tuple[int, ...], ...],
) -> None:
    diagrams = store()
    found = cube(diagrams, {2: allowed[2], 0: allowed[0]})
    assert read(diagrams, found) == tuple(
        int(values[0] in allowed[0] and values[2] in allowed[2]) for values in ASSIGNMENTS
    )


@given(TABLES, ALLOWED)
def test_asking_a_restriction_twice_answers_the_same_and_adds_nothing(
    table: Table, allowed: tuple[tuple[int, ...], ...]
) -> None:
    diagrams = store()
    function = built(diagrams, table)
    nodes = len(diagrams)
    view = Restriction(diagrams, allowed)
    told = [(view.certain(function), view.can_be(function), view.depends(function)) for _ in "12"]
    assert told[0] == told[1]
    assert len(diagrams) == nodes


@pytest.mark.parametrize("places", [(1, 2), (2, 1)])
def test_dependence_is_found_on_every_way(places: tuple[int, int]) -> None:
    """Each branch asks one variable; the node of either may be the older one."""
    diagrams = Diagrams((2, 3, 3), 100)
    nodes = {place: diagrams.node(place, (FALSE, TRUE, IMPOSSIBLE)) for place in places}
    function = diagrams.node(0, (nodes[1], nodes[2]))
    assert Restriction(diagrams, ((0, 1), (0, 1, 2), (0, 1, 2))).depends(function) == 0b111


def test_branches_that_become_the_same_are_one() -> None:
    """Whether the store holds the function that they become, or only the restriction does."""
    diagrams = Diagrams((2, 2, 3), 100)
    some, other = (
        diagrams.node(1, (diagrams.node(2, children), TRUE))
        for children in ((FALSE, TRUE, TRUE), (FALSE, TRUE, FALSE))
    )
    allowed = ((0, 1), (0, 1), (0,))
    unheld = Restriction(diagrams, allowed).depends(diagrams.node(0, (some, other)))
    plain = diagrams.node(1, (FALSE, TRUE))
    held = Restriction(diagrams, allowed).depends(diagrams.node(0, (some, plain)))
    assert unheld == held == 0b010


@given(st.lists(TABLES, min_size=1, max_size=6), st.integers(4, 12))
def test_a_store_holds_as_many_nodes_as_it_may_and_no_more(tables: list[Table], limit: int) -> None:
    free, bound = store(), Diagrams(SIZES, limit)
    for table in tables:
        built(free, table)
    try:
        for table in tables:
            built(bound, table)
    except TooManyNodesError:
        assert len(free) > limit
        assert len(bound) == limit
    else:
        assert len(bound) == len(free) <= limit


def both_ways(diagrams: Diagrams, one: Node, other: Node) -> Node:
    """One function where the last variable is 0, the other where it is 1."""
    return diagrams.select(1, (one, other))


@pytest.mark.parametrize("combine", [Diagrams.both, Diagrams.either, both_ways])
def test_remembered_steps_have_the_same_bound(
    combine: Callable[[Diagrams, Node, Node], Node],
) -> None:
    """Every pair of functions of a small store is one more step, though it may be no new node."""
    diagrams = Diagrams((2, 2), 30)
    functions = [
        diagrams.node(0, (diagrams.node(1, table[:2]), diagrams.node(1, table[2:])))
        for table in product((FALSE, TRUE), repeat=4)
    ]
    nodes = len(diagrams)
    pairs = product(functions, repeat=2)
    with pytest.raises(TooManyNodesError):
        [combine(diagrams, *pair) for pair in pairs]
    assert len(diagrams) == nodes < 30
    assert next(pairs, None) is not None
