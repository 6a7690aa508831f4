"""Whichever database asks, and however a file is read, it comes to the same bytes."""

import csv
import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from importlib import import_module
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cohort.extra import needs_duckdb
from tests.cohort.files import random_csv, random_json
from tests.cohort.rows import random_row
from tests.program import run
from tests.small import SMALL, small
from wizard.cohort.answering import Answering, Masks
from wizard.cohort.columns import columns_of
from wizard.cohort.engine import LostRowsError
from wizard.cohort.reaching import Sql
from wizard.cohort.running import PARTS
from wizard.cohort.sqlite import SqliteEngine
from wizard.cohort.tables import Lines
from wizard.exits import ExitCode

FORMATS = ("text", "json", "markdown")
MAP = """
columns:
  kind: {is: kind, values: {'999': unknown, Present: pine, 'a,b': oak}}
  height: {is: height, values: {'999': unknown, '-1': unknown, none: '30'}}
"""
Outcome = tuple[int, str, str, bytes | None]


def outcome(file: Path, *arguments: str | Path, engine: str, form: str = "text") -> Outcome:
    """All that a run leaves: code, summary, messages, and the bytes written."""
    to = file.with_name("out")
    to.unlink(missing_ok=True)
    ended = run(
        *("cohort", file, "--pathway", SMALL, "--today", "2026-11-27", "-o", to),
        *("--engine", engine, "--format", form, *arguments),
    )
    at_no_time = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "AT", ended.out)
    by_any = re.sub(r"by (SQLite|DuckDB|the wizard)", "by ENGINE", ended.err)
    return ended.code, at_no_time, by_any, to.read_bytes() if to.exists() else None


def agreed(file: Path, *arguments: str | Path) -> Outcome:
    """The outcome, which is the same by every engine in every form."""
    found = [
        [outcome(file, *arguments, engine=engine, form=form) for form in FORMATS]
        for engine in ("sqlite", "duckdb", "none")
    ]
    assert found[0] == found[1] == found[2]
    return found[0][0]


def random_arguments(random: Random, folder: Path) -> list[str | Path]:
    columns = folder / "map.yaml"
    columns.write_text(MAP, "utf-8")
    given_arguments: list[str | Path] = []
    given_arguments += random.choice([[], ["--by", "year"], ["--by", "id"]])
    given_arguments += random.choice([[], ["--small-numbers"]])
    return given_arguments + random.choice([[], [], ["--columns", columns]])


def nothing_at_once(lines: Lines, _width: int, _delimiter: str) -> Sequence[str] | None:
    """A block, none of whose rows is taken with others."""
    return None if lines.block() else ()


@needs_duckdb
@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_files_come_to_the_same_bytes_by_both(seed: int) -> None:
    random = Random(seed)
    with TemporaryDirectory() as name:
        file, delimiter = Path(name) / "cases.txt", random.choice(",,;|\t")
        arguments = random_arguments(random, Path(name))
        if random.random() < 0.3:
            file.write_bytes(random_json(random))
            agreed(file, "--input", "jsonl", *arguments)
        else:
            file.write_bytes(random_csv(random, delimiter))
            agreed(file, "--delimiter", delimiter, *arguments)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_rows_read_at_once_come_to_what_they_come_to_one_by_one(seed: int) -> None:
    """Also where little is remembered, and where blocks end anywhere."""
    random = Random(seed)
    with TemporaryDirectory() as name:
        file, delimiter = Path(name) / "cases.csv", random.choice(",,;|\t")
        file.write_bytes(random_csv(random, delimiter))
        arguments = ["--delimiter", delimiter, *random_arguments(random, Path(name))]
        at_once = outcome(file, *arguments, engine="sqlite")
        with patch("wizard.cohort.reading.plain_rows", nothing_at_once):
            assert outcome(file, *arguments, engine="sqlite") == at_once
        with ExitStack() as stack:
            stack.enter_context(patch("wizard.cohort.tables._BLOCK", random.choice([1, 7, 100])))
            for module in ("reading", "running"):
                stack.enter_context(patch(f"wizard.cohort.{module}.MOST_KNOWN", 3))
            stack.enter_context(patch("wizard.cohort.engine._MOST_KNOWN", 3))
            stack.enter_context(patch.object(SqliteEngine, "at_once", 2))
            assert outcome(file, *arguments, engine="sqlite") == at_once
        code, _, err, data = at_once
        assert code in (ExitCode.DONE, ExitCode.BAD_CASE), err
        assert data is not None
        lines = list(csv.reader(StringIO(data.decode(), newline=""), delimiter=delimiter))
        assert len({len(line) for line in lines}) == 1
        told = re.search(r"\w+ rows? in, ([\d,]+) out", err)
        assert told is not None
        assert len(lines) == int(told[1]) + 1


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_where_no_query_can_be_made_each_case_is_worked_out_with_the_same_outcome(
    seed: int,
) -> None:
    random = Random(seed)
    with TemporaryDirectory() as name:
        file, delimiter = Path(name) / "cases.csv", random.choice(",,;|\t")
        file.write_bytes(random_csv(random, delimiter))
        arguments = ["--delimiter", delimiter, *random_arguments(random, Path(name))]
        asked = outcome(file, *arguments, engine="sqlite")
        assert outcome(file, *arguments, engine="none") == asked
        with patch("wizard.cohort.engine.MOST_COLUMNS", 1):
            code, said, err, data = outcome(file, *arguments, engine="sqlite")
        too_large = "mdt-wizard: the pathway is too large for one query: "
        told = [line for line in err.splitlines(keepends=True) if not line.startswith(too_large)]
        assert len(told) == len(err.splitlines()) - 1
        assert (code, said, "".join(told), data) == asked


