"""The claims that a sentence is cited with in a case."""

from collections.abc import Iterator

from wizard.pathway.model import Option
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.reasoning.assessment import Cited
from wizard.reasoning.situation import Situation
from wizard.record import replace
from wizard.wording.outline import Citation
from wizard.wording.sources import citations


def cited_by_way(
    situation: Situation, *places: tuple[RuleKey, tuple[str, ...]]
) -> tuple[Citation, ...]:
    """What a sentence is cited with: `places` are its rules, each with its claims of every way."""
    return cited_with(situation, situation.assessment.cited(*places))


def cited_with(situation: Situation, *sentences: Cited) -> tuple[Citation, ...]:
    """The claims that are certain for one of these sentences, then those that are possible."""
    pathway, today = situation.pathway, situation.today
    certain = dict.fromkeys(claim for each in sentences for claim in each.certain)
    ways = dict.fromkeys(claim for each in sentences for claim in each.possible)
    may = citations(pathway, (claim for claim in ways if claim not in certain), today)
    return (
        *citations(pathway, certain, today),
        *(replace(each, badge=f"{each.badge}; holds only with further answers") for each in may),
    )


def aim_places(option: Option, aim: str) -> Iterator[tuple[RuleKey, tuple[str, ...]]]:
    """Every place of an aim of an option, with its claims there; at statements first."""
    owners = [(each.id, each.aims) for each in option.statements.values()]
    for owner, aims in (*owners, (None, option.aims)):
        for each in aims:
            if each.id == aim:
                yield RuleKey(RuleKind.AIM, option.id, owner, aim), each.claims
