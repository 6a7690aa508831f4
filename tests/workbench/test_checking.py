"""A folder is checked whole: a mistake in one file hides none in another, and makes up none."""

import shutil
from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited
from wizard.pathway.load import shipped_folder
from wizard.pathway.problems import PathwayErrors
from wizard.workbench.checking import read_whole

CASE = "cases/storm_oak.yaml"
WRONG_ANSWER = (
    f'{CASE}:5:9: kind: "oka" is not a value of it; one of oak, beech, birch, pine, broadleaved '
    "was expected; did you mean oak?"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pathway, whose one case has a wrong answer."""
    return edited(copied(tmp_path), CASE, "kind: oak", "kind: oka")


def told(folder: Path) -> list[str]:
    with pytest.raises(PathwayErrors) as caught:
        read_whole(folder, shipped=False)
    return [str(problem) for problem in caught.value.problems]


def test_what_is_right_is_read_with_its_cases(tmp_path: Path) -> None:
    pathway, cases = read_whole(copied(tmp_path), shipped=False)
    assert pathway.id == "park_trees"
    assert list(cases) == ["storm_oak.yaml"]


@pytest.mark.parametrize(
    "name",
    ["options/prune.yaml", "alerts.yaml", "claims/HBK.yaml", "hazards.yaml", "glossary.yaml"],
)
def test_a_broken_file_hides_no_mistake_in_a_case(name: str, folder: Path) -> None:
    (folder / name).write_text("[broken\n")
    assert [line for line in told(folder) if not line.startswith(name)] == [WRONG_ANSWER]


def test_a_mistake_in_a_rule_hides_none_in_a_case(folder: Path) -> None:
    edited(folder, "options/watch.yaml", "growth: slow", "growth: slwo")
    assert [line.partition(":")[0] for line in told(folder)] == [CASE, "options/watch.yaml"]


def test_a_case_may_name_an_option_whose_file_is_missing(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "options" / "prune.yaml").unlink()
    assert all(line.startswith("pathway.yaml") for line in told(folder) if "cases" in line)
    assert not [line for line in told(folder) if line.startswith("cases/")]


@pytest.mark.parametrize("name", ["factors.yaml", "pathway.yaml"])
def test_without_the_questions_only_the_form_of_a_case_is_told(name: str, folder: Path) -> None:
    (folder / name).write_text("[broken\n")
    assert [line.partition(":")[0] for line in told(folder)] == [name]
    (folder / CASE).write_text("answers: {\n")
    assert sorted(line.partition(":")[0] for line in told(folder)) == sorted([CASE, name])


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n", "{}\n"], ids=["broken", "trees gone"])
def test_usual_settings_that_could_not_be_read_are_no_mistakes_of_cases(
    text: str, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(shipped_folder(), tmp_path / "copy"))
    (folder / "shared.yaml").write_text(text, "utf-8")
    assert not [line for line in told(folder) if line.startswith("cases/")]
