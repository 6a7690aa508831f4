"""Regression cases that are not as expected: as text, with the rules behind."""

import shlex
from collections.abc import Iterator
from datetime import date

from wizard.case.files import Case
from wizard.pathway.model import Pathway, Status
from wizard.pathway.position import Position
from wizard.pathway.problems import printable
from wizard.pathway.sources import Hazard
from wizard.reasoning.assessment import Conclusions
from wizard.reasoning.expecting import Difference
from wizard.record import Record
from wizard.wording.sources import citations


class CaseRun(Record):
    """A case, what of it is not as expected, and the hazards that it holds in check."""

    path: str
    case: Case
    concluded: Conclusions
    differences: tuple[Difference, ...]
    hazards: tuple[Hazard, ...]


class Rule(Record):
    """A rule that decides what is different: where it stands, what it is, its claims."""

    position: Position
    what: str
    claims: tuple[str, ...]


def failing_case(one: CaseRun, pathway: Pathway | None = None, today: date | None = None) -> str:
    """A case that is not as expected; given its pathway, with the rules behind each difference."""
    lines = [f"{one.path}: {one.case.title}"]
    for difference in one.differences:
        lines.append(f"  {difference.subject}")
        lines.append(f"    expected: {difference.expected}")
        lines.append(f"    found:    {difference.found}")
        if pathway is not None and today is not None:
            lines += _why(one, difference, pathway, today)
    lines += [f"  {each.id}: control does not hold: {each.hazard}" for each in one.hazards]
    return "".join(f"{printable(line)}\n" for line in lines)


def _why(one: CaseRun, difference: Difference, pathway: Pathway, today: date) -> Iterator[str]:
    for rule in rules_behind(one.concluded, difference, pathway):
        yield f"    rule:     {rule.position}: {rule.what}"
        for each in citations(pathway, rule.claims, today):
            yield f"      {each.says} [{each.claim}, {each.place}]"
    if difference.option in pathway.options:
        command = ["mdt-wizard", "explain", one.path, difference.option or ""]
        if not pathway.shipped:
            command += ["--pathway", str(pathway.folder)]
        yield f"    explain:  {shlex.join(command)}"


def rules_behind(
    concluded: Conclusions, difference: Difference, pathway: Pathway
) -> tuple[Rule, ...]:
    """The rules that decide a difference.

    Of an option, the statements that hold or may hold; all of them where none does.
    """
    if difference.alert in pathway.alerts:
        alert = pathway.alerts[difference.alert or ""]
        return (Rule(alert.position, f"alert {alert.id}", alert.claims),)
    option = pathway.options.get(difference.option or "")
    if option is None:
        return ()
    statuses = concluded.options[option.id].statements
    holding = {name for name, status in statuses.items() if status is not Status.NOT_DESCRIBED}
    named = {difference.statement} if difference.statement else holding or set(statuses)
    return tuple(
        Rule(each.position, f"statement {each.id}: {statuses[each.id]}", each.every_claim)
        for each in option.statements.values()
        if each.id in named
    )
