"""What a typed line means at a question: an answer, a command, or nothing that is known."""

import re
from typing import Final

from wizard.case.answers import UNKNOWN, Answer, not_done_answer
from wizard.case.numbers import typed_number
from wizard.case.transitions import (
    NONE_WORD,
    AnswerError,
    MemberState,
    choice_answer,
    mark_member,
    none_present,
    rest_absent,
)
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.problems import printable, quoted
from wizard.plain.commands import Command, command_of
from wizard.record import Record
from wizard.wording.answers import NOT_KNOWN_KEY, listed_answers

NOT_DONE_WORD: Final = "not done"
NOT_KNOWN_WORDS: Final = (NOT_KNOWN_KEY, "not known", "unknown")
REST_WORD: Final = "rest"

_SEPARATORS: Final = re.compile(r"[,;\s]+")
_LONGEST: Final = 1000


class Called(Record):
    """A command and what follows it."""

    command: Command
    rest: str


class Misunderstood(Record):
    """A line that means nothing here, and what to type instead."""

    message: str


Reply = Answer | Called | Misunderstood | None
"""None is an empty line."""


def read_reply(line: str, factor: Factor | None, before: Answer | None) -> Reply:
    """What a line means at the question of a factor (None: no question is asked).

    `before` is the factor's answer so far, which marks of members add to.
    """
    text = line.strip()
    if not text:
        return None
    called = command_of(text) if len(text) <= _LONGEST else None
    if called is not None:
        return Called(*called)
    if factor is None or len(text) > _LONGEST:
        typed = printable(quoted(text))
        return Misunderstood(f"{typed} is not a command; type ? for help, or q to quit")
    try:
        return (
            UNKNOWN if text.casefold() in NOT_KNOWN_WORDS else _typed_answer(text, factor, before)
        )
    except AnswerError as error:
        hint = "; ? lists the commands" if text[:1].isalpha() else ""
        return Misunderstood(f"{error.message}{hint}")


def _typed_answer(text: str, factor: Factor, before: Answer | None) -> Answer:
    """The answer of a line.  Raises AnswerError."""
    if factor.not_done and text.casefold().replace("_", " ") == NOT_DONE_WORD:
        return not_done_answer(factor)
    match factor:
        case NumberFactor():
            return typed_number(factor, text)
        case ChoiceFactor():
            picked = [_picked(part, factor) for part in _parts(text)]
            return choice_answer(factor, picked)
        case MultiFactor():
            return _multi_reply(_parts(text.lower()), factor, before)


def _multi_reply(parts: list[str], factor: MultiFactor, before: Answer | None) -> Answer:
    """Members: `1,3` present, `-2` absent, `rest` absent, or `none` alone."""
    if parts == [NONE_WORD]:
        return none_present(factor)
    answer = before
    marks = parts[:-1] if parts[-1] == REST_WORD else parts
    for part in marks:
        state = MemberState.ABSENT if part.startswith("-") else MemberState.PRESENT
        answer = mark_member(factor, answer, _picked(part.removeprefix("-"), factor), state)
    if parts[-1] == REST_WORD:
        return rest_absent(factor, answer)
    return UNKNOWN if answer is None else answer


def _parts(text: str) -> list[str]:
    """The parts of a line between commas and spaces, at least one: the line itself, if need be."""
    return [part for part in _SEPARATORS.split(text) if part] or [text]


def _picked(part: str, factor: Factor) -> str:
    """The value, group or member of a number."""
    names = tuple(listed_answers(factor))
    if re.fullmatch("[0-9]{1,3}", part) and 1 <= int(part) <= len(names):
        return names[int(part) - 1]
    most = len(names)
    if isinstance(factor, MultiFactor):
        expected = f"numbers from 1 to {most} that are present, {NONE_WORD}, or {REST_WORD} last"
    else:
        expected = f"a number from 1 to {most}, or several such as 1,2"
    hint = f"type {expected}, {NOT_KNOWN_KEY} for not known"
    raise AnswerError(factor, part, "is not an answer here").hinting(hint)
