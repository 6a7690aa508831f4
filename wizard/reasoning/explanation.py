"""A case explained, as records: why each thing stands where it stands, and what would change it.

This is the one place where an explanation is put together.  Words, reports and views draw on these
records; each part of one is worked out when it is first read, and kept.
"""

from collections.abc import Collection, Mapping
from functools import cached_property

from wizard.case.answers import Answer, Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import Node
from wizard.pathway.model import Status
from wizard.reasoning.agreement import OptionAgreement, agreement, agreement_on, source_alerts
from wizard.reasoning.assessing import reason, verdict
from wizard.reasoning.assessment import (
    AlertState,
    Assessment,
    Cited,
    OptionAssessment,
    Reason,
    Verdict,
)
from wizard.reasoning.changes import NearestChanges, nearest_changes
from wizard.reasoning.citing import changed, cited_within, without
from wizard.reasoning.deriving import derived_asked
from wizard.reasoning.reasons import Carriers, Reasons, carriers, cited, sufficient_reasons
from wizard.reasoning.settling import Conclusion, Settling, conclusion, settles, settling
from wizard.reasoning.value_sets import ValueSet, answered
from wizard.record import Record, replace


class NearMiss(Record):
    """A statement that does not match, and the answers that stop it.

    Each reason in `stopped_by` alone stops it.  `distance` is the smallest number of answers that
    would all have to be taken back for it to be possible again; None where no answer stops it.
    `cited` is what it would be cited with where it matches once so many are.
    """

    statement: str
    source: str
    distance: int | None
    stopped_by: Reasons
    cited: Cited


class CaseExplanation(Record):
    """Everything that explains a case."""

    __slots__ = ("__dict__",)

    compiled: Compiled
    answers: Answers
    assessment: Assessment

    @cached_property
    def options(self) -> Mapping[str, "OptionExplanation"]:
        """Each option, in the neutral order."""
        return {name: OptionExplanation(name, self) for name in self.assessment.options}

    def option(self, name: str, released: Collection[str] = ()) -> "OptionExplanation":
        """One option; `released` are facts that a change may contradict."""
        plain = self.options[name]
        return replace(plain, released=frozenset(released)) if released else plain

    @cached_property
    def agreement(self) -> Mapping[str, OptionAgreement]:
        """How far the documents agree on each option."""
        return agreement(self.compiled, self.answers, self.assessment)

    @cached_property
    def other_alerts(self) -> tuple[str, ...]:
        """The raised alerts that documents differ which are about no option."""
        pathway = self.compiled.pathway
        raised = source_alerts(pathway, self.assessment)
        return tuple(alert for alert in raised if not pathway.alerts[alert].about)

    @cached_property
    def conclusion(self) -> Conclusion:
        """What can be concluded whatever the missing answers are."""
        return conclusion(self.assessment)

    @cached_property
    def questions(self) -> tuple[Settling, ...]:
        """How much each question to ask now settles, in the order of the walk."""
        return settling(self.compiled, self.answers, self.assessment)

    def settled_by(self, factor: str) -> Settling:
        """How much one question settles, without a look at the others."""
        return settles(self.compiled, self.answers, self.assessment, factor)

    @cached_property
    def applying(self) -> Mapping[str, Reason]:
        """Of the questions that do not certainly apply: why not, or on what it depends."""
        return {
            factor: reason(self.compiled, self.answers, self.compiled.applies[factor])
            for factor, status in self.assessment.applies.items()
            if status is not Status.DESCRIBED
        }

    @cached_property
    def checks(self) -> Mapping[str, Verdict]:
        """Whether each alert that is to be checked applies, and on what that still depends."""
        return {
            alert: verdict(self.compiled, self.answers, self.compiled.alerts[alert].when)
            for alert, state in self.assessment.alerts.items()
            if state is AlertState.CHECK
        }


