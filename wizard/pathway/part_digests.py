"""A digest of every part of a pathway that a result may rest on.

A case keeps them, so that a later version can tell which of the parts changed without the files of
the version before.  What was only given another id has the same digest: a digest has the first id
that each thing ever had.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from wizard.pathway.factors import (
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Points,
    named_values,
)
from wizard.pathway.model import Alert, Option, Pathway
from wizard.pathway.owned_rules import OwnedRule, alert_rules, option_rules
from wizard.pathway.position import Position
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    AtLeast,
    Not,
    OneOf,
    Outcome,
    Requirement,
    Rule,
    Test,
    Tree,
    Use,
    parts,
)
from wizard.record import Record, fields_of

WORDS: Final = "words"
"""The part of an owner on which no result rests."""
_LENGTH: Final = 8
"""Digits of a digest: two that differ are alike by chance once in four thousand million."""
_NOT_SAID: Final = frozenset({"id", "was", "position", "also", "short"})


class Part(Record):
    """A rule or the words of an owner: their digest, and where they stand."""

    digest: str
    position: Position


class Owner(Record):
    """An option, alert, factor or shared tree: its parts by name, and the keys of the owners that
    its rules go by.
    """

    parts: Mapping[str, Part]
    goes_by: tuple[str, ...]


def owners(pathway: Pathway) -> Mapping[str, Owner]:
    """All that results rest on, by keys such as `option ID`, `shared tree NAME`.

    The kinds are `factor`, `shared tree`, `option` and `alert`.
    """
    digests = _Digests(pathway)
    return {
        **{f"factor {key}": digests.factor(each) for key, each in pathway.factors.items()},
        **{
            f"shared tree {key}": Owner({"tree": digests.part(each.rule)}, _goes_by([each.rule]))
            for key, each in pathway.shared.items()
        },
        **{f"option {key}": digests.option(each) for key, each in pathway.options.items()},
        **{f"alert {key}": digests.alert(each) for key, each in pathway.alerts.items()},
    }


class _Digests:
    """Makes the digests of one pathway."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.first: dict[str, str] = {}
        for before, now in pathway.former.items():
            kind, _, name = before.partition(" ")
            of, dot, _ = name.rpartition(".")
            self.first.setdefault(f"{kind} {of}{dot}{now}", name.removeprefix(f"{of}{dot}"))

    def option(self, option: Option) -> Owner:
        rules = {_part_name(owned): owned.rule for owned in option_rules(option)}
        places = {each.id: each.aims for each in option.statements.values()} | {"": option.aims}
        aims = {name: [(aim.id, aim.when is None) for aim in of] for name, of in places.items()}
        cited = self.pathway.claims_on[option.id]
        words = [_said(option), {each: _said(self.pathway.claims[each]) for each in cited}]
        own = {
            **{name: self.part(rule) for name, rule in rules.items()},
            "aims": Part(_digest(aims), option.position),
            WORDS: Part(_digest(words), option.position),
        }
        return Owner(own, _goes_by(rules.values()))

    def alert(self, alert: Alert) -> Owner:
        rules = {owned.kind.value: owned.rule for owned in alert_rules(alert)}
        check = None if alert.check is None else alert.check.options
        about = [
            {self.name("option", each): statuses for each, statuses in (of or {}).items()}
            for of in (alert.about, check)
        ]
        trees = {kind: self.tree(rule.tree) for kind, rule in rules.items()}
        own = {"rule": Part(_digest([trees, *about, check is None]), alert.position)}
        options = (f"option {each}" for each in (*alert.about, *(check or ())))
        answered = (f"factor {alert.answer_to}",) if alert.answer_to else ()
        return Owner(own, _goes_by(rules.values(), *options, *answered))

    def factor(self, factor: Factor) -> Owner:
        rules: dict[str, Rule] = {}
        points: tuple[Points, ...] = ()
        if factor.applies_when is not None:
            rules["applies_when"] = factor.applies_when
        if isinstance(factor, DerivedFactor):
            rules |= {f"value {value}": rule for value, rule in factor.rules.items()}
            points = factor.points
        own = {name: self.part(rule) for name, rule in rules.items()}
        own["answers"] = Part(_digest(self.answers(factor)), factor.position)
        named = [(each.label, each.help) for each in named_values(factor).values()]
        said = [factor.label, factor.question, factor.help, factor.not_done, named]
        own[WORDS] = Part(_digest(said), factor.position)
        return Owner(own, _goes_by(rules.values(), *(f"factor {each.factor}" for each in points)))

    def answers(self, factor: Factor) -> list[object]:
        """What can be answered, and what sums of points come to."""
        found: list[object] = [
            type(factor).__name__,
            [self.value(factor.id, each) for each in named_values(factor)],
            factor.not_done is not None,
        ]
        match factor:
            case NumberFactor():
                found += [factor.unit, factor.minimum, factor.maximum, factor.whole]
            case MultiFactor():
                found += [factor.at_least]
            case DerivedFactor():
                found += [factor.may_be_answered, list(map(self.points, factor.points))]
                found += [{self.value(factor.id, v): _said(at) for v, at in factor.sums.items()}]
        return found

    def points(self, points: Points) -> list[object]:
        tests = (each.test for each in points.branches)
        return [
            self.name("factor", points.factor),
            points.points,
            *(self.test(points.factor, each) for each in tests),
        ]

    def part(self, rule: Rule) -> Part:
        return Part(_digest(self.tree(rule.tree)), rule.position)

    def tree(self, tree: Tree) -> object:
        """What a tree says, without its places and claims."""
        match tree:
            case Outcome():
                return tree.described
            case Use():
                return ["use", tree.name]
            case Not():
                return ["not", self.tree(tree.tree)]
            case AtLeast():
                return [tree.least, *map(self.tree, tree.trees)]
            case Requirement():
                tests = (self.test(tree.factor, each) for each in tree.tests)
                return ["requires", self.name("factor", tree.factor), tree.negated, *tests]
            case Ask():
                # What an `otherwise` takes follows from the other branches, and from the answers
                # that the factor has.
                ways = (
                    [each.otherwise or self.test(tree.factor, each.test), self.tree(each.tree)]
                    for each in tree.branches
                )
                return ["ask", self.name("factor", tree.factor), *ways]

    def test(self, factor: str, test: Test) -> object:
        match test:
            case OneOf(ids) | AnyOf(ids):
                return [type(test).__name__, *sorted(self.value(factor, each) for each in ids)]
            case _:
                return [type(test).__name__, _said(test)]

    def name(self, kind: str, own: str) -> str:
        return self.first.get(f"{kind} {own}", own)

    def value(self, factor: str, own: str) -> str:
        return self.first.get(f"value {factor}.{own}", own)


def _goes_by(rules: Iterable[Rule], *others: str) -> tuple[str, ...]:
    """The keys of the factors and shared trees that rules ask, and others."""
    every = (part for rule in rules for part in parts(rule.tree))
    asked = (
        f"shared tree {part.name}" if isinstance(part, Use) else f"factor {part.factor}"
        for part in every
        if isinstance(part, Use | Ask | Requirement)
    )
    return tuple(dict.fromkeys((*asked, *others)))


def _part_name(owned: OwnedRule) -> str:
    """A rule of an option, by its name in it."""
    return owned.title.removesuffix(f" of {owned.owner}")


def _said(value: object) -> Any:
    """A value as JSON, without ids, places and rules."""
    match value:
        case Rule():
            return None
        case Record():
            names = (each for each in fields_of(type(value)) if each not in _NOT_SAID)
            return {each: _said(getattr(value, each)) for each in names}
        case Mapping():
            return {key: _said(each) for key, each in value.items()}
        case tuple() | list():
            return list(map(_said, value))
        case Decimal():
            return str(value.normalize())
    return value


def _digest(data: object) -> str:
    text = json.dumps(_said(data), sort_keys=True)
    return sha256(text.encode()).hexdigest()[:_LENGTH]
