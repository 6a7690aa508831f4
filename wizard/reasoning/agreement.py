"""Where the documents agree: each option as each document alone would have it.

A document describes an option where one of its own statements on it holds.  In a complete case it
*matches* there, *does not match* where no statement of it holds and the scope of one does, and
*speaks of other cases* where no scope does.  Two documents differ where one matches and another
does not match; that one speaks of other cases, or states no condition, is not a difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Diagrams, Node
from wizard.pathway.model import Alert, AlertLevel, Option, Pathway, Status
from wizard.reasoning.assessment import AlertState, Assessment


class Stand(StrEnum):
    """How a document stands to an option, over all completions of the answers.

    It matches in all of them, in some (it depends), or in none; if in none, a statement of it may
    still be about such a case, or all are about others. A document without a statement has claims
    on the option, or none.
    """

    MATCHES = "matches"
    DEPENDS = "depends"
    DOES_NOT_MATCH = "does_not_match"
    OTHER_CASES = "other_cases"
    NO_CONDITION = "no_condition"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class OptionAgreement:
    """An option by document, in the pathway's order of documents.

    `differ` is whether two documents differ: described in every completion, possible in some, not
    described in none.  `alerts` are the raised alerts of level `sources_differ` about the option.
    """

    option: str
    stands: Mapping[str, Stand]
    differ: Status
    alerts: tuple[str, ...]

    def having(self, stand: Stand) -> tuple[str, ...]:
        """The documents with this stand."""
        return tuple(source for source, own in self.stands.items() if own is stand)

    @property
    def difference(self) -> bool:
        """Whether documents differ, or still may, by their statements or by a raised alert."""
        return self.differ is not Status.NOT_DESCRIBED or bool(self.alerts)


def agreement(
    compiled: Compiled, answers: Answers, assessment: Assessment
) -> dict[str, OptionAgreement]:
    """How far the documents agree on each option, in the neutral order."""
    return {
        option: agreement_on(compiled, answers, assessment, option)
        for option in compiled.pathway.options
    }


def agreement_on(
    compiled: Compiled, answers: Answers, assessment: Assessment, option: str
) -> OptionAgreement:
    """How far the documents agree on one option."""
    raised = source_alerts(compiled.pathway, assessment)
    return _agreement_on(
        compiled,
        compiled.space.allowed(answers),
        compiled.pathway.options[option],
        tuple(each for each in raised if option in compiled.pathway.alerts[each].about),
    )


def source_alerts(pathway: Pathway, assessment: Assessment) -> tuple[str, ...]:
    """The raised alerts that say that documents differ."""
    return tuple(
        alert
        for alert, state in assessment.alerts.items()
        if state is AlertState.RAISED and pathway.alerts[alert].level is AlertLevel.SOURCES_DIFFER
    )


def _agreement_on(
    compiled: Compiled, allowed: Allowed, option: Option, alerts: tuple[str, ...]
) -> OptionAgreement:
    own: dict[str, set[Node]] = {}
    about: dict[str, set[Node]] = {}
    for statement in option.statements.values():
        key = option.id, statement.id
        own.setdefault(statement.source, set()).add(compiled.statements[key])
        about.setdefault(statement.source, set()).add(compiled.scopes[key])
    named = dict.fromkeys((*compiled.pathway.sources, *own))
    speaking = [source for source in named if source in own]
    unions = [frozenset(nodes[source]) for source in speaking for nodes in (own, about)]
    seen = outcomes(compiled.diagrams, unions, allowed)
    pairs = {
        source: {(each[2 * place], each[2 * place + 1]) for each in seen}
        for place, source in enumerate(speaking)
    }
    claimed = claiming(compiled.pathway, option)
    without = {
        source: Stand.NO_CONDITION if source in claimed else Stand.SILENT for source in named
    }
    return OptionAgreement(
        option=option.id,
        stands={
            source: _stand(pairs[source]) if source in own else without[source] for source in named
        },
        differ=_status({_differ(each) for each in seen}),
        alerts=alerts,
    )


def claiming(pathway: Pathway, option: Option) -> frozenset[str]:
    """The documents that have a claim on an option."""
    return frozenset(pathway.claims[claim].source for claim in claims_on(pathway, option))


def claims_on(pathway: Pathway, option: Option) -> tuple[str, ...]:
    """The claims on an option: on its card, in any other part of it, in a caution, or in an alert
    that documents differ on it.
    """
    told = [alert.claims for alert in pathway.alerts.values() if _speaks_of(alert, option)]
    return tuple(dict.fromkeys((*option.claims, *(claim for claims in told for claim in claims))))


def _speaks_of(alert: Alert, option: Option) -> bool:
    """Whether an alert is a caution of an option, or says that documents differ on it."""
    if alert.id.startswith(f"{option.id}_caution."):
        return True
    return alert.level is AlertLevel.SOURCES_DIFFER and option.id in alert.about


def _stand(seen: set[tuple[bool, bool]]) -> Stand:
    """The stand that pairs of (a statement holds, a scope holds) come to over all completions."""
    if {holds for holds, _ in seen} == {True}:
        return Stand.MATCHES
    if any(holds for holds, _ in seen):
        return Stand.DEPENDS
    return Stand.DOES_NOT_MATCH if any(about for _, about in seen) else Stand.OTHER_CASES


def _differ(truths: tuple[bool, ...]) -> bool:
    """Whether one document matches and another does not, though a scope of it holds."""
    pairs = list(zip(truths[::2], truths[1::2], strict=True))
    return any(holds for holds, _ in pairs) and any(about and not holds for holds, about in pairs)


def outcomes(
    diagrams: Diagrams, unions: list[frozenset[Node]], allowed: Allowed
) -> set[tuple[bool, ...]]:
    """Every combination of truth values that unions of functions take together in some allowed
    case.

    Walks all of the functions at once, from the first variable to the last; adds nothing to the
    store.
    """
    start = tuple(_reduced(union) for union in unions)
    seen = {start}
    waiting = [start]
    found: set[tuple[bool, ...]] = set()
    while waiting:
        state = waiting.pop()
        level = min(diagrams.levels[node] for union in state for node in union or (FALSE,))
        if level == len(diagrams.sizes):
            found.add(tuple(TRUE in union for union in state))
            continue
        for value in allowed[level]:
            below = [
                frozenset(diagrams.cofactor(node, level, value) for node in union)
                for union in state
            ]
            following = tuple(_reduced(union) for union in below)
            if not any(IMPOSSIBLE in union for union in below) and following not in seen:
                seen.add(following)
                waiting.append(following)
    return found


def _reduced(union: frozenset[Node]) -> frozenset[Node]:
    """A union without what cannot change it: one function that is true decides it."""
    return frozenset([TRUE]) if TRUE in union else union - {FALSE}


def _status(truths: set[bool]) -> Status:
    if truths == {True}:
        return Status.DESCRIBED
    return Status.NOT_DESCRIBED if truths == {False} else Status.POSSIBLE
