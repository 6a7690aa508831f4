"""What if, agreement and two cases side by side, against enumeration."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, permutations
from random import Random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import Brute, Case, brute
from tests.reasoning.brute_explanations import cuts_of, twin
from tests.reasoning.pathways import answerable, random_answers, random_pathway
from tests.small import at, small
from wizard.case.answers import (
    MULTI_NOT_DONE,
    NUMBER_NOT_DONE,
    UNKNOWN,
    Answer,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
)
from wizard.engine.compiling import compile_pathway
from wizard.pathway.factors import ChoiceFactor, Factor, NumberFactor
from wizard.pathway.model import AlertLevel, Option, Pathway, Statement, Status
from wizard.pathway.ranges import number_in
from wizard.pathway.trees import BEYOND, Range
from wizard.reasoning.agreement import Stand, agreement
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState, Assessment
from wizard.reasoning.case_diff import Moved, compare_cases
from wizard.reasoning.explanation import CaseExplanation
from wizard.reasoning.what_if import what_if, whole_case

seeds = st.integers(0, 2**32 - 1)


def with_documents(random: Random, pathway: Pathway) -> Pathway:
    options = {
        option.id: replace(
            option,
            statements={
                s.id: replace(s, source=random.choice(["ONE", "TWO"]))
                for s in option.statements.values()
            },
            excludes={
                x.id: replace(x, source=random.choice(["ONE", "TWO"]))
                for x in option.excludes.values()
            },
        )
        for option in pathway.options.values()
    }
    levels = (AlertLevel.CAUTION, AlertLevel.SOURCES_DIFFER)
    alerts = {a.id: replace(a, level=random.choice(levels)) for a in pathway.alerts.values()}
    return replace(pathway, options=options, alerts=alerts, sources={})


def shown(now: Assessment) -> dict[str, object]:
    """Everything that an assessment shows, by name."""
    found: dict[str, object] = {f"alert {a}": state for a, state in now.alerts.items()}
    for option in now.options.values():
        found[f"status {option.id}"] = option.status
        found[f"setting {option.id}"] = option.usual_setting
        found.update({f"aim {option.id} {aim}": True for aim in option.aims})
        found.update(
            {
                f"exclusion {option.id} {name}": True
                for name, status in option.exclusions.items()
                if status is Status.DESCRIBED
            }
        )
    return found


def said(moves: Moved) -> dict[str, tuple[object, object]]:
    """The same names with their values before and after, where a difference says so."""
    found: dict[str, tuple[object, object]] = {}
    found.update({f"status {m.option}": (m.before, m.after) for m in moves.options})
    found.update({f"setting {m.option}": (m.before, m.after) for m in moves.settings})
    found.update({f"alert {m.alert}": (m.before, m.after) for m in moves.alerts})
    for m in moves.aims:
        found[f"aim {m.option} {m.aim}"] = (None, True) if m.added else (True, None)
    for x in moves.exclusions:
        found[f"exclusion {x.option} {x.exclusion}"] = (None, True) if x.added else (True, None)
    parts = (moves.options, moves.settings, moves.exclusions, moves.alerts, moves.aims)
    assert len(found) == sum(map(len, parts))
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
    for factor in filter(answerable, pathway.factors.values()):
        alternatives = what_if(compiled, answers, factor.id, now).alternatives
        for each in alternatives:
            after = assess(compiled, answers.with_answer(factor.id, each.answer))
            assert said(each.moved) == differing(now, after)
        own = answers.get(factor.id, UNKNOWN)
        expected = list(others(factor, own, cuts[factor.id]))
        if not isinstance(own, Unknown):
            expected.append((UNKNOWN, UNKNOWN))
        assert [(each.answer, each.values) for each in alternatives] == expected


def others(
    factor: Factor, own: Answer, cuts: tuple[Decimal, ...]
) -> Iterator[tuple[Answer, object]]:
    """Every other answer that is looked at, in the factor's own order, and what it stands for."""
    if isinstance(factor, ChoiceFactor):
        singles = [ChoiceAnswer(frozenset([value])) for value in factor.values]
        yield from ((single, single) for single in singles if single != own)
    elif isinstance(factor, NumberFactor):
        bounds = (Decimal(0), *(cut for cut in cuts if cut != BEYOND), Decimal(10))
        for low, high in pairwise(bounds):
            inside = (isinstance(own, NumberAnswer) and low <= own.value < high) or (
                isinstance(own, RangesAnswer)
                and all(low <= (r.low or 0) and min(r.high or 10, 10) <= high for r in own.ranges)
            )
            if not inside:
                end = BEYOND if factor.not_done else None
                named = (None if low == 0 else low, end if high == 10 else high)
                yield NumberAnswer(number_in(factor, Range(low, high))), Range(*named)
        if factor.not_done and own != NUMBER_NOT_DONE:
            yield NUMBER_NOT_DONE, Range(BEYOND, None)
    else:
        members = frozenset(factor.members)
        done = isinstance(own, MultiAnswer) and own != MULTI_NOT_DONE
        old = own if done else MultiAnswer(frozenset(), frozenset())
        assert isinstance(old, MultiAnswer)
        seen = {old} | ({MultiAnswer(frozenset(), members)} if factor.at_least else set())
        said = [MultiAnswer(old.present | {one}, old.absent - {one}) for one in factor.members]
        said += [MultiAnswer(old.present - {one}, old.absent | {one}) for one in factor.members]
        for answer in (*said, MultiAnswer(frozenset(), members)):
            if answer not in seen:
                seen.add(answer)
                yield answer, answer
        if factor.not_done and own != MULTI_NOT_DONE:
            yield MULTI_NOT_DONE, MULTI_NOT_DONE


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
    assert [(m.factor, m.before, m.after) for m in compared.answers] == [
        (f, *(None if a.get(f, UNKNOWN) == UNKNOWN else a[f] for a in (one, other)))
        for f in pathway.factors
        if one.get(f, UNKNOWN) != other.get(f, UNKNOWN)
    ]


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
    now = assess(compiled, answers)
    agreed = agreement(compiled, answers, now)
    assert len(compiled.diagrams) == nodes
    raised = [a for a in pathway.alerts.values() if now.alerts.get(a.id) is AlertState.RAISED]
    for option in pathway.options.values():
        found = agreed[option.id]
        words = [standing(cases, option, case) for case in completions]
        assert dict(found.stands) == {
            source: over_all({each[source] for each in words}) for source in words[0]
        }
        assert found.excluding == tuple(
            s for s in found.stands if s in words[0] and all(each[s].excludes for each in words)
        )
        differ = {
            any(
                one.describes and (other.excludes or (other.about and not other.describes))
                for one, other in permutations(each.values(), 2)
            )
            for each in words
        }
        expected = Status.DESCRIBED if differ == {True} else Status.POSSIBLE
        assert found.differ is (Status.NOT_DESCRIBED if differ == {False} else expected)
        assert found.alerts == tuple(
            a.id for a in raised if a.level is AlertLevel.SOURCES_DIFFER and option.id in a.about
        )
        assert found.difference == (True in differ or found.alerts != ())
    for source in ("ONE", "TWO"):
        if all(source in each.stands for each in agreed.values()):
            view = {each.option: each.stands[source] for each in agreed.values()}
            assert view == {o: agreed[o].stands[source] for o in pathway.options}


