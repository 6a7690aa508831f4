"""What is wrong with a file, where, and the nearest thing that would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from wizard.pathway.model import Position


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: `what` is wrong, what was `expected`, and the name that may have been meant."""

    position: Position
    what: str
    expected: str = ""
    near: str | None = None

    def __str__(self) -> str:
        return printable(f"{self.position}: {self.message}")

    @property
    def message(self) -> str:
        """The problem without its place."""
        near = "" if self.near is None else f"did you mean {self.near}?"
        return "; ".join(part for part in (self.what, self.expected, near) if part)


class FileErrors(Exception):  # noqa: N818 - it holds several errors
    """Everything that is wrong in one reading, sorted by file, line and column."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=_place))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PathwayErrors(FileErrors):
    """A folder that is no valid pathway."""


def _place(problem: Problem) -> tuple[str, int, int, str, str]:
    where = problem.position
    return (where.file, where.line, where.column, problem.what, problem.expected)


def printable(text: str) -> str:
    """Text for a terminal: every character that does not print is shown by its code."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def quoted(text: str) -> str:
    """A piece of a file for a message, in quotes, cut to 60 characters."""
    shown = text if len(text) <= 60 else text[:57] + "..."
    return f'"{shown}"'


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like this one; None if none does."""
    matches = get_close_matches(name[:80], list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def listed(names: Iterable[str], *, most: int = 12) -> str:
    """Names for a message, cut after `most` of them."""
    every = list(names)
    return ", ".join(every[:most]) + (f" and {len(every) - most} more" if every[most:] else "")
