"""The shipped pathway against its rules as they were written a second time."""

from random import Random

import pytest

from tests.reasoning.pathways import random_answers
from tests.second_reading import Reading
from tests.shipped import reference
from wizard.case.answers import Answers, ChoiceAnswer
from wizard.engine.compiling import compile_pathway
from wizard.pathway.factors import NumberFactor, named_values
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.load import shipped_folder
from wizard.pathway.model import Pathway
from wizard.reasoning.assessing import assess
from wizard.reasoning.expecting import Difference

CASES = 1500
SHARE = 250


@pytest.fixture(scope="module")
def shipped() -> Pathway:
    return read_pathway(shipped_folder())


def partial_case(seed: int, pathway: Pathway) -> Answers:
    """Random answers; most of them are of a NET, of which most rules speak."""
    random = Random(seed)
    answers = random_answers(random, pathway.factors)
    if random.random() < 0.5:
        answers = answers.with_answer("tumour_type", ChoiceAnswer(frozenset(["net"])))
    return answers


def test_both_have_the_same_questions_options_aims_and_alerts(shipped: Pathway) -> None:
    asked = {
        **reference.CHOICES,
        "problems": reference.PROBLEMS,
        "general_health": reference.HEALTH,
        "medicines": reference.MEDICINES,
    }
    for name, values in asked.items():
        assert tuple(named_values(shipped.factors[name])) == values
    assert {f.id for f in shipped.factors.values() if not isinstance(f, NumberFactor)} == {
        *asked,
        "spread_sites",
        "progress",
    }
    assert {o.id: set(o.statements) for o in shipped.options.values()} == {
        name: set(statements) for name, statements in reference.STATEMENTS.items()
    }
    assert {
        o.id: {a.id for a in o.aims} | {a.id for s in o.statements.values() for a in s.aims}
        for o in shipped.options.values()
    } == {name: set(reference.AIMS.get(name, {})) for name in reference.STATEMENTS}
    assert set(shipped.alerts) == set(reference.ALERTS)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, CASES, SHARE))
def test_what_follows_is_what_the_documents_say(shipped: Pathway, first: int) -> None:
    compiled = compile_pathway(shipped)
    wrong = []
    for seed in range(first, first + SHARE):
        answers = partial_case(seed, shipped)
        expected = Reading(reference.RULES, answers)
        assessed = assess(compiled, answers)
        pairs: list[tuple[str, object, object]] = [
            ("alerts", expected.alerts(), dict(assessed.alerts))
        ]
        for name, option in assessed.options.items():
            pairs += [
                (name, expected.option(name), option.status),
                (f"{name}, aims", expected.aims(name), frozenset(option.aims)),
                (f"{name}, setting", expected.setting(name), option.usual_setting),
                (f"{name}, statements", expected.statements(name), dict(option.statements)),
            ]
            if option.verdict.depends_on:
                on = frozenset(option.verdict.depends_on)
                pairs.append((f"{name}, open", expected.depends_on(name), on))
        wrong += [
            (seed, Difference(subject, str(wanted), str(found)))
            for subject, wanted, found in pairs
            if wanted != found
        ]
    assert not wrong
