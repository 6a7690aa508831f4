"""The program in a real terminal: a pseudo-terminal, read back cell by cell."""

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from wizard.exits import ExitCode

LEAVES_ALTERNATE_SCREEN = "\x1b[?1049l"
SHOWS_CURSOR = "\x1b[?25h"
FIRST = "Which type of"


class Terminal:
    """A program in a pseudo-terminal of a size, and the screen that it draws."""

    def __init__(
        self, arguments: list[str], folder: Path, *, newcomer: bool = False, **environment: str
    ) -> None:
        if not newcomer:
            started = folder / "state" / "mdt-wizard" / "started"
            started.parent.mkdir(parents=True, exist_ok=True)
            started.touch()
        self.screen = pyte.Screen(120, 36)
        self._stream = pyte.Stream(self.screen)
        self.written = ""
        command, *rest = [*self.command(), *arguments]
        self.child = pexpect.spawn(
            command,
            rest,
            dimensions=(36, 120),
            cwd=str(folder),
            encoding="utf-8",
            # A stop may cut a character in two; a terminal shows a mark for it and goes on.
            codec_errors="replace",
            timeout=20,
            env={
                **{
                    k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "NO_COLOR"}
                },
                "TERM": "xterm-256color",
                "XDG_CACHE_HOME": str(folder / "cache"),
                "XDG_STATE_HOME": str(folder / "state"),
                **environment,
            },
        )

    def command(self) -> list[str]:
        """What is started."""
        return program()

    def wait_for(self, words: str, seconds: float = 15) -> None:
        """Read what the program writes until the words stand on the screen."""
        until = time.monotonic() + seconds
        while words not in self.text():
            assert time.monotonic() < until, f"{words!r} is not on the screen:\n{self.text()}"
            self.read()

    def wait_for_end(self, seconds: float = 15) -> int:
        """Read to the end, and return the exit code."""
        until = time.monotonic() + seconds
        while self.read():
            assert time.monotonic() < until, f"it has not ended:\n{self.text()}"
        self.child.close()
        status = self.child.exitstatus
        assert status is not None, f"killed by signal {self.child.signalstatus}"
        return int(status)

    def text(self) -> str:
        return "\n".join(self.screen.display)

    def drawn(self) -> str:
        """The screen once the program writes no more: what is idle writes nothing."""
        written = -1
        while written != len(self.written):
            written = len(self.written)
            self.read()
        return self.text()

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def restored(self) -> bool:
        return LEAVES_ALTERNATE_SCREEN in self.written and SHOWS_CURSOR in self.written

    def read(self, seconds: float = 0.2) -> bool:
        """Draw what the program writes within this time; whether it goes on."""
        try:
            piece = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return self.child.isalive()
        except pexpect.EOF:
            return False
        self.written += piece
        self._stream.feed(piece)
        return True


def program() -> list[str]:
    """The installed program where there is one, or the package of this checkout."""
    beside = Path(sys.executable).parent / "mdt-wizard"
    if beside.exists():
        return [str(beside)]
    return [sys.executable, "-m", "wizard"]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal([], tmp_path)
    yield opened
    opened.child.close(force=True)


def test_escape_closes_what_lies_over_the_case_without_another_key(terminal: Terminal) -> None:
    terminal.wait_for(FIRST)
    terminal.press("?")
    terminal.wait_for("KEYS")
    terminal.press("\x1b")
    terminal.wait_for(FIRST)


PAGER = """\
#!/bin/sh
trap : INT
cat > "$0.read"
printf 'the pager has it\\n' > /dev/tty
until read -r line < /dev/tty; do :; done
exit "$line"
"""


def pager(folder: Path) -> Path:
    """A pager that keeps what it is given, and ends with the code that is typed."""
    path = folder / "pager"
    path.write_text(PAGER)
    path.chmod(0o700)
    return path


