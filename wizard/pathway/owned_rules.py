"""Every rule of a pathway, with the option, alert, shared tree or factor that it belongs to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wizard.pathway.model import Option, Pathway
from wizard.pathway.trees import Rule, Tree, Use, asked, parts


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


@dataclass(frozen=True, slots=True)
class OwnedRule:
    """A rule and its owner.

    `owner` is the option, alert, shared tree or factor; `statement` (for an exclusion, its own id)
    and `aim` narrow it.
    """

    kind: RuleKind
    owner: str
    rule: Rule
    statement: str | None = None
    aim: str | None = None

    @property
    def title(self) -> str:
        """The rule in words, by ids: `statement NAME of OPTION`."""
        if self.kind is RuleKind.AIM:
            under = f"statement {self.statement} of " if self.statement else ""
            return f"aim {self.aim} of {under}{self.owner}"
        return _TITLES.get(self.kind, "{kind} {owner}").format(
            kind=self.kind, owner=self.owner, statement=self.statement
        )


_TITLES: Final = {
    RuleKind.STATEMENT: "statement {statement} of {owner}",
    RuleKind.SETTING: "usual setting of {owner}",
    RuleKind.EXCLUSION: "exclusion {statement} of {owner}",
    RuleKind.UNLESS: "unless of alert {owner}",
    RuleKind.CERTAIN: "certain in the check of alert {owner}",
    RuleKind.MAYBE: "possible in the check of alert {owner}",
    RuleKind.APPLIES: "applies_when of {owner}",
}


def owned_rules(pathway: Pathway) -> Iterator[OwnedRule]:
    """Every rule, in the pathway's order; a usual setting by use of a shared tree included."""
    for factor in pathway.factors.values():
        if factor.applies_when is not None:
            yield OwnedRule(RuleKind.APPLIES, factor.id, factor.applies_when)
    for shared in pathway.shared.values():
        yield OwnedRule(RuleKind.SHARED, shared.id, shared.rule)
    for option in pathway.options.values():
        yield from option_rules(option)
    for alert in pathway.alerts.values():
        yield OwnedRule(RuleKind.ALERT, alert.id, alert.when)
        if alert.unless is not None:
            yield OwnedRule(RuleKind.UNLESS, alert.id, alert.unless)
        if alert.check is not None and alert.check.certain is not None:
            yield OwnedRule(RuleKind.CERTAIN, alert.id, alert.check.certain)
        if alert.check is not None and alert.check.possible is not None:
            yield OwnedRule(RuleKind.MAYBE, alert.id, alert.check.possible)


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
    """The factors that a tree asks, in shared trees that it goes on with too."""
    shared = {name: each.rule.tree for name, each in pathway.shared.items()}
    applies = ((factor.id, factor.applies_when) for factor in pathway.factors.values())
    return asked(tree, shared, {name: rule.tree for name, rule in applies if rule is not None})
