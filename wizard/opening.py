"""Opening the wizard on the full screen: what comes before anything of the screen is imported."""

import gc
import os
from importlib import import_module
from typing import TYPE_CHECKING

from wizard.exits import ExitCode
from wizard.messages import tell, tell_choice, tell_passed_over, tell_problems
from wizard.pathway.choosing import ChosenFolder, for_a_case
from wizard.record import Record, replace
from wizard.settings.reading import ESCAPE_VARIABLE, read_settings

if TYPE_CHECKING:
    from wizard.case.journal import Journal, Left
    from wizard.practice.planning import Wish


class Opening(Record):
    """What the wizard opens on: a theme, a place, a file of first answers, a round of practice.

    None is what the settings say, a case without answers, and a round as usual.  What is saved of
    the files of a `followed` pathway is taken in while the wizard runs.  `left` is a case that is
    brought back, and `journal` keeps this one for that; without it, it is kept nowhere.
    """

    theme: str | None = None
    place: str | None = None
    case: str | None = None
    wish: "Wish | None" = None
    seed: int | None = None
    followed: bool = False
    left: "Left | None" = None
    journal: "Journal | None" = None


def open_wizard(
    pathway: str | None, opening: Opening, *, resume: bool = False, journal: bool = True
) -> ExitCode:
    """Run the wizard on a terminal, on a pathway (None: the shipped one), as its user has set it.

    To `resume` is to bring back a case that was left; without a `journal` this one cannot be.
    Raises PathwayErrors where there is no such pathway, CaseErrors where a case does not fit it.
    """
    settings = read_settings(os.environ)
    tell_problems(settings.problems)
    os.environ[ESCAPE_VARIABLE] = str(settings.escape_delay)  # Textual reads it when imported
    choice, left = _chosen(pathway, resume=resume)
    if choice is None:
        return ExitCode.DONE
    if choice.passed_over:
        tell_passed_over(choice)
    kept = _journal(choice, left, wanted=journal and settings.journal)
    # What a start makes stays to the end: a garbage collection meanwhile would find nothing.
    gc.disable()
    import_module("wizard.screen.offline").import_asyncio()
    shown: ExitCode = import_module("wizard.screen.start").run_wizard(
        choice.folder,
        replace(opening, followed=pathway is not None, left=left, journal=kept),
        settings,
    )
    return shown


def open_line_by_line(
    pathway: str | None, case: str | None, *, resume: bool = False, journal: bool = True
) -> ExitCode:
    """The same without a screen, on standard input and output; `case` is a file of first answers.

    Raises PathwayErrors, CaseErrors, MomentError.
    """
    choice, left = _chosen(pathway, resume=resume)
    if choice is None:
        return ExitCode.DONE
    tell_choice(choice)
    kept = _journal(choice, left, wanted=journal and read_settings(os.environ).journal)
    if left is None and (told := import_module("wizard.resuming").notice_of_left()):
        tell(told)
    ended: ExitCode = import_module("wizard.plain.start").run_plain(
        choice.folder, case, left=left, journal=kept
    )
    return ended


# --- parts -----------------------------------------------------------------------------------


def _chosen(pathway: str | None, *, resume: bool) -> "tuple[ChosenFolder | None, Left | None]":
    """The pathway that is read, and the case that is brought back; none where nobody wants one."""
    if not resume:
        return for_a_case(pathway), None
    left: Left | None = import_module("wizard.resuming").case_to_resume()
    if left is None:
        return None, None
    return ChosenFolder(for_a_case(pathway or left.folder or None).folder), left


def _journal(choice: ChosenFolder, left: "Left | None", *, wanted: bool) -> "Journal | None":
    """What keeps the case; one that was left stays where it is kept."""
    if left is None and not wanted:
        return None
    made: Journal | None = import_module("wizard.resuming").journal_of(choice.folder, left)
    return made
