"""The errors of a pathway that does not check, and nothing else, since no list can be trusted."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import Screen

from wizard.screen.shared.bar import Bar
from wizard.screen.shared.edges import footer_rows
from wizard.screen.shared.keys import Key
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, item, text
from wizard.wording.text import counted

_QUIT = Key("leave", "q", "q", "Quit", "End")


class ProblemsScreen(Screen[None]):
    """Shows what is wrong, by file, line and column; of many errors the first, and their number."""

    CSS_PATH = "problems.tcss"
    AUTO_FOCUS = "#problems"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,ctrl+q", "leave", "Quit", show=False, tooltip="End", id="problems.quit"),
    ]

    title_bar = query_one("#title", Bar)
    problems = query_one("#problems", Pane)
    footer = query_one("#footer", Bar)

    def __init__(self, folder: str, told: Sequence[str], count: int) -> None:
        super().__init__()
        self._folder = folder
        self._told = tuple(told)
        self._count = count

    def compose(self) -> ComposeResult:
        """A title, the errors, the key to leave."""
        yield Bar(id="title")
        yield Pane(id="problems")
        yield Bar(id="footer")

    def on_mount(self) -> None:
        """Show the errors."""
        count = counted(self._count, "error")
        title = text(f" The pathway in {self._folder} has {count}", Tone.STRONG)
        rows: list[Row] = [
            text("No option is shown from a pathway that does not check.", Tone.DIM),
            BLANK,
        ]
        for problem in self._told:
            rows += [item("✗", Span(problem), tone=Tone.CAUTION), BLANK]
        self.title_bar.show(lambda _width: (title,))
        self.problems.entitle("What is wrong")
        self.problems.show(lambda _width, _cursor: tuple(rows), reads=True)
        self.footer.show(lambda width: footer_rows((_QUIT,), frozenset(), "", width))

    @on(Bar.Clicked)
    def _clicked(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """End the program."""
        self.app.exit()
