"""The log: nothing lost by a kill, by two writers, by an older or a foreign file."""

import csv
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.killing import alone, kills
from wizard.practice.log import MIGRATIONS, Log, LogError
from wizard.practice.log_rows import COLUMNS, LoggedTask, write_csv
from wizard.practice.planning import Draw, Wish
from wizard.practice.schedule import Grade, ItemReview
from wizard.practice.tasks import TaskKind
from wizard.practice.unfinished import UnfinishedRound

START = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


def done(number: int, items: int = 2, subject: str | None = "thing") -> LoggedTask:
    at = START + timedelta(seconds=number)
    reviews = (ItemReview(at, f"item/{number}/{place}", "m", Grade.GOOD) for place in range(items))
    return LoggedTask(
        at, "path", "1", "d" * 64, TaskKind.REASON, subject, 1, 2, 1, 0, tuple(reviews)
    )


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "data" / "practice.sqlite3")


def test_what_is_added_is_read_back_oldest_first(log: Log) -> None:
    assert log.tasks() == ()
    added = [done(3), done(1, subject=None), done(2, items=0)]
    for each in added:
        log.keep("path", [each])
    assert log.tasks() == (added[1], added[2], added[0])
    assert log.tasks("path") == log.tasks()
    assert log.tasks("other") == ()


def test_reading_makes_no_file_and_only_the_owner_can_read_one(log: Log) -> None:
    log.tasks()
    assert not log.path.parent.exists()
    log.keep("path", [done(1)])
    assert log.path.stat().st_mode & 0o777 == 0o600
    assert log.path.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in log.path.parent.iterdir()] == [log.path.name]


WRITER = """
import sys
from pathlib import Path
from tests.practice.test_log import done
from wizard.practice.log import Log
log, first, count = Log(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
for number in range(first, first + count):
    log.keep("path", [done(number)])
    print(number, flush=True)
"""


