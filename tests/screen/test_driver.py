"""What a terminal may send and do to the program: odd bytes, faults of threads, stops and starts.

`BYTES_SEEDS=200 pytest tests/screen/test_driver.py` runs the long way.
"""

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from tests.screen.test_terminal import FIRST, LEAVES_ALTERNATE_SCREEN, Terminal, program
from wizard.exits import ExitCode
from wizard.screen.driver import Reader

SEEDS = int(os.environ.get("BYTES_SEEDS", "4"))
SECOND, THIRD = "Where did the tumour start?", "How big is the tumour?"
ODD = {
    "latin-1": "größe, café, naïve".encode("latin-1"),
    "old mouse report": b"\x1b[M \xe5\xf0\x1b[M#\xe5\xf0",
    "lone surrogate": b"\xed\xa0\x80",
    "lone surrogate as a key": b"\x1b[97;1;55296u\x1b[55296u",
    "truncated": b"\xe2\x82",
    "truncated after four": b"\xf0\x9f\x98",
    "key beyond Unicode": b"\x1b[99999999999u",
    "key of no number": b"\x1b[97:1;1:3u",
    "size of nothing, then the mouse": b"\x1b[48;0;0;0;0t\x1b[<0;5;5M",
    "nothing but zeros": b"\x00" * 50,
    "overlong": b"\xc0\x80\xe0\x80\x80",
}


@pytest.fixture
def answered(tmp_path: Path) -> Iterator[Terminal]:
    """The program with one answer given."""
    opened = Terminal([], tmp_path)
    opened.wait_for(FIRST)
    opened.press("1")
    opened.wait_for(SECOND)
    yield opened
    opened.child.close(force=True)


def send(terminal: Terminal, data: bytes) -> None:
    """Send bytes as they are, and read meanwhile, so that neither side has to wait."""
    for start in range(0, len(data), 1024):
        os.write(terminal.child.fileno(), data[start : start + 1024])
        terminal.read(0)


def pasted(data: bytes) -> bytes:
    return b"\x1b[200~" + data + b"\x1b[201~"


ESCAPE = "\x1b[27u"
"""The key, for certain: a lone escape with another key after it may be that key with alt."""


def goes_on_with_its_answer(terminal: Terminal) -> None:
    """What was typed into the list is taken back, and the next key answers."""
    terminal.press(f"{ESCAPE}1")
    terminal.wait_for(THIRD)
    terminal.wait_for("✓ Tumour type      NET")
    terminal.wait_for("✓ Site             Pancreas")
    assert "Traceback" not in terminal.written


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(ODD.keys() - {"latin-1"}))
def test_odd_bytes_answer_nothing_and_end_nothing(answered: Terminal, name: str) -> None:
    send(answered, ODD[name])
    goes_on_with_its_answer(answered)


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD)
def test_odd_bytes_in_a_paste_end_nothing(answered: Terminal, name: str) -> None:
    send(answered, pasted(ODD[name] + b" 1 2 3 q " + ODD[name]))
    goes_on_with_its_answer(answered)


@pytest.mark.slow
def test_a_huge_paste_of_latin_1_is_one_paste(answered: Terminal) -> None:
    send(answered, pasted("café 1 2 q ".encode("latin-1") * 20_000))
    goes_on_with_its_answer(answered)


def test_latin_1_in_a_search_shows_what_could_not_be_read(answered: Terminal) -> None:
    answered.press("/")
    answered.wait_for("Search")
    send(answered, "café au lait".encode("latin-1"))
    answered.wait_for("caf\ufffd au lait")
    answered.press("\x1b")
    answered.wait_for(SECOND)
    goes_on_with_its_answer(answered)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_random_bytes_end_nothing(answered: Terminal, seed: int) -> None:
    """No letter of ASCII beside what begins a sequence: it might be a key that answers."""
    chance = random.Random(seed)
    pieces = [b"\x1b[M", b"\x1b[<", b"\x1b]", b"\x1b[I", b"\x1b[O", b"\x1b"]
    pieces += [bytes([each]) for each in range(0x80, 0x100)]
    # What has no meaning ends whatever sequence was begun, so that it takes no key.
    send(answered, b"".join(chance.choices(pieces, k=3000)) + b"\xff" * 40)
    goes_on_with_its_answer(answered)


SEQUENCES = st.sampled_from(
    [
        b"\x1b[200~",
        b"\x1b[201~",
        b"\x1b[48;",
        b"\x1b[<0;",
        b"\x1b[M",
        b"\x1b[",
        b";",
        b"u",
        b"t",
        b"M",
    ]
)


@given(st.lists(st.one_of(SEQUENCES, st.integers(0, 9**12).map(b"%d".__mod__), st.binary())))
def test_no_bytes_are_too_odd_to_be_read(pieces: list[bytes]) -> None:
    reader = Reader()
    for piece in pieces:
        list(reader.read(piece))
        list(reader.wait())
    list(reader.read(b"\x1b[201~" + b"\xff" * 40))
    (key,) = reader.read(b"k")
    assert isinstance(key, Key)
    assert key.key == "k"


