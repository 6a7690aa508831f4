"""Cases one a line: the quick reader says what the reader of case files says."""

import json
from io import BytesIO
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reasoning.pathways import random_answers
from tests.small import shipped
from wizard.case.answers import Answers, NumberAnswer, Unknown
from wizard.case.files import CaseErrors, read_case
from wizard.case.lines import read_lines
from wizard.case.raw import raw_answer
from wizard.pathway.format.content import MAX_BYTES

PATHWAY = shipped().pathway
ODD = [
    '{"answers": {"tumour_type": "nte"}}',
    '{"answers": {"tumour_type": ["net", "net"]}}',
    '{"answers": {"tumour_type": "net", "tumour_type": "nec"}}',
    '{"answers": {"tumour_type": true}}',
    '{"answers": {"tumour_type": null, "extent": "spread"}}',
    '{"answers": {"spread_sites": "liver"}}',
    '{"answers": {"spread_sites": ["liver"]}}',
    '{"answers": {"spread_sites": {"liver": "present"}}}',
    '{"answers": {"spread_sites": {"liver": true}}}',
    '{"answers": {"nothing": "net"}}',
    '{"answers": {"nothing": null}}',
    '{"answers": ["net"]}',
    '{"answers": {"tumour_type": NaN}}',
    '{"pathway": "another", "answers": {}}',
    '{"title": "A case", "answers": {"tumour_type": "net"}}',
    "answers: {tumour_type: net}",
    "{}",
    "[]",
    "{",
    "null",
    "[" * 2000,
]


@pytest.mark.parametrize("line", ODD)
def test_an_odd_line_is_read_as_a_case_file_is(line: str) -> None:
    ((number, found),) = read_lines(BytesIO(b"\n" + line.encode()), PATHWAY, "cases")
    assert number == 2
    assert _told(found) == _told(as_file(line))
    if isinstance(found, CaseErrors):
        assert {problem.position.line for problem in found.problems} == {2}


def as_file(line: str) -> Answers | CaseErrors:
    try:
        return read_case(line, PATHWAY, "cases").answers
    except CaseErrors as errors:
        return errors


def _told(found: Answers | CaseErrors) -> object:
    return [each.message for each in found.problems] if isinstance(found, CaseErrors) else found


@given(st.integers(0, 2**32 - 1))
def test_answers_are_those_of_a_case_file(seed: int) -> None:
    random = Random(seed)
    cases = [random_answers(random, PATHWAY.factors) for _ in range(3)]
    lines = []
    for answers in cases:
        raw: dict[str, object] = {}
        for factor, answer in answers.items():
            if isinstance(answer, Unknown):
                raw[factor] = "unknown"
            elif isinstance(answer, NumberAnswer):
                raw[factor] = float(answer.value)
            else:
                raw[factor] = raw_answer(PATHWAY.factors[factor], answer)
        lines.append(json.dumps({"answers": raw}))
    file = BytesIO("\n".join(lines).encode())
    found = [answers for _, answers in read_lines(file, PATHWAY, "cases")]
    assert found == [read_case(line, PATHWAY, "cases").answers for line in lines]


def test_a_line_that_is_too_long_is_told_once() -> None:
    file = BytesIO(b"[" + b" " * (3 * MAX_BYTES) + b']\n{"answers": {}}')
    first, second = read_lines(file, PATHWAY, "cases")
    assert first[0] == 1
    assert isinstance(first[1], CaseErrors)
    assert second == (2, read_case('{"answers": {}}', PATHWAY).answers)