def test_what_is_read_opens_in_the_pager_which_gives_the_terminal_back(tmp_path: Path) -> None:
    own = pager(tmp_path)
    terminal = Terminal([], tmp_path, PAGER=f"{own} -x")
    terminal.wait_for(FIRST)
    terminal.press("i")
    terminal.wait_for("HOW TO READ IT")
    terminal.press("P")
    terminal.wait_for("the pager has it")
    assert LEAVES_ALTERNATE_SCREEN in terminal.written
    terminal.press("\x03")  # for the pager alone
    terminal.screen.reset()
    terminal.press("0\r")
    terminal.wait_for("esc close")
    read = Path(f"{own}.read").read_text(encoding="utf-8")
    assert "\n====" in read
    assert "HOW TO READ IT\n" in read
    assert "\x1b" not in read
    terminal.press("\x1b")
    terminal.wait_for(FIRST)
    terminal.press("1P")
    terminal.wait_for("the pager has it")
    terminal.screen.reset()
    terminal.press("3\r")
    terminal.wait_for("ended with 3.")
    assert "THE CASE" in Path(f"{own}.read").read_text(encoding="utf-8").upper()
    terminal.press("q")
    terminal.wait_for("Quit?")
    terminal.press("y")
    assert terminal.wait_for_end() == ExitCode.DONE
    terminal.child.close(force=True)


def test_ctrl_c_ends_the_wizard_again_once_the_pager_has_ended(tmp_path: Path) -> None:
    terminal = Terminal([], tmp_path, PAGER=str(pager(tmp_path)))
    terminal.wait_for(FIRST)
    terminal.press("P")
    terminal.wait_for("the pager has it")
    terminal.screen.reset()
    terminal.press("0\r")
    terminal.wait_for(FIRST)
    terminal.child.kill(signal.SIGINT)
    assert terminal.wait_for_end() == ExitCode.INTERRUPTED
    assert terminal.restored()


def test_a_pager_that_is_not_there_is_told(tmp_path: Path) -> None:
    terminal = Terminal([], tmp_path, PAGER="no-such-pager -x")
    terminal.wait_for(FIRST)
    terminal.press("P")
    terminal.wait_for("There is no pager no-such-pager here; PAGER can name another.")
    terminal.press("q")
    assert terminal.wait_for_end() == ExitCode.DONE


def test_a_whole_case_from_the_prompt_to_an_exported_file_by_keyboard_alone(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.wait_for(FIRST)
    for keys, then in (
        ("1", "Where did the tumour start?"),
        ("1", "How big is the tumour?"),
        ("22,5\r", "Has the cancer spread?"),
        ("3", "Where has the cancer spread to?"),
        ("1", "present"),
        ("\r", "How fast is the cancer growing?"),
    ):
        terminal.press(keys)
        terminal.wait_for(then)
    terminal.press("**********")
    terminal.wait_for("WHAT TO FIND OUT FIRST")
    terminal.press("x")
    terminal.wait_for("Export the case as")
    terminal.press("3")
    terminal.wait_for("Write to")
    terminal.press("\r")
    terminal.wait_for("Written to")
    terminal.press("q")
    assert terminal.wait_for_end() == ExitCode.DONE
    assert terminal.restored()
    (path,) = tmp_path.glob("net-*.json")
    exported = json.loads(path.read_text(encoding="utf-8"))
    assert exported["answers"]["site"] == "pancreas"
    assert exported["answers"]["tumour_size"] == 22.5
    assert exported["answers"]["spread_sites"]["liver"] == "present"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGTERM, ExitCode.TERMINATED),
        (signal.SIGHUP, ExitCode.HUNG_UP),
        (signal.SIGINT, ExitCode.INTERRUPTED),
        (signal.SIGQUIT, ExitCode.QUIT),
    ],
)
def test_a_signal_restores_the_terminal(
    terminal: Terminal, number: signal.Signals, code: ExitCode
) -> None:
    terminal.wait_for(FIRST)
    terminal.child.kill(number)
    assert terminal.wait_for_end() == code
    assert terminal.restored()


@pytest.mark.slow
def test_an_idle_screen_writes_nothing(terminal: Terminal) -> None:
    terminal.wait_for(FIRST)
    terminal.press("1")
    terminal.wait_for("Where did the tumour start?")
    for _ in range(20):
        before = len(terminal.written)
        terminal.read()
        if len(terminal.written) == before:
            break
    before = len(terminal.written)
    for _ in range(10):
        terminal.read()
    assert len(terminal.written) == before


