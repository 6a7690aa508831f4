"""Practice: the case on the left, what is asked of it on the right, and what to read over both."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePath
from random import SystemRandom
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Sparkline

from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway
from wizard.practice.days import local_days
from wizard.practice.kept_standing import read_before
from wizard.practice.log import Log, log_path
from wizard.practice.planning import Wish
from wizard.practice.progress import scheduled
from wizard.practice.tasks import TaskKind, curriculum_of
from wizard.record import replace
from wizard.screen.practice import state as transitions
from wizard.screen.practice.keeping import Keeper
from wizard.screen.practice.keys import KEYS, bindings, footer_keys, refusal
from wizard.screen.practice.reading import (
    OF_THE_CASE,
    chart_data,
    chart_rows,
    offered,
    progress_of,
    sheet_rows,
)
from wizard.screen.practice.state import Practice, Sheet, Stage
from wizard.screen.practice.tasks import (
    CHOICE,
    ROUND,
    case_rows,
    page_rows,
    round_kinds,
    task_rows,
    titles,
)
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.columns import Columns
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.keys import Key, Place
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.place import PlaceScreen
from wizard.screen.shared.rows import Row, Tone, text
from wizard.wording.text import counted

TWO_COLUMNS = 72


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class PracticeScreen(PlaceScreen):
    """Draws one state, changes it for what the widgets report, and hands on what is finished."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../place.tcss", "practice.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#task"
    HELP = "Answer first; then the documents do."
    place = Place.PRACTICE
    keys = KEYS

    two_columns = TWO_COLUMNS

    case_pane = query_one("#case", Pane)
    task_pane = query_one("#task", Pane)
    over = query_one("#over", Vertical)
    chart_words = query_one("#chart_words", Bar)
    chart = query_one("#chart", Sparkline)
    reading = query_one("#reading", Pane)

    @dataclass
    class NotKept(Message):
        """A finished task could not be logged."""

        reason: str

    def __init__(
        self, state: Practice, keeper: Keeper, *, now: Callable[[], datetime] = utc_now
    ) -> None:
        super().__init__()
        self.state = state
        self._keeper = keeper
        self._now = now

    def compose(self) -> ComposeResult:
        """The widgets, mounted once for the life of the program."""
        self.set_size(self.app.size)
        yield Bar(id="header")
        with Columns(id="columns"):
            yield Pane(id="case")
            yield Pane(id="task")
            with Vertical(id="over"):
                yield Bar(id="chart_words")
                yield Sparkline(id="chart")
                yield Pane(id="reading")
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
        found = None
        if state.sheet is Sheet.SEARCH:
            found = self.search_view(state.search, offered(state, self.keys))

        def rows(width: int) -> tuple[Row, ...]:
            return found(width) if found else sheet_rows(state, width, now, self.keys)

        self.reading.entitle(title)
        self.reading.show(
            lambda width, _here: (*self._titled(title), *rows(width)),
            top=over,
            reads=state.sheet is not Sheet.SEARCH,
        )
        if state.sheet is Sheet.PROGRESS:
            view = progress_of(state, now)
            self.chart.data = chart_data(view)
            self.chart_words.show(lambda _width: chart_rows(view))

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

    # --- what the widgets report -------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A message stands until the next key; no choice has the digit 0."""
        self.hush()
        state = self.state
        letter = event.character if event.is_printable else None
        if state.sheet is Sheet.SEARCH and (letter is not None or event.key == "backspace"):
            event.stop()
            words = state.search[:-1] if letter is None else state.search + letter
            self._change(transitions.look_for(state, words))
            return
        if self.opens(event.key, "search"):
            # At once, not as a binding: the next letter must find the field open.
            event.stop()
            self.do("search")
            return
        if event.key == "0" and state.sheet is None and state.stage is Stage.ASKED:
            more = "" if self.refusal("more_digits") else ", m gives the digits to the others"
            self.say(f"0 is not a choice: 1 to 9 tick{more}.")

    @on(Pane.Chosen, "#task")
    def _chosen(self, message: Pane.Chosen) -> None:
        target = message.target or ""
        if target.startswith(ACTION):
            self.do(target.removeprefix(ACTION))
        elif target.startswith(ROUND):
            self._begin(target.removeprefix(ROUND))
        elif target.startswith(CHOICE) and message.clicked:
            self._tick(target.removeprefix(CHOICE))
        else:
            self.enter()

    @on(Pane.Chosen, "#reading")
    def _found(self, message: Pane.Chosen) -> None:
        target = message.target or ""
        if self.state.sheet is not Sheet.SEARCH or not target:
            return
        self._change(transitions.close(self.state))
        if target.startswith(ACTION):
            self.chosen_in_search(target)
            self.do(target.removeprefix(ACTION))
        elif not self.chosen_in_search(target):
            self.say(OF_THE_CASE)

    @on(Pane.Chosen, "#case")
    def _chosen_in_case(self) -> None:
        self.do("column")

    @on(NotKept)
    def _not_kept(self, message: NotKept) -> None:
        self._change(replace(self.state, unkept=message.reason))
        self.say(f"This could not be kept: {message.reason}")

    # --- commands ----------------------------------------------------------------------------

    def do(self, action: str) -> None:
        """Do what a key, a click or a row of a pane asks, or say why it cannot be done now."""
        if not self.allowed(action):
            return
        with self.telling():
            if action in _TRANSITIONS:
                self._change(_TRANSITIONS[action](self.state))
            elif action in _ANSWERS:
                self._change(_ANSWERS[action](self.state, self._now()))
            elif action in _SHEETS:
                if action == "progress" and self.state.past is None:
                    self.state = replace(self.state, past=self._keeper.past(self.pathway.id))
                self._change(transitions.put_over(self.state, _SHEETS[action]))
            else:
                super().do(action)

    def enter(self) -> None:
        """Begin, commit or go on, whichever is next."""
        with self.telling():
            match self.state.stage:
                case Stage.START:
                    self._begin(self.state.wish.kind or "")
                case Stage.ASKED:
                    self._change(transitions.commit(self.state, self._now()))
                case Stage.MARKED:
                    self._change(transitions.next_question(self.state, self._now()))
                case Stage.SUMMARY:
                    self._change(transitions.stop(self.state, self._now()))

    def _begin(self, kind: str) -> None:
        seed = SystemRandom().getrandbits(32)
        with self.telling():
            self._change(
                transitions.begin_round(self.state, TaskKind(kind) if kind else None, seed)
            )

    def _tick(self, choice: str) -> None:
        with self.telling():
            self._change(transitions.tick(self.state, choice))
            self.task_pane.place_cursor(CHOICE + choice)

    def action_choose(self, digit: int) -> None:
        """Tick the choice with this number, or begin the round with it."""
        if not self.allowed("choose"):
            return
        state = self.state
        if state.stage is Stage.START:
            kinds = round_kinds(state)
            if digit <= len(kinds):
                self._begin(kinds[digit - 1] or "")
            else:
                self.say(f"There is no round {digit} here.")
        elif digit <= len(state.with_digits):
            self._tick(state.with_digits[digit - 1].id)
        else:
            self.say(f"There is no choice {digit} here.")

    def action_tick(self) -> None:
        """Tick what the cursor is on."""
        target = self.task_pane.cursor or ""
        if target.startswith(CHOICE):
            self._tick(target.removeprefix(CHOICE))
        else:
            self.say("Space ticks a choice: go to one with the arrows.")

    def action_not_yet(self) -> None:
        """Take a conclusion back, and go to what can be ticked then."""
        self._change(transitions.not_yet(self.state))
        self.task_pane.place_cursor(CHOICE + transitions.first_open(self.state))
        self.say("Not yet: tick every question that it depends on.")

    def action_more_digits(self) -> None:
        """Give the digits to other choices."""
        self._change(transitions.more_digits(self.state))
        self.task_pane.place_cursor(CHOICE + self.state.with_digits[0].id)

    def action_open_case(self) -> None:
        """Open a copy of the case in front in the case place."""
        now = self.state.front
        if now is not None:
            told = "A copy of the case in practice: F7 goes back to it."
            self.post_message(self.CaseWanted(now.task.case.answers, told))

    def action_end(self) -> None:
        """End the round, if the person says so."""
        lost = "What is ticked now is not kept. " if self.state.would_lose else ""
        question = f"End the round? {lost}It can be gone on with later."
        self.ask(question, "End", lambda: self._change(transitions.stop(self.state, self._now())))

    def action_column(self) -> None:
        """Go from the case to the question, or back."""
        if self.has_class("-one"):
            self.say("All is on one page here: the arrows scroll it.")
            return
        self.set_focus(
            self.task_pane if self.focused is self.case_pane else self.case_pane,
            scroll_visible=False,
        )

    action_column_back = action_column

    def finish(self) -> str:
        """Wait until the log is written."""
        faults = self._keeper.close()
        if not faults:
            return ""
        return f"{counted(len(faults), 'finished task')} could not be kept: {faults[0]}"

    @property
    def loss(self) -> str:
        """The question to ask before the program ends."""
        if not self.state.would_lose:
            return ""
        if self.state.unkept:
            return "Quit? This task is not finished, and nothing of this round is kept."
        return "Quit? What is ticked now is not kept; the round can be gone on with later."


