"""What rests on a claim, an assumption, a question or a shared tree, and with which part."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from wizard.pathway.factors import DerivedFactor, Factor, named_values
from wizard.pathway.model import Alert, Option, Pathway, SharedTree
from wizard.pathway.owned_rules import OwnedRule, RuleKind, owned_rules, uses
from wizard.pathway.sources import Source
from wizard.pathway.trees import Ask, Requirement, Rule, claims_of, parts
from wizard.record import Record
from wizard.wording.answers import factor_label
from wizard.wording.options import ROW_TITLES
from wizard.wording.outline import Item, Section


class Resting(Record):
    """That something rests on a claim or an assumption, which `on` names.

    `about` and `label` are of what rests on it, such as an option; `where` says which part.
    """

    on: str
    about: str
    label: str
    where: str


_WORD: Final = re.compile(r"[\w-]+")
_TITLES: Final = {
    "option": "Options",
    "alert": "Alerts",
    "factor": "Questions",
    "shared": "Shared trees",
    "term": "Terms",
    "assumption": "Assumptions",
    "document": "Documents",
}
"""What is headed how, by the kind of target that leads to it."""


def resting(pathway: Pathway) -> Iterator[Resting]:
    """All that rests on a claim or an assumption, in the pathway's order."""
    for option in pathway.options.values():
        yield from _of(f"option:{option.id}", option.label, _option(pathway, option))
    for alert in pathway.alerts.values():
        yield from _of(f"alert:{alert.id}", alert.title, _alert(alert))
    for factor in pathway.factors.values():
        yield from _of(f"factor:{factor.id}", factor_label(factor), _factor(factor))
    for shared in pathway.shared.values():
        yield from _of(f"shared:{shared.id}", shared.label, _shared(shared))
    for term in pathway.glossary.values():
        yield from _of(
            f"term:{term.id}", term.term, [("what it means", term.claims + term.assumes)]
        )
    for assumption in pathway.assumptions.values():
        named = tuple(each for each in _WORD.findall(assumption.says) if each in pathway.claims)
        yield from _of(f"assumption:{assumption.id}", assumption.id, [("names it", named)])
    for source in pathway.sources.values():
        yield from _of(f"document:{source.id}", source.short, _source(source))


def resting_sections(pathway: Pathway, on: str) -> tuple[Section, ...]:
    """What rests on a claim or an assumption, by its kind; each leads to itself."""
    return _by_kind((each for each in resting(pathway) if each.on == on), "that rest on it")


def asking_sections(pathway: Pathway, factor: str) -> tuple[Section, ...]:
    """The rules that ask a question themselves, by what they belong to."""
    asking = (each for each in owned_rules(pathway) if _asks(each.rule, factor))
    return _by_kind((_owned(pathway, each, factor) for each in asking), "that ask it")


def using_sections(pathway: Pathway, shared: str) -> tuple[Section, ...]:
    """The rules that go on with a shared tree, by what they belong to."""
    using = (each for each in owned_rules(pathway) if shared in uses(each.rule))
    return _by_kind((_owned(pathway, each, shared) for each in using), "that go on with it")


# --- parts -----------------------------------------------------------------------------------


_Parts = Iterable[tuple[str, tuple[str, ...]]]
"""What each part is, and the claims and assumptions that it names."""


def _of(about: str, label: str, named: _Parts) -> Iterator[Resting]:
    return (Resting(on, about, label, where) for where, every in named for on in every)


def _option(pathway: Pathway, option: Option) -> _Parts:
    for statement in option.statements.values():
        document = pathway.sources[statement.source].short
        yield f"what {document} states", statement.every_claim + statement.assumes
    for exclusion in option.excludes.values():
        document = pathway.sources[exclusion.source].short
        yield f"for whom it is not meant, by {document}", exclusion.every_claim + exclusion.assumes
    for aims in option.aims_by_id.values():
        for aim in aims:
            yield f"aim: {aim.label}", aim.every_claim + aim.assumes
    setting = option.usual_setting
    if setting is not None:
        yield f"usual setting: {setting.label}", setting.every_claim + setting.assumes
    for row, claims in option.card.items():
        yield ROW_TITLES[row], claims
    yield from (("a note", note.claims) for note in option.notes)
    yield "all of it", option.assumes


