"""Starting the wizard on the screen, and ending it with one exit code."""

import gc
import os
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.engine.compiling import Compiled, compile_pathway
from wizard.exits import ExitCode, WrongUsageError
from wizard.messages import tell
from wizard.pathway.load import load_pathway
from wizard.pathway.problems import PathwayErrors, listed, quoted
from wizard.practice.days import local_days
from wizard.report.moment import moment
from wizard.screen import themes
from wizard.screen.app import WizardApp
from wizard.screen.case.keys import Place
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import new_case
from wizard.screen.shared.place import PlaceScreen

if TYPE_CHECKING:
    from wizard.practice.planning import Wish


def run_wizard(
    folder: Path,
    theme: str | None,
    opens: Place = Place.CASE,
    wish: "Wish | None" = None,
    seed: int | None = None,
) -> ExitCode:
    """Run the wizard on the pathway of a folder and with a theme.

    Expects a terminal; a theme of None is the wizard's own.  It opens in a place; `wish` and
    `seed` are of the first round of practice.
    """
    today = moment(os.environ).today
    local_days(os.environ)  # a setting that is not an hour is told before all else
    try:
        pathway = load_pathway(folder)
    except PathwayErrors as errors:
        return _show_problems(folder, errors, theme)
    compiled = compile_pathway(pathway)
    app = wizard_app(compiled, today, opens, wish, seed)
    if not _set_theme(app, theme):
        names = listed(_names(app), near=theme)
        raise WrongUsageError(f"there is no theme {quoted(theme or '')}; there are {names}")
    return _run(app)


def wizard_app(
    compiled: Compiled,
    today: date,
    opens: Place = Place.CASE,
    wish: "Wish | None" = None,
    seed: int | None = None,
) -> WizardApp:
    """The app with all of its places, open in one of them."""
    places: dict[Place, Callable[[], PlaceScreen]] = {
        Place.CASE: lambda: CaseScreen(compiled, new_case(compiled, today)),
        Place.PRACTICE: lambda: _practice(compiled, today, wish, seed),
    }
    return WizardApp(places.pop(opens)(), places=places)


def _practice(
    compiled: Compiled, today: date, wish: "Wish | None", seed: int | None
) -> PlaceScreen:
    """The practice place, brought when it is first gone to: a case need not wait for it."""
    from wizard.practice.planning import TASKS, Wish  # noqa: PLC0415 - imported on first use
    from wizard.screen.practice.screen import practice_place  # noqa: PLC0415 - imported on first use

    return practice_place(compiled, today, wish or Wish(TASKS), seed)


def _show_problems(folder: Path, errors: PathwayErrors, theme: str | None) -> ExitCode:
    """Show the errors on the screen, and leave them on the terminal."""
    from wizard.screen.shared.problems import ProblemsScreen  # noqa: PLC0415 - imported on first use

    problems = errors.lines()
    app = WizardApp(ProblemsScreen(str(folder), problems, len(errors.problems)))
    _set_theme(app, theme)
    ended = _run(app)
    sys.stderr.write("".join(f"{problem}\n" for problem in problems))
    return ExitCode.BAD_PATHWAY if ended is ExitCode.DONE else ended


def _run(app: WizardApp) -> ExitCode:
    """Run the app to its end; an error that ended it is raised once the terminal is restored."""
    # What a start has made stays to the end: garbage is looked for only in what comes after.
    gc.freeze()
    gc.enable()
    threading.excepthook = app.thread_failed
    try:
        app.run()
    finally:
        lost = [told for place in app.places if (told := place.finish())]
        for told in lost:
            tell(told)
    if app.fault is not None:
        tell("the answers of this run are lost.")
        raise app.fault
    return ExitCode.UNUSABLE_FILE if lost and app.ended is ExitCode.DONE else app.ended


def _set_theme(app: WizardApp, theme: str | None) -> bool:
    if theme is not None and theme not in app.available_themes:
        return False
    if theme is not None:
        app.theme = theme
    return True


def _names(app: WizardApp) -> list[str]:
    """The themes that can be chosen, our own first."""
    ours = [each.name for each in themes.OURS]
    return [*ours, *sorted(app.available_themes.keys() - ours)]
