"""The commands of the line-by-line wizard: their words, their letters and what they do."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from wizard.record import Record


class Purpose(StrEnum):
    """What a command is for; its value heads the list of commands."""

    QUESTION = "This question"
    MOVING = "Moving"
    OPTIONS = "The options"
    CASE = "The whole case"
    PATHWAY = "The pathway"
    RESULT = "The result"


class Command(Record):
    """A command, called by its word or its letter.  `takes` is what may follow it."""

    word: str
    letter: str
    takes: str
    does: str
    purpose: Purpose


_TABLE: Final[Mapping[Purpose, tuple[tuple[str, str, str, str], ...]]] = {
    Purpose.QUESTION: (
        ("help", "?", "", "help on this question, and these commands"),
        (
            *("why", "e", "[OPTION]"),
            "why this question is asked; with an option, all reasons for where it stands",
        ),
    ),
    Purpose.MOVING: (
        ("back", "b", "", "back to the question before"),
        ("go", "g", "[QUESTION]", "list the questions, or go to one (go 5)"),
    ),
    Purpose.OPTIONS: (
        ("lists", "l", "", "the three lists in short"),
        ("option", "o", "OPTION", "read about one option (option 2)"),
        ("changes", "h", "OPTION", "which other answers would move it to another list"),
        ("tree", "t", "OPTION", "its decision trees, as indented text"),
    ),
    Purpose.CASE: (
        ("first", "F", "", "what to find out first"),
        (
            *("what if", "w", "[QUESTION]"),
            "what other answers to this question, or to another one, would show",
        ),
        ("what if all", "W", "", "the same for every answered question"),
        ("compare", "v", "", "the case beside itself before the last answer, and as it was kept"),
        ("keep", "K", "", "keep the case as it is now, to compare it later"),
        (
            "documents",
            "D",
            "",
            "where the documents agree, and the case as each alone would have it",
        ),
        ("alerts", "a", "", "every alert in full"),
        (
            *("record", "d", "[...]"),
            "the team's own record; record help tells how to change it",
        ),
    ),
    Purpose.PATHWAY: (
        ("search", "/", "WORDS", "find words in the whole pathway"),
        ("about", "i", "", "intended use, limits, and what the documents leave out"),
    ),
    Purpose.RESULT: (
        ("result", "r", "", "the whole result"),
        (
            *("save", "s", "[FILE]"),
            "save the case to its file, or to a new one; the first time it asks for a title",
        ),
        (
            *("export", "x", "FILE"),
            "write it to a new file (export case.md; .md, .html, .json, .txt, "
            "or .yaml for the case alone)",
        ),
        ("quit", "q", "", "quit; only what was saved is kept"),
    ),
}

COMMANDS: Final = tuple(Command(*row, purpose) for purpose, rows in _TABLE.items() for row in rows)
"""In the order in which help lists them."""

_BY_NAME: Final = {name: each for each in COMMANDS for name in (each.word, each.letter)}


def command_of(line: str) -> tuple[Command, str] | None:
    """The command that a line calls, and the rest of the line; None where it calls none.

    Words may be typed in any case.  A letter too, where no other command has it in that case.
    """
    words = line.split()
    # The longest name first: `what if all` is not `what if` of a question called `all`.
    for length in range(min(3, len(words)), 0, -1):
        name, rest = " ".join(words[:length]), " ".join(words[length:])
        found = _BY_NAME.get(name) or _BY_NAME.get(name.lower()) or _BY_NAME.get(name.upper())
        if found is not None:
            return found, rest
    return None