class OptionExplanation(Record):
    """Everything that explains an option's status; `released` are facts that may change too."""

    __slots__ = ("__dict__",)

    option: str
    case: CaseExplanation
    released: frozenset[str] = frozenset()

    @property
    def assessed(self) -> OptionAssessment:
        """The option as it is assessed."""
        return self.case.assessment.options[self.option]

    @property
    def status(self) -> Status:
        """The option's status."""
        return self.assessed.status

    @cached_property
    def why(self) -> Reason:
        """Why the option has its status: the one reason that lists tell."""
        case = self.case
        return reason(
            case.compiled, case.answers, self._function, self.assessed.verdict, self._derived
        )

    @cached_property
    def setting(self) -> Reason:
        """Why its usual setting is met or not; only an option that has one can be asked."""
        return self._reason(self.case.compiled.settings[self.option])

    @cached_property
    def statements(self) -> Mapping[str, Reason]:
        """Why each statement on it matches or does not."""
        functions = self.case.compiled.statements
        return {
            name: self._reason(functions[self.option, name]) for name in self.assessed.statements
        }

    @cached_property
    def exclusions(self) -> Mapping[str, Reason]:
        """Why each exclusion holds or does not."""
        functions = self.case.compiled.exclusions
        return {
            name: self._reason(functions[self.option, name]) for name in self.assessed.exclusions
        }

    @cached_property
    def of_other_cases(self) -> Mapping[str, Reason]:
        """Why the statements that speak of other cases do so."""
        scopes = self.case.compiled.scopes
        found = {
            name: self._reason(scopes[self.option, name])
            for name, status in self.assessed.statements.items()
            if status is Status.NOT_DESCRIBED
        }
        return {
            name: why for name, why in found.items() if why.verdict.status is Status.NOT_DESCRIBED
        }

    @cached_property
    def reasons(self) -> Reasons:
        """Every reason that settles the status."""
        return sufficient_reasons(
            self.case.compiled, self.case.answers, self._function, derived=self._derived
        )

    @cached_property
    def carriers(self) -> tuple[Carriers, ...]:
        """For each reason, the statements that carry it and may be cited for the case."""
        return tuple(
            cited(self.case.compiled, self.assessed, each.answers, self.case.answers)
            for each in self.reasons.reasons
        )

    @cached_property
    def carriers_elsewhere(self) -> tuple[tuple[str, ...], ...]:
        """For each reason of a described option, the statements that carry it only where its
        answers are others, as far as it is widened.
        """
        if self.status is not Status.DESCRIBED:
            return tuple(() for _ in self.reasons.reasons)
        return tuple(
            tuple(
                statement
                for statement in self._carriers(each.widened)
                if statement not in here.statements
            )
            for each, here in zip(self.reasons.reasons, self.carriers, strict=True)
        )

    @cached_property
    def near_misses(self) -> tuple[NearMiss, ...]:
        """The statements that no completion matches, the nearest first, else in their order."""
        compiled, found = self.case.compiled, []
        for statement in compiled.pathway.options[self.option].statements.values():
            function = compiled.statements[self.option, statement.id]
            reasons = sufficient_reasons(
                compiled, self.case.answers, function, derived=self._derived
            )
            if reasons.status is Status.NOT_DESCRIBED:
                distance = len(reasons.corrections[0]) if reasons.corrections else None
                back = [each for each in reasons.corrections if len(each) == distance]
                among = [without(compiled, self.case.answers, each) for each in back]
                claims = cited_within(compiled, self.option, statement.id, among)
                found.append(NearMiss(statement.id, statement.source, distance, reasons, claims))
        return tuple(sorted(found, key=lambda each: (each.distance is None, each.distance or 0)))

    @cached_property
    def changes(self) -> Mapping[Status, NearestChanges]:
        """The nearest changes to each settled status that the option does not have."""
        return {
            wanted: nearest_changes(
                self.case.compiled,
                self.case.answers,
                self._function,
                wanted=wanted is Status.DESCRIBED,
                released=self.released,
            )
            for wanted in (Status.DESCRIBED, Status.NOT_DESCRIBED)
            if wanted is not self.status
        }

    @cached_property
    def described_by(self) -> tuple[Mapping[str, Cited], ...]:
        """For each of the nearest changes to described, the statements that would then match, and
        what each would be cited with.
        """
        compiled, answers = self.case.compiled, self.case.answers
        return tuple(
            {
                name: cited_within(
                    compiled, self.option, name, [changed(compiled, answers, change.answers)]
                )
                for name in self._carriers({**answers, **change.answers})
            }
            for change in self.changes[Status.DESCRIBED].changes
        )

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """The answered facts that no change contradicts, of those that the option asks."""
        compiled = self.case.compiled
        return tuple(
            name
            for name in compiled.support(self._function)
            if compiled.pathway.factors[name].fixed
            and name not in self.released
            and answered(self.case.answers.get(name))
        )

    @cached_property
    def agreement(self) -> OptionAgreement:
        """How each document stands to the option."""
        case = self.case
        return agreement_on(case.compiled, case.answers, case.assessment, self.option)

    @property
    def _function(self) -> Node:
        return self.case.compiled.options[self.option]

    def _reason(self, function: Node) -> Reason:
        return reason(self.case.compiled, self.case.answers, function, derived=self._derived)

    @cached_property
    def _derived(self) -> tuple[str, ...]:
        return derived_asked(self.case.compiled, self.case.compiled.pathway.options[self.option])

    def _carriers(self, answers: Mapping[str, Answer | ValueSet]) -> tuple[str, ...]:
        found = carriers(
            self.case.compiled, self.option, answers, Status.DESCRIBED, self.case.answers
        )
        return found.statements