@given(st.binary())
def test_nothing_in_a_paste_is_a_key(data: bytes) -> None:
    reader = Reader()
    sent = pasted(data.replace(b"\x1b[201~", b""))
    messages = [message for each in sent for message in reader.read(bytes([each]))]
    assert all(isinstance(message, Paste) for message in messages)
    whole = "".join(message.text for message in messages if isinstance(message, Paste))
    assert whole == data.decode(errors="replace").replace("\x1b", "").replace("\0", "")


FAULTS = {
    "the thread that reads": (
        "import wizard.screen.driver as driver\n"
        "read = driver.UnixDriver.process_message\n"
        "def broken(self, message):\n"
        "    if getattr(message, 'character', '') == '9':\n"
        "        raise RuntimeError('spoilt [/x] on purpose')\n"
        "    read(self, message)\n"
        "driver.UnixDriver.process_message = broken\n"
    ),
    "the thread that writes": (
        "import textual.drivers._writer_thread as writing\n"
        "write = writing.WriterThread.write\n"
        "def broken(self, text):\n"
        "    write(self, 9 if 'no answer' in text else text)\n"
        "writing.WriterThread.write = broken\n"
    ),
    "a thread of its own": (
        "import threading\n"
        "import wizard.screen.case.screen as case\n"
        "def broken():\n"
        "    raise RuntimeError('spoilt [/x] on purpose')\n"
        "case.CaseScreen.action_why = lambda self: threading.Thread(target=broken).start()\n"
    ),
}


@pytest.mark.parametrize(
    ("where", "keys", "told"),
    [
        ("the thread that reads", "9", "spoilt [/x] on purpose"),
        ("the thread that writes", "9", "TypeError"),
        ("a thread of its own", "e", "spoilt [/x] on purpose"),
    ],
)
def test_an_error_of_a_thread_ends_with_the_sentence_and_the_terminal_restored(
    tmp_path: Path, where: str, keys: str, told: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(FAULTS[where], encoding="utf-8")
    root = str(Path(__file__).parents[2])
    terminal = Terminal([], tmp_path, PYTHONPATH=f"{tmp_path}{os.pathsep}{root}")
    terminal.wait_for(FIRST)
    terminal.press(keys)
    assert terminal.wait_for_end() == ExitCode.INTERNAL_ERROR
    assert terminal.restored()
    last = terminal.written.split(LEAVES_ALTERNATE_SCREEN)[-1]
    assert "mdt-wizard: internal error" in last
    assert told in last
    assert "Traceback" not in terminal.written


def test_ctrl_c_asks_as_q_does(answered: Terminal) -> None:
    answered.press("\x03")
    answered.wait_for("Quit? What this case holds is neither saved")
    answered.press("\x03")
    answered.wait_for(SECOND)
    goes_on_with_its_answer(answered)
    answered.press("\x03")
    answered.wait_for("Quit? What this case holds is neither saved")
    answered.press("y")
    assert answered.wait_for_end() == ExitCode.DONE
    assert answered.restored()


def test_a_stop_that_cannot_be_seen_leaves_no_raw_terminal(answered: Terminal) -> None:
    """SIGSTOP cannot be caught; the program is to know what the terminal was before all of it."""
    answered.child.kill(signal.SIGSTOP)
    answered.screen.reset()
    answered.child.kill(signal.SIGCONT)
    answered.wait_for(SECOND)
    goes_on_with_its_answer(answered)
    answered.child.kill(signal.SIGTERM)
    assert answered.wait_for_end() == ExitCode.TERMINATED
    assert answered.restored()


class Shell(Terminal):
    """A shell with job control, in which the program was started."""

    def __init__(self, folder: Path) -> None:
        super().__init__([], folder, PS1="ready> ")
        self.folder = folder
        self.wait_for("ready>")
        self.press(" ".join(program()) + "\r")
        self.wait_for(FIRST)

    def command(self) -> list[str]:
        """What is started first."""
        return ["bash", "--norc", "--noprofile", "-i"]

    def takes_lines(self) -> bool:
        """Whether the programs of the shell see what is typed, line by line."""
        self.press("stty -a >tty; echo wri''tten\r")
        self.wait_for("written")
        told = (self.folder / "tty").read_text(encoding="utf-8").replace(";", " ").split()
        return {"echo", "icanon", "isig"} <= set(told)


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    opened = Shell(tmp_path)
    yield opened
    opened.child.close(force=True)


def test_ctrl_z_gives_the_terminal_back_and_fg_the_case(shell: Shell) -> None:
    shell.press("1")
    shell.wait_for(SECOND)
    before = shell.drawn()
    shell.press("\x1a")
    shell.wait_for("Stopped")
    shell.wait_for("ready>")
    assert LEAVES_ALTERNATE_SCREEN in shell.written
    assert shell.takes_lines()
    shell.screen.reset()
    shell.press("fg\r")
    shell.wait_for("q quit")
    assert shell.drawn() == before
    goes_on_with_its_answer(shell)
    shell.press("q")
    shell.wait_for("Quit?")
    shell.press("y")
    shell.wait_for("ready>")
    assert shell.takes_lines()


@pytest.mark.parametrize("number", [signal.SIGQUIT, signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_the_shell_a_terminal_that_takes_lines(
    shell: Shell, number: signal.Signals
) -> None:
    foreground = os.tcgetpgrp(shell.child.fileno())
    os.kill(foreground, number)
    shell.wait_for("ready>")
    assert shell.takes_lines()
