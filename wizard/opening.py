"""Opening the wizard on the full screen: what comes before anything of the screen is imported."""

import gc
import os
from importlib import import_module
from typing import TYPE_CHECKING

from wizard.exits import ExitCode
from wizard.messages import tell_passed_over, tell_problems
from wizard.pathway.choosing import for_a_case
from wizard.record import Record, replace
from wizard.settings.reading import ESCAPE_VARIABLE, read_settings

if TYPE_CHECKING:
    from wizard.practice.planning import Wish


class Opening(Record):
    """What the wizard opens on: a theme, a place, a file of first answers, a round of practice.

    None is what the settings say, a case without answers, and a round as usual.  What is saved of
    the files of a `followed` pathway is taken in while the wizard runs.
    """

    theme: str | None = None
    place: str | None = None
    case: str | None = None
    wish: "Wish | None" = None
    seed: int | None = None
    followed: bool = False


def open_wizard(pathway: str | None, opening: Opening) -> ExitCode:
    """Run the wizard on a terminal, on a pathway (None: the shipped one), as its user has set it.

    Raises PathwayErrors where there is no such pathway, CaseErrors where a case does not fit it.
    """
    settings = read_settings(os.environ)
    tell_problems(settings.problems)
    os.environ[ESCAPE_VARIABLE] = str(settings.escape_delay)  # Textual reads it when imported
    choice = for_a_case(pathway)
    if choice.passed_over:
        tell_passed_over(choice)
    # What a start makes stays to the end: a garbage collection meanwhile would find nothing.
    gc.disable()
    shown: ExitCode = import_module("wizard.screen.start").run_wizard(
        choice.folder, replace(opening, followed=pathway is not None), settings
    )
    return shown
