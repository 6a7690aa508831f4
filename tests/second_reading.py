"""What follows from a pathway's rules where they are written a second time, as plain functions.

A rule is a function of a case.  It is tried on every case that fits the answers: whenever it asks
for something that is still open, each value that the answers leave is tried in turn.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from wizard.case.answers import (
    UNKNOWN,
    Answer,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
)
from wizard.pathway.factors import NOT_DONE
from wizard.pathway.model import Status
from wizard.reasoning.assessment import AlertState, Setting

Variable = tuple[str, str]
"""A factor and a member of it; of a choice or a number, the factor and nothing."""
Said = Mapping[Variable, str | bool]
Band = tuple[Decimal | None, Decimal | None]
"""From its lower bound to below its upper one."""


class StillOpenError(Exception):
    """A rule has asked for something that the case does not say yet."""

    def __init__(self, variable: Variable) -> None:
        super().__init__(variable)
        self.variable = variable


@dataclass(frozen=True)
class Case:
    """What is said of a case so far.  A question that does not apply has no answer."""

    said: Said

    def get(self, variable: Variable) -> str | bool:
        if variable not in self.said:
            raise StillOpenError(variable)
        return self.said[variable]

    def one(self, factor: str, *values: str) -> bool:
        """Whether a choice has one of these values, or a number lies in one of these bands."""
        return self.get((factor, "")) in values

    def any(self, factor: str, *members: str) -> bool:
        """Whether one of these members is present."""
        return any(bool(self.get((factor, member))) for member in members)


Rule = Callable[[Any], bool]
"""A rule of a `Case`, or of a pathway's own kind of it."""

DESCRIBED = (Status.DESCRIBED,)
SHOWN = (Status.DESCRIBED, Status.POSSIBLE)


def always(_: Case) -> bool:
    return True


def never(_: Case) -> bool:
    return False


