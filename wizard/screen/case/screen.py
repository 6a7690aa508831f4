"""The case: what a person does to it, by key, mouse or palette."""

from collections.abc import Callable
from pathlib import PurePath
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType

from wizard.pathway.model import ChoiceFactor
from wizard.screen.case import transitions
from wizard.screen.case.case_map import FACTOR, LOOK, TAKE
from wizard.screen.case.history import redone, undone
from wizard.screen.case.keys import KEYS, bindings
from wizard.screen.case.options import ALERT, OPTION
from wizard.screen.case.question import (
    CONFIRM,
    VALUE,
    items_of,
)
from wizard.screen.case.state import Overlay, State, Topic, new_case
from wizard.screen.case.typing import CaseTyping
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.keys import Place
from wizard.screen.shared.names import factor_name
from wizard.screen.shared.pane import Pane


class CaseScreen(CaseTyping):
    """Changes the state for what the widgets report, and has it drawn."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../shared/place.tcss", "case.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#question"
    place = Place.CASE
    keys = KEYS
    HELP = "Answer the question, read the lists; ? tells the keys."

    # --- what the widgets report -------------------------------------------------------------

    @on(Pane.Chosen, "#question")
    def _chosen_in_question(self, message: Pane.Chosen) -> None:
        target = message.target or CONFIRM
        if target.startswith(FACTOR):
            self._change(transitions.go_to(self.state, target.removeprefix(FACTOR)))
            return
        with self.telling():
            if target.startswith(VALUE):
                self._choose_value(target.removeprefix(VALUE), clicked=message.clicked)
            elif self._typing_cursor() and not message.clicked:
                self._change(transitions.confirm(self.state))
            else:
                self.do(target.removeprefix(ACTION))

    def _choose_value(self, item: str, *, clicked: bool) -> None:
        state = self.state
        if isinstance(state.factor, ChoiceFactor):
            confirms = bool(state.draft.marked) and not clicked
        else:
            confirms = state.draft.members is not None and not clicked
        self._change(transitions.confirm(state) if confirms else transitions.choose(state, item))

    @on(Pane.Chosen, "#options")
    @on(Pane.Chosen, "#reading")
    @on(Pane.Chosen, "#map")
    def _chosen_elsewhere(self, message: Pane.Chosen) -> None:
        target = message.target
        if target is None:
            return
        if target.startswith(ACTION):
            self.do(target.removeprefix(ACTION))
        elif target.startswith(TAKE):
            self._take_alternative(target)
        elif target.startswith(LOOK):
            self._looked = target.removeprefix(LOOK)
            self._open(Topic.WHAT_IF, self._looked)
        elif target.startswith(FACTOR):
            self._change(transitions.go_to(self.state, target.removeprefix(FACTOR)))
        elif target.startswith(OPTION):
            self._open(Topic.OPTION, target.removeprefix(OPTION))
        elif target.startswith(ALERT):
            self._open(Topic.ALERTS, target.removeprefix(ALERT))

    def _take_alternative(self, target: str) -> None:
        from wizard.screen.case.what_if import alternative  # noqa: PLC0415 - imported on first use

        factor, answer = alternative(self.state, target)
        with self.telling():
            self._change(transitions.take(self.state, factor, answer))
            label = factor_name(factor)
            self.say(f"{label}: answered anew. v shows what changed.")

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        name = event.widget.id or ""
        if name in {"map", "question", "options"} and name != self._column:
            self._go_to_column(name)
            self.draw_edges()

    def enter(self) -> None:
        """Choose what the cursor is on."""
        if isinstance(self.focused, Pane):
            self.focused.action_choose()

    def do(self, action: str) -> None:
        """Do what a key or a row of the question would."""
        if action == CONFIRM.removeprefix(ACTION):
            with self.telling():
                self._change(transitions.confirm(self.state))
        else:
            super().do(action)

    # --- commands ----------------------------------------------------------------------------

    def _transition(self, action: str, change: Callable[[State], State]) -> None:
        if self.allowed(action):
            with self.telling():
                self._change(change(self.state))

    def action_choose(self, digit: int) -> None:
        """Choose the answer with this number."""
        if not self.allowed("choose"):
            return
        state = self.state
        if self.has_class("-one") and self._column == "options":
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
            self.question.place_cursor(VALUE + items[digit - 1])

    def action_not_known(self) -> None:
        """Answer with "not known"."""
        self._transition("not_known", transitions.not_known)

    def action_rest_not_known(self) -> None:
        """Answer every question that is left with "not known": the result."""
        self._transition("rest_not_known", transitions.rest_not_known)

    def action_undo(self) -> None:
        """Take the last answer or mark back."""
        with self.telling():
            history, state = undone(self._history, self.state)
            self._change(state, history)
            self.say("Taken back: ctrl+r does it again.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        with self.telling():
            history, state = redone(self._history, self.state)
            self._change(state, history)
            self.say("Done again: u takes it back.")

    def action_mark(self) -> None:
        """Mark what the cursor is on."""
        target = self.question.cursor
        if not self.allowed("mark"):
            return
        if self._column != "question" or target is None or not target.startswith(VALUE):
            self.say("Space marks an answer of the question.")
            return
        item = target.removeprefix(VALUE)
        with self.telling():
            self._change(transitions.mark(self.state, item))

    def action_none_of_these(self) -> None:
        """No member is present."""
        self._transition("none_of_these", transitions.none_of_these)

    def action_others_absent(self) -> None:
        """What is not marked is absent."""
        self._transition("others_absent", transitions.others_absent)

    def action_filter(self) -> None:
        """Narrow the list of answers by typing."""
        self._transition("filter", lambda state: transitions.filter_answers(state, ""))

    def action_back(self) -> None:
        """Close what lies over the case, or go to the question before."""
        if self.state.overlay is not None:
            self._change(transitions.close(self.state))
        else:
            self._transition("back", transitions.back)

    def action_close(self) -> None:
        """Close what lies over the case."""
        self._transition("close", transitions.close)

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

    def action_what_if_case(self) -> None:
        """What if any answer of the case were another."""
        if self.allowed("what_if_case"):
            self._looked = ""
            self._open(Topic.WHAT_IF)

    def action_first(self) -> None:
        """What is settled, and what to find out first."""
        self._open(Topic.FIRST)

    def action_documents(self) -> None:
        """The case as each document alone would have it."""
        self._open(Topic.DOCUMENTS)

    def action_compare(self) -> None:
        """The case beside itself as it was before."""
        if self.allowed("compare"):
            self._open(Topic.COMPARE)

    def action_keep(self) -> None:
        """Keep the case as it is, to compare it later."""
        if self.allowed("keep"):
            self._change(transitions.keep(self.state))
            self.say("The case is kept as it is now: v compares with it later.")

    def action_more(self) -> None:
        """Show what was left out for brevity, or leave it out again."""
        if self.allowed("more"):
            self._change(transitions.toggle_all(self.state))
            self.say(_ALL if self.state.unfolded else _FIRST)

    def action_release(self) -> None:
        """Let facts that cannot change be other ones where changes are looked for, or not."""
        if self.allowed("release"):
            self._change(transitions.toggle_facts(self.state))
            self.say(_FREE if self.state.released else _KEPT)

    def action_go_to(self) -> None:
        """The map, to go to any question."""
        if self.has_class("-wide") and self.state.overlay is None:
            self._go_to_column("map")
            self.draw_edges()
        else:
            self._open(Topic.MAP)

    def action_search(self) -> None:
        """Search everything."""
        self._open(Topic.SEARCH)

    def action_alerts(self) -> None:
        """Every alert, in full."""
        if self.allowed("alerts"):
            self._open(Topic.ALERTS)

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

    def action_intended_use(self) -> None:
        """What the wizard is for."""
        self._open(Topic.INTENDED_USE)

    def action_help(self) -> None:
        """Help for what is in front."""
        self._open(Topic.HELP)

    def action_export(self) -> None:
        """Write the case to a file."""
        if self.allowed("export"):
            from wizard.screen.case.export import ExportScreen  # noqa: PLC0415 - imported on first use

            self.app.push_screen(ExportScreen(self.state.situation), self._exported)

    def _exported(self, path: str | None) -> None:
        if path is not None:
            self._change(transitions.mark_saved(self.state))
            self.say(f"Written to {path}")

    def action_copy(self) -> None:
        """Copy a summary, and write it where it can be found."""
        if not self.allowed("copy"):
            return
        from wizard.screen.case.saving import write_summary  # noqa: PLC0415 - imported on first use

        try:
            summary, path = write_summary(self.state.situation)
        except OSError as error:
            self.say(f"The summary cannot be written: {error.strerror or error}")
            return
        self.app.copy_to_clipboard(summary)
        self.say(f"Copied, if your terminal allows it; it is also in {path}")

    def action_page(self) -> None:
        """Read what lies over the case in the user's pager, or else the result."""
        from wizard.screen.case.saving import words_to_read  # noqa: PLC0415 - imported on first use

        self.post_message(self.ToRead(words_to_read(self.state, self._column, self.keys)))

    def action_new_case(self) -> None:
        """Start again without answers."""
        if not self.allowed("new_case"):
            return
        if self.state.would_lose:
            question = "Start a new case? The answers of this one were not exported."
            self.ask(question, "New case", self._start_anew)
        else:
            self._start_anew()

    def _start_anew(self) -> None:
        self._change(new_case(self._compiled, self.state.situation.today))

    @property
    def loss(self) -> str:
        """The question to ask before the program ends."""
        lost = self.state.would_lose
        return "Quit? The answers were not exported, and are kept nowhere." if lost else ""

    # --- parts -------------------------------------------------------------------------------

    def _subject(self) -> str | None:
        """The option or question in front of the person."""
        over = self.state.overlay
        if over is not None and over.subject is not None:
            return over.subject
        if over is None and self._column == "options":
            target = self.options.cursor or ""
            return target.removeprefix(OPTION) if target.startswith(OPTION) else self.state.asked
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
        if self.state.overlay == wanted:
            self._change(transitions.close(self.state))
        else:
            self._change(transitions.put_over(self.state, wanted))

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


_ALL = "All of it is shown: m shows it in short."
_FIRST = "In short again: m shows all of it."
_FREE = "Changes of facts are looked for too: l keeps the facts."
_KEPT = "Facts are kept again: l looks for changes of them too."
_LISTS = frozenset({Topic.MAP, Topic.FIRST, Topic.WHAT_IF})
"""What can be laid over the case that lists questions."""
