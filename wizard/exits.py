"""How the program ends, in one number."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit status of every command."""

    DONE = 0
    INTERNAL_ERROR = 1
    WRONG_USAGE = 2
    """Wrong usage, or no terminal for the screen wizard."""
    BAD_PATHWAY = 3
    """A pathway that does not check."""
    BAD_CASE = 4
    """A case that does not fit the pathway."""
    FOUND = 5
    """A strict check, a test or a comparison that found something."""
    UNUSABLE_FILE = 6
    """A file, the practice log or the output that could not be read or written."""
    HUNG_UP = 129
    INTERRUPTED = 130
    QUIT = 131
    TERMINATED = 143


class WrongUsageError(Exception):
    """What the program was told does not make sense; the message says why, in one line."""