class Said(NamedTuple):
    """What a document says of an option in a complete case."""

    describes: bool
    about: bool
    excludes: bool


def standing(cases: Brute, option: Option, case: Case) -> dict[str, Said]:
    """What each document with a statement or an exclusion says of an option in a complete case."""
    sources = [s.source for s in option.statements.values()]
    sources += [x.source for x in option.excludes.values()]
    return {
        source: Said(
            any(cases.function(s.rule)(case) for s in own_statements(option, source)),
            any(cases.function(s.scope)(case) for s in own_statements(option, source)),
            any(
                cases.function(x.when)(case) for x in option.excludes.values() if x.source == source
            ),
        )
        for source in dict.fromkeys(sources)
    }


def own_statements(option: Option, source: str) -> list[Statement]:
    return [s for s in option.statements.values() if s.source == source]


def over_all(said: set[Said]) -> Stand:
    """How a document stands over all completions, in which it says so."""
    describes = {each.describes for each in said}
    if True in describes:
        return Stand.DEPENDS if False in describes else Stand.MATCHES
    if any(each.about for each in said) or all(each.excludes for each in said):
        return Stand.DOES_NOT_MATCH
    return Stand.DEPENDS if any(each.excludes for each in said) else Stand.OTHER_CASES


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
    explained = CaseExplanation(compiled, answers, assess(compiled, answers))
    for option in pathway.options.values():
        misses = explained.options[option.id].near_misses
        whole = twin(pathway, answers, option.id)
        stopped = set()
        for statement in option.statements.values():
            own = replace(whole, function=whole.brute.function(statement.rule))
            if whole.brute.status(own.function, answers) is Status.NOT_DESCRIBED:
                stopped.add(statement.id)
                (miss,) = [each for each in misses if each.statement == statement.id]
                corrections = own.corrections(answers, False)
                assert miss.distance == min((len(each) for each in corrections), default=None)
                reasons = {each.factors for each in miss.stopped_by.reasons}
                assert reasons == own.reasons(answers, False)
        assert {each.statement for each in misses} == stopped
        places = [list(option.statements).index(each.statement) for each in misses]
        distances = [99 if each.distance is None else each.distance for each in misses]
        nearest = list(zip(distances, places, strict=True))
        assert nearest == sorted(nearest)
