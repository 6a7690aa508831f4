"""Saving the case for the first time: a title, or a path instead; then what that would replace."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from wizard.case.keeping import CaseFile, file_name
from wizard.pathway.problems import listed
from wizard.private_files import make_private_folder
from wizard.record import Record
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.breakpoints import LOW_OR_HIGH
from wizard.screen.shared.paths import completed
from wizard.screen.shared.rows import Tone, text
from wizard.wording.personal import NO_PERSON, personal_doubt
from wizard.wording.titles import LONGEST_TITLE

_MOST_SHOWN: Final = 8
_TITLE_KEYS: Final = "Enter saves it among your cases, tab types a path instead, esc does not."
_PATH_KEYS: Final = "Tab completes a path, enter saves there, shift+tab or esc go to the title."


class Write(Record):
    """How the case is written: by a title, to a path (None: among the user's own cases)."""

    title: str
    path: Path | None
    replacing: bool = False


class SaveOutcome(Record):
    """The title that the case was saved by, and the file that has it."""

    title: str
    file: CaseFile


class SaveScreen(ModalScreen[SaveOutcome | None]):
    """Ends with the file that the case was saved to, or None."""

    CSS_PATH = "../dialog.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = LOW_OR_HIGH
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "onward", "To the path", show=False, id="save.onward"),
        Binding("shift+tab", "title", "To the title", show=False, id="save.title"),
        Binding("escape", "cancel", "Cancel", show=False, id="save.cancel"),
    ]

    words = query_one("#words", Bar)
    name_field = query_one("#title", Input)
    path_field = query_one("#path", Input)

    def __init__(self, title: str, write: Callable[[Write], CaseFile], told: str = "") -> None:
        """A dialogue that begins with a title, or with why the case could not be saved."""
        super().__init__()
        self._title = title
        self._write = write
        self._first = told
        self._told: set[str] = set()
        self._typed_path = False

    def compose(self) -> ComposeResult:
        """Words, the title and the path."""
        with Vertical(id="dialog"):
            yield Bar(id="words")
            yield Input(id="title", max_length=LONGEST_TITLE, select_on_focus=False)
            yield Input(id="path", select_on_focus=False)

    def on_mount(self) -> None:
        """Ask for the title; typing replaces the one that is suggested, the arrows keep it."""
        self.name_field.value = self._title
        self.name_field.select_all()
        self._ask_title(self._first)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        """Save; what is doubtful is told first, and done when enter comes again."""
        title = " ".join(self.name_field.value.split())
        if self._typed_path:
            self._save_to(title, self.path_field.value.strip())
        elif not title:
            self._ask_title("A title is needed.")
        elif self._may("title", title, personal_doubt(title), "keeps it so"):
            self._save(Write(title, None))

    def action_onward(self) -> None:
        """From the title go to the path; there complete what is being typed."""
        if self._typed_path:
            found = completed(self.path_field.value)
            self._set_path(found.path)
            shown = listed(found.names, most=_MOST_SHOWN) or "Nothing there begins like that."
            self._ask_path(shown, Tone.ACCENT if len(found.names) != 1 else Tone.DIM)
        else:
            self._set_path(self.path_field.value or f"{file_name(self.name_field.value)}.yaml")
            self._ask_path()

    def action_title(self) -> None:
        """Go back to the title."""
        self._ask_title()

    def action_cancel(self) -> None:
        """Save nothing; from the path, back to the title."""
        if self._typed_path:
            self._ask_title()
        elif self.is_current:
            self.dismiss(None)

    # --- parts -------------------------------------------------------------------------------

    def _save_to(self, title: str, typed: str) -> None:
        """Save to a path, after what it would replace or make was told."""
        if not typed:
            self._ask_path("A path is needed.")
            return
        try:
            path = Path(typed).expanduser()
            there, folder = path.exists(), path.parent.exists()
        except (OSError, RuntimeError, ValueError) as error:
            self._refused(error)
            return
        doubt = personal_doubt(path.stem)
        if not self._may("path", typed, doubt, "keeps it so"):
            return
        if there and not self._may(
            "replace", typed, f"{path} exists already: its content would be lost.", "replaces it"
        ):
            return
        if not folder:
            if not self._may("make", typed, f"There is no folder {path.parent}.", "makes it"):
                return
            try:
                make_private_folder(path.parent)
            except OSError as error:
                self._refused(error)
                return
        self._save(Write(title, path, replacing=there))

    def _may(self, what: str, typed: str, doubt: str, again: str) -> bool:
        """Whether a doubt is none, or was told and enter came again."""
        asked = f"{what} {typed}"
        if not doubt or asked in self._told:
            return True
        self._told.add(asked)
        self._ask(f"{doubt} Enter again {again}.")
        return False

    def _save(self, write: Write) -> None:
        try:
            file = self._write(write)
        except (OSError, RuntimeError, ValueError) as error:
            self._refused(error)
        else:
            if self.is_current:
                self.dismiss(SaveOutcome(write.title, file))

    def _refused(self, error: Exception) -> None:
        where = getattr(error, "filename", None) or "It"
        self._ask(f"{where} cannot be written: {getattr(error, 'strerror', None) or error}")

    def _ask(self, told: str) -> None:
        """Ask again for what was typed, and tell why."""
        if self._typed_path:
            self._ask_path(told)
        else:
            self._ask_title(told)

    def _set_path(self, path: str) -> None:
        self.path_field.value = path
        self.path_field.cursor_position = len(path)

    def _ask_title(self, told: str = "") -> None:
        self._typed_path = False
        self._show("Save this case, titled", told, Tone.CAUTION, _TITLE_KEYS)

    def _ask_path(self, told: str = "", tone: Tone = Tone.CAUTION) -> None:
        self._typed_path = True
        self._show("Save to", told, tone, _PATH_KEYS)

    def _show(self, head: str, told: str, tone: Tone, keys: str) -> None:
        shown = text(told or NO_PERSON, tone if told else Tone.DIM)
        rows = (text(head, Tone.STRONG), shown, text(keys, Tone.DIM))
        self.words.show(lambda _width: rows)
        self.name_field.display = not self._typed_path
        self.path_field.display = self._typed_path
        (self.path_field if self._typed_path else self.name_field).focus()
