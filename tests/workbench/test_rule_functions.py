"""Functions of rules: what the reader took asks only what applies, and what tells two apart."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.test_counting import functions
from tests.reasoning.brute import brute
from tests.reasoning.pathways import random_answers, random_pathway
from tests.small import shipped, small
from wizard.case.answers import NO_ANSWERS
from wizard.engine.compiling import compile_pathway
from wizard.engine.counting import somewhere, xor
from wizard.engine.diagrams import settled
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import owned_rules
from wizard.workbench.rule_functions import compiled_for_work

PATHWAYS = [small().pathway, shipped().pathway]


@pytest.mark.parametrize("pathway", PATHWAYS, ids=lambda pathway: pathway.id)
def test_what_the_reader_took_asks_only_what_applies(pathway: Pathway) -> None:
    _, worked = compiled_for_work(pathway)
    for owned in owned_rules(pathway):
        assert worked.asked_soundly(owned.rule.tree, 1), owned.title


@settings(max_examples=150)
@given(st.integers(0, 2**32 - 1))
def test_two_functions_differ_somewhere_where_a_completion_tells_them_apart(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    twin = brute(pathway, answers)
    allowed = compiled.space.allowed(answers)
    completions = twin.completions(answers)
    assert brute(pathway, NO_ANSWERS).cases
    for one, first in functions(compiled, twin)[:4]:
        for other, second in functions(compiled, twin)[:4]:
            told = any(first(case) and not second(case) for case in completions)
            assert somewhere(compiled.diagrams, one, other, allowed) == told
            differs = xor(compiled.diagrams, one, other)
            either = any(first(case) != second(case) for case in completions)
            assert settled(compiled.diagrams, differs, allowed, wanted=False) == (not either)
