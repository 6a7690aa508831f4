"""How practice is drawn: the case, what is asked of it, and what lies over both."""

from collections.abc import Callable
from datetime import UTC, datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Sparkline

from wizard.pathway.model import Pathway
from wizard.practice.log_rows import LoggedTask
from wizard.practice.progress import Progress
from wizard.record import replace
from wizard.screen.practice.keeping import Keeper
from wizard.screen.practice.keys import footer_keys, refusal
from wizard.screen.practice.reading import (
    chart_data,
    chart_rows,
    offered,
    progress_of,
    progress_rows,
    sheet_rows,
)
from wizard.screen.practice.state import Practice, Sheet, Stage
from wizard.screen.practice.tasks import CHOICE, ROUND, case_rows, page_rows, task_rows, titles
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.columns import Columns
from wizard.screen.shared.filling import WORKING, Filling
from wizard.screen.shared.keys import Key, Refused
from wizard.screen.shared.pane import Pane, View
from wizard.screen.shared.place import PlaceScreen
from wizard.screen.shared.rows import Row, Tone, text

TWO_COLUMNS = 72


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class PracticeDrawing(PlaceScreen):
    """Draws one state, and keeps what is finished in it; what changes it is not known here."""

    two_columns = TWO_COLUMNS

    case_pane = query_one("#case", Pane)
    task_pane = query_one("#task", Pane)
    over = query_one("#over", Vertical)
    chart_words = query_one("#chart_words", Bar)
    chart = query_one("#chart", Sparkline)
    reading = query_one("#reading", Pane)

    class NotKept(Message):
        """A finished task could not be logged."""

        def __init__(self, reason: str) -> None:
            super().__init__()
            self.reason = reason

    def __init__(
        self, state: Practice, keeper: Keeper, *, now: Callable[[], datetime] = utc_now
    ) -> None:
        super().__init__()
        self.state = state
        self._keeper = keeper
        self._now = now
        self._filling = Filling()

    def compose(self) -> ComposeResult:
        """The widgets, mounted once for the life of the program."""
        self.set_size(self.app.size)
        yield Bar(id="header")
        with Columns(id="columns"):
            yield Pane(id="case", report=self.reported)
            yield Pane(id="task", report=self.reported)
            with Vertical(id="over"):
                yield Bar(id="chart_words")
                yield Sparkline(id="chart")
                yield Pane(id="reading", report=self.reported)
        yield Bar(id="footer")

    # --- drawing -----------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Draw the rounds that can be begun."""
        self._draw(fresh=True)

    def on_resize(self, event: events.Resize) -> None:
        """Choose one column or two for another size."""
        one = self.has_class("-one")
        self.set_size(event.size)
        self._draw(fresh=one != self.has_class("-one"))

    def _change(self, state: Practice) -> None:
        """Take another state, draw what it changed, and keep what it finished."""
        before, self.state = self.state, state
        new = state.done[len(before.done) :]
        if new or state.unfinished != before.unfinished:
            self._keeper.keep(self.pathway.id, new, state.unfinished, self._tell_unkept)
        over = state.sheet is not before.sheet or state.search != before.search
        self._draw(fresh=_front(state) != _front(before), over=over)

    def _tell_unkept(self, reason: str) -> None:
        self.post_message(self.NotKept(reason))

    def _draw(self, *, fresh: bool = False, over: bool = False) -> None:
        """Draw the state; `fresh` where something else is in front, `over` where a sheet is."""
        state, one = self.state, self.has_class("-one")
        self._show_panes()
        case_title, task_title = titles(state)
        self.case_pane.entitle(case_title)
        self.task_pane.entitle(task_title)
        reads = state.stage in (Stage.MARKED, Stage.SUMMARY) or (one and state.stage is Stage.ASKED)
        rows = page_rows if one else task_rows
        self.case_pane.show(
            lambda _width, _here: (*self._titled(case_title), *case_rows(state)),
            top=fresh,
            reads=True,
        )
        self.task_pane.show(
            lambda _width, _here: (*self._titled(task_title), *rows(state)),
            cursor=self._first() if fresh and not reads else None,
            top=fresh,
            reads=reads,
        )
        if state.sheet is not None:
            self._draw_sheet(over=over or fresh)
        self.draw_edges()

    def _draw_sheet(self, *, over: bool) -> None:
        state, now = self.state, self._now()
        title = str(state.sheet).capitalize()
        self.reading.entitle(title)
        if state.sheet is Sheet.PROGRESS:
            self._draw_progress(title, top=over)
            return
        found = None
        if state.sheet is Sheet.SEARCH:
            found = self.search_view(state.search, offered(state, self.keys))

        def rows(width: int) -> tuple[Row, ...]:
            return found(width) if found else sheet_rows(state, width, now, self.keys)

        self.reading.show(
            lambda width, _here: (*self._titled(title), *rows(width)),
            top=over,
            reads=state.sheet is not Sheet.SEARCH,
        )

    def _draw_progress(self, title: str, *, top: bool) -> None:
        """Draw how practice goes: behind a long log by this run, until that is read."""
        state, now = self.state, self._now()

        def of(view: Progress, *behind: Row) -> View:
            return lambda width, _here: (
                *self._titled(title),
                *progress_rows(state, view, width, now),
                *behind,
            )

        def make() -> tuple[tuple[LoggedTask, ...] | None, Progress, str]:
            past, refused = state.past, ""
            if past is None:
                try:
                    past = self._keeper.past(state.curriculum.pathway.id)
                except Refused as error:
                    refused = str(error)
            return past, progress_of(replace(state, past=past), now), refused

        def fill(made: tuple[tuple[LoggedTask, ...] | None, Progress, str]) -> None:
            past, view, refused = made
            self.state = replace(self.state, past=past)
            self.chart.data = chart_data(view)
            self.chart_words.show(lambda _width: chart_rows(view))
            self._show_panes()
            self.reading.show(of(view), top=top, reads=True)
            if refused:
                self.say(refused)

        if self._keeper.long:
            known = of(progress_of(replace(state, past=()), now), WORKING)
            self._filling.work(self.reading, known, make, fill, top=top, reads=True)
        else:
            fill((state.past, progress_of(state, now), ""))

    @property
    def pathway(self) -> Pathway:
        """The pathway that is practised."""
        return self.state.curriculum.pathway

    def footer_keys(self) -> tuple[Key, ...]:
        """The keys that the footer tells now."""
        return footer_keys(self.state)

    def refusal(self, action: str) -> str | None:
        """Why a key cannot do anything now; None where it can."""
        return refusal(action, self.state)

    def _show_panes(self) -> None:
        """Show what there is room for, at once: the next key must find it in focus."""
        sheet = self.state.sheet
        with_chart = sheet is Sheet.PROGRESS and any(
            done.right for done in (*(self.state.past or ()), *self.state.done)
        )
        self.case_pane.display = sheet is None and not self.has_class("-one")
        self.task_pane.display = sheet is None
        self.over.display = sheet is not None
        self.chart.display = self.chart_words.display = with_chart
        if sheet is not None:
            self.set_focus(self.reading, scroll_visible=False)
        elif self.focused is not self.case_pane or not self.case_pane.display:
            self.set_focus(self.task_pane, scroll_visible=False)

    def _titled(self, title: str) -> tuple[Row, ...]:
        """The title as a row, where there is no room for a border that has it."""
        return (text(title, Tone.HEADING),) if self.has_class("-low") else ()

    def _first(self) -> str | None:
        """What the cursor stands on when something new is in front."""
        now = self.state.front
        if now is None:
            return ROUND + (self.state.wish.kind or "")
        return CHOICE + now.asked.choices[0].id if now.asked.choices else None


def _front(state: Practice) -> tuple[object, ...]:
    """Identifies what is in front of the person, to notice when it is something else."""
    now = state.front
    if now is None:
        return (state.stage,)
    return state.stage, now.place, now.question, now.phase
