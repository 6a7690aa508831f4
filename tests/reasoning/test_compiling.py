"""The node budget: refused in words, never a crash."""

from random import Random

import pytest

from tests.reasoning.pathways import (
    HERE,
    Maker,
    branch,
    factor,
    leaf,
    pathway,
    random_option,
    rule,
)
from wizard.pathway.model import Ask, FactorType, OneOf, Option, Position, Statement
from wizard.reasoning.compiling import BudgetExceededError, compile_pathway


def crowded(seed: int) -> tuple[Maker, Option]:
    random = Random(seed)
    factors = {f"f{i}": factor(f"f{i}", FactorType.CHOICE, ["a", "b"]) for i in range(14)}
    maker = Maker(random, factors)
    return maker, random_option(random, maker, "crowd", ())


def test_a_pathway_over_the_budget_is_refused_with_its_rule() -> None:
    maker, _ = crowded(3)
    there = Position("options/crowd.yaml", 7, 3)
    trees = [rule(maker.tree(7)) for _ in range(6)]
    statements = {
        f"s{i}": Statement(f"s{i}", "DOC", (), type(r)(r.tree, None, there), (), (), there)
        for i, r in enumerate(trees)
    }
    option = Option("crowd", "Crowd", "group", {}, (), statements, None, (), (), there)
    with pytest.raises(BudgetExceededError, match="outgrow 40 nodes") as caught:
        compile_pathway(pathway(maker.factors, {"crowd": option}, {}, {}), 40)
    assert caught.value.position.file in {"options/crowd.yaml", "random.yaml"}


def test_the_refusal_names_what_is_asked_out_of_order() -> None:
    factors = {name: factor(name, FactorType.CHOICE, ["x", "y"]) for name in ("early", "late")}
    there = Position("options/odd.yaml", 9, 5)
    below = Ask(
        "early", (branch(OneOf(("x",)), leaf(True)), branch(OneOf(("y",)), leaf(False))), there
    )
    root = Ask("late", (branch(OneOf(("x",)), below), branch(OneOf(("y",)), leaf(False))), HERE)
    statement = Statement("s", "DOC", (), rule(root), (), (), HERE)
    option = Option("odd", "Odd", "group", {}, (), {"s": statement}, None, (), (), HERE)
    with pytest.raises(BudgetExceededError) as caught:
        compile_pathway(pathway(factors, {"odd": option}, {}, {}), 3)
    assert caught.value.position == there
    assert "'early' is asked after 'late', which the walk asks later" in caught.value.message
