"""Every rule of a pathway, with the option, alert, shared tree or factor that it belongs to."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from wizard.pathway.factors import DerivedFactor, Points
from wizard.pathway.model import Alert, Option, Pathway
from wizard.pathway.position import Position
from wizard.pathway.trees import Rule, Tree, Use, asked, parts
from wizard.record import Record


class RuleKind(StrEnum):
    """What a rule decides."""

    STATEMENT = "statement"
    AIM = "aim"
    SETTING = "usual setting"
    EXCLUSION = "exclusion"
    ALERT = "alert"
    UNLESS = "unless"
    CERTAIN = "certain"
    MAYBE = "possible"
    SHARED = "shared tree"
    APPLIES = "applies_when"
    DERIVED = "derived value"


class RuleKey(NamedTuple):
    """What names a rule: its kind, its owner, the statement, exclusion or value in it, the aim."""

    kind: RuleKind
    owner: str
    part: str | None = None
    aim: str | None = None


CITING: Final = frozenset(
    {RuleKind.STATEMENT, RuleKind.EXCLUSION, RuleKind.AIM, RuleKind.SETTING, RuleKind.ALERT}
)
"""The kinds of rules that are shown with claims, and so with those of the ways that hold."""


class OwnedRule(Record):
    """A rule and its owner.

    `owner` is the option, alert, shared tree or factor; `statement` (for an exclusion, its own id),
    `aim` and `value` narrow it.
    """

    kind: RuleKind
    owner: str
    rule: Rule
    statement: str | None = None
    aim: str | None = None
    value: str | None = None

    @property
    def key(self) -> RuleKey:
        """What names it."""
        return RuleKey(self.kind, self.owner, self.statement or self.value, self.aim)

    @property
    def title(self) -> str:
        """The rule in words, by ids: `statement NAME of OPTION`."""
        if self.kind is RuleKind.AIM:
            under = f"statement {self.statement} of " if self.statement else ""
            return f"aim {self.aim} of {under}{self.owner}"
        return _TITLES.get(self.kind, "{kind} {owner}").format(
            kind=self.kind, owner=self.owner, statement=self.statement, value=self.value
        )


_TITLES: Final = {
    RuleKind.STATEMENT: "statement {statement} of {owner}",
    RuleKind.SETTING: "usual setting of {owner}",
    RuleKind.EXCLUSION: "exclusion {statement} of {owner}",
    RuleKind.UNLESS: "unless of alert {owner}",
    RuleKind.CERTAIN: "certain in the check of alert {owner}",
    RuleKind.MAYBE: "possible in the check of alert {owner}",
    RuleKind.APPLIES: "applies_when of {owner}",
    RuleKind.DERIVED: "value {value} of {owner}",
}


def owned_rules(pathway: Pathway) -> Iterator[OwnedRule]:
    """Every rule, in the pathway's order; a usual setting by use of a shared tree included."""
    for factor in pathway.factors.values():
        if factor.applies_when is not None:
            yield OwnedRule(RuleKind.APPLIES, factor.id, factor.applies_when)
        if isinstance(factor, DerivedFactor):
            for value, rule in factor.rules.items():
                yield OwnedRule(RuleKind.DERIVED, factor.id, rule, value=value)
    for shared in pathway.shared.values():
        yield OwnedRule(RuleKind.SHARED, shared.id, shared.rule)
    for option in pathway.options.values():
        yield from option_rules(option)
    for alert in pathway.alerts.values():
        if alert.answer_to is None:
            yield from alert_rules(alert)


def alert_rules(alert: Alert) -> Iterator[OwnedRule]:
    """Every rule of an alert that files write."""
    yield OwnedRule(RuleKind.ALERT, alert.id, alert.when)
    if alert.unless is not None:
        yield OwnedRule(RuleKind.UNLESS, alert.id, alert.unless)
    if alert.check is not None and alert.check.certain is not None:
        yield OwnedRule(RuleKind.CERTAIN, alert.id, alert.check.certain)
    if alert.check is not None and alert.check.possible is not None:
        yield OwnedRule(RuleKind.MAYBE, alert.id, alert.check.possible)


def points_of(pathway: Pathway) -> Iterator[Points]:
    """The points of every derived factor that adds some."""
    for factor in pathway.factors.values():
        if isinstance(factor, DerivedFactor):
            yield from factor.points


def behind(pathway: Pathway, factor: DerivedFactor) -> tuple[str, ...]:
    """The factors that a derived one is worked out from, in the order of the walk.

    Those behind other derived ones stand in their place.
    """
    asked = {points.factor for points in factor.points}
    for rule in factor.rules.values():
        asked |= asked_factors(pathway, rule.tree)
    for name in tuple(asked):
        other = pathway.factors[name]
        if isinstance(other, DerivedFactor):
            asked |= {*behind(pathway, other)} - {name}
            asked -= set() if other.may_be_answered else {name}
    return tuple(name for name in pathway.factors if name in asked)


def rules(pathway: Pathway) -> Iterator[Rule]:
    """Every rule, and the scopes of the statements, which decide nothing that shows."""
    yield from (owned.rule for owned in owned_rules(pathway))
    for option in pathway.options.values():
        yield from (each.scope for each in option.statements.values() if each.scope is not None)


def option_rules(option: Option) -> Iterator[OwnedRule]:
    """Every rule of an option."""
    for statement in option.statements.values():
        yield OwnedRule(RuleKind.STATEMENT, option.id, statement.rule, statement.id)
        for aim in statement.aims:
            if aim.when is not None:
                yield OwnedRule(RuleKind.AIM, option.id, aim.when, statement.id, aim.id)
    if option.usual_setting is not None:
        yield OwnedRule(RuleKind.SETTING, option.id, option.usual_setting.rule)
    for exclusion in option.excludes.values():
        yield OwnedRule(RuleKind.EXCLUSION, option.id, exclusion.when, exclusion.id)
    for aim in option.aims:
        if aim.when is not None:
            yield OwnedRule(RuleKind.AIM, option.id, aim.when, None, aim.id)


def is_own(pathway: Pathway, position: Position) -> bool:
    """Whether something stands in a pathway's own files, not in those of the base it adds to."""
    base = pathway.extends
    return base is None or not position.file.startswith(f"{base.pathway}/")


def uses(rule: Rule) -> set[str]:
    """The shared trees that a rule goes on with as it is written."""
    return {part.name for part in parts(rule.tree) if isinstance(part, Use)}


def users_first(every: Iterable[OwnedRule]) -> Iterator[OwnedRule]:
    """The rules, shared trees only after all that go on with them."""
    waiting = []
    for owned in every:
        if owned.kind is RuleKind.SHARED:
            waiting.append(owned)
        else:
            yield owned
    while waiting:
        used = {name for owned in waiting for name in uses(owned.rule)}
        yield from (owned for owned in waiting if owned.owner not in used)
        waiting = [owned for owned in waiting if owned.owner in used]


def asked_factors(pathway: Pathway, tree: Tree) -> set[str]:
    """The factors that a tree asks, in shared trees that it goes on with too.

    With a derived factor, those that it is worked out from.
    """
    shared = {name: each.rule.tree for name, each in pathway.shared.items()}
    applies = ((factor.id, factor.applies_when) for factor in pathway.factors.values())
    guards = {name: rule.tree for name, rule in applies if rule is not None}
    found = asked(tree, shared, guards)
    for name in tuple(found):
        factor = pathway.factors[name]
        if isinstance(factor, DerivedFactor):
            found |= {*behind(pathway, factor)}
    return found
