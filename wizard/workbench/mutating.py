"""Every single edit of a rule that could slip in: what would it do?

A branch dropped, a value moved, an outcome flipped; of a condition a part, a way or a `not`
removed, one more or one fewer of several asked for.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations
from typing import TypeVar

from wizard.engine.counting import definite, xor
from wizard.engine.diagrams import FALSE, TRUE, Node
from wizard.pathway.factors import NOT_DONE, Factor, named_values
from wizard.pathway.owned_rules import OwnedRule
from wizard.pathway.position import Position
from wizard.pathway.ranges import beside, bound_words
from wizard.pathway.trees import (
    BEYOND,
    AnyOf,
    Ask,
    AtLeast,
    Branch,
    NonePresent,
    Not,
    OneOf,
    Outcome,
    Range,
    Requirement,
    Rest,
    Tree,
    Use,
)
from wizard.record import Record, replace
from wizard.wording.answers import factor_label
from wizard.wording.text import short
from wizard.wording.trees import branch_words
from wizard.workbench.rule_functions import RuleFunctions, shifted, tests_beside


class Mutant(Record):
    """A rule with one edit: where, what, and in which cases it then comes out otherwise.

    `differs` is None where the reader would refuse the edit.
    """

    owned: OwnedRule
    position: Position
    what: str
    differs: Node | None

    @property
    def title(self) -> str:
        """The rule, by ids."""
        return self.owned.title


_Part = TypeVar("_Part")
_Branches = tuple[Position, str, tuple[Branch, ...]]
"""A question with one edit: where, what, and its branches then."""


def mutants(functions: RuleFunctions, owned: OwnedRule) -> Iterator[Mutant]:
    """Every mutant of one rule, each part edited the way it is written."""
    tree = owned.rule.tree
    if isinstance(tree, AtLeast):
        where = owned.rule.position
        yield Mutant(owned, where, "the condition is turned round", TRUE)
    yield from _Mutator(functions, owned).tree(tree, TRUE)


class _Mutator(Record):
    """Edits of one rule.  An edit deep in a tree differs only in cases that reach it, an edit of a
    part of a condition only where it lies with this part alone whether the condition holds.
    """

    functions: RuleFunctions
    owned: OwnedRule

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
            case Requirement():
                yield from self.requirement(tree, reach)
            case Not(tree=denied, position=position):
                yield Mutant(self.owned, position, "the not is taken out", reach)
                if not isinstance(denied, Use):
                    yield from self.tree(denied, reach)
            case AtLeast():
                yield from self.several(tree, reach)

    # --- trees ---------------------------------------------------------------------------

    def question(self, ask: Ask, reach: Node) -> Iterator[Mutant]:
        for at, branch in enumerate(ask.branches):
            passes = self.functions.passes(ask, at)
            yield from self.tree(branch.tree, self.functions.diagrams.both(reach, passes))
        below = [self.functions.compiler.tree(branch.tree) for branch in ask.branches]
        whole = self.functions.compiler.ask(
            ask.factor, [branch.test for branch in ask.branches], below
        )
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
        words = [branch_words(factor, branch) for branch in ask.branches]
        for at, to in permutations(range(len(ask.branches)), 2):
            branch = ask.branches[at]
            if not isinstance(branch.test, OneOf):
                continue
            there = ask.branches[to].tree
            for value in branch.test.values:
                own = definite(
                    self.functions.diagrams, self.functions.test(ask.factor, OneOf((value,)))
                )
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

    def several(self, tree: AtLeast, reach: Node) -> Iterator[Mutant]:
        """Each part taken out, edits of each part, and another number of them."""
        whole = self.functions.compiler.tree(tree)
        for position, what, edited in _several(tree):
            differs = self.xor(self.functions.compiler.tree(edited), whole, reach)
            yield Mutant(self.owned, position, what, differs)
        for at, part in enumerate(tree.trees):
            if not isinstance(part, Use):
                yield from self.tree(part, self.functions.deciding(tree, at, reach))

    def requirement(self, need: Requirement, reach: Node) -> Iterator[Mutant]:
        """A test a little otherwise, or passed where it was not to be."""
        whole = self.functions.compiler.tree(need)
        for what, edited in _requirements(self.functions, need):
            differs = self.xor(self.functions.compiler.tree(edited), whole, reach)
            yield Mutant(self.owned, need.position, what, differs)


def _other_branches(factor: Factor, ask: Ask) -> Iterator[_Branches]:
    """Branches dropped, members put in or taken out, bounds shifted."""
    for place, branch in enumerate(ask.branches):
        what = f"{factor_label(factor)}: the branch {branch_words(factor, branch)} is dropped"
        yield branch.position, what, _dropped(ask, place)
    yield from edited_tests(factor, ask)


def edited_tests(factor: Factor, ask: Ask) -> Iterator[_Branches]:
    """Members put in or taken out of a branch, and bounds shifted."""
    label = factor_label(factor)
    for place, branch in enumerate(ask.branches):
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
    if bound is None or bound == BEYOND:
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


def _several(tree: AtLeast) -> Iterator[tuple[Position, str, AtLeast]]:
    """One part fewer; one more or one fewer of them asked for, where that is not one or all."""
    every = tree.least == len(tree.trees)
    for at, part in enumerate(tree.trees):
        fewer = replace(tree, least=tree.least - every, trees=_with(tree.trees, at))
        if isinstance(part, Requirement):
            yield part.position, f"the condition on {part.factor} is taken out", fewer
        elif isinstance(part, Use):
            yield part.position, f"the condition use: {part.name} is taken out", fewer
        elif isinstance(part, AtLeast | Not) and len(tree.trees) > 1:
            what = "this part" if every else "this way"
            yield part.position, f"{what} is taken out", fewer
    if 1 < tree.least < len(tree.trees):
        for least in (tree.least - 1, tree.least + 1):
            what = f"at least {tree.least} becomes at least {least}"
            yield tree.position, what, replace(tree, least=least)


def _requirements(functions: RuleFunctions, need: Requirement) -> Iterator[tuple[str, Requirement]]:
    """The requirement with one of its tests a little otherwise."""
    factor = functions.pathway.factors[need.factor]
    if need.negated:
        yield f"{factor.id}: the not is taken out", replace(need, negated=False)
    for place, test in enumerate(need.tests):
        if len(need.tests) > 1:
            yield f"{factor.id}: a part is taken out", replace(need, tests=_with(need.tests, place))
        if isinstance(test, NonePresent):
            some = AnyOf(tuple(each for each in named_values(factor) if each != NOT_DONE))
            yield f"{factor.id}: none becomes any", replace(need, tests=(some,))
        for done, edited in tests_beside(test, named_values(factor)):
            other = replace(need, tests=_with(need.tests, place, edited))
            yield f"{factor.id}: {done}", other
