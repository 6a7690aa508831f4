"""Twenty thousand partial cases of every pathway in the tree: the exported query says of each what
`assess` says, all parts of it, on SQLite and on DuckDB.

What is asked of a case once is compared with both.  The cases of a pathway are spread over some
tests, so that they run side by side.
"""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from tests.cohort.rows import check_what_is_said, on_duckdb, on_sqlite, random_row, said_of
from tests.cohort.test_query import stones
from tests.pathway.hospital_copy import hospital
from tests.small import park, prostate, shipped, small
from wizard.cohort.columns import columns_of
from wizard.cohort.query import Part, exported
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.format.reading import read_pathway

CASES: Final = 20_000


def with_an_overlay() -> Compiled:
    with TemporaryDirectory() as folder:
        return compile_pathway(read_pathway(hospital(Path(folder))))


TESTS: Final = {shipped: 4, small: 2, park: 4, stones: 1, prostate: 6, with_an_overlay: 4}
"""How many tests share the cases of each pathway, by how long they take."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("compiled", "test"), [(each, test) for each, tests in TESTS.items() for test in range(tests)]
)
def test_rows_are_told_what_assess_says(compiled: Callable[[], Compiled], test: int) -> None:
    made, random = compiled(), Random(test)
    pathway, columns = made.pathway, columns_of(made.pathway)
    pairs = [
        random_row(random, pathway, made.space.cuts) for _ in range(-(-CASES // TESTS[compiled]))
    ]
    rows = [row for row, _ in pairs]
    wanted = [said_of(made, raw) for _, raw in pairs]
    query = exported(made, "cases", tuple(Part), columns)
    check_what_is_said(on_sqlite(query, pathway, rows), wanted, rows, columns)
    if find_spec("duckdb") is None:
        pytest.skip("compared on SQLite alone: the extra cohort (duckdb) is not installed")
    check_what_is_said(on_duckdb(query, pathway, rows), wanted, rows, columns)
