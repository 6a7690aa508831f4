"""A place of the wizard: a screen that is reached from every other by a key or its tab."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from wizard.screen.keys import Key, Place
from wizard.screen.widgets.lines import INKS

if TYPE_CHECKING:
    from textual.command import Provider


def _key_commands() -> "type[Provider]":
    """The commands of the palette, brought when it is opened: a start need not wait for them."""
    from wizard.screen.commands import KeyCommands  # noqa: PLC0415 - see above

    return KeyCommands


class PlaceScreen(Screen[None]):
    """What all places share: their keys in the palette, and the way to the others.

    `places` are those of this run; the app sets them before the screen is shown.
    """

    COMMANDS: ClassVar[set["type[Provider] | Callable[[], type[Provider]]"]] = {_key_commands}
    COMPONENT_CLASSES: ClassVar[set[str]] = {*INKS}

    BLANK = True
    focused = Reactive[Widget | None](None, repaint=False)
    """Panes show the focus themselves; Textual's own would repaint every cell when it moves."""

    place: ClassVar[Place]
    keys: ClassVar[tuple[Key, ...]]
    places: tuple[Place, ...] = ()

    @dataclass
    class Wanted(Message):
        """Another place is to be shown."""

        place: Place

    class Leaving(Message):
        """The program is to end."""

    def say(self, message: str) -> None:
        """Tell something in one line until the next key."""
        raise NotImplementedError

    def do(self, action: str) -> None:
        """Do what a key would, for a click or a command of the palette."""
        raise NotImplementedError

    @property
    def loss(self) -> str:
        """The question to ask before the program ends; empty where nothing would be lost."""
        raise NotImplementedError

    def finish(self) -> str:
        """End what goes on behind the screen; what is then to be told on the terminal."""
        return ""

    def action_leave(self) -> None:
        """End the program, after a question where something would be lost."""
        self.post_message(self.Leaving())

    def ask(self, question: str, action: str, do: Callable[[], object]) -> None:
        """Do something if the person says so."""
        from wizard.screen.screens.ask import AskScreen  # noqa: PLC0415 - as the palette

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

    def _go(self, place: Place) -> None:
        if place is self.place:
            self.say(f"This is the {place} place.")
        elif place not in self.places:
            self.say("This run of the wizard has no such place.")
        else:
            self.post_message(self.Wanted(place))
