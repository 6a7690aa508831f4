"""Starts: whole processes against those of bare interpreters and apps, in turn, in one run.

Times are of the processor, as in the other benchmarks: what else the machine does takes none of it.
"""

import json
import os
import pty
import select
import shutil
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from tests.program import ROOT
from wizard.case.files import read_case
from wizard.case.raw import raw_answer
from wizard.pathway.load import load_pathway

ROUNDS: Final = 15
GREETING: Final = b"Hello, world"

IMPORTS: Final = "import argparse, json, hashlib, pathlib, datetime, dataclasses, yaml"
PROGRAM: Final = "import sys; from wizard.__main__ import run; sys.exit(run())"
HELLO: Final = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("Hello, world")
Hello().run()
"""

Start = Callable[[], float]


def command(code: str, *arguments: str | Path) -> Start:
    """How long a process takes, in milliseconds."""
    line = [sys.executable, "-c", code, *map(str, arguments)]

    def start() -> float:
        quiet = [(os.POSIX_SPAWN_OPEN, end, os.devnull, os.O_RDWR, 0) for end in (1, 2)]
        return taken(os.posix_spawn(sys.executable, line, os.environ, file_actions=quiet))

    return start


def taken(child: int) -> float:
    """The processor time of a process, once it has ended."""
    used = os.wait4(child, 0)[2]
    return 1000 * (used.ru_utime + used.ru_stime)


def app(code: str, expected: bytes) -> Start:
    """How long an app takes on a terminal until this is on its screen, in milliseconds."""

    def start() -> float:
        child, terminal = pty.fork()
        if not child:
            os.execv(sys.executable, [sys.executable, "-c", code])  # noqa: S606 - the child becomes the app
        shown = b""
        while expected not in shown:
            ready, _, _ = select.select([terminal], [], [], 20)
            assert ready, shown.decode(errors="replace")
            shown += os.read(terminal, 65_536)
        os.kill(child, signal.SIGKILL)
        os.close(terminal)
        return taken(child)

    return start


def told(
    title: str,
    yardstick: Start,
    works: Mapping[str, tuple[Start, float | None]],
    rounds: int = ROUNDS,
) -> None:
    """Time works and their yardstick in turn; print ratios, and a mark where a goal is missed."""
    every = {"": yardstick, **{name: work for name, (work, _) in works.items()}}
    for start in every.values():
        start()
    times: dict[str, list[float]] = {name: [] for name in every}
    for _ in range(rounds):
        for name, start in every.items():
            times[name].append(start())
    base = median(times[""])
    print(f"  {title:<44}{base:9.1f} ms, worst {max(times['']):.1f}")
    for name, (_, goal) in works.items():
        ratio = median(times[name]) / base
        worst = max(times[name]) / base
        mark = "" if goal is None or ratio <= goal else "   MISSED"
        wanted = "" if goal is None else f", goal {goal:g}{mark}"
        print(
            f"    {name:<36}{median(times[name]):9.1f} ms{ratio:7.2f} x, worst {worst:.2f}{wanted}"
        )


def edited(folder: Path, copy: Path) -> Path:
    """A copy of a pathway in which one tree says the opposite at its first leaf."""
    shutil.copytree(folder, copy)
    for path in sorted((copy / "options").iterdir()):
        text = path.read_text()
        if ": not_described" in text:
            path.write_text(text.replace(": not_described", ": described", 1))
            return copy
    raise AssertionError


def as_json(path: Path, target: Path) -> Path:
    """The answers of a case as a JSON file."""
    pathway = load_pathway()
    answers = read_case(path, pathway).answers
    raw = {name: raw_answer(pathway.factors[name], one) for name, one in answers.items()}
    target.write_text(json.dumps({"pathway": pathway.id, "answers": raw}))
    return target


def just_edited(folder: Path, start: Start) -> Start:
    """The same on files that nobody has read yet: there is a comment more each time."""

    def again() -> float:
        with (folder / "shared.yaml").open("a") as file:
            file.write("# one more\n")
        return start()

    return again


def commands(folder: Path, place: Path) -> Mapping[str, tuple[Start, float | None]]:
    """Each row that is measured against imports, and its goal.

    What was just edited is read and checked, which brings pydantic's core; it has no goal.
    """
    case = sorted((folder / "cases").iterdir())[0]
    data, copy = as_json(case, place / "case.json"), place / "equal"
    shutil.copytree(folder, copy)
    changed, changing = edited(folder, place / "edited"), edited(folder, place / "changing")
    option = next(iter(load_pathway().options))
    rows: dict[str, tuple[Sequence[str | Path], float]] = {
        "assess CASE --format json": (("assess", case, "--format", "json"), 1.3),
        "the same, a JSON case": (("assess", data, "--format", "json"), 1.1),
        "explain CASE OPTION": (("explain", case, option), 1.6),
        "what-if CASE": (("what-if", case), 1.8),
        "practise --progress": (("practise", "--progress"), 1.8),
        "check": (("check", folder), 5),
        "test, all shipped cases": (("test", folder), 4),
        "diff of one edit": (("diff", folder, changed), 8),
        "diff of equal folders": (("diff", folder, copy), 2.5),
    }
    fresh: dict[str, Sequence[str | Path]] = {
        "check, just edited": ("check", changing),
        "diff of one edit, just edited": ("diff", folder, changing),
    }
    return {
        **{what: (command(PROGRAM, *words), goal) for what, (words, goal) in rows.items()},
        **{
            what: (just_edited(changing, command(PROGRAM, *words)), None)
            for what, words in fresh.items()
        },
    }


def main() -> None:
    with TemporaryDirectory() as name:
        place = Path(name)
        folders = {key: str(place / key) for key in ("XDG_CACHE_HOME", "XDG_DATA_HOME")}
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ |= {**folders, "XDG_CONFIG_HOME": str(place), "PYTHONPATH": str(ROOT)}
        os.environ |= {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "36"}
        pathway = load_pathway()
        folder = Path(pathway.folder)
        first = " ".join(next(iter(pathway.factors.values())).question.split()[:3])
        told(
            "an interpreter and its imports",
            command(IMPORTS),
            commands(folder, place),
        )
        told(
            "bare argparse",
            command("import argparse; argparse.ArgumentParser().parse_args([])"),
            {
                "--version": (command(PROGRAM, "--version"), 1.2),
                "--help": (command(PROGRAM, "--help"), 2),
            },
        )
        told(
            "hello-world Textual app",
            app(HELLO, GREETING),
            {"prompt to first question": (app(PROGRAM, first.encode()), 1.2)},
            rounds=9,
        )
