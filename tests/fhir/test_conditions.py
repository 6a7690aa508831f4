"""`enableWhen` says when a question applies, or nothing."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fhir.pathways import answered, enabled
from tests.reasoning.brute import Case, cases, fits, walk
from tests.reasoning.pathways import Maker, random_answers, random_pathway
from tests.reasoning.records import HERE, a_choice, rule
from tests.small import park, prostate
from wizard.case.answers import (
    MULTI_NOT_DONE,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
)
from wizard.fhir.conditions import enabled_when
from wizard.fhir.links import member_link, none_link
from wizard.fhir.response import response
from wizard.pathway.factors import NOT_DONE, ChoiceFactor, DerivedFactor, Factor, MultiFactor
from wizard.pathway.model import Pathway
from wizard.pathway.trees import (
    AnyOf,
    AtLeast,
    NonePresent,
    Not,
    OneOf,
    Range,
    Requirement,
    Test,
    Tree,
)

POINTS: Final = frozenset(map(Decimal, (0, 2, 3, 4, 5, 7)))


def as_answer(factor: Factor, value: Any) -> Answer:
    """A value of a case as the answer that says it."""
    if isinstance(factor, ChoiceFactor):
        return ChoiceAnswer(frozenset((value,)))
    if isinstance(factor, MultiFactor):
        if NOT_DONE in value:
            return MULTI_NOT_DONE
        return MultiAnswer(value, frozenset(factor.members) - value)
    return NumberAnswer(value)


def forms(pathway: Pathway, answers: Answers) -> Iterator[dict[str, Any]]:
    """What a form says of answers; where nothing is present, by "none" and by each member."""
    said = answered(response(pathway, answers, "2026-11-21T12:00:00Z", complete=True))
    yield said
    for name, factor in pathway.factors.items():
        if isinstance(factor, MultiFactor) and said.pop(none_link(name), False):
            said |= {member_link(name, member): False for member in factor.members}
    yield said


def asking(tree: Tree) -> Factor:
    """A question that applies where a condition holds."""
    return a_choice("target", ["yes", "no"], applies_when=rule(tree))


@given(st.integers(min_value=0, max_value=1 << 32))
def test_it_is_enabled_where_it_applies_and_only_where_that_is_certain(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    asked = {
        name: factor
        for name, factor in pathway.factors.items()
        if not isinstance(factor, DerivedFactor)
    }
    tree = Maker(random, asked).condition(2)
    keys = enabled_when(pathway, asking(tree))
    if keys is None:
        return
    every = list(cases(pathway, POINTS))
    for case in random.sample(every, min(40, len(every))):
        given = {
            name: as_answer(factor, case[name]) for name, factor in asked.items() if name in case
        }
        for said in forms(pathway, Answers(given)):
            assert enabled(keys, said) == walk(pathway, tree, case), said
    for _ in range(5):
        partial = random_answers(random, asked)
        if enabled(keys, next(forms(pathway, partial))):
            fitting = [case for case in every if fitting_case(case, partial)]
            assert all(walk(pathway, tree, case) for case in fitting)


def fitting_case(case: Case, answers: Mapping[str, Answer]) -> bool:
    """Whether a case is a completion of answers; a question that is enabled applies."""
    return all(name in case and fits(case[name], each) for name, each in answers.items())


def requires(factor: str, *tests: Test, negated: bool = False) -> Requirement:
    return Requirement(factor, tests, negated, HERE)


OAK: Final = requires("kind", OneOf(("oak",)))
PINE: Final = requires("kind", OneOf(("pine",)))
STORM: Final = requires("damage", AnyOf(("storm",)))
LOW: Final = requires("height", Range(None, Decimal(10)))


@pytest.mark.parametrize(
    ("tree", "how", "said"),
    [
        (OAK, None, ["kind = oak"]),
        (
            Not(PINE, HERE),
            "any",
            ["kind = oak", "kind = beech", "kind = birch", "kind = broadleaved"],
        ),
        (AtLeast(1, (OAK, PINE), HERE), "any", ["kind = oak", "kind = pine"]),
        (AtLeast(2, (OAK, STORM), HERE), "all", ["kind = oak", "damage.storm = True"]),
        (
            Not(STORM, HERE),
            "any",
            ["damage.storm = False", "damage.none = True"],
        ),
        (LOW, None, ["height < 10"]),
        (Not(LOW, HERE), None, ["height >= 10"]),
        (
            requires("height", Range(Decimal(10), Decimal(20))),
            "all",
            ["height >= 10", "height < 20"],
        ),
        (
            requires("height", Range(Decimal(10), Decimal(20)), negated=True),
            "any",
            ["height < 10", "height >= 20"],
        ),
    ],
)
def test_what_it_says(tree: Tree, how: str | None, said: list[str]) -> None:
    keys = enabled_when(park().pathway, asking(tree))
    assert keys is not None
    assert keys.get("enableBehavior") == how
    assert [words(each) for each in keys["enableWhen"]] == said


def words(condition: Mapping[str, Any]) -> str:
    (value,) = (each for key, each in condition.items() if key.startswith("answer"))
    shown = value["code"] if isinstance(value, dict) else value
    return f"{condition['question']} {condition['operator']} {shown}"


@pytest.mark.parametrize(
    "tree",
    [
        AtLeast(2, (requires("kind", OneOf(("oak", "pine"))), STORM), HERE),
        AtLeast(1, (AtLeast(2, (OAK, STORM), HERE), LOW), HERE),
        AtLeast(2, (OAK, STORM, LOW), HERE),
        requires("damage", NonePresent()),
        Not(requires("damage", AnyOf(("storm", "insects"))), HERE),
        requires("state", OneOf(("sound",))),
        AtLeast(1, (LOW, Not(LOW, HERE)), HERE),
        AtLeast(1, (OAK, Not(OAK, HERE)), HERE),
        AtLeast(1, (STORM, Not(STORM, HERE)), HERE),
    ],
)
def test_what_needs_brackets_or_an_answer_nobody_gave_is_not_said(tree: Tree) -> None:
    assert enabled_when(park().pathway, asking(tree)) is None


def test_what_always_applies_has_no_condition() -> None:
    assert enabled_when(prostate().pathway, prostate().pathway.factors["psa"]) == {}
