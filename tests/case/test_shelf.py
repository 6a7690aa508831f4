"""Saved cases as lists tell of them, found by name, with other titles, and deleted."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.small import small
from wizard.case.answers import NO_ANSWERS
from wizard.case.files import read_case
from wizard.case.keeping import CaseFile
from wizard.case.log import Did, broken_at, entry_line
from wizard.case.recent import recent_files, remember
from wizard.case.shelf import (
    NotChangedError,
    ShelfCase,
    case_called,
    delete,
    retitle,
    shelf_case,
    shelf_paths,
)
from wizard.case.steps import Stand, begun, title_in
from wizard.exits import WrongUsageError
from wizard.pathway.problems import quoted

AT = datetime(2026, 11, 27, 15, 41, tzinfo=UTC)
SAVED = """\
# mine
pathway: park_trees
version: "1"
title: "Oak"  # of the gate
answers:
  kind: oak  # seen
"""


@pytest.fixture(autouse=True)
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of saved cases."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "data" / "mdt-wizard" / "cases"
    folder.mkdir(parents=True)
    return folder


def written(path: Path, content: str, minute: int = 0) -> Path:
    path.write_text(content, encoding="utf-8", newline="")
    os.utime(path, (AT.timestamp() + 60 * minute,) * 2)
    return path


def test_saved_and_recent_ones_are_listed_once_the_last_written_first(
    tmp_path: Path, cases: Path
) -> None:
    own = written(cases / "own.yaml", SAVED, 1)
    other = written(tmp_path / "other.yaml", SAVED, 2)
    written(cases / ".draft.yaml", SAVED)
    written(cases / "notes.txt", "")
    for path in (own, other):
        remember(path, AT)
    assert shelf_paths() == (other, own)


def test_a_file_tells_of_its_case_without_a_pathway(cases: Path) -> None:
    path = written(cases / "own.yaml", SAVED)
    assert shelf_case(path) == ShelfCase(path, AT, "Oak", "park_trees", "1", 1)
    bare = written(cases / "bare.yaml", "answers: {}\n")
    assert shelf_case(bare) == ShelfCase(bare, AT)
    assert shelf_case(bare).name == "bare.yaml"
    data = '{"pathway": {"id": "park_trees", "version": "1"}, "answers": {"kind": "oak"}}'
    report = written(cases / "report.json", data)
    assert shelf_case(report) == ShelfCase(report, AT, "", "park_trees", "1", 1)


@pytest.mark.parametrize("content", ["", "[]", "a: 1", "answers: [", "\x00", "- a\n- b\n"])
def test_what_cannot_be_read_is_listed_with_the_reason(cases: Path, content: str) -> None:
    assert shelf_case(written(cases / "odd.yaml", content)).wrong


def test_a_file_that_is_gone_is_told_of(cases: Path) -> None:
    assert shelf_case(cases / "gone.yaml").wrong == "No such file or directory"


def test_a_case_is_called_by_its_number_its_title_or_its_file(cases: Path) -> None:
    paths = [written(cases / f"{name}.yaml", SAVED.replace("Oak", name)) for name in ("Bo", "Cy")]
    known = [shelf_case(path) for path in paths]
    for name in ("2", "cy", "Cy", "Cy.yaml", str(paths[1])):
        assert case_called(name, known) is known[1]
    with pytest.raises(WrongUsageError, match=f"there is no case {quoted('3')}; `mdt-wizard"):
        case_called("3", known)
    with pytest.raises(WrongUsageError, match="did you mean Bo"):
        case_called("Boo", known)
    twice = [known[0], shelf_case(written(cases / "again.yaml", SAVED.replace("Oak", "Bo")))]
    with pytest.raises(WrongUsageError, match=r'several cases are called "Bo": .*again\.yaml'):
        case_called("Bo", twice)


def test_another_title_changes_its_line_and_no_other(cases: Path) -> None:
    path = written(cases / "own.yaml", SAVED)
    retitle(shelf_case(path), 'An "oak"', AT)
    assert path.read_text() == SAVED.replace('"Oak"', '"An \\"oak\\""')
    assert shelf_case(path).title == 'An "oak"'
    assert path.stat().st_mode & 0o777 == 0o600


def test_another_title_leaves_a_case_its_number_in_the_list(cases: Path) -> None:
    older, newer = written(cases / "a.yaml", SAVED, 1), written(cases / "b.yaml", SAVED, 2)
    assert shelf_paths() == (newer, older)
    retitle(shelf_case(older), "Elm", AT)
    assert shelf_paths() == (newer, older)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_case_without_a_title_gets_one_and_its_lines_keep_their_ends(
    cases: Path, mark: str, end: str
) -> None:
    path = written(cases / "own.yaml", f"{mark}pathway: park_trees{end}answers: {{}}{end}")
    retitle(shelf_case(path), "Oak", AT)
    expected = f'{mark}pathway: park_trees{end}title: "Oak"{end}answers: {{}}{end}'
    assert path.read_bytes() == expected.encode()


def test_a_log_says_that_the_title_changed(cases: Path) -> None:
    log = begun(Stand(small().pathway, NO_ANSWERS, None), AT)
    text = f"pathway: park_trees\nanswers: {{}}\nlog:\n  - {entry_line(log[0])}\n"
    path = written(cases / "own.yaml", text)
    retitle(shelf_case(path), "Oak", AT)
    found = read_case(path, small().pathway).log
    assert found[:1] == log
    assert (found[1].did, title_in(found), broken_at(found)) == (Did.TITLED, "Oak", None)


def test_a_file_without_lines_of_its_own_for_the_title_stays(cases: Path) -> None:
    path = written(cases / "own.json", '{"title": "Oak", "answers": {}}')
    with pytest.raises(NotChangedError, match=r"own\.json: the title has no line of its own"):
        retitle(shelf_case(path), "Elm", AT)
    assert path.read_text() == '{"title": "Oak", "answers": {}}'


def test_a_case_that_a_wizard_has_open_stays_as_it_is(cases: Path) -> None:
    path = written(cases / "own.yaml", SAVED)
    opened = CaseFile(path, path.read_bytes())
    with pytest.raises(NotChangedError, match="is open in a wizard"):
        retitle(shelf_case(path), "Elm", AT)
    with pytest.raises(NotChangedError, match="is open in a wizard"):
        delete(shelf_case(path))
    assert path.read_text() == SAVED
    opened.let_go()
    delete(shelf_case(path))
    assert not path.exists()


def test_a_deleted_case_is_gone_and_forgotten(tmp_path: Path) -> None:
    path = written(tmp_path / "other.yaml", SAVED)
    remember(path, AT)
    delete(shelf_case(path))
    assert not path.exists()
    assert recent_files() == ()
    assert list((tmp_path / "state" / "mdt-wizard" / "recent").iterdir()) == []
