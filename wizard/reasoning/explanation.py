"""One option explained: why it stands where it stands, and what would change it, as one record."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Status
from wizard.reasoning.agreement import OptionAgreement, agreement
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.changes import NearestChanges, nearest_changes
from wizard.reasoning.reasons import Reasons, sufficient_reasons
from wizard.reasoning.why_not import NearMiss, near_misses


@dataclass(frozen=True, slots=True)
class OptionExplanation:
    """Everything that explains an option's status.

    `reasons` holds every reason that settles the status, `near_misses` the statements that do not
    match, the nearest first.  `changes` has, for each settled status that the option does not
    have, the nearest changes that bring it about.  `agreement` says how each document stands.
    """

    option: str
    reasons: Reasons
    near_misses: tuple[NearMiss, ...]
    changes: Mapping[Status, NearestChanges]
    agreement: OptionAgreement

    @property
    def status(self) -> Status:
        """The option's status."""
        return self.reasons.status


def explain_option(
    compiled: Compiled,
    answers: Answers,
    assessment: Assessment,
    option: str,
    released: Collection[str] = (),
) -> OptionExplanation:
    """The explanation of an option; `released` are facts that a change may contradict."""
    function = compiled.options[option]
    reasons = sufficient_reasons(compiled, answers, function)
    changes = {
        wanted: nearest_changes(
            compiled, answers, function, wanted=wanted is Status.DESCRIBED, released=released
        )
        for wanted in (Status.DESCRIBED, Status.NOT_DESCRIBED)
        if wanted is not reasons.status
    }
    return OptionExplanation(
        option=option,
        reasons=reasons,
        near_misses=near_misses(compiled, answers, option),
        changes=changes,
        agreement=agreement(compiled, answers, assessment)[option],
    )
