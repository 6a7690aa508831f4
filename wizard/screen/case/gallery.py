"""The gallery of cases: what they show on the left, the cases, and the one under the cursor."""

from collections.abc import Iterator
from itertools import islice
from time import perf_counter
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.screen import ModalScreen

from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway
from wizard.screen.case.gallery_rows import (
    CASE,
    FACET,
    case_rows,
    facet_at,
    facet_rows,
    field_rows,
    list_rows,
)
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.breakpoints import LOW_OR_HIGH
from wizard.screen.shared.columns import Columns
from wizard.screen.shared.edges import footer_rows
from wizard.screen.shared.keys import Key
from wizard.screen.shared.pane import Pane
from wizard.workbench.gallery import Facet, GalleryCase, facets_shown, found, gallery_cases

_KEYS: Final = (
    Key("open", "enter", "enter", "Open a copy", "Open a copy of the case"),
    Key("type", "", "type", "Search", "Find cases by their words"),
    Key("other", "tab", "tab", "What it shows", "Go to what cases show, and back"),
    Key("cancel", "escape", "esc", "Close", "Clear the words, or close the gallery"),
)
_NARROW_KEYS: Final = (_KEYS[0], _KEYS[2], _KEYS[3])
_SLICE: Final = 0.006
"""Seconds of reading between which keys are taken."""
_LONGEST_TYPED: Final = 60
_ONE, _TWO, _THREE = (0, "-one"), (60, "-two"), (120, "-three")


class GalleryScreen(ModalScreen[GalleryCase | None]):
    """Ends with the case to open a copy of, or None.

    The cases are read in slices, so that no key waits for all of them.
    """

    CSS_PATH = "gallery.tcss"
    AUTO_FOCUS = "#cases"
    HORIZONTAL_BREAKPOINTS = [_ONE, _TWO, _THREE]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS = LOW_OR_HIGH
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "other", "Other column", show=False, id="gallery.other"),
        Binding("escape", "cancel", "Close", show=False, id="gallery.cancel"),
    ]

    field = query_one("#field", Bar)
    facets = query_one("#facets", Pane)
    cases = query_one("#cases", Pane)
    case = query_one("#case", Pane)
    footer = query_one("#footer", Bar)

    def __init__(self, compiled: Compiled) -> None:
        super().__init__()
        self._pathway: Pathway = compiled.pathway
        self._waiting: Iterator[GalleryCase | None] = gallery_cases(compiled)
        self._read: tuple[GalleryCase, ...] = ()
        self._shown: tuple[GalleryCase, ...] = ()
        self._unreadable = 0
        self._typed = ""
        self._facet: Facet | None = None
        self.whole = False

    def compose(self) -> ComposeResult:
        """What is looked for over the three columns, and the keys under them."""
        yield Bar(id="field")
        with Columns(id="columns"):
            yield Pane(id="facets")
            yield Pane(id="cases")
            yield Pane(id="case")
        yield Bar(id="footer")

    def on_mount(self) -> None:
        """Begin to read."""
        self.facets.entitle("What it shows")
        self.cases.entitle("Cases")
        self.case.entitle("The case")
        self._read_on()

    def _read_on(self) -> None:
        """Read for a moment, show what was read, and go on once that is drawn."""
        until = perf_counter() + _SLICE
        while perf_counter() < until and not self.whole:
            following = list(islice(self._waiting, 1))
            self.whole = not following
            self._read += tuple(each for each in following if each is not None)
            self._unreadable += following.count(None)
        self._draw()
        if not self.whole:
            self.call_after_refresh(self._read_on)

    def _draw(self, *, top: bool = False) -> None:
        """Draw what is looked for and what was found."""
        self._shown = shown = found(self._pathway, self._read, self._facet, self._typed)
        counts = facets_shown(self._pathway, self._read)
        rows = facet_rows(self._pathway, counts, len(self._read), self._facet)
        self.facets.show(lambda _width, _cursor: rows)
        listed = list_rows(shown, whole=self.whole, unreadable=self._unreadable)
        self.cases.show(lambda _width, _cursor: listed, top=top)
        of = len(self._read)
        self.field.show(lambda width: field_rows(self._typed, len(shown), of, width))
        self._draw_case()

    def _draw_case(self) -> None:
        case = self._under_cursor()
        rows = () if case is None else case_rows(self._pathway, case)
        self.case.show(lambda _width, _cursor: rows, top=True)
        narrow = self.size.width < _TWO[0]
        keys = _NARROW_KEYS if narrow else _KEYS
        self.footer.show(lambda width: footer_rows(keys, frozenset(), "", width))

    def _under_cursor(self) -> GalleryCase | None:
        """The case under the cursor: the first one while the list is hidden and has none."""
        name = (self.cases.cursor or "").removeprefix(CASE)
        here = (each for each in self._shown if each.name == name)
        return next(here, next(iter(self._shown), None))

    # --- what a person does ------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Letters look for cases by their words."""
        letter = event.character if event.is_printable else None
        if event.key == "backspace":
            typed = self._typed[:-1]
        elif letter is not None and (self._typed or letter != " "):
            typed = (self._typed + letter)[:_LONGEST_TYPED]
        else:
            return
        event.stop()
        self._look_for(typed)

    def _look_for(self, typed: str) -> None:
        if typed != self._typed:
            self._typed = typed
            self._draw(top=True)
        self._go_to(self.cases)

    @on(Pane.Moved)
    def _moved(self) -> None:
        if self.focused is self.facets:
            self._take_facet(self.facets.cursor)
        else:
            self._draw_case()

    @on(Pane.Chosen)
    def _chosen(self, message: Pane.Chosen) -> None:
        target = message.target or ""
        if target.startswith(FACET):
            self._take_facet(target)
            self._go_to(self.cases)
        elif target.startswith(CASE) and self.is_current:
            self.dismiss(self._under_cursor())

    def _take_facet(self, target: str | None) -> None:
        facet = facet_at(target)
        if facet != self._facet:
            self._facet = facet
            self._draw(top=True)

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        self.set_class(event.widget is self.facets, "-facets")

    def action_other(self) -> None:
        """Go to what cases show, or from there to the cases."""
        self._go_to(self.cases if self.focused is self.facets else self.facets)

    def _go_to(self, pane: Pane) -> None:
        self.set_class(pane is self.facets, "-facets")
        self.set_focus(pane, scroll_visible=False)

    def action_cancel(self) -> None:
        """Clear the words that were typed; without any, close the gallery."""
        if self._typed:
            self._look_for("")
        elif self.is_current:
            self.dismiss(None)
