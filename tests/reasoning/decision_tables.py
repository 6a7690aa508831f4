"""Options as decision tables: the paths of a pathway's trees, written as rows for a DMN engine.

A row is one path through all that an option rests on, from the first question to an outcome.  It
has an entry for each column that the path asks: the values that lead along it, and "unknown".  With
the hit policy COLLECT an engine lists the outcomes of all rows that an answer leaves open, and this
list is the status.  Nothing here makes a diagram, counts or joins: paths are walked question by
question, as somebody would who fills the table in by hand.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from wizard.case.answers import (
    Answer,
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
    Points,
)
from wizard.pathway.model import Option, Pathway
from wizard.pathway.owned_rules import points_of, rules
from wizard.pathway.ranges import lies_in, only, split_bound, united
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
    Test,
    Tree,
    Use,
    every_test,
)

YES, NO, UNKNOWN, WORKED_OUT = "yes", "no", "unknown", "worked_out"
Cell = str | Range
"""What an entry of a table may allow: a value, or for a number a part of the line of numbers."""
Row = Mapping[str, frozenset[Cell]]
"""By column what a path allows; a column that it does not ask has no entry."""
Way = tuple[Row, bool]
"""A path, and whether its outcome is "described"."""
_ABOVE: Final = Decimal("0.0000005")
"""Numbers have at most six decimals: the bound "just above" one lies half a step from it."""
_END: Final = Decimal(10) ** 12
"""No number is as large; that it was not measured stands there."""


def column(factor: str, member: str = "") -> str:
    """The name of a column, which an engine can read as a name whatever the ids are."""
    return f"{factor}__{member}" if member else factor


@dataclass(frozen=True)
class Tables:
    """The tables of a pathway's options; `columns` has all that each column can be."""

    pathway: Pathway
    columns: Mapping[str, tuple[Cell, ...]]

    def rows(self, option: Option) -> list[Way]:
        """The table of an option: it is described where any of its statements is."""
        trees = [statement.rule.tree for statement in option.statements.values()]
        found = dict.fromkeys(
            (frozenset(row.items()), holds)
            for way, holds in self.at_least(1, trees, {})
            for row in self.completed(way)
        )
        return [(dict(row), holds) for row, holds in found]

    # --- paths -------------------------------------------------------------------------------

    def walk(self, tree: Tree, row: Row) -> Iterator[Way]:
        """Every path through a tree that goes on from another."""
        match tree:
            case Outcome(described=described):
                yield row, described
            case Use(name=name):
                yield from self.walk(self.pathway.shared[name].rule.tree, row)
            case Not(tree=denied):
                yield from ((way, not holds) for way, holds in self.walk(denied, row))
            case AtLeast(least=least, trees=trees):
                yield from self.at_least(least, trees, row)
            case Requirement():
                yield from self.required(tree, row)
            case Ask(factor=factor, branches=branches):
                for way, taken in self.ask(factor, [each.test for each in branches], row):
                    yield from self.walk(branches[taken].tree, way)

    def required(self, asked: Requirement, row: Row) -> Iterator[Way]:
        """Every path on from what is required of a factor: it has to apply as well."""
        for way, applies in self.applying(asked.factor, row):
            if not applies:
                yield way, False
                continue
            for further, passed in self.ask(asked.factor, [*asked.tests, Rest()], way):
                yield further, (passed < len(asked.tests)) != asked.negated

    def at_least(self, least: int, trees: Sequence[Tree], row: Row) -> Iterator[Way]:
        """The trees one after the other, until so many of them hold or too few are left."""
        if least <= 0 or len(trees) < least:
            yield row, least <= 0
            return
        for way, holds in self.walk(trees[0], row):
            yield from self.at_least(least - holds, trees[1:], way)

    def applying(self, factor: str, row: Row) -> Iterator[Way]:
        """The paths on which a factor applies, and those on which it does not."""
        rule = self.pathway.factors[factor].applies_when
        return iter([(row, True)]) if rule is None else self.walk(rule.tree, row)

    # --- one question ------------------------------------------------------------------------

    def ask(self, factor: str, tests: Sequence[Test], row: Row) -> Iterator[tuple[Row, int]]:
        """Every path on from a question, with the number of the first test that it passes."""
        match self.pathway.factors[factor]:
            case MultiFactor() as record:
                yield from self.ask_members(record, tests, row)
            case DerivedFactor() as record:
                yield from self.ask_values(factor, tests, row, but=WORKED_OUT)
                for way in self.narrowed(row, factor, lambda cell: cell == WORKED_OUT):
                    for further, value in self.worked_out(record, way):
                        yield further, first(tests, value)
            case _:
                yield from self.ask_values(factor, tests, row)

    def ask_values(
        self, factor: str, tests: Sequence[Test], row: Row, but: str = ""
    ) -> Iterator[tuple[Row, int]]:
        """The ways of a choice or a number: which values pass which test first."""
        possible = {cell for cell in row.get(factor, self.columns[factor]) if cell != but}
        for number in range(len(tests)):
            taken = {cell for cell in possible if first(tests, cell) == number}
            yield from ((way, number) for way in self.narrowed(row, factor, taken.__contains__))

    def ask_members(
        self, factor: MultiFactor, tests: Sequence[Test], row: Row
    ) -> Iterator[tuple[Row, int]]:
        """The ways of a multi: its members are looked at one by one, where it was done."""
        done: Iterable[Row] = [row]
        if factor.not_done is not None:
            asked = column(factor.id, NOT_DONE)
            for way in self.narrowed(row, asked, lambda cell: cell == YES):
                yield way, first(tests, NOT_DONE)
            done = self.narrowed(row, asked, lambda cell: cell == NO)
        waiting = list(done)
        for number, test in enumerate(tests):
            left = []
            for each in waiting:
                for way, present in self.any_present(
                    factor.id, self.looked_for(factor, test), each
                ):
                    if present != isinstance(test, NonePresent):
                        yield way, number
                    else:
                        left.append(way)
            waiting = left

    @staticmethod
    def looked_for(factor: MultiFactor, test: Test) -> tuple[str, ...] | None:
        """The members of which a test asks whether one is present; None where it takes all."""
        match test:
            case AnyOf(members=members):
                return tuple(each for each in members if each != NOT_DONE)
            case NonePresent():
                return tuple(factor.members)
        return None

    def any_present(self, factor: str, members: Sequence[str] | None, row: Row) -> Iterator[Way]:
        """The paths on which one of the members is present, and the one on which none is."""
        if members is None:
            yield row, True
            return
        for member in members:
            name = column(factor, member)
            yield from ((way, True) for way in self.narrowed(row, name, lambda c: c == YES))
            absent = list(self.narrowed(row, name, lambda c: c == NO))
            if not absent:
                return
            row = absent[0]
        yield row, False

    def worked_out(self, factor: DerivedFactor, row: Row) -> Iterator[tuple[Row, str]]:
        """The paths to each value of a derived factor: the first whose rule holds, else the rest.

        That exactly one holds is proved when a pathway is read.
        """
        ruled = {*factor.rules, *factor.sums}
        rest = next((value for value in factor.values if value not in ruled), None)
        waiting = [row]
        for value, rule in factor.rules.items():
            ways = [found for each in waiting for found in self.walk(rule.tree, each)]
            yield from ((way, value) for way, holds in ways if holds)
            waiting = [way for way, holds in ways if not holds]
        for way, total in self.added(factor.points, row) if factor.sums else ():
            held: list[str | None] = [
                v for v, sums in factor.sums.items() if lies_in(Decimal(total), sums)
            ]
            yield from ((way, value) for value in (held or [rest]) if value is not None)
        if rest is not None and not factor.sums:
            yield from ((way, rest) for way in waiting)

    def added(
        self, points: Sequence[Points], row: Row, total: int = 0
    ) -> Iterator[tuple[Row, int]]:
        """Every way to answer the questions of a score, with the sum of its points."""
        if not points:
            yield row, total
            return
        own, *others = points
        for way, taken in self.ask(own.factor, [each.test for each in own.branches], row):
            yield from self.added(others, way, total + own.points[taken])

    # --- rows --------------------------------------------------------------------------------

    def narrowed(self, row: Row, name: str, passes: Callable[[Cell], bool]) -> Iterator[Row]:
        """The path with less in one column; none where nothing of it is left."""
        left = frozenset(cell for cell in row.get(name, self.columns[name]) if passes(cell))
        if left:
            yield {**row, name: left}

    def completed(self, row: Row) -> Iterator[Row]:
        """The path where a multi has at least one member: one row for each that may be it."""
        rows = [row]
        for factor in self.pathway.factors.values():
            if isinstance(factor, MultiFactor) and factor.at_least:
                members = [column(factor.id, member) for member in factor.members]
                if any(row.get(name) == frozenset([NO]) for name in members):
                    rows = [
                        way
                        for each in rows
                        for name in members
                        for way in self.narrowed(each, name, lambda c: c == YES)
                    ]
        yield from rows


