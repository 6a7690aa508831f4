"""The case: what a person does to it, by key, mouse or search."""

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType

from wizard.case.log import Did
from wizard.record import replace
from wizard.report.moment import moment
from wizard.screen.case import transitions
from wizard.screen.case.cases import CaseOpening
from wizard.screen.case.drawing import CaseDrawing
from wizard.screen.case.history import History, redone, undone
from wizard.screen.case.keeping import CaseKeeping
from wizard.screen.case.keys import KEYS, bindings
from wizard.screen.case.question import (
    CONFIRM,
    VALUE,
    items_of,
)
from wizard.screen.case.state import Overlay, State, Topic
from wizard.screen.case.targets import (
    ALERT,
    ANSWER,
    FACTOR,
    KEPT,
    LOOK,
    OPTION,
    PASSAGE,
    SHIPPED,
    TAKE,
)
from wizard.screen.case.typing import CaseTyping
from wizard.screen.case.widths import MAP, STEP, held_width, setting_of
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.keys import Place
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.place import PlaceScreen
from wizard.wording.answers import factor_label

if TYPE_CHECKING:
    from wizard.screen.case.tour import Stop


class CaseScreen(CaseOpening, CaseKeeping, CaseTyping, CaseDrawing, PlaceScreen):
    """Changes the state for what the widgets report, and has it drawn."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../place.tcss", "case.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#question"
    place = Place.CASE
    keys = KEYS
    HELP = "Answer the question, read the lists; ? tells the keys."

    # --- what the widgets report -------------------------------------------------------------

    def reported(self, message: Pane.Chosen | Pane.Moved) -> None:
        """Take what was chosen in a pane, or that the cursor was moved."""
        if isinstance(message, Pane.Moved):
            if self.focused is self.map and not self._by_hand:
                self._draw_map(by_hand=True)
            return
        target = message.target or ""
        if message.pane is self.question and not message.clicked:
            # Enter confirms what was typed wherever the cursor is, and where it is on nothing.
            target = self._typing_cursor() or target or CONFIRM
        if self._searching():
            self._change(transitions.close(self.state))
            if not target or self.chosen_in_search(target):
                return
        if target:
            self._go_to_target(target, clicked=message.clicked)
        else:
            self.say_nothing_opens(message.pane)

    def _searching(self) -> bool:
        over = self.state.overlay
        return over is not None and over.topic is Topic.SEARCH

    def _go_to_target(self, target: str, *, clicked: bool) -> None:
        kind, colon, subject = target.partition(":")
        kind += colon
        if kind in _OPENS:
            self._open(_OPENS[kind], subject)
        elif kind == ACTION:
            self.do(subject)
        elif kind == FACTOR:
            self._change(transitions.go_to(self.state, subject))
        elif kind == VALUE:
            self._choose_value(subject, clicked=clicked)
        elif kind == TAKE:
            self._take_alternative(target)
        elif kind == ANSWER:
            factor, _, value = subject.partition(":")
            self._change(transitions.go_to(self.state, factor))
            self.question.place_cursor(VALUE + value)
        elif kind == SHIPPED:
            self._open_shipped(subject)
        elif kind == KEPT:
            self._open_kept(subject)

    def _choose_value(self, item: str, *, clicked: bool) -> None:
        draft = self.state.draft
        if not clicked and (draft.marked or draft.members is not None):
            self.do("confirm")
        else:
            with self.telling():
                self._change(transitions.choose(self.state, item))

    def _take_alternative(self, target: str) -> None:
        from wizard.screen.case.what_if import alternative

        factor, answer = alternative(self.state, target)
        asked = factor_label(self.state.pathway.factors[factor])
        with self.telling():
            self._change(transitions.take(self.state, factor, answer))
            self.say(f"{asked}: answered anew. v shows what changed.")

    def went_to(self, pane: Pane) -> None:
        """Be in the column that was clicked."""
        name = pane.id or ""
        if name in {"map", "question", "options"} and name != self._column:
            self._go_to_column(name)
            self.draw_edges()

    def enter(self) -> None:
        """Choose what the cursor is on."""
        if isinstance(self.focused, Pane):
            self.focused.action_choose()

    def do(self, action: str) -> None:
        """Do what a key, a click or a row of a pane asks, or say why it cannot be done now."""
        if not self.allowed(action):
            return
        if action in _TRANSITIONS:
            with self.telling():
                self._change(_TRANSITIONS[action](self.state))
        elif action in _TOPICS:
            self._open(_TOPICS[action])
        else:
            super().do(action)

    # --- commands ----------------------------------------------------------------------------

    def action_choose(self, digit: int) -> None:
        """Choose the answer with this number."""
        if not self.allowed("choose"):
            return
        state = self.state
        if self.one_column and self._column != "question":
            self.say("The question is in the other column: tab goes to it.")
            return
        if state.factor is None:
            return
        items = items_of(state.factor, state)
        if digit > len(items):
            self.say(f"There is no answer {digit} here.")
            return
        with self.telling():
            self._change(transitions.choose(state, items[digit - 1]))
            if self.state.asked == state.asked:
                self.question.place_cursor(VALUE + items[digit - 1])

    def action_undo(self) -> None:
        """Take the last answer or mark back."""
        self._step(undone, Did.UNDONE, "Taken back: ctrl+r does it again.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._step(redone, Did.REDONE, "Done again: u takes it back.")

    def _step(
        self, step: Callable[[History, State], tuple[History, State]], did: Did, done: str
    ) -> None:
        with self.telling():
            history, state = step(self._history, self.state)
            self._change(state, history, did)
            self.say(done)

    def action_mark(self) -> None:
        """Mark what the cursor is on."""
        target = self.question.cursor or ""
        if self._column != "question" or not target.startswith(VALUE):
            self.say("Space marks an answer of the question.")
            return
        with self.telling():
            self._change(transitions.mark(self.state, target.removeprefix(VALUE)))

    def action_why(self) -> None:
        """Why this question, or this option."""
        subject = self._subject()
        if subject is None:
            self.say("The walk is at its end: choose an option to read why (tab).")
        else:
            self._open(Topic.WHY, subject)

    def action_sources(self) -> None:
        """The sources of what is in front."""
        self._open(Topic.SOURCES, self._subject())

    def action_tree(self) -> None:
        """The decision trees of the option in front."""
        subject = self._subject()
        if subject not in self.state.pathway.options:
            self.say("Choose an option first: tab goes to the lists.")
        else:
            self._open(Topic.TREE, subject)

    def action_what_if(self) -> None:
        """What if the question in front had another answer."""
        self._open(Topic.WHAT_IF, self._question_in_front())

    def action_more(self) -> None:
        """Show what was left out for brevity, or leave it out again."""
        self._change(transitions.toggle_all(self.state))
        self.say(_ALL if self.state.unfolded else _FIRST)

    def action_release(self) -> None:
        """Let facts that cannot change be other ones where changes are looked for, or not."""
        self._change(transitions.toggle_facts(self.state))
        self.say(_FREE if self.state.released else _KEPT)

    def action_go_to(self) -> None:
        """The map, to go to any question."""
        if self.has_class("-wide") and self.state.overlay is None:
            self._go_to_column("map")
            self.draw_edges()
        else:
            self._open(Topic.MAP)

    def action_options(self) -> None:
        """Hide or show the option lists."""
        self._change(transitions.toggle_options(self.state))
        shown = "shown" if self.state.options_shown else "hidden"
        self.say(f"The option lists are {shown}.")

    def action_column(self) -> None:
        """Go to the next column."""
        self._next_column(1)

    def action_column_back(self) -> None:
        """Go to the column before."""
        self._next_column(-1)

    def action_zoom(self) -> None:
        """Give the column in focus the whole screen, or all columns theirs again."""
        if self.has_class("-one"):
            self.say("This column has the whole screen already.")
            return
        self._zoomed = not self._zoomed
        self._show_panes()
        self.say("This column alone: z shows the others." if self._zoomed else "All columns again.")

    def action_widen(self) -> None:
        """Widen the column in focus."""
        self._step_width(STEP)

    def action_narrow(self) -> None:
        """Narrow the column in focus."""
        self._step_width(-STEP)

    def _step_width(self, step: int) -> None:
        column = self._column if self.state.overlay is None else "reading"
        found = setting_of(column, wide=self.has_class("-wide"))
        if self.one_column or found is None:
            self.say("This column has the whole screen.")
            return
        setting, direction = found
        pane = self.map if setting == MAP else self.options
        before = pane.outer_size.width
        cells = held_width(setting, before + direction * step, self.app.size.width)
        if cells == before:
            self.say("No column can be wider or narrower than that.")
            return
        self.take_widths({**self._widths, setting: cells})
        self.post_message(self.ToKeep(f"widths.{setting}", cells))

    def action_record(self) -> None:
        """Open the team's own record."""
        from wizard.screen.case.record import RecordScreen

        self.app.push_screen(RecordScreen(self.state, self._take_step), self._record_closed)

    def _record_closed(self, wish: str | None) -> None:
        if wish is not None:
            self.do(wish)

    def _take_step(self, step: Callable[[State], State]) -> State:
        """The state after a step.  Raises Refused where the step does not fit."""
        self._change(step(self.state))
        return self.state

    def action_export(self) -> None:
        """Write the case to a file."""
        from wizard.screen.case.export import ExportScreen

        dialogue = ExportScreen(self.state.situation, self.state.decisions, self._filling)
        self.app.push_screen(dialogue, self._exported)

    def _exported(self, path: str | None) -> None:
        if path is not None:
            from wizard.case.steps import format_of
            from wizard.screen.case.logged import noted

            saved = transitions.mark_saved(self.state)
            what = format_of(PurePath(path))
            self._change(noted(saved, Did.EXPORTED, what, moment(os.environ).at))
            self.say(f"Written to {path}")

    def action_copy(self) -> None:
        """Copy a summary, and write it where it can be found; a thread works it out."""
        from wizard.screen.case.saving import Summary, summary_of

        situation, decisions = self.state.situation, self.state.decisions

        def copy(summary: Summary) -> None:
            if self.state.situation is not situation:
                self.say("Not copied: the case is another one now.")
                return
            if summary.words:
                self.app.copy_to_clipboard(summary.words)
            self.say(summary.told)

        make = partial(summary_of, situation.apart(), decisions)
        if not self._filling.later(self, make, copy):
            self.say("Working out the summary …")

    def action_page(self) -> None:
        """Read what lies over the case in the user's pager, or else the result; as `copy`."""
        from wizard.screen.case.saving import words_to_read

        situation, over = self.state.situation, self.state.overlay
        apart = replace(self.state, situation=situation.apart())

        def page(words: str) -> None:
            if self.state.situation is not situation or self.state.overlay != over:
                self.say("Not opened: something else is in front now.")
            else:
                self.say("")
                self.post_message(self.ToRead(words))

        make = partial(words_to_read, apart, self._column, self.keys)
        if not self._filling.later(self, make, page):
            self.say("Working out what to read …")

    def action_tour(self) -> None:
        """Show what is where on a case of the pathway; this one comes back as it was."""
        from wizard.screen.case.tour import TourScreen, tour_stops

        with self.telling():
            stops = tour_stops(self._compiled, self.state.situation.today)
            back = partial(self._back_from_tour, self.state, self._column)
            self.app.push_screen(TourScreen(stops, self._show_stop), back)

    def _show_stop(self, stop: "Stop") -> None:
        self._change(stop.state, self._history, None)
        if stop.state.overlay is None:
            self._go_to_column(stop.column)
            for pane in (self.question, self.options):
                pane.place_cursor(stop.cursor)
            self.draw_edges()

    def _back_from_tour(self, before: State, column: str, _ended: None) -> None:
        self._change(replace(before, newcomer=False), self._history, None)
        if before.overlay is None:
            self._go_to_column(column)
            self.draw_edges()

    # --- parts -------------------------------------------------------------------------------

    def _subject(self) -> str | None:
        """The option or question in front of the person."""
        over = self.state.overlay
        if over is not None:
            return over.subject or self.state.asked
        target = self.options.cursor or ""
        if self._column == "options" and target.startswith(OPTION):
            return target.removeprefix(OPTION)
        return self.state.asked

    def _question_in_front(self) -> str | None:
        """The question in front of the person; None at the end of the walk."""
        over = self.state.overlay
        if over is not None and over.subject in self.state.pathway.factors:
            return over.subject
        pane = self.reading if over is not None else self.map
        at_map = self._column == "map" if over is None else over.topic in _LISTS
        target = pane.cursor or ""
        if at_map and target.startswith((FACTOR, LOOK)):
            return target.partition(":")[2]
        return self.state.asked

    def _open(self, topic: Topic, subject: str | None = None) -> None:
        wanted = Overlay(topic, subject)
        shown = self.state.overlay == wanted
        close, put_over = transitions.close, transitions.put_over
        self._change(close(self.state) if shown else put_over(self.state, wanted))

    def _next_column(self, step: int) -> None:
        if self.state.overlay is not None:
            self.say("Close this first: esc.")
            return
        columns = ["question", "options"]
        if self.has_class("-wide"):
            columns = ["map", *columns]
        place = columns.index(self._column) if self._column in columns else 0
        self._go_to_column(columns[(place + step) % len(columns)])
        self.draw_edges()


