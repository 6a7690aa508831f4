"""Writing the case to a file: the format, then the name, then what that would replace or make."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from wizard.case.decisions import Decisions
from wizard.pathway.problems import listed
from wizard.private_files import make_private_folder, write_private
from wizard.reasoning.situation import Situation
from wizard.screen.case.saving import Format, rendered, suggested_name
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.breakpoints import LOW_OR_HIGH
from wizard.screen.shared.filling import Filling
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.paths import completed
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, item, text
from wizard.wording.notices import NO_NAMES

_FORMATS = {
    Format.TEXT: "Plain text, to read or print",
    Format.MARKDOWN: "Markdown, for notes of your own",
    Format.JSON: "JSON, for other programs",
    Format.HTML: "HTML, a page to print or show",
}
CANCEL = "cancel"
YES = "yes"
_PATH_KEYS = "Tab completes a path, enter writes the file, esc does not."
_MOST_SHOWN = 8
_WORKING = "Working out the report …"


class ExportScreen(ModalScreen[str | None]):
    """Ends with the path that was written to, or None."""

    CSS_PATH = "../dialog.tcss"
    AUTO_FOCUS = "#formats"
    VERTICAL_BREAKPOINTS = LOW_OR_HIGH
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "form('txt')", "Text", show=False, id="export.text"),
        Binding("2", "form('md')", "Markdown", show=False, id="export.markdown"),
        Binding("3", "form('json')", "JSON", show=False, id="export.json"),
        Binding("4", "form('html')", "HTML", show=False, id="export.html"),
        Binding("y", "yes", "Yes", show=False, id="export.yes"),
        Binding("tab", "complete", "Complete", show=False, id="export.complete"),
        Binding("escape", "cancel", "Cancel", show=False, id="export.cancel"),
    ]

    words = query_one("#words", Bar)
    formats = query_one("#formats", Pane)
    path = query_one("#path", Input)

    def __init__(self, situation: Situation, decisions: Decisions, filling: Filling) -> None:
        super().__init__()
        self._situation = situation
        self._decisions = decisions
        self._filling = filling
        self._report: str | None = None
        self._waiting: Callable[[], None] | None = None
        self._format: Format | None = None
        self._to_confirm: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Words, the formats, and the name."""
        with Vertical(id="dialog"):
            yield Bar(id="words")
            yield Pane(id="formats")
            yield Input(id="path", select_on_focus=False)

    def on_mount(self) -> None:
        """Ask for the format."""
        self._ask("Export the case as", NO_NAMES, self._format_rows())

    @on(Pane.Chosen)
    def _chosen(self, message: Pane.Chosen) -> None:
        if message.target == YES:
            self.action_yes()
        elif message.target in set(Format):
            self.action_form(str(message.target))
        elif message.target == CANCEL:
            self.action_cancel()

    def action_form(self, suffix: str) -> None:
        """Take the format, and ask for the name; a thread works the report out meanwhile."""
        if self._format is not None:
            return
        self._format = Format(suffix)
        self.path.value = suggested_name(self._situation, self._format)
        self.path.cursor_position = len(self.path.value)
        self._ask_path()
        report = partial(rendered, self._situation.apart(), self._format, self._decisions)
        self._filling.later(self, report, self._worked_out)

    def _worked_out(self, report: str) -> None:
        """Have the report, and write it where that waits for it."""
        self._report = report
        waiting, self._waiting = self._waiting, None
        if waiting is not None and self.is_current:
            waiting()

    def action_complete(self) -> None:
        """Complete the path that is being typed, and show what it may go on to."""
        if not self.path.display:
            return
        found = completed(self.path.value)
        self.path.value = found.path
        self.path.cursor_position = len(found.path)
        shown = listed(found.names, most=_MOST_SHOWN) or "Nothing there begins like that."
        self._ask_path(text(shown, Tone.ACCENT if len(found.names) != 1 else Tone.DIM))

    @on(Input.Submitted)
    def _named(self) -> None:
        self._write()

    def action_yes(self) -> None:
        """Do what was asked: write over a file, or make its folder."""
        if self._to_confirm is not None:
            self._to_confirm()

    def action_cancel(self) -> None:
        """Write nothing; from a question about a path, back to the path as it was typed."""
        if self._to_confirm is not None or self._waiting is not None:
            self._ask_path()
        elif self.is_current:
            self.dismiss(None)

    def _write(self, *, overwrite: bool = False, make_folder: bool = False) -> None:
        """Write the file, or ask what stands in the way."""
        if self._format is None:
            return
        if self._report is None:
            again = partial(self._write, overwrite=overwrite, make_folder=make_folder)
            self._ask(_WORKING, "It is written once it is done.", _back_rows())
            self._waiting = again
            return
        try:
            path = Path(self.path.value.strip() or ".").expanduser()
            if make_folder:
                make_private_folder(path.parent)
            write_private(path, self._report, replacing=overwrite)
        except FileExistsError:
            self._to_confirm = partial(self._write, overwrite=True)
            rows = _yes_rows("Replace it")
            self._ask(f"{path} exists already.", "Its content would be lost.", rows)
        except FileNotFoundError as error:
            if make_folder or path.parent.exists():
                self._refused(error)
                return
            self._to_confirm = partial(self._write, make_folder=True)
            rows = _yes_rows("Make it")
            self._ask(f"There is no folder {path.parent}.", "It can be made, for you alone.", rows)
        except (OSError, RuntimeError, ValueError) as error:
            self._refused(error)
        else:
            if self.is_current:
                self.dismiss(str(path.resolve()))

    def _refused(self, error: Exception) -> None:
        why = getattr(error, "strerror", None) or error
        self._ask_path(text(f"It cannot be written there: {why}", Tone.CAUTION))

    def _ask(self, words: str, more: str, rows: tuple[Row, ...]) -> None:
        shown = (text(words, Tone.STRONG), text(more, Tone.DIM), BLANK)
        self.words.show(lambda _width: shown)
        self.formats.display = True
        self.path.display = False
        self.formats.show(lambda _width, _cursor: rows, top=True)
        self.formats.focus()

    def _ask_path(self, *told: Row) -> None:
        """Ask for the path, which stays as it was typed with the cursor where it was."""
        self._to_confirm = self._waiting = None
        shown = (text("Write to", Tone.STRONG), *told, text(_PATH_KEYS, Tone.DIM))
        self.words.show(lambda _width: shown)
        self.formats.display = False
        self.path.display = True
        self.path.focus()

    def _format_rows(self) -> tuple[Row, ...]:
        formats = [
            item(str(number), Span(words), tone=Tone.KEY, width=5, target=form)
            for number, (form, words) in enumerate(_FORMATS.items(), 1)
        ]
        return (*formats, *_back_rows())


def _back_rows() -> tuple[Row, ...]:
    return (item("esc", Span("Back"), tone=Tone.KEY, width=5, target=CANCEL),)


def _yes_rows(yes: str) -> tuple[Row, ...]:
    return (
        item("esc", Span("Choose another name"), tone=Tone.KEY, width=5, target=CANCEL),
        item("y", Span(yes), tone=Tone.KEY, width=5, target=YES),
    )
