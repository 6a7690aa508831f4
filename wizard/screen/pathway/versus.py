"""Asking for an older version to compare with: a folder, or a git revision of this one."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from wizard.pathway.problems import listed
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.breakpoints import LOW_OR_HIGH
from wizard.screen.shared.paths import completed
from wizard.screen.shared.rows import Row, Tone, text

_WHAT: Final = "A folder, or a git revision such as HEAD or HEAD~1."
_KEYS: Final = "Tab completes a path, enter compares, esc does not."
_MOST_SHOWN: Final = 8


class VersusScreen(ModalScreen[str | None]):
    """Ends with what was named, or None."""

    CSS_PATH = "../dialog.tcss"
    AUTO_FOCUS = "#name"
    VERTICAL_BREAKPOINTS = LOW_OR_HIGH
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", show=False, id="versus.complete", priority=True),
        Binding("escape", "cancel", "Cancel", show=False, id="versus.cancel"),
    ]

    words = query_one("#words", Bar)
    named = query_one("#name", Input)

    def compose(self) -> ComposeResult:
        """What is asked for, and the field."""
        with Vertical(id="dialog"):
            yield Bar(id="words")
            yield Input(id="name", select_on_focus=False)

    def on_mount(self) -> None:
        """Ask."""
        self._tell(text(_WHAT))

    def action_complete(self) -> None:
        """Complete the path that is being typed, and show what it may go on to."""
        found = completed(self.named.value)
        self.named.value = found.path
        self.named.cursor_position = len(found.path)
        shown = listed(found.names, most=_MOST_SHOWN) or "Nothing there begins like that."
        self._tell(text(shown, Tone.ACCENT if len(found.names) != 1 else Tone.DIM))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        name = self.named.value.strip()
        if name and self.is_current:
            self.dismiss(name)

    def action_cancel(self) -> None:
        """Compare with nothing."""
        if self.is_current:
            self.dismiss(None)

    def _tell(self, *told: Row) -> None:
        shown = (text("Compare with an older version", Tone.STRONG), *told, text(_KEYS, Tone.DIM))
        self.words.show(lambda _width: shown)
