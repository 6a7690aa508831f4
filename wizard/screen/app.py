"""The Textual app: themes, signals, and how it ends."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from textual import constants, events, on
from textual.app import App, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import ModalScreen, Screen
from textual.theme import Theme

from wizard.engine.diagrams import TooManyNodesError
from wizard.exits import ExitCode
from wizard.screen import themes
from wizard.screen.collecting import EVERY, collect
from wizard.screen.shared.keys import Place
from wizard.screen.shared.place import PlaceScreen
from wizard.screen.shared.saved import Changed, Saved, Stands
from wizard.settings.reading import Settings
from wizard.wording.text import sentence

if TYPE_CHECKING:
    from wizard.engine.compiling import Compiled
    from wizard.screen.live import Live

_SIGNALS: Final = {
    "SIGTERM": ExitCode.TERMINATED,
    "SIGINT": ExitCode.INTERRUPTED,
    "SIGHUP": ExitCode.HUNG_UP,
    "SIGQUIT": ExitCode.QUIT,
}
"""The signals that end the wizard in order; Windows has only some of them."""

_WRONG_SETTINGS: Final = "Some of your settings do not hold: `mdt-wizard config` tells why."
_DO_NOT_CHECK: Final = "The files do not check now: this is the last version that did"
_NOT_TAKEN_IN: Final = "Not taken in"
_TAKEN_IN: Final = "The saved files are taken in; what changed is being worked out."
NO_PLACES: Final[Mapping[Place, Callable[[], PlaceScreen]]] = MappingProxyType({})


class WizardApp(App[None]):
    """Shows a screen and the places beside it, and ends with an exit code of its own.

    Each of `places` is made when it is first opened, and then stays as it was left.
    """

    TITLE = "MDT wizard"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,ctrl+c", "quit", "Quit", show=False, priority=True, id="app.quit"),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, priority=True, id="app.stop"),
    ]

    def __init__(
        self,
        screen: Screen[None],
        *,
        theme: str | None = None,
        places: Mapping[Place, Callable[[], PlaceScreen]] = NO_PLACES,
    ) -> None:
        # Textual does not load the style sheets of a default screen itself.
        super().__init__(css_path=[Path(__file__).with_name("app.tcss"), *screen.css_path])
        # Textual lays out a tooltip and a rack of toasts on each screen; nothing here shows either.
        self._disable_tooltips = self._disable_notifications = True
        self._live: Live | None = None
        self._stands: Stands | None = None
        self._newest: Compiled | None = None
        self._to_take: Compiled | None = None
        self._set_aside = ""
        self._first = screen
        self._places = places
        own = (screen.place,) if isinstance(screen, PlaceScreen) else ()
        self._tabs = tuple(place for place in Place if place in places or place in own)
        self._open: dict[Place, PlaceScreen] = {}
        self._settings: Settings | None = None
        self._told_first: tuple[str, ...] = ()
        self._theme_before = ""
        if isinstance(screen, PlaceScreen):
            self._opened(screen)
        self.ended = ExitCode.DONE
        self.fault: Exception | None = None
        for each in themes.OURS:
            self.register_theme(each)
        for name in themes.unusable(self.available_themes, monochrome=self.no_color):
            self.unregister_theme(name)
        self.theme = theme or themes.DARK.name

    def set_up(self, settings: Settings) -> None:
        """Be as the user has set it, and keep there what is chosen on the screen."""
        self._settings = settings
        self.theme = settings.theme or self.theme
        self._keymap = self._normalize_keymap(settings.keys)  # set_keymap expects a running app
        for place in self.places:
            place.take_keys(settings.keys)
            place.take_widths(settings.widths)

    def tell_first(self, message: str) -> None:
        """Tell something once the place that it opens in is drawn."""
        self._told_first += (message,)

    def follow(self, live: "Live") -> None:
        """Take in what is saved of the pathway's files while the app runs."""
        self._live = live

    def follow_no_more(self) -> None:
        """Leave the files alone: the app has ended."""
        if self._live is not None:
            self._live.end()

    def get_driver_class(self) -> type[Driver]:
        """Textual's own driver, except on Unix, where ours survives whatever a terminal sends."""
        if constants.DRIVER is not None or sys.platform == "win32":
            return super().get_driver_class()
        from wizard.screen.driver import UnixDriver  # no such modules on Windows

        return UnixDriver

    def get_default_screen(self) -> Screen[None]:
        """The screen that the wizard opens on."""
        return self._first

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, made legible; none before ours can be chosen."""
        if not hasattr(self, "stylesheet"):
            return {}
        told = themes.legible(self.current_theme, super().get_css_variables())
        self.theme_variables = told
        return told

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """Style everything anew; before the first screen nothing is styled, let alone again."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    async def on_event(self, event: events.Event) -> None:
        """Do what is typed or pasted in a place at once.

        Textual sends it to the widget in focus and from there up to here, message by message,
        which takes longer, and a key that is typed meanwhile would find the place as it was before.
        """
        screen = self.screen_stack[-1] if self.screen_stack else None
        if (
            not isinstance(event, events.Key | events.Paste)
            or event.is_forwarded
            or not isinstance(screen, PlaceScreen)
        ):
            await super().on_event(event)
            return
        await screen._mounted_event.wait()  # what is typed at the start waits for the question
        if isinstance(event, events.Paste):
            screen.take_pasted(event.text)
        else:
            self.app_focus = True
            with self.batch_update(), screen.one_key():
                await self._press(event, screen)
                # By then each widget has told the screen what is to be drawn, in one piece.
                await asyncio.sleep(0)
            screen.check_idle()

    async def _press(self, event: events.Key, screen: PlaceScreen) -> None:
        if not await self._check_bindings(event.key, priority=True) and not screen.takes(event):
            await self._check_bindings(event.key)

    def on_mount(self) -> None:
        """End in order when the terminal goes, or the process is told to."""
        self._take_signals()
        self.set_interval(EVERY, collect)
        if self._live is not None:
            self._live.begin(self)
        self._theme_before = self.theme
        self.theme_changed_signal.subscribe(self, self._keep_theme)

    def on_ready(self) -> None:
        """Tell what the start has to say, and that settings do not hold: the terminal has each."""
        wrong = self._settings is not None and self._settings.problems
        if told := " ".join([*self._told_first, *([_WRONG_SETTINGS] if wrong else [])]):
            self._tell(told)

    def _keep_theme(self, theme: Theme) -> None:
        """Keep a theme that was chosen on the screen for the next time."""
        if self._settings is None or theme.name == self._theme_before:
            return
        self._theme_before = theme.name
        if self._kept("theme", theme.name, "The theme"):
            self._tell(f"The theme is kept in {self._settings.path}")

    @on(PlaceScreen.ToKeep)
    def _keep_width(self, message: PlaceScreen.ToKeep) -> None:
        """Keep what was set on the screen; it holds in this run where it cannot be kept."""
        self._kept(message.setting, message.value, "The width")

    def _kept(self, setting: str, value: str | int, what: str) -> bool:
        """Whether a setting was kept; where it cannot be, why is told."""
        if self._settings is None:
            return False
        from wizard.settings.keeping import NotKeptError, keep_setting

        try:
            keep_setting(self._settings.path, setting, value)
        except (OSError, UnicodeDecodeError, NotKeptError) as error:
            why = getattr(error, "strerror", None) or error
            self._tell(f"{what} is not kept in {self._settings.path}: {why}")
            return False
        return True

    def _tell(self, message: str) -> None:
        """Tell something in the place that is open."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, PlaceScreen):
                screen.say(message)
                return

    @on(Driver.SignalResume)
    def _draw_again(self) -> None:
        """Draw the whole screen: another program had the terminal meanwhile."""
        self.refresh(layout=True)

    async def action_quit(self) -> None:
        """Quit as the key of the screen does, which asks first; what lies over it is closed."""
        screen = self.screen
        if isinstance(screen, PlaceScreen):
            screen.action_leave()
        elif isinstance(screen, ModalScreen):
            screen.dismiss(None)
        elif self.screen_stack[0] is screen:
            self.exit()

    @property
    def places(self) -> tuple[PlaceScreen, ...]:
        """The places that have been opened."""
        return tuple(self._open.values())

    @on(PlaceScreen.Wanted)
    def _go_to(self, message: PlaceScreen.Wanted) -> None:
        try:
            self._made(message.place)
        except TooManyNodesError:
            if isinstance(self.screen, PlaceScreen):
                self.screen.say("This pathway is too large for that.")
        else:
            self._show(message.place)

    @on(PlaceScreen.CaseWanted)
    def _open_case(self, message: PlaceScreen.CaseWanted) -> None:
        """Show the case place, and open a case there once it is drawn."""
        if Place.CASE not in self._tabs:
            self._tell("This run of the wizard has no such place.")
            return
        self._show(Place.CASE)
        place = self._open[Place.CASE]
        place.call_after_refresh(place.open_case, message.answers, message.told, message.pathway)

    # --- saved changes of the files ----------------------------------------------------------

    @on(Stands)
    def _files_stand(self, message: Stands) -> None:
        """Tell in every place that the files do not check, as long as that is so."""
        self._stands = message
        for place in self.places:
            self._tell_standing(place)
        if not message.checks:
            self._tell(sentence(f"{_NOT_TAKEN_IN}: {message.wrong}"))

    def _tell_standing(self, place: PlaceScreen) -> None:
        if self._stands is None:
            return
        caution = "" if self._stands.checks else _DO_NOT_CHECK
        if place.caution != caution:
            place.caution = caution
            if place.is_mounted:
                place.draw_edges()
        place.take_standing(self._stands.standing, is_current=self._stands.checks)

    @on(Saved)
    def _files_saved(self, message: Saved) -> None:
        self._newest = self._to_take = message.compiled
        self._set_aside = ""
        self._take_newest()

    @on(PlaceScreen.Resumed)
    def _take_newest(self) -> None:
        """Have every place go on in the newest version; a dialogue over it is ended first."""
        compiled = self._to_take
        if compiled is None or not isinstance(self.screen, PlaceScreen):
            return
        self._to_take = None
        told = [place.take_version(compiled) for place in self.places]
        self._set_aside = " ".join(each for each in told if each)
        self._tell(f"{_TAKEN_IN} {self._set_aside}".strip())

    @on(Changed)
    def _files_changed(self, message: Changed) -> None:
        self._tell(f"{sentence(message.told)} {self._set_aside}".strip())

    @on(PlaceScreen.Leaving)
    def _leave(self) -> None:
        """End, unless a place would lose something: then that place asks."""
        for screen in sorted(self.places, key=lambda place: place is not self.screen):
            if screen.loss:
                self._show(screen.place)
                screen.ask(screen.loss, "Quit", self.exit)
                return
        self.exit()

    def _show(self, place: Place) -> None:
        """Show a place: the first one is at the bottom of the stack, any other above it."""
        screen = self._made(place)
        if screen is self.screen:
            return
        if screen is self._first:
            self.pop_screen()
        elif self.screen is self._first:
            self.push_screen(screen)
        else:
            self.switch_screen(screen)

    def _made(self, place: Place) -> PlaceScreen:
        if place not in self._open:
            screen = self._places[place]()
            self.install_screen(screen, place)
            self._opened(screen)
            if self._newest is not None:
                screen.take_version(self._newest)
            self._tell_standing(screen)
        return self._open[place]

    def _opened(self, screen: PlaceScreen) -> None:
        screen.places = self._tabs
        if self._settings is not None:
            screen.take_keys(self._settings.keys)
            screen.take_widths(self._settings.widths)
        self._open[screen.place] = screen

    def thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        """End as after an error of the screen's own; for `threading.excepthook`."""
        if isinstance(failed.exc_value, Exception) and self.is_running:
            self.call_later(self._handle_exception, failed.exc_value)

    @on(PlaceScreen.ToRead)
    def _page(self, message: PlaceScreen.ToRead) -> None:
        """Open a text in the user's pager, which has the terminal until it ends."""
        from wizard.screen.shared.pager import NoPagerError, page, pager_of

        try:
            command = pager_of(os.environ)
            # Where something is raised in here, Textual does not take the terminal back.
            with self.suspend():
                self._ignore_interrupts()
                told = page(command, message.words)
                # One round of the loop later: what was sent to the pager is read before.
                loop = asyncio.get_running_loop()
                loop.call_soon(loop.call_soon, self._take_signals)
        except NoPagerError as error:
            told = str(error)
        except SuspendNotSupported:
            told = "This terminal cannot be given to a pager."
        if told:
            self._tell(told)

    def _ignore_interrupts(self) -> None:
        """Leave ctrl+c to the program that has the terminal; it is sent to the wizard too."""
        with suppress(NotImplementedError):
            asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, lambda _signal, _frame: None)

    def _take_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name, code in _SIGNALS.items():
            # An event loop on Windows does not take signal handlers.
            with suppress(AttributeError, NotImplementedError):
                loop.add_signal_handler(getattr(signal, name), self._end, code)

    def _end(self, code: ExitCode) -> None:
        self.ended = code
        self.exit(return_code=int(code))

    def _handle_exception(self, error: Exception) -> None:
        """Keep the fault for one clear message, in place of Textual's page of source code."""
        self.fault = self.fault or error
        self.ended = ExitCode.INTERNAL_ERROR
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()
