"""The journal of a running case: what a crash, a full disk or another program leaves of it."""

import os
import resource
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest

from tests.killing import alone, kills
from tests.program import ROOT
from wizard.case.journal import Journal, Left, Place, any_left, left_cases, read_journal
from wizard.case.log import JSON, Did, Log, appended, entry_line

AT = datetime(2026, 11, 27, 15, 41, 2, tzinfo=UTC)
PLACES = tuple(Place(str(number), tuple(map(str, range(number)))) for number in range(4))


def logs() -> tuple[Log, ...]:
    """A log as it grows."""
    start: dict[str, JSON] = {
        "pathway": "park",
        "version": "1",
        "digest": "d",
        "answers": {},
        "asked": "0",
    }
    grown = [appended((), Did.BEGUN, start, AT)]
    for number in range(3):
        what: dict[str, JSON] = {"set": {f"f{number}": number}, "asked": str(number + 1)}
        grown.append(appended(grown[-1], Did.ANSWERED, what, AT))
    return tuple(grown)


LOGS = logs()


def written(folder: Path, pathway: str = "") -> Journal:
    """A journal that still runs, of the whole log."""
    journal = Journal(folder, pathway)
    for log, place in zip(LOGS, PLACES, strict=True):
        assert journal.keep(log, place) == ""
    return journal


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"))


def the_left(folder: Path) -> Left:
    (left,) = left_cases(folder)
    return left


def test_each_step_is_there_at_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "running"
    journal = Journal(folder, "/pathways/park")
    assert journal.keep((), Place()) == ""
    assert not folder.exists()
    for log, place in zip(LOGS, PLACES, strict=True):
        journal.keep(log, place)
        assert journal.kept
        (path,) = files(folder)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        left = read_journal(path)
        assert left == Left(path, "/pathways/park", log, place, "", path.stat().st_size)
    journal.end(clean=True)
    assert files(folder) == []


def test_what_moves_the_question_alone_is_kept_and_the_same_again_writes_nothing(
    tmp_path: Path,
) -> None:
    journal = written(tmp_path)
    before = files(tmp_path)[0].stat().st_size
    journal.keep(LOGS[-1], PLACES[-1])
    assert files(tmp_path)[0].stat().st_size == before
    journal.keep(LOGS[-1], Place("1", ("0",)))
    journal.end(clean=False)
    assert the_left(tmp_path).place == Place("1", ("0",))


def test_a_case_that_runs_is_not_left_and_one_that_was_let_go_is(tmp_path: Path) -> None:
    journal = written(tmp_path)
    assert not any_left(tmp_path)
    assert left_cases(tmp_path) == ()
    journal.end(clean=False)
    assert any_left(tmp_path)
    assert the_left(tmp_path).log == LOGS[-1]


def test_two_take_one_case_and_one_has_it(tmp_path: Path) -> None:
    written(tmp_path).end(clean=False)
    left = the_left(tmp_path)
    first, second = Journal(tmp_path), Journal(tmp_path)
    assert first.take(left)
    assert not second.take(left)
    first.keep(appended(LOGS[-1], Did.UNDONE, {}, AT), PLACES[0])
    assert len(files(tmp_path)) == 1
    first.end(clean=True)
    assert not second.take(left)
    assert files(tmp_path) == []


def test_another_case_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    journal = written(tmp_path)
    other = appended((), Did.BEGUN, {"pathway": "other"}, AT)
    assert journal.keep(other, Place()) == ""
    journal.end(clean=False)
    assert the_left(tmp_path).log == other


def test_cases_that_were_left_are_listed_the_last_one_first(tmp_path: Path) -> None:
    for day in (3, 5, 4):
        journal = Journal(tmp_path)
        begun = datetime(2026, 11, day, tzinfo=UTC)
        journal.keep(appended((), Did.BEGUN, {"pathway": "park"}, begun), Place())
        journal.end(clean=False)
    assert [left.at.day for left in left_cases(tmp_path)] == [5, 4, 3]


