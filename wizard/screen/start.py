"""Starting the wizard on the screen, and ending it with one exit code."""

import gc
import os
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from wizard.case.answers import NO_ANSWERS, Answers
from wizard.case.files import read_case
from wizard.engine.compiling import Compiled
from wizard.exits import ExitCode, WrongUsageError
from wizard.kept_functions import compiled_once
from wizard.messages import tell, tell_problems
from wizard.opening import Opening
from wizard.pathway.load import load_pathway
from wizard.pathway.problems import PathwayErrors, listed, quoted
from wizard.practice.days import local_days
from wizard.record import replace
from wizard.report.moment import moment
from wizard.screen import themes
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import new_case
from wizard.screen.collecting import collected_seldom
from wizard.screen.configured import held
from wizard.screen.shared.keys import Place
from wizard.screen.shared.place import PlaceScreen
from wizard.settings.first_start import first_start
from wizard.settings.reading import Settings

NEW_CASE: Final = Opening()


def run_wizard(folder: Path, opening: Opening, settings: Settings) -> ExitCode:
    """Run the wizard on the pathway of a folder, as it is to open and as its user has set it.

    Expects a terminal.  Raises CaseErrors where a case does not fit the pathway.
    """
    today = moment(os.environ).today
    local_days(os.environ)  # a setting that is not an hour is reported before anything else
    try:
        pathway = load_pathway(folder)
    except PathwayErrors as errors:
        return _show_problems(folder, errors, opening.theme)
    case = opening.case
    answers = NO_ANSWERS if case is None else read_case(Path(case), pathway).answers
    opened = replace(opening, place=opening.place or settings.start)
    newcomer = case is None and first_start()
    app = wizard_app(compiled_once(pathway), today, opened, answers, newcomer=newcomer)
    fitting = held(settings, app.available_themes)
    tell_problems(fitting.problems[len(settings.problems) :])
    app.set_up(fitting)
    if not _set_theme(app, opening.theme):
        names = listed(_names(app), near=opening.theme)
        raise WrongUsageError(f"there is no theme {quoted(opening.theme or '')}; there are {names}")
    if opening.followed:
        from wizard.screen.live import Live  # noqa: PLC0415 - imported on first use

        app.follow(Live(folder, pathway))
    return _run(app)


def wizard_app(
    compiled: Compiled,
    today: date,
    opening: Opening = NEW_CASE,
    answers: Answers = NO_ANSWERS,
    *,
    newcomer: bool = False,
) -> WizardApp:
    """The app with all of its places, open in one of them, on a case with these answers.

    A newcomer is offered a tour and the gallery of cases.
    """
    places: dict[Place, Callable[[], PlaceScreen]] = {
        Place.CASE: lambda: CaseScreen(
            compiled, replace(new_case(compiled, today, answers), newcomer=newcomer)
        ),
        Place.PRACTICE: lambda: _practice(compiled, today, opening),
        Place.PATHWAY: lambda: _pathway(compiled, today),
    }
    return WizardApp(places.pop(Place(opening.place or Place.CASE))(), places=places)


def _practice(compiled: Compiled, today: date, opening: Opening) -> PlaceScreen:
    """The practice place, imported when it is first opened so that a case starts faster."""
    from wizard.practice.planning import TASKS, Wish  # noqa: PLC0415 - imported on first use
    from wizard.screen.practice.screen import practice_place  # noqa: PLC0415 - imported on first use

    return practice_place(compiled, today, opening.wish or Wish(TASKS), opening.seed)


def _pathway(compiled: Compiled, today: date) -> PlaceScreen:
    """The pathway place, imported when it is first opened."""
    from wizard.screen.pathway.screen import pathway_place  # noqa: PLC0415 - imported on first use

    return pathway_place(compiled, today)


def _show_problems(folder: Path, errors: PathwayErrors, theme: str | None) -> ExitCode:
    """Show the errors on the screen, and leave them on the terminal."""
    from wizard.screen.shared.problems import ProblemsScreen  # noqa: PLC0415 - imported on first use

    problems = errors.lines()
    app = WizardApp(ProblemsScreen(str(folder), problems, len(errors.causes)))
    _set_theme(app, theme)
    ended = _run(app)
    sys.stderr.write("".join(f"{problem}\n" for problem in problems))
    return ExitCode.BAD_PATHWAY if ended is ExitCode.DONE else ended


def _run(app: WizardApp) -> ExitCode:
    """Run the app to its end; an error that ended it is raised once the terminal is restored."""
    # What the start made stays to the end: collect garbage only among what comes after.
    gc.freeze()
    gc.enable()
    threading.excepthook = app.thread_failed
    try:
        with collected_seldom():
            app.run()
    finally:
        app.follow_no_more()
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
