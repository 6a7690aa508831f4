"""What a person is told when a command cannot go on, and the exit code that goes with it."""

import os
import sys
import traceback
from contextlib import suppress

from wizard.exits import ExitCode, WizardError
from wizard.pathway.problems import printable


def explain(error: Exception) -> ExitCode:
    """Say on standard error what went wrong; a traceback only where the environment asks for it."""
    if os.environ.get("MDT_WIZARD_TRACEBACK") == "1":
        traceback.print_exception(error)
    code, words = _code_and_words(error)
    with suppress(OSError):  # standard error cannot be written to either
        sys.stderr.write(f"{words}\n")
    return code


def _code_and_words(error: Exception) -> tuple[ExitCode, str]:
    if isinstance(error, WizardError):
        # A message about a position begins with it, so that editors and terminals can open it.
        words = str(error) if error.where else f"mdt-wizard: {printable(error.message)}"
        return error.code, words
    if isinstance(error, OSError):
        return ExitCode.UNUSABLE_FILE, f"mdt-wizard: {printable(_in_words(error))}"
    return ExitCode.INTERNAL_ERROR, (
        f"mdt-wizard: internal error: {printable(f'{type(error).__name__}: {error}')}; please "
        "report it with what you did (MDT_WIZARD_TRACEBACK=1 shows where it happened)"
    )


def _in_words(error: OSError) -> str:
    """What the system says of a file, without its number: `cases: Permission denied`.

    An error without a file name is one of standard input or output.
    """
    if error.strerror is None:
        return str(error)
    return f"{error.filename or 'reading or writing failed'}: {error.strerror}"
