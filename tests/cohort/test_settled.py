"""What one missing answer settles by itself, against enumeration of all cases."""

from collections import Counter
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import Brute, brute, fits, values_of
from tests.reasoning.pathways import random_answers, random_pathway
from wizard.case.answers import UNKNOWN, Answers
from wizard.cohort.columns import identifier
from wizard.cohort.counting import Missing, Tally
from wizard.cohort.engine import BETWEEN
from wizard.engine.compiling import compile_pathway
from wizard.pathway.factors import DerivedFactor
from wizard.pathway.model import Status
from wizard.reasoning.assessing import assess


def settled_by(cases: Brute, answers: Answers, option: str) -> list[str]:
    """The factors of which every full answer that fits settles an open option.

    Without those that are worked out, as they are where their answer is not known either.
    """
    function = cases.option(option)
    left = list(cases.completions(answers))
    found = []
    for name, factor in cases.pathway.factors.items():
        asked = {case[name] for case in cases.cases if name in case}
        points = frozenset(number for number in asked if isinstance(number, Decimal))
        known = {
            value: {function(case) for case in left if case.get(name, value) == value}
            for value in values_of(factor, points)
            if fits(value, answers.get(name, UNKNOWN))
        }
        unanswered = answers.get(name, UNKNOWN) == UNKNOWN
        worked_out = isinstance(factor, DerivedFactor) and unanswered
        if asked and not worked_out and all(len(each) <= 1 for each in known.values()):
            found.append(name)
    return found


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_hangs_on_one_answer_alone_is_settled_whatever_it_is(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    now = assess(compile_pathway(pathway), answers)
    cases = brute(pathway, answers)
    columns = [identifier("status", o) for o in pathway.options]
    columns += [identifier("depends_on", o) for o in pathway.options]
    columns += [identifier("alert", a) for a in pathway.alerts]
    depends = {o: now.options[o].verdict.depends_on for o in pathway.options}
    said = [*(now.options[o].status for o in pathway.options), *map("|".join, depends.values())]
    tally = Tally(pathway, columns)
    tally.add([BETWEEN.join([*map(str, said), *[""] * len(pathway.alerts)])], 3)
    settled: Counter[str] = Counter()
    for option, each in now.options.items():
        by = settled_by(cases, answers, option) if each.status is Status.POSSIBLE else []
        assert by == [name for name in depends[option] if len(depends[option]) == 1]
        settled.update(by)
    hanging = Counter(name for each in depends.values() for name in each)
    assert tally.counts().missing == {
        name: Missing(3, 3 * hanging[name], 3 * (settled[name] > 0), 3 * settled[name])
        for name in pathway.factors
        if hanging[name]
    }
