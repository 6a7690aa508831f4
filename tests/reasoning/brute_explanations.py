"""Reasons and changes by enumeration: every set of factors, every new answer, every case."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations, product

from tests.reasoning.brute import Brute, CaseValue, Function, WorkedOut, all_rules, brute, fits
from wizard.case.answers import (
    MULTI_NOT_DONE,
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
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import points_of
from wizard.pathway.trees import BEYOND, Range, every_test
from wizard.reasoning.value_sets import ValueSet

Cost = tuple[int, int, int]
_OUT = WorkedOut()


def within(value: CaseValue, values: ValueSet) -> bool:
    match values:
        case Range(low=low, high=high):
            assert isinstance(value, Decimal)
            return (low is None or low <= value) and (high is None or value < high)
        case _:
            return fits(value, values)


@dataclass(frozen=True)
class Twin:
    """One function of one pathway, looked at case by case; sets of cases are bits."""

    brute: Brute
    function: Function
    cuts: Mapping[str, tuple[Decimal, ...]]

    @cached_property
    def truth(self) -> int:
        return sum(1 << i for i, case in enumerate(self.brute.cases) if self.function(case))

    @cached_property
    def all(self) -> int:
        return (1 << len(self.brute.cases)) - 1

    def cases(self, factor: str, values: ValueSet | NumberAnswer | Unknown) -> int:
        """The cases in which a factor does not apply, or has one of these values."""
        found = 0
        for i, case in enumerate(self.brute.cases):
            if factor in case:
                value = case[factor]
                inside = (
                    fits(value, values)
                    if isinstance(values, NumberAnswer | Unknown)
                    else within(value, values)
                )
                if not inside:
                    continue
            found |= 1 << i
        return found

    def meeting(self, answers: Mapping[str, ValueSet | NumberAnswer | Unknown]) -> int:
        found = self.all
        for factor, values in answers.items():
            found &= self.cases(factor, values)
        return found

    def forces(
        self, answers: Mapping[str, ValueSet | NumberAnswer | Unknown], wanted: bool
    ) -> bool:
        met = self.meeting(answers)
        assert met
        return not met & (~self.truth if wanted else self.truth)

    # --- reasons -----------------------------------------------------------------------------

    def reasons(self, answers: Answers, wanted: bool) -> set[tuple[str, ...]]:
        """All subset-minimal sets of answered factors that alone force the wanted truth."""

        def force(chosen: tuple[str, ...]) -> bool:
            return self.forces({f: answers[f] for f in chosen}, wanted)

        return self.minimal(answers, force)

    def corrections(self, answers: Answers, wanted: bool) -> set[tuple[str, ...]]:
        """All minimal sets of answered factors without whose answers it is no longer forced."""

        def free(chosen: tuple[str, ...]) -> bool:
            left = {f: answer for f, answer in answers.items() if f not in chosen}
            return not self.forces({f: left[f] for f in left if said(answers, f)}, wanted)

        return self.minimal(answers, free)

    def minimal(
        self, answers: Answers, enough: Callable[[tuple[str, ...]], bool]
    ) -> set[tuple[str, ...]]:
        """All minimal sets of answered factors that are enough, the factors in their order."""
        given = [f for f in self.brute.pathway.factors if said(answers, f)]
        found: list[tuple[str, ...]] = []
        for size in range(len(given) + 1):
            for chosen in combinations(given, size):
                if not any(set(smaller) <= set(chosen) for smaller in found) and enough(chosen):
                    found.append(chosen)
        return set(found)

    def wider(self, factor: Factor, values: ValueSet) -> Iterator[ValueSet]:
        """Each set of values that is wider by one step."""
        match values:
            case ChoiceAnswer(values=chosen):
                for value in set(named_values(factor)) - chosen:
                    yield ChoiceAnswer(chosen | {value})
            case MultiAnswer(present=present, absent=absent):
                if factor.not_done and len(present | absent) == 1 and NOT_DONE not in present:
                    yield MultiAnswer(frozenset(), frozenset((NOT_DONE,)) - absent)
                    return
                for member in present | absent:
                    yield MultiAnswer(present - {member}, absent - {member})
            case Range(low=low, high=high):
                bounds = (None, *self.cuts[factor.id], None)
                if low is not None:
                    yield Range(bounds[bounds.index(low) - 1], high)
                if high is not None:
                    yield Range(low, bounds[bounds.index(high, 1) + 1])

    # --- changes -----------------------------------------------------------------------------

    def changes(
        self, answers: Answers, wanted: bool, free: Collection[str]
    ) -> tuple[Cost | None, set[frozenset[tuple[str, Answer]]]]:
        """The least cost of a change that forces the wanted truth, and every change of that cost.

        Factors outside `free` may not be contradicted.  A number stands for its interval.
        """
        pathway = self.brute.pathway
        ways = [
            list(self.ways(f, answers.get(f.id), f.id in free)) for f in pathway.factors.values()
        ]
        combined = sorted(
            ((total(cost for cost, *_ in way), way) for way in product(*ways)),
            key=lambda each: each[0],
        )
        least: Cost | None = None
        found = set()
        for cost, way in combined:
            if least is not None and cost > least:
                break
            cases = self.all
            for _, _, fitting in way:
                cases &= fitting
            if not cases & (~self.truth if wanted else self.truth):
                least = cost
                names = zip(pathway.factors, way, strict=True)
                found.add(frozenset((f, new) for f, (_, new, _) in names if new is not None))
        return least, found

    def ways(
        self, factor: Factor, given: Answer | None, free: bool
    ) -> Iterator[tuple[Cost, Answer | None, int]]:
        """Each answer that a factor may have: what it costs, the answer, the cases it allows."""
        nothing_said = MultiAnswer(frozenset(), frozenset())
        given = Unknown() if given is None or given == nothing_said else given
        yield (0, 0, 0), None, self.cases(factor.id, given)
        worked_out = isinstance(factor, DerivedFactor) and isinstance(given, Unknown)
        for new, members in () if worked_out else self.news(factor, given):
            agrees = isinstance(given, Unknown) or not self.contradicts(factor, given, new)
            if agrees or free:
                cost = (int(not agrees), int(agrees), members)
                yield cost, new, self.cases(factor.id, self.interval(factor.id, new))

    def news(self, factor: Factor, given: Answer) -> Iterator[tuple[Answer, int]]:
        if isinstance(factor, ChoiceFactor):
            for value in factor.values:
                if given != ChoiceAnswer(frozenset([value])):
                    yield ChoiceAnswer(frozenset([value])), 0
        elif isinstance(factor, NumberFactor):
            for point in (Decimal(0), *self.cuts[factor.id]):
                new = NumberAnswer(point)
                inside = isinstance(given, NumberAnswer | RangesAnswer) and lies_within(
                    given, self.interval(factor.id, new)
                )
                if not inside:
                    yield new, 0
        else:
            yield from self.multi_news(factor, given)

    def multi_news(self, factor: MultiFactor, given: Answer) -> Iterator[tuple[Answer, int]]:
        """That it was not done, that it was, and everything new of its members."""
        nothing = MultiAnswer(frozenset(), frozenset())
        if factor.not_done and given != MULTI_NOT_DONE:
            yield MULTI_NOT_DONE, 1
        if factor.not_done and given in (Unknown(), MULTI_NOT_DONE):
            yield MultiAnswer(frozenset(), frozenset((NOT_DONE,))), 0
            given = nothing
        old = given if isinstance(given, MultiAnswer) else nothing
        for states in product("=+-", repeat=len(factor.members)):
            told = dict(zip(factor.members, states, strict=True))
            flips = [
                m
                for m, state in told.items()
                if (state == "+" and m not in old.present) or (state == "-" and m not in old.absent)
            ]
            if not flips or any(state != "=" and m not in flips for m, state in told.items()):
                continue
            plus = {m for m in flips if told[m] == "+"}
            minus = {m for m in flips if told[m] == "-"}
            told_anew = MultiAnswer((old.present - minus) | plus, (old.absent - plus) | minus)
            if not (factor.at_least and len(told_anew.absent) == len(factor.members)):
                yield told_anew, len(flips)

    def contradicts(self, factor: Factor, given: Answer, new: Answer) -> bool:
        match given, new:
            case ChoiceAnswer(values=old), ChoiceAnswer(values=values):
                return not values <= old
            case MultiAnswer(), MultiAnswer() if NOT_DONE in given.present | new.present:
                return given != new
            case MultiAnswer(), MultiAnswer():
                return not (given.present <= new.present and given.absent <= new.absent)
            case RangesAnswer(ranges=parts), NumberAnswer():
                whole = self.interval(factor.id, new)
                assert isinstance(whole, Range)
                return not any(
                    (part.high is None or whole.low is None or whole.low < part.high)
                    and (whole.high is None or part.low is None or part.low < whole.high)
                    for part in parts
                )
            case NumberAnswer(value=old), NumberAnswer():
                return not within(old, self.interval(factor.id, new))
        raise AssertionError((factor, given, new))

    def interval(self, factor: str, answer: Answer) -> ValueSet:
        if isinstance(answer, NumberAnswer):
            cuts = self.cuts[factor]
            low = max((cut for cut in cuts if cut <= answer.value), default=None)
            return Range(low, min((cut for cut in cuts if cut > answer.value), default=None))
        assert not isinstance(answer, Unknown)
        return answer

    def points(self, factor: str, values: ValueSet) -> list[Answer]:
        """The single answers of a set of values, a number for each interval."""
        if isinstance(values, ChoiceAnswer):
            return [ChoiceAnswer(frozenset([value])) for value in values.values]
        if isinstance(values, MultiAnswer):
            return [values]
        return [NumberAnswer(p) for p in (Decimal(0), *self.cuts[factor]) if within(p, values)]


def lies_within(given: NumberAnswer | RangesAnswer, whole: ValueSet) -> bool:
    """Whether every number that fits the answer lies in a range."""
    if isinstance(given, NumberAnswer):
        return within(given.value, whole)
    assert isinstance(whole, Range)
    return all(
        (whole.low is None or (part.low is not None and whole.low <= part.low))
        and (whole.high is None or (part.high is not None and part.high <= whole.high))
        for part in given.ranges
    )


def said(answers: Answers, factor: str) -> bool:
    return factor in answers and not isinstance(answers[factor], Unknown)


def total(costs: Iterator[Cost]) -> Cost:
    first, second, third = zip(*costs, strict=True)
    return sum(first), sum(second), sum(third)


def twin(pathway: Pathway, answers: Answers, option: str) -> Twin:
    """The twin of an option, over cases in which what was not answered is worked out."""
    whole = brute(pathway, answers)
    out = [f for f in whole.derived if not said(answers, f)]
    kept = [c for c in whole.cases if all(isinstance(c.get(f, _OUT), WorkedOut) for f in out)]
    cases = Brute(pathway, tuple(kept))
    return Twin(cases, cases.option(option), cuts_of(pathway))


def cuts_of(pathway: Pathway) -> dict[str, tuple[Decimal, ...]]:
    """The bounds that the trees of a pathway set for each number."""
    found: dict[str, set[Decimal]] = {factor: set() for factor in pathway.factors}
    for rule in all_rules(pathway):
        for factor, test, _ in every_test(rule.tree):
            found[factor].update(test.bounds if isinstance(test, Range) else ())
    for points in points_of(pathway):
        for each in points.branches:
            found[points.factor].update(each.test.bounds if isinstance(each.test, Range) else ())
    for number in pathway.factors.values():
        if isinstance(number, NumberFactor) and number.not_done:
            found[number.id].add(BEYOND)
    return {factor: tuple(sorted(bounds)) for factor, bounds in found.items()}
