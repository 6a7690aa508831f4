"""The exported query on Spark says of 100,000 rows of a Parquet file what it says on SQLite."""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.cohort.rows import Cell, on_sqlite, rows_of, typed
from tests.cohort.test_query import ALL
from tests.small import shipped, small
from wizard.cohort.columns import columns_of
from wizard.cohort.query import Part, exported
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway

sql = pytest.importorskip("pyspark.sql", reason="pyspark is not here")
duckdb = pytest.importorskip("duckdb", reason="duckdb, which writes the Parquet, is not here")
OLDEST_JAVA = 17
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData"
"""A machine that starts fast, for one that ends soon."""


def java() -> int:
    """The version of Java; 0 without."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin" if home else None)
    if found is None:
        return 0
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return int(version[1]) if version else 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(java() < OLDEST_JAVA, reason=f"Java {OLDEST_JAVA} is not here"),
]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("spark")
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in {
        "spark.driver.extraJavaOptions": QUICK,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(folder),
        "spark.pyspark.python": sys.executable,
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    gateway = session.sparkContext._gateway
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(timeout=30)


def as_parquet(pathway: Pathway, rows: Iterable[Mapping[str, Cell]], folder: Path) -> str:
    """The rows as a Parquet file, numbered by a column `row` in front."""
    columns = columns_of(pathway)
    table = folder / "cases.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(rows):
            cells = (row.get(each.name) for each in columns)
            writer.writerow([number, *("\\N" if cell is None else cell for cell in cells)])
    to = folder / "cases.parquet"
    with closing(duckdb.connect()) as connection:
        connection.execute(f"CREATE TABLE cases ({typed(pathway, 'VARCHAR', 'DOUBLE')})")
        connection.execute(f"COPY cases FROM '{table}' (HEADER false, NULLSTR '\\N')")
        connection.execute(f"COPY cases TO '{to}'")
    return str(to)


def on_spark(spark: Any, query: str, cases: str, folder: Path) -> Iterator[list[Cell]]:
    """What a query says of a Parquet file: the names, then the rows in their order."""
    spark.read.parquet(cases).createOrReplaceTempView("cases")
    said = spark.sql(query)
    yield said.columns
    numbers = {n for n, (_, kind) in enumerate(said.dtypes) if kind in ("double", "int")}
    to = folder / "said"
    as_it_is = {"ignoreLeadingWhiteSpace": False, "ignoreTrailingWhiteSpace": False}
    ordered = said.orderBy("row").coalesce(1)
    ordered.write.csv(str(to), nullValue="\\N", emptyValue="", **as_it_is)
    (part,) = to.glob("part-*")
    with part.open(newline="") as file:
        for cells in csv.reader(file):
            yield [
                None if cell == "\\N" else float(cell) if n in numbers else cell
                for n, cell in enumerate(cells)
            ]


@pytest.mark.parametrize(("compiled", "count"), [(small, 20_000), (shipped, 100_000)])
def test_rows_are_told_what_sqlite_says(
    spark: Any, tmp_path: Path, compiled: Callable[[], Compiled], count: int
) -> None:
    """Cases come again and again, as they do in a registry."""
    own = compiled()
    cases = rows_of(own, Random(11), 5_000)
    query = exported(own, "cases", ALL, columns_of(own.pathway))
    wanted = on_sqlite(query, own.pathway, cases)
    parquet = as_parquet(own.pathway, islice(cycle(cases), count), tmp_path)
    said = on_spark(spark, query, parquet, tmp_path)
    assert next(said) == list(wanted[0])
    found = 0
    for number, (one, other) in enumerate(zip(said, cycle(wanted), strict=False)):
        assert one == list((other | {"row": number}).values())
        found += 1
    assert found == count


def test_text_that_is_not_a_number_is_an_error_and_never_not_known(spark: Any) -> None:
    """Without ANSI, Spark takes what it cannot convert for NULL."""
    own = shipped()
    have = [c for c in columns_of(own.pathway) if c.factor == "tumour_size"]
    query = exported(own, "cases", [Part.ERRORS], have)
    rows = "(1, '30', NULL), (2, 'thirty', NULL), (3, 'NaN', NULL), (4, NULL, '2'), (5, NULL, 'x')"
    table = f"VALUES {rows} AS cases(row, tumour_size, tumour_size__from)"
    below = "CAST(NULL AS STRING) AS tumour_size__below"
    view = f"SELECT *, {below} FROM {table}"  # noqa: S608 - only columns of this test
    spark.sql(view).createOrReplaceTempView("cases")
    spark.conf.set("spark.sql.ansi.enabled", "false")
    try:
        said = {each["row"]: each["error"] for each in spark.sql(query).collect()}
    finally:
        spark.conf.unset("spark.sql.ansi.enabled")
    assert said == {1: None, 2: "tumour_size", 3: "tumour_size", 4: None, 5: "tumour_size"}