def first(tests: Sequence[Test], cell: Cell) -> int:
    """The number of the first test that a value passes."""
    return next(number for number, test in enumerate(tests) if passes(test, cell))


def passes(test: Test, cell: Cell) -> bool:
    """Whether a value passes a test: one of a choice, a part of the numbers, or "not done"."""
    match test:
        case OneOf(values=values) | AnyOf(members=values):
            return cell in values
        case Range(low=low, high=high):
            assert isinstance(cell, Range)
            return start(low) <= start(cell.low) and end(cell.high) <= end(high)
        case NonePresent():
            return False
        case Rest():
            return True


def start(low: Decimal | None) -> Decimal:
    """Where a range begins, as a number."""
    return -_END if low is None else place(low)


def end(high: Decimal | None) -> Decimal:
    """Where a range ends, as a number."""
    return 2 * _END if high is None else place(high)


def place(bound: Decimal) -> Decimal:
    """A bound as a number with at most seven decimals."""
    if bound == BEYOND:
        return _END
    number, above = split_bound(bound)
    return number + _ABOVE if above else number


def tables(pathway: Pathway) -> Tables:
    """The columns of a pathway's tables, and what each can be."""
    found: dict[str, tuple[Cell, ...]] = {}
    for factor in pathway.factors.values():
        match factor:
            case DerivedFactor():
                given = tuple(factor.values) if factor.may_be_answered else ()
                found[factor.id] = (WORKED_OUT, *given)
            case ChoiceFactor():
                found[factor.id] = tuple(factor.values)
            case MultiFactor():
                own = (*factor.members, *([NOT_DONE] if factor.not_done else []))
                found |= {column(factor.id, member): (YES, NO) for member in own}
            case NumberFactor():
                found[factor.id] = tuple(_parts(pathway, factor))
    return Tables(pathway, found)


