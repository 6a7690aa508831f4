"""The exported query on PostgreSQL says what it says on SQLite."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from random import Random

import pytest

from tests.cohort.postgres import Server, programs, server
from tests.cohort.rows import NUMBERS, Cell, on_sqlite, rows_of, typed
from tests.cohort.test_query import ALL, stones
from tests.small import park, prostate, shipped, small
from wizard.cohort.columns import columns_of, identifier
from wizard.cohort.query import exported
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway

BIN = programs()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BIN is None, reason="PostgreSQL (initdb, pg_ctl, psql) is not here"),
]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    assert BIN is not None
    with server(BIN) as started:
        yield started


def on_postgres(
    postgres: Server, query: str, pathway: Pathway, rows: Sequence[Mapping[str, Cell]]
) -> list[dict[str, Cell]]:
    """What a query says of rows that are numbered by a column `row` in front, in their order."""
    columns = columns_of(pathway)
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    for number, row in enumerate(rows):
        cells = (row.get(each.name) for each in columns)
        writer.writerow([number, *("\\N" if c is None else c for c in cells)])
    script = [
        "DROP TABLE IF EXISTS cases;",
        f"CREATE TABLE cases ({typed(pathway, 'TEXT', 'DOUBLE PRECISION')});",
        "COPY cases FROM STDIN WITH (FORMAT csv, NULL '\\N');",
        f"{table.getvalue()}\\.",
        "SET jit = off;",
        f"COPY (SELECT * FROM (\n{query}\n) said ORDER BY row)",  # noqa: S608 - our own
        "TO STDOUT WITH (FORMAT csv, HEADER, NULL '\\N');",
    ]
    told = csv.DictReader(StringIO(postgres.told("\n".join(script))))
    numbers = {"row", *(each.name for each in columns if each.kind in NUMBERS)}
    return [
        {
            name: None if cell == "\\N" else float(cell) if name in numbers else cell
            for name, cell in row.items()
        }
        for row in told
    ]


@pytest.mark.parametrize(
    ("compiled", "count"),
    [(shipped, 3000), (small, 3000), (park, 3000), (stones, 3000), (prostate, 400)],
)
def test_rows_are_told_what_sqlite_says(
    postgres: Server, compiled: Callable[[], Compiled], count: int
) -> None:
    own = compiled()
    rows = rows_of(own, Random(7), count)
    query = exported(own, "cases", ALL, columns_of(own.pathway))
    said = on_postgres(postgres, query, own.pathway, rows)
    wanted = on_sqlite(query, own.pathway, rows)
    assert len(said) == count
    for one, other in zip(said, wanted, strict=True):
        assert one == other
        assert list(one) == list(other)
    wrong = sum(each["error"] is not None for each in said)
    assert 0 < wrong < count


def test_what_is_not_a_number_is_an_error(postgres: Server) -> None:
    own = shipped()
    columns = [c for c in columns_of(own.pathway) if c.name in ("tumour_size", "site")]
    query = exported(own, "cases", ALL, columns)
    table = "DROP TABLE IF EXISTS cases; CREATE TABLE cases (site CHAR(40), tumour_size REAL);"
    insert = "INSERT INTO cases VALUES ('pancreas', 'NaN'), ('pancreas', 'Infinity'), ('lung', 3);"
    said = postgres.told(f"{table}{insert}\nSELECT site, error FROM ({query}) said ORDER BY 1, 2;")
    assert [line.split("|") for line in said.splitlines()] == [
        ["lung".ljust(40), ""],
        ["pancreas".ljust(40), "tumour_size"],
        ["pancreas".ljust(40), "tumour_size"],
    ]


def test_no_column_is_a_word_of_the_engine(postgres: Server) -> None:
    script = "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T');"
    for word in postgres.told(script).split():
        assert identifier(word) == f"{word}_"