def _alert(alert: Alert) -> _Parts:
    yield "what it says", alert.every_claim
    yield "its rule", alert.assumes


def _factor(factor: Factor) -> _Parts:
    yield "the question", factor.claims
    yield from ((f"answer: {each.label}", each.claims) for each in named_values(factor).values())
    if isinstance(factor, DerivedFactor):
        for value, rule in factor.rules.items():
            where = f"how it is worked out: {factor.values[value].label}"
            yield where, tuple(claims_of(rule.tree))
    yield "how it is asked", factor.assumes


def _shared(shared: SharedTree) -> _Parts:
    yield "the tree", shared.claims + tuple(claims_of(shared.rule.tree)) + shared.assumes


def _source(source: Source) -> _Parts:
    yield "what it is", source.card
    yield "what it leaves out", source.leaves_out


def _asks(rule: Rule, factor: str) -> bool:
    asking = (part for part in parts(rule.tree) if isinstance(part, Ask | Requirement))
    return any(part.factor == factor for part in asking)


_OWNERS: Final = {
    RuleKind.SHARED: "shared",
    RuleKind.APPLIES: "factor",
    RuleKind.DERIVED: "factor",
    RuleKind.STATEMENT: "option",
    RuleKind.EXCLUSION: "option",
    RuleKind.AIM: "option",
    RuleKind.SETTING: "option",
}
"""What a rule of a kind belongs to; any other belongs to an alert."""


def _owned(pathway: Pathway, owned: OwnedRule, on: str) -> Resting:
    return Resting(on, *_owner(pathway, owned), _part(pathway, owned))


def _owner(pathway: Pathway, owned: OwnedRule) -> tuple[str, str]:
    kind, name = _OWNERS.get(owned.kind, "alert"), owned.owner
    match kind:
        case "option":
            label = pathway.options[name].label
        case "factor":
            label = factor_label(pathway.factors[name])
        case "shared":
            label = pathway.shared[name].label
        case _:
            label = pathway.alerts[name].title
    return f"{kind}:{name}", label


def _part(pathway: Pathway, owned: OwnedRule) -> str:
    """Which part of its owner a rule is."""
    match owned.kind:
        case RuleKind.STATEMENT:
            statement = pathway.options[owned.owner].statements[owned.statement or ""]
            return f"what {pathway.sources[statement.source].short} states"
        case RuleKind.EXCLUSION:
            return "for whom it is not meant"
        case RuleKind.AIM:
            return f"aim: {pathway.options[owned.owner].aims_by_id[owned.aim or ''][0].label}"
        case RuleKind.DERIVED:
            label = named_values(pathway.factors[owned.owner])[owned.value or ""].label
            return f"how it is worked out: {label}"
        case _:
            return _PARTS[owned.kind]


_PARTS: Final = {
    RuleKind.SETTING: "the usual setting",
    RuleKind.ALERT: "when it comes up",
    RuleKind.UNLESS: "what silences it",
    RuleKind.CERTAIN: "when it is to be checked",
    RuleKind.MAYBE: "when it is to be checked",
    RuleKind.SHARED: "the tree",
    RuleKind.APPLIES: "whether it is asked",
}


def _by_kind(found: Iterable[Resting], title: str) -> tuple[Section, ...]:
    """A section for each kind of thing, in which each thing tells its parts."""
    kinds: dict[str, dict[tuple[str, str], dict[str, None]]] = {}
    for each in found:
        kind = kinds.setdefault(each.about.partition(":")[0], {})
        kind.setdefault((each.about, each.label), {})[each.where] = None
    return tuple(
        Section(
            f"{words} {title}",
            items=tuple(
                Item(label, tuple(Item(each, quiet=True) for each in where), about=about)
                for (about, label), where in kinds[kind].items()
            ),
            count=len(kinds[kind]),
        )
        for kind, words in _TITLES.items()
        if kind in kinds
    )
