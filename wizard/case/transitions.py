"""Answers to choices and multis, and the edits that a wizard makes to them.

Pure functions, each validated against its factor.  An answer that says nothing (every value of
a choice, no member of a multi) is `UNKNOWN`, so equal meanings are equal answers.  Numbers stand in
`numbers`, what files and JSON say in `raw`.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from wizard.case.answers import (
    MULTI_NOT_DONE,
    UNKNOWN,
    Answer,
    ChoiceAnswer,
    MultiAnswer,
    Unknown,
)
from wizard.pathway.factors import NOT_DONE, ChoiceFactor, Factor, MultiFactor, named_values
from wizard.pathway.problems import listed, nearest, printable, quoted

UNKNOWN_WORD: Final = "unknown"
NONE_WORD: Final = "none"


class MemberState(StrEnum):
    """What is said of one member of a multi."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class AnswerError(ValueError):
    """An answer that does not fit its factor.

    `value` is what was given, as written; `what` says what is wrong with it, and `expected` and
    `near` what would be right, `cause` is that of a problem.  `path` leads to the part of the
    answer that is wrong (an index of a list, a key of a map), empty for the whole.
    """

    def __init__(
        self, factor: Factor, value: object, what: str, path: tuple[int | str, ...] = ()
    ) -> None:
        """An error without a hint; `hinting` adds one."""
        self.factor = factor.id
        self.value = value if isinstance(value, str) else repr(value)
        super().__init__(self.factor, self.value, what)
        self.what = what
        self.path = path
        self.expected, self.cause = "", ""
        self.near: str | None = None

    def hinting(self, expected: str, near: str | None = None, cause: str = "") -> "AnswerError":
        """The same error with what was expected, and the name that may have been meant."""
        self.expected, self.near, self.cause = expected, near, cause
        return self

    @property
    def message(self) -> str:
        """The error without the factor's name, for a person who has just typed the answer."""
        parts = [f"{quoted(self.value)} {self.what}", self.expected]
        parts += [f"did you mean {self.near}?"] if self.near else []
        return printable("; ".join(part for part in parts if part))

    def __str__(self) -> str:
        return f"{self.factor}: {self.message}"


def choice_answer(factor: ChoiceFactor, items: Sequence[str]) -> Answer:
    """One of these values and groups of values.

    All of the factor's values are `UNKNOWN`, with the group where one group alone names them.

    Raises AnswerError where nothing is named, or an item twice, or one that the factor lacks.
    """
    if not items:
        raise AnswerError(factor, "[]", "is not an answer").hinting("write unknown")
    values: set[str] = set()
    for index, item in enumerate(items):
        if item in items[:index]:
            raise AnswerError(factor, item, "stands here twice", (index,))
        if item in factor.values:
            values.add(item)
        elif item in factor.groups:
            values.update(factor.groups[item].values)
        else:
            names = (*factor.values, *factor.groups)
            raise unknown_name(factor, item, "value", names, (index,))
    if len(values) < len(factor.values):
        return ChoiceAnswer(frozenset(values))
    return Unknown(items[0]) if len(items) == 1 else UNKNOWN


def closed_answer(factor: MultiFactor, members: Sequence[str]) -> Answer:
    """These members of a multi are present, and all others absent.

    `none` alone, like no member, means that none is present, and `not_done` alone that it was not
    done.  Raises AnswerError for a member that the factor does not have or that is named twice, and
    where none is not an answer.
    """
    if list(members) == [NONE_WORD]:
        return none_present(factor)
    if factor.not_done and list(members) == [NOT_DONE]:
        return MULTI_NOT_DONE
    for index, member in enumerate(members):
        if member == NONE_WORD:
            raise AnswerError(factor, member, "cannot stand beside members", (index,))
        check_member(factor, member, (index,))
        if member in members[:index]:
            raise AnswerError(factor, member, "stands here twice", (index,))
    return _multi_answer(factor, frozenset(members), frozenset(factor.members) - frozenset(members))


def partial_answer(factor: MultiFactor, states: Mapping[str, MemberState]) -> Answer:
    """What is said member by member; the rest is unknown.

    Raises AnswerError for a member that the factor does not have, and where all are absent and
    that is not an answer.
    """
    for member in states:
        check_member(factor, member, (member,))
    return _multi_answer(
        factor,
        frozenset(member for member, state in states.items() if state is MemberState.PRESENT),
        frozenset(member for member, state in states.items() if state is MemberState.ABSENT),
    )


def check_member(factor: MultiFactor, member: str, path: tuple[int | str, ...]) -> None:
    """Raise AnswerError where the factor does not have this member."""
    if factor.not_done and member == NOT_DONE:
        raise AnswerError(factor, member, "cannot stand beside members", path)
    if member not in factor.members:
        raise unknown_name(factor, member, "member", tuple(named_values(factor)), path)


def unknown_name(
    factor: Factor, name: str, kind: str, names: Sequence[str], path: tuple[int | str, ...]
) -> AnswerError:
    """The error of a name that the factor does not have, with the nearest that it has."""
    expected, near = f"one of {listed(names, near=name)} was expected", nearest(name, names)
    cause = f"value {factor.id}.{name}" if kind != "state" else ""
    return AnswerError(factor, name, f"is not a {kind} of it", path).hinting(expected, near, cause)


# --- edits of a wizard -----------------------------------------------------------------------


def member_state(answer: Answer | None, member: str) -> MemberState:
    """What an answer to a multi (None: not answered) says of one member."""
    if isinstance(answer, MultiAnswer):
        if member in answer.present:
            return MemberState.PRESENT
        if member in answer.absent:
            return MemberState.ABSENT
    return MemberState.UNKNOWN


def mark_member(
    factor: MultiFactor, answer: Answer | None, member: str, state: MemberState
) -> Answer:
    """The answer with one member marked; the others stay as they are.

    Raises AnswerError as `partial_answer` does.
    """
    states = {each: member_state(answer, each) for each in factor.members}
    return partial_answer(factor, {**states, member: state})


def rest_absent(factor: MultiFactor, answer: Answer | None) -> Answer:
    """The answer with every member absent that was not known.

    Raises AnswerError where no member is present and that is not an answer.
    """
    present = answer.present if isinstance(answer, MultiAnswer) else frozenset()
    present = present.intersection(factor.members)
    return _multi_answer(factor, present, frozenset(factor.members) - present)


def none_present(factor: MultiFactor) -> Answer:
    """No member of a multi is present.  Raises AnswerError where that is not an answer."""
    return _multi_answer(factor, frozenset(), frozenset(factor.members))


# --- parts -----------------------------------------------------------------------------------


def _multi_answer(factor: MultiFactor, present: frozenset[str], absent: frozenset[str]) -> Answer:
    if factor.at_least and len(absent) == len(factor.members):
        raise AnswerError(factor, NONE_WORD, "is not an answer").hinting(
            f"at least {factor.at_least} of {listed(factor.members)} must be present, or not known"
        )
    return MultiAnswer(present, absent) if present or absent else UNKNOWN
