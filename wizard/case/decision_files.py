"""The team's record as a case file and a report in JSON have it.

    record:
      date: 2026-11-27
      options:
        OPTION: chosen
        OPTION: {choice: deferred, reason: "..."}
      find_out:
        - {factor: FACTOR, owner: "..."}
        - {question: "..."}
      standing: {version: "2026.11", digest: "5f3a...", options: {OPTION: described, ...}}
      answers: {...}

`standing` and `answers` are what stood when the record was last changed; the wizard writes them.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from wizard.case.answers import NO_ANSWERS, Answer
from wizard.case.decisions import (
    NO_DECISIONS,
    Choice,
    Decision,
    Decisions,
    Stood,
    ToFindOut,
    day_of,
    in_order,
    one_line,
)
from wizard.case.given import read_answers
from wizard.case.nodes import check_key, entries_of, is_null, text_of
from wizard.case.raw import RawAnswer, raw_answer
from wizard.case.transitions import UNKNOWN_WORD
from wizard.case.writing import answers_lines, quoted_line
from wizard.pathway.codes import Code
from wizard.pathway.factors import Factor
from wizard.pathway.model import Pathway, Status
from wizard.pathway.problems import Problems, quoted

if TYPE_CHECKING:
    from wizard.pathway.nodes import Node, Text

_PARTS: Final = ("date", "options", "find_out", "standing", "answers")
_OF_OPTION: Final = ("choice", "reason")
_TO_FIND_OUT: Final = ("factor", "question", "owner")
_STANDING: Final = ("version", "digest", "options")


def read_record(
    node: "Node", pathway: Pathway, problems: Problems, *, lenient: bool = False
) -> Decisions:
    """The record of a case; adds to `problems` whatever is wrong with it.

    An option that the pathway lacks is taken where the record's own standing has it: it was one
    when the record was made.  Where `lenient`, for a case of another version, a question that the
    pathway lacks is one in the team's words.
    """
    parts = _parts(node, "record", _PARTS, "part of a record", problems)
    stood = _stood(parts, pathway, problems)
    named = (*pathway.options, *(stood.statuses if stood else ()))
    said = (
        _decision(option, each, problems)
        for option, each in _entries(parts.get("options"), "options", problems).items()
        if check_key(option, named, "option", problems)
    )
    found = Decisions(
        in_order(filter(None, said), pathway.options),
        _to_find_out(parts.get("find_out"), pathway, problems, lenient=lenient),
        _date(parts.get("date"), problems),
    )
    return Decisions(found.options, found.find_out, found.date, stood) if found else NO_DECISIONS


def record_data(record: Decisions, pathway: Pathway) -> dict[str, object]:
    """The record as data, in the form that is read."""
    stood = record.stood
    return {
        "date": None if record.date is None else record.date.isoformat(),
        "options": {
            each.option: {"choice": each.choice, "reason": each.reason or None}
            for each in record.options
        },
        "find_out": [
            {"factor": each.factor, "question": each.question or None, "owner": each.owner or None}
            for each in record.find_out
        ],
        "standing": stood
        and {
            "version": stood.version,
            "digest": stood.digest,
            "options": {name: status.value for name, status in stood.statuses.items()},
        },
        "answers": stood
        and {
            factor.id: _said(factor, stood.answers[factor.id])
            for factor in pathway.factors.values()
            if factor.id in stood.answers
        },
    }


def record_lines(record: Decisions, pathway: Pathway) -> list[str]:
    """The record as lines of a case file; none where it says nothing."""
    if not record:
        return []
    lines = ["record:"]
    lines += [f"  date: {record.date.isoformat()}"] if record.date else []
    lines += ["  options:"] if record.options else []
    lines += [f"    {each.option}: {_decision_text(each)}" for each in record.options]
    lines += ["  find_out:"] if record.find_out else []
    lines += [f"    - {{{_asked_text(each)}}}" for each in record.find_out]
    if stood := record.stood:
        statuses = ", ".join(f"{name}: {status}" for name, status in stood.statuses.items())
        stamp = f"version: {quoted_line(stood.version)}, digest: {quoted_line(stood.digest)}"
        lines.append(f"  standing: {{{stamp}, options: {{{statuses}}}}}")
        lines += [f"  {line}" for line in answers_lines(stood.answers, pathway)]
    return lines


# --- parts -----------------------------------------------------------------------------------


def _said(factor: Factor, answer: Answer) -> RawAnswer:
    """An answer as data, in which not known is said."""
    raw = raw_answer(factor, answer)
    return UNKNOWN_WORD if raw is None else raw


def _entries(node: "Node | None", subject: str, problems: Problems) -> "Mapping[Text, Node]":
    entries = {} if node is None else entries_of(node, subject, problems)
    return {key: value for key, value in entries.items() if not is_null(value)}


def _parts(
    node: "Node | None", subject: str, known: tuple[str, ...], kind: str, problems: Problems
) -> "dict[str, Node]":
    """The entries of a map whose keys are known; a problem for every other one."""
    return {
        str(key): value
        for key, value in _entries(node, subject, problems).items()
        if check_key(key, known, kind, problems)
    }


def _text(node: "Node | None", subject: str, problems: Problems) -> str:
    return one_line(text_of(node, subject, problems) or "")


def _decision(option: "Text", node: "Node", problems: Problems) -> Decision:
    if isinstance(node, str):
        return Decision(str(option), _choice(node, option, problems))
    parts = _parts(node, option, _OF_OPTION, "part of what is said of an option", problems)
    choice, reason = parts.get("choice"), parts.get("reason")
    said = None if choice is None else _choice(choice, option, problems)
    return Decision(str(option), said, _text(reason, f"{option}: reason", problems))


def _choice(node: "Node", option: str, problems: Problems) -> Choice | None:
    if not isinstance(node, str):
        expected = f"one of {', '.join(Choice)} was expected"
        problems.tell(Code.WRONG_RECORD, node.position, f"{option}: choice", expected)
    elif check_key(node, tuple(Choice), "choice", problems):
        return Choice(node)
    return None


def _to_find_out(
    node: "Node | None", pathway: Pathway, problems: Problems, *, lenient: bool
) -> tuple[ToFindOut, ...]:
    if node is not None and not isinstance(node, list):
        what = "find_out: a list was expected"
        problems.tell(Code.WRONG_STRUCTURE, node.position, what)
        return ()
    asked = (_one_to_find_out(each, pathway, problems, lenient=lenient) for each in node or ())
    return tuple(asked)


def _one_to_find_out(
    node: "Node", pathway: Pathway, problems: Problems, *, lenient: bool
) -> ToFindOut:
    if isinstance(node, str) and not is_null(node):
        return ToFindOut(question=one_line(node))
    parts = _parts(node, "find_out", _TO_FIND_OUT, "part of what to find out", problems)
    factor, question = parts.get("factor"), parts.get("question")
    if isinstance(node, dict) and (factor is None) == (question is None):
        what = "find_out: a factor or a question was expected"
        why = "one of the two, with an owner if there is one"
        problems.tell(Code.WRONG_RECORD, node.position, what, why)
    named = text_of(factor, "factor", problems)
    owner = _text(parts.get("owner"), "owner", problems)
    if lenient and named and named not in pathway.factors:
        return ToFindOut(question=named, owner=owner)
    if isinstance(factor, str) and named:
        check_key(factor, pathway.factors, "factor of the pathway", problems)
    return ToFindOut(named, _text(question, "question", problems), owner)


def _date(node: "Node | None", problems: Problems) -> date | None:
    text = text_of(node, "date", problems)
    if text is None or node is None:
        return None
    day = day_of(text)
    if day is None:
        what = f"{quoted(text)} is not a date"
        problems.tell(Code.WRONG_RECORD, node.position, what, "one like 2026-11-27 was expected")
    return day


def _stood(parts: "Mapping[str, Node]", pathway: Pathway, problems: Problems) -> Stood | None:
    """What stood when the record was made; None where it does not say so."""
    if "standing" not in parts:
        return None
    found = _parts(parts["standing"], "standing", _STANDING, "part of what stood", problems)
    statuses: dict[str, Status] = {}
    for option, status in _entries(found.get("options"), "options", problems).items():
        if not isinstance(status, str):
            problems.tell(Code.WRONG_RECORD, status.position, f"{option}: a status was expected")
        elif check_key(status, tuple(Status), "status", problems):
            statuses[str(option)] = Status(status)
    version = _text(found.get("version"), "version", problems)
    digest = _text(found.get("digest"), "digest", problems)
    # In another version an answer of then may be unknown: that is told where it matters.
    wrong = problems if digest == pathway.digest else Problems()
    answers = parts.get("answers")
    given = NO_ANSWERS if answers is None else read_answers(answers, pathway, wrong)
    return Stood(given, statuses, version, digest)


def _decision_text(said: Decision) -> str:
    choice = [f"choice: {said.choice}"] if said.choice else []
    if not said.reason:
        return str(said.choice)
    return f"{{{', '.join((*choice, f'reason: {quoted_line(said.reason)}'))}}}"


def _asked_text(asked: ToFindOut) -> str:
    what = f"factor: {asked.factor}" if asked.factor else f"question: {quoted_line(asked.question)}"
    return f"{what}, owner: {quoted_line(asked.owner)}" if asked.owner else what
