"""What to find out first, and what can be concluded: against enumeration, and at the bound."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import Brute, brute, fits, values_of
from tests.reasoning.pathways import random_answers, random_pathway
from tests.reasoning.records import (
    HERE,
    a_choice,
    a_multi,
    a_statement,
    an_option,
    branch,
    leaf,
    pathway,
    rule,
)
from wizard.case.answers import NO_ANSWERS, UNKNOWN, Answers
from wizard.engine.compiling import compile_pathway
from wizard.pathway.model import Alert, AlertLevel, Option, Pathway, Status
from wizard.pathway.trees import AnyOf, Ask, OneOf, Rest, Test
from wizard.reasoning.assessing import assess
from wizard.reasoning.settling import (
    Settling,
    conclusion,
    most_settling_first,
    settles,
    settling,
)

seeds = st.integers(0, 2**32 - 1)


def counts(cases: Brute, answers: Answers, factor: str) -> list[int]:
    """For each full answer to a factor, how many open options it settles."""
    asked = {case[factor] for case in cases.cases if factor in case}
    points = frozenset(number for number in asked if isinstance(number, Decimal))
    functions = [cases.option(option) for option in cases.pathway.options]
    open_ones = [f for f in functions if cases.status(f, answers) is Status.POSSIBLE]
    found = []
    for value in values_of(cases.pathway.factors[factor], points):
        if not fits(value, answers.get(factor, UNKNOWN)):
            continue
        left = [case for case in cases.completions(answers) if case[factor] == value]
        found.append(sum(len({f(case) for case in left}) == 1 for f in open_ones))
    return found


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_what_a_question_settles_is_what_enumeration_says(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    now = assess(compiled, answers)
    cases = brute(pathway, answers)
    found = settling(compiled, answers, now)
    assert [each.factor for each in found] == [each.factor for each in now.next]
    for each in found:
        expected = counts(cases, answers, each.factor)
        assert (each.least, each.most, each.complete) == (min(expected), max(expected), True)
    ordered = most_settling_first(found)
    assert sorted(ordered, key=lambda each: (-each.least, -each.most)) == list(ordered)
    assert set(ordered) == set(found)


def test_too_many_answers_to_look_at_are_said() -> None:
    found = incomplete = 0
    for seed in range(100):
        pathway = random_pathway(Random(seed))
        compiled = compile_pathway(pathway)
        now = assess(compiled, NO_ANSWERS)
        whole = settling(compiled, NO_ANSWERS, now)
        bounded = settling(compiled, NO_ANSWERS, now, most=2)
        for one, other in zip(whole, bounded, strict=True):
            assert one.least <= other.least <= other.most <= one.most
            assert one == other or not other.complete
            found += 1
            incomplete += not other.complete
    assert 0 < incomplete < found


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_a_conclusion_has_every_option_once(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    compiled = compile_pathway(pathway)
    now = assess(compiled, random_answers(random, pathway.factors))
    told = conclusion(now)
    for status, options in (
        (Status.DESCRIBED, told.described),
        (Status.NOT_DESCRIBED, told.not_described),
        (Status.POSSIBLE, told.open),
    ):
        assert list(options) == [o for o in pathway.options if now.options[o].status is status]


# --- the bound -------------------------------------------------------------------------------


def asking(name: str, test: Test) -> Ask:
    """Described where a factor passes a test."""
    return Ask(name, (branch(test, leaf(True)), branch(Rest(), leaf(False))), HERE)


def option(name: str, tree: Ask) -> Option:
    statement = a_statement("s", rule(tree))
    return an_option({"s": statement}, name)


def signs() -> Pathway:
    """One option asks the last of three signs, the other the stage; an alert asks the rest."""
    factors = {
        each.id: each
        for each in (
            a_multi("signs", ["flush", "pain", "cough"]),
            a_choice("site", ["lung", "gut", "skin"]),
            a_choice("stage", ["early", "late"]),
        )
    }
    tree = Ask(
        "site",
        (
            branch(OneOf(("lung",)), asking("signs", AnyOf(("flush", "pain")))),
            branch(Rest(), leaf(False)),
        ),
        HERE,
    )
    alert = Alert(
        id="a",
        level=AlertLevel.CAUTION,
        title="a",
        says="",
        claims=(),
        when=rule(tree),
        unless=None,
        about={},
        check=None,
        assumes=(),
        position=HERE,
    )
    options = {
        "last": option("last", asking("signs", AnyOf(("cough",)))),
        "late": option("late", asking("stage", OneOf(("late",)))),
    }
    return pathway(factors, options, {"a": alert}, {})


def test_only_members_that_an_open_option_asks_are_looked_at() -> None:
    compiled = compile_pathway(signs())
    now = assess(compiled, NO_ANSWERS)
    assert [each.factor for each in now.next] == ["signs", "site", "stage"]
    enough = settling(compiled, NO_ANSWERS, now, most=2)
    assert enough[0] == Settling("signs", 1, 1, complete=True)
    assert settles(compiled, NO_ANSWERS, now, "signs", most=2) == enough[0]
    assert not settles(compiled, NO_ANSWERS, now, "signs", most=1).complete


def test_a_question_that_no_open_option_asks_settles_none_whatever_the_bound() -> None:
    compiled = compile_pathway(signs())
    now = assess(compiled, NO_ANSWERS)
    found = settles(compiled, NO_ANSWERS, now, "site", most=1)
    assert found == Settling("site", 0, 0, complete=True)


@pytest.mark.parametrize(("at_least", "answers"), [(0, 4), (1, 3)])
def test_every_full_answer_is_looked_at_and_none_that_is_not_one(
    at_least: int, answers: int
) -> None:
    named = {"signs": a_multi("signs", ["pain", "cough"], at_least=at_least)}
    options = {
        "hurts": option("hurts", asking("signs", AnyOf(("pain",)))),
        "coughs": option("coughs", asking("signs", AnyOf(("cough",)))),
    }
    compiled = compile_pathway(pathway(named, options, {}, {}))
    now = assess(compiled, NO_ANSWERS)
    for most in range(1, 5):
        found = settles(compiled, NO_ANSWERS, now, "signs", most)
        assert found == Settling("signs", 2, 2, complete=most >= answers)
