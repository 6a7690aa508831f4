"""Two cases of one pathway side by side: which answers, statuses, aims and alerts differ."""

from collections.abc import Iterable
from typing import Final

from wizard.case.answers import UNKNOWN, Answer, Answers
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Status
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import (
    AlertState,
    Assessment,
    OptionAssessment,
    OptionShowing,
    Setting,
    Showing,
)
from wizard.record import Record


class AnswerMove(Record):
    """A factor with its answers in both cases, None where it is not known or not answered."""

    factor: str
    before: Answer | None
    after: Answer | None


class StatusMove(Record):
    """An option with its statuses in both cases."""

    option: str
    before: Status
    after: Status


class AimMove(Record):
    """An aim of an option that is listed in one case alone: in the second, or in the first."""

    option: str
    aim: str
    added: bool


class SettingMove(Record):
    """The usual setting of an option in both cases."""

    option: str
    before: Setting
    after: Setting


class ExclusionMove(Record):
    """An exclusion that certainly holds in one case alone: in the second, or in the first."""

    option: str
    exclusion: str
    added: bool


class AlertMove(Record):
    """An alert with its states in both cases, None where it does not show."""

    alert: str
    before: AlertState | None
    after: AlertState | None


class Moved(Record):
    """Everything shown that differs from the first case to the second, in the pathway's order.

    Alerts that the first case shows stand before those of the second alone.
    """

    options: tuple[StatusMove, ...]
    aims: tuple[AimMove, ...]
    settings: tuple[SettingMove, ...]
    exclusions: tuple[ExclusionMove, ...]
    alerts: tuple[AlertMove, ...]

    def __bool__(self) -> bool:
        return bool(self.options or self.aims or self.settings or self.exclusions or self.alerts)


NOTHING_MOVED: Final = Moved((), (), (), (), ())


class CaseComparison(Record):
    """Two cases: what follows from each, which answers differ, and what of that shows."""

    before: Assessment
    after: Assessment
    answers: tuple[AnswerMove, ...]
    moved: Moved


def compare_cases(compiled: Compiled, before: Answers, after: Answers) -> CaseComparison:
    """Two cases side by side.  An unknown answer and none are the same."""
    assessed = assess(compiled, before), assess(compiled, after)
    moves = []
    for factor in compiled.pathway.factors:
        one, other = (
            None if answers.get(factor) in (None, UNKNOWN) else answers[factor]
            for answers in (before, after)
        )
        if one != other:
            moves.append(AnswerMove(factor, one, other))
    return CaseComparison(*assessed, tuple(moves), moved(*assessed))


def moved(before: Assessment | Showing, after: Assessment | Showing) -> Moved:
    """What differs in what shows of two cases of one pathway."""
    ones: Iterable[OptionAssessment | OptionShowing] = before.options.values()
    others: Iterable[OptionAssessment | OptionShowing] = after.options.values()
    pairs = [pair for pair in zip(ones, others, strict=True) if pair[0] is not pair[1]]
    alerts = [*before.alerts, *(alert for alert in after.alerts if alert not in before.alerts)]
    return Moved(
        options=tuple(
            StatusMove(one.id, one.status, other.status)
            for one, other in pairs
            if one.status is not other.status
        ),
        aims=tuple(
            AimMove(one.id, aim, added=aim in other.aims)
            for one, other in pairs
            for aim in dict.fromkeys((*one.aims, *other.aims))
            if (aim in one.aims) != (aim in other.aims)
        ),
        settings=tuple(
            SettingMove(one.id, one.usual_setting, other.usual_setting)
            for one, other in pairs
            if one.usual_setting is not None
            and other.usual_setting is not None
            and one.usual_setting is not other.usual_setting
        ),
        exclusions=tuple(
            ExclusionMove(one.id, name, added=name in other.excluded_by)
            for one, other in pairs
            for name in dict.fromkeys((*one.excluded_by, *other.excluded_by))
            if (name in one.excluded_by) != (name in other.excluded_by)
        ),
        alerts=tuple(
            AlertMove(alert, before.alerts.get(alert), after.alerts.get(alert))
            for alert in alerts
            if before.alerts.get(alert) is not after.alerts.get(alert)
        ),
    )
