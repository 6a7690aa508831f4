"""The statuses of many cases as JSON Lines: one line for each line that holds a case."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import BinaryIO, NamedTuple

from wizard.case.answers import Answers
from wizard.case.files import CaseErrors
from wizard.case.lines import read_lines
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Status
from wizard.reasoning.bulk import AT_ONCE, statuses_of_many


class Told(NamedTuple):
    """What is told of one line: its number, the text, and whether the line was a case."""

    line: int
    text: str
    read: bool


def batch(file: BinaryIO, compiled: Compiled, name: str) -> Iterator[Told]:
    """Each case of a file with the status of each option, or with what is wrong, in order.

    Holds as many lines at once as are worked on together, however long the file is.
    """
    lines = read_lines(file, compiled.pathway, name)
    while chunk := list(islice(lines, AT_ONCE)):
        cases = [case for _, case in chunk if isinstance(case, Answers)]
        statuses = statuses_of_many(compiled, cases)
        for number, case in chunk:
            if isinstance(case, CaseErrors):
                said = json.dumps({"line": number, "problems": case.lines()})
                yield Told(number, said, read=False)
            else:
                yield Told(number, _line(number, next(statuses)), read=True)


def _line(number: int, statuses: Mapping[str, Status]) -> str:
    return json.dumps({"line": number, "statuses": dict(statuses)})
