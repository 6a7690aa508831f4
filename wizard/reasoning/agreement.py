"""Where the documents agree: each option as each document alone would have it.

A document describes an option where one of its own statements on it holds.  In a complete case it
*matches* there, *does not match* where no statement of it holds and the scope of one does, and
*speaks of other cases* where no scope does.  Where an exclusion of a document holds it does not
match either, unless a statement of it does.  Two documents differ where one matches and another
does not match or excludes the option; that one speaks of other cases, or states no condition, is
not a difference.
"""

from collections.abc import Mapping
from enum import StrEnum

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Diagrams, Node
from wizard.pathway.model import AlertLevel, Option, Pathway, Status
from wizard.reasoning.assessment import AlertState, Assessment
from wizard.record import Record


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


class OptionAgreement(Record):
    """An option by document, in the pathway's order of documents.

    `differ` is whether two documents differ: described in every completion, possible in some, not
    described in none.  `excluding` are the documents that certainly exclude it, `alerts` the raised
    alerts of level `sources_differ` about the option.
    """

    option: str
    stands: Mapping[str, Stand]
    differ: Status
    excluding: tuple[str, ...]
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
    raised, allowed = source_alerts(compiled.pathway, assessment), compiled.space.allowed(answers)
    return {
        option.id: _agreement_on(compiled, allowed, option, raised)
        for option in compiled.pathway.options.values()
    }


def agreement_on(
    compiled: Compiled, answers: Answers, assessment: Assessment, option: str
) -> OptionAgreement:
    """How far the documents agree on one option."""
    raised, allowed = source_alerts(compiled.pathway, assessment), compiled.space.allowed(answers)
    return _agreement_on(compiled, allowed, compiled.pathway.options[option], raised)


def source_alerts(pathway: Pathway, assessment: Assessment) -> tuple[str, ...]:
    """The raised alerts that say that documents differ."""
    return tuple(
        alert
        for alert, state in assessment.alerts.items()
        if state is AlertState.RAISED and pathway.alerts[alert].level is AlertLevel.SOURCES_DIFFER
    )


def _agreement_on(
    compiled: Compiled, allowed: Allowed, option: Option, raised: tuple[str, ...]
) -> OptionAgreement:
    said: dict[str, tuple[set[Node], set[Node], set[Node]]] = {}
    for statement in option.statements.values():
        own, about, _ = said.setdefault(statement.source, (set(), set(), set()))
        own.add(compiled.statements[option.id, statement.id])
        about.add(compiled.scopes[option.id, statement.id])
    for exclusion in option.excludes.values():
        *_, excluding = said.setdefault(exclusion.source, (set(), set(), set()))
        excluding.add(compiled.exclusions[option.id, exclusion.id])
    named = dict.fromkeys((*compiled.pathway.sources, *said))
    speaking = [source for source in named if source in said]
    unions = [frozenset(nodes) for source in speaking for nodes in said[source]]
    seen = {
        tuple(_Truths(*each[at : at + 3]) for at in range(0, len(each), 3))
        for each in outcomes(compiled.diagrams, unions, allowed)
    }
    truths = {source: {each[at] for each in seen} for at, source in enumerate(speaking)}
    claimed = claiming(compiled.pathway, option)
    without = {
        source: Stand.NO_CONDITION if source in claimed else Stand.SILENT for source in named
    }
    return OptionAgreement(
        option=option.id,
        stands={
            source: _stand(truths[source]) if source in said else without[source]
            for source in named
        },
        differ=_status({_differ(each) for each in seen}),
        excluding=tuple(
            source for source, own in truths.items() if all(each.excludes for each in own)
        ),
        alerts=tuple(each for each in raised if option.id in compiled.pathway.alerts[each].about),
    )


def claiming(pathway: Pathway, option: Option) -> frozenset[str]:
    """The documents that have a claim on an option: the id of a claim begins with its document."""
    return frozenset([claim.partition("-")[0] for claim in pathway.claims_on[option.id]])


class _Truths(Record):
    """What is true of a document in one case: of its statements, of their scopes, of its
    exclusions.
    """

    holds: bool
    about: bool
    excludes: bool


def _stand(seen: set[_Truths]) -> Stand:
    """The stand that a document comes to over all completions."""
    if all(each.holds for each in seen):
        return Stand.MATCHES
    if any(each.holds for each in seen):
        return Stand.DEPENDS
    if any(each.about for each in seen) or all(each.excludes for each in seen):
        return Stand.DOES_NOT_MATCH
    return Stand.DEPENDS if any(each.excludes for each in seen) else Stand.OTHER_CASES


def _differ(documents: tuple[_Truths, ...]) -> bool:
    """Whether one document matches, and another excludes the option or does not match, though a
    scope of it holds.
    """
    return any(
        one.holds and at != place and (other.excludes or (other.about and not other.holds))
        for at, one in enumerate(documents)
        for place, other in enumerate(documents)
    )


def outcomes(
    diagrams: Diagrams, unions: list[frozenset[Node]], allowed: Allowed
) -> set[tuple[bool, ...]]:
    """Every combination of truth values that unions of functions take together in some allowed
    case.

    Walks all of the functions at once, from the first variable to the last; adds nothing to the
    store.
    """
    if any(node in diagrams.held for union in unions for node in union):
        return _outcomes_by_leaves(diagrams, unions, allowed)
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


def _outcomes_by_leaves(
    diagrams: Diagrams, unions: list[frozenset[Node]], allowed: Allowed
) -> set[tuple[bool, ...]]:
    """The same where functions are held by their leaves, which the others divide further."""
    functions = [(node, 1 << at) for at, union in enumerate(unions) for node in union]
    functions.sort(key=lambda each: each[0] not in diagrams.held)
    parts = {(diagrams.fields.box(allowed), 0)}
    for node, own in functions:
        parts = {
            (part, truths | own if end == TRUE else truths)
            for box, truths in parts
            for end, part in diagrams.pieces(node, box)
            if end != IMPOSSIBLE
        }
    return {tuple(bool(truths >> at & 1) for at in range(len(unions))) for _, truths in parts}


def _reduced(union: frozenset[Node]) -> frozenset[Node]:
    """A union without what cannot change it: one function that is true decides it."""
    return frozenset([TRUE]) if TRUE in union else union - {FALSE}


def _status(truths: set[bool]) -> Status:
    if truths == {True}:
        return Status.DESCRIBED
    return Status.NOT_DESCRIBED if truths == {False} else Status.POSSIBLE
