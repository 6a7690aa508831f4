"""Takes saved changes of a pathway's files in while the wizard runs on them.

A thread looks at the files, reads and checks them and works out what changed; the screen hears of
it by messages.  No key waits for any of it, and nothing is written while nothing is saved.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Final

from textual.app import App
from textual.message import Message

from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.disorder import BudgetExceededError
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.problems import PathwayErrors
from wizard.report.saved_change import change_line, finding_line
from wizard.screen.shared.saved import Changed, Saved, Stands
from wizard.workbench.standing import stand
from wizard.workbench.version_diff import compare
from wizard.workbench.watching import SECONDS, Watch, contents_of

_TURN: Final = 0.0005
"""Seconds that this thread computes until another one that waits may go on."""
_UNCHANGED: Final = "The files were saved, and nothing changed"


class Live:
    """The files of the pathway that the screen shows.

    What was read last without a mistake is what the next save is compared with.
    """

    def __init__(self, folder: Path, pathway: Pathway) -> None:
        self._folder = folder.absolute()
        self._watch = Watch(self._folder)
        self._pathway = pathway
        self._files = contents_of(self._folder)
        self._first = True
        self._ended = Event()

    def begin(self, app: App[None]) -> None:
        """Look at the files from a thread, until `end`."""
        Thread(target=self._run, args=(app,), name="saves").start()

    def end(self) -> None:
        """Look no more; what is being read is told to nobody."""
        self._ended.set()

    def _run(self, app: App[None]) -> None:
        while not self._ended.wait(SECONDS):
            with _giving_way():
                for message in self.look():
                    if self._ended.is_set():
                        return
                    app.post_message(message)

    def look(self) -> Iterator[Message]:
        """What is to be told of the files: at the first look, and where they were saved since."""
        first, self._first = self._first, False
        if first or self._watch.saved():
            yield from self._read(saved=not first)

    def _read(self, *, saved: bool) -> Iterator[Message]:
        compiled = self._compiled()
        standing, files = stand(self._folder), contents_of(self._folder)
        if not self._watch.at_rest():
            # They were written while they were read: the next look tells of them.
            return
        found = finding_line(standing.problems)
        yield Stands(standing, checks=compiled is not None, wrong=found)
        if compiled is None:
            return
        before, self._pathway = self._pathway, compiled.pathway
        known, self._files = self._files, files
        if before != compiled.pathway:
            yield Saved(compiled)
        elif not saved:
            return
        same = known == files and before == self._pathway
        told = _UNCHANGED if same else self._compared(before, known)
        yield Changed(f"{told}; {found}" if found else told)

    def _compiled(self) -> Compiled | None:
        """The pathway as its files have it now; None where something is wrong in them."""
        try:
            return compile_pathway(load_pathway(self._folder))
        except (PathwayErrors, BudgetExceededError):
            return None

    def _compared(self, before: Pathway, known: dict[str, bytes]) -> str:
        """What changed from the files of before."""
        with TemporaryDirectory(prefix="mdt-wizard-") as temporary:
            earlier = Path(temporary)
            for name, content in known.items():
                path = earlier / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            names, folders = ("before", "now"), (earlier, self._folder)
            try:
                found = compare(before, self._pathway, names, folders, lambda _: None)
            except (PathwayErrors, BudgetExceededError, OSError) as error:
                return f"The saved files are taken in; they cannot be compared: {error}"
        return change_line(found)


@contextmanager
def _giving_way() -> Iterator[None]:
    """Let the screen have its turn after a fraction of a key's time, again and again."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
