"""The maintainers' tutorial of the format page, followed from its first line to its last."""

import re
import shutil
from pathlib import Path

import pytest

from tests.documents.console import FENCE, Command, blocks, printed_as_said, run
from tests.program import ROOT

PAGE = (ROOT / "pathways" / "README.md").read_text("utf-8")
EDIT = re.compile(r"^(ADD TO|NEW FILE): (\S+)\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(mdt-wizard [^`]+)`")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "tests" / "pathway" / "small", folder / "tests" / "pathway" / "small")
    return folder


Step = tuple[int, re.Match[str] | list[Command]]
"""Where a step stands on the page, and the step."""


def steps() -> list[re.Match[str] | list[Command]]:
    """Edits and console blocks in the order of the page."""
    edits: list[Step] = [(match.start(), match) for match in EDIT.finditer(PAGE)]
    consoles: list[Step] = [
        (match.start(), block)
        for match, block in zip(FENCE.finditer(PAGE), blocks(PAGE), strict=True)
    ]
    return [step for _, step in sorted([*edits, *consoles], key=lambda pair: pair[0])]


@pytest.mark.slow
def test_the_tutorial_can_be_followed(checkout: Path, tmp_path: Path) -> None:
    for step in steps():
        if isinstance(step, re.Match):
            path = checkout / step[2]
            before = path.read_text("utf-8") if step[1] == "ADD TO" else ""
            assert path.exists() == (step[1] == "ADD TO")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(before + step[3], "utf-8")
            continue
        for each in step:
            printed = run(each.command, checkout, tmp_path)
            assert printed_as_said(each.printed, printed), f"README.md:{each.line}\n{printed}"


def test_it_leads_past_every_tool_of_a_maintainer() -> None:
    commands = " ".join(each.command for step in steps() if isinstance(step, list) for each in step)
    for part in ("check", "check --deep", "test", "--coverage", "--mutants", "--write", "diff"):
        assert part in commands
    for part in ("mdt-wizard generate", "mdt-wizard sources --documents", "--format markdown"):
        assert part in commands


@pytest.mark.slow
def test_commands_named_in_passing_are_commands(checkout: Path, tmp_path: Path) -> None:
    """Those in the text, with words in capitals for what a person puts there."""
    run(
        "git init -q . && git add . && git -c user.name=A -c user.email=a@b commit -qm one",
        checkout,
        tmp_path,
    )
    run("cp -r tests/pathway/small trees", checkout, tmp_path)
    named = set(INLINE.findall(PAGE))
    assert named
    for command in named:
        filled = command.replace("FOLDER", "elsewhere")
        if command == "mdt-wizard watch":  # it goes on until it is interrupted
            filled = f"timeout --signal=INT 20 {filled}"
        printed = run(f"{filled}; echo exit code $?", checkout, tmp_path)
        assert "usage:" not in printed, f"{command}\n{printed}"
        assert "internal error" not in printed, f"{command}\n{printed}"
