"""The start page: the cases that were saved, the last one first; open, rename or delete one."""

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from wizard.case.shelf import ShelfCase, delete, retitle, shelf_case, shelf_paths
from wizard.exits import WizardError
from wizard.pathway.model import Pathway
from wizard.report.moment import moment
from wizard.screen.case.shelf_rows import CASE, case_rows, field_rows, list_rows, title_rows
from wizard.screen.shared.ask import AskScreen
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.breakpoints import LOW_OR_HIGH
from wizard.screen.shared.columns import Columns
from wizard.screen.shared.edges import footer_rows
from wizard.screen.shared.keys import Key
from wizard.screen.shared.pane import Pane
from wizard.wording.personal import NO_PERSON, personal_doubt
from wizard.wording.search import holds
from wizard.wording.titles import LONGEST_TITLE

_KEYS: Final = (
    Key("open", "enter", "enter", "Open", "Open the case"),
    Key("rename", "r", "r", "Rename", "Give the case another title"),
    Key("delete", "d", "d", "Delete", "Delete the file of the case"),
    Key("type", "", "type", "Search", "Find cases by their words"),
    Key("cancel", "escape", "esc", "Close", "Clear the words, or go back to the case"),
)
_TYPING_KEYS: Final = (
    _KEYS[0],
    Key("list", "tab", "tab", "To the list", "Leave the words, so that r and d act"),
    _KEYS[4],
)
_SLICE: Final = 0.006
"""Seconds of reading between which keys are taken."""
_LONGEST_TYPED: Final = 60


