"""Every single edit of a rule that could slip in: what would it do?

A branch dropped, a value moved, an outcome flipped, a condition or a part of one removed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations
from typing import TypeVar

from wizard.engine.counting import cube, xor
from wizard.engine.diagrams import FALSE, TRUE, Node
from wizard.pathway.model import Factor, named_values
from wizard.pathway.owned_rules import OwnedRule
from wizard.pathway.position import Position
from wizard.pathway.ranges import beside, bound_words
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    Branch,
    Clause,
    NonePresent,
    OneOf,
    Outcome,
    Range,
    Requirement,
    Rest,
    Tree,
    Use,
)
from wizard.wording.answers import factor_label
from wizard.wording.text import short
from wizard.wording.trees import branch_words
from wizard.workbench.rule_functions import RuleFunctions, shifted, tests_beside


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one edit: where, what, and in which cases it then comes out otherwise.

    `differs` is None where the reader would refuse the edit.
    """

    owned: OwnedRule
    position: Position
    what: str
    differs: Node | None


_Part = TypeVar("_Part")
_Branches = tuple[Position, str, tuple[Branch, ...]]
"""A question with one edit: where, what, and its branches then."""


def mutants(functions: RuleFunctions, owned: OwnedRule) -> Iterator[Mutant]:
    """Every mutant of one rule, as trees or as conditions, the way it is written."""
    mutator = _Mutator(functions, owned)
    if owned.rule.clauses is not None:
        return mutator.condition(owned.rule.clauses)
    return mutator.tree(owned.rule.tree, TRUE)


@dataclass(frozen=True, slots=True)
class _Mutator:
    """Edits of one rule.  An edit deep in a tree differs only in cases that reach it."""

    functions: RuleFunctions
    owned: OwnedRule

    # --- trees ---------------------------------------------------------------------------

    def tree(self, tree: Tree, reach: Node) -> Iterator[Mutant]:
        match tree:
            case Outcome(described, position):
                flipped = "not_described" if described else "described"
                yield Mutant(self.owned, position, f"the outcome becomes {flipped}", reach)
            case Ask():
                yield from self.question(tree, reach)
            case Use(name, position):
                used = self.functions.compiler.use(name)
                for outcome, node in (("described", TRUE), ("not_described", FALSE)):
                    differs = self.xor(used, node, reach)
                    what = f"use: {name} becomes {outcome}"
                    yield Mutant(self.owned, position, what, differs)

    def question(self, ask: Ask, reach: Node) -> Iterator[Mutant]:
        for at, branch in enumerate(ask.branches):
            passes = self.functions.passes(ask, at)
            yield from self.tree(branch.tree, self.functions.diagrams.both(reach, passes))
        below = [self.functions.compiler.tree(branch.tree) for branch in ask.branches]
        whole = self.functions.compiler.ask(ask.factor, ask.branches, below)
        factor = self.functions.pathway.factors[ask.factor]
        for position, what, branches in _other_branches(factor, ask):
            edited = replace(ask, branches=branches)
            differs = None
            if self.sound(edited, reach):
                differs = self.xor(self.functions.compiler.tree(edited), whole, reach)
            yield Mutant(self.owned, position, what, differs)
        yield from self.moves(ask, reach, below)

    def moves(self, ask: Ask, reach: Node, below: list[Node]) -> Iterator[Mutant]:
        """Each value of a choice on each of the other branches."""
        factor = self.functions.pathway.factors[ask.factor]
        level = self.functions.compiled.space.levels[ask.factor].start
        ids = list(named_values(self.functions.compiled.space.factors[ask.factor]))
        words = [branch_words(factor, branch) for branch in ask.branches]
        for at, to in permutations(range(len(ask.branches)), 2):
            branch = ask.branches[at]
            if not isinstance(branch.test, OneOf):
                continue
            there = ask.branches[to].tree
            for value in branch.test.values:
                own = cube(self.functions.diagrams, {level: (ids.index(value),)})
                taken = self.functions.diagrams.both(reach, own)
                label = f"{factor_label(factor)}: {short(named_values(factor)[value].label)}"
                differs = None
                if self.sound(there, taken):
                    differs = self.xor(below[at], below[to], taken)
                what = f"{label} moves to {words[to]}"
                yield Mutant(self.owned, branch.position, what, differs)

    def sound(self, tree: Tree, reach: Node) -> bool:
        """Whether the reader takes a tree where it is reached."""
        return not self.functions.guarded(tree) or self.functions.asked_soundly(tree, reach)

    def xor(self, one: Node, other: Node, inside: Node) -> Node:
        """Where two functions differ, inside of another."""
        if one == other:
            return FALSE
        diagrams = self.functions.diagrams
        if (one, other) in ((FALSE, TRUE), (TRUE, FALSE)):
            return inside
        return diagrams.both(inside, xor(diagrams, one, other))

    # --- conditions ----------------------------------------------------------------------

    def condition(self, clauses: tuple[Clause, ...]) -> Iterator[Mutant]:
        whole = self.functions.condition(clauses)
        for where, what, edited in _conditions(self.functions, clauses, self.owned.rule.position):
            differs = TRUE
            if edited is not None:
                differs = self.xor(self.functions.condition(edited), whole, TRUE)
            yield Mutant(self.owned, where, what, differs)


