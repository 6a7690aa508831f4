"""What cannot be run here is parsed as each engine has its SQL: the query is one plain SELECT."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cohort.test_query import ALL, stones
from tests.small import park, prostate, shipped, small
from wizard.cohort.columns import LONGEST, columns_of, identifier
from wizard.cohort.query import exported, query_of
from wizard.engine.compiling import Compiled

sqlglot = pytest.importorskip("sqlglot", reason="sqlglot is not here")
exp = sqlglot.exp
pytestmark = pytest.mark.slow
"""With one release of sqlglot alone: what it takes for a word of an engine differs between them."""

NAMED = ("trino", "bigquery", "snowflake", "postgres", "spark")
"""Those of which the page tells."""
OTHERS = ("duckdb", "sqlite", "databricks", "redshift", "oracle", "tsql", "clickhouse")
PLAIN = {
    *(exp.Alias, exp.And, exp.Between, exp.Boolean, exp.Case, exp.Cast, exp.Column, exp.CTE),
    *(exp.DataType, exp.Distinct, exp.DPipe, exp.EQ, exp.From, exp.Identifier, exp.If, exp.In),
    *(exp.Is, exp.Join, exp.Literal, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Neg, exp.NEQ, exp.Not),
    *(exp.Null, exp.Or, exp.Paren, exp.Select, exp.Star, exp.Substring, exp.Table),
    *(exp.TableAlias, exp.TryCast, exp.With),  # which Spark calls a CAST
}
"""What the query is made of; all of it is in SQL-92 with common table expressions."""


def parsed(query: str, dialect: str) -> Any:
    (tree,) = sqlglot.parse(query, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
    return tree


def check(compiled: Compiled, dialect: str) -> None:
    columns = columns_of(compiled.pathway)
    tree = parsed(exported(compiled, "cases", ALL, columns), dialect)
    assert {type(node) for node in tree.walk()} <= PLAIN
    assert all(len(each.name) <= LONGEST for each in tree.find_all(exp.Identifier))
    outputs = [*query_of(compiled, ALL).outputs, identifier("error")]
    star, *said = tree.selects
    assert star.sql() == "t.*"
    assert [each.alias for each in said] == outputs
    read = {each.name for each in tree.find_all(exp.Column) if each.table == "t"}
    assert read - {"*"} == {each.name for each in columns}


@pytest.mark.slow
@pytest.mark.parametrize("dialect", NAMED)
@pytest.mark.parametrize("compiled", [shipped, small, park, stones, prostate])
def test_every_pathway_as_engines_parse_it(compiled: Callable[[], Compiled], dialect: str) -> None:
    check(compiled(), dialect)


@pytest.mark.parametrize("dialect", OTHERS)
@pytest.mark.parametrize("compiled", [small, stones])
def test_small_pathways_as_others_parse_it(compiled: Callable[[], Compiled], dialect: str) -> None:
    check(compiled(), dialect)


@pytest.mark.parametrize(
    ("dialect", "name", "parts"),
    [
        ("bigquery", "`a-b.c.d`", ("a-b", "c", "d")),
        (
            "spark",
            "parquet.`/data/cases of 2026.parquet`",
            ("parquet", "/data/cases of 2026.parquet"),
        ),
        ("trino", '"a-b".c.d', ("a-b", "c", "d")),
        ("duckdb", '"cases.parquet"', ("cases.parquet",)),
    ],
)
def test_a_table_is_quoted_as_the_engine_has_it(
    dialect: str, name: str, parts: tuple[str, ...]
) -> None:
    own = stones()
    tree = parsed(exported(own, name, ALL, columns_of(own.pathway)), dialect)
    found = [tuple(part.name for part in table.parts) for table in tree.find_all(exp.Table)]
    assert found.count(parts) == 2


@pytest.mark.parametrize("dialect", ["bigquery", "trino", "duckdb"])
def test_no_column_is_a_word_of_an_engine(dialect: str) -> None:
    words = sqlglot.Dialect.get_or_raise(dialect).generator_class.RESERVED_KEYWORDS
    assert words
    for word in words:
        assert identifier(word.lower()) == f"{word.lower()}_"
