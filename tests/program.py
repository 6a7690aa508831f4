"""The program as a person or a script runs it: here, or in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Final
from unittest.mock import patch

from wizard.__main__ import main
from wizard.exits import ExitCode
from wizard.failing import explain

ROOT = Path(__file__).parents[1]
SIGN_OF_LIFE: Final = re.compile(
    r"^(?:check --deep|test|diff|generate|table|replay|assessing): .*\n", re.MULTILINE
)
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
    """Run the program with these arguments and this standard input, in a folder.

    It runs here, with everything loaded that the tests have loaded: `run_apart` is for what only a
    process has, such as its signals, the encoding of its terminal, and where it finds its code.
    """
    out, err = _stream(b""), _stream(b"")
    with (
        chdir(folder or Path.cwd()),
        patch.dict(os.environ, {"COLUMNS": "80", **(environment or {})}),
        patch.object(sys, "stdin", _stream(_bytes(given))),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _code([str(each) for each in arguments])
    err.flush()
    read, told = told_first(_written(err))
    return Ended(code, _written(out), told, read)


def _code(arguments: list[str]) -> int:
    """How the program ends; what it printed is written where no error ends it."""
    try:
        code: int = main(arguments)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else ExitCode.DONE
    except Exception as error:  # noqa: BLE001 - as the program's own entry
        return explain(error)
    sys.stdout.flush()
    return code


def _stream(data: bytes) -> TextIOWrapper:
    return TextIOWrapper(BytesIO(data), encoding="utf-8", errors="backslashreplace")


def _written(stream: TextIOWrapper) -> str:
    """What has left a stream: at an error, a process loses what it has only buffered."""
    assert isinstance(stream.buffer, BytesIO)
    return stream.buffer.getvalue().decode()


def _bytes(given: str | bytes) -> bytes:
    return given.encode() if isinstance(given, str) else given


def run_apart(
    *arguments: str | Path,
    given: str | bytes = "",
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Ended:
    """The same in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-m", "wizard", *map(str, arguments)],
        input=_bytes(given),
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
