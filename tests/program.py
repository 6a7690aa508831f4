"""The program in a process of its own, as a person or a script runs it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Ended:
    """How a run ended, and what it wrote."""

    code: int
    out: str
    err: str


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
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