def _parts(pathway: Pathway, factor: NumberFactor) -> Iterator[Range]:
    """The parts of a number that the pathway's rules tell apart."""
    trees = [rule.tree for rule in rules(pathway)]
    tests = [test for tree in trees for name, test, _ in every_test(tree) if name == factor.id]
    tests += [
        branch.test
        for points in points_of(pathway)
        for branch in points.branches
        if points.factor == factor.id
    ]
    ends = {
        bound
        for test in tests
        if isinstance(test, Range)
        for bound in (test.low, test.high)
        if bound is not None
    }
    return (Range(low, high) for low, high in pairwise([None, *sorted(ends), None]))


# --- for an engine ---------------------------------------------------------------------------


def entry(cells: frozenset[Cell]) -> str:
    """An entry of a table in zen's language; an answer is a list of what it leaves open."""
    values = sorted(each for each in cells if isinstance(each, str))
    if values:
        return f"some($, # in {json.dumps([UNKNOWN, *values])})"
    ranges = united(each for each in cells if isinstance(each, Range))
    ways = [f"#.from < {end(each.high):f} and #.below > {start(each.low):f}" for each in ranges]
    return " or ".join(f"some($, {way})" for way in (f"#.is == '{UNKNOWN}'", *ways))


def context(pathway: Pathway, answers: Mapping[str, Answer]) -> dict[str, list[object]]:
    """A case as the tables take it: what each column may be, or "unknown"."""
    found: dict[str, list[object]] = {}
    for factor in pathway.factors.values():
        answer = answers.get(factor.id, Unknown())
        if isinstance(factor, MultiFactor):
            assert isinstance(answer, MultiAnswer | Unknown)
            found |= _members(factor, answer)
            continue
        match answer:
            case ChoiceAnswer(values=values):
                found[factor.id] = [*sorted(values)]
            case NumberAnswer(value=number):
                assert isinstance(factor, NumberFactor)
                found[factor.id] = [_piece(only(factor, number))]
            case RangesAnswer(ranges=ranges):
                found[factor.id] = [_piece(each) for each in ranges]
            case _:
                found[factor.id] = [_unsaid(factor)]
    return found


def _members(factor: MultiFactor, answer: MultiAnswer | Unknown) -> dict[str, list[object]]:
    present = answer.present if isinstance(answer, MultiAnswer) else frozenset()
    absent = answer.absent if isinstance(answer, MultiAnswer) else frozenset()
    found: dict[str, list[object]] = {
        column(factor.id, each): [YES if each in present else NO if each in absent else UNKNOWN]
        for each in factor.members
    }
    if factor.not_done is not None:
        said = YES if NOT_DONE in present else NO if present or absent else UNKNOWN
        found[column(factor.id, NOT_DONE)] = [said]
    return found


def _unsaid(factor: Factor) -> object:
    match factor:
        case NumberFactor():
            return {"is": UNKNOWN, "from": 0.0, "below": 0.0}
        case DerivedFactor():
            return WORKED_OUT
    return UNKNOWN


def _piece(part: Range) -> dict[str, object]:
    return {"is": "number", "from": float(start(part.low)), "below": float(end(part.high))}
