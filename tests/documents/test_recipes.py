"""What other repositories take from this one: the hooks, and the recipe that reviews a change."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.program import ROOT
from tests.small import PARK
from wizard.pathway.format.folder import FOLDERS, SINGLE_FILES

HOOKS: Final = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
RECIPE: Final = yaml.safe_load((ROOT / ".github/workflows/pathways.yml").read_text("utf-8"))
PAGE: Final = (ROOT / "pathways/README.md").read_text("utf-8")
GH: Final = """#!/bin/sh
echo "$@" >> "$GH_LOG"
"""


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with a pathway and one commit."""
    folder = tmp_path / "repository"
    shutil.copytree(PARK, folder / "pathways/park")
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin"]):
        git(folder, *arguments)
    return folder


def git(folder: Path, *arguments: str) -> str:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    command = ["git", *names, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def ended(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A command run by bash as GitHub runs it, with this environment's `mdt-wizard`."""
    path = os.pathsep.join([more.pop("PATH", ""), str(Path(sys.executable).parent)])
    environment = {**os.environ, "PATH": f"{path}{os.pathsep}{os.environ['PATH']}", **more}
    return subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


# --- hooks -----------------------------------------------------------------------------------


def test_a_hook_takes_the_files_of_a_pathway_and_no_others() -> None:
    names = [*SINGLE_FILES, *(f"{folder}/a.yaml" for folder in FOLDERS)]
    others = ["README.md", "mypathway.yaml", "options/a.yml", "a/b/c.yaml", "cases/a/b.yaml"]
    for hook in HOOKS:
        for name in names:
            assert re.search(hook["files"], name)
            assert re.search(hook["files"], f"pathways/mine/{name}")
        assert not [name for name in others if re.search(hook["files"], name)]


def test_a_hook_is_given_files_and_checks_their_pathway_once(repository: Path) -> None:
    entry = next(hook["entry"] for hook in HOOKS if hook["id"] == "mdt-wizard-check")
    files = "pathways/park/options/prune.yaml pathways/park/pathway.yaml"
    clean = ended(f"{entry} {files}", repository)
    assert clean.returncode == 0
    assert clean.stderr.count("pathway read: pathways/park (") == 1
    assert clean.stdout.endswith(" cases: nothing wrong\n")
    edited(repository / "pathways/park/options/prune.yaml", "option: prune", "option: prine")
    wrong = ended(f"{entry} {files}", repository)
    assert wrong.returncode == 3
    told = r"^pathways/park/options/prune\.yaml:1:9: .*\[E-FIL-07\]$"
    assert re.search(told, wrong.stdout, re.MULTILINE)
    nowhere = ended(f"{entry} .git/config", repository)
    assert nowhere.returncode == 2
    assert nowhere.stderr == "mdt-wizard: .git/config is not in the folder of a pathway\n"


def test_the_other_hook_lays_out_what_it_is_given(repository: Path) -> None:
    entry = next(hook["entry"] for hook in HOOKS if hook["id"] == "mdt-wizard-fmt")
    ended(f"{entry} pathways/park/alerts.yaml", repository)
    assert ended(f"{entry} --check pathways/park/alerts.yaml", repository).returncode == 0


def test_the_page_names_the_hooks_that_there_are() -> None:
    named = re.findall(r"- id: (mdt-wizard-\w+)", PAGE)
    assert named == [hook["id"] for hook in HOOKS]


# --- the recipe ------------------------------------------------------------------------------


def steps() -> list[dict[str, Any]]:
    """The steps that run a command; the program is installed already."""
    every = RECIPE["jobs"]["review"]["steps"]
    return [step for step in every if "run" in step and "pip install" not in step["run"]]


def reviewed(repository: Path, folder: Path) -> tuple[list[int], str, str]:
    """The exit codes of the recipe's steps, the summary that they write, what `gh` was told."""
    base = git(repository, "rev-parse", "HEAD").strip()
    folder.mkdir()
    (folder / "gh").write_text(GH)
    (folder / "gh").chmod(0o755)
    summary, log = folder / "summary.md", folder / "gh.log"
    more = {
        "PATHWAY": "pathways/park",
        "BASE": base,
        "GITHUB_STEP_SUMMARY": str(summary),
        "GH_LOG": str(log),
        "NUMBER": "7",
    }
    git(repository, "commit", "-qam", "Change", "--allow-empty")
    codes = [
        ended(step["run"], repository, PATH=str(folder), **more).returncode for step in steps()
    ]
    return codes, summary.read_text("utf-8"), log.read_text("utf-8")


def test_the_recipe_posts_what_a_change_means(repository: Path, tmp_path: Path) -> None:
    file = repository / "pathways/park/factors.yaml"
    text = file.read_text("utf-8")
    help_line = next(line for line in text.splitlines() if line.startswith("  help: "))
    edited(file, help_line, f"{help_line.rstrip('.')}, once more.")
    codes, summary, told = reviewed(repository, tmp_path / "runner")
    assert codes == [0, 0, 0, 0]
    assert summary.startswith("# ")
    assert "once more" in summary
    assert told == "pr comment 7 --edit-last --create-if-none --body-file comment.md\n"
    assert (repository / "comment.md").read_text("utf-8") == summary


def test_the_recipe_posts_though_a_pathway_does_not_check(repository: Path, tmp_path: Path) -> None:
    edited(repository / "pathways/park/pathway.yaml", "format: 2", "format: 3")
    base = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "commit", "-qam", "Break")
    check = ended(steps()[0]["run"], repository, PATHWAY="pathways/park", BASE=base)
    assert check.returncode == 3
    assert "\n::error file=pathways/park/pathway.yaml,line=1," in check.stdout


def test_a_change_of_results_is_posted_and_its_cases_fail(repository: Path, tmp_path: Path) -> None:
    edited(repository / "pathways/park/options/board.yaml", "when: always", "when: {kind: oak}")
    codes, summary, told = reviewed(repository, tmp_path / "runner")
    assert codes == [0, 5, 0, 0]
    assert "every_tree" in summary
    assert told.startswith("pr comment 7 ")


def test_the_page_names_the_file_of_the_recipe() -> None:
    assert ".github/workflows/pathways.yml" in PAGE