def writer(log: Log, first: int, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(log.path), str(first), str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.mark.slow
def test_two_processes_write_thousands_of_reviews_and_none_is_lost(log: Log) -> None:
    count = 500
    seen: list[int] = []
    ended: list[int | None] = []

    def watch(first: int) -> None:
        """Read what a writer says, and now and then the whole log: never half a task."""
        with writer(log, first, count) as process:
            assert process.stdout is not None
            for said, _line in enumerate(process.stdout):
                if said % 125 == 0:
                    seen.extend(len(task.reviews) for task in log.tasks())
        ended.append(process.returncode)

    watchers = [threading.Thread(target=watch, args=(first,)) for first in (0, 100_000)]
    for watcher in watchers:
        watcher.start()
    for watcher in watchers:
        watcher.join()
    assert ended == [0, 0]
    assert set(seen) == {2}
    expected = {
        done(number).reviews for first in (0, 100_000) for number in range(first, first + count)
    }
    found = log.tasks()
    assert {task.reviews for task in found} == expected
    assert sum(len(task.reviews) for task in found) == 4 * count


def test_a_kill_at_any_moment_loses_at_most_the_review_under_way(log: Log) -> None:
    finished = 0
    for attempt in range(6):
        first = attempt * 1000
        with writer(log, first, 1000) as process:
            assert process.stdout is not None
            told = [int(process.stdout.readline()) for _ in range(3 + attempt)]
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read().split()
        told += [int(number) for number in rest]
        numbers = Counter(int(task.reviews[0].item.split("/")[1]) for task in log.tasks())
        own = sorted(number for number in numbers if first <= number < first + 1000)
        assert own[: len(told)] == told
        assert len(own) - len(told) in (0, 1)
        assert all(len(task.reviews) == 2 for task in log.tasks())
        finished += len(own)
    assert len(log.tasks()) == finished
    with closing(sqlite3.connect(log.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


HELD = """
import os, signal, sys
from pathlib import Path
from tests.practice.test_log import done
from wizard.practice.log import Log
log = Log(Path(sys.argv[1]))
with log._writing() as connection:
    connection.execute("INSERT INTO task VALUES (99, 'x', 'p', '1', 'd', 'reason', '', 1, 0, 0, 0)")
    connection.execute("INSERT INTO review VALUES (99, 'item', 'm', 1)")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_in_the_middle_of_a_review_leaves_the_log_as_it_was(log: Log) -> None:
    log.keep("path", [done(1)])
    before = log.tasks()
    killed = subprocess.run(
        [sys.executable, "-c", HELD, str(log.path)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert log.tasks() == before
    log.keep("path", [done(2)])
    assert len(log.tasks()) == 2


def test_an_older_file_is_brought_up_to_date_and_keeps_its_tasks(log: Log) -> None:
    log.keep("path", [done(1)])
    later = Log(
        log.path,
        (
            *MIGRATIONS,
            "ALTER TABLE task ADD COLUMN seconds REAL; CREATE INDEX kinds ON task (kind)",
        ),
    )
    assert later.tasks() == (done(1),)
    later.keep("path", [done(2)])
    with pytest.raises(LogError, match="newer version"):
        log.tasks()
    with pytest.raises(LogError, match="newer version"):
        log.keep("path", [done(3)])
    assert later.tasks() == (done(1), done(2))


LEFT = UnfinishedRound(
    Draw(Wish(10, TaskKind.REASON), 7, ("a",), ("b", "c")), "0" * 64, (frozenset("x"), None)
)


def test_what_is_left_of_a_round_is_kept_by_pathway_until_it_is_over(log: Log) -> None:
    assert log.unfinished("path") is None
    log.keep("path", [], LEFT)
    log.keep("other", [], replace(LEFT, answers=()))
    assert log.unfinished("path") == LEFT
    assert log.tasks() == ()
    longer = replace(LEFT, answers=(*LEFT.answers, frozenset("yz")))
    log.keep("path", [done(1)], longer)
    assert log.unfinished("path") == longer
    log.keep("path", [done(2)])
    assert log.unfinished("path") is None
    assert log.unfinished("other") == replace(LEFT, answers=())
    assert log.delete()
    assert log.unfinished("other") is None


def test_a_log_of_the_first_version_keeps_its_tasks_and_takes_rounds(log: Log) -> None:
    log.keep("path", [done(1)])
    for change in ("DROP TABLE round", "PRAGMA user_version = 1"):
        spoil(log, change)
    assert len(log.tasks()) == 1
    assert log.unfinished("path") is None
    log.keep("path", [], LEFT)
    assert log.unfinished("path") == LEFT


@pytest.mark.parametrize(
    "value",
    [b"x", "x", "{}", "[]", "null", "[" * 100_000, 3, '{"seed": 1}'],
    ids=["bytes", "text", "empty", "list", "null", "deep", "number", "part"],
)
def test_an_odd_round_is_told_with_the_way_out(log: Log, value: object) -> None:
    log.keep("path", [], LEFT)
    spoil(log, "UPDATE round SET state = ?", value)
    with pytest.raises(LogError, match="the round that was left is not as this tool writes it;"):
        log.unfinished("path")
    assert log.tasks() == ()
    assert log.delete()


def test_a_migration_that_fails_changes_nothing(log: Log) -> None:
    log.keep("path", [done(1)])
    broken = Log(log.path, (*MIGRATIONS, "CREATE TABLE half (id); CREATE TABLE task (id)"))
    with pytest.raises(LogError):
        broken.tasks()
    assert log.tasks() == (done(1),)
    with closing(sqlite3.connect(log.path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (4,)


def test_a_file_of_something_else_is_left_as_it_is(log: Log) -> None:
    log.path.parent.mkdir()
    with closing(sqlite3.connect(log.path)) as connection:
        connection.execute("CREATE TABLE other (id)")
    with pytest.raises(LogError, match="not a practice log"):
        log.keep("path", [done(1)])
    for content in (b"not a database, but long enough to be taken for one" * 40, os.urandom(5000)):
        log.path.write_bytes(content)
        with pytest.raises(LogError):
            log.tasks()
        with pytest.raises(LogError):
            log.keep("path", [done(1)])
        assert log.path.read_bytes() == content


def test_deleting_leaves_nothing_of_what_was_there_and_a_new_log_begins(log: Log) -> None:
    assert not log.delete()
    assert not log.path.parent.exists()
    log.keep("path", [done(1, subject="a telling word")])
    assert b"a telling word" in log.path.read_bytes()
    assert log.delete()
    assert not log.delete()
    assert b"a telling word" not in log.path.read_bytes()
    assert [path.name for path in log.path.parent.iterdir()] == [log.path.name]
    assert log.tasks() == ()
    log.keep("path", [done(2)])
    assert log.tasks() == (done(2),)


def test_deleting_helps_where_the_file_is_damaged(log: Log) -> None:
    for number in range(200):
        log.keep("path", [done(number)])
    whole = log.path.read_bytes()
    for damaged in (whole[:5000], whole[:3000], b"x" * 3000, whole[:4096] + b"\0" * 4096):
        log.path.write_bytes(damaged)
        with pytest.raises(LogError, match="practise --delete"):
            log.tasks()
        assert log.delete()
        assert log.tasks() == ()
        log.keep("path", [done(1)])
        assert log.tasks() == (done(1),)
    with closing(sqlite3.connect(log.path)) as connection:
        connection.execute("ALTER TABLE review DROP COLUMN meaning")
    with pytest.raises(LogError, match=r"no such column: meaning; .*practise --delete"):
        log.tasks()
    assert log.delete()
    log.keep("path", [done(2)])
    assert log.tasks() == (done(2),)


# --- rows and places that cannot be used ------------------------------------------------------

ODD: dict[str, tuple[object, ...]] = {
    "at": (
        *("yesterday", "2026-13-01T00:00:00.000000", "12026-01-01T00:00:00.000000", b"2026", ""),
        *("2026-11-21T08:30:00.000000+05:00", "2026-11-21", 20261121, "0999-01-01T00:00:00.000000"),
    ),
    "kind": ("guess", b"reason", 3, "", "reason\0"),
    "version": (b"1",),
    "subject": (b"\xff",),
    "digest": (b"",),
    "attempts": ("two", 0, 3, 1.5, 2**63 - 1, -1, b"1"),
    "hit": ("many", -1, 2**62, 0.5),
    "missed": ("x",),
    "over_called": (b"\0",),
}
ODD_REVIEW: dict[str, tuple[object, ...]] = {
    "item": (b"item",),
    "meaning": (b"m",),
    "grade": ("good", 0, 4, 2**63 - 1, 1.5, b"3"),
}


SPOILT = {
    "task": "UPDATE task SET {} = ? WHERE id = 2",
    "review": "UPDATE review SET {} = ? WHERE item = 'item/2/0'",
    "missing": "UPDATE task SET {} = NULL",
}


def spoil(log: Log, change: str, *values: object) -> None:
    with closing(sqlite3.connect(log.path, isolation_level=None)) as connection:
        connection.execute(change, values)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        (table, column, value)
        for table, odd in (("task", ODD), ("review", ODD_REVIEW))
        for column, values in odd.items()
        for value in values
    ],
)
def test_an_odd_value_is_told_with_its_file_and_the_way_out(
    log: Log, table: str, column: str, value: object
) -> None:
    log.keep("path", [done(1)])
    log.keep("path", [done(2)])
    spoil(log, SPOILT[table].format(column), value)
    before = log.path.read_bytes()
    with pytest.raises(LogError) as caught:
        log.tasks()
    told = str(caught.value)
    assert told.startswith(f"{log.path}: {column} is ")
    assert "was expected; `mdt-wizard practise --delete` deletes all of it" in told
    assert len(told) < 400
    assert log.path.read_bytes() == before
    assert log.delete()
    assert log.tasks() == ()


@pytest.mark.parametrize("column", ["at", "pathway", "kind", "attempts", "hit"])
def test_a_value_that_is_missing_is_told(log: Log, column: str) -> None:
    log.keep("path", [done(1)])
    with closing(sqlite3.connect(log.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '')")
    spoil(log, SPOILT["missing"].format(column))
    with pytest.raises(LogError, match=f"{column} is None, where"):
        log.tasks()


def test_text_that_is_not_utf8_is_told(log: Log) -> None:
    log.keep("path", [done(1)])
    spoil(log, "UPDATE task SET kind = CAST(x'ff' AS TEXT)")
    with pytest.raises(LogError, match="practise --delete"):
        log.tasks()


def test_a_place_that_cannot_be_written_is_told_and_the_log_stays(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(LogError, match=rf"^{log.path}: (Not a directory|File exists)$"):
        log.keep("path", [done(1)])
    assert log.tasks() == ()
    (tmp_path / "data").unlink()
    log.path.mkdir(parents=True)
    for use in (log.tasks, log.delete, lambda: log.keep("path", [done(1)])):
        with pytest.raises(LogError, match=r"unable to open database file$"):
            use()
    log.path.rmdir()

    def refuse(*_arguments: object, **_named: object) -> int:
        raise PermissionError(13, "Permission denied", "somewhere")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(LogError, match=rf"^{log.path}: Permission denied$"):
        log.keep("path", [done(1)])


READ_ONLY = """
import os, sqlite3, sys
from pathlib import Path
from tests.practice.test_log import done
from wizard.practice.log import Log, LogError
log = Log(Path(sys.argv[1]))
connect = sqlite3.connect
sqlite3.connect = lambda path, **options: connect(f"file:{path}?mode=ro", uri=True, **options)
print(len(log.tasks()))
for use in (lambda: log.keep("path", [done(2)]), log.delete):
    try:
        use()
    except LogError as error:
        print(error)
"""
FULL = """
import resource, sys
from pathlib import Path
from tests.practice.test_log import done
from wizard.practice.log import Log, LogError
log = Log(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    log.keep("path", [done(2, items=2000)])
except LogError as error:
    print(error)
print(len(log.tasks()))
"""


def told_by(code: str, *arguments: object) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-B", "-c", code, *map(str, arguments)],  # -B: nothing compiled is cut
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stderr == ""
    return ended.stdout.splitlines()


def test_a_log_that_can_only_be_read_is_read(log: Log) -> None:
    log.keep("path", [done(1)])
    why = f"{log.path}: attempt to write a readonly database"
    assert told_by(READ_ONLY, log.path) == ["1", why, why]
    assert log.tasks() == (done(1),)


@pytest.mark.slow
def test_a_disk_without_room_loses_nothing_that_was_there(log: Log) -> None:
    for room in (0, 512, 5_000, 20_000):
        told = told_by(FULL, log.path, room)
        assert told[0].startswith(f"{log.path}: ")
        assert "--delete" not in told[0]
        assert told[1:] == ["0"]
    log.keep("path", [done(1)])
    for room in (0, 512, 5_000, 20_000):
        assert told_by(FULL, log.path, room)[1:] == ["1"]
    assert log.tasks() == (done(1),)


@pytest.mark.slow
def test_a_kill_at_any_line_adds_a_whole_task_or_none(log: Log) -> None:
    alone(__name__, "kill_a_writer", str(log.path))


def kill_a_writer(path: str) -> None:
    log = Log(Path(path))
    seen = set()
    for _line in kills(lambda: log.keep("path", [done(1)])):
        found = log.tasks()
        assert found in ((), (done(1),))
        seen.add(found)
        assert log.path.stat().st_mode & 0o777 == 0o600 if log.path.exists() else True
        shutil.rmtree(log.path.parent, ignore_errors=True)
    assert log.tasks() == (done(1),)
    assert len(seen) == 2


def test_a_log_deleted_while_others_write_loses_nothing_written_after(log: Log) -> None:
    with writer(log, 0, 300) as process:
        assert process.stdout is not None
        for _ in range(20):
            process.stdout.readline()
        assert log.delete()
        log.keep("path", [done(5000)])
        told = [int(number) for number in process.stdout.read().split()]
    assert process.returncode == 0
    numbers = {int(task.reviews[0].item.split("/")[1]) for task in log.tasks()}
    assert 5000 in numbers
    # What was told before the deletion may be gone, and one that was under way.
    kept = sorted(numbers - {5000})
    assert kept == list(range(kept[0], 300)) if kept else True
    assert told[-1] == 299


def test_csv_has_a_line_for_each_item_in_utc() -> None:
    text = io.StringIO()
    write_csv([done(1), done(2, items=1, subject=None)], text)
    rows = list(csv.reader(io.StringIO(text.getvalue())))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 4
    assert rows[1][0] == "2026-11-21T08:30:01.000000Z"
    assert rows[3][5] == ""
    assert {len(row) for row in rows} == {len(COLUMNS)}
