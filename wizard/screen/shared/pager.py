"""Reading a text in the user's own pager."""

import shlex
import shutil
import subprocess
from collections.abc import Mapping
from typing import Final

_USUAL: Final = "less"


class NoPagerError(Exception):
    """No pager could be opened; the message says why."""


def pager_of(environment: Mapping[str, str]) -> list[str]:
    """The pager that the environment names, else `less`, with its arguments.

    Raises NoPagerError where it is not there.
    """
    named = environment.get("PAGER", "").strip() or _USUAL
    try:
        command = shlex.split(named)
    except ValueError:
        raise NoPagerError(f"PAGER is not a command: {named}") from None
    if shutil.which(command[0]) is None:
        raise NoPagerError(f"There is no pager {command[0]} here; PAGER can name another.")
    return command


def page(command: list[str], words: str) -> str:
    """Show a text in a pager until that ends; what is then to be told, if it failed."""
    try:
        ended = subprocess.run(command, input=words.encode(), check=False)  # noqa: S603 - the user's
    except OSError as error:
        return f"{command[0]} cannot be started: {error.strerror}"
    return f"{command[0]} ended with {ended.returncode}." if ended.returncode else ""
