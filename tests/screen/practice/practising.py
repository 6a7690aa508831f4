"""What every test of practice on the screen needs: the app in its place, and what is in front."""

from dataclasses import replace

from textual.pilot import Pilot

from tests.screen.driving import (
    TODAY,
    press,
    shipped,
    text_of,
)
from wizard.engine.compiling import Compiled
from wizard.practice.log_rows import LoggedTask
from wizard.practice.marking import Marking
from wizard.practice.planning import TASKS, Wish
from wizard.practice.rounds import Phase
from wizard.practice.schedule import ItemReview
from wizard.practice.tasks import TaskKind
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import new_case
from wizard.screen.practice.screen import PracticeScreen, practice_place
from wizard.screen.practice.state import Stage
from wizard.screen.shared.keys import Place


def practising(
    compiled: Compiled | None = None,
    *,
    seed: int = 11,
    tasks: int = TASKS,
    kind: TaskKind | None = None,
    theme: str = "mdt-dark",
) -> tuple[WizardApp, PracticeScreen]:
    """The app in the practice place, before the first round, with the case beside it."""
    pathway = compiled or shipped()
    screen = practice_place(pathway, TODAY, Wish(tasks, kind), seed)
    places = {Place.CASE: lambda: CaseScreen(pathway, new_case(pathway, TODAY))}
    return WizardApp(screen, theme=theme, places=places), screen


def unordered(done: LoggedTask) -> tuple[LoggedTask, set[ItemReview]]:
    return replace(done, reviews=()), set(done.reviews)


def now_of(screen: PracticeScreen) -> Phase | None:
    return screen.state.round.phase if screen.state.round else None


def row_of(screen: PracticeScreen, words: str) -> int:
    """The line of the question column, its border counted, that has these words."""
    lines = text_of(screen.task_pane).splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


async def answer(pilot: Pilot[None], screen: PracticeScreen) -> None:
    """Answer the question in front with its first choice, twice where it must be."""
    while screen.state.stage is Stage.ASKED:
        again = now_of(screen) is Phase.SECOND_CHANCE
        await press(pilot, ["g"] if again else ["1", "enter"])


def marking_in_front(screen: PracticeScreen) -> Marking | None:
    return screen.state.front.marking if screen.state.front else None


def stage_of(screen: PracticeScreen) -> Stage:
    """Where practice is now."""
    return screen.state.stage
