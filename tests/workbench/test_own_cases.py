"""Which of a person's own cases another version of a pathway changes."""

import json
import shutil
from pathlib import Path
from random import Random

import pytest

from tests.edits import edit
from tests.program import run
from tests.reasoning.pathways import asked_answers
from tests.saved_cases import fitting, saved_case
from tests.small import answers, small
from wizard.engine.compiling import compile_pathway
from wizard.exits import ExitCode
from wizard.pathway.format.reading import read_pathway
from wizard.reasoning.assessing import conclude
from wizard.workbench.own_cases import OwnCases, own_cases


@pytest.fixture
def later(small_folder: Path, tmp_path: Path) -> Path:
    """A later version, in which a storm does not lead to pruning."""
    folder = tmp_path / "later"
    shutil.copytree(small_folder, folder)
    edit(folder / "options" / "prune.yaml", "storm: described", "storm: not_described")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of a person's own cases."""
    folder = tmp_path / "own"
    folder.mkdir()
    storm: dict[str, object] = {"kind": "oak", "damage": {"storm": "present"}}
    (folder / "storm.yaml").write_text(saved_case(small(), answers(small().pathway, storm)))
    (folder / "pine.yaml").write_text("answers: {kind: pine}")
    (folder / "notes.txt").write_text("Nothing.")
    return folder


def found(old: Path, new: Path, own: Path) -> OwnCases:
    return own_cases(read_pathway(old), read_pathway(new), old, own, lambda _: None)


def test_only_those_that_change_are_told_and_what_is_not_a_case(
    small_folder: Path, later: Path, own: Path
) -> None:
    cases = found(small_folder, later, own)
    (case,) = cases.affected
    assert (case.file, case.problem) == ("storm.yaml", None)
    changes = [(each.subject, each.expected, each.found.partition(",")[0]) for each in case.changes]
    assert ("prune", "described", "possible") in changes
    assert cases.number == 2
    assert cases.others == (("notes.txt", "its name does not end in .yaml, .yml or .json"),)


@pytest.mark.slow
def test_they_are_just_those_whose_assessments_differ(
    small_folder: Path, later: Path, own: Path
) -> None:
    old, new = small(), compile_pathway(read_pathway(later))
    different = set()
    for seed in range(40):
        given = fitting(old.pathway, asked_answers(Random(seed), old.pathway.factors))
        (own / f"{seed}.yaml").write_text(saved_case(old, given), "utf-8")
        before, after = conclude(old, given), conclude(new, given)
        if (before.options, before.alerts) != (after.options, after.alerts):
            different.add(f"{seed}.yaml")
    told = {case.file for case in found(small_folder, later, own).affected}
    assert told - {"storm.yaml"} == different
    assert len(different) > 3


def test_cases_of_before_a_renaming_are_read_in_both_versions(
    small_folder: Path, later: Path, own: Path
) -> None:
    shutil.rmtree(later)
    shutil.copytree(small_folder, later)
    assert run("rename", "factor", "damage", "harm", "--pathway", later).code == 0
    assert run("rename", "option", "prune", "cut", "--pathway", later).code == 0
    assert found(small_folder, later, own).affected == ()
    edit(later / "options" / "cut.yaml", "storm: described", "storm: not_described")
    (case,) = found(small_folder, later, own).affected
    assert case.problem is None
    assert "cut" in {each.option for each in case.changes}


def test_a_case_that_one_version_does_not_read_is_told(
    small_folder: Path, tmp_path: Path, own: Path
) -> None:
    feet = tmp_path / "feet"
    shutil.copytree(small_folder, feet)
    edit(feet / "factors.yaml", "unit: m\n", "unit: ft\n")
    tall = saved_case(small(), answers(small().pathway, {"height": 25}))
    (own / "tall.yaml").write_text(tall, "utf-8")
    (own / "odd.yaml").write_text("- oak", "utf-8")
    problems = {case.file: case.problem for case in found(small_folder, feet, own).affected}
    assert "was given in m, and is asked in ft here" in (problems["tall.yaml"] or "")
    assert "a map of keys to values was expected" in (problems["odd.yaml"] or "")


def test_diff_tells_them_before_the_cases_of_the_pathway(
    small_folder: Path, later: Path, own: Path
) -> None:
    ended = run("diff", small_folder, later, "--cases", own)
    assert ended.code is ExitCode.FOUND
    text = " ".join(ended.out.split())
    told = f"One of two cases in {own} gets another result. - one case: prune: described ->"
    assert f"YOUR OWN CASES -------------- {told}" in text
    assert "storm.yaml - notes.txt is not a case: its name does not end in" in text
    data = json.loads(run("diff", small_folder, later, "--cases", own, "--format", "json").out)
    cases = data["own_cases"]
    assert (cases["read"], [each["file"] for each in cases["affected"]]) == (2, ["storm.yaml"])
    assert [each["file"] for each in cases["not_cases"]] == ["notes.txt"]
    assert "own_cases" not in json.loads(run("diff", small_folder, later, "--format", "json").out)


def test_diff_of_what_does_not_differ_says_so(small_folder: Path, own: Path) -> None:
    ended = run("diff", small_folder, small_folder, "--cases", own)
    assert ended.code is ExitCode.DONE
    assert f"None of two cases in {own} gets another result." in " ".join(ended.out.split())


def test_a_folder_that_is_not_there_is_wrong_usage(small_folder: Path, tmp_path: Path) -> None:
    ended = run("diff", small_folder, small_folder, "--cases", tmp_path / "none")
    assert (ended.code, ended.out) == (ExitCode.WRONG_USAGE, "")
    assert "there is no such folder" in ended.err
