"""`python -m tests.mutation [PART...]`: would the tests notice a slip in the reasoning?

Every small slip in `wizard/engine` and `wizard/reasoning` is made in turn, and the tests that call
its function are run against it.  Those that no test notices are listed, but for those that
`equivalent.txt` judges to change no result, each with the reason.  Exits 1 where less than 95 % are
noticed.
It takes long; `--sample 5` takes every fifth, `--minutes 20` stops in time and says what it left.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutation.mutants import Mutant, mutants
from tests.mutation.running import Run

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MODULES = sorted(
    path
    for folder in ("engine", "reasoning")
    for path in (ROOT / "wizard" / folder).glob("*.py")
    if path.stem != "__init__"
)
TESTS = (
    "tests/engine",
    "tests/reasoning",
    "tests/practice/test_sampling.py",
    "tests/practice/test_regions.py",
    "tests/wording/test_explaining.py",
    "tests/workbench/test_rule_diff.py",
    "tests/workbench/test_covering.py",
    "tests/workbench/test_deep.py",
    "tests/workbench/test_rule_functions.py",
    "tests/workbench/test_scoring.py",
)
"""Those whose business the reasoning is; others only pass through it."""
WANTED = 0.95


def main() -> int:
    chosen = _arguments()
    judged = dict(_judgements())
    for name in judged.keys() - {mutant.name for mutant in _mutants([])}:
        raise SystemExit(f"equivalent.txt judges what is not a mutant: {name}")
    every = list(_mutants(chosen.parts))[:: chosen.sample]
    known = [mutant for mutant in every if mutant.name in judged]
    run = Run(
        mutants=[mutant for mutant in every if mutant.name not in judged],
        examples=chosen.examples,
        workers=chosen.workers,
        deadline=time.monotonic() + 60 * chosen.minutes,
        quick=chosen.quick,
    )
    options = ["-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    code = pytest.main([*options, *chosen.tests], plugins=[run])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return int(code)
    return _told(run, known)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("parts", metavar="PART", nargs="*", help="such as joint or joint._own; all")
    parser.add_argument("--tests", metavar="PATH", nargs="+", default=TESTS, help="other tests")
    parser.add_argument("--sample", type=int, default=1, help="every so many mutants")
    parser.add_argument("--examples", type=int, default=12, help="examples of a property at first")
    parser.add_argument("--minutes", type=float, default=60, help="stop after this time")
    parser.add_argument("--workers", type=int, default=2, help="tests run at one time")
    parser.add_argument("--quick", action="store_true", help="only tests under two seconds")
    return parser.parse_args()


def _mutants(parts: list[str]) -> Iterator[Mutant]:
    """Those of modules, and of functions in them; of all modules where no part is named."""
    for part in parts or [path.stem for path in MODULES]:
        name, _, function = part.partition(".")
        path = next(path for path in MODULES if path.stem == name)
        for mutant in mutants(path, f"wizard.{path.parent.name}.{name}"):
            if function in ("", mutant.function):
                yield mutant


def _judgements() -> list[tuple[str, str]]:
    """Mutants that change no result, and why: a reason, then its mutants, indented."""
    found = []
    reason = ""
    for line in (HERE / "equivalent.txt").read_text("utf-8").splitlines():
        if line.startswith("  "):
            found.append((line.strip(), reason))
        else:
            reason = line
    return found


def _told(run: Run, known: list[Mutant]) -> int:
    for mutant in sorted(run.alive, key=lambda one: (one.module, one.line)):
        print(f"alive: line {mutant.line}: {mutant.name}")
    for mutant in run.unfit:
        print(f"cannot be put in place: line {mutant.line}: {mutant.name}")
    for module in sorted({one.module for one in (*run.mutants, *known)}):
        caught, alive, judged, unfit = (
            sum(one.module == module for one in found)
            for found in (run.caught, run.alive, known, run.unfit)
        )
        print(f"{module}: {caught} noticed, {alive} alive, {judged} judged, {unfit} unfit")
    changing = len(run.caught) + len(run.alive)
    share = len(run.caught) / changing if changing else 1.0
    print(f"{len(run.caught)} of {changing} mutants that change a result noticed: {share:.1%}")
    print(f"{len(known)} judged to change no result, {len(run.unfit)} cannot be put in place")
    if run.untried:
        print(f"{len(run.untried)} not tried: the time was up")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
