"""Thresholds whose unit has changed under them: the same number, another quantity."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from wizard.pathway.model import NumberFactor, Pathway
from wizard.pathway.owned_rules import OwnedRule, owned_rules
from wizard.pathway.position import Position
from wizard.pathway.trees import Range, asks
from wizard.workbench.branches import own_question


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a rule of the new version asks for, and its unit in both versions."""

    rule: str
    factor: str
    label: str
    position: Position
    number: Decimal
    old_unit: str
    new_unit: str


def changed_thresholds(old: Pathway, new: Pathway) -> Iterator[Threshold]:
    """Every threshold that kept its number while the unit of its factor changed."""
    before = {owned.title: owned for owned in owned_rules(old)}
    for factor in new.factors.values():
        earlier = old.factors.get(factor.id)
        if not isinstance(factor, NumberFactor) or not isinstance(earlier, NumberFactor):
            continue
        units = earlier.unit, factor.unit
        for owned in owned_rules(new) if earlier.unit != factor.unit else ():
            kept = _bounds(before[owned.title], factor) if owned.title in before else {}
            for number, position in _bounds(owned, factor).items():
                if number in kept:
                    yield Threshold(owned.title, factor.id, factor.label, position, number, *units)


def _bounds(owned: OwnedRule, factor: NumberFactor) -> dict[Decimal, Position]:
    """The thresholds that a rule has for a factor, and where each stands first."""
    found: dict[Decimal, Position] = {}
    for node in asks(owned.rule.tree):
        if node.factor == factor.id and own_question(owned.rule, node):
            for branch in node.branches:
                if isinstance(branch.test, Range):
                    for bound in branch.test.bounds:
                        found.setdefault(bound, branch.position)
    return found
