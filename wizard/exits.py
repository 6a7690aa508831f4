"""The exit codes, and the one kind of error that carries them."""

from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from wizard.pathway.position import Position


class ExitCode(IntEnum):
    """The exit status of every command."""

    DONE = 0
    INTERNAL_ERROR = 1
    WRONG_USAGE = 2
    BAD_PATHWAY = 3
    BAD_CASE = 4
    FOUND = 5
    UNUSABLE_FILE = 6
    HUNG_UP = 129
    INTERRUPTED = 130
    QUIT = 131
    TERMINATED = 143


MEANINGS: Final[Mapping[ExitCode, str]] = {
    ExitCode.DONE: "done",
    ExitCode.INTERNAL_ERROR: "an internal error",
    ExitCode.WRONG_USAGE: "wrong usage, or no terminal for the full screen",
    ExitCode.BAD_PATHWAY: "a pathway that does not check",
    ExitCode.BAD_CASE: "a case that does not fit the pathway",
    ExitCode.FOUND: "a strict check, a test or a comparison that found something",
    ExitCode.UNUSABLE_FILE: "a file, the practice log or the output could not be read or written",
    ExitCode.HUNG_UP: "hung up",
    ExitCode.INTERRUPTED: "interrupted",
    ExitCode.QUIT: "quit",
    ExitCode.TERMINATED: "terminated",
}
"""What each code says of a run; a command may word one more precisely."""
OF_A_PATHWAY: Final = {ExitCode.BAD_PATHWAY: MEANINGS[ExitCode.BAD_PATHWAY]}
OF_A_CASE: Final = {**OF_A_PATHWAY, ExitCode.BAD_CASE: MEANINGS[ExitCode.BAD_CASE]}
"""How a command may end that reads a pathway, and one that reads a case in it."""


class WizardError(Exception):
    """Why the program cannot go on, in words for a person.

    `message` says what is wrong, `where` at which position in a file (None: at no single one);
    `code` is the program's exit code.
    """

    code: ClassVar[ExitCode] = ExitCode.INTERNAL_ERROR

    def __init__(self, message: str, where: "Position | None" = None) -> None:
        super().__init__(message if where is None else f"{where}: {message}")
        self.message = message
        self.where = where


class WrongUsageError(WizardError):
    """What the program was told does not make sense; the message says why, in one line."""

    code = ExitCode.WRONG_USAGE
