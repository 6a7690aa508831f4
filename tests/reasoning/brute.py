"""The meaning of an assessment by enumeration: every case, every completion, no diagram.

Written from the definitions, over cases in which a factor that does not apply has no value.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, combinations

from tests.reasoning.records import a_number
from wizard.case.answers import (
    NO_ANSWERS,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
)
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    Factor,
    NumberFactor,
    named_values,
)
from wizard.pathway.model import Alert, Check, Pathway, Shown, Status
from wizard.pathway.owned_rules import points_of
from wizard.pathway.ranges import number_in
from wizard.pathway.trees import (
    BEYOND,
    AnyOf,
    Ask,
    AtLeast,
    NonePresent,
    Not,
    OneOf,
    Outcome,
    Range,
    Requirement,
    Rest,
    Rule,
    Test,
    Tree,
    Use,
    every_test,
)
from wizard.reasoning.assessment import AlertState, Setting

CaseValue = str | frozenset[str] | Decimal
Case = Mapping[str, CaseValue]
Function = Callable[[Case], bool]


NOT_LOOKED_FOR = frozenset((NOT_DONE,))


class WorkedOut(str):
    """The value of a derived factor to which no answer was given."""

    __slots__ = ()


NOTHING = WorkedOut()


def told_apart(one: CaseValue, other: CaseValue) -> bool:
    """Whether two values are different answers; what is worked out is none, whatever it is."""
    if isinstance(one, WorkedOut) or isinstance(other, WorkedOut):
        return not (isinstance(one, WorkedOut) and isinstance(other, WorkedOut))
    return one != other


D, P, N = Status.DESCRIBED, Status.POSSIBLE, Status.NOT_DESCRIBED


def passes(test: Test, value: CaseValue) -> bool:
    match test:
        case OneOf(values=values):
            return value in values
        case AnyOf(members=members):
            assert isinstance(value, frozenset)
            return bool(value & set(members))
        case NonePresent():
            return value == frozenset()
        case Range(low=low, high=high):
            assert isinstance(value, Decimal)
            return (low is None or low <= value) and (high is None or value < high)
        case Rest():
            return True


def walk(  # noqa: PLR0911 - one for each kind of tree
    pathway: Pathway, tree: Tree, case: Case, use: Callable[[str], bool] | None = None
) -> bool:
    """The plain walk of a tree; a factor that a tree asks where it does not apply is an error.

    `use` tells whether a shared tree holds, where it is not as the pathway has it.
    """
    match tree:
        case Outcome(described=described):
            return described
        case Use(name=name):
            return use(name) if use else walk(pathway, pathway.shared[name].rule.tree, case)
        case Requirement(factor=factor, tests=alternatives, negated=negated):
            if factor not in case:
                return False
            return any(passes(test, case[factor]) for test in alternatives) != negated
        case Not(tree=denied):
            return not walk(pathway, denied, case, use)
        case AtLeast(least=least, trees=trees):
            return sum(walk(pathway, each, case, use) for each in trees) >= least
        case Ask(factor=factor, branches=branches):
            taken = next(b.tree for b in branches if passes(b.test, case[factor]))
            return walk(pathway, taken, case, use)


def values_of(factor: Factor, points: frozenset[Decimal]) -> list[CaseValue]:
    ids = list(named_values(factor))
    if isinstance(factor, ChoiceFactor):
        return list(ids)
    if isinstance(factor, NumberFactor):
        return [*sorted(points), *([BEYOND] if factor.not_done else [])]
    sizes = range(factor.at_least, len(factor.members) + 1)
    some = chain.from_iterable(combinations(factor.members, k) for k in sizes)
    return [*map(frozenset, some), *([NOT_LOOKED_FOR] if factor.not_done else [])]


def worked_out(pathway: Pathway, factor: DerivedFactor, case: Case) -> WorkedOut:
    """The one value of a derived factor that the case comes to."""
    total = sum(
        next(
            number
            for branch, number in zip(one.branches, one.points, strict=True)
            if passes(branch.test, case[one.factor])
        )
        for one in factor.points
    )
    held = [value for value, rule in factor.rules.items() if walk(pathway, rule.tree, case)]
    held += [value for value, sums in factor.sums.items() if passes(sums, Decimal(total))]
    held += [v for v in factor.values if not held and v not in {**factor.rules, **factor.sums}]
    (value,) = held
    return WorkedOut(value)


def cases(pathway: Pathway, points: frozenset[Decimal]) -> Iterator[Case]:
    """Every case: a value for each factor that applies in it."""

    def extend(case: dict[str, CaseValue], remaining: tuple[Factor, ...]) -> Iterator[Case]:
        if not remaining:
            yield case
            return
        factor, *rest = remaining
        if factor.applies_when is not None and not walk(pathway, factor.applies_when.tree, case):
            yield from extend(case, tuple(rest))
            return
        values = values_of(factor, points)
        if isinstance(factor, DerivedFactor):
            values = [worked_out(pathway, factor, case), *(values * factor.may_be_answered)]
        for value in values:
            yield from extend({**case, factor.id: value}, tuple(rest))

    return extend({}, tuple(pathway.factors.values()))


def silent(answer: Answer) -> bool:
    """Whether an answer says nothing."""
    return isinstance(answer, Unknown)


def fits(value: CaseValue, answer: Answer) -> bool:
    match answer:
        case Unknown():
            return True
        case ChoiceAnswer(values=values):
            return value in values
        case RangesAnswer(ranges=ranges):
            return any(passes(part, value) for part in ranges)
        case NumberAnswer(value=number):
            return value == number
        case MultiAnswer(present=present, absent=absent):
            assert isinstance(value, frozenset)
            if value == NOT_LOOKED_FOR and (present or absent):
                # What is said of members says that they were looked for.
                return present == NOT_LOOKED_FOR
            return present <= value and not absent & value


@dataclass(frozen=True)
class Brute:
    """A pathway with all of its cases."""

    pathway: Pathway
    cases: tuple[Case, ...]
    known: dict[Answers, list[tuple[Case, Case, str]]] = field(default_factory=dict)

    def remembered_neighbours(self, answers: Answers) -> list[tuple[Case, Case, str]]:
        if answers not in self.known:
            self.known[answers] = self.neighbours(answers)
        return self.known[answers]

    def completions(self, answers: Answers, given: Answers = NO_ANSWERS) -> list[Case]:
        """The cases that fit the answers.

        A derived factor is worked out in them unless it was answered, now or in `given`.
        """
        told = {f for every in (answers, given) for f, a in every.items() if not silent(a)}
        return [
            case
            for case in self.cases
            if all(f not in case or fits(case[f], answer) for f, answer in answers.items())
            and all(self.told_alone(case, f, f in told, f in answers) for f in self.derived)
        ]

    @property
    def asked_cases(self) -> list[Case]:
        """The cases in which everything derived is worked out, and nothing answered instead."""
        return [
            c
            for c in self.cases
            if all(isinstance(c.get(f, NOTHING), WorkedOut) for f in self.derived)
        ]

    @property
    def derived(self) -> list[str]:
        return [f.id for f in self.pathway.factors.values() if isinstance(f, DerivedFactor)]

    def values_left(self, derived: str, answers: Answers) -> tuple[str, ...]:
        """What is left of a derived factor: what was answered, or is worked out in a completion."""
        answer = answers.get(derived)
        left = {case[derived] for case in self.completions(answers) if derived in case}
        if isinstance(answer, ChoiceAnswer):
            left = set(answer.values)
        return tuple(v for v in named_values(self.pathway.factors[derived]) if v in left)

    @staticmethod
    def told_alone(case: Case, factor: str, told: bool, now: bool) -> bool:
        """Whether a derived factor is worked out where it was not answered, and only there."""
        out = isinstance(case.get(factor), WorkedOut)
        return factor not in case or (not out if told and now else out or told)

    def function(self, rule: Rule | None) -> Function:
        if rule is None:
            return lambda case: True
        return lambda case: walk(self.pathway, rule.tree, case)

    def when(self, alert: Alert) -> Function:
        """Where the condition of an alert holds; the tool's own looks at what is worked out."""
        derived = self.pathway.factors.get(alert.answer_to or "")
        if not isinstance(derived, DerivedFactor):
            return self.function(alert.when)

        def contradicted(case: Case) -> bool:
            own = case.get(derived.id)
            if own is None or isinstance(own, WorkedOut):
                return False
            return own != worked_out(self.pathway, derived, case)

        return contradicted

    def option(self, option: str) -> Function:
        rules = [self.function(s.rule) for s in self.pathway.options[option].statements.values()]
        return lambda case: any(rule(case) for rule in rules)

    def aims(self, option: str) -> dict[str, Function]:
        record = self.pathway.options[option]
        parts: dict[str, list[tuple[Function, Function]]] = {}
        for statement in record.statements.values():
            for aim in statement.aims:
                both = (self.function(statement.rule), self.function(aim.when))
                parts.setdefault(aim.id, []).append(both)
        for aim in record.aims:
            both = (self.option(option), self.function(aim.when))
            parts.setdefault(aim.id, []).append(both)

        def holding(both: list[tuple[Function, Function]]) -> Function:
            return lambda case: any(one(case) and other(case) for one, other in both)

        return {aim: holding(both) for aim, both in parts.items()}

    def status(self, function: Function, answers: Answers, given: Answers = NO_ANSWERS) -> Status:
        seen = {function(case) for case in self.completions(answers, given)}
        if len(seen) > 1:
            return P
        return D if seen == {True} else N

    def neighbours(self, answers: Answers) -> list[tuple[Case, Case, str]]:
        """Pairs of completions that differ in one factor alone, among those both have."""
        return self.pairs(self.completions(answers))

    @staticmethod
    def pairs(cases: Sequence[Case]) -> list[tuple[Case, Case, str]]:
        """Pairs of cases that differ in one factor alone, among those both have."""
        found = []
        for one, other in combinations(cases, 2):
            differing = [f for f, value in one.items() if told_apart(value, other.get(f, value))]
            if len(differing) == 1:
                found.append((one, other, differing[0]))
        return found

    def depends_on(self, function: Function, answers: Answers) -> tuple[str, ...]:
        """Factors in which alone two completions differ that the function tells apart."""
        found = {
            factor
            for one, other, factor in self.remembered_neighbours(answers)
            if function(one) != function(other)
        }
        return tuple(f for f in self.pathway.factors if f in found)

    def because(self, function: Function, answers: Answers) -> tuple[str, ...]:
        status = self.status(function, answers)
        kept = {f: a for f, a in answers.items() if not isinstance(a, Unknown)}
        for factor in reversed(list(self.pathway.factors)):
            fewer = {f: a for f, a in kept.items() if f != factor}
            if factor in kept and self.status(function, Answers(fewer), answers) is status:
                kept = fewer
        return tuple(f for f in self.pathway.factors if f in kept)

    def listed_aims(self, option: str, answers: Answers) -> list[str]:
        described = self.option(option)
        where = [case for case in self.completions(answers) if described(case)]
        return [
            aim
            for aim, holds in self.aims(option).items()
            if where and all(holds(case) for case in where)
        ]

    def usual_setting(self, option: str, answers: Answers) -> Setting | None:
        setting = self.pathway.options[option].usual_setting
        if setting is None:
            return None
        names = {D: Setting.MET, P: Setting.UNKNOWN, N: Setting.NOT_MET}
        return names[self.status(self.function(setting.rule), answers)]

    def alerts(self, answers: Answers) -> dict[str, AlertState]:
        shown = {}
        statuses = {o: self.status(self.option(o), answers) for o in self.pathway.options}
        for alert in self.pathway.alerts.values():
            when = self.status(self.when(alert), answers)
            silenced = (
                alert.unless is not None and self.status(self.function(alert.unless), answers) is D
            )
            if when is D and not silenced and self._having(alert.about, statuses):
                shown[alert.id] = AlertState.RAISED
            elif when is P and alert.check is not None and self._asks(alert.check, answers):
                shown[alert.id] = AlertState.CHECK
        return shown

    def _asks(self, check: Check, answers: Answers) -> bool:
        statuses = {o: self.status(self.option(o), answers) for o in check.options}
        completions = self.completions(answers)
        certain, possible = self.function(check.certain), self.function(check.possible)
        return (
            self._having(check.options, statuses)
            and all(certain(case) for case in completions)
            and any(possible(case) for case in completions)
        )

    @staticmethod
    def _having(wanted: Mapping[str, tuple[Status, ...]], statuses: Mapping[str, Status]) -> bool:
        return all(statuses[option] in accepted for option, accepted in wanted.items())

    def shown(self) -> dict[Shown, list[Function]]:
        """What a complete case shows, as functions of it."""
        options = {name: self.option(name) for name in self.pathway.options}
        shown: dict[Shown, list[Function]] = {change: [] for change in Shown}
        shown[Shown.STATUS] = list(options.values())
        for name, option in self.pathway.options.items():
            shown[Shown.AIM] += list(self.aims(name).values())
            if option.usual_setting is not None:
                shown[Shown.USUAL_SETTING].append(self.function(option.usual_setting.rule))
            shown[Shown.EXCLUSION] += [self.function(x.when) for x in option.excludes.values()]
        for alert in self.pathway.alerts.values():
            when = self.when(alert)
            unless = None if alert.unless is None else self.function(alert.unless)

            def raised(
                case: Case,
                when: Function = when,
                unless: Function | None = unless,
                about: Mapping[str, tuple[Status, ...]] = alert.about,
            ) -> bool:
                silenced = unless is not None and unless(case)
                return when(case) and not silenced and able(case, about)

            def checked(
                case: Case,
                when: Function = when,
                check: Check | None = alert.check,
            ) -> bool:
                return (
                    check is not None
                    and when(case)
                    and self.function(check.certain)(case)
                    and self.function(check.possible)(case)
                    and able(case, check.options)
                )

            def able(case: Case, wanted: Mapping[str, tuple[Status, ...]]) -> bool:
                return all(
                    (P in accepted and D not in accepted)
                    or (options[option](case) if D in accepted else not options[option](case))
                    for option, accepted in wanted.items()
                )

            shown[Shown.ALERT] += [raised, checked]
        return shown

    def next(self, answers: Answers) -> tuple[list[tuple[str, tuple[Shown, ...]]], list[str]]:
        changing: dict[str, set[Shown]] = {f: set() for f in self.pathway.factors}
        for change, functions in self.shown().items():
            for function in functions:
                for factor in self.depends_on(function, answers):
                    changing[factor].add(change)
        upcoming, waiting = [], []
        for factor, changes in changing.items():
            if not changes:
                continue
            if self.applies(factor, answers) is D:
                upcoming.append((factor, tuple(c for c in Shown if c in changes)))
            else:
                waiting.append(factor)
        return upcoming, waiting

    def applies(self, factor: str, answers: Answers) -> Status:
        rule = self.pathway.factors[factor].applies_when
        return D if rule is None else self.status(self.function(rule), answers)


