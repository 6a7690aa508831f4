"""Sufficient reasons against enumeration: sufficient, minimal, complete, widened to the full."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute_explanations import twin
from tests.reasoning.pathways import asked_answers, random_answers, random_pathway
from tests.reasoning.records import (
    HERE,
    a_choice,
    a_multi,
    a_number,
    a_statement,
    an_option,
    branch,
    leaf,
    pathway,
    rule,
)
from wizard.case.answers import (
    NO_ANSWERS,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
)
from wizard.engine.compiling import compile_pathway
from wizard.engine.minimal_sets import minimal_sets
from wizard.pathway.factors import Factor
from wizard.pathway.model import Status
from wizard.pathway.trees import AnyOf, Ask, OneOf, Range, Rest, Test
from wizard.reasoning.assessing import assess
from wizard.reasoning.reasons import (
    Carriers,
    carriers,
    cited,
    settled_status,
    sufficient_reasons,
)
from wizard.reasoning.value_sets import ValueSet, fits

seeds = st.integers(0, 2**32 - 1)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(seeds)
def test_reasons_are_what_enumeration_says(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    assessment = assess(compiled, answers)
    nodes = len(compiled.diagrams)
    for name, function in compiled.options.items():
        reasons = sufficient_reasons(compiled, answers, function)
        assert reasons.complete
        assert reasons.status is assessment.options[name].status
        if reasons.status is Status.POSSIBLE:
            assert (reasons.reasons, reasons.corrections) == ((), ())
            continue
        wanted = reasons.status is Status.DESCRIBED
        brute = twin(pathway, answers, name)
        assert {each.factors for each in reasons.reasons} == brute.reasons(answers, wanted)
        assert set(reasons.corrections) == brute.corrections(answers, wanted)
        sizes = [len(each.factors) for each in reasons.reasons]
        assert sizes == sorted(sizes)
        assert assessment.options[name].verdict.because in {r.factors for r in reasons.reasons}
    assert len(compiled.diagrams) == nodes


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(seeds)
def test_widened_sets_still_decide_and_nothing_wider_does(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    for name, function in compiled.options.items():
        reasons = sufficient_reasons(compiled, answers, function)
        brute = twin(pathway, answers, name)
        for reason in reasons.reasons:
            wanted = reasons.status is Status.DESCRIBED
            assert reason.answers == {f: answers[f] for f in reason.factors}
            assert tuple(reason.widened) == reason.factors
            assert all(fits(answers[f], values) for f, values in reason.widened.items())
            assert brute.forces(reason.widened, wanted)
            for asked, values in reason.widened.items():
                for wider in brute.wider(pathway.factors[asked], values):
                    assert not brute.forces({**reason.widened, asked: wider}, wanted)


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_a_reason_is_carried_by_the_statements_that_hold_in_its_completions(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    for name, assessed in assess(compiled, answers).options.items():
        whole = twin(pathway, answers, name)
        statements = pathway.options[name].statements
        parts = {s.id: whole.brute.function(s.rule) for s in statements.values()}
        twins = {s: replace(whole, function=function) for s, function in parts.items()}
        for reason in sufficient_reasons(compiled, answers, compiled.options[name]).reasons:
            for said in (reason.answers, reason.widened):
                found = carriers(compiled, name, said, assessed.status, answers)
                own = cited(compiled, assessed, said, answers)
                met = whole.meeting(said)
                if assessed.status is Status.NOT_DESCRIBED:
                    assert found == own == Carriers(tuple(statements), jointly=False)
                    continue
                certain = tuple(s for s in statements if not met & ~twins[s].truth)
                some = tuple(s for s in statements if met & twins[s].truth)
                assert found == Carriers(certain or some, jointly=not certain)
                case = whole.meeting(answers)
                holding = tuple(s for s in found.statements if case & twins[s].truth)
                assert own == Carriers(holding, jointly=not certain)


KIND = a_choice("asked", "xyz")
SIGNS = a_multi("asked", "pqr")
SIZE = a_number("asked")
THREE, SIX = Decimal(3), Decimal(6)
BELOW, BETWEEN = Range(None, THREE), Range(THREE, SIX)


def kinds(values: str) -> ChoiceAnswer:
    return ChoiceAnswer(frozenset(values))


def signs(present: str, absent: str) -> MultiAnswer:
    return MultiAnswer(frozenset(present), frozenset(absent))


def size(number: int) -> NumberAnswer:
    return NumberAnswer(Decimal(number))


@pytest.mark.parametrize(
    ("asked", "tests", "answer", "wide"),
    [
        (KIND, {OneOf(("z", "x")): True}, kinds("x"), kinds("xz")),
        (KIND, {OneOf(("x",)): True}, kinds("x"), kinds("x")),
        (SIGNS, {AnyOf(("q",)): True}, signs("pq", ""), signs("q", "")),
        (SIGNS, {AnyOf(("p", "q")): True}, signs("pq", ""), signs("p", "")),
        (SIGNS, {AnyOf(("p", "q")): False, Rest(): True}, signs("", "pqr"), signs("", "pq")),
        (SIZE, {BELOW: False, BETWEEN: True, Rest(): True}, size(4), Range(THREE, None)),
        (SIZE, {BELOW: False, BETWEEN: True, Rest(): True}, size(7), Range(THREE, None)),
        (SIZE, {BELOW: True, BETWEEN: True}, size(4), Range(None, SIX)),
        (SIZE, {BELOW: False, BETWEEN: True}, size(4), BETWEEN),
        (SIZE, {BELOW: True, BETWEEN: False, Rest(): True}, size(1), BELOW),
        (SIZE, {BELOW: True, BETWEEN: False, Rest(): True}, size(7), Range(SIX, None)),
    ],
)
def test_an_answer_is_widened_as_far_as_it_settles_the_status(
    asked: Factor, tests: Mapping[Test, bool], answer: Answer, wide: ValueSet
) -> None:
    branches = [branch(test, leaf(described)) for test, described in tests.items()]
    tree = Ask("asked", (*branches, branch(Rest(), leaf(False))), HERE)
    statement = a_statement("s", rule(tree))
    option = an_option({"s": statement})
    compiled = compile_pathway(pathway({"asked": asked}, {"o": option}, {}, {}))
    found = sufficient_reasons(compiled, Answers({"asked": answer}), compiled.options["o"])
    assert [reason.widened for reason in found.reasons] == [{"asked": wide}]


def test_no_answer_is_needed_where_every_case_agrees() -> None:
    pathway = random_pathway(Random(3))
    compiled = compile_pathway(pathway)
    reasons = sufficient_reasons(compiled, NO_ANSWERS, 1)
    assert reasons.status is Status.DESCRIBED
    assert [each.factors for each in reasons.reasons] == [()]


# --- the enumeration itself ------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 7), st.lists(st.integers(1, 127), min_size=1, max_size=8))
def test_minimal_sets_are_all_and_minimal(size: int, chosen: list[int]) -> None:
    everything = (1 << size) - 1
    needed = [each & everything for each in chosen]

    def holds(subset: int) -> bool:
        return any(subset & each == each for each in needed)

    found = minimal_sets(size, holds)
    brute = {
        subset
        for subset in range(everything + 1)
        if holds(subset)
        and not any(subset >> i & 1 and holds(subset & ~(1 << i)) for i in range(size))
    }
    assert found.complete
    assert set(found.holding) == brute
    assert len(found.holding) == len(brute)
    hitting = {
        subset
        for subset in range(everything + 1)
        if all(subset & each for each in brute)
        and not any(
            subset >> i & 1 and all(subset & ~(1 << i) & each for each in brute)
            for i in range(size)
        )
    }
    if 0 not in brute:
        assert set(found.corrections) == hitting


@pytest.mark.parametrize("most", [1, 5, 40])
def test_an_enumeration_that_stops_says_so_and_lists_the_shortest(most: int) -> None:
    """Any one of each of ten pairs: 1024 minimal sets of ten."""

    def holds(subset: int) -> bool:
        return all(subset >> 2 * pair & 3 for pair in range(10))

    found = minimal_sets(20, holds, most)
    assert not found.complete
    assert len(found.holding) <= most
    assert all(each.bit_count() == 10 and holds(each) for each in found.holding)
    assert all(each.bit_count() == 2 for each in found.corrections)


def test_an_enumeration_that_stops_has_met_the_shortest_sets() -> None:
    """The first thing alone, or else one of each of ten pairs."""

    def holds(subset: int) -> bool:
        return bool(subset & 1) or all(subset >> 2 * pair + 1 & 3 for pair in range(10))

    found = minimal_sets(21, holds, 5)
    assert not found.complete
    assert found.holding == (1,)


def test_an_enumeration_under_its_bound_is_complete() -> None:
    def holds(subset: int) -> bool:
        return all(subset >> 2 * pair & 3 for pair in range(4))

    found = minimal_sets(8, holds, 16)
    assert found.complete
    assert len(found.holding) == 16


def test_an_enumeration_tries_no_more_sets_than_it_may() -> None:
    asked = []

    def holds(subset: int) -> bool:
        asked.append(subset)
        return all(subset >> 2 * pair & 3 for pair in range(10))

    found = minimal_sets(20, holds, tried=5, largest_failing=lambda failing: failing)
    assert not found.complete
    assert len(asked) == 5


@given(st.integers(0, 2**32 - 1))
def test_without_a_correction_set_nothing_is_settled_and_with_any_of_it_all_is(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = asked_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    for function in compiled.options.values():
        found = sufficient_reasons(compiled, answers, function)
        for correction in found.corrections:
            kept = {f: a for f, a in answers.items() if f not in correction}
            assert settled_status(compiled, Answers(kept), function) is Status.POSSIBLE
            for name in correction:
                fewer = Answers({**kept, name: answers[name]})
                assert settled_status(compiled, fewer, function) is found.status
