"""What a person is told on standard error, a line at a time."""

import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from wizard.pathway.choosing import ChosenFolder, extended_by, shown
from wizard.pathway.load import is_shipped
from wizard.pathway.problems import Problem, listed, printable


def tell(message: str) -> None:
    """Print a line for a person; characters that do not print are shown by their code."""
    with suppress(OSError):  # without a standard error to write to, the work goes on
        sys.stderr.write(f"mdt-wizard: {printable(message)}\n")


def tell_problems(problems: Iterable[Problem]) -> None:
    """What is wrong with a file, a line for each mistake, which begins with its place."""
    with suppress(OSError):
        sys.stderr.writelines(f"{problem.told}\n" for problem in problems)


def tell_read(place: str, folder: Path) -> None:
    """Which pathway is read: the first line of every command that reads one.

    `place` is what its folder is called.
    """
    base = extended_by(folder)
    on_top = f", on top of {base}" if base else ""
    copy = "the" if is_shipped(folder) else "not the"
    tell(f"pathway read: {place}{on_top} ({copy} shipped copy)")


def tell_choice(choice: ChosenFolder) -> None:
    """Which pathway is read, and which of the working folder are not."""
    tell_read(shown(choice.folder), choice.folder)
    tell_passed_over(choice)


def tell_passed_over(choice: ChosenFolder) -> None:
    """Which pathways of the working folder are not read, and how they would be."""
    names = [shown(folder) for folder in choice.passed_over]
    if len(names) == 1:
        from shlex import quote

        tell(f"pathway not read: {names[0]}; to read it, add --pathway {quote(names[0])}")
    elif names:
        tell(f"pathways not read: {listed(names)}; to read one, add --pathway FOLDER")
