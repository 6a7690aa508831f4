"""Many cases at once, each against a restriction of its own."""

from hypothesis import given
from hypothesis import strategies as st

from tests.engine.test_third_terminal import ALLOWED, SIZES, TABLES, Table, built, store
from wizard.engine.diagrams import FALSE, TRUE
from wizard.engine.restriction import Restriction
from wizard.engine.slices import reached


@given(TABLES, st.lists(ALLOWED, min_size=1, max_size=9))
def test_each_case_reaches_what_it_reaches_alone(
    table: Table, cases: list[tuple[tuple[int, ...], ...]]
) -> None:
    diagrams = store()
    function = built(diagrams, table)
    slices = [
        [
            sum((value in case[level]) << place for place, case in enumerate(cases))
            for value in range(size)
        ]
        for level, size in enumerate(SIZES)
    ]
    for each in (function, diagrams.hold(diagrams.pieces(function))):
        true, false = reached(diagrams, each, slices, (1 << len(cases)) - 1)
        for place, allowed in enumerate(cases):
            alone = Restriction(diagrams, allowed).outcomes(function)
            found = (true >> place & 1, false >> place & 1)
            assert found == (alone >> TRUE & 1, alone >> FALSE & 1)
