"""Saving line by line: the title, the file, what is told at the end."""

import os
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from tests.program import run
from tests.small import SMALL, TODAY, at, small
from wizard.case.files import read_case
from wizard.case.keeping import CaseFile
from wizard.case.log import Did, broken_at
from wizard.plain.session import begun
from wizard.plain.start import converse
from wizard.report.moment import Moment

PATHWAY = small().pathway
WHEN = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)


@pytest.fixture(autouse=True)
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where cases are saved by their titles."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "mdt-wizard" / "cases"


def said(*lines: str) -> str:
    """What the wizard writes for these replies, as one line."""
    sink = StringIO()
    converse(begun(at()), WHEN, StringIO("".join(f"{line}\n" for line in lines)), sink)
    return " ".join(sink.getvalue().split())


def test_the_first_save_asks_for_a_title_and_the_next_does_not(cases: Path) -> None:
    text = said("s", "1", "save", "943 476 5919", "At the gate", "*", "s", "q")
    assert "There is no answer yet to save." in text
    assert "an empty line takes “Oak”. No names or numbers of a person." in text
    assert "This looks like an NHS number. Type it again to keep it so" in text
    path = cases / "at-the-gate.yaml"
    assert "Ended. The case is saved in" in text
    case = read_case(path, PATHWAY)
    assert (case.title, set(case.answers)) == ("At the gate", {"kind", "height"})
    assert [each.did for each in case.log][-3:] == [Did.SAVED, Did.ANSWERED, Did.SAVED]
    assert broken_at(case.log) is None
    assert CaseFile(path, b"").alone


def test_what_is_not_saved_is_told_at_the_end(cases: Path) -> None:
    assert "What was done since it was saved is not in" in said("1", "s", "", "*", "q")
    assert (cases / "oak.yaml").is_file()
    assert "Nothing was kept" in said("1", "q")
    assert "Nothing was saved." in said("1", "s")


def test_a_path_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text("mine\n")
    assert "one.yaml is there already; nothing was written." in said("1", "save one.yaml")
    assert "one.yaml cannot be written: No such file" in said("1", "save no/one.yaml")
    said("1", "save two.yaml")
    assert set(read_case(tmp_path / "two.yaml", PATHWAY).answers) == {"kind"}
    assert path.read_text() == "mine\n"


def test_a_case_of_another_version_says_so_first_and_is_saved_in_this_one(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "# by hand\npathway: park_trees\nversion: '2020.01'\nmeasures:\n"
        "  height: {unit: ft, min: 0, max: 200}\nanswers:\n  kind: oak  # sure\n  height: 90\n"
    )
    ended = run("--plain", str(path), "--pathway", str(SMALL), given="30\nsave\nq\n")
    assert ended.code == 0, ended.err
    text = " ".join(ended.out.split())
    assert "Made with park_trees 2020.01; this is park_trees 2026.11." in text
    assert 'height: "90" was given in ft, and is asked in m here' in text
    assert text.index("Made with") < text.index("Question 2")
    kept = path.read_text()
    assert kept.startswith("# by hand\npathway: park_trees\n")
    assert "  kind: oak  # sure\n  height: 30\n" in kept
    assert "height: {unit: m, min: 0, max: 60}" in kept


@pytest.mark.parametrize("command", ["assess", "explain", "what-if"])
def test_no_command_reads_a_number_in_another_unit(command: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("measures:\n  height: {unit: ft}\nanswers:\n  height: 90\n")
    ended = run(command, str(path), "--pathway", str(SMALL))
    assert ended.code == 4
    assert 'height: "90" was given in ft, and is asked in m here' in ended.err
    assert not ended.out


def test_assess_tells_what_became_of_a_case_on_standard_error(tmp_path: Path) -> None:
    said("1", "save case.yaml")
    path = tmp_path / "case.yaml"
    text = path.read_text().replace('"2026.11"', '"2020.01"').replace(PATHWAY.digest, "0" * 64)
    path.write_text(
        text.replace('"options": {"watch": "possible"', '"options": {"watch": "described"')
    )
    ended = run("assess", str(path), "--pathway", str(SMALL), "--format", "json")
    assert ended.code == 0
    assert "made with park_trees 2020.01; this is park_trees 2026.11" in ended.err
    assert "depends on further answers (before: described)" in ended.err
    assert ended.out.startswith("{")
    assert os.fspath(path) in ended.err


def test_an_export_stands_in_the_log_by_its_format_alone(cases: Path) -> None:
    text = said(
        "1", "export a.md", "export b.HTML", "export c.smith", "export a.md", "save", "", "q"
    )
    assert "there already" in text
    assert "Written to a.md, readable" in text
    assert "Written to c.smith as plain text, readable" in text
    (path,) = cases.iterdir()
    log = read_case(path, PATHWAY).log
    exports = [entry.what for entry in log if entry.did is Did.EXPORTED]
    assert exports == [{"format": "md"}, {"format": "html"}, {"format": "txt"}]
    assert broken_at(log) is None
