"""Writing the case to a file: the format, then the name, then whether to replace one."""

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from wizard.private_files import write_private
from wizard.screen.case.saving import Format, rendered
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.lines import INKS
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, item, text
from wizard.wording.notices import NO_NAMES
from wizard.wording.situation import Situation

_FORMATS = {
    Format.TEXT: "Plain text, to read or print",
    Format.MARKDOWN: "Markdown, for notes of your own",
    Format.JSON: "JSON, for other programs",
}
CANCEL = "cancel"
REPLACE = "replace"


class ExportScreen(ModalScreen[str | None]):
    """Ends with the path that was written to, or None."""

    CSS_PATH = "../shared/dialog.tcss"
    COMPONENT_CLASSES: ClassVar[set[str]] = {*INKS}
    AUTO_FOCUS = "#formats"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012 - declared so by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "form('txt')", "Text", show=False, id="export.text"),
        Binding("2", "form('md')", "Markdown", show=False, id="export.markdown"),
        Binding("3", "form('json')", "JSON", show=False, id="export.json"),
        Binding("y", "replace", "Replace", show=False, id="export.replace"),
        Binding("escape", "cancel", "Cancel", show=False, id="export.cancel"),
    ]

    words = query_one("#words", Bar)
    formats = query_one("#formats", Pane)
    path = query_one("#path", Input)

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self._situation = situation
        self._format: Format | None = None
        self._exists: Path | None = None

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
        if message.target == REPLACE:
            self.action_replace()
        elif message.target in set(Format):
            self.action_form(str(message.target))
        elif message.target == CANCEL:
            self.action_cancel()

    def action_form(self, suffix: str) -> None:
        """Take the format, and ask for the name."""
        if self._format is not None:
            return
        self._format = Format(suffix)
        self._ask_path(f"mdt-case-{self._situation.today.isoformat()}.{suffix}")

    @on(Input.Submitted)
    def _named(self, message: Input.Submitted) -> None:
        self._write(Path(message.value.strip() or ".").expanduser(), overwrite=False)

    def action_replace(self) -> None:
        """Write over the file that is there."""
        if self._exists is not None:
            self._write(self._exists, overwrite=True)

    def action_cancel(self) -> None:
        """Write nothing; from the question whether to replace a file, back to its name."""
        if self._exists is not None:
            path, self._exists = self._exists, None
            self._ask_path(str(path))
        elif self.is_current:
            self.dismiss(None)

    def _write(self, path: Path, *, overwrite: bool) -> None:
        form = self._format
        if form is None:
            return
        try:
            write_private(path, rendered(self._situation, form), replacing=overwrite)
        except FileExistsError:
            self._exists = path
            self._ask(f"{path} exists already.", "Its content would be lost.", _replace_rows())
        except OSError as error:
            self._ask_path(str(path), f"It cannot be written there: {error.strerror or error}")
        else:
            if self.is_current:
                self.dismiss(str(path.resolve()))

    def _ask(self, words: str, more: str, rows: tuple[Row, ...]) -> None:
        shown = (text(words, Tone.STRONG), text(more, Tone.DIM), BLANK)
        self.words.show(lambda _width: shown)
        self.formats.display = True
        self.path.display = False
        self.formats.show(lambda _width, _cursor: rows, top=True)
        self.formats.focus()

    def _ask_path(self, path: str, fault: str = "") -> None:
        rows = [text(fault, Tone.CAUTION)] if fault else []
        hint = "The file, in this folder or another. Enter writes it, esc does not."
        self.words.show(lambda _width: (text("Write to", Tone.STRONG), *rows, text(hint, Tone.DIM)))
        self.formats.display = False
        self.path.display = True
        self.path.value = path
        self.path.focus()

    def _format_rows(self) -> tuple[Row, ...]:
        formats = [
            item(str(number), Span(words), tone=Tone.KEY, width=5, target=form)
            for number, (form, words) in enumerate(_FORMATS.items(), 1)
        ]
        return (*formats, item("esc", Span("Back"), tone=Tone.KEY, width=5, target=CANCEL))


def _replace_rows() -> tuple[Row, ...]:
    return (
        item("esc", Span("Choose another name"), tone=Tone.KEY, width=5, target=CANCEL),
        item("y", Span("Replace it"), tone=Tone.KEY, width=5, target=REPLACE),
    )
