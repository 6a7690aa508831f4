"""The statuses of many cases are those of each case alone, by enumeration and by `assess`."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, repeat
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import brute
from tests.reasoning.pathways import Maker, random_answers, random_factors, random_pathway
from tests.reasoning.records import a_statement, an_option, rule
from tests.reasoning.records import pathway as pathway_of
from tests.small import shipped
from wizard.case.answers import (
    NO_ANSWERS,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
)
from wizard.engine.compiling import compile_pathway
from wizard.pathway.trees import Range
from wizard.reasoning import bulk
from wizard.reasoning.assessing import assess
from wizard.reasoning.bulk import AT_ONCE, statuses_of_many


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_statuses_are_what_enumeration_says(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    cases = [random_answers(random, pathway.factors) for _ in range(4)]
    found = list(statuses_of_many(compile_pathway(pathway), cases))
    assert len(found) == len(cases)
    for answers, statuses in zip(cases, found, strict=True):
        twin = brute(pathway, answers)
        assert list(statuses) == list(pathway.options)
        assert statuses == {o: twin.status(twin.option(o), answers) for o in pathway.options}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_cases_that_share_answers_are_assessed_as_each_alone(seed: int) -> None:
    """Few cases at once, so that answers are forgotten and their places taken by others."""
    random = Random(seed)
    pathway = random_pathway(random)
    compiled = compile_pathway(pathway)
    few = [random_answers(random, pathway.factors) for _ in range(6)]

    def cases() -> Iterator[Answers]:
        again = Random(seed)
        for _ in range(30):
            shared = again.random() < 0.5
            yield again.choice(few) if shared else random_answers(again, pathway.factors)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bulk, "AT_ONCE", 3)
        found = list(statuses_of_many(compiled, cases()))
    for answers, statuses in zip(cases(), found, strict=True):
        assert statuses == {o.id: o.status for o in assess(compiled, answers).options.values()}


def test_cases_of_the_shipped_pathway_are_in_order_across_chunks() -> None:
    compiled, random = shipped(), Random(1)
    few = [random_answers(random, compiled.pathway.factors) for _ in range(30)]
    cases = [few[place % len(few)] for place in range(AT_ONCE + 45)]
    found = list(statuses_of_many(compiled, cases))
    assert len(found) == len(cases)
    for place in (*range(30), *range(AT_ONCE - 5, AT_ONCE + 45)):
        options = assess(compiled, cases[place]).options
        assert found[place] == {option.id: option.status for option in options.values()}


def test_cases_without_end_are_streamed() -> None:
    compiled = shipped()
    first = list(islice(statuses_of_many(compiled, repeat(NO_ANSWERS)), 3))
    assert first == [first[0]] * 3
    assert list(statuses_of_many(compiled, [])) == []


@pytest.mark.parametrize("count", [1, 4, 5, 32, 33, 70])
def test_any_number_of_options_is_assessed(count: int) -> None:
    random = Random(count)
    factors = random_factors(random)
    maker = Maker(random, factors)
    options = {
        f"o{n}": an_option({"s": a_statement("s", rule(maker.tree(2)))}, f"o{n}")
        for n in range(count)
    }
    compiled = compile_pathway(pathway_of(factors, options, {}, {}))
    cases = [random_answers(random, factors) for _ in range(20)]
    for answers, statuses in zip(cases, statuses_of_many(compiled, cases), strict=True):
        assert statuses == {o.id: o.status for o in assess(compiled, answers).options.values()}


def test_answers_are_equal_where_they_are_of_one_kind_and_say_the_same() -> None:
    answers = {
        Unknown(),
        Unknown("none"),
        ChoiceAnswer(frozenset("a")),
        MultiAnswer(frozenset("a"), frozenset()),
        NumberAnswer(Decimal(1)),
        RangesAnswer((Range(Decimal(1), None),)),
    }
    assert len(answers) == 6
    assert ChoiceAnswer(frozenset("a")) in answers
    assert NumberAnswer(Decimal("1.0")) in answers
