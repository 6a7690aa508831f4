"""What typing does: letters and digits go to the field that is open, if one is."""

from typing import TYPE_CHECKING

from textual import events

from wizard.pathway.factors import NumberFactor
from wizard.screen.case import transitions
from wizard.screen.case.keys import MOVING
from wizard.screen.case.state import Topic
from wizard.screen.case.transitions import dash_is_not_done
from wizard.wording.answers import NOT_DONE_KEY, NOT_KNOWN_KEY

if TYPE_CHECKING:
    from wizard.screen.case.drawing import CaseDrawing as _Case
else:
    _Case = object  # a part of CaseScreen: each screen of Textual's own costs a start more


class CaseTyping(_Case):
    """Takes what is typed into the number, the filter of a list, or the search."""

    def takes(self, event: events.Key) -> bool:
        """Whether typing went to the open field."""
        letter = event.character if event.is_printable else None
        if event.key == "backspace" and self._field() is not None:
            self._change(transitions.erase(self.state))
            return True
        if letter is None or self._take(letter):
            return letter is not None
        if letter == "0" and self.state.overlay is None:
            self.say(f"{NOT_KNOWN_KEY} is not known; 1 to 9 choose.")
            return True
        return False

    def take_pasted(self, words: str) -> None:
        """Pasted text goes to the open field: to a number whole, elsewhere a letter at a time."""
        if self._field() == "number":
            self._change(transitions.type_number(self.state, words))
            return
        for letter in words[: transitions.LONGEST_TYPED]:
            if letter.isprintable():
                self._take(letter)

    def _field(self) -> str | None:
        """Which field takes letters now."""
        state = self.state
        if state.overlay is not None:
            return "search" if state.overlay.topic is Topic.SEARCH else None
        if isinstance(state.factor, NumberFactor):
            return "number"
        return "filter" if state.draft.filter is not None else None

    def _take(self, letter: str) -> bool:
        """Whether the open field took the letter."""
        state = self.state
        match self._field():
            case "search":
                self._change(transitions.look_for(state, state.search + letter))
            case "number" if letter in "<>" and self._column != "question":
                return False
            case "number" if letter == NOT_DONE_KEY and dash_is_not_done(state):
                return False
            case "number" if _belongs_to_number(letter, state.draft.typed):
                self._change(transitions.type_number(state, letter))
            case "filter" if not letter.isdigit() and (state.draft.filter or letter != " "):
                words = (state.draft.filter or "") + letter
                self._change(transitions.filter_answers(state, words))
            case None if self._narrows(letter):
                self._change(transitions.filter_answers(state, letter))
            case _:
                return False
        return True

    def _narrows(self, letter: str) -> bool:
        """Whether a letter is not a command, and narrows the list of answers in front."""
        commands = {name for key in self.keys for name in key.keys.split(",")}
        if not letter.isalpha() or letter in commands or letter in MOVING:
            return False
        state = self.state
        in_front = state.overlay is None and self._column == "question"
        return in_front and transitions.can_be_filtered(state.factor)


def _belongs_to_number(letter: str, typed: str) -> bool:
    """Whether a letter goes to the box of a number, and is not the key of a command.

    Signs and digits begin a number; behind them every letter belongs to it, as a unit may, so
    that none is lost and none opens something else instead.
    """
    if letter in (NOT_KNOWN_KEY, "?"):
        return False
    return bool(typed) or not (letter.isalpha() or letter in " /")
