"""What rests on what: nothing that cites something is left out, and nothing is made up."""

import pytest

from tests.small import park, prostate, shipped, small
from wizard.engine.compiling import Compiled
from wizard.pathway.owned_rules import asked_factors, owned_rules
from wizard.wording.resting import asking_sections, resting, resting_sections, using_sections

PATHWAYS = [shipped(), prostate(), park(), small()]


@pytest.mark.parametrize("compiled", PATHWAYS)
def test_every_claim_rests_somewhere_or_says_why_not(compiled: Compiled) -> None:
    pathway = compiled.pathway
    cited = {each.on for each in resting(pathway)}
    assert pathway.claims.keys() - cited == pathway.not_surfaced.keys() - cited
    assert cited <= pathway.claims.keys() | pathway.assumptions.keys()


@pytest.mark.parametrize("compiled", PATHWAYS)
def test_an_option_rests_on_all_of_its_claims(compiled: Compiled) -> None:
    pathway = compiled.pathway
    for option in pathway.options.values():
        about = f"option:{option.id}"
        on = {each.on for each in resting(pathway) if each.about == about}
        assert on >= set(option.claims) | set(option.assumes)


@pytest.mark.parametrize("compiled", PATHWAYS)
def test_a_question_is_asked_by_every_rule_that_asks_it_itself(compiled: Compiled) -> None:
    pathway = compiled.pathway
    for factor in pathway.factors:
        leads = {item.about for each in asking_sections(pathway, factor) for item in each.items}
        owners = {
            owned.owner
            for owned in owned_rules(pathway)
            if factor in asked_factors(pathway, owned.rule.tree)
        }
        assert {each.partition(":")[2] for each in leads} <= owners
        assert bool(leads) == bool(owners)


def test_what_goes_on_with_a_shared_tree_is_told_with_its_part() -> None:
    pathway = small().pathway
    sections = using_sections(pathway, next(iter(pathway.shared)))
    assert sections
    for section in sections:
        assert section.title.endswith("that go on with it")
        assert all(part.text for each in section.items for part in each.items)


def test_sections_count_what_they_list() -> None:
    pathway = shipped().pathway
    for claim in pathway.claims:
        for section in resting_sections(pathway, claim):
            assert section.count == len(section.items)
            assert all(each.about and each.items for each in section.items)
