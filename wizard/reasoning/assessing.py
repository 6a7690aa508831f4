"""The assessment of a case: what holds in all, some or none of its completions."""

from collections.abc import Mapping

from wizard.case.answers import UNKNOWN, Answers, Unknown
from wizard.engine.compiling import AlertFunctions, Compiled, Shown
from wizard.engine.diagrams import Node, Restriction, settled
from wizard.pathway.model import Alert, Option, Status
from wizard.reasoning.assessment import (
    AlertState,
    Assessment,
    NextFactor,
    OptionAssessment,
    Setting,
    Verdict,
)


def assess(compiled: Compiled, answers: Answers) -> Assessment:
    """Everything that follows from the answers, over all of their completions.

    The answers must fit the pathway; their order has no effect.
    """
    allowed = compiled.space.allowed(answers)
    view = Restriction(compiled.diagrams, allowed)
    applies = {factor: _status(view, node) for factor, node in compiled.applies.items()}
    options = {
        option.id: _option(compiled, view, answers, option)
        for option in compiled.pathway.options.values()
    }
    statuses = {option.id: option.status for option in options.values()}
    alerts = {}
    for alert in compiled.pathway.alerts.values():
        state = _alert(view, alert, compiled.alerts[alert.id], statuses)
        if state is not None:
            alerts[alert.id] = state
    upcoming, waiting = _next(compiled, view, applies)
    return Assessment(
        options=options,
        alerts=alerts,
        next=upcoming,
        waiting=waiting,
        parked=tuple(
            factor
            for factor, status in applies.items()
            if status is Status.NOT_DESCRIBED and answers.get(factor, UNKNOWN) != UNKNOWN
        ),
        applies=applies,
    )


def verdict(compiled: Compiled, answers: Answers, function: Node) -> Verdict:
    """The verdict on one function (of a statement, an option, a factor's applying)."""
    view = Restriction(compiled.diagrams, compiled.space.allowed(answers))
    return _verdict(compiled, view, answers, function)


def _status(view: Restriction, function: Node) -> Status:
    if view.certain(function):
        return Status.DESCRIBED
    return Status.POSSIBLE if view.can_be(function) else Status.NOT_DESCRIBED


def _verdict(compiled: Compiled, view: Restriction, answers: Answers, function: Node) -> Verdict:
    status = _status(view, function)
    if status is Status.POSSIBLE:
        return Verdict(status, compiled.space.factors_of(view.depends(function)), ())
    return Verdict(status, (), _because(compiled, answers, function, status))


def _because(
    compiled: Compiled, answers: Answers, function: Node, status: Status
) -> tuple[str, ...]:
    """A subset-minimal sufficient reason, by dropping answers from the last of the walk.

    The deletion-based linear search for one abductive explanation: A. Ignatiev, N. Narodytska
    and J. Marques-Silva, "Abduction-based explanations for machine learning models", AAAI 2019.
    """
    values = list(compiled.space.allowed(answers))
    kept = []
    for factor in reversed(compiled.support(function)):
        if isinstance(answers.get(factor), Unknown | None):
            continue
        own = compiled.space.levels[factor]
        given = values[own.start : own.stop]
        values[own.start : own.stop] = compiled.free[own.start : own.stop]
        wanted = status is Status.DESCRIBED
        if not settled(compiled.diagrams, function, values, wanted=wanted):
            values[own.start : own.stop] = given
            kept.append(factor)
    return tuple(reversed(kept))


def _option(
    compiled: Compiled, view: Restriction, answers: Answers, option: Option
) -> OptionAssessment:
    verdict = _verdict(compiled, view, answers, compiled.options[option.id])
    setting = compiled.settings.get(option.id)
    return OptionAssessment(
        id=option.id,
        verdict=verdict,
        statements={
            statement: _status(view, compiled.statements[option.id, statement])
            for statement in option.statements
        },
        aims=tuple(
            aim
            for (owner, aim), functions in compiled.aims.items()
            if owner == option.id
            and verdict.status is not Status.NOT_DESCRIBED
            and not view.can_be(functions.missed)
        ),
        usual_setting=None if setting is None else _SETTINGS[_status(view, setting)],
    )


_SETTINGS = {
    Status.DESCRIBED: Setting.MET,
    Status.POSSIBLE: Setting.UNKNOWN,
    Status.NOT_DESCRIBED: Setting.NOT_MET,
}


def _alert(
    view: Restriction, alert: Alert, functions: AlertFunctions, statuses: Mapping[str, Status]
) -> AlertState | None:
    when = _status(view, functions.when)
    if (
        when is Status.DESCRIBED
        and not view.certain(functions.unless)
        and all(statuses[option] in wanted for option, wanted in alert.about.items())
    ):
        return AlertState.RAISED
    if (
        when is Status.POSSIBLE
        and alert.check is not None
        and view.certain(functions.certain)
        and view.can_be(functions.possible)
        and all(statuses[option] in wanted for option, wanted in alert.check.options.items())
    ):
        return AlertState.CHECK
    return None


def _next(
    compiled: Compiled, view: Restriction, applies: Mapping[str, Status]
) -> tuple[tuple[NextFactor, ...], tuple[str, ...]]:
    """The factors that can still change something shown: to ask now, and to wait for a parent."""
    changing: dict[str, set[Shown]] = {factor: set() for factor in compiled.pathway.factors}
    for change, functions in compiled.shown.items():
        levels = 0
        for function in functions:
            levels |= view.depends(function)
        for factor in compiled.space.factors_of(levels):
            changing[factor].add(change)
    upcoming = []
    waiting = []
    for factor, changes in changing.items():
        if changes and applies[factor] is Status.DESCRIBED:
            ordered = tuple(change for change in Shown if change in changes)
            upcoming.append(NextFactor(factor, ordered))
        elif changes:
            waiting.append(factor)
    return tuple(upcoming), tuple(waiting)
