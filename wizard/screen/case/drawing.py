"""How a case is drawn: its columns, what lies over them, and the edges."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, Unpack

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.getters import query_one

from wizard.case.journal import Journal
from wizard.case.log import Did
from wizard.engine.compiling import Compiled
from wizard.pathway.factors import MultiFactor
from wizard.pathway.model import Pathway
from wizard.record import replace
from wizard.report.moment import moment
from wizard.screen.case.crisis import crisis_raised, crisis_rows, notice_rows
from wizard.screen.case.history import NO_HISTORY, History, recorded
from wizard.screen.case.keys import ENDING_A_LIST, footer_keys, refusal
from wizard.screen.case.question import (
    CONFIRM,
    end_rows,
    end_view,
    first_cursor,
    question_rows,
    title_of,
)
from wizard.screen.case.state import Overlay, State, Topic, same_case
from wizard.screen.case.targets import FACTOR, LOOK
from wizard.screen.case.widths import LEAST, MAP, OPTIONS, OPTIONS_OF_TWO, held_width
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.columns import Columns
from wizard.screen.shared.filling import WORKING, Filling, of_rows
from wizard.screen.shared.keys import Key
from wizard.screen.shared.pane import How, Pane, View
from wizard.screen.shared.rows import BLANK

if TYPE_CHECKING:
    from wizard.case.files import Case
    from wizard.case.keeping import CaseFile
    from wizard.screen.case.options import ToldBefore
    from wizard.screen.shared.place import PlaceScreen as _Case
else:
    _Case = object  # a part of CaseScreen: each screen of Textual's own costs a start more

WIDE = 120
TWO_COLUMNS = 60
AT_ONCE: Final = 1000
"""Every view of a pathway with up to so many nodes is made before the key that opens it ends."""


class CaseDrawing(_Case):
    """Draws one state in the columns that fit; what changes the state is not known here."""

    two_columns = TWO_COLUMNS

    notices = query_one("#notices", Bar)
    crisis = query_one("#crisis", Bar)
    map = query_one("#map", Pane)
    question = query_one("#question", Pane)
    options = query_one("#options", Pane)
    reading = query_one("#reading", Pane)

    def __init__(
        self,
        compiled: Compiled,
        state: State,
        *,
        history: History = NO_HISTORY,
        journal: Journal | None = None,
        file: "CaseFile | None" = None,
    ) -> None:
        """The case at a state, with what can be taken back of it; `journal` keeps each step.

        `file` is the one that it was opened from.
        """
        super().__init__()
        self.state = state
        self._history = history
        self._journal = journal
        self._file = file
        self._written: Case | None = None
        self._column = "question"
        self._zoomed = False
        self._by_hand = self._whole = False
        self._widths: Mapping[str, int] = {}
        self._filling = Filling()
        self._options_told: ToldBefore = {}
        self._take_compiled(compiled)

    def _take_compiled(self, compiled: Compiled) -> None:
        """Have new cases in this version of the pathway."""
        self._compiled = compiled
        self._options_told = {}
        self._large = len(compiled.diagrams) > AT_ONCE

    def compose(self) -> ComposeResult:
        """The widgets, mounted once for the life of the program.

        Their classes come first: later they would have them styled again.
        """
        self.set_size(self.app.size)
        yield Bar(id="header")
        with Columns(id="columns"):
            yield Pane(id="map", report=self.reported)
            yield Pane(id="question", report=self.reported)
            yield Pane(id="options", report=self.reported)
            yield Pane(id="reading", report=self.reported)
        yield Bar(id="notices")
        crisis = Bar(id="crisis")
        self._class_crisis(crisis)
        yield crisis
        yield Bar(id="footer")

    def on_mount(self) -> None:
        """Draw the first question; the columns beside it follow once the terminal has it."""
        self.map.entitle("Case")
        self._show_panes()
        self._draw_question(None)
        if self.state.overlay is not None:
            beneath = replace(self.state, overlays=())
            self._lay_focus(beneath)
            self._draw_overlay(self.state.overlay, beneath)
        self.draw_edges()
        self.call_after_refresh(self._draw_first_beside)

    def _draw_first_beside(self) -> None:
        """Draw the columns beside the first question, unless a key had them drawn before."""
        if not self._whole:
            self._whole = True
            self._draw_beside(None)

    @contextmanager
    def one_key(self) -> Iterator[None]:
        """What a key does; the first one finds all columns, however soon it comes."""
        self._draw_first_beside()
        with super().one_key():
            yield

    def on_resize(self, event: events.Resize) -> None:
        """Choose the columns for another size."""
        self.set_size(event.size)
        narrow = event.size.width < WIDE
        if self._column == "map" and narrow and self.state.overlay is None:
            self._go_to_column("question")
        self._show_panes()
        self.draw_edges()

    def set_size(self, size: Size) -> None:
        """Take the classes of a size."""
        super().set_size(size)
        self.take_class(size.width >= WIDE, "-wide")

    def take_widths(self, widths: Mapping[str, int]) -> None:
        """Have other widths of columns, by the names of their settings."""
        self._widths = widths
        if self.is_mounted:
            self._show_panes()

    @property
    def one_column(self) -> bool:
        """Whether one column has the whole screen."""
        return self._zoomed or self.has_class("-one")

    def _change(
        self, state: State, history: History | None = None, did: Did | None = Did.ANSWERED
    ) -> None:
        """Take another state, and draw what it changed; the step can be taken back.

        `did` says what changes the answers where they change, None that it is another case.
        Before the place is opened there is nothing to draw.
        """
        before = self.state
        self._history = history or recorded(self._history, before, state)
        if did is not None:
            from wizard.screen.case.logged import logged

            state = logged(before, state, moment(os.environ).at, did)
            self._keep(state)
        self.state = state
        if not self.is_mounted:
            return
        if state.asked != before.asked or state.overlay != before.overlay:
            self._lay_focus(before)
        if not same_case(state, before):
            self._draw_case(before)
        if state.overlay is not None:
            self._draw_overlay(state.overlay, before)
        else:
            self._filling.abandon(self.reading)
        self.draw_edges()

    def _keep(self, state: State) -> None:
        """Keep the case as it is now, for the time after a crash; tell once where that fails."""
        if self._journal is None:
            return
        from wizard.screen.case.logged import place_of

        if told := self._journal.keep(state.log, place_of(state)):
            # Behind whatever else the step has to say.
            self.call_after_refresh(self.say, told)

    def _draw_case(self, before: State | None) -> None:
        """Draw the columns, which what is laid over them does not change."""
        self._draw_beside(before)
        self._draw_question(before)

    def _draw_question(self, before: State | None) -> None:
        state = self.state
        opened = before is None or (before.asked, before.answers) != (state.asked, state.answers)
        how = How(
            cursor=first_cursor(state.factor, state) if opened else self._typing_cursor(),
            top=opened,
            reads=True,
        )
        self.question.entitle(title_of(state))
        if state.factor is None:
            self._fill(self.question, of_rows(end_rows(state, (WORKING, BLANK))), end_view, **how)
        else:
            self.question.show(lambda width, here: question_rows(state, width, here), **how)

    def _draw_beside(self, before: State | None) -> None:
        """Draw the map and the lists, each unless nothing that it tells is another than before."""
        state = self.state

        def differs(*parts: str) -> bool:
            return another or any(getattr(state, each) != getattr(before, each) for each in parts)

        another = before is None or before.situation.compiled is not state.situation.compiled
        if differs("answers", "asked", "aside"):
            self._draw_map(by_hand=self.focused is self.map)
        if differs("answers", "moved", "begun", "options_shown"):
            self._draw_options()

    def _draw_map(self, *, by_hand: bool) -> None:
        """Draw the map.

        What a question settles is told at the cursor: only where a person has put it there.
        """
        from wizard.screen.case.case_map import map_rows

        state, self._by_hand = self.state, by_hand
        self.map.show(
            lambda _width, here: map_rows(state, here if by_hand else None),
            cursor=None if by_hand or state.asked is None else FACTOR + state.asked,
        )

    def _draw_options(self) -> None:
        from wizard.reasoning.settling import conclusion
        from wizard.screen.case.options import lists_rows, options_view
        from wizard.wording.concluding import settled_words

        state = self.state
        settled = settled_words(conclusion(state.situation.assessment))
        self.options.entitle(settled if state.options_shown else "Options")
        self._fill(
            self.options,
            partial(lists_rows, state),
            partial(
                options_view,
                width=self.options.room if self._large else None,
                before=self._options_told,
            ),
        )

    def _fill(
        self, pane: Pane, known: View, make: Callable[[State], View], **how: Unpack[How]
    ) -> None:
        """Show what `make` comes to: of a large pathway what is known until a thread has it."""
        state = self.state
        if self._large:
            apart = replace(state, situation=state.situation.apart())
            self._filling.show(pane, known, partial(make, apart), **how)
        else:
            self._filling.abandon(pane)
            pane.show(make(state), **how)

    def draw_edges(self) -> None:
        """Draw the header and the keys, and above these what to know of alerts and emergencies."""
        super().draw_edges()
        state, height = self.state, self.app.size.height
        lists = self._column == "options" or not self.one_column
        self.notices.show(lambda width: notice_rows(state, width, lists=lists))
        self._class_crisis(self.crisis)
        self.crisis.show(lambda _width: crisis_rows(state, height))

    def _class_crisis(self, bar: Bar) -> None:
        """Have the alert look as loud as it is."""
        bar.set_class(crisis_raised(self.state), "-raised", update=self.is_mounted)
        bar.set_class(not self.state.begun, "-quiet", update=self.is_mounted)

    def _draw_overlay(self, overlay: Overlay, before: State) -> None:
        """Draw what lies over the case; its views are imported when the first one is opened.

        So the first question does not wait for them.
        """
        from wizard.screen.case.finding import offered
        from wizard.screen.case.reading import (
            SLOW,
            known_view,
            reading_title,
            reading_view,
        )

        state, column, over = self.state, self._column, overlay != before.overlay
        how = How(
            cursor=_where_the_person_was(overlay, before) if over else None,
            top=over or state.search != before.search,
            reads=overlay.topic not in {Topic.MAP, Topic.SEARCH, Topic.FIRST},
        )
        self.reading.entitle(reading_title(state))
        if overlay.topic is Topic.SEARCH:
            found = self.search_view(state.search, offered(state, column, self.keys))
            self.reading.show(lambda width, _cursor: found(width), **how)
        elif overlay.topic in SLOW:
            make = partial(reading_view, column=column, keys=self.keys)
            self._fill(self.reading, known_view(state), make, **how)
        else:
            self.reading.show(reading_view(state, column, self.keys), **how)

    def _typing_cursor(self) -> str | None:
        return CONFIRM if self.state.draft.typed else None

    def _lay_focus(self, before: State) -> None:
        if self.state.overlay is not None:
            self._show_panes()
            self.set_focus(self.reading, scroll_visible=False)
        elif before.overlay is not None or self.state.asked != before.asked:
            asked = self.state.asked != before.asked
            self._go_to_column("question" if asked else self._column)

    def _go_to_column(self, column: str) -> None:
        self._column = column
        self._show_panes()
        pane = {"map": self.map, "options": self.options}.get(column, self.question)
        self.set_focus(pane, scroll_visible=False)

    def _show_panes(self) -> None:
        """Show what there is room for, at once: the next key must find it in focus."""
        over, column = self.state.overlay is not None, self._column
        one, wide = self.one_column, self.has_class("-wide")
        self.map.display = wide and (not self._zoomed or (column == "map" and not over))
        self.question.display = not over and (not one or column == "question")
        self.options.display = not over and (not one or column == "options")
        self.reading.display = over
        self._set_width(self.map, MAP if wide else None)
        self._set_width(self.options, OPTIONS if wide else OPTIONS_OF_TWO)

    def _set_width(self, pane: Pane, setting: str | None) -> None:
        """Give a column the width that was set, or that of the style sheet."""
        cells = None if self.one_column or setting is None else self._widths.get(setting)
        styles = pane.styles
        if cells is None or setting is None:
            for rule in ("width", "min_width", "max_width"):
                styles.clear_rule(rule)
        else:
            styles.width = held_width(setting, cells, self.app.size.width)
            styles.min_width = LEAST
            styles.max_width = "100%"

    @property
    def pathway(self) -> Pathway:
        """The pathway that the case is in."""
        return self.state.pathway

    def footer_keys(self) -> tuple[Key, ...]:
        """The keys that the footer tells now."""
        return footer_keys(self.state, self._column, one_column=self.one_column)

    def needed_keys(self) -> frozenset[str]:
        """What ends a list of answers, most of which may be out of sight."""
        listed = self.state.overlay is None and isinstance(self.state.factor, MultiFactor)
        return ENDING_A_LIST & {key.action for key in self.footer_keys()} if listed else frozenset()

    def refusal(self, action: str) -> str | None:
        """Why a key cannot do anything now; None where it can."""
        return refusal(action, self.state, self._column)


def _where_the_person_was(overlay: Overlay, before: State) -> str | None:
    """Where the cursor begins in what was just laid over the case."""
    match overlay, before.overlay:
        case Overlay(Topic.MAP), _ if before.asked is not None:
            return FACTOR + before.asked
        case Overlay(Topic.WHAT_IF, None), Overlay(Topic.WHAT_IF, str(looked)):
            return LOOK + looked
        case _:
            return None
