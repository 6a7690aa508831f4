"""Every key of the case, once: bindings, footer, help and search all come from here."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from textual.binding import Binding

from wizard.pathway.factors import MultiFactor, NumberFactor
from wizard.record import replace
from wizard.screen.case.state import Overlay, State, Topic
from wizard.screen.case.transitions import can_be_filtered
from wizard.screen.shared.keys import Key, Place, bindings_of, common_keys
from wizard.wording.answers import NOT_DONE_KEY, NOT_KNOWN_KEY

KEYS: Final = (
    Key("not_known", "asterisk", NOT_KNOWN_KEY, "Not known", "The answer is not known"),
    Key("not_done", "minus", NOT_DONE_KEY, "Not done", "It was not measured or not looked for"),
    Key("rest_not_known", "N", "N", "Show the result", "All that is left is not known"),
    Key("undo", "u", "u", "Undo", "Take the last answer or mark back"),
    Key("redo", "ctrl+r", "ctrl+r", "Redo", "Do again what was taken back"),
    Key("mark", "space", "space", "Mark", "Mark one of several answers, or the next state"),
    Key("none_of_these", "n", "n", "None of these", "No member of the list is present"),
    Key("others_absent", "r", "r", "Rest absent", "What is not marked is absent"),
    Key("filter", "f", "f", "Find in list", "Narrow a long list of answers by typing"),
    Key("back", "b", "b", "Back", "The question before; its answer is kept"),
    Key("why", "e", "e", "Why", "Why this question, or why the option stands where it stands"),
    Key("sources", "c", "c", "Sources", "Documents and sections behind what is shown"),
    Key("tree", "t", "t", "Tree", "The option's decision trees, this case's path marked"),
    Key("what_if", "w", "w", "What if", "What another answer to this question would change"),
    Key(
        "what_if_case", "W", "W", "What if, all", "What another answer to any question would change"
    ),
    Key("first", "F", "F", "Find out first", "What is settled, and what each question settles"),
    Key("documents", "D", "D", "Documents", "The case as each document alone would have it"),
    Key("compare", "v", "v", "Versus before", "The case beside itself as it was before"),
    Key("keep", "K", "K", "Keep", "Keep the case by a title; open, or compare, what was kept"),
    Key("record", "d", "d", "Team's record", "What the team decided, in its own words"),
    Key("more", "m", "m", "More", "All that was left out for brevity, or the first alone"),
    Key(
        "release", "l", "l", "Let facts change", "Look also for changes of facts that cannot change"
    ),
    Key("go_to", "g", "g", "Go to", "The map: go to any question"),
    Key("alerts", "a", "a", "Alerts", "Every alert of this case, in full"),
    Key("options", "o", "o", "Options", "Hide or show the option lists"),
    Key("zoom", "z", "z", "Zoom", "Give this column the whole screen, or all columns theirs again"),
    Key("narrow", "less_than_sign", "<", "Narrower", "Narrow this column; its width is kept"),
    Key("widen", "greater_than_sign", ">", "Wider", "Widen this column; its width is kept"),
    Key("save", "s", "s", "Save", "Save the case to its file; the first time it asks for a title"),
    Key("export", "x", "x", "Export", "Write the case to a file"),
    Key("copy", "y", "y", "Copy", "Copy a summary"),
    Key("cases", "ctrl+o", "ctrl+o", "Saved cases", "Open, rename or delete a case that was saved"),
    Key("page", "P", "P", "In your pager", "Read what is in front, or the result, in $PAGER"),
    Key("new_case", "R", "R", "New case", "Start again without answers; asks first"),
    Key("gallery", "G", "G", "Gallery of cases", "Cases to look at, by what they show"),
    Key("tour", "T", "T", "Tour", "What is where, in a minute; esc leaves it"),
    *common_keys(
        columns="question, options and map",
        place="the case",
        helps="The keys and marks of what is in front of you",
    ),
)
DIGITS: Final = Key("choose", "1", "1-9", "Choose", "Choose an answer by its number")
_CONFIRM: Final = Key("enter", "enter", "enter", "Confirm", "Take what was typed")
ENTER: Final = Key("enter", "enter", "enter", "Choose", "Choose or open what the cursor is on")

MOVING: Final = "jk"
"""Letters that move the cursor."""

_BY_ACTION: Final = {key.action: key for key in (DIGITS, ENTER, *KEYS)}


def bindings() -> list[Binding]:
    """The bindings of the case, one an action, and the nine digits."""
    return bindings_of(Place.CASE, DIGITS, KEYS)


ENDING_A_LIST: Final = frozenset(
    {"none_of_these", "others_absent", "not_done", "not_known", "filter"}
)
"""What ends or narrows a list of answers; the footer always tells it."""

_OF_AN_OPTION: Final = ("sources", "tree")
_READING: Final[Mapping[Topic, tuple[str, ...]]] = {
    Topic.OPTION: _OF_AN_OPTION,
    Topic.TREE: _OF_AN_OPTION,
    Topic.WHY: _OF_AN_OPTION,
    Topic.WHAT_IF: ("enter", "what_if_case"),
    Topic.FIRST: ("enter",),
    Topic.DOCUMENTS: ("more",),
    Topic.COMPARE: ("more", "keep"),
    Topic.BESIDE: ("more", "keep"),
}
"""What the footer offers for what lies over the case, beside closing it."""


def footer_keys(state: State, column: str, *, one_column: bool) -> tuple[Key, ...]:
    """The keys of the footer for what is in front of the person; it shows as many as fit.

    While letters are typed into a field, only keys that are no letters are told.
    """
    if state.overlay is not None and state.overlay.topic is Topic.SEARCH:
        return (ENTER, _BY_ACTION["close"])
    if state.overlay is not None:
        actions = ["close", *_READING.get(state.overlay.topic, ()), "help", "leave"]
    elif column == "options":
        actions = ["enter", "sources", "tree", "help", "leave"]
    elif column == "map":
        actions = ["enter", "back", "column", "help", "leave"]
    elif state.asked is None:
        where = ["column"] if one_column else ["record", "copy", "go_to"]
        return tuple(_BY_ACTION[each] for each in ("save", "export", *where, "help", "leave"))
    else:
        return _question_keys(state, one_column=one_column)
    if one_column and state.overlay is None:
        actions[1:3] = [actions[1], "column"] if column == "question" else ["column", actions[1]]
    return tuple(_BY_ACTION[action] for action in actions)


def _question_keys(state: State, *, one_column: bool) -> tuple[Key, ...]:
    """The keys that answer the question at hand, then the way out."""
    draft, digits = state.draft, DIGITS
    if isinstance(state.factor, MultiFactor):
        digits = replace(DIGITS, label="Mark")
    if draft.filter is not None:
        return (digits, replace(_BY_ACTION["close"], label="All answers"))
    match state.factor:
        case NumberFactor() if draft.typed:
            return (_CONFIRM, replace(_BY_ACTION["close"], label="Clear"), _BY_ACTION["not_known"])
        case NumberFactor(unit=unit, not_done=not_done):
            how = [Key("type", "", "type", unit, "A number is typed"), _CONFIRM]
            actions = [*(["not_done"] if not_done else []), "not_known"]
        case MultiFactor() as factor:
            how = [digits]
            actions = [
                *([] if factor.at_least else ["none_of_these"]),
                "others_absent",
                *(["not_done"] if factor.not_done else []),
                "not_known",
            ]
            actions += ["filter"] if can_be_filtered(factor) else []
        case _:
            how = [digits]
            actions = ["not_known", "back", "why"]
    actions = [*actions, *(["column"] if one_column else []), "help", "leave"]
    return (*how, *(_in_a_footer(action) for action in actions))


@cache
def _in_a_footer(action: str) -> Key:
    key = _BY_ACTION[action]
    return replace(key, label=_IN_FEW_WORDS.get(action, key.label))


def refusal(action: str, state: State, column: str) -> str | None:
    """Why a key cannot do anything now; None where it can."""
    if action in _ANSWERING:
        if state.overlay is not None:
            return "Close this first: esc."
        if state.factor is None:
            return "No question is open: g goes to any of them."
    lacks, reason = _LACKS.get(action, (None, ""))
    return reason if lacks is not None and lacks(state, column) else None


def _no_answers(state: State, _column: str) -> bool:
    return not state.answers


def _no_list(state: State, _column: str) -> bool:
    return not isinstance(state.factor, MultiFactor)


def _not_on_option(state: State, column: str) -> bool:
    over = state.overlay
    return column != "options" if over is None else over.subject not in state.pathway.options


def _not_on_card(state: State, column: str) -> bool:
    on_card = state.overlay is not None and state.overlay.topic in {Topic.OPTION, Topic.WHY}
    return not on_card or _not_on_option(state, column)


def _nothing_over(state: State, _column: str) -> bool:
    typed = state.draft.filter is not None or bool(state.draft.typed)
    return state.overlay is None and not typed and not state.offers_tour


_FOLDED: Final = frozenset(
    map(Overlay, (Topic.COMPARE, Topic.BESIDE, Topic.DOCUMENTS, Topic.WHAT_IF))
)
"""What is told in short beside the cards of options."""
_ONE_ANSWER: Final = "This question takes one answer, so that key has no use here."
_LACKS: Final[Mapping[str, tuple[Callable[[State, str], bool], str]]] = {
    "place_case": (lambda _state, _column: True, "This is the case place."),
    "none_of_these": (_no_list, _ONE_ANSWER),
    "others_absent": (_no_list, _ONE_ANSWER),
    "not_done": (
        lambda state, _column: state.factor is None or state.factor.not_done is None,
        "That it was not done is not an answer to this question.",
    ),
    "filter": (
        lambda state, _column: not can_be_filtered(state.factor),
        "This list is short and has no search of its own; / searches all.",
    ),
    "back": (
        lambda state, _column: state.overlay is None and not state.trail,
        "This is the first question.",
    ),
    "close": (_nothing_over, "Nothing lies over the case."),
    "tree": (_not_on_option, "Choose an option first: tab goes to the lists."),
    "what_if_case": (_no_answers, "This case has no answers yet; w asks of this question."),
    "compare": (
        lambda state, _column: state.previous is None and state.kept is None,
        "There is nothing before to compare with: answer a question first.",
    ),
    "keep": (
        lambda state, _column: not state.answers and not state.kept_cases,
        "This case has no answers yet, and none is kept.",
    ),
    "more": (
        lambda state, column: _not_on_card(state, column) and state.overlay not in _FOLDED,
        "Nothing is left out here.",
    ),
    "release": (_not_on_card, "Open an option first: it tells what would change it."),
    "alerts": (
        lambda state, _column: not state.assessment.alerts,
        "No alert applies to these answers.",
    ),
    "save": (
        lambda state, _column: not state.answers and not state.file,
        "There is no answer yet to save.",
    ),
    "export": (_no_answers, "There is no answer yet to export."),
    "copy": (_no_answers, "There is no answer yet to copy."),
    "new_case": (_no_answers, "This case has no answers yet."),
}
"""By action, what it lacks to do anything, and how that is said."""
_ANSWERING: Final = frozenset(
    {
        "choose",
        "not_done",
        "not_known",
        "rest_not_known",
        "mark",
        "none_of_these",
        "others_absent",
        "filter",
    }
)
_IN_FEW_WORDS: Final = {"none_of_these": "None", "filter": "Find"}
