"""Claims of single ways: cited exactly in the cases in which their way holds."""

from collections.abc import Iterator
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import Brute, Case, brute, passes
from tests.reasoning.pathways import random_answers, random_pathway
from wizard.case.answers import Answers
from wizard.engine.compiling import compile_pathway
from wizard.pathway.factors import DerivedFactor
from wizard.pathway.model import Pathway, Statement, Status
from wizard.pathway.owned_rules import CITING, owned_rules
from wizard.pathway.trees import Ask, AtLeast, Outcome, Range, Requirement, Rule, Tree, Use
from wizard.reasoning.assessing import assess
from wizard.reasoning.explanation import CaseExplanation
from wizard.wording.citing import aim_places


def held(  # noqa: C901 - one for each kind of tree
    twin: Brute, tree: Tree, case: Case
) -> Iterator[str]:
    """The claims of the parts of a tree that hold in a case."""
    pathway = twin.pathway
    match tree:
        case Outcome(described=True, claims=claims):
            yield from claims
        case Ask(factor=factor, branches=branches):
            if twin.function(Rule(tree, tree.position))(case):
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
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    twin = brute(pathway, answers)
    assessment = assess(compile_pathway(pathway), answers)
    for owned in owned_rules(pathway):
        found = [set(held(twin, owned.rule.tree, case)) for case in twin.completions(answers)]
        certain, some = set.intersection(*found), set.union(*found)
        if owned.kind not in CITING:
            certain = some = set()
        for own in ((), ("ONE-01", "ONE-11")):
            cited = assessment.cited((owned.key, own))
            assert cited.certain[: len(own)] == own
            assert set(cited.certain) == certain | {*own}
            assert set(cited.possible) == some - certain - {*own}


@settings(max_examples=50)
@given(st.integers(0, 2**32 - 1))
def test_an_aim_is_cited_with_what_holds_in_any_of_its_places(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    assessment = assess(compile_pathway(pathway), answers)
    for option in pathway.options.values():
        for aim, records in option.aims_by_id.items():
            places = list(aim_places(option, aim))
            assert [claims for _, claims in places] == [each.claims for each in records]
            single = [assessment.cited(place) for place in places]
            certain = {claim for each in single for claim in each.certain}
            whole = assessment.cited(*places)
            assert set(whole.certain) == certain
            assert set(whole.possible) == {c for e in single for c in e.possible} - certain


@settings(max_examples=100)
@given(st.integers(0, 2**32 - 1))
def test_changes_and_near_misses_cite_the_ways_that_then_hold(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    twin = brute(pathway, answers)
    compiled = compile_pathway(pathway)
    explained = CaseExplanation(compiled, answers, assess(compiled, answers)).options
    for name, option in pathway.options.items():
        found = explained[name]
        for miss in found.near_misses:
            statement = option.statements[miss.statement]
            back = [c for c in miss.stopped_by.corrections if len(c) == miss.distance]
            among = [Answers({f: a for f, a in answers.items() if f not in gone}) for gone in back]
            ways = cited_by_enumeration(twin, statement, among, answers)
            assert (set(miss.cited.certain), set(miss.cited.possible)) == ways
        if Status.DESCRIBED not in found.changes:
            continue
        changes = found.changes[Status.DESCRIBED].changes
        for change, carried in zip(changes, found.described_by, strict=True):
            new = {f: v for f, v in change.answers.items() if not isinstance(v, Range)}
            if len(new) < len(change.answers):
                continue  # a range of a number is an answer of its own in the other tests
            for each, cited in carried.items():
                other = Answers({**answers, **new})
                ways = cited_by_enumeration(twin, option.statements[each], [other], answers)
                assert (set(cited.certain), set(cited.possible)) == ways


def cited_by_enumeration(
    twin: Brute, statement: Statement, among: list[Answers], given: Answers
) -> tuple[set[str], set[str]]:
    """The claims cited in each, and in some, of the cases in which a statement matches."""
    matches = twin.function(statement.rule)
    cases = [c for each in among for c in twin.completions(each, given) if matches(c)]
    found = [set(held(twin, statement.rule.tree, case)) for case in cases]
    certain = set.intersection(*found) if found else set()
    own = {*statement.claims}
    return certain | own, set().union(*found) - certain - own
