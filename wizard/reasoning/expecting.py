"""Compares what a regression case expects with what follows from its answers."""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.case.expectation import Expectation
from wizard.pathway.model import Status
from wizard.reasoning.assessment import AlertState, Conclusions, OptionAssessment
from wizard.record import Record

NO_OPTION: Final = "no such option"
"""Said of an option that a version does not have."""
_NO_SETTING: Final = "none"
"""Said of an option without a usual setting; no file can expect it."""


class Difference(Record):
    """One thing that is not as expected: what, how it was expected, and how it is.

    It is about an option, one of its statements, or an alert; or else about parked answers.
    """

    subject: str
    expected: str
    found: str
    option: str | None = None
    statement: str | None = None
    alert: str | None = None


def differences(expectation: Expectation, conclusions: Conclusions) -> tuple[Difference, ...]:
    """Everything that is not as expected: options in the neutral order, then alerts.

    What a case of another version expects may name options that are not there, and lack others.
    """
    statuses = _statuses(expectation)
    return (
        *(
            difference
            for option in conclusions.options.values()
            for difference in _option_differences(
                expectation, option, statuses.get(option.id, NO_OPTION)
            )
        ),
        *(
            Difference(option, expected, NO_OPTION, option)
            for option, expected in sorted(statuses.items())
            if option not in conclusions.options
        ),
        *_alert_differences(expectation, conclusions),
        *_parked_differences(expectation, conclusions),
    )


def expectation_of(found: Conclusions) -> Expectation:
    """What a case would have to expect if it is right as it is assessed."""
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
        usual_settings={option.id: str(option.usual_setting or _NO_SETTING) for option in options},
        statements={
            (option.id, name): status.value
            for option in options
            for name, status in option.statements.items()
        },
        excluded_by={option.id: frozenset(option.excluded_by) for option in options},
        parked=frozenset(found.parked),
    )


def _option_differences(
    expectation: Expectation, option: OptionAssessment, expected: str
) -> Iterator[Difference]:
    found = _status(option.status, option.verdict.depends_on)
    if expected != found:
        yield Difference(option.id, expected, found, option.id)
    aims = expectation.aims.get(option.id)
    if aims is not None and aims != frozenset(option.aims):
        yield Difference(f"{option.id}, aims", _names(aims), _names(option.aims), option.id)
    setting = expectation.usual_settings.get(option.id)
    now = str(option.usual_setting or _NO_SETTING)
    if setting is not None and setting != now:
        yield Difference(f"{option.id}, usual setting", setting, now, option.id)
    exclusions = expectation.excluded_by.get(option.id)
    if exclusions is not None and exclusions != frozenset(option.excluded_by):
        yield Difference(
            f"{option.id}, excluded by", _names(exclusions), _names(option.excluded_by), option.id
        )
    for statement, status in option.statements.items():
        wanted = expectation.statements.get((option.id, statement))
        if wanted is not None and wanted != status:
            subject = f"{option.id}, statement {statement}"
            yield Difference(subject, wanted, status.value, option.id, statement)


def _parked_differences(expectation: Expectation, conclusions: Conclusions) -> Iterator[Difference]:
    if expectation.parked is not None and expectation.parked != frozenset(conclusions.parked):
        yield Difference("parked answers", _names(expectation.parked), _names(conclusions.parked))


def _alert_differences(expectation: Expectation, conclusions: Conclusions) -> Iterator[Difference]:
    known = {*expectation.alerts, *expectation.checks, *conclusions.alerts}
    for alert in (*conclusions.alerts, *sorted(known - conclusions.alerts.keys())):
        raised, check = alert in expectation.alerts, alert in expectation.checks
        expected = "raised" if raised else "check" if check else "not shown"
        state = conclusions.alerts.get(alert)
        found = "not shown" if state is None else AlertState(state).value
        if expected != found:
            yield Difference(f"alert {alert}", expected, found, alert=alert)


def _statuses(expectation: Expectation) -> dict[str, str]:
    """The expected status of each option."""
    return {
        **dict.fromkeys(expectation.described, _status(Status.DESCRIBED, ())),
        **{
            option: _status(Status.POSSIBLE, depends_on)
            for option, depends_on in expectation.possible.items()
        },
        **dict.fromkeys(expectation.not_described, _status(Status.NOT_DESCRIBED, ())),
    }


def _status(status: Status, depends_on: Iterable[str]) -> str:
    if status is Status.POSSIBLE:
        return f"possible, depending on {_names(depends_on)}"
    return status.value


def _names(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
