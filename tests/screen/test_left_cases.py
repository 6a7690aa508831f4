"""The real program in a terminal, killed in the middle of a case, and what brings that back."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.program import Ended, run
from tests.screen.test_terminal import FIRST, Terminal
from wizard.exits import ExitCode

SECOND = "Where did the tumour start?"
THIRD = "type mm"
BACK = "The case is back as it was left"
NOTICE = "A case was left: `mdt-wizard --resume` brings it back."


@contextmanager
def opened(folder: Path, *arguments: str, waits_for: str = FIRST) -> Iterator[Terminal]:
    terminal = Terminal(list(arguments), folder)
    try:
        terminal.wait_for(waits_for)
        yield terminal
    finally:
        terminal.child.close(force=True)


def left(folder: Path) -> list[Path]:
    return sorted((folder / "state" / "mdt-wizard" / "running").glob("*"))


def leave(folder: Path, keys: str, waits_for: str, how: int = signal.SIGKILL) -> str:
    """Begin a case, press keys, and end the program by a signal; what the terminal was told."""
    with opened(folder) as terminal:
        for key in keys:
            terminal.press(key)
        terminal.wait_for(waits_for)
        terminal.child.kill(how)
        while terminal.read():
            pass
        return terminal.written


def plain(folder: Path, *arguments: str, given: str) -> Ended:
    home = {"XDG_STATE_HOME": str(folder / "state"), "HOME": str(folder)}
    return run("--plain", *arguments, given=given, environment=home)


@pytest.mark.slow
def test_after_a_kill_the_case_comes_back_with_its_question_and_undo(tmp_path: Path) -> None:
    leave(tmp_path, "11", THIRD)
    assert len(left(tmp_path)) == 1
    with opened(tmp_path, "--resume", waits_for=BACK) as terminal:
        assert THIRD in terminal.text()
        terminal.press("u")
        terminal.wait_for(SECOND)
        terminal.press("q")
        terminal.wait_for("Quit?")
        terminal.press("y")
        assert terminal.wait_for_end() == ExitCode.DONE
    assert left(tmp_path) == []


@pytest.mark.slow
def test_a_closed_terminal_leaves_the_case_and_says_how_it_comes_back(tmp_path: Path) -> None:
    told = leave(tmp_path, "1", SECOND, signal.SIGHUP)
    assert "the case is kept: `mdt-wizard --resume` brings it back." in told
    with opened(tmp_path, waits_for=NOTICE) as terminal:
        # A new run tells that a case was left, and shows nothing of it.
        assert FIRST in terminal.text()
        terminal.press("2")
        terminal.wait_for(SECOND)
        running = left(tmp_path)
        assert len(running) == 2
        # The case of the wizard that still runs is not taken.
        ended = plain(tmp_path, "--resume", given="q\n")
        assert ended.code is ExitCode.DONE
        assert ended.out.startswith(BACK)
        assert SECOND in " ".join(ended.out.split())
        assert len(left(tmp_path)) == 1
        again = plain(tmp_path, "--resume", given="")
        assert (again.code, again.out) == (ExitCode.WRONG_USAGE, "")
        assert "no case was left" in again.err


@pytest.mark.slow
def test_of_several_cases_the_person_names_one(tmp_path: Path) -> None:
    for keys, waits_for in (("1", SECOND), ("11", THIRD)):
        leave(tmp_path, keys, waits_for)
    none = plain(tmp_path, "--resume", given="q\n")
    assert (none.code, len(left(tmp_path))) == (ExitCode.DONE, 2)
    assert "Cases that were left:\n  1  " in none.out
    assert "no title   two answers   neuroendocrine" in none.out
    assert "no title   one answer   neuroendocrine" in none.out
    with opened(tmp_path, "--resume", waits_for="Which one?") as terminal:
        terminal.press("9\r")
        terminal.press("2\r")
        terminal.wait_for(BACK)
        assert SECOND in terminal.text()


@pytest.mark.slow
def test_without_a_journal_nothing_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path, "--no-journal") as terminal:
        terminal.press("1")
        terminal.wait_for(SECOND)
        assert left(tmp_path) == []
    config = tmp_path / "config.toml"
    config.write_text("journal = false\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MDT_WIZARD_CONFIG", str(config))
        with opened(tmp_path) as terminal:
            terminal.press("1")
            terminal.wait_for(SECOND)
            assert left(tmp_path) == []
