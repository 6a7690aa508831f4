"""Why not: the statements on an option that no completion matches, the nearest first."""

from dataclasses import dataclass

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Status
from wizard.reasoning.reasons import Reasons, sufficient_reasons


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A statement that does not match, and the answers that stop it.

    Each reason in `stopped_by` alone stops it.  `distance` is the smallest number of answers that
    would all have to be taken back for it to be possible again; None where no answer stops it.
    """

    statement: str
    source: str
    distance: int | None
    stopped_by: Reasons


def near_misses(compiled: Compiled, answers: Answers, option: str) -> tuple[NearMiss, ...]:
    """The statements on an option that do not match, the nearest first, else in their order."""
    found = []
    for statement in compiled.pathway.options[option].statements.values():
        function = compiled.statements[option, statement.id]
        reasons = sufficient_reasons(compiled, answers, function)
        if reasons.status is Status.NOT_DESCRIBED:
            distance = len(reasons.corrections[0]) if reasons.corrections else None
            found.append(NearMiss(statement.id, statement.source, distance, reasons))
    return tuple(sorted(found, key=lambda each: (each.distance is None, each.distance or 0)))