_TRANSITIONS: Final[Mapping[str, Callable[[State], State]]] = {
    "confirm": transitions.confirm,
    "not_done": transitions.not_done,
    "not_known": transitions.not_known,
    "rest_not_known": transitions.rest_not_known,
    "none_of_these": transitions.none_of_these,
    "others_absent": transitions.others_absent,
    "filter": partial(transitions.filter_answers, words=""),
    "back": transitions.back,
    "close": transitions.close,
}
"""Actions that are one transition."""
_TOPICS: Final[Mapping[str, Topic]] = {
    "what_if_case": Topic.WHAT_IF,
    "first": Topic.FIRST,
    "documents": Topic.DOCUMENTS,
    "compare": Topic.COMPARE,
    "search": Topic.SEARCH,
    "alerts": Topic.ALERTS,
    "intended_use": Topic.INTENDED_USE,
    "help": Topic.HELP,
}
"""Actions that lay something over the case, whatever is in front."""
_OPENS: Final = {
    OPTION: Topic.OPTION,
    ALERT: Topic.ALERTS,
    LOOK: Topic.WHAT_IF,
    PASSAGE: Topic.PASSAGE,
}
"""What opens, by how a target begins."""
_ALL = "All of it is shown: m shows it in short."
_FIRST = "In short again: m shows all of it."
_FREE = "Changes of facts are looked for too: l keeps the facts."
_KEPT = "Facts are kept again: l looks for changes of them too."
_LISTS = frozenset({Topic.MAP, Topic.FIRST, Topic.WHAT_IF})
"""What can be laid over the case that lists questions."""