class ShelfScreen(ModalScreen[Path | None]):
    """Ends with the file to open, or None.

    Letters look for cases, but for r and d, which act on the case under the cursor; behind other
    letters, or behind /, they are letters too, until tab or an arrow.
    """

    CSS_PATH = "gallery.tcss"
    AUTO_FOCUS = "#cases"
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (60, "-two")]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS = LOW_OR_HIGH
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "list", "To the list", show=False, id="shelf.list"),
        Binding("delete", "delete", "Delete", show=False, id="shelf.delete"),
        Binding("escape", "cancel", "Close", show=False, id="shelf.cancel"),
    ]

    field = query_one("#field", Bar)
    title_field = query_one("#title", Input)
    cases = query_one("#cases", Pane)
    case = query_one("#case", Pane)
    footer = query_one("#footer", Bar)

    def __init__(self, pathway: Pathway) -> None:
        super().__init__()
        self._pathway = pathway
        self._typed = ""
        self._typing = False
        self._renamed: ShelfCase | None = None
        self._doubted = ""
        self._begin()

    def compose(self) -> ComposeResult:
        """What is looked for, a field for a title, the cases, and the one under the cursor."""
        yield Bar(id="field")
        yield Input(id="title", max_length=LONGEST_TITLE, select_on_focus=False)
        with Columns(id="columns"):
            yield Pane(id="cases")
            yield Pane(id="case")
        yield Bar(id="footer")

    def on_mount(self) -> None:
        """Begin to read."""
        self.title_field.display = False
        self.cases.entitle("Saved cases")
        self.case.entitle("The case")
        self._read_on()

    def _begin(self) -> None:
        self._waiting: Iterator[ShelfCase] = map(shelf_case, shelf_paths())
        self._read: tuple[ShelfCase, ...] = ()
        self.whole = False

    def _read_on(self) -> None:
        """Read for a moment, show what was read, and go on once that is drawn."""
        until = perf_counter() + _SLICE
        while perf_counter() < until and not self.whole:
            following = tuple(islice(self._waiting, 1))
            self.whole = not following
            self._read += following
        self._draw()
        if not self.whole:
            self.call_after_refresh(self._read_on)

    # --- drawing -----------------------------------------------------------------------------

    def _draw(self, told: str = "") -> None:
        shown = self._shown()
        rows = list_rows(shown, whole=self.whole, typed=self._typed)
        self.cases.show(lambda _width, _cursor: rows)
        if self._renamed is None:
            number, words = len(self._read), self._typed if self._typing or self._typed else None
            self.field.show(lambda width: field_rows(words, len(shown), number, width))
        self._draw_case(told)

    def _draw_case(self, told: str = "") -> None:
        case = self._under_cursor()
        rows = () if case is None else case_rows(self._pathway, case)
        self.case.show(lambda _width, _cursor: rows, top=True)
        keys = _TYPING_KEYS if self._typing else _KEYS
        refused = frozenset({"open", "rename", "delete"}) if case is None else frozenset()
        self.footer.show(lambda width: footer_rows(keys, refused, told, width))

    def _shown(self) -> tuple[ShelfCase, ...]:
        """The cases that hold every word that is typed, in their title, pathway or file."""
        typed = self._typed
        return tuple(
            each
            for each in self._read
            if not typed.strip() or holds(typed, each.name, each.pathway, each.path.name)
        )

    def _under_cursor(self) -> ShelfCase | None:
        """The case under the cursor: the first one while the list has none."""
        path = (self.cases.cursor or "").removeprefix(CASE)
        shown = self._shown()
        here = (each for each in shown if str(each.path) == path)
        return next(here, next(iter(shown), None))

    # --- what a person does ------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Letters look for cases by their words; r and d act where no words are being typed."""
        letter = event.character if event.is_printable else None
        if self._renamed is not None:
            return
        if letter in ("r", "d") and not self._typing:
            event.stop()
            self.action_rename() if letter == "r" else self.action_delete()
        elif letter == "/" and not self._typing:
            event.stop()
            self._typing = True
            self._draw()
        elif event.key == "backspace" and self._typed:
            event.stop()
            self._look_for(self._typed[:-1])
        elif letter is not None and (self._typed or letter != " "):
            event.stop()
            self._look_for((self._typed + letter)[:_LONGEST_TYPED])

    def _look_for(self, typed: str) -> None:
        self._typed, self._typing = typed, True
        self._draw()

    @on(Pane.Moved)
    def _moved(self) -> None:
        self._typing = False
        self._draw_case()

    @on(Pane.Chosen)
    def _chosen(self, message: Pane.Chosen) -> None:
        case = self._under_cursor()
        if message.target is None or case is None or not self.is_current:
            return
        if case.wrong:
            self._draw_case(f"This case cannot be read: {case.wrong}")
        else:
            self.dismiss(case.path)

    def action_list(self) -> None:
        """Leave the words that are typed, or the title, for the list."""
        self._typing = False
        self._to_list()

    def action_cancel(self) -> None:
        """Leave the title, clear the words that were typed, or go back to the case."""
        if self._renamed is not None:
            self._to_list()
        elif self._typed or self._typing:
            self._typed, self._typing = "", False
            self._draw()
        elif self.is_current:
            self.dismiss(None)

    def action_rename(self) -> None:
        """Ask for another title of the case under the cursor."""
        case = self._under_cursor()
        if case is None or case.wrong:
            return
        self._renamed, self._doubted = case, ""
        self.title_field.display = True
        self.title_field.value = case.title
        self.title_field.select_all()  # typing replaces the title, the arrows keep it
        self.field.show(lambda _width: title_rows(case, NO_PERSON))
        self.set_focus(self.title_field, scroll_visible=False)  # now: the next letter is for it

    @on(Input.Submitted)
    def _titled(self) -> None:
        """Rename; what is doubtful is told first, and done when enter comes again."""
        case, title = self._renamed, " ".join(self.title_field.value.split())
        if case is None:
            return
        doubt = personal_doubt(title)
        if not title:
            self.field.show(lambda _width: title_rows(case, "A title is needed."))
        elif doubt and self._doubted != title:
            self._doubted = title
            told = f"{doubt} Enter again keeps it so."
            self.field.show(lambda _width: title_rows(case, told))
        else:
            self._do(lambda: retitle(case, title, moment(os.environ).at), f"Renamed: {title}")

    def action_delete(self) -> None:
        """Delete the file of the case under the cursor, if the person says so."""
        case = self._under_cursor()
        if case is None or self._renamed is not None:
            return

        def answered(wanted: bool | None) -> None:  # noqa: FBT001 - Textual passes it
            if wanted:
                self._do(lambda: delete(case), f"Deleted: {case.name}")

        question = f"Delete this case for good? {case.name}"
        self.app.push_screen(AskScreen(question, "Delete"), answered)

    def _do(self, do: Callable[[], None], done: str) -> None:
        """Do something with a file, read all again, and tell so; or why it cannot be done."""
        try:
            do()
        except (WizardError, OSError, RuntimeError) as error:
            done = getattr(error, "strerror", None) or str(error)
        self._begin()
        while not self.whole:
            self._read_on()
        self._to_list(done)

    def _to_list(self, told: str = "") -> None:
        self._renamed = None
        self.title_field.display = False
        self._draw(told)
        self.set_focus(self.cases, scroll_visible=False)
