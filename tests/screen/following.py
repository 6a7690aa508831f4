"""The app on a folder whose files change: edits of them, and looks at them when a test says so."""

import shutil
from collections.abc import Callable
from pathlib import Path

from textual.message import Message
from textual.pilot import Pilot

from tests.edits import edit as edit_file
from tests.screen.driving import TODAY, says
from tests.small import SMALL
from wizard.engine.compiling import compile_pathway
from wizard.opening import Opening
from wizard.pathway.load import load_pathway
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.live import Live
from wizard.screen.pathway.screen import PathwayScreen
from wizard.screen.practice.screen import PracticeScreen
from wizard.screen.shared.place import PlaceScreen
from wizard.screen.shared.saved import Stands
from wizard.screen.start import wizard_app
from wizard.workbench.renaming import Renaming, renamed, texts_of

Edit = Callable[[Path], object]


def edit(file: str, old: str, new: str) -> Edit:
    """Write a file with other words in it."""
    return lambda folder: edit_file(folder / file, old, new)


NO_STORM = edit("options/prune.yaml", "storm: described", "storm: not_described")
BROKEN = edit("options/fell.yaml", "label: Fell", "labl: Fell")
MENDED = edit("options/fell.yaml", "labl: Fell", "label: Fell")
WATCH = "options/watch.yaml"
NO_BIRCH_THERE = "    birch: {label: Birch, help: White bark.}\n"


def without_birch(folder: Path) -> None:
    edit("factors.yaml", NO_BIRCH_THERE, "")(folder)
    edit("factors.yaml", "[oak, beech, birch]", "[oak, beech]")(folder)


def with_birch(folder: Path) -> None:
    shutil.copy(SMALL / "factors.yaml", folder / "factors.yaml")


def rename(what: Renaming) -> Edit:
    def write(folder: Path) -> None:
        files = texts_of(folder)
        for name in files:
            (folder / name).unlink()
        for name, text in renamed(files, what).items():
            (folder / name).write_text(text, "utf-8")

    return write


class Following:
    """The app on a folder, whose files are looked at when the test says so."""

    def __init__(self, folder: Path, place: str | None = None) -> None:
        pathway = load_pathway(folder)
        self.folder = folder
        self.live = Live(folder, pathway)
        self.app = wizard_app(compile_pathway(pathway), TODAY, Opening(place=place))
        self._unheard = list(self.live.look())
        assert [type(each) for each in self._unheard] == [Stands]

    def looked(self) -> list[Message]:
        """What two looks at the files tell: a save is told once it is at rest."""
        return [*self.live.look(), *self.live.look()]

    async def save(self, pilot: Pilot[None], *edits: Edit) -> list[Message]:
        """Change the files, look at them as the thread does, and draw what is heard."""
        for one in edits:
            one(self.folder)
        heard = self.looked()
        for message in (*self._unheard, *heard):
            self.app.post_message(message)
        self._unheard = []
        await pilot.pause()
        return heard

    @property
    def case(self) -> CaseScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, CaseScreen)
        return screen

    @property
    def pathway(self) -> PathwayScreen:
        screen = self.app.screen
        assert isinstance(screen, PathwayScreen)
        return screen

    @property
    def practice(self) -> PracticeScreen:
        screen = self.app.screen
        assert isinstance(screen, PracticeScreen)
        return screen


def footer(app: WizardApp) -> str:
    screen = app.screen
    assert isinstance(screen, PlaceScreen)
    return says(screen.footer)


def header(app: WizardApp) -> str:
    screen = app.screen
    assert isinstance(screen, PlaceScreen)
    return says(screen.header)
