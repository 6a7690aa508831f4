"""The hazard log is held to what it names."""

from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited
from tests.program import run
from wizard.pathway.format.reading import read_pathway
from wizard.workbench.hazards import hazard_problems

NAMED = "[cases/storm_oak.yaml]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pathway in a checkout with one test."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_trees.py").write_text(
        "class TestOak:\n    async def test_it_stands(self): ...\n\n\nassert 1\n"
    )
    return copied(tmp_path)


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in hazard_problems(read_pathway(folder), folder)]


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        (NAMED, None),
        ("[tests/test_trees.py::test_it_stands]", None),
        ('["tests/test_trees.py::TestOak::test_it_stands"]', None),
        (
            "[cases/storm_oka.yaml]",
            'there is no case "cases/storm_oka.yaml"; there are cases/storm_oak.yaml; did you '
            "mean cases/storm_oak.yaml?",
        ),
        (
            "[tests/test_trees.py::test_it_stnads]",
            'there is no test in tests/test_trees.py "test_it_stnads"; there are test_it_stands; '
            "did you mean test_it_stands?",
        ),
        (
            "[tests/test_tree.py::test_it_stands]",
            'there is no case and no file of tests "tests/test_tree.py"; there are '
            "tests/test_trees.py; did you mean tests/test_trees.py?",
        ),
        (
            "[looked at it]",
            '"looked at it" is neither a case nor a test; cases/NAME.yaml or tests/FILE.py::NAME '
            "was expected",
        ),
    ],
)
def test_what_holds_a_control_exists(named: str, problem: str | None, folder: Path) -> None:
    edited(folder, "hazards.yaml", NAMED, named)
    assert told(folder) == ([] if problem is None else [f"hazards.yaml:5:11: {problem}"])


def test_tests_are_looked_up_in_a_checkout_alone(tmp_path: Path) -> None:
    folder = edited(copied(tmp_path), "hazards.yaml", NAMED, "[tests/nowhere.py::test_it]")
    assert told(folder) == []


def test_a_failing_case_names_the_hazard_whose_control_it_holds(folder: Path) -> None:
    edited(folder, "cases/storm_oak.yaml", "checks: [falling]", "checks: []")
    ended = run("test", folder)
    assert ended.code == 5
    assert "  H01: control does not hold: A tree is felled that could stand\n" in ended.out
