"""Responses and the cases that they are read as."""

import json
from copy import deepcopy
from decimal import Decimal
from random import Random
from typing import Any

from tests.reasoning.pathways import random_answers
from tests.small import answers
from wizard.case.answers import Answer, Answers, ChoiceAnswer, MultiAnswer, NumberAnswer
from wizard.case.files import Case
from wizard.case.numbers import ranges_answer
from wizard.case.raw import parse_answer, raw_answer
from wizard.case_forms import case_of
from wizard.fhir.response import response
from wizard.pathway.factors import ChoiceFactor, DerivedFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.model import Pathway
from wizard.pathway.ranges import read_range
from wizard.pathway.trees import BEYOND

DAY = "2026-11-21T12:00:00Z"
NAME = "case.json"
NOBODY: frozenset[str] = frozenset()
Json = dict[str, Any]


def response_of(pathway: Pathway, raw: dict[str, object]) -> Json:
    """The response that says these answers."""
    return deepcopy(response(pathway, answers(pathway, raw), DAY, complete=True))


def read(pathway: Pathway, resource: object) -> Case:
    """The case of a resource."""
    return case_of(json.dumps(resource), pathway, NAME)


def _within(random: Random, factor: Factor, answer: Answer) -> Answer:
    """The answer, a number that the factor cannot be as one that it can."""
    if not isinstance(factor, NumberFactor) or not isinstance(answer, NumberAnswer):
        return answer
    if answer.value == BEYOND or factor.minimum <= answer.value <= factor.maximum:
        return answer
    return NumberAnswer(Decimal(random.randint(int(factor.minimum) + 1, int(factor.maximum))))


def partial_case(random: Random, pathway: Pathway) -> Answers:
    """Random answers, some of them ranges, one of several values, none of these, or not done."""
    given = {
        name: _within(random, pathway.factors[name], answer)
        for name, answer in random_answers(random, pathway.factors).items()
    }
    for name, factor in pathway.factors.items():
        if random.random() < 0.6 or isinstance(factor, DerivedFactor):
            continue
        match factor:
            case ChoiceFactor() if len(factor.values) > 2:
                some = random.sample(
                    sorted(factor.values), random.randint(1, len(factor.values) - 1)
                )
                given[name] = ChoiceAnswer(frozenset(some))
            case MultiFactor() if not factor.at_least:
                given |= answers(pathway, {name: "none"})
            case NumberFactor() if factor.maximum - factor.minimum > 4:
                low, high = sorted(
                    random.sample(range(int(factor.minimum) + 1, int(factor.maximum)), 2)
                )
                written = [f"below {low}", f"from {high}", f"{low} to {high}", f"above {low}"]
                parts = random.sample(written, random.randint(1, 2))
                given[name] = ranges_answer(
                    factor, [read_range(factor, each, answer=True) for each in parts]
                )
            case _:
                pass
        if factor.not_done is not None and random.random() < 0.3:
            given |= answers(pathway, {name: "not_done"})
    # As a case file would have them: there, an answer that says nothing is none.
    said = {
        name: parse_answer(pathway.factors[name], raw_answer(pathway.factors[name], each))
        for name, each in given.items()
        if each != MultiAnswer(NOBODY, NOBODY)
    }
    return Answers.in_order(said, pathway.factors)
