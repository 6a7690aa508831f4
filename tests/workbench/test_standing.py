"""How files stand is told in a line each; a save is noticed once, when the files are at rest."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.edits import edit
from tests.pathway.test_overlay import on_the_park
from tests.program import ROOT, run
from tests.small import SMALL
from wizard.exits import ExitCode
from wizard.workbench.standing import Standing, stand, standing
from wizard.workbench.watching import Watch, contents_of, saves


def git(folder: Path, *words: str) -> None:
    named = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *named, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    """A copy of the small pathway that has been committed."""
    folder = tmp_path / "trees"
    shutil.copytree(SMALL, folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    return folder


def test_nothing_moved(trees: Path) -> None:
    check, test, diff = standing(trees)
    assert check == "check: park_trees 2026.11: nothing wrong"
    assert test.endswith(", all as expected")
    assert diff == "diff:  proved: no result changes"


def test_the_first_mistake_stands_whole_and_alone(
    trees: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(trees)
    edit(trees / "options/fell.yaml", "label: Fell", "labl: Fell")
    edit(trees / "options/watch.yaml", "growth: slow", "growth: slo")
    (line,) = standing(trees)
    assert line.startswith('check: options/fell.yaml:2:1: "labl" is not a key')
    assert line.endswith(("; two more mistakes", "; one more mistake"))


def test_what_moved_names_the_first_thing_and_the_first_case(trees: Path) -> None:
    edit(trees / "options/prune.yaml", "storm: described", "storm: not_described")
    _check, test, diff = standing(trees)
    assert "not as expected; cases/storm_oak.yaml: prune: expected described, found " in test
    assert diff.startswith("diff:  results change: options/prune.yaml:")
    git(trees, "commit", "-qam", "two")
    edit(trees / "options/fell.yaml", "label: Fell", "label: Take down")
    *_, diff = standing(trees)
    assert diff == "diff:  proved: no result changes; options fell label"


def test_without_a_commit_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "trees")
    *_, diff = standing(tmp_path / "trees")
    assert diff == "diff:  there is no commit to compare with"


def test_a_save_is_told_once_when_the_files_are_at_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("one", "utf-8")
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: path.write_text("in two", "utf-8"),
        lambda: path.write_text("in two steps", "utf-8"),
        lambda: None,
        lambda: (tmp_path / "notes.txt").write_text("not of the pathway", "utf-8"),
        path.unlink,
        lambda: None,
    ]
    left: Iterator[Callable[[], object]] = iter(steps)

    def wait(_seconds: float) -> None:
        next(left)()

    told = list(islice(saves(tmp_path, wait), 3))
    assert len(told) == 3
    assert list(left) == []


def test_the_command_goes_on_until_it_is_interrupted(trees: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "wizard", "watch", str(trees)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        before = [process.stdout.readline() for _ in range(3)]
        assert "nothing wrong" in before[0]
        edit(trees / "options/fell.yaml", "label: Fell", "labl: Fell")
        assert 'options/fell.yaml:2:1: "labl"' in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait() == ExitCode.DONE


def test_diff_is_typed_as_git_is(trees: Path) -> None:
    edit(trees / "options/fell.yaml", "label: Fell", "label: Take down")
    git(trees, "commit", "-qam", "two")
    edit(trees / "options/prune.yaml", "storm: described", "storm: not_described")
    inside = trees / "options"
    for words, code, said in (
        (("HEAD",), ExitCode.FOUND, "Results change: one option"),
        (("main",), ExitCode.FOUND, "Results change: one option"),
        (("HEAD~1",), ExitCode.FOUND, "Results change: one option"),
        (("HEAD~1..HEAD",), ExitCode.DONE, "Only text changed."),
        (("HEAD~1..",), ExitCode.DONE, "Only text changed."),
        (("HEAD~1", "HEAD"), ExitCode.DONE, "Only text changed."),
        (("HEAD", str(trees)), ExitCode.FOUND, "Results change: one option"),
    ):
        ended = run("diff", *words, folder=inside)
        assert (ended.code, said in ended.out) == (code, True), (words, ended.out, ended.err)
    wrong = run("diff", "nowhere", folder=inside)
    assert wrong.code == ExitCode.WRONG_USAGE
    assert "nowhere: there is no such folder, and it is not a git revision" in wrong.err


def test_a_save_by_rename_is_noticed_though_time_and_size_are_those_of_before(
    tmp_path: Path,
) -> None:
    path, other = tmp_path / "a.yaml", tmp_path / "a.yaml.new"
    path.write_text("one", "utf-8")
    watch = Watch(tmp_path)
    other.write_text("two", "utf-8")
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)
    assert [watch.saved() for _ in range(4)] == [False, True, False, False]


def test_a_burst_of_saves_is_one_and_a_write_while_reading_is_told_again(tmp_path: Path) -> None:
    path = tmp_path / "options" / "a.yaml"
    path.parent.mkdir()
    watch = Watch(tmp_path)
    for number in range(5):
        path.write_text("x" * number, "utf-8")
        assert not watch.saved()
    assert watch.saved()
    assert watch.at_rest()
    path.write_text("again and again", "utf-8")
    assert not watch.at_rest()
    assert [watch.saved() for _ in range(3)] == [False, True, False]


def test_a_folder_that_vanishes_and_comes_back_and_hidden_folders(tmp_path: Path) -> None:
    folder, away = tmp_path / "here", tmp_path / "away"
    (folder / ".git").mkdir(parents=True)
    (folder / "a.yaml").write_text("one", "utf-8")
    watch = Watch(folder)
    (folder / ".git" / "b.yaml").write_text("not of the pathway", "utf-8")
    assert [watch.saved(), watch.saved()] == [False, False]
    folder.rename(away)
    assert [watch.saved(), watch.saved(), watch.saved()] == [False, True, False]
    assert contents_of(folder) == {}
    away.rename(folder)
    assert [watch.saved(), watch.saved(), watch.saved()] == [False, True, False]
    assert contents_of(folder) == {"a.yaml": b"one"}


def test_how_the_files_stand(trees: Path) -> None:
    assert stand(trees) == Standing((), 1, ())
    edit(trees / "options/prune.yaml", "storm: described", "storm: not_described")
    standing_now = stand(trees)
    assert [(case.file, bool(case.differences)) for case in standing_now.failing] == [
        ("cases/storm_oak.yaml", True)
    ]
    edit(trees / "options/fell.yaml", "label: Fell", "labl: Fell")
    broken = stand(trees)
    assert (broken.cases, broken.failing) == (0, ())
    assert "options/fell.yaml:2:1" in str(broken.problems[0])


def test_a_save_of_what_an_overlay_adds_to_is_noticed(tmp_path: Path) -> None:
    watch = Watch(on_the_park(tmp_path))
    assert [watch.saved(), watch.saved()] == [False, False]
    edit(tmp_path / "park" / "options/fell.yaml", "label: Fell", "label: Take down")
    assert [watch.saved(), watch.saved(), watch.saved()] == [False, True, False]
