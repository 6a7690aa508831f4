"""Every command without what only Unix has."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import ROOT
from tests.small import SMALL

PROGRAM = """\
from tests.windows import take_away

take_away()

import sys
from wizard.__main__ import run

sys.exit(run())
"""
CASE = str(ROOT / "pathways" / "neuroendocrine" / "cases" / "digestive_nec_spread.yaml")


def as_on_windows(
    *arguments: str, folder: Path, given: str = ""
) -> subprocess.CompletedProcess[str]:
    homes = {f"XDG_{name}_HOME": str(folder / name) for name in ("DATA", "CACHE", "STATE")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, **homes, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        *("--help", "--version", f"assess {CASE}", f"explain {CASE} surgery", f"what-if {CASE}"),
        *("check", f"diff {SMALL} {SMALL}", f"test {SMALL}", f"sources --documents {SMALL}"),
        *(f"generate new --pathway {SMALL}", f"compare {CASE} {CASE}"),
        *("cases", "cases list --format json"),
    ],
)
def test_a_command_ends_as_it_does_elsewhere(command: str, tmp_path: Path) -> None:
    for _cached in range(2):
        ended = as_on_windows(*command.split(), folder=tmp_path)
        assert ended.returncode in (0, 5), ended.stderr
        assert "error" not in ended.stderr


def test_the_plain_wizard_writes_a_file(tmp_path: Path) -> None:
    ended = as_on_windows("--plain", folder=tmp_path, given="1\nx case.md\nx case.md\nq\n")
    assert (ended.returncode, ended.stdout.count("Written to case.md")) == (0, 1)
    assert "case.md is there already; nothing was written." in ended.stdout
    assert (tmp_path / "case.md").read_text().startswith("# ")


def test_practice_is_kept_exported_and_deleted(tmp_path: Path) -> None:
    for words in ("--plain --seed 6 --tasks 2", "--progress", "--export log.csv", "--delete"):
        ended = as_on_windows("practise", *words.split(), folder=tmp_path, given="1\ng\n" * 5)
        assert ended.returncode == 0, ended.stderr
    assert len((tmp_path / "log.csv").read_text().splitlines()) > 2
    assert "Not kept" not in ended.stdout


def test_a_case_is_kept_while_it_runs_and_nothing_stays_of_it(tmp_path: Path) -> None:
    ended = as_on_windows("--plain", folder=tmp_path, given="1\n1\nq\n")
    assert (ended.returncode, ended.stderr.count("\n")) == (0, 1)
    assert list((tmp_path / "STATE" / "mdt-wizard" / "running").iterdir()) == []
    assert as_on_windows("--plain", "--resume", folder=tmp_path).returncode == 2
