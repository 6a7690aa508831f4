"""The order of the statements that do not match: the nearest first."""

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
from tests.small import answers
from wizard.engine.compiling import compile_pathway
from wizard.pathway.trees import Ask, OneOf, Rest, Tree
from wizard.reasoning.assessing import assess
from wizard.reasoning.explanation import CaseExplanation


def only_where(name: str, then: Tree) -> Ask:
    """Goes on where a factor has the value yes."""
    return Ask(name, (branch(OneOf(("yes",)), then), branch(Rest(), leaf(False))), HERE)


def test_statements_that_are_nearer_stand_first_and_hopeless_ones_last() -> None:
    trees: dict[str, Tree] = {
        "never": leaf(False),
        "far": only_where("f", only_where("g", leaf(True))),
        "near": only_where("f", leaf(True)),
        "nowhere": leaf(False),
        "close": only_where("g", leaf(True)),
    }
    statements = {name: a_statement(name, rule(tree)) for name, tree in trees.items()}
    option = an_option(statements)
    factors = {name: a_choice(name, ["yes", "no"]) for name in ("f", "g")}
    compiled = compile_pathway(pathway(factors, {"o": option}, {}, {}))
    given = answers(compiled.pathway, {"f": "no", "g": "no"})
    found = CaseExplanation(compiled, given, assess(compiled, given)).options["o"]
    assert [(each.statement, each.distance) for each in found.near_misses] == [
        ("near", 1),
        ("close", 1),
        ("far", 2),
        ("never", None),
        ("nowhere", None),
    ]
