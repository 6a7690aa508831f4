"""The real command: rounds line by line, in a pipe and on a terminal, and the log's commands."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pexpect
import pytest

from tests import program
from tests.program import ROOT, Ended
from wizard.pathway.load import load_pathway
from wizard.practice.log import Log
from wizard.practice.log_rows import LoggedTask
from wizard.practice.schedule import Grade, ItemReview
from wizard.practice.tasks import TaskKind


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    data = {"XDG_DATA_HOME": str(tmp_path / "data"), "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    return {**os.environ, **data, "SOURCE_DATE_EPOCH": "1795000000"}


def run(home: dict[str, str], *words: str, said: str = "") -> Ended:
    return program.run("practise", *words, given=said, environment=home)


def test_a_whole_round_of_ten_in_a_pipe(home: dict[str, str]) -> None:
    played = run(home, "--plain", "--seed", "11", said="1\ng\n" * 40)
    assert (played.code, played.err) == (0, "")
    assert "Task 10 of 10" in played.out
    assert "Ten tasks: " in played.out
    last = played.out.rstrip().split("One thing to learn: ")
    assert len(last) == 2
    assert "Made at: 2026-11-18T11:06:40Z (UTC)" in last[1]
    for source in load_pathway().sources.values():
        assert source.sha256 in last[1]
    assert all(len(line) <= 90 for line in played.out.splitlines())
    assert "\x1b" not in played.out
    again = run(home, "--plain", "--seed", "11", said="1\ng\n" * 40)
    assert again.out.split("One thing")[0] == played.out.split("One thing")[0]
    exported = run(home, "--export", "-").out.splitlines()
    assert exported[0].startswith("at,pathway,")
    assert len({line.split(",")[0] for line in exported[1:]}) == 20


def test_a_whole_round_on_a_terminal_by_keyboard_alone(home: dict[str, str]) -> None:
    words = ["-m", "wizard", "practise", "--plain", "--seed", "4", "--tasks", "10"]
    child = pexpect.spawn(
        sys.executable, words, env=home, encoding="utf-8", timeout=60, dimensions=(24, 80)
    )
    child.setecho(False)
    prompt = r"q\s+ends:"
    seen = ""
    for _reply in range(60):
        found = child.expect([prompt, pexpect.EOF])
        seen += child.before or ""
        if found == 1:
            break
        child.sendline("g" if "Not right yet: a second chance" in (child.before or "") else "2")
    child.close()
    assert child.exitstatus == 0
    assert "Task 10 of 10" in seen
    assert "One thing to learn:" in seen


def test_quitting_and_the_end_of_input_keep_what_was_finished(home: dict[str, str]) -> None:
    quit_early = run(home, "--plain", "--seed", "5", said="1\ng\n1\ng\nq\ny\n1\n")
    assert quit_early.code == 0
    assert "One thing to learn:" in quit_early.out
    nothing = run(home, "--plain", "--seed", "5")
    assert "Ended before a task was finished." in nothing.out


def test_what_is_not_understood_is_said_and_asked_again(home: dict[str, str]) -> None:
    said = "one\n99\n0,1\n-1\n²\n\n?\n0\n*\ng\n"
    played = run(home, "--plain", "--seed", "5", said=said)
    assert played.out.count("That was not understood.") == 6
    assert played.out.count("Task 1 of 10") == 2
    for told in ("0 is not a choice", "is “not known”", "Answer first: there is a hint"):
        assert told in played.out
    flood = run(home, "--plain", "--seed", "5", said="garbage\n" * 100)
    assert flood.code == 2


@pytest.mark.slow
def test_progress_export_and_delete(home: dict[str, str], tmp_path: Path) -> None:
    before = run(home, "--progress").out
    assert "0 due now" in before
    run(home, "--plain", "--seed", "6", "--tasks", "3", said="1\ng\n" * 20)
    after = run(home, "--progress").out
    assert "not begun" in after
    assert after != before
    target = tmp_path / "log.csv"
    written = run(home, "--export", str(target))
    assert (written.code, written.out) == (0, "")
    assert target.stat().st_mode & 0o777 == 0o600
    assert run(home, "--export", str(target)).code == 2
    assert "every answer in it was deleted" in run(home, "--delete").out
    assert "there was nothing in it" in run(home, "--delete").out
    assert run(home, "--progress").out == before


def log_of(home: dict[str, str]) -> Path:
    return Path(home["XDG_DATA_HOME"]) / "mdt-wizard" / "practice.sqlite3"


def marked_without_being_kept(home: dict[str, str], why: str) -> str:
    """A round whose marks are shown, and whose one warning says why; what it printed."""
    played = run(home, "--plain", "--seed", "6", "--tasks", "3", said="1\ng\n" * 20)
    assert (played.code, played.err) == (6, "")
    flat = " ".join(played.out.split())
    assert flat.count("Not kept: what you finish now.") == 1
    assert why in flat
    assert "Task 3 of 3" in flat
    assert flat.count(" wrong. ") >= 3
    assert "One thing to learn: " in flat
    return played.out


def test_a_damaged_log_is_told_once_and_the_round_goes_on(home: dict[str, str]) -> None:
    log = log_of(home)
    log.parent.mkdir(parents=True)
    log.write_bytes(b"something else" * 500)
    shown = marked_without_being_kept(home, "is not a database; `mdt-wizard practise --delete`")
    assert shown.index("Not kept") < shown.index("Task 1 of 3")
    assert log.read_bytes() == b"something else" * 500
    for words in (["--progress"], ["--export", "-"]):
        refused = run(home, *words)
        assert (refused.code, refused.out) == (6, "")
        assert refused.err.count("\n") == 1
        assert str(log) in refused.err
    assert run(home, "--delete").code == 0
    assert run(home, "--progress").code == 0


def test_a_log_with_an_odd_row_is_not_added_to(home: dict[str, str]) -> None:
    log = Log(log_of(home))
    now = datetime.now(UTC)
    pathway = load_pathway()
    done = LoggedTask(now, pathway.id, "1", "d", TaskKind.REASON, None, 1, 1, 0, 0, ())
    log.keep(pathway.id, [done])
    with closing(sqlite3.connect(log.path, isolation_level=None)) as connection:
        connection.execute("UPDATE task SET kind = 'guess'")
    before = log.path.read_bytes()
    marked_without_being_kept(home, "kind is 'guess', where a kind of task was expected")
    assert log.path.read_bytes() == before


def test_a_home_that_is_a_file_is_told_at_the_first_task(
    home: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("")
    shown = marked_without_being_kept(home, "practice.sqlite3: Not a directory.")
    assert shown.index("Not kept") > shown.index("Task 1 of 3")


def test_a_disk_without_room_is_told_and_the_round_goes_on(home: dict[str, str]) -> None:
    code = (
        "import resource, sys; from wizard.__main__ import run\n"
        "from wizard.pathway.load import load_pathway; load_pathway()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512)); sys.exit(run())"
    )
    words = ["practise", "--plain", "--seed", "6", "--tasks", "1"]
    # -B: Python would keep what it compiles by the limit, cut off in the middle.
    ended = subprocess.run(
        [sys.executable, "-B", "-c", code, *words],
        input="1\ng\n" * 2,
        capture_output=True,
        text=True,
        env=home,
        check=False,
    )
    assert ended.returncode == 6
    assert ended.stdout.count("Not kept") == 1
    assert "One thing to learn: " in ended.stdout


def test_a_review_from_the_future_is_said_and_practised(home: dict[str, str]) -> None:
    pathway = load_pathway()
    at = datetime.now(UTC) + timedelta(days=4000)
    reviews = (ItemReview(at, "claim/x", "m", Grade.GOOD),)
    task = LoggedTask(at, pathway.id, "1", "d", TaskKind.REASON, None, 1, 1, 0, 0, reviews)
    Log(log_of(home)).keep(pathway.id, [task])
    told = "One review in the log is dated in the future: a clock was wrong."
    for words in (["--progress"], ["--plain", "--seed", "6", "--tasks", "1"]):
        ended = run(home, *words, said="1\ng\n")
        assert ended.code == 0
        assert " ".join(ended.out.split()).count(told) == 1


def test_a_day_that_begins_at_no_hour_is_wrong_usage(home: dict[str, str]) -> None:
    for words in (["--plain"], ["--progress"]):
        ended = run({**home, "MDT_WIZARD_DAY_BEGINS": "25"}, *words)
        assert (ended.code, ended.out) == (2, "")
        assert "MDT_WIZARD_DAY_BEGINS is '25'; an hour from 0 to 23" in ended.err


@pytest.mark.parametrize(
    "words", [("--tasks", "0"), ("--tasks", "x"), ("--kind", "x"), ("--seed", "x")]
)
def test_wrong_usage(home: dict[str, str], words: tuple[str, ...]) -> None:
    assert run(home, *words).code == 2


def test_every_round_says_what_marks_mean(home: dict[str, str]) -> None:
    said = " ".join(run(home, "--plain", "--seed", "1", "--tasks", "1", said="1\ng\n").out.split())
    assert "Marks tell agreement with these documents only." in said
    assert "The cases are made up; none is about a patient." in said
    assert "Not a guideline, not advice for a patient" in said
    assert not re.search(r"\b(correct|best|should have|streak|well done)\b", said, re.IGNORECASE)


def test_an_answer_that_is_not_changed_is_refused_and_giving_up_is_marked(
    home: dict[str, str],
) -> None:
    words = ("--plain", "--seed", "5", "--kind", "options", "--tasks", "1")
    played = run(home, *words, said="none\nnone\nnone\ng\n").out
    assert played.count("Nothing has changed") == 2
    assert "Marked: 0 right" in played


def test_a_conclusion_is_one_choice(home: dict[str, str]) -> None:
    words = ("--plain", "--seed", "5", "--kind", "conclude", "--tasks", "1")
    played = run(home, *words, said="1,2\n2,3\nnone\n*\n0\n").out
    assert played.count("A conclusion stands alone") == 2
    for told in ("One choice is right at least.", "Not yet: type the numbers", "0 is not a choice"):
        assert played.count(told) == 1
    assert "second chance" not in played


def test_a_round_that_was_left_goes_on_where_it_was(home: dict[str, str]) -> None:
    words = ("--plain", "--seed", "5", "--tasks", "3")
    whole = run(home, *words, said="1\ng\n2\n1\n3\ng\n" + "2\ng\n" * 9).out
    assert run(home, "--delete").code == 0
    left = run(home, *words, said="1\ng\n2\nb\nq\nn\nq\ny\n").out
    assert left.count("End the round?") == 2
    assert left.count("Looking back") == 1
    gone_on = run(home, "--plain", "--resume", said="1\n3\ng\n" + "2\ng\n" * 9)
    assert (gone_on.code, gone_on.err) == (0, "")
    assert "Second chance." in gone_on.out
    ending = whole.index("Three tasks: ")
    assert whole[ending:].split("Made at")[0] in gone_on.out
    assert len(Log(log_of(home)).tasks()) == 3
    nothing = run(home, "--plain", "--resume")
    assert (nothing.code, nothing.out) == (2, "")
    assert "no round was left" in nothing.err


def test_a_round_that_was_left_is_told_before_a_new_one(home: dict[str, str]) -> None:
    run(home, "--plain", "--tasks", "2", said="1\n")
    told = "a round was left: --resume goes on with it, until you answer in this new one"
    assert told in run(home, "--plain").err
    assert told in run(home, "--plain", said="1\n").err
    assert run(home, "--plain", "--seed", "1").err == ""


def test_a_round_in_an_odd_log_does_not_go_on(home: dict[str, str]) -> None:
    run(home, "--plain", "--tasks", "2", said="1\n")
    with closing(sqlite3.connect(log_of(home), isolation_level=None)) as connection:
        connection.execute("UPDATE round SET state = '{}'")
    before = log_of(home).read_bytes()
    ended = run(home, "--plain", "--resume")
    assert (ended.code, ended.out) == (6, "")
    assert "the round that was left is not as this tool writes it" in ended.err
    assert "Not kept: what you finish now." in run(home, "--plain", said="1\n").out
    assert log_of(home).read_bytes() == before


def test_what_resume_does_not_go_with_is_wrong_usage(home: dict[str, str]) -> None:
    for words in (["--resume"], ["--plain", "--resume", "--seed", "1"]):
        ended = run(home, *words)
        assert (ended.code, ended.out) == (2, "")
