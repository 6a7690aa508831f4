"""The README: every command in it does what it says there."""

import re
import shutil
from pathlib import Path

import pytest

from tests.documents.console import Command, blocks, printed_as_said, run
from tests.program import ROOT
from wizard.screen.case.keys import KEYS

PAGE = (ROOT / "README.md").read_text()
BLOCKS = blocks(PAGE)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the commands read, in which they may write."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "pathways", folder / "pathways")
    # The hazards name tests of the code, which are looked up beside the pathways.
    shutil.copy(ROOT / "pyproject.toml", folder)
    unread = shutil.ignore_patterns("__pycache__", "snapshots")
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=unread)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("commands", BLOCKS, ids=lambda block: f"line-{block[0].line}")
def test_commands_print_what_the_page_says(
    commands: list[Command], checkout: Path, tmp_path: Path
) -> None:
    for each in commands:
        printed = run(each.command, checkout, tmp_path)
        assert printed_as_said(each.printed, printed), f"README.md:{each.line}\n{printed}"


def test_the_page_shows_every_kind_of_use() -> None:
    commands = " ".join(each.command for block in BLOCKS for each in block)
    for use in ("assess", "explain", "practise", "cohort", "export sql", "check", "test", "diff"):
        assert f"mdt-wizard {use}" in commands


def test_the_page_names_every_key_of_the_screen() -> None:
    named = set(re.findall(r"`([^`\s]+)`", PAGE))
    wanted = {key.display for key in KEYS} - {"shift+tab"}
    assert not wanted - named


def test_pictures_and_pages_that_it_links_exist() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert targets
    for target in targets:
        assert (ROOT / target).exists(), target
