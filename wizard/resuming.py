"""Which case that was left is brought back, and where the one that runs is kept."""

import sys
from collections.abc import Sequence
from pathlib import Path

from wizard.case.journal import Journal, Left, any_left, journal_folder, left_cases
from wizard.exits import ExitCode, WizardError, WrongUsageError
from wizard.messages import tell
from wizard.pathway.load import is_shipped
from wizard.pathway.problems import printable
from wizard.wording.left import A_CASE_WAS_LEFT, left_line

_LONGEST_LINE = 100


class CaseTakenError(WizardError):
    """A case that another program went on with meanwhile."""

    code = ExitCode.UNUSABLE_FILE


def case_to_resume() -> Left | None:
    """The case that was left; where several were, the one that the person names, None for none.

    Raises WrongUsageError where none was left.
    """
    try:
        left = left_cases(journal_folder())
    except RuntimeError as error:
        raise WrongUsageError(f"no case was left: {error}") from None
    if not left:
        raise WrongUsageError("no case was left; one is kept from its first answer to its end")
    return left[0] if len(left) == 1 else _asked(left)


def notice_of_left() -> str:
    """One line where a case was left; else empty."""
    try:
        return A_CASE_WAS_LEFT if any_left(journal_folder()) else ""
    except RuntimeError:
        return ""


def journal_of(pathway: Path, left: Left | None = None) -> Journal | None:
    """The journal of a case in the pathway of a folder, be it new or one that was left.

    None without a home.  Raises CaseTakenError where another program went on with the case.
    """
    try:
        folder = journal_folder()
    except RuntimeError as error:
        tell(f"the case is kept nowhere in case of a crash: {error}")
        return None
    journal = Journal(folder, "" if is_shipped(pathway) else str(pathway.resolve()))
    if left is not None and not journal.take(left):
        raise CaseTakenError("another wizard went on with this case meanwhile")
    return journal


def _asked(left: Sequence[Left]) -> Left | None:
    """One of several cases, by its number; what is not one of their numbers is asked again."""
    out = sys.stdout
    out.write("Cases that were left:\n")
    for number, each in enumerate(left, 1):
        out.write(f"  {number}  {printable(left_line(each))}\n")
    while True:
        out.write(f"Which one? 1 to {len(left)}, q for none: ")
        out.flush()
        line = sys.stdin.readline(_LONGEST_LINE)
        typed = line.strip()
        if not line or typed.lower() == "q":
            return None
        if typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= len(left):
            return left[int(typed) - 1]