@dataclass(frozen=True)
class AlertRule:
    """When an alert is raised, what silences it, which options it is about, when it is a check."""

    when: Rule
    unless: Rule = never
    about: Mapping[str, tuple[Status, ...]] = field(default_factory=dict)
    check: bool = False
    check_certain: Rule = always
    check_possible: Rule = always
    check_options: Mapping[str, tuple[Status, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """The rules of a pathway: by option its statements, aims and exclusions; settings and alerts.

    `values` are those of a choice that is asked, `bands` the parts of a number that rules tell
    apart, `unasked` the values of what nobody is asked for unless it was answered, `needed` the
    multis that have at least one member, `applies` where a question arises.
    `case` has what several rules ask.
    """

    values: Mapping[str, tuple[str, ...]]
    statements: Mapping[str, Mapping[str, Rule]]
    aims: Mapping[str, Mapping[str, Rule]]
    settings: Mapping[str, Rule]
    alerts: Mapping[str, AlertRule]
    exclusions: Mapping[str, Mapping[str, Rule]] = field(default_factory=dict)
    bands: Mapping[str, Mapping[str, Band]] = field(default_factory=dict)
    unasked: Mapping[str, str] = field(default_factory=dict)
    needed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    applies: Mapping[str, Rule] = field(default_factory=dict)
    case: type[Case] = Case

    def described(self, option: str) -> Rule:
        """Whether any statement of an option holds."""
        rules = self.statements[option].values()
        return lambda c: any(rule(c) for rule in rules)


@dataclass(frozen=True)
class Reading:
    """What follows from answers by rules."""

    rules: Rules
    answers: Mapping[str, Answer]

    def results(self, function: Callable[[Any], Any]) -> set[Any]:
        """What a function of a case comes to, over all cases that fit the answers."""
        return {result for _, result in self._tried(function)}

    def status(self, rule: Rule) -> Status:
        """Over all cases that fit the answers: in every one, in some, in none."""
        found = self.results(rule)
        if len(found) == 2:
            return Status.POSSIBLE
        return Status.DESCRIBED if True in found else Status.NOT_DESCRIBED

    def option(self, option: str) -> Status:
        return self.status(self.rules.described(option))

    def depends_on(self, option: str) -> frozenset[str]:
        """The factors of which a change alone changes a status, in a case that fits the answers.

        Each case that was tried leaves out what was not asked: two that differ in one factor's
        answers alone can have all the rest in common.
        """
        tried = list(self._tried(self.rules.described(option)))
        holding = [said for said, holds in tried if holds]
        failing = [said for said, holds in tried if not holds]
        found = set()
        for one in holding:
            for other in failing:
                apart = {v[0] for v, value in one.items() if other.get(v, value) != value}
                if len(apart) == 1:
                    found |= apart
        return frozenset(found)

    def aims(self, option: str) -> frozenset[str]:
        """The aims that hold wherever the option is described, if it can be."""
        rule = self.rules.described(option)
        if self.status(rule) is Status.NOT_DESCRIBED:
            return frozenset()
        return frozenset(
            aim
            for aim, holds in self.rules.aims.get(option, {}).items()
            if self.status(_missed(rule, holds)) is Status.NOT_DESCRIBED
        )

    def setting(self, option: str) -> Setting | None:
        if option not in self.rules.settings:
            return None
        return {
            Status.DESCRIBED: Setting.MET,
            Status.POSSIBLE: Setting.UNKNOWN,
            Status.NOT_DESCRIBED: Setting.NOT_MET,
        }[self.status(self.rules.settings[option])]

    def excluded_by(self, option: str) -> frozenset[str]:
        """The exclusions of an option that certainly hold."""
        return frozenset(
            name
            for name, rule in self.rules.exclusions.get(option, {}).items()
            if self.status(rule) is Status.DESCRIBED
        )

    def parked(self) -> frozenset[str]:
        """The factors that were answered and do not apply."""
        return frozenset(
            factor
            for factor, rule in self.rules.applies.items()
            if self.answers.get(factor, UNKNOWN) != UNKNOWN
            and self.status(rule) is Status.NOT_DESCRIBED
        )

    def statements(self, option: str) -> dict[str, Status]:
        return {name: self.status(r) for name, r in self.rules.statements[option].items()}

    def alert(self, alert: AlertRule) -> AlertState | None:
        about = self._are(alert.about)
        when = self.status(alert.when)
        silenced = self.status(alert.unless) is Status.DESCRIBED
        if when is Status.DESCRIBED and not silenced and about:
            return AlertState.RAISED
        if (
            alert.check
            and self._are(alert.check_options)
            and when is not Status.NOT_DESCRIBED
            and self.status(alert.check_certain) is Status.DESCRIBED
            and self.status(alert.check_possible) is not Status.NOT_DESCRIBED
        ):
            return AlertState.CHECK
        return None

    def _are(self, wanted: Mapping[str, tuple[Status, ...]]) -> bool:
        return all(self.option(option) in statuses for option, statuses in wanted.items())

    def alerts(self) -> dict[str, AlertState]:
        """The alerts that show."""
        states = {name: self.alert(alert) for name, alert in self.rules.alerts.items()}
        return {name: state for name, state in states.items() if state is not None}

    # --- cases that fit the answers ----------------------------------------------------------

    def _tried(self, function: Callable[[Any], Any]) -> Iterator[tuple[Said, Any]]:
        waiting: list[dict[Variable, str | bool]] = [{}]
        while waiting:
            said = waiting.pop()
            try:
                result = function(self.rules.case(said))
            except StillOpenError as open_:
                left = self._left(open_.variable, said)
                waiting += [{**said, open_.variable: value} for value in left]
            else:
                yield said, result

    def _left(self, variable: Variable, said: Said) -> Iterable[str | bool]:
        factor, member = variable
        answer = self.answers.get(factor)
        if factor in self.rules.bands:
            bands = self.rules.bands[factor].items()
            return [name for name, band in bands if _may_lie_in(answer, *band)]
        if not member:
            values = self.rules.values[factor]
            given = answer.values if isinstance(answer, ChoiceAnswer) else None
            if given is None and factor in self.rules.unasked:
                return [self.rules.unasked[factor]]
            return [value for value in values if given is None or value in given]
        present = answer.present if isinstance(answer, MultiAnswer) else frozenset()
        absent = answer.absent if isinstance(answer, MultiAnswer) else frozenset()
        if member == NOT_DONE:
            # It is asked before the members, of which anything is said only where it was done.
            return [member in present] if present or absent else [True, False]
        others = set(self.rules.needed.get(factor, ())) - {member}
        if others and all(o in absent or said.get((factor, o)) is False for o in others):
            return [True]
        return [True] if member in present else [False] if member in absent else [True, False]


def _may_lie_in(answer: Answer | None, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether a number that an answer leaves open may lie in a band."""
    if isinstance(answer, NumberAnswer):
        return (low is None or answer.value >= low) and (high is None or answer.value < high)
    if isinstance(answer, RangesAnswer):
        return any(
            (low is None or part.high is None or low < part.high)
            and (high is None or part.low is None or part.low < high)
            for part in answer.ranges
        )
    return True


def _missed(rule: Rule, aim: Rule) -> Rule:
    return lambda c: rule(c) and not aim(c)
