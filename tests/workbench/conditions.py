"""Random pathways whose rules are conditions that go on with shared trees, as a reader has them."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from random import Random

from tests.reasoning.pathways import HERE, Maker, random_pathway
from wizard.pathway.format.cubes import (
    Dnf,
    TooWideError,
    cubes_of_clauses,
    cubes_of_tree,
    replace_uses,
    with_guards,
)
from wizard.pathway.format.walk import Walk, tree_of
from wizard.pathway.model import (
    ChoiceFactor,
    Factor,
    NumberFactor,
    Pathway,
    SharedTree,
    named_values,
)
from wizard.pathway.position import Position
from wizard.pathway.trees import (
    AnyOf,
    Clause,
    NonePresent,
    OneOf,
    Range,
    Requirement,
    Rule,
    Test,
    asks,
)

MOST_QUESTIONS = 30


def with_conditions(random: Random) -> Pathway:
    """A random pathway with shared trees, in which conditions use several of them."""
    while True:
        try:
            return _with_conditions(random)
        except TooWideError:  # too wide for a reader, or for a quick test
            continue


def _with_conditions(random: Random) -> Pathway:
    pathway = random_pathway(random)
    maker = Maker(random, pathway.factors)
    places = (Position("conditions.yaml", line, 1) for line in count(1))
    shared = dict(pathway.shared)
    for index in range(len(shared), 3):
        tree = Rule(maker.tree(2, tuple(shared)), None, HERE)
        shared[f"shared{index}"] = SharedTree(
            id=f"shared{index}", label="Shared", claims=(), rule=tree, assumes=(), position=HERE
        )
    if random.random() < 0.5:
        known = replace(pathway, shared=shared)
        rule = condition(random, known, tuple(shared), places)
        shared["mixed"] = SharedTree(
            id="mixed", label="Mixed", claims=(), rule=rule, assumes=(), position=HERE
        )
    known = replace(pathway, shared=shared)
    names = tuple(shared)
    options = {
        option.id: replace(
            option,
            statements={
                name: replace(statement, rule=condition(random, known, names, places))
                if random.random() < 0.7
                else statement
                for name, statement in option.statements.items()
            },
        )
        for option in pathway.options.values()
    }
    return replace(known, options=options)


def condition(
    random: Random, pathway: Pathway, names: tuple[str, ...], places: Iterator[Position]
) -> Rule:
    where = next(places)
    clauses = []
    for _ in range(random.choice([1, 2, 2, 3])):
        needs = [
            Requirement(factor.id, None, (some_test(random, factor),), next(places))
            for factor in pathway.factors.values()
            if random.random() < 0.3
        ]
        if random.random() < 0.7 or not needs:
            needs.append(Requirement(None, random.choice(names), (), next(places)))
        clauses.append(Clause(tuple(needs), next(places)))
    tree = tree_of(cubes_of_clauses(clauses, pathway.factors), walk_of(pathway), where)
    if sum(1 for _ in asks(tree)) > MOST_QUESTIONS:
        raise TooWideError
    return Rule(tree, tuple(clauses), where)


def some_test(random: Random, factor: Factor) -> Test:
    ids = list(named_values(factor))
    if isinstance(factor, ChoiceFactor):
        return OneOf(tuple(random.sample(ids, random.randint(1, len(ids) - 1))))
    if isinstance(factor, NumberFactor):
        three, five = Decimal(3), Decimal(5)
        return random.choice([Range(None, three), Range(three, five), Range(five, None)])
    if not factor.at_least and random.random() < 0.3:
        return NonePresent()
    return AnyOf(tuple(random.sample(ids, random.randint(1, len(ids)))))


def walk_of(pathway: Pathway) -> Walk:
    factors = pathway.factors
    guards: dict[str, Dnf] = {}
    for factor in factors.values():
        if factor.applies_when is not None:
            ways = cubes_of_tree(factor.applies_when.tree, factors)
            guards[factor.id] = with_guards(ways, guards)
    shared: dict[str, Dnf] = {}
    for name, tree in pathway.shared.items():
        clauses = tree.rule.clauses
        ways = (
            cubes_of_tree(tree.rule.tree, factors)
            if clauses is None
            else cubes_of_clauses(clauses, factors)
        )
        shared[name] = replace_uses(ways, shared)
    return Walk(factors, guards, shared)
