"""Claims of single ways: cited exactly in the cases in which their way holds."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import Brute, Case, brute, passes
from tests.reasoning.pathways import random_answers, random_pathway
from wizard.engine.compiling import compile_pathway
from wizard.pathway.model import DerivedFactor, Factor, Pathway
from wizard.pathway.trees import Ask, AtLeast, Outcome, Requirement, Rule, Tree, Use
from wizard.reasoning.assessing import assess


def with_claims(random: Random, tree: Tree) -> Tree:
    """The tree with claims on some of its ways and leaves."""
    own = (f"DOC-{random.randint(10, 15)}",) if random.random() < 0.6 else ()
    match tree:
        case Outcome(described=True):
            return replace(tree, claims=own)
        case AtLeast(trees=trees):
            below = tuple(with_claims(random, each) for each in trees)
            return replace(tree, trees=below, claims=own)
        case Ask(branches=branches):
            asked = (replace(each, tree=with_claims(random, each.tree)) for each in branches)
            return replace(tree, branches=tuple(asked))
    return tree


def cited_pathway(random: Random) -> Pathway:
    pathway = random_pathway(random, derived=0.5)

    def cited(rule: Rule) -> Rule:
        return replace(rule, tree=with_claims(random, rule.tree))

    shared = {
        name: replace(each, rule=cited(each.rule), claims=(f"DOC-2{at}",))
        for at, (name, each) in enumerate(pathway.shared.items())
    }
    options = {
        name: replace(
            option,
            statements={
                key: replace(each, rule=cited(each.rule), claims=("DOC-01",))
                for key, each in option.statements.items()
            },
        )
        for name, option in pathway.options.items()
    }
    factors = {name: with_claims_of_values(each) for name, each in pathway.factors.items()}
    return replace(pathway, shared=shared, options=options, factors=factors)


def with_claims_of_values(factor: Factor) -> Factor:
    if not isinstance(factor, DerivedFactor):
        return factor
    values = enumerate(factor.values.items())
    own = {name: replace(each, claims=(f"DOC-3{at}",)) for at, (name, each) in values}
    return replace(factor, values=own)


def held(twin: Brute, tree: Tree, case: Case) -> Iterator[str]:
    """The claims of the parts of a tree that hold in a case."""
    pathway = twin.pathway
    match tree:
        case Outcome(described=True, claims=claims):
            yield from claims
        case Ask(factor=factor, branches=branches):
            yield from of_value(pathway, factor, case)
            taken = next(each for each in branches if passes(each.test, case[factor]))
            yield from held(twin, taken.tree, case)
        case Use(name=name):
            shared = pathway.shared[name]
            if twin.function(shared.rule)(case):
                yield from shared.claims
                yield from held(twin, shared.rule.tree, case)
        case AtLeast(trees=trees, claims=claims):
            if twin.function(Rule(tree, tree.position))(case):
                yield from claims
                for each in trees:
                    yield from held(twin, each, case)
        case Requirement(factor=factor):
            if twin.function(Rule(tree, tree.position))(case):
                yield from of_value(pathway, factor, case)


def of_value(pathway: Pathway, name: str, case: Case) -> tuple[str, ...]:
    """The claims of the value that a derived factor has."""
    factor = pathway.factors[name]
    return factor.values[str(case[name])].claims if isinstance(factor, DerivedFactor) else ()


@settings(max_examples=200)
@given(st.integers(0, 2**32 - 1))
def test_a_claim_is_cited_where_its_way_holds_over_all_completions(seed: int) -> None:
    random = Random(seed)
    pathway = cited_pathway(random)
    answers = random_answers(random, pathway.factors)
    twin = brute(pathway, answers)
    assessed = assess(compile_pathway(pathway), answers)
    for name, option in pathway.options.items():
        for statement in option.statements.values():
            tree = statement.rule.tree
            found = [set(held(twin, tree, case)) for case in twin.completions(answers)]
            certain, some = set.intersection(*found), set.union(*found)
            cited = assessed.options[name].cited(statement)
            may = assessed.options[name].may_cite(statement)
            assert cited[0] == "DOC-01"
            assert set(cited) == certain | {"DOC-01"}
            assert set(may) == some - certain - {"DOC-01"}
