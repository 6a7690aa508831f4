"""Starting the wizard on the screen, and ending it with one exit code."""

import gc
import os
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wizard.case.journal import Journal, Left
from wizard.engine.compiling import Compiled
from wizard.exits import ExitCode, WrongUsageError
from wizard.kept_functions import compiled_once
from wizard.messages import tell, tell_problems
from wizard.opening import Opening
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.problems import PathwayErrors, listed, quoted
from wizard.practice.days import local_days
from wizard.record import replace
from wizard.report.moment import moment
from wizard.resuming import notice_of_left
from wizard.screen import themes
from wizard.screen.app import WizardApp
from wizard.screen.case.history import Begun
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import new_case
from wizard.screen.collecting import collected_seldom
from wizard.screen.shared.keys import Place
from wizard.screen.shared.place import PlaceScreen
from wizard.settings.first_start import first_start
from wizard.settings.reading import Settings

if TYPE_CHECKING:
    from wizard.case.keeping import CaseFile

NEW_CASE: Final = Opening()
_BACK: Final = "the case is kept: `mdt-wizard --resume` brings it back."


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
    left = opening.left
    if left is not None:
        from wizard.case.steps import check_pathway

        check_pathway(left.log, pathway)
    newcomer = opening.case is None and left is None and first_start()
    compiled = compiled_once(pathway)
    begun, file = _begun(compiled, opening)
    state = replace(begun.state, newcomer=newcomer)
    app = wizard_app(
        compiled,
        today,
        replace(opening, place=_first_place(opening, settings)),
        lambda: CaseScreen(
            compiled, state, history=begun.history, journal=opening.journal, file=file
        ),
    )
    if told := notice_of_left() if left is None else _what_is_back(left, pathway):
        app.tell_first(told)
    app.set_up(_held(settings, app))
    if not _set_theme(app, opening.theme):
        names = listed(_names(app), near=opening.theme)
        raise WrongUsageError(f"there is no theme {quoted(opening.theme or '')}; there are {names}")
    if opening.followed:
        from wizard.screen.live import Live

        app.follow(Live(folder, pathway))
    return _run(app, opening.journal)


def _held(settings: Settings, app: WizardApp) -> Settings:
    """The settings as far as the screen has what they name; what it lacks is told."""
    if settings.theme is None and not settings.keys:
        return settings
    from wizard.screen.configured import held

    fitting = held(settings, app.available_themes)
    tell_problems(fitting.problems[len(settings.problems) :])
    return fitting


def _first_place(opening: Opening, settings: Settings) -> str:
    """The place that was asked for or set; a case that is brought back is shown."""
    return opening.place or (Place.CASE if opening.left is not None else settings.start)


def _begun(compiled: Compiled, opening: Opening) -> "tuple[Begun, CaseFile | None]":
    """The case that was left, or a new one with what a file holds or nothing; and that file."""
    when = moment(os.environ)
    if opening.left is not None:
        from wizard.screen.case.resuming import resumed

        return _left(compiled, resumed(compiled, when, opening.left), opening.left)
    if opening.case is None:
        return Begun(new_case(compiled, when.today)), None
    from wizard.opened_cases import opened_case
    from wizard.screen.case.opened import begun_of

    opened = opened_case(Path(opening.case), compiled, when)
    return begun_of(opened, compiled), opened.file


def _what_is_back(left: Left, pathway: Pathway) -> str:
    from wizard.wording.left import what_is_back

    return what_is_back(left, pathway)


def _left(compiled: Compiled, begun: Begun, left: Left) -> "tuple[Begun, CaseFile | None]":
    """A case that was left, with the file that it was saved to where that is as it left it."""
    if not left.place.file:
        return begun, None
    from wizard.opened_cases import reopened
    from wizard.screen.case.opened import with_file

    found = reopened(left.place.file, left.log, compiled)
    if found is None:
        return begun, None
    case, file = found
    return replace(begun, state=with_file(begun.state, case, file)), file


def wizard_app(
    compiled: Compiled,
    today: date,
    opening: Opening = NEW_CASE,
    case: Callable[[], CaseScreen] | None = None,
    *,
    newcomer: bool = False,
) -> WizardApp:
    """The app with all of its places, open in one of them; without a case, on a new one.

    A newcomer is offered a tour and the gallery of cases.
    """

    def new() -> CaseScreen:
        return CaseScreen(compiled, replace(new_case(compiled, today), newcomer=newcomer))

    places: dict[Place, Callable[[], PlaceScreen]] = {
        Place.CASE: case or new,
        Place.PRACTICE: lambda: _practice(compiled, today, opening),
        Place.PATHWAY: lambda: _pathway(compiled, today),
    }
    return WizardApp(places.pop(Place(opening.place or Place.CASE))(), places=places)


def _practice(compiled: Compiled, today: date, opening: Opening) -> PlaceScreen:
    """The practice place, imported when it is first opened so that a case starts faster."""
    from wizard.practice.planning import TASKS, Wish
    from wizard.screen.practice.screen import practice_place

    return practice_place(compiled, today, opening.wish or Wish(TASKS), opening.seed)


def _pathway(compiled: Compiled, today: date) -> PlaceScreen:
    """The pathway place, imported when it is first opened."""
    from wizard.screen.pathway.screen import pathway_place

    return pathway_place(compiled, today)


def _show_problems(folder: Path, errors: PathwayErrors, theme: str | None) -> ExitCode:
    """Show the errors on the screen, and leave them on the terminal."""
    from wizard.screen.shared.problems import ProblemsScreen

    problems = errors.lines()
    app = WizardApp(ProblemsScreen(str(folder), problems, len(errors.causes)))
    _set_theme(app, theme)
    ended = _run(app)
    sys.stderr.write("".join(f"{problem}\n" for problem in problems))
    return ExitCode.BAD_PATHWAY if ended is ExitCode.DONE else ended


def _run(app: WizardApp, journal: Journal | None = None) -> ExitCode:
    """Run the app to its end; an error that ended it is raised once the terminal is restored.

    A case that the person did not leave in order stays in its journal.
    """
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
        kept = _ended(app, journal)
    if app.fault is not None:
        tell(_BACK if kept else "the answers of this run are lost.")
        raise app.fault
    if kept:
        tell(_BACK)
    return ExitCode.UNUSABLE_FILE if lost and app.ended is ExitCode.DONE else app.ended


def _ended(app: WizardApp, journal: Journal | None) -> bool:
    """Let the journal go; whether the case is kept in it, since nobody left it in order."""
    if journal is None:
        return False
    in_order = app.fault is None and app.ended is ExitCode.DONE
    kept = journal.kept and not in_order
    journal.end(clean=in_order)
    return kept


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
