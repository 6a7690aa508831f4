"""The file of a saved case: locked, whole or not at all, and never written over unseen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.killing import alone
from tests.small import answers, small
from wizard.case.answers import Answers
from wizard.case.files import Case, read_case
from wizard.case.keeping import (
    CaseFile,
    cases_folder,
    file_name,
    open_case,
    save_as,
    save_titled,
)
from wizard.case.made import made_in, measures_of

PATHWAY = small().pathway


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders, empty."""
    home = tmp_path / "home"
    for kind in ("STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    return home


def case(**given: object) -> Case:
    found: Answers = answers(PATHWAY, given)
    return Case(found, "An oak", made=made_in(PATHWAY), measures=measures_of(PATHWAY, found))


OAK, PINE, BIRCH = case(kind="oak"), case(kind="pine"), case(kind="birch", height="3")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def held(path: Path) -> Answers:
    return read_case(path, PATHWAY).answers


def opened(path: Path) -> CaseFile:
    found = open_case(path, path.read_bytes())
    assert found is not None
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "oak.yaml"
    path.write_text("# by hand\nanswers:\n  kind: oak  # sure\n")
    return path


def test_a_case_is_saved_to_its_own_file_again_and_again(path: Path) -> None:
    file = opened(path)
    for each in (PINE, BIRCH, OAK):
        saved = file.save(each, PATHWAY)
        assert (saved.path, saved.why) == (path, "")
        assert held(path) == each.answers
        assert path.read_text().startswith("# by hand\n")
        assert "# sure\n" in path.read_text()
    assert names(path.parent) == ["oak.yaml"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_second_wizard_is_told_and_keeps_its_work_beside(path: Path) -> None:
    first, second = opened(path), opened(path)
    assert (first.alone, second.alone) == (True, False)
    first.save(PINE, PATHWAY)
    saved = second.save(BIRCH, PATHWAY)
    assert saved.path == path.with_name("oak.2.yaml")
    assert saved.why == "oak.yaml is open in another wizard"
    assert (held(path), held(saved.path)) == (PINE.answers, BIRCH.answers)
    # It goes on with the file beside, which is its own.
    assert second.alone
    assert second.save(OAK, PATHWAY).path == saved.path
    third = opened(path)
    assert third.save(BIRCH, PATHWAY).path == path.with_name("oak.3.yaml")


def test_a_lock_that_was_let_go_leaves_the_file_to_the_next(path: Path, home: Path) -> None:
    first, second = opened(path), opened(path)
    first.let_go()
    saved = second.save(PINE, PATHWAY)
    assert (saved.path, saved.why, second.alone) == (path, "", True)
    second.let_go()
    assert names(home / "state" / "mdt-wizard" / "locks") == []


def test_two_processes_have_one_file_and_a_kill_lets_it_go(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from wizard.case.keeping import open_case\n"
        "path = Path(sys.argv[1])\n"
        "file = open_case(path, path.read_bytes())\n"
        "print(file.alone, flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        file = opened(path)
        assert not file.alone
        other.kill()
        other.wait()
        assert file.save(PINE, PATHWAY).path == path
    assert held(path) == PINE.answers


@pytest.mark.parametrize("text", ["answers: {kind: birch}\n", "answers: [\n", "", "\udcff"])
def test_what_an_editor_wrote_meanwhile_stays(path: Path, text: str) -> None:
    file = opened(path)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    saved = file.save(PINE, PATHWAY)
    assert saved.why == "oak.yaml was changed meanwhile by another program"
    assert path.read_bytes() == text.encode("utf-8", "surrogateescape")
    assert held(path.with_name("oak.2.yaml")) == PINE.answers
    assert "# sure" in path.with_name("oak.2.yaml").read_text()


def test_a_change_in_the_last_moment_is_seen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, write = opened(path), os.fsync

    def meanwhile(descriptor: int) -> None:
        write(descriptor)
        if "draft" in str(Path(f"/proc/self/fd/{descriptor}").readlink()):
            path.write_text("answers: {kind: birch}\n")

    monkeypatch.setattr(os, "fsync", meanwhile)
    saved = file.save(PINE, PATHWAY)
    assert path.read_text() == "answers: {kind: birch}\n"
    assert held(saved.path) == PINE.answers
    assert names(path.parent) == ["oak.2.yaml", "oak.yaml"]


def test_a_file_that_vanished_is_written_anew_and_a_folder_is_not_made(path: Path) -> None:
    file = opened(path)
    path.unlink()
    assert file.save(PINE, PATHWAY).path == path
    assert "# sure" in path.read_text()
    folder = path.parent / "gone"
    folder.mkdir()
    there = save_as(folder / "a.yaml", OAK, PATHWAY)
    (folder / "a.yaml").unlink()
    folder.rmdir()
    with pytest.raises(FileNotFoundError):
        there.save(PINE, PATHWAY)
    assert not folder.exists()


def test_a_folder_that_takes_no_file_keeps_what_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, before, opens = opened(path), path.read_bytes(), os.open

    def refuse(name: str, flags: int, *rest: int) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied", str(name))
        return opens(name, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(PermissionError) as caught:
        file.save(PINE, PATHWAY)
    assert caught.value.filename == str(path)
    assert path.read_bytes() == before
    monkeypatch.undo()
    assert file.save(PINE, PATHWAY).why == ""


def test_a_disk_without_room_keeps_what_was(path: Path) -> None:
    before = path.read_bytes()
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from tests.case.test_keeping import BIRCH, PATHWAY, opened\n"
        "file = opened(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "file.save(BIRCH, PATHWAY)\n"
    )
    # -B: Python would keep what it compiles by the limit, cut off in the middle.
    ended = subprocess.run(
        [sys.executable, "-B", "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert "File too large" in ended.stderr.splitlines()[-1]
    assert path.read_bytes() == before
    assert names(path.parent) == ["oak.yaml"]


def test_without_a_place_for_locks_the_content_alone_tells(path: Path, home: Path) -> None:
    home.mkdir()
    (home / "state").write_text("a file")
    first, second = opened(path), opened(path)
    assert first.alone
    assert second.alone
    first.save(PINE, PATHWAY)
    assert second.save(BIRCH, PATHWAY).path == path.with_name("oak.2.yaml")


def test_a_link_stays_one(path: Path) -> None:
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    file = opened(link)
    assert not opened(path).alone
    assert file.save(PINE, PATHWAY).path == path
    assert link.is_symlink()


def test_what_has_no_lines_or_is_json_is_not_taken_for_a_file_to_save_to(tmp_path: Path) -> None:
    for text in ('{"answers": {}}', "\n {answers: {}}", "\ufeff{}"):
        assert open_case(tmp_path / "x.yaml", text.encode()) is None
    assert open_case(tmp_path / "x.json", b"answers: {}") is None


def test_a_title_makes_a_name_that_is_free(home: Path) -> None:
    folder = home / "data" / "mdt-wizard" / "cases"
    assert cases_folder() == folder
    places = [save_titled("An oak, by the gate!", each, PATHWAY).path for each in (OAK, PINE)]
    assert places == [folder / "an-oak-by-the-gate.yaml", folder / "an-oak-by-the-gate.2.yaml"]
    assert [held(place) for place in places] == [OAK.answers, PINE.answers]
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("...", "case"),
        ("Größe > 20 mm", "größe-20-mm"),
        ("🌲 \u202e x", "x"),
        ("a" * 400, "a" * 120),
        ("é" * 100, "é" * 60),
        ("CON:", "con-case"),
    ],
)
def test_no_title_leaves_the_folder(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_name_that_is_taken_is_not_written_over_unasked(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        save_as(path, PINE, PATHWAY)
    assert path.read_bytes() == before
    save_as(path, PINE, PATHWAY, replacing=True)
    assert held(path) == PINE.answers


@pytest.mark.slow
@pytest.mark.parametrize("how", ["in place", "beside", "as new"])
def test_a_kill_at_any_line_of_a_save_loses_nothing(tmp_path: Path, how: str) -> None:
    alone("tests.case.killed_saves", "kill_a_save", str(tmp_path), how)
