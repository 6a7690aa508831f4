"""Which pathway a command reads, from a checkout and from an installed copy, and what it says."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.program import ROOT, Ended, run, told_first
from tests.small import SMALL, small
from wizard.exits import ExitCode

CASE = "answers: {tumour_type: net}\n"
MAINTAINERS = ["check", "test", "generate new", "sources --documents .", "diff HEAD HEAD"]
ABOUT_A_CASE = [
    *("assess -", "explain -", "explain - surgery", "what-if -", "compare - CASE", "--plain"),
    *("practise --plain --seed 1 --tasks 1", "practise --progress"),
]


class Installed:
    """The program as a wheel lays it out, with its shipped pathway inside the package."""

    def __init__(self, home: Path) -> None:
        self.package = home / "wizard"
        shutil.copytree(
            ROOT / "wizard", self.package, ignore=shutil.ignore_patterns("__pycache__", "shipped")
        )
        shutil.copytree(ROOT / "pathways", self.package / "shipped")
        self.shipped = self.package / "shipped" / "neuroendocrine"
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(home),
            "PYTHONIOENCODING": "utf-8",
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CACHE_HOME": str(home / "cache"),
        }

    def run(self, command: str, folder: Path) -> Ended:
        ended = subprocess.run(
            [sys.executable, "-m", "wizard", *command.split()],
            input=CASE,
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env=self.environment,
        )
        read, told = told_first(ended.stderr)
        return Ended(ended.returncode, ended.stdout, told, read)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of the shipped pathway, committed and then broken by one letter."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "pathways", folder / "pathways")
    (folder / "CASE").write_text(CASE)
    identity = ["-c", "user.name=A", "-c", "user.email=a@b"]
    for words in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "one"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    option = folder / "pathways" / "neuroendocrine" / "options" / "surgery.yaml"
    option.write_text(option.read_text().replace("statements:", "statement:", 1))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("command", MAINTAINERS)
@pytest.mark.parametrize("place", [".", "pathways", "pathways/neuroendocrine/options"])
def test_maintainers_read_the_files_before_them(
    command: str, place: str, installed: Installed, checkout: Path
) -> None:
    ended = installed.run(command, checkout / place)
    assert ended.read.count("\n") == (2 if command.startswith("diff") else 1)
    assert "(not the shipped copy)" in ended.read
    if command.startswith("diff"):
        # What is compared was committed before the letter was lost.
        assert ended.code == 0
        assert "neuroendocrine as of HEAD (not the shipped copy)" in ended.read
    else:
        assert ended.code == 3
        assert "surgery.yaml:27:1: " in ended.out + ended.err
        assert "did you mean statements?" in ended.out + ended.err
    assert not (checkout / place / "new").exists()


@pytest.mark.parametrize("command", ["check", "sources --documents ."])
def test_away_from_a_checkout_they_read_the_shipped_copy(
    command: str, installed: Installed, tmp_path: Path
) -> None:
    ended = installed.run(command, tmp_path)
    assert ended.read == f"mdt-wizard: pathway read: {installed.shipped} (the shipped copy)\n"
    assert ended.code == (0 if command == "check" else 5)


@pytest.mark.slow
@pytest.mark.parametrize("command", ABOUT_A_CASE)
def test_a_case_is_read_by_the_shipped_copy_and_the_other_is_named(
    command: str, installed: Installed, checkout: Path
) -> None:
    ended = installed.run(command, checkout)
    assert ended.read == (
        f"mdt-wizard: pathway read: {installed.shipped} (the shipped copy)\n"
        "mdt-wizard: pathway not read: pathways/neuroendocrine; to read it, add --pathway "
        "pathways/neuroendocrine\n"
    )
    assert ended.code in {0, 5}
    assert ended.err == ""
    named = installed.run(f"{command} --pathway pathways/neuroendocrine", checkout)
    assert named.code == 3
    assert named.read == (
        "mdt-wizard: pathway read: pathways/neuroendocrine (not the shipped copy)\n"
    )
    assert named.out == ""
    assert "options/surgery.yaml:" in named.err


def test_the_full_screen_says_what_it_passes_over(installed: Installed, checkout: Path) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "wizard"],
        cwd=str(checkout),
        env={**installed.environment, "TERM": "xterm"},
        encoding="utf-8",
        timeout=60,
    )
    child.expect("mdt-wizard: pathway not read: pathways/neuroendocrine; to read it, add --pathway")
    child.terminate(force=True)


def test_in_the_checkout_that_is_run_its_pathway_is_the_shipped_one() -> None:
    for command in (["check"], ["assess", "-"]):
        ended = run(*command, given=CASE, folder=ROOT)
        assert ended.read == (
            "mdt-wizard: pathway read: pathways/neuroendocrine (the shipped copy)\n"
        )


def test_several_have_to_be_named_by_maintainers_alone(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(SMALL, tmp_path / "pathways" / name)
    for command in MAINTAINERS:
        ended = run(*command.split(), folder=tmp_path)
        assert (ended.code, ended.out, ended.read) == (2, "", "")
        assert ended.err == (
            "mdt-wizard: there are several pathways here: pathways/one, pathways/two; name one "
            "by --pathway\n"
        )
    case = run("assess", "-", given=CASE, folder=tmp_path)
    assert case.code == 0
    assert case.read.endswith(
        "mdt-wizard: pathways not read: pathways/one, pathways/two; to read one, add --pathway "
        "FOLDER\n"
    )
    assert run("check", "--pathway", "pathways/two", folder=tmp_path).code == 0
    assert run("check", "pathways/two", "--pathway", "park_trees", folder=tmp_path).code == 2


def test_pathways_lists_what_is_found(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(SMALL, tmp_path / "pathways" / "trees")
    broken = data / "mdt-wizard" / "pathways" / "broken"
    shutil.copytree(SMALL, broken)
    (broken / "shared.yaml").unlink()
    here = {"XDG_DATA_HOME": str(data)}
    ended = run("pathways", folder=tmp_path, environment=here)
    assert (ended.code, ended.err, ended.read) == (0, "", "")
    assert ended.out.splitlines()[2:] == [
        "park_trees 2026.11: Care of a tree in a park, four options. No clinician has reviewed "
        "this pathway.",
        f"  pathways/trees (in the working folder or above it), digest {small().pathway.digest}",
        "does not check: one mistake, told by `mdt-wizard check FOLDER`",
        f"  {broken.relative_to(tmp_path)} (in the user's data folder)",
    ]
    found = json.loads(run("pathways", "--format", "json", folder=tmp_path, environment=here).out)
    assert [each["place"] for each in found["pathways"]] == ["shipped", "here", "user"]
    assert [each["mistakes"] for each in found["pathways"]] == [0, 0, 1]
    assert found["pathways"][1]["options"] == 4


@pytest.mark.parametrize(
    "command",
    [
        *("schema --write", "fmt", "rename option surgery operation", "test --accept-all --yes"),
        *("table import rows.csv --option surgery --yes", "test --mutants --write"),
    ],
)
def test_the_shipped_copy_is_not_written_to(
    command: str, installed: Installed, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in installed.shipped.rglob("*") if path.is_file()}
    ended = installed.run(command, tmp_path)
    assert ended.code == ExitCode.WRONG_USAGE
    assert "the one that came with the tool is not written to" in ended.err
    after = {path: path.read_bytes() for path in installed.shipped.rglob("*") if path.is_file()}
    assert after == before
