"""Which claims a reviewer has to read again, because what rests on them has changed."""

from collections.abc import Iterable, Iterator

from wizard.pathway.model import Option, Pathway
from wizard.pathway.owned_rules import owned_rules
from wizard.pathway.sources import Claim
from wizard.workbench.places import shared_trees
from wizard.workbench.rule_diff import FunctionChange, Subject


def claims_to_read(
    old: Pathway, new: Pathway, changes: Iterable[FunctionChange]
) -> tuple[Claim, ...]:
    """The claims that changed functions rest on in either version, those of the new one first."""
    found: dict[str, Claim] = {}
    every = [change for change in changes if change.follows is None]
    # An option rests on its statements: its own change is that of one of them, if one changes.
    parts = [change for change in every if change.subject is not Subject.OPTION] or every
    for pathway in (new, old):
        for change in parts:
            for name in _claims(pathway, change):
                if name in pathway.claims:
                    found.setdefault(name, pathway.claims[name])
    return tuple(found.values())


def _claims(pathway: Pathway, change: FunctionChange) -> Iterator[str]:
    owner, part = change.owner, change.part
    if change.subject is Subject.QUESTION and owner in pathway.factors:
        yield from pathway.factors[owner].claims
    elif owner in pathway.alerts and owner not in pathway.options:
        yield from pathway.alerts[owner].every_claim
    elif owner in pathway.options:
        yield from _claims_of_option(pathway.options[owner], change.subject, part)
    owned = (
        rule
        for rule in owned_rules(pathway)
        if rule.owner == owner and part in (None, rule.statement, rule.aim)
    )
    for name in shared_trees(pathway, owned):
        yield from pathway.shared[name].claims


def _claims_of_option(option: Option, subject: Subject, part: str | None) -> Iterator[str]:
    match subject:
        case Subject.STATEMENT | Subject.SCOPE:
            if (statement := option.statements.get(part or "")) is not None:
                yield from statement.every_claim
        case Subject.EXCLUSION:
            if (exclusion := option.excludes.get(part or "")) is not None:
                yield from exclusion.every_claim
        case Subject.AIM:
            for aim in option.aims_by_id.get(part or "", ()):
                yield from aim.every_claim
        case Subject.SETTING if option.usual_setting is not None:
            yield from option.usual_setting.every_claim
        case Subject.OPTION:
            for statement in option.statements.values():
                yield from statement.every_claim