def practice_place(
    compiled: Compiled, today: date, wish: Wish, seed: int | None = None
) -> PracticeScreen:
    """The practice place on a pathway, with the log of before.

    A log that cannot be read is reported there, and practice goes on without it.  Raises
    TooManyNodesError where the pathway is too large, WrongUsageError where a day begins at no hour.
    """
    log = Log(log_path())
    made, days = curriculum_of(compiled, today), local_days(os.environ)
    before = read_before(log, made, utc_now(), days)
    state = Practice(
        made,
        wish,
        (),
        scheduled(made, before.standing, (), utc_now(), days),
        days,
        before.standing,
        unkept=before.unkept,
        seed=seed,
        unfinished=before.unfinished,
    )
    keeper = Keeper(log, before.unkept, before.upto)
    keeper.keep_standing(made, before, days)
    return PracticeScreen(state, keeper)


_TRANSITIONS: Final[Mapping[str, Callable[[Practice], Practice]]] = {
    "back": transitions.back,
    "resume": transitions.resume,
    "close": transitions.close,
    "short_form": transitions.other_form,
}
"""Actions that are one transition."""
_ANSWERS: Final[Mapping[str, Callable[[Practice, datetime], Practice]]] = {
    "none_of_these": transitions.none_of_these,
    "give_up": transitions.give_up,
}
"""Actions that answer the question in front, at a moment."""
_SHEETS: Final = {sheet.name.lower(): sheet for sheet in Sheet}
"""Actions that lay something over practice."""


def _front(state: Practice) -> tuple[object, ...]:
    """Identifies what is in front of the person, to notice when it is something else."""
    now = state.front
    if now is None:
        return (state.stage,)
    return state.stage, now.place, now.question, now.phase
