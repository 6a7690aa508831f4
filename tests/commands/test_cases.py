"""`mdt-wizard cases`: saved cases listed, shown, renamed, deleted."""

import json
import os
from pathlib import Path

import pytest

from tests.program import Ended, run
from wizard.exits import ExitCode

CASE = """\
pathway: neuroendocrine
version: "2026.1"
title: "{title}"
answers:
  tumour_type: net
  site: pancreas
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """The folder of saved cases, with two in it."""
    folder = tmp_path / "data" / "mdt-wizard" / "cases"
    folder.mkdir(parents=True)
    for day, title in enumerate(("Before the scan", "After it"), 1):
        path = folder / f"{title.lower().replace(' ', '-')}.yaml"
        path.write_text(CASE.format(title=title))
        os.utime(path, (1_795_000_000 + 86_400 * day,) * 2)
    return folder


def told(folder: Path, *arguments: str, given: str = "") -> Ended:
    place = folder.parents[2]
    homes = {"XDG_DATA_HOME": str(place / "data"), "XDG_STATE_HOME": str(place / "state")}
    return run("cases", *arguments, given=given, environment=homes)


def test_they_are_listed_the_last_one_first(cases: Path) -> None:
    ended = told(cases)
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    lines = ended.out.splitlines()
    assert [lines[0], lines[3]] == ["  1  After it", "  2  Before the scan"]
    assert lines[1].endswith("   two answers   neuroendocrine 2026.1")
    assert lines[2] == f"     {cases}/after-it.yaml"
    assert told(cases, "list").out == ended.out


def test_the_list_is_data_too(cases: Path) -> None:
    data = json.loads(told(cases, "list", "--format", "json").out)
    assert data["schema"] == 1
    assert [each["title"] for each in data["cases"]] == ["After it", "Before the scan"]
    assert data["cases"][0]["file"] == str(cases / "after-it.yaml")


def test_without_any_it_says_how_to_save_one(tmp_path: Path) -> None:
    ended = told(tmp_path / "data" / "mdt-wizard" / "cases")
    assert ended.code is ExitCode.DONE
    assert ended.out == "No case is saved: s on the screen saves the one that runs.\n"


def test_one_is_shown_in_words(cases: Path) -> None:
    ended = told(cases, "show", "before the scan")
    assert ended.code is ExitCode.DONE
    assert ended.out.startswith("Before the scan\n")
    assert ended.out.endswith("\n\n  Tumour type: NET\n  Site: Pancreas\n")


def test_one_of_a_pathway_that_is_not_here_is_not_shown(cases: Path) -> None:
    (cases / "odd.yaml").write_text("pathway: elsewhere\nanswers: {}\n")
    assert told(cases, "show", "odd").code is ExitCode.BAD_PATHWAY
    (cases / "odd.yaml").write_text("pathway: neuroendocrine\nanswers: {site: moon}\n")
    assert told(cases, "show", "odd").code is ExitCode.BAD_CASE


def test_another_title_is_given_and_warned_about(cases: Path) -> None:
    ended = told(cases, "rename", "2", "  At  the start ")
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert ended.out == f"{cases}/before-the-scan.yaml is titled At the start.\n"
    warned = told(cases, "rename", "At the start", "943 476 5919")
    assert warned.code is ExitCode.DONE
    assert "This looks like an NHS number." in warned.err
    for title in ("", "x" * 41):
        assert told(cases, "rename", "1", title).code is ExitCode.WRONG_USAGE


def test_one_is_deleted_only_where_that_is_said(cases: Path) -> None:
    asked = told(cases, "delete", "After it", given="y\n")
    assert asked.code is ExitCode.WRONG_USAGE
    assert "without a terminal to ask, add --yes" in asked.err
    assert (cases / "after-it.yaml").exists()
    ended = told(cases, "delete", "After it", "--yes")
    assert ended.out == f"Deleted: After it ({cases}/after-it.yaml)\n"
    assert not (cases / "after-it.yaml").exists()
    assert told(cases, "delete", "After it", "--yes").code is ExitCode.WRONG_USAGE


@pytest.mark.parametrize(
    "words",
    ["show", "list 1", "rename 1", "delete", "delete 1 2", "list --yes", "show 1 --format json"],
)
def test_what_does_not_belong_together_is_refused(cases: Path, words: str) -> None:
    assert told(cases, *words.split()).code is ExitCode.WRONG_USAGE


@pytest.mark.skipif(os.getuid() == 0, reason="root writes where nobody may")
def test_a_folder_that_is_read_only_is_told_of(cases: Path) -> None:
    cases.chmod(0o500)
    for words in (["rename", "1", "x"], ["delete", "1", "--yes"]):
        ended = told(cases, *words)
        assert ended.code is ExitCode.UNUSABLE_FILE
        assert "Permission denied" in ended.err
    cases.chmod(0o700)
