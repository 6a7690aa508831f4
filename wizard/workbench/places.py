"""Every rule of a pathway, with what it belongs to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wizard.engine.space import asks
from wizard.pathway.model import Option, Pathway
from wizard.pathway.trees import Ask, Rule, Tree, Use


class Kind(StrEnum):
    """What a rule decides."""

    STATEMENT = "statement"
    AIM = "aim"
    SETTING = "usual setting"
    ALERT = "alert"
    UNLESS = "unless"
    CERTAIN = "certain"
    MAYBE = "possible"
    SHARED = "shared tree"
    APPLIES = "applies_when"


@dataclass(frozen=True, slots=True)
class Place:
    """A rule and its owner.

    `owner` is the option, alert, shared tree or factor; `statement` and `aim` narrow it.
    """

    kind: Kind
    owner: str
    rule: Rule
    statement: str | None = None
    aim: str | None = None

    @property
    def title(self) -> str:
        """The rule in words, by ids: `statement NAME of OPTION`."""
        if self.kind is Kind.AIM:
            under = f"statement {self.statement} of " if self.statement else ""
            return f"aim {self.aim} of {under}{self.owner}"
        return _TITLES.get(self.kind, "{kind} {owner}").format(
            kind=self.kind, owner=self.owner, statement=self.statement
        )


_TITLES: Final = {
    Kind.STATEMENT: "statement {statement} of {owner}",
    Kind.SETTING: "usual setting of {owner}",
    Kind.UNLESS: "unless of alert {owner}",
    Kind.CERTAIN: "certain in the check of alert {owner}",
    Kind.MAYBE: "possible in the check of alert {owner}",
    Kind.APPLIES: "applies_when of {owner}",
}


def places(pathway: Pathway) -> Iterator[Place]:
    """Every rule, in the pathway's order; a usual setting by use of a shared tree included."""
    for factor in pathway.factors.values():
        if factor.applies_when is not None:
            yield Place(Kind.APPLIES, factor.id, factor.applies_when)
    for shared in pathway.shared.values():
        yield Place(Kind.SHARED, shared.id, shared.rule)
    for option in pathway.options.values():
        yield from places_of(option)
    for alert in pathway.alerts.values():
        yield Place(Kind.ALERT, alert.id, alert.when)
        if alert.unless is not None:
            yield Place(Kind.UNLESS, alert.id, alert.unless)
        if alert.check is not None and alert.check.certain is not None:
            yield Place(Kind.CERTAIN, alert.id, alert.check.certain)
        if alert.check is not None and alert.check.possible is not None:
            yield Place(Kind.MAYBE, alert.id, alert.check.possible)


def places_of(option: Option) -> Iterator[Place]:
    """Every rule of an option."""
    for statement in option.statements.values():
        yield Place(Kind.STATEMENT, option.id, statement.rule, statement.id)
        for aim in statement.aims:
            if aim.when is not None:
                yield Place(Kind.AIM, option.id, aim.when, statement.id, aim.id)
    if option.usual_setting is not None:
        yield Place(Kind.SETTING, option.id, option.usual_setting.rule)
    for aim in option.aims:
        if aim.when is not None:
            yield Place(Kind.AIM, option.id, aim.when, None, aim.id)


def uses(rule: Rule) -> set[str]:
    """The shared trees that a rule goes on with as it is written.

    The tree of a condition need not name them: it asks the questions of several in their place,
    and none of those that cannot matter.
    """
    needs = (need for clause in rule.clauses or () for need in clause.requirements)
    return {need.use for need in needs if need.use is not None} | set(_named(rule.tree))


def users_first(every: Iterable[Place]) -> Iterator[Place]:
    """The rules, shared trees only after all that go on with them."""
    waiting = []
    for place in every:
        if place.kind is Kind.SHARED:
            waiting.append(place)
        else:
            yield place
    while waiting:
        used = {name for place in waiting for name in uses(place.rule)}
        yield from (place for place in waiting if place.owner not in used)
        waiting = [place for place in waiting if place.owner in used]


def asked_factors(pathway: Pathway, tree: Tree) -> set[str]:
    """The factors that a tree asks, in shared trees that it goes on with too."""
    found = {node.factor for node in asks(tree)}
    for name in _named(tree):
        found |= asked_factors(pathway, pathway.shared[name].rule.tree)
    return found


def _named(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Use):
        yield tree.name
    elif isinstance(tree, Ask):
        for branch in tree.branches:
            yield from _named(branch.tree)
