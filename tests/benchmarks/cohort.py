"""A million rows of a registry: our engines beside plain lookups by DuckDB and polars.

A lookup joins the rows with a table of all different cases and what is said of each, made
beforehand: it reasons nothing, and is what whoever reasons cannot be faster than.  Each runs in a
process of its own, from a file of CSV to another.
"""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from tests.benchmarks.growth import told
from tests.cohort.rows import random_row
from tests.program import ROOT
from tests.small import shipped
from wizard.cohort.columns import columns_of

ROWS: Final = 1_000_000
CASES: Final = 50_000
"""Different ones, where the rows are those of a registry."""
Goals = tuple[float, float | None]
GOALS: Final[Mapping[str, Goals]] = {"sqlite": (60, 300), "duckdb": (5, None)}
"""Seconds, and megabytes."""
IN_DUCKDB: Final = """
import duckdb, sys
rows, cases, to, *names = sys.argv[1:]
read = "read_csv(?, header = true, all_varchar = true)"
said = f"(SELECT * EXCLUDE (id, year) FROM {read})"
same = " AND ".join(f"r.{name} IS NOT DISTINCT FROM s.{name}" for name in names)
text = f"SELECT r.*, s.* EXCLUDE ({', '.join(names)}) FROM {read} r LEFT JOIN {said} s ON {same}"
duckdb.execute(f"COPY ({text}) TO '{to}' (HEADER true)", [rows, cases])
"""
IN_POLARS: Final = """
import polars, sys
rows, cases, to, *names = sys.argv[1:]
read = lambda file: polars.scan_csv(file, infer_schema=False)
found = read(rows).join(
    read(cases).drop("id", "year"), on=names, how="left", nulls_equal=True, maintain_order="left"
)
found.sink_csv(to)
"""


def written(file: Path, names: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    """Write rows, each with a number and a year in front."""
    with file.open("w", encoding="utf-8", newline="") as to:
        write = csv.writer(to, lineterminator="\n")
        write.writerow(["id", "year", *names])
        write.writerows([n, 2000 + n % 20, *row] for n, row in enumerate(rows))


def cases(random: Random, names: Sequence[str]) -> Iterator[list[str]]:
    """Random partial cases, without end, as the cells of these columns."""
    compiled = shipped()
    while True:
        row, _ = random_row(random, compiled.pathway, compiled.space.cuts)
        cells = (row.get(name) for name in names)
        yield [f"{cell:g}" if isinstance(cell, float) else str(cell or "") for cell in cells]


def run(what: str, command: Sequence[str], goals: Goals | None = None) -> None:
    """Run a command, and print its time, its work and its memory."""
    start = perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    messages = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    took, memory = perf_counter() - start, used.ru_maxrss / 1024
    if os.waitstatus_to_exitcode(status) not in (0, 4):
        raise RuntimeError(messages)
    work = used.ru_utime + used.ru_stime
    print(f"    {what}: {took:.1f} s, {ROWS / took:,.0f} rows/s, {memory:,.0f} MB")
    if goals is None:
        print(f"    {'time of processors':<58}{work:10.3f} s")
    else:
        seconds, megabytes = goals
        # What else the machine does takes none of it.
        told("time of processors", work, seconds, "s")
        if megabytes is not None:
            told("peak memory", memory, megabytes, "MB")


def ours(file: Path, to: Path, goals_of: Mapping[str, Goals]) -> None:
    for engine in GOALS:
        if engine == "duckdb" and find_spec("duckdb") is None:
            print("    DuckDB: not installed (extra cohort)")
            continue
        to.unlink(missing_ok=True)
        command = ["-m", "wizard", "cohort", str(file), "-o", str(to), "--engine", engine]
        run(f"cohort by {engine}", command, goals_of.get(engine))


def lookups(file: Path, said: Path, to: Path, names: Sequence[str]) -> None:
    for module, code, extra in (("duckdb", IN_DUCKDB, "cohort"), ("polars", IN_POLARS, "peers")):
        if find_spec(module) is None:
            print(f"    a lookup by {module}: not installed (extra {extra})")
            continue
        to.unlink(missing_ok=True)
        run(f"a lookup by {module}", ["-c", code, *map(str, (file, said, to)), *names])


def main() -> None:
    random = Random(1)
    names = [column.name for column in columns_of(shipped().pathway)]
    with TemporaryDirectory() as name:
        file, pool, said, to = (Path(name) / each for each in ("rows", "pool", "said", "out"))
        drawn = cases(random, names)
        different = list({tuple(next(drawn)): None for _ in range(CASES)})
        print(f"  {ROWS:,} rows of {len(names)} columns, {len(different):,} different cases")
        written(file, names, (random.choice(different) for _ in range(ROWS)))
        written(pool, names, iter(different))
        run_quietly = [sys.executable, "-m", "wizard", "cohort", str(pool), "-o", str(said)]
        subprocess.run(run_quietly, cwd=ROOT, capture_output=True, check=True)
        ours(file, to, GOALS)
        lookups(file, said, to, names)
        print(f"  {ROWS:,} rows, hardly a case twice")
        written(file, names, (next(drawn) for _ in range(ROWS)))
        # DuckDB's goal is that of a registry, where most rows say what another said before them.
        ours(file, to, {"sqlite": GOALS["sqlite"]})


if __name__ == "__main__":
    main()
