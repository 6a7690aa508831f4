"""The page on the exported query: its commands, and its example on each engine that is here."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cohort.postgres import programs, server
from tests.documents.console import blocks, printed_as_said, run
from tests.program import ROOT
from tests.small import shipped

SMALL = (
    "--conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=1 --master local[1] "
    "--conf spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 pyspark-shell"
)
"""What makes Spark start fast, for three rows."""
PAGE = (ROOT / "wizard/cohort/README.md").read_text("utf-8")


def block(mark: str) -> str:
    """The code that follows a mark in the page."""
    found = re.search(rf"^<!-- {mark} -->\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, mark
    return found[1]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the commands of the page were run, and printed what it says."""
    folder = tmp_path_factory.mktemp("page")
    for each in [command for found in blocks(PAGE) for command in found]:
        printed = run(each.command, folder, folder)
        assert printed_as_said(each.printed, printed), f"line {each.line}\n{printed}"
    return folder


def ended(*command: str, folder: Path, **more: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "duckdb", "spark"])
def test_the_example_prints_what_the_page_says(engine: str, example: Path) -> None:
    needed = {"sqlite": "sqlite3", "duckdb": "duckdb", "spark": "pyspark"}[engine]
    if find_spec(needed) is None:
        pytest.skip(f"{needed} is not here")
    said = ended(sys.executable, "-c", block(engine), folder=example, PYSPARK_SUBMIT_ARGS=SMALL)
    assert said == block("said")


@pytest.mark.slow
def test_the_example_on_postgresql(example: Path) -> None:
    if (found := programs()) is None:
        pytest.skip("PostgreSQL (initdb, pg_ctl, psql) is not here")
    with server(found) as started:
        reached = {"PGHOST": str(started.folder), "PGUSER": "me", "PGDATABASE": "postgres"}
        assert ended("bash", "-ec", block("postgres"), folder=example, **reached) == block("said")


@pytest.mark.slow
def test_a_table_keeps_the_version_and_errors_are_counted(example: Path) -> None:
    query = (example / "query.sql").read_text("utf-8")
    pathway = shipped().pathway
    kept = block("version").replace("QUERY", query).replace("VERSION", pathway.version)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE cases (id, tumour_type, site, extent)")
        connection.execute("INSERT INTO cases VALUES (1, 'net', 'Lung', ''), (2, 'net', '', '')")
        connection.execute(kept.replace("DIGEST", pathway.digest))
        said = connection.execute("SELECT pathway FROM kept").fetchall()
        assert said == [(f"{pathway.version}, {pathway.digest}",)] * 2
        connection.execute(f"CREATE VIEW said AS {query}")
        assert connection.execute(block("errors")).fetchall() == [("site", 1)]


def test_the_page_is_linked() -> None:
    assert "wizard/cohort/README.md" in (ROOT / "README.md").read_text("utf-8")