def test_a_pathway_of_errors_is_shown_readably(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(Path(__file__).parents[2] / "pathways" / "neuroendocrine", folder)
    alerts = folder / "alerts.yaml"
    alerts.write_text(
        alerts.read_text(encoding="utf-8").replace("carcinoid_syndrome", "carcinoid_syndrom", 1),
        encoding="utf-8",
    )
    terminal = Terminal(["--pathway", str(folder)], tmp_path)
    terminal.wait_for("alerts.yaml:")
    assert "carcinoid_syndrom" in terminal.text()
    assert "described" not in terminal.text().lower()
    terminal.press("q")
    assert terminal.wait_for_end() == ExitCode.BAD_PATHWAY
    assert terminal.restored()
    assert "alerts.yaml:" in terminal.written.split(LEAVES_ALTERNATE_SCREEN)[-1]


def test_somebody_elses_pathway_is_named_on_the_screen(tmp_path: Path) -> None:
    folder = tmp_path / "other"
    shutil.copytree(Path(__file__).parents[2] / "pathways" / "neuroendocrine", folder)
    terminal = Terminal(["--pathway", str(folder), "--theme", "mdt-light"], tmp_path)
    terminal.wait_for("Not the pathway that came with the tool")
    assert str(folder)[:40] in terminal.text()
    terminal.press("q")
    assert terminal.wait_for_end() == ExitCode.DONE


def test_an_unknown_theme_is_refused_in_one_line(tmp_path: Path) -> None:
    terminal = Terminal(["--theme", "pink"], tmp_path)
    assert terminal.wait_for_end() == ExitCode.WRONG_USAGE
    assert "mdt-dark" in terminal.written
    assert "Traceback" not in terminal.written


def test_an_internal_error_ends_with_a_message_and_a_terminal_restored(tmp_path: Path) -> None:
    spoilt = tmp_path / "sitecustomize.py"
    spoilt.write_text(
        "import wizard.wording.options as options\n"
        "def broken(*_):\n    raise RuntimeError('spoilt [/x] on purpose')\n"
        "options.option_card = broken\n",
        encoding="utf-8",
    )
    root = str(Path(__file__).parents[2])
    terminal = Terminal([], tmp_path, PYTHONPATH=f"{tmp_path}{os.pathsep}{root}")
    terminal.wait_for(FIRST)
    terminal.press("\t\r")
    assert terminal.wait_for_end() == ExitCode.INTERNAL_ERROR
    assert terminal.restored()
    told = terminal.written.split(LEAVES_ALTERNATE_SCREEN)[-1]
    assert "spoilt [/x] on purpose" in told
    assert "Traceback" not in terminal.written


def test_the_first_start_of_all_offers_a_tour_and_the_next_one_does_not(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "MDT_WIZARD_CONFIG": str(tmp_path / "config.toml")}
    terminal = Terminal([], tmp_path, newcomer=True, **home)
    terminal.wait_for("First time here?")
    assert FIRST in terminal.text()
    terminal.press("T")
    terminal.wait_for("Tour 1 of")
    terminal.press(" ")
    terminal.wait_for("Tour 2 of")
    terminal.press("q")
    terminal.wait_for(FIRST)
    assert "First time here?" not in terminal.drawn()
    terminal.press("q")
    assert terminal.wait_for_end() == ExitCode.DONE
    terminal = Terminal([], tmp_path, newcomer=True, **home)
    terminal.wait_for(FIRST)
    assert "First time here?" not in terminal.drawn()
    terminal.press("G")
    terminal.wait_for("What it shows")
    terminal.child.close(force=True)


def test_it_starts_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the way")
    terminal = Terminal([], tmp_path, newcomer=True)
    terminal.wait_for(FIRST)
    assert "First time here?" not in terminal.drawn()
    terminal.press("q")
    assert terminal.wait_for_end() == ExitCode.DONE
