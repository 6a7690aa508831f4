"""The engine against enumeration, over random pathways and random partial answers."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import brute
from tests.reasoning.pathways import asked_answers, random_answers, random_pathway
from tests.reasoning.records import (
    HERE,
    a_choice,
    a_statement,
    an_option,
    branch,
    leaf,
    pathway,
    rule,
)
from wizard.case.answers import NO_ANSWERS, UNKNOWN, Answers, ChoiceAnswer, Unknown
from wizard.engine.compiling import compile_pathway
from wizard.pathway.model import Alert, AlertLevel, Check, Status
from wizard.pathway.trees import Ask, OneOf, Rest, Rule
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState

seeds = st.integers(0, 2**32 - 1)


@pytest.mark.slow
@pytest.mark.parametrize("share", range(8))
@settings(max_examples=250, deadline=None)
@given(seed=seeds)
def test_an_assessment_is_what_enumeration_says(share: int, seed: int) -> None:
    """In shares, so that the workers of a run divide them."""
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    twin = brute(pathway, answers)
    assessment = assess(compile_pathway(pathway), answers)
    for name, option in assessment.options.items():
        function = twin.option(name)
        assert option.status is twin.status(function, answers)
        if option.status is Status.POSSIBLE:
            assert option.verdict.depends_on == twin.depends_on(function, answers)
            assert option.verdict.because == ()
        else:
            assert option.verdict.depends_on == ()
            assert option.verdict.because == twin.because(function, answers)
        assert option.statements == {
            statement.id: twin.status(twin.function(statement.rule), answers)
            for statement in pathway.options[name].statements.values()
        }
        assert option.exclusions == {
            exclusion.id: twin.status(twin.function(exclusion.when), answers)
            for exclusion in pathway.options[name].excludes.values()
        }
        assert list(option.aims) == twin.listed_aims(name, answers)
        assert option.usual_setting is twin.usual_setting(name, answers)
    assert assessment.alerts == twin.alerts(answers)
    assert assessment.derived == {d: twin.values_left(d, answers) for d in twin.derived}
    upcoming, waiting = twin.next(answers)
    assert [(each.factor, each.changes) for each in assessment.next] == upcoming
    assert list(assessment.waiting) == waiting
    assert assessment.applies == {f: twin.applies(f, answers) for f in pathway.factors}
    assert list(assessment.parked) == [
        f
        for f in pathway.factors
        if answers.get(f, UNKNOWN) != UNKNOWN
        and all(f not in case for case in twin.completions(answers))
    ]


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_the_order_of_answers_never_matters(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    again = NO_ANSWERS
    for factor, answer in shuffled:
        again = again.with_answer(factor, answer)
    assert again == answers
    assert hash(again) == hash(answers)
    assert assess(compiled, again) == assess(compiled, answers)


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_unknown_reasons_like_not_asked(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    known = {f: a for f, a in answers.items() if not isinstance(a, Unknown)}
    asked = {f: answers.get(f, UNKNOWN) for f in pathway.factors}
    fewer, more = assess(compiled, Answers(known)), assess(compiled, Answers(asked))
    # An answer that leaves every value open is parked all the same, since its reader gave it.
    given_words = {f for f, a in answers.items() if isinstance(a, Unknown) and a.group}
    assert set(more.parked) - set(fewer.parked) <= given_words
    assert replace(more, parked=fewer.parked) == fewer


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_a_settled_status_stays_settled_and_memory_does_not_grow(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    compiled = compile_pathway(pathway)
    nodes = len(compiled.diagrams)
    fewer = random_answers(random, pathway.factors)
    # An answer to a derived factor stands in place of what is worked out, and may unsettle it.
    further = asked_answers(random, pathway.factors)
    more = Answers({**further, **fewer})
    before = assess(compiled, fewer)
    after = assess(compiled, more)
    for name, option in before.options.items():
        if option.status is not Status.POSSIBLE:
            assert after.options[name].status is option.status
    assert len(compiled.diagrams) == nodes


@pytest.mark.parametrize(("kind", "asked"), [("x", True), ("y", False)])
def test_a_check_is_asked_only_where_its_options_have_the_wanted_status(
    kind: str, asked: bool
) -> None:
    def only(name: str) -> Rule:
        """A rule that holds where a choice is x."""
        return rule(
            Ask(name, (branch(OneOf(("x",)), leaf(True)), branch(Rest(), leaf(False))), HERE)
        )

    factors = {name: a_choice(name, "xy") for name in ("kind", "sign")}
    statement = a_statement("s", only("kind"))
    option = an_option({"s": statement})
    check = Check(options={"o": (Status.DESCRIBED,)}, certain=None, possible=None)
    alert = Alert(
        id="a",
        level=AlertLevel.CAUTION,
        title="a",
        says="",
        claims=(),
        when=only("sign"),
        unless=None,
        about={},
        check=check,
        assumes=(),
        position=HERE,
    )
    compiled = compile_pathway(pathway(factors, {"o": option}, {"a": alert}, {}))
    found = assess(compiled, Answers({"kind": ChoiceAnswer(frozenset(kind))})).alerts
    assert found == ({"a": AlertState.CHECK} if asked else {})
