"""The claims that a sentence is cited with in a case."""

from collections.abc import Iterator

from wizard.pathway.model import Option
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.reasoning.situation import Situation
from wizard.record import replace
from wizard.wording.outline import Citation
from wizard.wording.sources import citations


def cited_by_way(
    situation: Situation, *places: tuple[RuleKey, tuple[str, ...]]
) -> tuple[Citation, ...]:
    """The claims of every way and of the ways that hold, then of those that may.

    `places` are the rules of one sentence, each with its claims of every way.
    """
    pathway, today = situation.pathway, situation.today
    found = situation.assessment.cited(*places)
    may = citations(pathway, found.possible, today)
    return (
        *citations(pathway, found.certain, today),
        *(replace(each, badge=f"{each.badge}; holds only with further answers") for each in may),
    )


def aim_places(option: Option, aim: str) -> Iterator[tuple[RuleKey, tuple[str, ...]]]:
    """Every place of an aim of an option, with its claims there; at statements first."""
    owners = [(each.id, each.aims) for each in option.statements.values()]
    for owner, aims in (*owners, (None, option.aims)):
        for each in aims:
            if each.id == aim:
                yield RuleKey(RuleKind.AIM, option.id, owner, aim), each.claims
