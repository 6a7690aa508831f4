"""Console blocks of a Markdown page: commands after `$ `, then what they print.

A line `...` in the printed part stands for any lines.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.program import SIGN_OF_LIFE

TODAY = "1795219200"  # 2026-11-21, the day on which the pages' output was made
FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY_LINES = "..."


@dataclass(frozen=True)
class Command:
    """One command of a page, and the lines it is said to print."""

    line: int
    command: str
    printed: tuple[str, ...]


def blocks(page: str) -> list[list[Command]]:
    """The commands of every console block, block by block."""
    found = []
    for match in FENCE.finditer(page):
        first = page[: match.start(1)].count("\n") + 1
        commands: list[Command] = []
        for number, text in enumerate(match[1].splitlines(), first):
            if text.startswith("$ "):
                commands.append(Command(number, text[2:], ()))
            else:
                last = commands.pop()
                commands.append(Command(last.line, last.command, (*last.printed, text)))
        found.append(commands)
    return found


def run(command: str, folder: Path, home: Path) -> str:
    """What a command prints, run by bash in `folder` with the tool of this environment."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SOURCE_DATE_EPOCH": TODAY,
        "COLUMNS": "100",
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TERM": "dumb",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    return SIGN_OF_LIFE.sub("", done.stdout.decode())


def printed_as_said(said: tuple[str, ...], printed: str) -> bool:
    """Whether the printed lines are those said, `...` standing for any."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == ANY_LINES else re.escape(line.rstrip()) + r"[ ]*\n"
        for line in said
    )
    return (
        re.fullmatch(pattern, printed if printed.endswith("\n") or not printed else printed + "\n")
        is not None
    )
