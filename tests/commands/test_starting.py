"""What the program's first argument does that is not a command."""

from pathlib import Path

import pytest

from tests.commands.test_terminal import ended, spawned
from tests.program import ROOT, run
from wizard.exits import ExitCode

CASE = ROOT / "pathways/neuroendocrine/cases/net_in_the_liver_operability_unknown.yaml"
TAKES_THE_SCREEN = "\x1b[?1049h"


@pytest.mark.parametrize(("typed", "meant"), [("asess", "assess"), ("what_ifs", "what-if")])
def test_a_mistyped_command_is_told_the_one_that_was_meant(typed: str, meant: str) -> None:
    said = run(typed)
    assert said.code == ExitCode.WRONG_USAGE
    assert said.err == f'mdt-wizard: there is no command "{typed}"; did you mean {meant}?\n'


def test_a_word_like_no_command_is_told_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "xyzzy").mkdir()
    said = run("xyzzy", folder=tmp_path)
    assert said.code == ExitCode.WRONG_USAGE
    assert "there are: assess, " in said.err


@pytest.mark.parametrize(
    "words", ["park", "--plain ./park", "book park -o all.html", "sources --documents . park"]
)
def test_a_pathway_that_stands_where_none_is_read_is_told_how_it_is_named(
    words: str, tmp_path: Path
) -> None:
    (tmp_path / "park").mkdir()
    (tmp_path / "park/pathway.yaml").touch()
    said = run(*words.split(), folder=tmp_path)
    assert said.code == ExitCode.WRONG_USAGE
    assert said.err.endswith("is a pathway: write --pathway before it\n")


def test_a_case_goes_on_line_by_line_behind_its_answers(tmp_path: Path) -> None:
    case = tmp_path / "a case"
    case.write_text("answers: {tumour_type: net}\n")
    said = run("--plain", case, given="q\n")
    assert said.code == ExitCode.DONE
    assert "Question 2 of 13" in said.out
    assert "Question 1 of" not in said.out


@pytest.mark.parametrize("how", [["--plain"], []])
def test_a_case_that_does_not_fit_is_told_before_anything_else(
    how: list[str], tmp_path: Path
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("answers: {tumour_type: nett}\n")
    child = spawned(*how, str(case))
    code = ended(child)
    written = child.before or ""
    assert code == ExitCode.BAD_CASE
    assert f'{case}:1:24: tumour_type: "nett" is not a value of it' in written
    assert "did you mean net?" in written
    assert TAKES_THE_SCREEN not in written


def test_a_case_opens_on_the_screen_and_is_not_lost_by_quitting() -> None:
    child = spawned(str(CASE), term="xterm-256color")
    child.expect("Pancreas")
    child.send("q")
    assert ended(child) == ExitCode.DONE
