"""The hooks before a commit run what is installed, and what the gate runs."""

import re
import shutil
import sys
from pathlib import Path

import yaml

from tests.program import ROOT

HOOKS = [
    hook
    for repository in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    for hook in repository["hooks"]
]


def test_every_hook_is_installed_with_the_tests() -> None:
    assert {hook["language"] for hook in HOOKS} == {"system"}
    beside = str(Path(sys.executable).parent)
    for hook in HOOKS:
        assert shutil.which(hook["entry"].split()[0], path=beside), hook["entry"]


def test_the_gate_runs_each_of_them() -> None:
    gate = (ROOT / ".ci" / "run").read_text()
    for hook in HOOKS:
        command = hook["entry"].replace(" --force-exclude", "")
        assert re.search(rf"^\$bin/{re.escape(command)}\b", gate, re.MULTILINE), command
