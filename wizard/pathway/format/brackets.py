"""Brackets where YAML cannot be read on: not closed, closed twice, or without an entry."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.format.stop import Stop
from wizard.pathway.problems import Problem

_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
CLOSING: Final = {"{": "}", "[": "]"}


def brackets(text: str) -> Iterator[tuple[int, str]]:
    """The brackets of a text that stand in no quotes, each with its place."""
    bare = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    return ((place, char) for place, char in enumerate(bare) if char in "[]{}")


def missing_entry(stop: Stop) -> Problem | None:
    """Where an entry was to follow: the parser names this place, not that of the bracket."""
    number, column = stop.at
    sign = stop.line(number)[column : column + 1]
    if "a flow node" not in stop.words or sign not in ("", ",", *CLOSING.values()):
        return None
    if sign == ",":
        what = "nothing stands before this comma"
        return stop.problem(Code.WRONG_BRACKETS, number, column, what, "take it out")
    left_open = _left_open([*stop.lines[:number], stop.line(number)[:column]])
    return None if left_open is None else _unclosed(stop, *left_open)


def wrong_bracket(stop: Stop) -> Problem | None:
    """A bracket that is not closed, or closed where none is open; else a comma that is missing."""
    in_brackets = "parsing a flow" in stop.words
    number = stop.opened[0] if in_brackets else stop.at[0]
    line = stop.line(number)
    start = stop.opened[1] if in_brackets else 0
    open_ones: list[tuple[int, str]] = []
    for place, char in brackets(line[start:]):
        if char in CLOSING:
            open_ones.append((start + place, char))
        elif not open_ones:
            return stop.problem(
                Code.WRONG_BRACKETS,
                number,
                start + place,
                f'"{char}" closes a bracket that is not open',
                "open it where the list or the map begins, or take it out",
            )
        elif CLOSING[open_ones[-1][1]] != char:
            return _unclosed(stop, number, *open_ones[-1])
        else:
            open_ones.pop()
    if not in_brackets:
        return None
    if open_ones:
        return _unclosed(stop, number, *open_ones[-1])
    number, column = stop.at
    before = stop.line(number)[:column]
    if number == stop.opened[0] and stop.line(number)[column : column + 1] == ":":
        column = len(before) - len(re.split(r"[\s,\[{]", before)[-1])
    what = "a comma is missing before this, or the text before it needs quotes"
    return stop.problem(
        Code.WRONG_BRACKETS,
        number,
        column,
        what,
        f"the bracket is opened on line {stop.opened[0] + 1}",
    )


def _left_open(lines: Iterable[str]) -> tuple[int, int, str] | None:
    """The last bracket that is opened in these lines and not closed there: line, column, sign."""
    open_ones: list[tuple[int, int, str]] = []
    for number, line in enumerate(lines):
        for place, char in brackets(line):
            if char in CLOSING:
                open_ones.append((number, place, char))
            elif open_ones:
                open_ones.pop()
    return open_ones[-1] if open_ones else None


def _unclosed(stop: Stop, number: int, column: int, char: str) -> Problem:
    return stop.problem(
        Code.WRONG_BRACKETS,
        number,
        column,
        f'the "{char}" that is opened here is not closed',
        f'write "{CLOSING[char]}" where it ends; check commas and quotes inside it too',
    )