def _other_branches(factor: Factor, ask: Ask) -> Iterator[_Branches]:
    """Branches dropped, members put in or taken out, bounds shifted."""
    label = factor_label(factor)
    for place, branch in enumerate(ask.branches):
        words = branch_words(factor, branch)
        yield branch.position, f"{label}: the branch {words} is dropped", _dropped(ask, place)
        if isinstance(branch.test, AnyOf):
            for done, test in tests_beside(branch.test, named_values(factor)):
                edited = _with(ask.branches, place, replace(branch, test=test))
                yield branch.position, f"{label}: {done}", edited
        elif isinstance(branch.test, Range):
            yield from _shifted(ask, branch, label)


def _dropped(ask: Ask, place: int) -> tuple[Branch, ...]:
    """The branch is gone; its answers go the way of `otherwise`, or are not described."""
    gone = ask.branches[place]
    others = [branch for at, branch in enumerate(ask.branches) if at != place]
    rest = next((at for at, branch in enumerate(others) if branch.otherwise), None)
    if rest is not None and isinstance(gone.test, OneOf):
        test = others[rest].test
        kept = test.values if isinstance(test, OneOf) else ()
        others[rest] = replace(others[rest], test=OneOf((*kept, *gone.test.values)))
    elif rest is None:
        ending = Outcome(described=False, position=gone.position)
        last = gone.test if isinstance(gone.test, OneOf) else Rest()
        others.append(Branch(last, ending, otherwise=True, position=gone.position))
    return tuple(others)


def _with(parts: tuple[_Part, ...], place: int, *new: _Part) -> tuple[_Part, ...]:
    """The parts with others in one place."""
    return (*parts[:place], *new, *parts[place + 1 :])


def _shifted(ask: Ask, branch: Branch, label: str) -> Iterator[_Branches]:
    """The upper bound of a range a little lower or higher, and with it the next range's."""
    bound = branch.test.high if isinstance(branch.test, Range) else None
    if bound is None:
        return
    for moved in beside(bound):
        branches = tuple(
            replace(one, test=shifted(one.test, bound, moved))
            if isinstance(one.test, Range)
            else one
            for one in ask.branches
        )
        yield branch.position, f"{label}: {_moved(bound, moved)}", branches


def _moved(bound: Decimal, moved: Decimal) -> str:
    return f"the bound {bound_words(bound)} becomes {bound_words(moved)}"


def _conditions(
    functions: RuleFunctions, clauses: tuple[Clause, ...], position: Position
) -> Iterator[tuple[Position, str, tuple[Clause, ...] | None]]:
    """The condition with one edit; None is the whole of it turned round."""
    yield position, "the condition is turned round", None
    for place, clause in enumerate(clauses):
        if len(clauses) > 1:
            yield clause.position, "this way is taken out", _with(clauses, place)
        for at, need in enumerate(clause.requirements):
            for what, changed in _needs(functions, need):
                needs = _with(clause.requirements, at, *changed)
                edited = _with(clauses, place, replace(clause, requirements=needs))
                yield need.position, what, edited


def _needs(
    functions: RuleFunctions, need: Requirement
) -> Iterator[tuple[str, tuple[Requirement, ...]]]:
    """The requirement gone, or with one of its tests a little otherwise."""
    if need.factor is None:
        yield f"the condition use: {need.use} is taken out", ()
        return
    factor = functions.pathway.factors[need.factor]
    yield f"the condition on {factor.id} is taken out", ()
    for place, test in enumerate(need.tests):
        if len(need.tests) > 1:
            fewer = replace(need, tests=_with(need.tests, place))
            yield f"{factor.id}: a part is taken out", (fewer,)
        if isinstance(test, NonePresent):
            some = AnyOf(tuple(named_values(factor)))
            yield f"{factor.id}: none becomes any", (replace(need, tests=(some,)),)
        for done, edited in tests_beside(test, named_values(factor)):
            other = replace(need, tests=_with(need.tests, place, edited))
            yield f"{factor.id}: {done}", (other,)
