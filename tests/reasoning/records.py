"""Records of a pathway, made with no more than a test needs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from wizard.pathway.factors import (
    ChoiceFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Value,
    ValueGroup,
)
from wizard.pathway.model import (
    Aim,
    Alert,
    Option,
    OptionGroup,
    Pathway,
    SharedTree,
    Statement,
    Step,
)
from wizard.pathway.position import Position
from wizard.pathway.trees import (
    AnyOf,
    Branch,
    NonePresent,
    OneOf,
    Outcome,
    Range,
    Rest,
    Rule,
    Tree,
)

HERE = Position("random.yaml", 1, 1)


def rule(tree: Tree) -> Rule:
    return Rule(tree=tree, position=HERE)


def leaf(described: bool) -> Outcome:
    return Outcome(described, HERE)


def branch(test: object, tree: Tree) -> Branch:
    assert isinstance(test, OneOf | AnyOf | NonePresent | Range | Rest)
    return Branch(test, tree, isinstance(test, Rest), HERE)


def a_statement(name: str, when: Rule, aims: tuple[Aim, ...] = ()) -> Statement:
    return Statement(
        id=name, source="DOC", claims=(), rule=when, aims=aims, assumes=(), position=HERE
    )


def an_option(statements: Mapping[str, Statement], name: str = "o") -> Option:
    """An option of nothing but statements."""
    return Option(
        id=name,
        label=name,
        group="group",
        card={},
        notes=(),
        statements=statements,
        usual_setting=None,
        aims=(),
        assumes=(),
        position=HERE,
    )


def a_choice(
    name: str, values: Sequence[str], *, whole: bool = False, applies_when: Rule | None = None
) -> ChoiceFactor:
    """A choice; `whole` adds a group of all its values."""
    every = ValueGroup(
        id="every", label="every", help="", phrase=None, values=tuple(values), whole=True
    )
    groups = {"every": every} if whole else {}
    return ChoiceFactor(
        **shared_fields(name, applies_when), values=plain_values(values), groups=groups
    )


def a_multi(
    name: str, members: Sequence[str], *, at_least: int = 0, applies_when: Rule | None = None
) -> MultiFactor:
    return MultiFactor(
        **shared_fields(name, applies_when),
        members=plain_values(members),
        none_label=None if at_least else "None",
        at_least=at_least,
    )


def with_not_done(factor: Factor) -> Factor:
    """The factor with one more answer: that it was not done."""
    found = replace(factor, not_done="Not done")
    if isinstance(found, ChoiceFactor):
        return replace(found, values={**found.values, **found.not_done_value})
    return found


def a_number(
    name: str,
    low: int = 0,
    high: int = 9,
    *,
    whole: bool = False,
    applies_when: Rule | None = None,
) -> NumberFactor:
    shared = shared_fields(name, applies_when)
    return NumberFactor(
        **shared, unit="mm", whole=whole, minimum=Decimal(low), maximum=Decimal(high)
    )


def shared_fields(name: str, applies_when: Rule | None) -> dict[str, Any]:
    return {
        "id": name,
        "label": name,
        "question": name,
        "help": "",
        "step": "walk",
        "claims": (),
        "applies_when": applies_when,
        "record_only": None,
        "fixed": False,
        "phrases": {},
        "assumes": (),
        "position": HERE,
        "also": (),
        "short": None,
    }


def plain_values(names: Sequence[str]) -> dict[str, Value]:
    return {name: Value(id=name, label=name, help="", claims=(), phrase=None) for name in names}


def pathway(
    factors: Mapping[str, Factor],
    options: Mapping[str, Option],
    alerts: Mapping[str, Alert],
    shared: Mapping[str, SharedTree],
) -> Pathway:
    return Pathway(
        id="random",
        title="Random",
        version="1",
        intended_use="Testing.",
        report_errors="",
        steps=(Step(id="walk", label="The walk", factors=tuple(factors)),),
        groups={"group": OptionGroup(id="group", label="Group")},
        factors=factors,
        shared=shared,
        options=options,
        alerts=alerts,
        sources={},
        claims={},
        glossary={},
        assumptions={},
        assumes=(),
        limits=(),
        not_surfaced={},
        hazards={},
        reviewed=None,
        changes=(),
        old_after_years=3,
        digest="0" * 64,
        shipped=False,
        folder="",
    )
