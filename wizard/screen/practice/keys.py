"""Every key of the practice place, once: bindings, footer, help and search come from here."""

from typing import Final

from textual.binding import Binding

from wizard.practice.rounds import Phase, earlier
from wizard.record import replace
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
    Key("short_form", "v", "v", "Short form", "Tell the case in few words, or in full again"),
    Key("tree", "t", "t", "Trees", "The decision trees behind the marks, and the case's way there"),
    Key("open_case", "o", "o", "Open case", "Open a copy of this case in the case place (F6)"),
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
    if state.sheet is Sheet.SEARCH:
        return (ENTER, _BY_ACTION["close"])
    if state.sheet is not None:
        actions = ["close", "help", "leave"]
    elif state.back:
        actions = ["enter", "back", "close", "help", "leave"]
    else:
        actions = {
            Stage.START: ["enter", "progress", other, "help", "leave"],
            Stage.ASKED: ["choose", "back" if refusal("give_up", state) else "give_up", "enter"],
            Stage.MARKED: ["enter", "tree", "open_case", "help", "leave"],
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
    lacks, reason = _needs(state).get(action, (False, ""))
    return reason if lacks else None


def _needs(state: Practice) -> dict[str, tuple[bool, str]]:
    """By action, whether it lacks what it needs, and how that is said."""
    now = state.round
    asked = now.asked if now is not None and state.stage is Stage.ASKED else None
    second_go = now is not None and now.phase is Phase.SECOND_CHANCE
    begun = now is not None and now.phase is not Phase.OVER
    nothing_before = now is None or state.back >= len(earlier(now))
    return {
        "choose": (
            state.stage in (Stage.MARKED, Stage.SUMMARY),
            "Nothing is open to tick: enter goes on.",
        ),
        "tick": (asked is None, "No question is open."),
        "none_of_these": (
            asked is None or bool(asked.conclusions),
            "One choice is right at least.",
        ),
        "not_yet": (asked is None or not asked.conclusions, "No answer here is “not known”."),
        "more_digits": (
            asked is None or len(asked.choices) <= DIGITS_AT_ONCE,
            "There are no more choices than digits here.",
        ),
        "give_up": (
            asked is None or not second_go,
            "Answer first: there is a hint and a second chance then.",
        ),
        "back": (
            state.sheet is None and nothing_before,
            "No question of this round was marked before.",
        ),
        "end": (not begun, "No round is open."),
        "resume": (
            state.unfinished is None or begun,
            "No round was left before its end, or one is open.",
        ),
        "close": (state.sheet is None and not state.back, "Nothing lies over practice."),
        "sources": (
            state.stage is not Stage.MARKED and state.sheet is not Sheet.SOURCES,
            "Answer first: the documents come with the marks.",
        ),
        "short_form": (
            now is None or state.stage is Stage.SUMMARY,
            "No case is in front.",
        ),
        "tree": (
            state.stage is not Stage.MARKED and state.sheet is not Sheet.TREE,
            "Answer first: the trees come with the marks.",
        ),
        "open_case": (
            state.stage is not Stage.MARKED,
            "Answer first: the case place says what is described.",
        ),
        "progress": (asked is not None, "Answer first: progress says what the documents describe."),
        "place_practice": (True, "This is the practice place."),
    }


_ANSWERING: Final = frozenset(
    {"choose", "tick", "none_of_these", "not_yet", "more_digits", "give_up", "column"}
)
