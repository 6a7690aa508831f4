"""What a person is told when a command cannot go on, and the exit code that goes with it."""

import os
import sys
import traceback

from wizard.case.files import CaseErrors
from wizard.exits import ExitCode
from wizard.pathway.problems import FileErrors, printable
from wizard.reasoning.compiling import BudgetExceededError


def explain(error: Exception) -> ExitCode:
    """Say on standard error what went wrong; a traceback only where the environment asks for it."""
    if os.environ.get("MDT_WIZARD_TRACEBACK") == "1":
        traceback.print_exception(error)
    if isinstance(error, FileErrors | BudgetExceededError):
        sys.stderr.write(f"{error}\n")
        return ExitCode.BAD_CASE if isinstance(error, CaseErrors) else ExitCode.BAD_PATHWAY
    if isinstance(error, OSError):
        sys.stderr.write(f"mdt-wizard: {printable(_in_words(error))}\n")
        return ExitCode.INTERNAL_ERROR
    sys.stderr.write(
        f"mdt-wizard: internal error: {printable(f'{type(error).__name__}: {error}')}; please "
        "report it with what you did (MDT_WIZARD_TRACEBACK=1 shows where it happened)\n"
    )
    return ExitCode.INTERNAL_ERROR


def _in_words(error: OSError) -> str:
    """What the system says of a file, without its number: `cases: Permission denied`."""
    if error.strerror is None:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
