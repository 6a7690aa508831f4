"""`mdt-wizard check`: its formats, what it explains, and exit codes that are the same in each."""

import json
from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited
from tests.program import run
from wizard.completing import completions
from wizard.exits import ExitCode
from wizard.report.kinds import kinds

FORMATS = ("text", "json", "github", "sarif")


@pytest.mark.parametrize("form", FORMATS)
def test_exit_codes_are_the_same_in_each_format(form: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    assert run("check", folder, "--format", form).code == ExitCode.DONE
    edited(folder, "factors.yaml", "  record_only: No leaflet uses the year.\n", "")
    assert run("check", folder, "--format", form).code == ExitCode.DONE
    edited(folder, "options/prune.yaml", "  kind: {pine: [LFT-04]}", "  kind: {birch: [LFT-04]}")
    assert run("check", folder, "--deep", "--format", form).code == ExitCode.DONE
    assert run("check", folder, "--strict", "--format", form).code == ExitCode.FOUND
    edited(folder, "options/watch.yaml", "label: Watch", "lable: Watch")
    assert run("check", folder, "--format", form).code == ExitCode.BAD_PATHWAY


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_that_is_not_there_is_a_finding_too(form: str, tmp_path: Path) -> None:
    ended = run("check", "nowhere", "--format", form, folder=tmp_path)
    assert ended.code == ExitCode.BAD_PATHWAY
    assert "E-FIL-01" in ended.out
    assert "nowhere" in ended.out
    assert str(tmp_path / "nowhere" / "nowhere") not in ended.out
    if form in ("json", "sarif"):
        json.loads(ended.out)


def test_several_folders_are_one_answer(tmp_path: Path) -> None:
    one, other = copied(tmp_path / "one"), copied(tmp_path / "other")
    edited(other, "options/watch.yaml", "label: Watch", "lable: Watch")
    data = json.loads(run("check", one, other, "--format", "json").out)
    assert data["schema"] == 1
    assert [len(each["findings"]) for each in data["pathways"]] == [0, 1]
    assert [each["folder"] for each in data["pathways"]] == [str(one), str(other)]
    sarif = json.loads(run("check", one, other, "--format", "sarif").out)
    assert [each["ruleId"] for each in sarif["runs"][0]["results"]] == ["E-KEY-01"]


def test_a_file_stands_for_its_pathway_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    ended = run("check", folder / "options/watch.yaml", folder / "alerts.yaml", folder)
    assert ended.code == ExitCode.DONE
    assert len(ended.out.splitlines()) == 1
    (tmp_path / "notes.yaml").write_text("a: b\n")
    stray = run("check", tmp_path / "notes.yaml")
    assert stray.code == ExitCode.WRONG_USAGE
    assert stray.err == f"mdt-wizard: {tmp_path / 'notes.yaml'} is not in the folder of a pathway\n"


def test_a_code_is_explained(tmp_path: Path) -> None:
    ended = run("check", "--explain", "E-REF-02", folder=tmp_path)
    assert ended.code == ExitCode.DONE
    assert ended.read == ended.err == ""
    assert ended.out.splitlines() == [
        "E-REF-02 (error): A factor has no such value, member or group",
        "",
        "Such a branch or condition would never hold. `not_done` is an answer only where the",
        "factor has it.",
        "",
        "wrong, in options/watch.yaml:",
        "  when: {growth: slowly, damage: none}",
        "right:",
        "  when: {growth: slow, damage: none}",
    ]


def test_an_unknown_code_is_one_line(tmp_path: Path) -> None:
    ended = run("check", "--explain", "E-REF-2", folder=tmp_path)
    assert (ended.code, ended.out) == (ExitCode.WRONG_USAGE, "")
    assert ended.err == (
        'mdt-wizard: there is no kind of finding "E-REF-2"; did you mean E-REF-02?\n'
    )


def test_codes_are_completed() -> None:
    assert completions(["check", "--explain", "E-HAZ-"]) == ["E-HAZ-01", "E-HAZ-02"]
    assert completions(["check", "--explain", ""]) == sorted(kinds())