def test_cut_at_any_byte_it_has_each_whole_line_and_goes_on_behind_the_last(
    tmp_path: Path,
) -> None:
    written(tmp_path).end(clean=False)
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        left = read_journal(path)
        entries = sum(b'"hash"' in line for line in whole[:length].split(b"\n")[:-1])
        if left is None:
            assert entries == 0
            continue
        assert left.log == LOGS[-1][:entries]
        half = not whole[:length].endswith(b"\n")
        assert left.dropped == ("its last line was half written" if half else "")
        journal = Journal(tmp_path)
        assert journal.take(left)
        journal.keep(LOGS[-1], PLACES[-1])
        journal.end(clean=False)
        again = read_journal(path)
        assert again is not None
        assert (again.log, again.place, again.dropped) == (LOGS[-1], PLACES[-1], "")


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[" * 100_000,
        b'{"asked": 1, "trail": [], "file": ""}',
        entry_line(LOGS[-1][0]).encode(),
        entry_line(LOGS[-1][1]).replace("f0", "f9").encode(),
    ],
)
def test_from_a_line_on_that_is_not_the_wizards_nothing_is_taken(
    tmp_path: Path, line: bytes
) -> None:
    written(tmp_path).end(clean=False)
    (path,) = files(tmp_path)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[:3], line, *lines[3:]]))
    left = the_left(tmp_path)
    assert left.log == LOGS[0]
    assert left.dropped == "from line 4 on it cannot be read"


@pytest.mark.parametrize(
    "content", ["", "\n", "x\n", '{"journal": 2, "folder": ""}\n', '{"journal": 1}\n', "[]\n{}\n"]
)
def test_what_is_no_journal_is_passed_over_and_stays(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content)
    assert left_cases(tmp_path) == ()
    assert path.read_text() == content


# --- what goes wrong while it is written -----------------------------------------------------


def test_a_folder_that_vanishes_is_made_anew_with_all_of_the_case(tmp_path: Path) -> None:
    folder = tmp_path / "running"
    journal = Journal(folder)
    journal.keep(LOGS[1], PLACES[1])
    shutil.rmtree(folder)
    assert journal.keep(LOGS[2], PLACES[2]) == ""
    journal.end(clean=False)
    left = the_left(folder)
    assert (left.log, left.place) == (LOGS[2], PLACES[2])


@pytest.mark.skipif(os.getuid() == 0, reason="root writes where nobody may")
def test_a_read_only_folder_is_told_once(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    journal = Journal(tmp_path)
    assert "Permission denied" in journal.keep(LOGS[0], PLACES[0])
    assert journal.keep(LOGS[1], PLACES[1]) == ""
    tmp_path.chmod(0o700)
    assert journal.keep(LOGS[2], PLACES[2]) == ""
    journal.end(clean=False)
    assert the_left(tmp_path).log == LOGS[2]


def test_a_file_in_the_way_of_the_folder_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "running").write_text("")
    journal = Journal(tmp_path / "running")
    told = [journal.keep(log, place) for log, place in zip(LOGS, PLACES, strict=True)]
    assert told == ["Kept nowhere in case of a crash: File exists.", "", "", ""]
    assert not journal.kept
    journal.end(clean=False)


FULL = """
import resource, sys
from pathlib import Path
from tests.case.test_journal import LOGS, PLACES
from wizard.case.journal import Journal

journal = Journal(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
told = [journal.keep(log, place) for log, place in zip(LOGS, PLACES, strict=True)]
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
if sys.argv[3] == "room":
    told.append(journal.keep(LOGS[-1], PLACES[-1]))
journal.end(clean=False)
print(len([each for each in told if each]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
@pytest.mark.parametrize("room", [0, 1, 30, 300, 500, 800])
@pytest.mark.parametrize("then", ["room", "none"])
def test_a_full_disk_is_told_once_and_leaves_whole_lines(
    tmp_path: Path, room: int, then: str
) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    ended = subprocess.run(
        [
            sys.executable,
            "-B",
            "-c",
            FULL,
            str(tmp_path),
            str(room),
            then,
        ],  # -B: nothing compiled is cut
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == "1\n"
    if then == "room":
        assert the_left(tmp_path).log == LOGS[-1]
    for left in left_cases(tmp_path):
        assert left.dropped == ""
        assert left.log == LOGS[-1][: len(left.log)]


@pytest.mark.slow
def test_a_kill_at_any_line_leaves_the_steps_before_or_one_more(tmp_path: Path) -> None:
    alone(__name__, "kill_a_writer", str(tmp_path))


def kill_a_writer(place: str) -> None:
    folder = Path(place) / "running"
    seen = set()

    import_module("concurrent.futures.thread")  # else its import is most of the lines

    def write() -> None:
        journal = Journal(folder)
        for log, here in zip(LOGS[1:3], PLACES[1:3], strict=True):
            journal.keep(log, here)

    for _line in kills(write):
        for path in files(folder):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        for left in left_cases(folder):
            assert left.dropped == ""
            assert left.log == LOGS[2][: len(left.log)]
            seen.add(len(left.log))
        shutil.rmtree(folder, ignore_errors=True)
    assert seen == {2, 3}
