"""A situation after others: whatever was answered before, it is what a fresh look finds."""

from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.pathways import random_answers, random_pathway
from tests.small import shipped
from wizard.case.answers import NO_ANSWERS
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.reasoning.assessing import assess
from wizard.reasoning.situation import situation

DAY = date(2026, 11, 27)


def walked(compiled: Compiled, random: Random, steps: int) -> None:
    """Answers given, changed and taken back, one or several at a time."""
    now = situation(compiled, NO_ANSWERS, DAY)
    for _ in range(steps):
        drawn = random_answers(random, compiled.pathway.factors)
        answers = now.answers
        for factor in random.sample(list(drawn), min(len(drawn), random.randint(1, 2))):
            answers = answers.with_answer(factor, drawn[factor])
        if answers and random.random() < 0.3:
            answers = answers.without(random.choice(list(answers)))
        now = now.after(answers)
        assert now.answers == answers
        assert now.assessment == assess(compiled, answers)
        assert list(now.assessment.alerts) == list(assess(compiled, answers).alerts)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_answers_change_what_they_touch(seed: int) -> None:
    random = Random(seed)
    walked(compile_pathway(random_pathway(random)), random, 6)


def test_a_walk_of_the_shipped_pathway() -> None:
    walked(shipped(), Random(3), 40)
