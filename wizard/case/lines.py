"""Cases one a line, as JSON Lines: each read for its answers, or told with what is wrong with it.

A line is what a case file is, on one line.  What is plain is read by `json`, and an answer that was
read before is taken as it was; anything else goes to the reader of case files, which says what is
wrong and where.
"""

import json
from collections.abc import Collection, Iterator
from typing import BinaryIO, Final, NoReturn

from wizard.case.answers import Answer, Answers
from wizard.case.files import CaseErrors, read_case
from wizard.case.raw import parse_answer
from wizard.case.transitions import AnswerError
from wizard.pathway.format.content import MAX_BYTES
from wizard.pathway.model import Pathway
from wizard.record import replace

_PLAIN: Final = {"pathway", "answers"}
_MOST_KNOWN: Final = 50_000
"""Answers that are remembered; all are forgotten then, so that memory stays bounded."""


class _NotPlainError(Exception):
    """A line that the reader of case files has to read."""


def read_lines(
    file: BinaryIO, pathway: Pathway, name: str
) -> Iterator[tuple[int, Answers | CaseErrors]]:
    """The answers of each line that is not blank with its number, or what is wrong with it."""
    known: dict[object, Answer] = {}
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            yield number, _plain(line, pathway, known)
        except _NotPlainError:
            yield number, _read(line, pathway, name, number)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Each line; of one that is too long for a case only as much as shows that it is."""
    while line := file.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAX_BYTES + 1)


def _read(line: bytes, pathway: Pathway, name: str, number: int) -> Answers | CaseErrors:
    try:
        case = read_case(line, pathway, name)
        # Nobody reads what would be told of a line: what is set aside is an error here.
        if case.aside:
            raise CaseErrors(each.why for each in case.aside)
        return case.answers
    except CaseErrors as errors:
        # A line is read by itself, so that each problem stands in its first line.
        return CaseErrors(
            replace(problem, position=problem.position._replace(line=number))
            for problem in errors.problems
        )


def _plain(line: bytes, pathway: Pathway, known: dict[object, Answer]) -> Answers:
    try:
        case = _DECODER.decode(line.decode())
    except (ValueError, RecursionError):
        raise _NotPlainError from None
    plain = isinstance(case, dict) and case.keys() <= _PLAIN
    if not plain or case.get("pathway", pathway.id) != pathway.id:
        raise _NotPlainError
    answers = case.get("answers")
    if not isinstance(answers, dict) or not answers.keys() <= pathway.factors.keys():
        raise _NotPlainError
    given = {
        factor: _json_answer(factor, raw, pathway, known)
        for factor, raw in answers.items()
        if raw is not None
    }
    return Answers.in_order(given, pathway.factors)


def _json_answer(factor: str, raw: object, pathway: Pathway, known: dict[object, Answer]) -> Answer:
    key: tuple[object, ...]
    parts: Collection[object]
    match raw:
        case str():
            key, parts = (factor, raw), (raw,)
        case list():
            key, parts = (factor, list, *raw), raw
        case dict():
            key, parts = (factor, dict, *raw.items()), raw.values()
        case _:
            raise _NotPlainError
    try:
        found = known.get(key)
    except TypeError:  # A part has parts of its own.
        raise _NotPlainError from None
    if found is None:
        if not all(isinstance(each, str) for each in parts):
            raise _NotPlainError
        try:
            found = parse_answer(pathway.factors[factor], raw)
        except AnswerError:
            raise _NotPlainError from None
        if len(known) >= _MOST_KNOWN:
            known.clear()
        known[key] = found
    return found


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(found := dict(pairs)) < len(pairs):
        raise _NotPlainError
    return found


def _not_plain(_constant: str) -> NoReturn:
    raise _NotPlainError


_DECODER: Final = json.JSONDecoder(
    parse_int=str,
    parse_float=str,
    parse_constant=_not_plain,
    object_pairs_hook=_each_key_once,
)
