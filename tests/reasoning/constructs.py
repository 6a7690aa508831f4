"""What the format can say beside its rules, put on a random pathway.

Groups, short labels, other words, claims of ways and of values, documents, cautions on conditions.
"""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Final, TypeVar

from tests.reasoning.records import HERE
from wizard.pathway.factors import (
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    Value,
    ValueGroup,
)
from wizard.pathway.model import (
    Aim,
    Alert,
    AlertLevel,
    Exclusion,
    Option,
    Pathway,
    SharedTree,
    Statement,
    Status,
)
from wizard.pathway.sources import Claim, Source
from wizard.pathway.trees import Ask, AtLeast, Outcome, Rule, Tree

DOCUMENTS: Final = ("ONE", "TWO", "THREE")
Sentence = TypeVar("Sentence", Statement, Exclusion)
COMMON: Final = {name: f"{name}-01" for name in DOCUMENTS}
"""The claim that each statement and exclusion of a document cites for every way."""
ACTIONS: Final = {"avoid": "The document says not to give it", "monitor": "Look again"}
OF_WAYS: Final = tuple(f"ONE-{number}" for number in range(10, 16))
OF_SHARED: Final = tuple(f"TWO-{number}" for number in range(20, 24))
OF_VALUES: Final = tuple(f"THREE-{number}" for number in range(30, 34))


def document(name: str) -> Source:
    """A document of this name."""
    return Source(
        id=name,
        title=name,
        short=name,
        file=f"{name}.md",
        sha256="0" * 64,
        publisher=None,
        date="2020",
        audience="",
        type="",
        country="",
        position=HERE,
    )


def claim(name: str) -> Claim:
    """A claim of this name."""
    return Claim(
        id=name,
        source=name.partition("-")[0],
        says=f"What {name} says.",
        section="1",
        lines="1",
        anchor=name,
        kind="condition",
        strength="may",
        position=HERE,
    )


def with_constructs(random: Random, pathway: Pathway) -> Pathway:
    """The pathway with everything that its rules do not need."""
    every = (*COMMON.values(), *OF_WAYS, *OF_SHARED, *OF_VALUES)
    cautions = {
        caution.id: caution
        for option in pathway.options
        if random.random() < 0.4
        for caution in [a_caution(random, option, pathway)]
    }
    shared = zip(pathway.shared.items(), OF_SHARED, strict=False)
    return replace(
        pathway,
        factors={name: labelled(random, factor) for name, factor in pathway.factors.items()},
        shared={name: cited_tree(random, tree, own) for (name, tree), own in shared},
        options={name: cited(random, option) for name, option in pathway.options.items()},
        alerts={
            name: replace(alert, when=by_way(random, alert.when))
            for name, alert in {**pathway.alerts, **cautions}.items()
        },
        sources={name: document(name) for name in DOCUMENTS},
        claims={name: claim(name) for name in every},
        actions=ACTIONS,
    )


def labelled(random: Random, factor: Factor) -> Factor:
    """The factor with a short label, other words, a group and, of a derived one, claims."""
    factor = replace(factor, short=f"{factor.id} s", also=(f"{factor.id} word",))
    match factor:
        case DerivedFactor():
            own = zip(factor.values.items(), OF_VALUES, strict=False)
            values = {name: replace(worded(value), claims=(one,)) for (name, value), one in own}
            return replace(factor, values=values, groups=a_group(random, factor.values))
        case ChoiceFactor():
            groups = {**factor.groups, **a_group(random, factor.values)}
            return replace(
                factor, values={v.id: worded(v) for v in factor.values.values()}, groups=groups
            )
        case MultiFactor():
            members = {v.id: worded(v) for v in factor.members.values()}
            return replace(factor, members=members, groups=a_group(random, members))
        case _:
            return factor


def worded(value: Value) -> Value:
    return replace(value, short=f"{value.id} s", also=(f"{value.id} word",))


def a_group(random: Random, values: Mapping[str, Value]) -> dict[str, ValueGroup]:
    """A group of some but not all of the values."""
    some = random.sample(list(values), random.randint(1, len(values) - 1))
    return {"some": ValueGroup(id="some", label="some of them", short="some", values=tuple(some))}


def cited_tree(random: Random, shared: SharedTree, own: str) -> SharedTree:
    return replace(shared, rule=by_way(random, shared.rule), claims=(own,))


def cited(random: Random, option: Option) -> Option:
    """The option with a document and claims for each of its sentences."""

    def of_document(sentence: Sentence) -> Sentence:
        source = random.choice(DOCUMENTS)
        return replace(sentence, source=source, claims=(COMMON[source],))

    return replace(
        option,
        short=f"{option.id} s",
        also=(f"{option.id} word",),
        statements={
            name: replace(
                of_document(each),
                rule=by_way(random, each.rule),
                aims=cited_aims(random, each.aims),
            )
            for name, each in option.statements.items()
        },
        excludes={
            name: replace(of_document(each), when=by_way(random, each.when))
            for name, each in option.excludes.items()
        },
        usual_setting=option.usual_setting
        and replace(option.usual_setting, rule=by_way(random, option.usual_setting.rule)),
        aims=cited_aims(random, option.aims),
    )


def cited_aims(random: Random, aims: tuple[Aim, ...]) -> tuple[Aim, ...]:
    return tuple(
        replace(aim, claims=("ONE-01",), when=aim.when and by_way(random, aim.when)) for aim in aims
    )


def by_way(random: Random, rule: Rule) -> Rule:
    """The rule with claims on some of its ways and leaves."""
    return replace(rule, tree=way(random, rule.tree))


def way(random: Random, tree: Tree) -> Tree:
    own = (random.choice(OF_WAYS),) if random.random() < 0.6 else ()
    match tree:
        case Outcome(described=True):
            return replace(tree, claims=own)
        case AtLeast(trees=trees):
            return replace(tree, trees=tuple(way(random, each) for each in trees), claims=own)
        case Ask(branches=branches):
            below = (replace(each, tree=way(random, each.tree)) for each in branches)
            return replace(tree, branches=tuple(below))
    return tree


def a_caution(random: Random, option: str, pathway: Pathway) -> Alert:
    """A caution of an option on a condition: one that a statement of some option has."""
    statement = random.choice(
        [each for one in pathway.options.values() for each in one.statements.values()]
    )
    action = random.choice(list(ACTIONS))
    return Alert(
        id=f"{option}_caution.one_01",
        level=AlertLevel.CAUTION,
        title=f"{option}: {ACTIONS[action]}",
        claims=("ONE-01",),
        when=statement.rule,
        about={option: (Status.DESCRIBED, Status.POSSIBLE)},
        action=action,
        position=HERE,
    )
