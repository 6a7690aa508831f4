"""How the pathway is drawn: the list on the left, the page on the right, what lies over both."""

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.getters import query_one

from wizard.pathway.model import Pathway
from wizard.screen.pathway.contents import list_rows, stands_out
from wizard.screen.pathway.finding import offered
from wizard.screen.pathway.keys import footer_keys, refusal
from wizard.screen.pathway.pages import page_rows, page_title
from wizard.screen.pathway.reading import sheet_rows
from wizard.screen.pathway.state import (
    Browsing,
    Column,
    Page,
    Sheet,
    WorkedOut,
    page_of,
    with_result,
)
from wizard.screen.pathway.working_out import takes_long, worked_out
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.columns import Columns
from wizard.screen.shared.filling import WORKING, Filling, of_rows
from wizard.screen.shared.keys import Key
from wizard.screen.shared.pane import How, Pane, View
from wizard.screen.shared.place import PlaceScreen
from wizard.screen.shared.rows import Row, Tone, lay_out, text

TWO_COLUMNS = 100
AT_ONCE: Final = 1000
"""Every page of a pathway with up to so many nodes is made before the key that opens it ends."""


class PathwayDrawing(PlaceScreen):
    """Draws one state; what changes it is not known here."""

    two_columns = TWO_COLUMNS

    things = query_one("#things", Pane)
    page = query_one("#page", Pane)
    reading = query_one("#reading", Pane)

    def __init__(self, state: Browsing) -> None:
        super().__init__()
        self.state = state
        self._filling = Filling()
        self._working = Filling()
        self._ended = False

    def compose(self) -> ComposeResult:
        """The widgets, mounted once for the life of the program."""
        self.set_size(self.app.size)
        yield Bar(id="header")
        with Columns(id="columns"):
            yield Pane(id="things", report=self.reported)
            yield Pane(id="page", report=self.reported)
            yield Pane(id="reading", report=self.reported)
        yield Bar(id="footer")

    def on_mount(self) -> None:
        """Draw the list and the first page."""
        self.things.entitle("Pathway")
        self._draw(None)

    def on_resize(self, event: events.Resize) -> None:
        """Choose one column or two for another size."""
        self.set_size(event.size)
        self._show_panes()
        self._draw_list()
        self._draw_page(fresh=False, cursor=None)
        self.draw_edges()

    def _change(self, state: Browsing, cursor: str | None = None) -> None:
        """Take another state, and draw what it changed; `cursor` is where it is on a new page.

        Before the place is opened there is nothing to draw.
        """
        before, self.state = self.state, state
        if self.is_mounted:
            self._draw(before, cursor)

    def _draw(self, before: Browsing | None, cursor: str | None = None) -> None:
        state = self.state
        self._show_panes()
        same = before is not None and before.compiled is state.compiled
        same = same and before is not None and before.standing is state.standing
        if not same or before is None or _listed(before) != _listed(state):
            self._draw_list()
        elif before.page != state.page and page_of(self.things.cursor or "") != state.page:
            self.things.place_cursor(state.page.target)
        if not same or before is None or before.page != state.page or cursor is not None:
            self._draw_page(fresh=before is None or before.page != state.page, cursor=cursor)
        if state.sheet is not None:
            shown = None if before is None else (before.sheet, before.search)
            self._draw_sheet(state.sheet, top=shown != (state.sheet, state.search))
        self.draw_edges()

    def _draw_list(self) -> None:
        rows = (*self._titled("Pathway"), *list_rows(self.state))
        targets = {row.target for row in rows}
        self.things.show(of_rows(rows), cursor=self._list_cursor(targets))

    def _list_cursor(self, targets: Collection[str | None]) -> str:
        """What of the list stands for the page: the thing itself, or its kind while folded."""
        page = self.state.page
        return page.target if page.target in targets else Page(page.kind).target

    def _draw_page(self, *, fresh: bool, cursor: str | None) -> None:
        """Draw the page: of a large pathway what is known until a thread has it."""
        state = self.state
        title = page_title(state)
        self.page.entitle(title)
        how = How(cursor=cursor, top=fresh, reads=True)
        make = partial(self._page_view, state, title, self.page.room)
        known = of_rows((*self._titled(title), WORKING))
        if takes_long(state.page) and state.page not in state.worked_out:
            self._work_out(state, known, how)
        elif len(state.compiled.diagrams) > AT_ONCE:
            self._filling.show(self.page, known, make, **how)
        else:
            self._filling.abandon(self.page)
            self.page.show(make(), **how)

    def _work_out(self, state: Browsing, known: View, how: How) -> None:
        """Work the page out in a thread of its own, in which it makes no other page wait."""

        def fill(result: WorkedOut) -> None:
            if self.state.compiled is state.compiled:
                self.state = with_result(self.state, state.page, result)
                self._draw_page(fresh=False, cursor=None)

        def wanted() -> bool:
            now = self.state
            still = now.page == state.page and now.compiled is state.compiled
            return still and not self._ended

        make = partial(worked_out, state, state.page, wanted)
        self._working.work(self.page, known, make, fill, **how)

    def _page_view(self, state: Browsing, title: str, room: int) -> View:
        rows = (*self._titled(title), *page_rows(state))
        # What is laid out here is remembered, and takes no time where the next key waits.
        lay_out(rows, room)
        return of_rows(rows)

    def _draw_sheet(self, sheet: Sheet, *, top: bool) -> None:
        state, title = self.state, str(sheet).capitalize()
        self.reading.entitle(title)
        searching = sheet is Sheet.SEARCH
        found = self.search_view(state.search, offered(state, self.keys)) if searching else None

        def rows(width: int, _cursor: str | None) -> tuple[Row, ...]:
            told = sheet_rows(state, self.keys) if found is None else found(width)
            return (*self._titled(title), *told)

        self.reading.show(rows, top=top, reads=not searching)

    def _titled(self, title: str) -> tuple[Row, ...]:
        """The title as a row, where there is no room for a border that has it."""
        return (text(title, Tone.HEADING),) if self.has_class("-low") else ()

    def _show_panes(self) -> None:
        """Show what there is room for, at once: the next key must find it in focus."""
        state, one = self.state, self.has_class("-one")
        in_list = state.column is Column.LIST
        self.things.display = state.sheet is None and (not one or in_list)
        self.page.display = state.sheet is None and (not one or not in_list)
        self.reading.display = state.sheet is not None
        pane = self.reading if state.sheet is not None else self.things if in_list else self.page
        self.set_focus(pane, scroll_visible=False)

    @property
    def pathway(self) -> Pathway:
        """The pathway that is read."""
        return self.state.pathway

    @property
    def today(self) -> date:
        """The day by which documents are current or not."""
        return self.state.today

    def finish(self) -> str:
        """Stop what is still worked out: the program does not end before its threads do."""
        self._ended = True
        return ""

    def footer_keys(self) -> tuple[Key, ...]:
        """The keys that the footer tells now."""
        return footer_keys(self.state)

    def refusal(self, action: str) -> str | None:
        """Why a key cannot do anything now; None where it can."""
        return refusal(action, self.state)


def _listed(state: Browsing) -> tuple[object, ...]:
    """What the list depends on."""
    return state.unfolded, stands_out(state), state.is_current
