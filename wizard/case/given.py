"""The answers of a case file: each is read, told as a mistake, or set aside.

An answer is set aside where the case was made in another version of the pathway, which may well
have known it.  Nothing of it is narrowed or guessed: it stays as it was written.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from wizard.case.answers import Answer, Answers, MultiAnswer
from wizard.case.made import Measure, Measures
from wizard.case.nodes import check_key, entries_of, is_null, plain_data
from wizard.case.raw import parse_answer
from wizard.case.transitions import (
    UNKNOWN_WORD,
    AnswerError,
    MemberState,
    member_state,
    partial_answer,
)
from wizard.pathway.codes import Code
from wizard.pathway.factors import NOT_DONE, Factor, MultiFactor, NumberFactor
from wizard.pathway.model import Pathway
from wizard.pathway.problems import Problem, Problems, quoted
from wizard.record import NOTHING, Record

if TYPE_CHECKING:
    from wizard.pathway.nodes import Node, Text
    from wizard.pathway.position import Position

_STATES: Final = frozenset(state.value for state in MemberState)


class SetAside(Record):
    """An answer, or the part of one, that is not read: `raw` as it was written, and why not."""

    factor: str
    raw: object
    why: Problem


class Given(Record):
    """The answers of a file, what of them is set aside, and what came back of what was."""

    answers: Answers
    aside: tuple[SetAside, ...] = ()
    back: tuple[str, ...] = ()


class Reading(Record):
    """How answers are read: in which pathway, and what their numbers were measured in.

    What a file of another version says and the pathway does not know is set aside (`lenient`).  A
    number in another unit is set aside where a person `can_be_asked` again, else it is a mistake.
    """

    pathway: Pathway
    measures: Measures
    lenient: bool
    can_be_asked: bool


def read_given(
    answers: "Node | None", aside: "Node | None", reading: Reading, problems: Problems
) -> Given:
    """The answers, and what was set aside before: that comes back where it is known now."""
    given: dict[str, Answer] = {}
    left: list[SetAside] = []
    for key, value in _entries(answers, "answers", problems):
        found = _read(key, value, reading)
        if not isinstance(found, Problem):
            given[str(key)] = found
        elif _may_be_set_aside(found, reading):
            known, rest = _split(key, value, reading, found)
            left.append(rest)
            if known is not None:
                given[str(key)] = known
        else:
            problems.append(found)
    back = []
    for key, value in _entries(aside, "aside", problems):
        found = _read(key, value, reading)
        if isinstance(found, Problem):
            left.append(SetAside(str(key), plain_data(value), found))
        elif _taken_back(str(key), found, reading.pathway, given):
            back.append(str(key))
    ordered = Answers.in_order(given, reading.pathway.factors)
    return Given(ordered, tuple(left), tuple(back))


def read_answers(node: "Node", pathway: Pathway, problems: Problems) -> Answers:
    """The answers of a map; adds to `problems` whatever is wrong with it."""
    reading = Reading(pathway, NOTHING, lenient=False, can_be_asked=False)
    return read_given(node, None, reading, problems).answers


def closed_lists(node: "Node | None", pathway: Pathway) -> tuple[str, ...]:
    """The multi factors that are answered with a list: what it leaves out is absent."""
    entries = node.items() if isinstance(node, dict) else ()
    lists = {
        str(key)
        for key, value in entries
        if isinstance(value, list) and plain_data(value) != [NOT_DONE]
    }
    return tuple(
        factor.id
        for factor in pathway.factors.values()
        if isinstance(factor, MultiFactor) and factor.id in lists
    )


# --- parts -----------------------------------------------------------------------------------


def _entries(node: "Node | None", subject: str, problems: Problems) -> "list[tuple[Text, Node]]":
    entries = {} if node is None else entries_of(node, subject, problems)
    return [(key, value) for key, value in entries.items() if not is_null(value)]


def _read(key: "Text", value: "Node", reading: Reading) -> Answer | Problem:
    unknown = Problems()
    if not check_key(key, reading.pathway.factors, "factor of the pathway", unknown):
        return unknown[0]
    factor = reading.pathway.factors[key]
    measured = reading.measures.get(key)
    if measured is not None and (other := _other_unit(factor, measured, value)):
        return other
    try:
        return parse_answer(factor, plain_data(value))
    except AnswerError as error:
        what = f"{key}: {quoted(error.value)} {error.what}"
        where = _place(value, error.path)
        cause = error.cause or f"answer {key}.{error.value}"
        return Problem(Code.WRONG_ANSWER, where, what, error.expected, error.near, cause)


def _other_unit(factor: Factor, measured: Measure, value: "Node") -> Problem | None:
    """That a number was given in another unit; None where it was not."""
    if not isinstance(factor, NumberFactor) or measured.unit == factor.unit:
        return None
    if plain_data(value) in (UNKNOWN_WORD, NOT_DONE):
        return None
    told = plain_data(value)
    shown = ", ".join(map(str, told)) if isinstance(told, list) else str(told)
    what = (
        f"{factor.id}: {quoted(shown)} was given in {measured.unit or 'no unit'}, "
        f"and is asked in {factor.unit or 'no unit'} here"
    )
    expected = f'write it in {factor.unit or "no unit"}, and that unit under "measures:"'
    return Problem(Code.OTHER_UNIT, value.position, what, expected)


def _may_be_set_aside(problem: Problem, reading: Reading) -> bool:
    if problem.code == Code.OTHER_UNIT:
        return reading.can_be_asked
    return reading.lenient


def _split(
    key: "Text", value: "Node", reading: Reading, why: Problem
) -> tuple[Answer | None, SetAside]:
    """What is known of an answer that does not fit as a whole, and what is set aside of it."""
    factor = reading.pathway.factors.get(key)
    if isinstance(factor, MultiFactor) and isinstance(value, dict):
        known = {
            str(member): MemberState(str(state))
            for member, state in value.items()
            if member in factor.members and isinstance(state, str) and str(state) in _STATES
        }
        rest = {str(name): plain_data(said) for name, said in value.items() if name not in known}
        with suppress(AnswerError):
            answer = partial_answer(factor, known) if known else None
            return answer, SetAside(str(key), rest, why)
    return None, SetAside(str(key), plain_data(value), why)


def _taken_back(name: str, answer: Answer, pathway: Pathway, given: dict[str, Answer]) -> bool:
    """Whether an answer came back: members that nothing is said of now, else a whole answer."""
    factor, now = pathway.factors[name], given.get(name)
    if now is None:
        given[name] = answer
        return True
    both = isinstance(factor, MultiFactor) and isinstance(now, MultiAnswer)
    if not (both and isinstance(answer, MultiAnswer) and isinstance(factor, MultiFactor)):
        return False
    said = {
        member: member_state(now, member)
        if member_state(now, member) is not MemberState.UNKNOWN
        else member_state(answer, member)
        for member in factor.members
    }
    try:
        together = partial_answer(factor, said)
    except AnswerError:
        return False
    given[name] = together
    return together != now


def _place(node: "Node", path: tuple[int | str, ...]) -> "Position":
    """The position of the part of an answer at a path; for an entry of a map, that of its key."""
    for step in path:
        if isinstance(node, list) and isinstance(step, int):
            node = node[step]
        elif isinstance(node, dict) and isinstance(step, str):
            return node.key(step).position
    return node.position
