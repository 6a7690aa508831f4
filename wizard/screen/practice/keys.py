"""Every key of the practice place, once: bindings, footer, help and palette come from here."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from textual.binding import Binding

from wizard.practice.rounds import Phase, earlier
from wizard.screen.practice.state import DIGITS as DIGITS_AT_ONCE
from wizard.screen.practice.state import Practice, Sheet, Stage
from wizard.screen.shared.keys import Key, Place, bindings_of, common_keys
from wizard.wording.answers import NOT_KNOWN_KEY

KEYS: Final = (
    Key("tick", "space", "space", "Tick", "Tick the choice under the cursor, or take it back"),
    Key("none_of_these", "n", "n", "None of these", "Commit that no choice is right"),
    Key("not_yet", "asterisk", NOT_KNOWN_KEY, "Not yet", "Not known yet: tick what it depends on"),
    Key("more_digits", "m", "m", "Other digits", "Give the digits to the next nine choices"),
    Key("give_up", "g", "g", "Give up", "Have the first answer marked, without a second one"),
    Key("back", "b", "b", "Look back", "What was asked and marked before, to read"),
    Key("end", "e", "e", "End", "End the round with its summary; asks first"),
    Key("resume", "r", "r", "Go on", "Go on with the round that was left before its end"),
    Key("sources", "c", "c", "Sources", "Documents and sections behind the marks"),
    Key("progress", "p", "p", "Progress", "How it goes, and what to practise next"),
    Key("emergencies", "a", "a", "Warnings", "What may be life-threatening, and its rules"),
    *common_keys(
        columns="the case and the question",
        place="practice",
        helps="What is asked, the keys and the marks",
    ),
)
DIGITS: Final = Key("choose", "1", "1-9", "Tick", "Tick a choice by its number, or choose a round")
ENTER: Final = Key("enter", "enter", "enter", "Commit", "Commit what is ticked, or go on")

_BY_ACTION: Final = {key.action: key for key in (DIGITS, ENTER, *KEYS)}
_ENTER_DOES: Final = {
    Stage.START: "Begin",
    Stage.ASKED: "Commit",
    Stage.MARKED: "Go on",
    Stage.SUMMARY: "New round",
}


def bindings() -> list[Binding]:
    """The bindings of practice, one an action, and the nine digits."""
    return bindings_of(Place.PRACTICE, DIGITS, KEYS)


def footer_keys(state: Practice) -> tuple[Key, ...]:
    """The keys of the footer, at most five, for what is in front of the person."""
    other = "place_case" if state.unfinished is None else "resume"
    if state.sheet is not None:
        actions = ["close", "help", "leave"]
    elif state.back:
        actions = ["enter", "back", "close", "help", "leave"]
    else:
        actions = {
            Stage.START: ["enter", "progress", other, "help", "leave"],
            Stage.ASKED: ["choose", "back" if _first_go(state) else "give_up", "enter"],
            Stage.MARKED: ["enter", "back", "sources", "help", "leave"],
            Stage.SUMMARY: ["enter", "back", other, "help", "leave"],
        }[state.stage]
        actions = list(dict.fromkeys([*actions, "help", "leave"]))
    enter = "Forward" if state.back else _ENTER_DOES[state.stage]
    shown = [_BY_ACTION[action] for action in actions]
    return tuple(replace(key, label=enter) if key is ENTER else key for key in shown)


def refusal(action: str, state: Practice) -> str | None:
    """Why a key cannot do anything now; None where it can."""
    if action in _ANSWERING and state.sheet is not None:
        return "Close this first: esc."
    lacks, reason = _NEEDS.get(action, (_nothing_lacks, ""))
    return reason if lacks(state) else None


def _nothing_lacks(_state: Practice) -> bool:
    return False


def _not_asked(state: Practice) -> bool:
    return state.stage is not Stage.ASKED


def _asked(state: Practice) -> bool:
    return state.stage is Stage.ASKED


def _first_go(state: Practice) -> bool:
    return _not_asked(state) or state.round is None or state.round.phase is Phase.ASKED


def _no_conclusion(state: Practice) -> bool:
    return _not_asked(state) or state.round is None or not state.round.asked.conclusions


def _conclusion(state: Practice) -> bool:
    return not _no_conclusion(state)


def _no_open_round(state: Practice) -> bool:
    return state.round is None or state.round.phase is Phase.OVER


def _nothing_before(state: Practice) -> bool:
    return state.round is None or state.back >= len(earlier(state.round))


def _few_choices(state: Practice) -> bool:
    now = state.round
    return now is None or _not_asked(state) or len(now.asked.choices) <= DIGITS_AT_ONCE


_ANSWERING: Final = frozenset(
    {"choose", "tick", "none_of_these", "not_yet", "more_digits", "give_up", "column"}
)
_NEEDS: Final[Mapping[str, tuple[Callable[[Practice], bool], str]]] = {
    "choose": (
        lambda state: state.stage in (Stage.MARKED, Stage.SUMMARY),
        "Nothing is open to tick: enter goes on.",
    ),
    "tick": (_not_asked, "No question is open."),
    "none_of_these": (
        lambda state: _not_asked(state) or _conclusion(state),
        "One choice is right at least.",
    ),
    "not_yet": (_no_conclusion, "No answer here is “not known”."),
    "more_digits": (_few_choices, "There are no more choices than digits here."),
    "give_up": (_first_go, "Answer first: there is a hint and a second chance then."),
    "back": (
        lambda state: state.sheet is None and _nothing_before(state),
        "No question of this round was marked before.",
    ),
    "end": (_no_open_round, "No round is open."),
    "resume": (
        lambda state: state.unfinished is None or not _no_open_round(state),
        "No round was left before its end, or one is open.",
    ),
    "close": (
        lambda state: state.sheet is None and not state.back,
        "Nothing lies over practice.",
    ),
    "sources": (
        lambda state: state.stage is not Stage.MARKED and state.sheet is not Sheet.SOURCES,
        "Answer first: the documents come with the marks.",
    ),
    "progress": (_asked, "Answer first: progress says what the documents describe."),
    "place_practice": (lambda _state: True, "This is the practice place."),
}
