"""What if, agreement and two cases side by side, against enumeration."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import Brute, Case, brute
from tests.reasoning.brute_explanations import cuts_of, twin
from tests.reasoning.pathways import random_answers, random_pathway
from tests.small import at, small
from wizard.case.answers import (
    UNKNOWN,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    Unknown,
)
from wizard.pathway.model import FactorType, Option, Pathway, Range, Status
from wizard.reasoning.agreement import Stand, agreement, alone
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.comparing import Moved, compare_cases
from wizard.reasoning.compiling import compile_pathway
from wizard.reasoning.what_if import what_if, whole_case
from wizard.reasoning.why_not import near_misses

seeds = st.integers(0, 2**32 - 1)


def with_documents(random: Random, pathway: Pathway) -> Pathway:
    options = {
        option.id: replace(
            option,
            statements={
                s.id: replace(s, source=random.choice(["ONE", "TWO", "SIX"]))
                for s in option.statements.values()
            },
        )
        for option in pathway.options.values()
    }
    return replace(pathway, options=options)


def shown(now: Assessment) -> dict[str, object]:
    """Everything that an assessment shows, by name."""
    found: dict[str, object] = {f"alert {a}": state for a, state in now.alerts.items()}
    for option in now.options.values():
        found[f"status {option.id}"] = option.status
        found[f"setting {option.id}"] = option.usual_setting
        found.update({f"aim {option.id} {aim}": True for aim in option.aims})
    return found


def said(moves: Moved) -> dict[str, tuple[object, object]]:
    """The same names with their values before and after, where a difference says so."""
    found: dict[str, tuple[object, object]] = {}
    found.update({f"status {m.option}": (m.before, m.after) for m in moves.options})
    found.update({f"setting {m.option}": (m.before, m.after) for m in moves.settings})
    found.update({f"alert {m.alert}": (m.before, m.after) for m in moves.alerts})
    for m in moves.aims:
        found[f"aim {m.option} {m.aim}"] = (None, True) if m.added else (True, None)
    return found


def differing(before: Assessment, after: Assessment) -> dict[str, tuple[object, object]]:
    one, other = shown(before), shown(after)
    return {
        key: (one.get(key), other.get(key))
        for key in {*one, *other}
        if one.get(key) != other.get(key)
    }


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_each_alternative_shows_what_it_would_change(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    now = assess(compiled, answers)
    cuts = cuts_of(pathway)
    for factor in pathway.factors.values():
        alternatives = what_if(compiled, answers, factor.id, now).alternatives
        for each in alternatives:
            after = assess(compiled, answers.with_answer(factor.id, each.answer))
            assert said(each.moved) == differing(now, after)
            assert each.answer != answers.get(factor.id, UNKNOWN)
        listed = [each.values for each in alternatives]
        assert len(set(listed)) == len(listed)
        known = not isinstance(answers.get(factor.id, UNKNOWN), Unknown)
        assert (UNKNOWN in listed) == known
        if factor.type is FactorType.CHOICE:
            singles = {ChoiceAnswer(frozenset([value])) for value in factor.values}
            assert set(listed) - {UNKNOWN} == singles - {answers.get(factor.id)}
        elif factor.type is FactorType.NUMBER:
            ranges = [values for values in listed if isinstance(values, Range)]
            own = answers.get(factor.id)
            for number in (Decimal(0), *cuts[factor.id], Decimal(9)):
                inside = [
                    r
                    for r in ranges
                    if (r.low is None or r.low <= number) and (r.high is None or number < r.high)
                ]
                same = isinstance(own, NumberAnswer) and len(ranges) <= len(cuts[factor.id])
                assert len(inside) == 1 or (same and not inside)
        else:
            old = answers.get(factor.id)
            for member in factor.values:
                present = isinstance(old, MultiAnswer) and member in old.present
                told = [a for a in listed if isinstance(a, MultiAnswer) and member in a.present]
                assert present or told


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_the_whole_case_has_every_answer_that_is_used(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    now = assess(compiled, answers)
    views = whole_case(compiled, answers, now)
    assert [each.factor for each in views] == [
        f for f in pathway.factors if answers.get(f, UNKNOWN) != UNKNOWN and f not in now.parked
    ]
    assert all(view == what_if(compiled, answers, view.factor, now) for view in views)


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_two_cases_differ_where_they_do(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    one, other = (random_answers(random, pathway.factors) for _ in range(2))
    compiled = compile_pathway(pathway)
    compared = compare_cases(compiled, one, other)
    assert said(compared.moved) == differing(compared.before, compared.after)
    assert bool(compared.moved) == (shown(compared.before) != shown(compared.after))
    assert {m.factor: (m.before, m.after) for m in compared.answers} == {
        f: tuple(None if a.get(f, UNKNOWN) == UNKNOWN else a[f] for a in (one, other))
        for f in pathway.factors
        if one.get(f, UNKNOWN) != other.get(f, UNKNOWN)
    }


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_documents_agree_where_enumeration_says(seed: int) -> None:
    random = Random(seed)
    pathway = with_documents(random, random_pathway(random))
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    nodes = len(compiled.diagrams)
    cases = brute(pathway, answers)
    completions = cases.completions(answers)
    agreed = agreement(compiled, answers, assess(compiled, answers))
    assert len(compiled.diagrams) == nodes
    for option in pathway.options.values():
        found = agreed[option.id]
        words = [standing(cases, option, case) for case in completions]
        assert dict(found.stands) == {
            source: over_all({each[source] for each in words}) for source in words[0]
        }
        differ = {{Stand.MATCHES, Stand.DOES_NOT_MATCH} <= set(each.values()) for each in words}
        expected = Status.DESCRIBED if differ == {True} else Status.POSSIBLE
        assert found.differ is (Status.NOT_DESCRIBED if differ == {False} else expected)
    for source in ("ONE", "TWO", "SIX"):
        if all(source in each.stands for each in agreed.values()):
            view = alone(agreed, source)
            assert view == {o: agreed[o].stands[source] for o in pathway.options}


def standing(cases: Brute, option: Option, case: Case) -> dict[str, Stand]:
    """How each document that has a statement on an option stands to it in a complete case."""
    found = {}
    for source in dict.fromkeys(s.source for s in option.statements.values()):
        own = [s for s in option.statements.values() if s.source == source]
        if any(cases.function(s.rule)(case) for s in own):
            found[source] = Stand.MATCHES
        elif any(cases.function(s.scope)(case) for s in own):
            found[source] = Stand.DOES_NOT_MATCH
        else:
            found[source] = Stand.OTHER_CASES
    return found


def over_all(words: set[Stand]) -> Stand:
    """How a document stands over all completions, in which it stands so."""
    if len(words) == 1:
        return next(iter(words))
    return Stand.DEPENDS if Stand.MATCHES in words else Stand.DOES_NOT_MATCH


def test_a_document_without_a_statement_has_claims_on_an_option_or_is_silent() -> None:
    compiled = small()
    given = at({"kind": "pine", "height": 50, "near": "house"})
    agreed = agreement(compiled, given.answers, given.assessment)
    assert agreed["prune"].stands == {"HBK": Stand.DOES_NOT_MATCH, "LFT": Stand.NO_CONDITION}
    assert agreed["watch"].stands == {"HBK": Stand.DEPENDS, "LFT": Stand.SILENT}
    assert agreed["spray"].having(Stand.SILENT) == ("HBK",)


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_near_misses_are_as_near_as_enumeration_says(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    for option in pathway.options.values():
        misses = near_misses(compiled, answers, option.id)
        whole = twin(pathway, answers, option.id)
        stopped = set()
        for statement in option.statements.values():
            own = replace(whole, function=whole.brute.function(statement.rule))
            if whole.brute.status(own.function, answers) is Status.NOT_DESCRIBED:
                stopped.add(statement.id)
                (miss,) = [each for each in misses if each.statement == statement.id]
                stopping = own.stopping(answers, False)
                assert miss.distance == min((len(each) for each in stopping), default=None)
                reasons = {each.factors for each in miss.stopped_by.reasons}
                assert reasons == own.reasons(answers, False)
        assert {each.statement for each in misses} == stopped
        distances = [each.distance if each.distance is not None else 99 for each in misses]
        assert distances == sorted(distances)
