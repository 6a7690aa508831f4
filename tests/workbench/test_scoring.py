"""Mutants and their score against enumeration, and what a survivor's example is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.test_counting import assignment
from tests.reasoning.brute import Brute, Case, Function, brute, walk
from tests.reasoning.pathways import random_answers, random_pathway
from tests.small import PARK, shipped
from tests.small import answers as small_answers
from tests.workbench.expecting import confirmed, silent
from wizard.case.answers import NO_ANSWERS, Answers
from wizard.case.files import Case as RegressionCase
from wizard.case.files import read_regression_cases
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.diagrams import IMPOSSIBLE, TRUE, Node
from wizard.pathway.factors import DerivedFactor, NumberFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.load import shipped_folder
from wizard.pathway.model import Pathway, Status
from wizard.pathway.owned_rules import RuleKind, owned_rules
from wizard.pathway.trees import Rule
from wizard.workbench.effects import Consequences
from wizard.workbench.mutating import mutants
from wizard.workbench.rule_functions import compiled_for_work
from wizard.workbench.scoring import score

seeds = st.integers(0, 2**32 - 1)


def holds(compiled: Compiled, node: Node, case: Case) -> bool:
    values = {
        level: value
        for factor, held in case.items()
        for level, value in assignment(compiled, factor, held).items()
    }
    while node > IMPOSSIBLE:
        node = compiled.diagrams.children[node][values[compiled.diagrams.levels[node]]]
    return node == TRUE


@dataclass(frozen=True)
class Mutated(Brute):
    """Enumeration in which one rule comes out otherwise in some cases."""

    rule: Rule | None = None
    differs: Function | None = None

    def function(self, rule: Rule | None) -> Function:
        if rule is None:
            return lambda case: True

        def outcome(case: Case) -> bool:
            found = walk(
                self.pathway,
                rule.tree,
                case,
                lambda name: self.function(self.pathway.shared[name].rule)(case),
            )
            return found != self.differs(case) if rule is self.rule and self.differs else found

        return outcome


def seen(twin: Brute, answers: Answers) -> object:
    """Everything that a case can expect."""
    pathway = twin.pathway
    return (
        [twin.status(twin.option(o), answers) for o in pathway.options],
        [twin.depends_on(twin.option(o), answers) for o in pathway.options],
        [
            twin.status(twin.function(s.rule), answers)
            for o in pathway.options.values()
            for s in o.statements.values()
        ],
        [twin.listed_aims(o, answers) for o in pathway.options],
        [twin.usual_setting(o, answers) for o in pathway.options],
        [
            twin.status(twin.function(x.when), answers) is Status.DESCRIBED
            for o in pathway.options.values()
            for x in o.excludes.values()
        ],
        twin.alerts(answers),
    )


def plain_pathway(random: Random) -> Pathway:
    """A small one without guards (an edit of one is more than an edit of a rule) and numbers."""
    while True:
        pathway = random_pathway(random)
        if all(
            f.applies_when is None and not isinstance(f, NumberFactor | DerivedFactor)
            for f in pathway.factors.values()
        ) and (len(brute(pathway, NO_ANSWERS).cases) <= 40):
            return pathway


@pytest.mark.slow
@settings(max_examples=12)
@given(seeds)
def test_a_mutant_is_caught_exactly_where_enumeration_sees_it(seed: int) -> None:
    random = Random(seed)
    pathway = plain_pathway(random)
    compiled = compile_pathway(pathway)
    given_answers = [random_answers(random, pathway.factors) for _ in range(3)]
    cases = confirmed(compiled, given_answers)
    found = score(pathway, cases, silent)
    worked, functions = compiled_for_work(pathway)
    consequences = Consequences(worked, functions)
    twin = brute(pathway, NO_ANSWERS)
    before = [seen(twin, answers) for answers in given_answers]
    unanswered = seen(twin, NO_ANSWERS)
    caught = equivalent = changing = 0
    for owned in owned_rules(pathway):
        for mutant in mutants(functions, owned):
            assert mutant.differs is not None
            differs = mutant.differs

            def function(case: Case, differs: Node = differs) -> bool:
                return holds(worked, differs, case)

            other = Mutated(pathway, twin.cases, twin.known, owned.rule, function)
            sees = any(
                seen(other, answers) != was
                for answers, was in zip(given_answers, before, strict=True)
            )
            caught += sees
            if consequences.turned(owned, differs):
                changing += 1
            else:
                equivalent += 1
                assert not sees
                assert seen(other, NO_ANSWERS) == unanswered
    assert found.refused == 0
    assert found.equivalent == equivalent
    assert found.caught == caught
    assert len(found.survivors) == changing - caught


@pytest.mark.slow
@settings(max_examples=40)
@given(seeds)
def test_the_example_of_a_survivor_catches_it(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    compiled = compile_pathway(pathway)
    found = score(pathway, {}, silent)
    assert found.caught == 0
    examples = {one.example for one in found.survivors if one.example is not None}
    again = score(pathway, confirmed(compiled, examples), silent)
    assert {one.example for one in again.survivors} <= {None}
    assert again.equivalent == found.equivalent


def whats(pathway: Pathway, title: str) -> set[str]:
    _, functions = compiled_for_work(pathway)
    owned = next(owned for owned in owned_rules(pathway) if owned.title == title)
    return {mutant.what for mutant in mutants(functions, owned)}


def test_edits_of_a_tree(small_pathway: Pathway) -> None:
    found = whats(small_pathway, "statement broken_branches of prune")
    assert found == {
        "Kind of tree: the branch Oak, Beech or Birch is dropped",
        "Kind of tree: the branch otherwise (Pine) is dropped",
        "Kind of tree: Oak moves to otherwise (Pine)",
        "Kind of tree: Beech moves to otherwise (Pine)",
        "Kind of tree: Birch moves to otherwise (Pine)",
        "Kind of tree: Pine moves to Oak, Beech or Birch",
        "Damage: the branch Storm damage is dropped",
        "Damage: the branch otherwise is dropped",
        "Damage: fungus put in",
        "Damage: insects put in",
        "Height: the branch below 20 m is dropped",
        "Height: the branch 20 to below 40 m is dropped",
        "Height: the branch from 40 m is dropped",
        "Height: the bound 20 becomes 19",
        "Height: the bound 20 becomes 21",
        "Height: the bound 40 becomes 39",
        "Height: the bound 40 becomes 41",
        "the outcome becomes described",
        "the outcome becomes not_described",
    }


def test_edits_of_a_condition(small_pathway: Pathway) -> None:
    assert whats(small_pathway, "statement two_kinds_of_damage of fell") == {
        "the condition is turned round",
        "this way is taken out",
        "this part is taken out",
        "the condition on damage is taken out",
        "damage: fungus put in",
        "damage: insects put in",
        "damage: storm put in",
        "the condition use: risky_place is taken out",
        "the condition use: tall_tree is taken out",
    }


@pytest.mark.parametrize(
    ("height", "described", "caught"), [(20, True, True), (19, False, True), (25, True, False)]
)
def test_a_moved_bound_is_caught_on_the_bound_alone(
    small_pathway: Pathway, height: int, described: bool, caught: bool
) -> None:
    raw: Mapping[str, object] = {"kind": "oak", "damage": [], "height": height}
    compiled = compile_pathway(small_pathway)
    answers = small_answers(small_pathway, dict(raw))
    cases = confirmed(compiled, [answers])
    expect = next(iter(cases.values())).expect
    assert expect is not None
    assert ("prune" in expect.described) == described
    found = score(small_pathway, cases, silent)
    moved = {
        one.what
        for one in found.survivors
        if one.rule == "statement broken_branches of prune" and "bound 20" in one.what
    }
    wanted = {"Height: the bound 20 becomes 21"} if height == 20 else set()
    wanted |= {"Height: the bound 20 becomes 19"} if height == 19 else set()
    both = {"Height: the bound 20 becomes 19", "Height: the bound 20 becomes 21"}
    assert moved == both - wanted
    assert bool(wanted) == caught


def test_an_edit_that_the_reader_would_refuse_is_no_mutant(small_pathway: Pathway) -> None:
    """Where a question would be asked although it does not apply, check says so already."""
    found = score(small_pathway, {}, silent)
    assert found.refused == 0
    kinds = {owned.kind for owned in owned_rules(small_pathway)}
    assert RuleKind.APPLIES in kinds


def test_the_shipped_cases_catch_every_edit_that_changes_a_result() -> None:
    pathway = shipped().pathway
    cases = read_regression_cases(shipped_folder() / "cases", pathway)
    found = score(pathway, cases, silent)
    assert found.survivors == ()
    assert found.caught > 1000


@pytest.mark.parametrize(
    ("rule", "edit"),
    [
        ("applies_when of fungus_parts", "damage: insects put in"),
        ("shared tree root_decay", "the condition on kind is taken out"),
    ],
)
def test_an_edit_reaches_what_is_worked_out_from_a_question(rule: str, edit: str) -> None:
    """A state turns with where its question arises, and with a shared tree that it uses."""
    pathway = read_pathway(PARK)
    raw: dict[str, object] = {
        "kind": "oak" if "applies" in rule else "pine",
        "height": "3",
        "damage": ["insects"] if "applies" in rule else ["insects", "fungus"],
        "fungus_parts": ["root"],
        "growth": "fast",
        "near": "nothing",
    }
    ((name, case),) = confirmed(compile_pathway(pathway), [small_answers(pathway, raw)]).items()
    assert case.expect is not None
    seen = {name: replace(case, expect=replace(case.expect, parked=None))}

    def alive(cases: Mapping[str, RegressionCase]) -> bool:
        survivors = score(pathway, cases, silent).survivors
        return (rule, edit) in {(one.rule, one.what) for one in survivors}

    assert alive({})
    assert not alive(seen)
