"""Cautions on conditions against enumeration: of which option, in which cases, to do what."""

from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import brute
from tests.reasoning.pathways import random_answers, random_pathway
from tests.reasoning.test_citing import held
from wizard.engine.compiling import compile_pathway
from wizard.pathway.model import AlertLevel, Status
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.situation import situation
from wizard.wording.harms import cautions


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_caution_is_told_of_its_option_where_its_condition_holds(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    now = situation(compile_pathway(pathway), answers, date(2026, 11, 21))
    twin = brute(pathway, answers)
    completions = twin.completions(answers)
    raised = [
        pathway.alerts[name]
        for name, state in twin.alerts(answers).items()
        if state is AlertState.RAISED and pathway.alerts[name].level is AlertLevel.CAUTION
    ]
    for name, option in pathway.options.items():
        expected: dict[str, str | None] = {}
        shown = twin.status(twin.option(name), answers) is not Status.NOT_DESCRIBED
        for alert in raised if shown else ():
            if name in alert.about:
                ways = [set(held(twin, alert.when.tree, case)) for case in completions]
                claims = {*alert.claims, *set.intersection(*ways)}
                expected |= dict.fromkeys(claims, alert.action)
        assert cautions(now, option) == expected
