"""Practice: the case on the left, what is asked of it on the right, and what to read over both."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import date, datetime
from pathlib import PurePath
from random import SystemRandom
from typing import ClassVar, Final

from textual import events, on
from textual.binding import BindingType

from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.diagrams import TooManyNodesError
from wizard.practice.days import local_days
from wizard.practice.kept_standing import Before, read_before
from wizard.practice.log import Log, log_path
from wizard.practice.planning import Wish
from wizard.practice.tasks import Curriculum, TaskKind, curriculum_of
from wizard.record import replace
from wizard.screen.practice import state as transitions
from wizard.screen.practice.drawing import PracticeDrawing, utc_now
from wizard.screen.practice.keeping import Keeper
from wizard.screen.practice.keys import KEYS, bindings
from wizard.screen.practice.reading import OF_THE_CASE
from wizard.screen.practice.state import Practice, Sheet, Stage
from wizard.screen.practice.tasks import CHOICE, ROUND, round_kinds
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.keys import Place
from wizard.screen.shared.pane import Pane
from wizard.wording.text import counted


class PracticeScreen(PracticeDrawing):
    """Changes the state for what the widgets report, and has it drawn."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../place.tcss", "practice.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#task"
    HELP = "Answer first; then the documents do."
    place = Place.PRACTICE
    keys = KEYS

    _newest: Compiled | None = None
    """A version that was saved and is not practised yet."""
    _reading_version: Compiled | None = None

    # --- what the widgets report -------------------------------------------------------------

    def takes(self, event: events.Key) -> bool:
        """Letters go to the search while it is open; no choice has the digit 0."""
        state = self.state
        letter = event.character if event.is_printable else None
        if state.sheet is Sheet.SEARCH and (letter is not None or event.key == "backspace"):
            words = state.search[:-1] if letter is None else state.search + letter
            self._change(transitions.look_for(state, words))
            return True
        if event.key == "0" and state.sheet is None and state.stage is Stage.ASKED:
            more = "" if self.refusal("more_digits") else ", m gives the digits to the others"
            self.say(f"0 is not a choice: 1 to 9 tick{more}.")
        return False

    def reported(self, message: Pane.Chosen | Pane.Moved) -> None:
        """Take what was chosen in a pane."""
        if isinstance(message, Pane.Moved):
            return
        if message.pane is self.task_pane:
            self._chosen(message)
        elif message.pane is self.reading and self.state.sheet is not Sheet.SEARCH:
            self.say_nothing_opens()
        elif message.pane is self.reading:
            self._found(message.target or "")
        else:
            self.do("column")

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

    def _found(self, target: str) -> None:
        if not target:
            return
        self._change(transitions.close(self.state))
        if target.startswith(ACTION):
            self.chosen_in_search(target)
            self.do(target.removeprefix(ACTION))
        elif not self.chosen_in_search(target):
            self.say(OF_THE_CASE)

    @on(PracticeDrawing.NotKept)
    def _not_kept(self, message: PracticeDrawing.NotKept) -> None:
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
                if action == "progress" and self.state.past is None and not self._keeper.long:
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
            self.post_message(self.CaseWanted(now.task.case.answers, told, self.pathway))

    def action_end(self) -> None:
        """End the round, if the person says so."""
        lost = "What is ticked now is not kept. " if self.state.would_lose else ""
        question = f"End the round? {lost}It can be gone on with later."
        self.ask(question, "End", lambda: self._change(transitions.stop(self.state, self._now())))

    # --- another version of the pathway ------------------------------------------------------

    def take_version(self, compiled: Compiled) -> str:
        """Practise another version from the next round on; an open one goes on as it began."""
        self._newest = compiled
        if self.state.round is not None:
            self.draw_edges()
            return _AS_IT_BEGAN
        self._read_newest()
        return ""

    def cautions(self) -> str:
        """What must be known of the version that is practised."""
        behind = _AS_IT_BEGAN if self._newest is not None and self.state.round is not None else ""
        return " · ".join(each for each in (super().cautions(), behind) if each)

    def _change(self, state: Practice) -> None:
        """Take another state; between two rounds, the newest version too."""
        super()._change(state)
        if self._newest is not None and state.round is None:
            self._read_newest()

    def _read_newest(self) -> None:
        """Have the newest version read against the log, in the thread that writes the log."""
        newest, now = self._newest, self._now()
        today, days = self.state.curriculum.today, self.state.days
        if newest is None or newest is self._reading_version:
            return
        self._reading_version = newest

        def read(log: Log) -> tuple[Curriculum, Before] | None:
            try:
                # A store of diagrams of its own: the case may add to that of `newest` meanwhile.
                made = curriculum_of(compile_pathway(newest.pathway), today)
            except TooManyNodesError:
                return None
            return made, read_before(log, made, now, days)

        work = self._keeper.read_anew(read)
        work.add_done_callback(lambda _: self.call_later(self._practise, newest, work))

    def _practise(self, newest: Compiled, work: "Future[tuple[Curriculum, Before] | None]") -> None:
        """Practise a version that was read, unless a round was begun or another one came since."""
        self._reading_version = None
        found, state = work.result(), self.state
        if self._newest is not newest or state.round is not None:
            return
        self._newest = None
        if found is None:
            self.say("What was saved is too large to practise: the version before is practised.")
            return
        made, before = found
        self._keeper.go_on(before)
        fresh = transitions.at_the_start(made, before, state.wish, state.days, self._now())
        self.state = replace(fresh, seed=state.seed, sheets=state.sheets, search=state.search)
        self._draw(fresh=True)

    # --- columns and the end -----------------------------------------------------------------

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
    keeper = Keeper(log, before.unkept, before.upto)
    keeper.keep_standing(made, before, days)
    state = transitions.at_the_start(made, before, wish, days, utc_now())
    return PracticeScreen(replace(state, seed=seed), keeper)


_AS_IT_BEGAN: Final = "This round goes on with the version of the pathway that it began with."
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
