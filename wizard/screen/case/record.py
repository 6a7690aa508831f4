"""The team's own record, laid over the case: its choices, reasons, what to find out, the date."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from wizard.case.decisions import Choice, ToFindOut
from wizard.record import Record, replace
from wizard.screen.case import recording
from wizard.screen.case.crisis import crisis_raised, crisis_rows
from wizard.screen.case.record_rows import ASKED, DATE, OFFER, OPTION, head_rows, record_rows
from wizard.screen.case.recording import Step
from wizard.screen.case.state import State
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.breakpoints import LOW_OR_HIGH
from wizard.screen.shared.edges import ACTION, footer_rows
from wizard.screen.shared.keys import Key, Refused
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.rows import Row, Span, Tone, one_line, text
from wizard.wording.answers import factor_label
from wizard.wording.personal import NO_PERSON, personal_doubt
from wizard.wording.recording import option_label

_OF_OPTION: Final = (
    Key("next", "space", "space", "Next", "Chosen, not chosen, deferred, nothing said"),
    Key("chosen", "1", "1", "Chosen", "The team chooses the option"),
    Key("not_chosen", "2", "2", "Not chosen", "The team does not choose the option"),
    Key("deferred", "3", "3", "Deferred", "The team decides later"),
    Key("nothing", "0", "0", "Nothing", "Nothing is said of the option"),
    Key("reason", "r", "r", "Reason", "Why, in the team's words"),
)
_OF_ASKED: Final = (
    Key("owner", "r", "r", "Role", "Whose it is to find out: a role"),
    Key("nothing", "0", "0", "Drop", "It is not to be found out any more"),
)
_ADD: Final = (Key("add", "enter", "enter", "Add", "It is to be found out"),)
_SET: Final = (Key("date", "enter", "enter", "Set the date", "The day of the record"),)
_HOLD: Final = Key("hold", "h", "h", "Holds for these", "The record holds for the present answers")
_REDO: Final = Key("redo", "ctrl+r", "ctrl+r", "Redo", "Do again what was taken back")
_UNDO: Final = Key("undo", "u", "u", "Undo", "Take the last change of the record back")
_CLOSE: Final = Key("cancel", "escape", "esc", "Close", "Go back to the case")
_TYPING: Final = (
    Key("take", "enter", "enter", "Take it", "Take what was typed"),
    Key("cancel", "escape", "esc", "Back", "Leave it as it was"),
)
_CHOICES: Final = {
    "chosen": Choice.CHOSEN,
    "not_chosen": Choice.NOT_CHOSEN,
    "deferred": Choice.DEFERRED,
    "nothing": None,
}


class Asked(Record):
    """What is being typed: what for, what stands there, how long it may be, and what becomes of it.

    `free` text is looked at for what tells who somebody is.
    """

    what: str
    before: str
    longest: int
    then: Callable[[str], None]
    free: bool = True


class RecordScreen(ModalScreen[str | None]):
    """Draws the record of a state; every change of it is a step, which `change` takes.

    `change` gives the state after a step, and raises Refused where that does not fit.  Ends with
    what is to be done in the case, or None.
    """

    CSS_PATH = "record.tcss"
    AUTO_FOCUS = "#record"
    VERTICAL_BREAKPOINTS = LOW_OR_HIGH
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"do('{action}')", show=False, id=f"record.{action}")
        for key, action in (
            ("space", "next"),
            ("1", "chosen"),
            ("2", "not_chosen"),
            ("3", "deferred"),
            ("0,delete", "nothing"),
            ("r", "reason"),
            ("h", "hold"),
            ("u", "undo"),
            ("ctrl+r", "redo"),
            ("a", "alerts"),
            ("escape,d", "cancel"),
        )
    ]

    head = query_one("#head", Bar)
    record = query_one("#record", Pane)
    asked = query_one("#asked", Vertical)
    words = query_one("#words", Bar)
    typed = query_one("#typed", Input)
    crisis = query_one("#crisis", Bar)
    footer = query_one("#footer", Bar)

    def __init__(self, state: State, change: Callable[[Step], State]) -> None:
        super().__init__()
        self._state = state
        self._change = change
        self._asking: Asked | None = None
        self._doubted: str | None = None
        self._message = ""

    def compose(self) -> ComposeResult:
        """Whose words these are, the record, a field under it, and the edges of the screen."""
        yield Bar(id="head")
        yield Pane(id="record")
        with Vertical(id="asked"):
            yield Bar(id="words")
            yield Input(id="typed", select_on_focus=False)
        yield Bar(id="crisis")
        yield Bar(id="footer")

    def on_mount(self) -> None:
        """Draw the record as it is."""
        self.asked.display = False
        self._draw()

    def on_resize(self) -> None:
        """Draw for another size."""
        self._draw()

    # --- what a person does ------------------------------------------------------------------

    @on(Pane.Chosen)
    def _chosen(self, message: Pane.Chosen) -> None:
        """Enter or a click: the next choice of an option, a field for anything else."""
        self._message = ""
        target = message.target or ""
        if target.startswith(OPTION):
            self.action_do("next")
        elif target.startswith(OFFER):
            self._add(target.removeprefix(OFFER))
        elif target.startswith(ASKED):
            self.action_do("reason")
        elif target == DATE:
            self._ask_date()

    @on(Pane.Moved)
    def _moved(self) -> None:
        self._message = ""
        self._draw_edges()

    @on(Bar.Clicked)
    def _clicked(self, message: Bar.Clicked) -> None:
        action = message.target.removeprefix(ACTION)
        if action in {"add", "date"}:
            self.record.action_choose()
        elif action == "take":
            self._take()
        else:
            self.action_do({"owner": "reason"}.get(action, action))

    def action_do(self, action: str) -> None:
        """Do what a key asks of what the cursor is on."""
        self._message = ""
        target = self.record.cursor or ""
        option, place = target.removeprefix(OPTION), target.removeprefix(ASKED)
        if action == "cancel":
            self._cancel()
        elif self._asking is not None:
            return
        elif action == "alerts":
            self._end(action)
        elif action in _WHATEVER:
            self._step(_WHATEVER[action])
        elif target.startswith(OPTION):
            self._of_option(action, option)
        elif target.startswith(ASKED) and action in {"reason", "nothing"}:
            self._of_asked(action, int(place))
        else:
            self._tell("The cursor is on nothing that takes that.")

    def _of_option(self, action: str, option: str) -> None:
        if action == "next":
            self._step(partial(recording.choose_next, option=option))
        elif action in _CHOICES:
            self._step(partial(recording.choose, option=option, choice=_CHOICES[action]))
        else:
            self._ask(
                Asked(
                    f"Reason: {option_label(self._state.pathway, option)}",
                    self._state.decisions.of(option).reason,
                    400,
                    lambda typed: self._step(
                        partial(recording.give_reason, option=option, reason=typed)
                    ),
                )
            )

    def _of_asked(self, action: str, place: int) -> None:
        if action == "nothing":
            self._step(partial(recording.drop, place=place))
        else:
            self._ask_owner(self._state.decisions.find_out[place], place)

    def _add(self, factor: str) -> None:
        """Something to find out: a question of the case, or one in the team's own words."""
        if factor:
            self._ask_owner(ToFindOut(factor))
        else:
            self._ask(
                Asked(
                    "To find out",
                    "",
                    200,
                    lambda typed: self._ask_owner(ToFindOut(question=typed)) if typed else None,
                )
            )

    def _ask_owner(self, what: ToFindOut, place: int | None = None) -> None:
        about = what.question
        if what.factor is not None:
            about = factor_label(self._state.pathway.factors[what.factor])

        def take(typed: str) -> None:
            self._step(partial(recording.ask, what=replace(what, owner=typed), place=place))

        self._ask(Asked(f"{about}: whose is it? A role, or nothing", what.owner, 60, take))

    def _ask_date(self) -> None:
        record, today = self._state.decisions, self._state.situation.today
        before = (record.date or today).isoformat()
        self._ask(
            Asked(
                "Date of the record, or nothing",
                before,
                10,
                lambda typed: self._step(partial(recording.set_date, typed=typed)),
                free=False,
            )
        )

    # --- the field ---------------------------------------------------------------------------

    def _ask(self, asked: Asked) -> None:
        self._asking, self._doubted = asked, None
        self.typed.max_length = asked.longest
        self.typed.value = asked.before
        self.typed.cursor_position = len(asked.before)
        self.asked.display = True
        self.typed.focus()
        self._draw_field(NO_PERSON if asked.free else "")
        self._draw_edges()

    @on(Input.Submitted)
    def _take(self) -> None:
        """Take what was typed; what may tell who somebody is, is told first."""
        asked, typed = self._asking, " ".join(self.typed.value.split())
        if asked is None:
            return
        doubt = personal_doubt(typed) if asked.free else ""
        if doubt and self._doubted != typed:
            self._doubted = typed
            self._draw_field(f"{doubt} Enter again keeps it so.", Tone.CAUTION)
            return
        self._close_field()
        asked.then(typed)

    def _close_field(self) -> None:
        self._asking = None
        self.asked.display = False
        self.record.focus()
        self._draw_edges()

    def _cancel(self) -> None:
        if self._asking is not None:
            self._close_field()
        else:
            self._end(None)

    def _end(self, wish: str | None) -> None:
        if self.is_current:
            self.dismiss(wish)

    def _draw_field(self, words: str, tone: Tone = Tone.DIM) -> None:
        asked = self._asking
        if asked is None:
            return
        rows: tuple[Row, ...] = (one_line(Span(asked.what, Tone.STRONG)),)
        rows += (text(words, tone),) if words else ()
        self.words.show(lambda _width: rows)

    # --- parts -------------------------------------------------------------------------------

    def _step(self, step: Step) -> None:
        """Take a step, or tell why it does not fit."""
        try:
            self._state = self._change(step)
        except Refused as refused:
            self._message = str(refused)
        self._draw()

    def _tell(self, message: str) -> None:
        self._message = message
        self._draw_edges()

    def _draw(self) -> None:
        state = self._state
        self.record.show(lambda width, _cursor: record_rows(state, width))
        self._draw_edges()

    def _draw_edges(self) -> None:
        state, height, told = self._state, self.app.size.height, self._message
        self.head.show(lambda _width: head_rows(state, height, told))
        self.crisis.set_class(crisis_raised(state), "-raised")
        self.crisis.show(lambda _width: crisis_rows(state, height))
        keys = self._keys()
        self.footer.show(lambda width: footer_rows(keys, frozenset(), "", width))

    def _keys(self) -> tuple[Key, ...]:
        if self._asking is not None:
            return _TYPING
        target = self.record.cursor or ""
        begins = {OPTION: _OF_OPTION, ASKED: _OF_ASKED, OFFER: _ADD, DATE: _SET}
        own = next((keys for begin, keys in begins.items() if target.startswith(begin)), ())
        first, *others = (_HOLD,) if recording.stale(self._state) else own or (_CLOSE,)
        # Where there is little room, what stands behind the first key is left out first.
        return (first, _REDO, _UNDO, *others, _CLOSE)


_WHATEVER: Final = {
    "hold": recording.hold,
    "undo": recording.undone,
    "redo": recording.redone,
}
"""Steps that are the same wherever the cursor is."""
