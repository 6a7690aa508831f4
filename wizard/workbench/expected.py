"""What a case would have to expect if the pathway is right as it is."""

from wizard.case.answers import Answers
from wizard.case.expectation import Expectation
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Status
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState


def expectation_of(compiled: Compiled, answers: Answers) -> Expectation:
    """Everything that a case can expect, as the assessment of its answers has it."""
    found = assess(compiled, answers)
    options = found.options.values()

    def having(status: Status) -> frozenset[str]:
        return frozenset(option.id for option in options if option.status is status)

    return Expectation(
        described=having(Status.DESCRIBED),
        possible={
            option.id: frozenset(option.verdict.depends_on)
            for option in options
            if option.status is Status.POSSIBLE
        },
        not_described=having(Status.NOT_DESCRIBED),
        alerts=frozenset(a for a, state in found.alerts.items() if state is AlertState.RAISED),
        checks=frozenset(a for a, state in found.alerts.items() if state is AlertState.CHECK),
        aims={option.id: frozenset(option.aims) for option in options},
        usual_settings={
            option.id: option.usual_setting.value
            for option in options
            if option.usual_setting is not None
        },
        statements={
            (option.id, name): status.value
            for option in options
            for name, status in option.statements.items()
        },
        parked=frozenset(found.parked),
    )
