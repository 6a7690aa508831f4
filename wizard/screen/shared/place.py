"""A place of the wizard: a screen that is reached from every other by a key or its tab."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.geometry import Size
from textual.getters import query_one
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget

from wizard.case.answers import Answers
from wizard.pathway.model import Pathway
from wizard.record import replace
from wizard.screen.shared.bar import Bar, BarView
from wizard.screen.shared.edges import ACTION, footer_rows, header_rows
from wizard.screen.shared.keys import Key, Place, Refused
from wizard.screen.shared.painting import TiledScreen
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.rows import Row

if TYPE_CHECKING:
    from wizard.engine.compiling import Compiled
    from wizard.wording.finding import Findable
    from wizard.workbench.standing import Standing

LOW = 20
"""Below this number of lines, frames do not fit."""


class PlaceScreen(TiledScreen):
    """What all places share: header, footer and messages, the search, and the way to the others.

    `places` are those of this run; the app sets them before the screen is shown.  `recent` are
    the targets that were chosen in the search, the last one first.
    """

    BLANK = True
    focused = Reactive[Widget | None](None, repaint=False)
    """Panes show the focus themselves; Textual's own would repaint every cell when it moves."""

    place: ClassVar[Place]
    keys: tuple[Key, ...]
    """What can be done here, and by which keys."""
    two_columns: ClassVar[int]
    """From this width on two columns stand beside each other."""
    places: tuple[Place, ...] = ()
    caution = ""
    """What must be known of the files of the pathway; empty where they are as it is shown."""

    header = query_one("#header", Bar)
    footer = query_one("#footer", Bar)

    class Wanted(Message):
        """Another place is to be shown."""

        def __init__(self, place: Place) -> None:
            super().__init__()
            self.place = place

    class CaseWanted(Message):
        """A copy of a case is to be opened in the case place, which then tells so.

        `pathway` is the version that it is a case of.
        """

        def __init__(self, answers: Answers, told: str, pathway: Pathway) -> None:
            super().__init__()
            self.answers = answers
            self.told = told
            self.pathway = pathway

    class ToRead(Message):
        """A text is to be read in the user's pager."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class ToKeep(Message):
        """A setting was changed, and is to be kept for the next time."""

        def __init__(self, setting: str, value: str | int) -> None:
            super().__init__()
            self.setting = setting
            self.value = value

    class Resumed(Message):
        """Nothing lies over the place any more."""

    class Leaving(Message):
        """The program is to end."""

    def __init__(self) -> None:
        super().__init__()
        self._message = self._told = ""
        self._displays: Mapping[str, str] = {}
        self._header: tuple[object, ...] = ()
        self.recent: tuple[str, ...] = ()

    def watch_focused(self, before: Widget | None, now: Widget | None) -> None:
        """Have panes show the focus in the step of its key: what they are told comes later."""
        for pane in (before, now):
            if isinstance(pane, Pane):
                pane.show_focus()
        if isinstance(now, Pane):
            self.went_to(now)

    def set_focus(
        self,
        widget: Widget | None,
        scroll_visible: bool = True,  # noqa: FBT001, FBT002 - Textual's own
        from_app_focus: bool = False,  # noqa: FBT001, FBT002 - Textual's own
    ) -> None:
        """Move the focus at once; Textual tells all widgets of it by messages."""
        if widget is None or (isinstance(widget, Pane) and widget.focusable):
            self.focused = widget
        else:
            super().set_focus(widget, scroll_visible, from_app_focus)

    def take_keys(self, chosen: Mapping[str, str]) -> None:
        """Have other keys for some actions; Textual's keymap has their bindings."""
        self.keys, self._displays = type(self).keys, {}
        if not chosen:
            return
        from wizard.screen.shared.keymap import with_keys

        self.keys = with_keys(self.place, type(self).keys, chosen)
        both = zip(self.keys, type(self).keys, strict=True)
        self._displays = {key.action: key.display for key, own in both if key != own}

    def take_widths(self, widths: Mapping[str, int]) -> None:
        """Have other widths of columns, where the place has any that can be set."""

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """Lay out once; Textual would again, for what was to be drawn before it was placed."""
        super()._refresh_layout(size, scroll)
        if self._compositor._visible_map is None:  # all is laid out, not what is in sight alone
            self._compositor._full_map_invalidated = False

    # --- what each place has of its own ------------------------------------------------------

    @property
    def pathway(self) -> Pathway:
        """The pathway that the place shows."""
        raise NotImplementedError

    def footer_keys(self) -> tuple[Key, ...]:
        """The keys that the footer tells now."""
        raise NotImplementedError

    def cautions(self) -> str:
        """What must be known of the version that the place shows."""
        return self.caution

    def needed_keys(self) -> frozenset[str]:
        """The actions of those that the footer tells at any width."""
        return frozenset()

    def refusal(self, action: str) -> str | None:
        """Why a key cannot do anything now; None where it can."""
        raise NotImplementedError

    def takes(self, event: events.Key) -> bool:
        """Whether the place did what a key asks; else the key's binding is looked up."""
        raise NotImplementedError

    def take_pasted(self, words: str) -> None:
        """Take a text that was pasted, where there is a field for it."""

    def reported(self, message: Pane.Chosen | Pane.Moved) -> None:
        """Take what happened in a pane at once: the next key may have been typed already."""
        raise NotImplementedError

    def went_to(self, pane: Pane) -> None:
        """Take that a pane has the focus now, by a key or a click."""

    def enter(self) -> None:
        """Do what enter does, for a click on it."""
        raise NotImplementedError

    def take_version(self, compiled: "Compiled") -> str:
        """Go on in another version of the pathway, whose files were saved; what is to be told."""
        raise NotImplementedError

    def take_standing(self, standing: "Standing", *, is_current: bool) -> None:
        """Show how the files stand, and whether they are what is shown, where the place does."""

    def open_case(self, answers: Answers, told: str, pathway: Pathway | None = None) -> None:
        """Open a copy of a case, after a question where answers would be lost; then tell so.

        `pathway` is the version that it is a case of, None for the present one.
        Only the case place can; the others leave it to that.
        """

    @property
    def loss(self) -> str:
        """The question to ask before the program ends; empty where nothing would be lost."""
        raise NotImplementedError

    def finish(self) -> str:
        """End what goes on in the background; returns what to say on the terminal afterwards."""
        return ""

    # --- the edges ---------------------------------------------------------------------------

    def set_size(self, size: Size) -> None:
        """Take the classes of a size; the style sheets tell what they change."""
        self.take_class(size.width < self.two_columns, "-one")
        self.take_class(size.height < LOW, "-low")

    def take_class(self, wanted: bool, name: str) -> None:  # noqa: FBT001 - as Textual's set_class
        """Have a class or not; before the screen is mounted, what it holds is styled with it."""
        self.set_class(wanted, name, update=self.is_mounted)

    def draw_edges(self) -> None:
        """Draw the header, and the keys or the message."""
        keys = tuple(
            replace(key, display=self._displays[key.action])
            if key.action in self._displays
            else key
            for key in self.footer_keys()
        )
        message = self._told = self._message
        refused = frozenset(key.action for key in keys if self.refusal(key.action))
        header = (self.pathway, self.places, self.cautions())
        if header != self._header:
            self._header = header
            self.header.show(partial(self._header_rows, *header))
        needed = self.needed_keys()
        self.footer.show(lambda width: footer_rows(keys, refused, message, width, needed))

    def _header_rows(
        self, pathway: Pathway, places: tuple[Place, ...], cautions: str, width: int
    ) -> tuple[Row, ...]:
        return header_rows(pathway, width, self.place, places, cautions)

    def say(self, message: str) -> None:
        """Show a message in one line until the next key."""
        self._message = message
        self.draw_edges()

    def say_nothing_opens(self, pane: Pane | None = None) -> None:
        """Say why enter did nothing: the cursor of a pane is on no row, or no row leads on."""
        leads = pane is not None and pane.leads
        self.say("Choose first, with the arrows." if leads else "Nothing opens from here.")

    @contextmanager
    def one_key(self) -> Iterator[None]:
        """What a key does: the message from before goes, and the edges are drawn once for both."""
        self._message = ""
        yield
        if self._told != self._message:
            self.draw_edges()

    @contextmanager
    def telling(self) -> Iterator[None]:
        """A refusal becomes a message, and the state stays as it was."""
        try:
            yield
        except Refused as refused:
            self.say(str(refused))

    def allowed(self, action: str) -> bool:
        """Whether a key can do anything now; if not, a message says why."""
        reason = self.refusal(action)
        if reason is not None:
            self.say(reason)
        return reason is None

    def do(self, action: str) -> None:
        """Do what a key, a click or a hit of the search asks."""
        if action == "enter":
            self.enter()
        elif any(key.action == action for key in self.keys):
            getattr(self, f"action_{action}")()

    def action_do(self, action: str) -> None:
        """Do what a key is bound to."""
        self.do(action)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Tell that nothing lies over the place; one that was just mounted is styled already."""
        if not self.outer_size:
            event.refresh_styles = False
        self.post_message(self.Resumed())

    @on(Bar.Clicked)
    def _clicked(self, message: Bar.Clicked) -> None:
        self.do(message.target.removeprefix(ACTION))

    # --- commands ----------------------------------------------------------------------------

    def search_view(self, typed: str, offered: Iterable["Findable"]) -> BarView:
        """What fits what is typed, of what is offered here and the themes, for a width."""
        from wizard.screen.shared.search import search_rows, theme_offers

        found = (*offered, *theme_offers(self.app.available_themes))
        # A pane asks again once it knows where its cursor is, which changes nothing here.
        return lru_cache(maxsize=1)(lambda width: search_rows(typed, found, self.recent, width))

    def chosen_in_search(self, target: str) -> bool:
        """Remember what was chosen in the search, and choose it if it is a theme."""
        from wizard.screen.shared.search import THEME, remembered

        self.recent = remembered(self.recent, target)
        theme = target.removeprefix(THEME)
        if theme != target:
            self.app.theme = theme
        return theme != target

    def action_leave(self) -> None:
        """End the program, after a question where something would be lost."""
        self.post_message(self.Leaving())

    def ask(self, question: str, action: str, do: Callable[[], object]) -> None:
        """Do something if the person says so."""
        from wizard.screen.shared.ask import AskScreen

        def answered(wanted: bool | None) -> None:  # noqa: FBT001 - Textual passes it
            if wanted:
                do()

        self.app.push_screen(AskScreen(question, action), answered)

    def action_place_case(self) -> None:
        """Go to the case."""
        self._go(Place.CASE)

    def action_place_practice(self) -> None:
        """Go to practice."""
        self._go(Place.PRACTICE)

    def action_place_pathway(self) -> None:
        """Go to the pathway."""
        self._go(Place.PATHWAY)

    def _go(self, place: Place) -> None:
        if place is self.place:
            self.say(f"This is the {place} place.")
        elif place not in self.places:
            self.say("This run of the wizard has no such place.")
        else:
            self.post_message(self.Wanted(place))
