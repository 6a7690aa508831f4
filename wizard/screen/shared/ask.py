"""One question before something that would lose answers."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen

from wizard.screen.shared.bar import Bar
from wizard.screen.shared.breakpoints import LOW_OR_HIGH
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, item, text

YES = "do:yes"
NO = "do:no"


class AskScreen(ModalScreen[bool]):
    """Asks; `y` does it, `n` or escape does not, and enter chooses not to."""

    CSS_PATH = "../dialog.tcss"
    AUTO_FOCUS = "#answers"
    VERTICAL_BREAKPOINTS = LOW_OR_HIGH
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False, id="ask.yes"),
        Binding("n,escape,q", "answer(False)", "No", show=False, id="ask.no"),
    ]

    words = query_one("#words", Bar)
    answers = query_one("#answers", Pane)

    def __init__(self, question: str, action: str) -> None:
        super().__init__()
        self._question = question
        self._action = action

    def compose(self) -> ComposeResult:
        """The question over its two answers."""
        with Vertical(id="dialog"):
            yield Bar(id="words")
            yield Pane(id="answers")

    def on_mount(self) -> None:
        """Show the question."""
        rows: tuple[Row, ...] = (
            item("n", Span("Go on"), tone=Tone.KEY, width=3, target=NO),
            item("y", Span(self._action), tone=Tone.KEY, width=3, target=YES),
        )
        self.words.show(lambda _width: (text(self._question, Tone.STRONG), BLANK))
        self.answers.show(lambda _width, _cursor: rows)

    @on(Pane.Chosen)
    def _chosen(self, message: Pane.Chosen) -> None:
        self.action_answer(message.target == YES)

    def action_answer(self, wanted: bool) -> None:  # noqa: FBT001 - a binding passes it
        """Close with the answer."""
        if self.is_current:
            self.dismiss(wanted)
