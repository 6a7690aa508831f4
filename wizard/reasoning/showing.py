"""What shows of a case: statuses, aims, usual settings and alerts; and of a case that is near.

Theory of operation.  A `Restriction` tells what each function can still be.  Two sets of answers
that differ in one factor differ in what shows only of options and alerts that ask this factor; the
others are taken over, as in incremental view maintenance.

Cost.  One visit of each node of the functions that are asked anew.
"""

from collections.abc import Mapping
from typing import Final

from wizard.engine.compiling import AimFunctions, AlertConditions, Compiled
from wizard.engine.diagrams import FALSE, TRUE, Node
from wizard.engine.restriction import Restriction
from wizard.pathway.model import Alert, Status
from wizard.reasoning.assessment import AlertState, OptionShowing, Setting, Showing
from wizard.record import NOTHING, Record

Aims = Mapping[str, list[tuple[str, AimFunctions]]]
"""The aims of each option that has some, by id."""


_STATUSES: Final = tuple(
    Status.DESCRIBED
    if not reached >> FALSE & 1
    else Status.POSSIBLE
    if reached >> TRUE & 1
    else Status.NOT_DESCRIBED
    for reached in range(8)
)
"""The status of a function by the terminals that it reaches, as bits."""


def status(view: Restriction, function: Node) -> Status:
    """The status of a function over all that is allowed."""
    return _STATUSES[view.outcomes(function)]


def shown_alerts(
    compiled: Compiled,
    view: Restriction,
    statuses: Mapping[str, Status],
    earlier: Mapping[str, AlertState] | None = None,
) -> dict[str, AlertState]:
    """The alerts that show of a case, given the statuses of the options.

    `earlier` are those under the restriction that this one was given as the earlier.
    """
    known: Mapping[str, AlertState | None] = NOTHING
    if earlier is not None:
        asked, changed = compiled.asked_of_alerts.items(), view.changed
        known = {alert: earlier.get(alert) for alert, levels in asked if not levels & changed}
    found = (
        (name, known[name])
        if name in known
        else (name, alert_state(view, alert, compiled.alerts[name], statuses))
        for name, alert in compiled.pathway.alerts.items()
    )
    return {name: state for name, state in found if state is not None}


class Nearby(Record):
    """What shows of a case, and of others that differ from it in the answer to one factor.

    `options` and `alerts` have the levels that decide what shows of each, as bits.
    """

    compiled: Compiled
    shown: Showing
    aims: Aims
    options: Mapping[str, int]
    alerts: Mapping[str, int]

    def after(self, view: Restriction, factor: str) -> Showing:
        """What shows once the answer to a factor is another: `view` is of all answers then."""
        own = self.compiled.space.levels[factor]
        changed = (1 << own.stop) - (1 << own.start)
        options = {
            option: shown_option(self.compiled, view, option, self.aims)
            if self.options[option] & changed
            else before
            for option, before in self.shown.options.items()
        }
        statuses = {option: shown.status for option, shown in options.items()}
        alerts = {}
        for alert in self.compiled.pathway.alerts.values():
            state = self.shown.alerts.get(alert.id)
            if self.alerts[alert.id] & changed:
                state = alert_state(view, alert, self.compiled.alerts[alert.id], statuses)
            if state is not None:
                alerts[alert.id] = state
        return Showing(options, alerts)


def nearby(compiled: Compiled, shown: Showing) -> Nearby:
    """The cases around one of which this shows."""
    aims = aims_by_option(compiled)
    return Nearby(compiled, shown, aims, compiled.asked_of, compiled.asked_of_alerts)


def aims_by_option(compiled: Compiled) -> Aims:
    """The aims of a pathway's options."""
    found: dict[str, list[tuple[str, AimFunctions]]] = {}
    for (option, aim), functions in compiled.aims.items():
        found.setdefault(option, []).append((aim, functions))
    return found


_SETTINGS = {
    Status.DESCRIBED: Setting.MET,
    Status.POSSIBLE: Setting.UNKNOWN,
    Status.NOT_DESCRIBED: Setting.NOT_MET,
}


def usual_setting(view: Restriction, function: Node) -> Setting:
    """The state of a usual setting over all that is allowed."""
    return _SETTINGS[status(view, function)]


def shown_option(compiled: Compiled, view: Restriction, option: str, aims: Aims) -> OptionShowing:
    """What shows of an option."""
    own = status(view, compiled.options[option])
    setting = compiled.settings.get(option)
    listed = () if own is Status.NOT_DESCRIBED else aims.get(option, ())
    excluded_by = tuple(
        [
            exclusion
            for exclusion in compiled.pathway.options[option].excludes
            if view.certain(compiled.exclusions[option, exclusion])
        ]
    )
    aims_held = tuple([aim for aim, functions in listed if not view.can_be(functions.missed)])
    met = None if setting is None else usual_setting(view, setting)
    return OptionShowing(option, own, aims_held, met, excluded_by)


def alert_state(
    view: Restriction, alert: Alert, conditions: AlertConditions, statuses: Mapping[str, Status]
) -> AlertState | None:
    """How an alert shows, given the statuses of the options; None where it does not."""
    check = alert.check
    when = status(view, conditions.when)
    if (
        when is Status.DESCRIBED
        and not view.certain(conditions.unless)
        and all(statuses[option] in wanted for option, wanted in alert.about.items())
    ):
        return AlertState.RAISED
    if (
        when is Status.POSSIBLE
        and check is not None
        and view.certain(conditions.certain)
        and view.can_be(conditions.possible)
        and all(statuses[option] in wanted for option, wanted in check.options.items())
    ):
        return AlertState.CHECK
    return None