def brute(pathway: Pathway, answers: Answers) -> Brute:
    """All cases of a pathway, with numbers at and around every bound and answer."""
    bounds: set[Decimal] = {Decimal(0)}
    for rule in all_rules(pathway):
        for _, test, _ in every_test(rule.tree):
            bounds.update(test.bounds if isinstance(test, Range) else ())
    for points in points_of(pathway):
        for each in points.branches:
            bounds.update(each.test.bounds if isinstance(each.test, Range) else ())
    for answer in answers.values():
        if isinstance(answer, RangesAnswer):
            bounds.update(bound for part in answer.ranges for bound in part.bounds)
    # A range without a lowest number has its round one, which answers name.
    some = a_number("some")
    cuts = sorted(bounds)
    numbers = {number_in(some, Range(*two)) for two in zip(cuts, [*cuts[1:], None], strict=True)}
    answered = {a.value for a in answers.values() if isinstance(a, NumberAnswer)}
    return Brute(pathway, tuple(cases(pathway, frozenset(numbers | answered))))


def all_rules(pathway: Pathway) -> Iterator[Rule]:
    found: list[Rule | None] = [f.applies_when for f in pathway.factors.values()]
    found += [s.rule for s in pathway.shared.values()]
    for factor in pathway.factors.values():
        found += factor.rules.values() if isinstance(factor, DerivedFactor) else ()
    for option in pathway.options.values():
        found += [a.when for a in option.aims]
        found += [option.usual_setting.rule] if option.usual_setting else []
        found += [exclusion.when for exclusion in option.excludes.values()]
        for statement in option.statements.values():
            found += [statement.rule, statement.scope, *(a.when for a in statement.aims)]
    for alert in pathway.alerts.values():
        found += [alert.when, alert.unless]
        if alert.check is not None:
            found += [alert.check.certain, alert.check.possible]
    return (rule for rule in found if rule is not None)
