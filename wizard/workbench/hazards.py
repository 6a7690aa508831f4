"""Whether the controls in the hazard log exist: each test and case that it names."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, listed, nearest, quoted
from wizard.pathway.sources import Hazard

_CASES: Final = "cases/"
_FUNCTION: Final = re.compile(r"^[ \t]*(?:async )?def (test\w*)\(", re.MULTILINE)


def hazards_held_by(pathway: Pathway, case: str) -> tuple[Hazard, ...]:
    """The hazards whose control a case of the pathway holds, named as `cases/NAME.yaml`."""
    return tuple(hazard for hazard in pathway.hazards.values() if case in hazard.tests)


def hazard_problems(pathway: Pathway, folder: Path) -> Iterator[Problem]:
    """What the hazard log names and does not exist.

    Tests of the code are looked up where the folder lies in a checkout, beside its `tests`.
    """
    cases = [f"{_CASES}{path.name}" for path in sorted((folder / "cases").glob("*.yaml"))]
    checkout = next((each for each in folder.resolve().parents if _is_checkout(each)), None)
    tests: dict[str, list[str] | None] = {}
    for hazard in pathway.hazards.values():
        for test, place in zip(hazard.tests, hazard.places, strict=True):
            if test.startswith(_CASES):
                if test not in cases:
                    yield _missing(place, "case", test, cases)
            elif checkout is not None:
                yield from _test_problems(test, place, checkout, tests)


def _is_checkout(folder: Path) -> bool:
    return (folder / "pyproject.toml").is_file() and (folder / "tests").is_dir()


def _missing(place: Position, what: str, name: str, known: list[str]) -> Problem:
    there = f"there are {listed(known, most=3, near=name)}" if known else "there are none"
    return Problem(
        Code.MISSING_CONTROL,
        place,
        f"there is no {what} {quoted(name)}",
        there,
        nearest(name, known),
    )


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
