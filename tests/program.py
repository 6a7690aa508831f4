"""The program in a process of its own, as a person or a script runs it."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT = Path(__file__).parents[1]
SIGN_OF_LIFE: Final = re.compile(r"^(?:check --deep|test|diff|generate): .*\n", re.MULTILINE)
"""What a command says on standard error once it has taken a second, as on a busy machine."""
_READ: Final = re.compile(r"(mdt-wizard: pathways? (not )?read: .*\n)*")


@dataclass(frozen=True)
class Ended:
    """How a run ended, and what it wrote.

    `read` is what standard error begins with where a command says which pathway it reads, and
    `err` the rest of it but for signs of life.
    """

    code: int
    out: str
    err: str
    read: str


def run(
    *arguments: str | Path,
    given: str | bytes = "",
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Ended:
    """Run the program with these arguments and this standard input, in a folder."""
    ended = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-m", "wizard", *map(str, arguments)],
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        timeout=60,
        check=False,
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "PYTHONUNBUFFERED": "",
            **(environment or {}),
        },
    )
    read, told = told_first(ended.stderr.decode())
    return Ended(ended.returncode, ended.stdout.decode(), told, read)


def told_first(error: str) -> tuple[str, str]:
    """What standard error says of the pathway that is read, and the rest of it."""
    read = _READ.match(error)
    assert read is not None
    return read[0], SIGN_OF_LIFE.sub("", error[read.end() :])