class Forgetful(SqliteEngine):
    """Loses the last case that it is asked of."""

    def asked(self, query: Sql, cases: Sequence[Masks]) -> Iterable[tuple[int, str]]:
        return list(super().asked(query, cases))[:-1]


def test_a_case_that_an_engine_loses_is_told() -> None:
    compiled = small()
    with Forgetful(compiled, PARTS) as engine:
        masks = Answering(compiled.space, ()).masks(())
        with pytest.raises(LostRowsError, match="SQLite said 0 of 1 cases"):
            engine.said([masks])


@needs_duckdb
def test_what_parquet_says_is_what_a_person_would_write(tmp_path: Path) -> None:
    """Numbers without a point where they are whole, nothing where there is nothing."""
    file, text = tmp_path / "t[1]?.parquet", tmp_path / "t.csv"
    connection = import_module("duckdb").connect()
    connection.execute(
        """CREATE TABLE cases AS SELECT * FROM (VALUES
        (1, 'oak', 30.0::DOUBLE, 12.50::DECIMAL(9, 2), true, DATE '2026-11-27', 'a,"b"',
         0.1::FLOAT),
        (2, 'moon', 30.5::DOUBLE, 12.00::DECIMAL(9, 2), false, NULL, NULL, 1e20::FLOAT),
        (3, NULL, 'nan'::DOUBLE, 100::DECIMAL(9, 2), NULL, NULL, 'two' || chr(10) || 'lines',
         -0.0::FLOAT),
        (NULL, '', NULL, NULL, NULL, NULL, 'it''s', 12345::FLOAT)
        ) v(id, kind, height, price, checked, day, "a ""b", f)"""
    )
    connection.execute("COPY cases TO ? (FORMAT parquet)", [str(tmp_path / "made.parquet")])
    connection.close()
    (tmp_path / "made.parquet").rename(file)
    text.write_text(
        'id,kind,height,price,checked,day,"a ""b",f\n'
        '1,oak,30,12.5,true,2026-11-27,"a,""b""",0.1\n'
        "2,moon,30.5,12,false,,,1e+20\n"
        '3,,nan,100,,,"two\nlines",0\n'
        ",,,,,,it's,12345\n",
        "utf-8",
    )
    of_text, of_parquet = agreed(text), agreed(file)
    assert of_parquet[3] == of_text[3]
    assert of_parquet[0] == of_text[0] == ExitCode.BAD_CASE
    assert "four rows in, 4 out, 2 in error" in of_parquet[2]


@needs_duckdb
@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_parquet_comes_to_what_its_text_comes_to(seed: int) -> None:
    random = Random(seed)
    names = [column.name for column in columns_of(small().pathway)]
    rows = [
        [None if (cell := row.get(name)) is None else str(cell) for name in names]
        for row in (random_row(random, small().pathway, small().space.cuts)[0] for _ in range(30))
    ]
    with TemporaryDirectory() as folder, import_module("duckdb").connect() as connection:
        file, text = Path(folder) / "cases.parquet", Path(folder) / "cases.csv"
        typed = ", ".join(f"{name} VARCHAR" for name in names)
        connection.execute(f"CREATE TABLE cases ({typed})")
        connection.executemany(f"INSERT INTO cases VALUES (?{', ?' * (len(names) - 1)})", rows)  # noqa: S608 - only placeholders are put in
        connection.execute("COPY cases TO ? (FORMAT parquet)", [str(file)])
        with text.open("w", encoding="utf-8", newline="") as to:
            csv.writer(to, lineterminator="\n").writerows([names, *rows])
        assert outcome(file, engine="duckdb")[3] == outcome(text, engine="sqlite")[3]


@needs_duckdb
def test_parquet_that_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and no more")
    ended = run("cohort", tmp_path / "bad.parquet", "--pathway", SMALL)
    assert ended.code == ExitCode.UNUSABLE_FILE
    assert "this Parquet file cannot be read" in ended.err
    (tmp_path / "t.csv").write_text("kind\noak\n", "utf-8")
    to = tmp_path / "out.parquet"
    ended = run("cohort", tmp_path / "t.csv", "--pathway", SMALL, "-o", to)
    assert (ended.code, to.exists()) == (ExitCode.WRONG_USAGE, False)
    assert "not Parquet" in ended.err


def test_without_duckdb_sqlite_asks_and_parquet_names_the_extra(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("kind\noak\n", "utf-8")
    (tmp_path / "t.parquet").write_bytes(b"PAR1")
    with patch("wizard.commands.cohort.find_spec", return_value=None):
        ended = run("cohort", tmp_path / "t.csv", "--pathway", SMALL)
        assert (ended.code, "by SQLite" in ended.err) == (ExitCode.DONE, True)
        ended = run("cohort", tmp_path / "t.csv", "--pathway", SMALL, "--engine", "duckdb")
        assert ended.code == ExitCode.WRONG_USAGE
        assert "pip install 'mdt-wizard[cohort]'" in ended.err
        ended = run("cohort", tmp_path / "t.parquet", "--pathway", SMALL)
        assert ended.code == ExitCode.UNUSABLE_FILE
        assert "pip install 'mdt-wizard[cohort]'" in ended.err
