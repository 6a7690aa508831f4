"""What a shell completes: the words themselves, and real shells that ask for them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import SMALL
from tests.program import ROOT, run
from wizard import commands
from wizard.completing import CASES, FILES, FOLDERS, completions
from wizard.pathway.load import load_pathway

OPTIONS = sorted(load_pathway().options)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ([""], [CASES, *commands.names()]),
        (["ex"], [CASES, "explain", "export"]),
        (["--pl"], ["--plain"]),
        (["--theme", "mdt-"], ["mdt-dark", "mdt-light"]),
        (["--plain", ""], [CASES, *commands.names()]),
        (["explain", ""], [CASES]),
        (["explain", "--format", "json", ""], [CASES]),
        (["explain", "case.yaml", ""], OPTIONS),
        (["explain", "case.yaml", "surg"], ["surgery"]),
        (["explain", "case.yaml", "surgery", ""], []),
        (["explain", "case.yaml", "--for"], ["--format"]),
        (["assess", "--format", ""], ["fhir", "html", "json", "markdown", "text"]),
        (["assess", "--format=j"], ["--format=json"]),
        (["assess", "--format", "=", "j"], ["json"]),
        (["assess", "--format", "="], ["fhir", "html", "json", "markdown", "text"]),
        (["assess", "--today", ""], []),
        (["what-if", "case.yaml", "ext"], ["extent"]),
        (["explain", "--pathway", str(SMALL), "c.yaml", "pr"], ["prune"]),
        (["explain", f"--pathway={SMALL}", "c.yaml", "pr"], ["prune"]),
        (["explain", "--pathway", "no-such", "c.yaml", ""], []),
        (["assess", "--pathway", "neuro"], [FOLDERS, "neuroendocrine"]),
        (["check", "one", "other", ""], [FILES]),
        (["diff", "old", ""], [FOLDERS]),
        (["completion", ""], ["bash", "fish", "zsh"]),
    ],
)
def test_words_that_may_follow(line: list[str], words: list[str]) -> None:
    assert completions(line) == words


def shell(*command: str, folder: Path, script: str) -> list[str]:
    """What a shell prints that runs a script, with the program on its path."""
    beside = folder / "bin" / "mdt-wizard"
    beside.parent.mkdir()
    beside.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m wizard "$@"\n')
    beside.chmod(0o700)
    environment: Mapping[str, str] = {
        **os.environ,
        "PATH": f"{beside.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    ended = subprocess.run(
        [*command, script],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment,
        timeout=60,
    )
    assert ended.stderr == ""
    return ended.stdout.splitlines()


def missing(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed here")


BASH = """\
eval "$(mdt-wizard completion bash)"
complete -p mdt-wizard > /dev/null
COMP_WORDS=(mdt-wizard {words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_mdt_wizard 2> /dev/null
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@missing("bash")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("explain case.yaml surg", ["surgery"]),
        ("assess --", ["--batch", "--columns", "--format", "--help", "--pathway", "--today"]),
        ("assess --format = j", ["json"]),
        ("assess ''", ["a case.yaml", "b.json", "folder"]),
        ("check fol", ["folder"]),
        ("diff old ''", ["folder"]),
        ("asse", ["assess"]),
    ],
)
def test_bash_completes(words: str, found: list[str], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("a case.yaml", "b.json", "c.txt"):
        (tmp_path / name).touch()
    replies = shell("bash", "-c", folder=tmp_path, script=BASH.format(words=words))
    assert sorted(set(replies) - {"bin"}) == found


@missing("zsh")
def test_zsh_reads_its_script(tmp_path: Path) -> None:
    read = 'autoload -U compinit; compinit -u -D; eval "$(mdt-wizard completion zsh)"; '
    script = read + "echo $_comps[mdt-wizard]"
    assert shell("zsh", "-fc", folder=tmp_path, script=script) == ["_mdt_wizard"]


@missing("fish")
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("explain case.yaml surg", ["surgery"]),
        ("assess --f", ["--format"]),
        ("assess ", ["a.yaml", "bin/"]),
    ],
)
def test_fish_completes(line: str, found: list[str], tmp_path: Path) -> None:
    for name in ("a.yaml", "c.txt"):
        (tmp_path / name).touch()
    script = f"mdt-wizard completion fish | source; complete -C 'mdt-wizard {line}'"
    replies = shell("fish", "-c", folder=tmp_path, script=script)
    assert [each.partition("\t")[0] for each in replies] == found


def test_a_shell_that_is_not_known_is_told_those_that_are() -> None:
    said = run("completion", "tcsh")
    assert said.code == 2
    assert "choose from" in said.err
