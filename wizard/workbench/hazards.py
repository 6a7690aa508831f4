"""Whether the controls in the hazard log exist: each test and case that it names."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, listed, nearest, quoted, two_names
from wizard.pathway.sources import Hazard

_CASES: Final = "cases/"
_TEST: Final = re.compile(r"tests/[\w./-]+\.py::\w+(::\w+)?")
_NEARLY_SAME: Final = 0.9
"""Names of cases and tests are sentences; those of other cases look much alike."""
_FUNCTION: Final = re.compile(r"^[ \t]*(?:async )?def (test\w*)\(", re.MULTILINE)


def hazards_held_by(pathway: Pathway, case: str) -> tuple[Hazard, ...]:
    """The hazards whose control a case of the pathway holds, named as `cases/NAME.yaml`."""
    return tuple(hazard for hazard in pathway.hazards.values() if case in hazard.tests)


def hazard_problems(pathway: Pathway, folder: Path) -> Iterator[Problem]:
    """What the hazard log names and does not exist.

    Tests of the code are looked up where the folder lies in a checkout, beside its `tests`.
    """
    cases = [f"{_CASES}{path.name}" for path in sorted((folder / "cases").glob("*.yaml"))]
    checkout = checkout_of(folder)
    tests: dict[str, list[str] | None] = {}
    for hazard in pathway.hazards.values():
        for test, place in zip(hazard.tests, hazard.places, strict=True):
            if test.startswith(_CASES):
                if test not in cases:
                    yield _missing(place, "case", test, cases)
            elif not _TEST.fullmatch(test):
                what = f"{quoted(test)} is neither a case nor a test"
                yield Problem(
                    Code.MISSING_CONTROL,
                    place,
                    what,
                    "cases/NAME.yaml or tests/FILE.py::NAME was expected",
                )
            elif checkout is not None:
                yield from _test_problems(test, place, checkout, tests)


def checkout_of(folder: Path) -> Path | None:
    """The checkout of the program in which a folder lies, if it does."""
    return next((each for each in folder.resolve().parents if _is_checkout(each)), None)


def tests_of_code(hazard: Hazard) -> tuple[str, ...]:
    """The tests of the program that a hazard names, the cases left out."""
    return tuple(test for test in hazard.tests if not test.startswith(_CASES))


def _is_checkout(folder: Path) -> bool:
    return (folder / "pyproject.toml").is_file() and (folder / "tests").is_dir()


def _missing(place: Position, what: str, name: str, known: list[str]) -> Problem:
    several = two_names(name, known)
    there = f"there are {listed(known, most=3, near=name)}" if known else "there are none"
    near = None if several else nearest(name, known, least=_NEARLY_SAME)
    said = f"there is no {what} {quoted(name)}"
    cause = "" if known else f"no {what}"  # without a single one it is told once
    return Problem(Code.MISSING_CONTROL, place, said, several or there, near, cause)


def _test_problems(
    test: str, place: Position, checkout: Path, read: dict[str, list[str] | None]
) -> Iterator[Problem]:
    """A test is `tests/FILE.py::NAME`, or `tests/FILE.py::CLASS::NAME`."""
    file, _, name = test.partition("::")
    if file not in read:
        read[file] = _functions(checkout, file)
    functions = read[file]
    if functions is None:
        files = sorted(
            path.relative_to(checkout).as_posix()
            for path in (checkout / "tests").rglob("test_*.py")
        )
        yield _missing(place, "case and no file of tests", file, files)
    elif name.rpartition("::")[2] not in functions:
        yield _missing(place, f"test in {file}", name, functions)


def _functions(checkout: Path, file: str) -> list[str] | None:
    """The names of a test file's functions; None where it is not a file of the checkout's tests."""
    path = (checkout / file).resolve()
    if path.suffix != ".py" or not path.is_relative_to(checkout) or not path.is_file():
        return None
    try:
        return _FUNCTION.findall(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
