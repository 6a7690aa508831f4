"""The node budget: refused in words, never a crash."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import brute
from tests.reasoning.pathways import Maker, random_option, random_pathway
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
from wizard.case.answers import NO_ANSWERS
from wizard.engine.compiling import compile_pathway
from wizard.engine.disorder import BudgetExceededError
from wizard.pathway.factors import Factor
from wizard.pathway.model import Option, Statement
from wizard.pathway.position import Position
from wizard.pathway.trees import AnyOf, Ask, OneOf, Rest, Tree
from wizard.reasoning.assessing import verdict


def crowded(seed: int) -> tuple[Maker, Option]:
    random = Random(seed)
    factors = {f"f{i}": a_choice(f"f{i}", ["a", "b"]) for i in range(14)}
    maker = Maker(random, factors)
    return maker, random_option(random, maker, "crowd", ())


def test_a_pathway_over_the_budget_is_refused_with_its_rule() -> None:
    maker, _ = crowded(3)
    there = Position("options/crowd.yaml", 7, 3)
    trees = [rule(maker.tree(7)) for _ in range(6)]
    statements = {
        f"s{i}": Statement(
            id=f"s{i}",
            source="DOC",
            claims=(),
            rule=type(r)(r.tree, there),
            aims=(),
            assumes=(),
            position=there,
        )
        for i, r in enumerate(trees)
    }
    option = Option(
        id="crowd",
        label="Crowd",
        group="group",
        card={},
        notes=(),
        statements=statements,
        usual_setting=None,
        aims=(),
        assumes=(),
        position=there,
    )
    with pytest.raises(BudgetExceededError, match="outgrow 40 nodes") as caught:
        compile_pathway(pathway(maker.factors, {"crowd": option}, {}, {}), 40)
    assert caught.value.position.file in {"options/crowd.yaml", "random.yaml"}


def test_the_refusal_names_what_is_asked_out_of_order() -> None:
    factors = {name: a_choice(name, ["x", "y"]) for name in ("early", "late")}
    there = Position("options/odd.yaml", 9, 5)
    below = Ask(
        "early", (branch(OneOf(("x",)), leaf(True)), branch(OneOf(("y",)), leaf(False))), there
    )
    root = Ask("late", (branch(OneOf(("x",)), below), branch(OneOf(("y",)), leaf(False))), HERE)
    statement = a_statement("s", rule(root))
    option = an_option({"s": statement}, "odd")
    with pytest.raises(BudgetExceededError) as caught:
        compile_pathway(pathway(factors, {"odd": option}, {}, {}), 3)
    assert caught.value.position == there
    assert caught.value.message == (
        "the diagrams of this pathway outgrow 3 nodes; most of the disorder: "
        "'early' is asked once after 'late', which the walk asks later; "
        "put 'early' after 'late' in factors.yaml, or let rules ask it first"
    )
    assert str(caught.value) == f"options/odd.yaml:9:5: {caught.value.message}"


def refusal(factors: Sequence[Factor], tree: Tree) -> BudgetExceededError:
    statement = a_statement("s", rule(tree))
    option = an_option({"s": statement})
    with pytest.raises(BudgetExceededError) as caught:
        compile_pathway(pathway({f.id: f for f in factors}, {"o": option}, {}, {}), 3)
    return caught.value


def only(name: str, test: OneOf | AnyOf, below: Tree, otherwise: Tree) -> Ask:
    return Ask(name, (branch(test, below), branch(Rest(), otherwise)), HERE)


def test_a_question_asked_again_or_in_order_is_not_out_of_order() -> None:
    signs = a_multi("signs", "abc")
    again = only("signs", AnyOf(("c",)), leaf(False), leaf(True))
    caught = refusal([signs], only("signs", AnyOf(("a", "b")), again, leaf(False)))
    assert caught.message == (
        "the diagrams of this pathway outgrow 3 nodes at the rule of line 1; "
        "split its trees into smaller ones"
    )
    kinds = [a_choice(name, "xy") for name in ("one", "two")]
    in_order = only("two", OneOf(("x",)), leaf(True), leaf(False))
    caught = refusal(kinds, only("one", OneOf(("x",)), in_order, leaf(False)))
    assert caught.position == HERE
    assert "split its trees" in caught.message


def test_the_refusal_names_the_pair_that_is_asked_out_of_order_most() -> None:
    kinds = [a_choice(name, "xy") for name in ("one", "two", "three")]
    once = only("one", OneOf(("x",)), leaf(True), leaf(False))
    twice = only("two", OneOf(("x",)), once, leaf(True))
    caught = refusal(
        kinds, only("three", OneOf(("x",)), twice, only("two", OneOf(("y",)), once, once))
    )
    assert "'one' is asked 3 times after 'three'" in caught.message
    assert "put 'one' after 'three' in factors.yaml" in caught.message


def test_what_is_out_of_order_is_found_on_any_branch() -> None:
    factors = [a_choice(name, "xy") for name in ("early", "late")]
    early = only("early", OneOf(("x",)), leaf(True), leaf(False))
    caught = refusal(factors, only("late", OneOf(("x",)), leaf(False), early))
    assert "'early' is asked once after 'late'" in caught.message


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_shared_tree_is_compiled_also_one_that_nothing_uses(seed: int) -> None:
    random = random_pathway(Random(seed))
    compiled = compile_pathway(random)
    cases = brute(random, NO_ANSWERS)
    assert sorted(compiled.shared) == sorted(random.shared)
    for name, shared in random.shared.items():
        expected = cases.status(cases.function(shared.rule), NO_ANSWERS)
        assert verdict(compiled, NO_ANSWERS, compiled.shared[name]).status is expected
