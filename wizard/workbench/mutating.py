"""Every single edit of a rule that could slip in: what would it do?

A branch dropped, a value moved, an outcome flipped, a condition or a part of one removed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wizard.pathway.model import (
    AnyOf,
    Ask,
    Branch,
    Clause,
    NonePresent,
    OneOf,
    Outcome,
    Position,
    Range,
    Requirement,
    Rest,
    Test,
    Tree,
)
from wizard.reasoning.diagrams import FALSE, TRUE, Node
from wizard.wording.text import short
from wizard.wording.trees import branch_words
from wizard.workbench.places import Place
from wizard.workbench.rules import RuleFunctions, step_of, tests_beside


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one edit: where, what, and its function.

    `function` is None where the reader would refuse the edit.
    """

    place: Place
    position: Position
    what: str
    function: Node | None


_Edit = tuple[Position, str, Node | None]


def mutants(functions: RuleFunctions, place: Place) -> Iterator[Mutant]:
    """Every mutant of one rule, as trees or as conditions, the way it is written."""
    edits = (
        _of_tree(functions, place.rule.tree, TRUE)
        if place.rule.clauses is None
        else _of_condition(functions, place.rule.clauses, place.rule.position)
    )
    for position, what, function in edits:
        yield Mutant(place, position, what, function)


# --- trees -----------------------------------------------------------------------------------


def _of_tree(functions: RuleFunctions, tree: Tree, reach: Node) -> Iterator[_Edit]:
    match tree:
        case Outcome(described, position):
            flipped = "not_described" if described else "described"
            yield position, f"the outcome becomes {flipped}", FALSE if described else TRUE
        case Ask():
            yield from _of_question(functions, tree, reach)
        case _:
            for outcome, node in (("described", TRUE), ("not_described", FALSE)):
                yield tree.position, f"use: {tree.name} becomes {outcome}", node


def _of_question(functions: RuleFunctions, ask: Ask, reach: Node) -> Iterator[_Edit]:
    below = [functions.compiler.tree(branch.tree) for branch in ask.branches]
    for place, branch in enumerate(ask.branches):
        taken = functions.diagrams.both(reach, functions.passes(ask, place))
        for position, what, function in _of_tree(functions, branch.tree, taken):
            if function is None:
                yield position, what, None
            else:
                changed = [function if p == place else node for p, node in enumerate(below)]
                yield position, what, _ask(functions, ask, changed)
    for position, what, edited in _other_branches(functions, ask):
        yield position, what, _rebuilt(functions, ask, edited, reach)


def _ask(functions: RuleFunctions, ask: Ask, below: list[Node]) -> Node:
    return functions.compiler.ask(ask.factor, ask.branches, below)


def _rebuilt(
    functions: RuleFunctions, ask: Ask, branches: tuple[Branch, ...], reach: Node
) -> Node | None:
    """The question with other branches; None where it would ask what may not apply."""
    edited = replace(ask, branches=branches)
    if functions.guarded(edited) and not functions.asked_soundly(edited, reach):
        return None
    return functions.compiler.tree(edited)


def _other_branches(
    functions: RuleFunctions, ask: Ask
) -> Iterator[tuple[Position, str, tuple[Branch, ...]]]:
    factor = functions.pathway.factors[ask.factor]
    label = short(factor.label)
    for place, branch in enumerate(ask.branches):
        words = branch_words(factor, branch)
        yield branch.position, f"{label}: the branch {words} is dropped", _dropped(ask, place)
        if isinstance(branch.test, OneOf):
            for value in branch.test.values:
                for to, other in enumerate(ask.branches):
                    if to != place and isinstance(other.test, OneOf):
                        onto = branch_words(factor, other)
                        what = f"{label}: {short(factor.values[value].label)} moves to {onto}"
                        yield branch.position, what, _moved(ask, value, place, to)
        elif isinstance(branch.test, AnyOf):
            for done, test in tests_beside(branch.test, factor.values):
                yield branch.position, f"{label}: {done}", _with_test(ask, place, test)
        elif isinstance(branch.test, Range):
            yield from _shifted(ask, place, label)


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


def _moved(ask: Ask, value: str, place: int, to: int) -> tuple[Branch, ...]:
    branches = []
    for at, branch in enumerate(ask.branches):
        values = branch.test.values if isinstance(branch.test, OneOf) else ()
        if at == place:
            values = tuple(one for one in values if one != value)
        elif at == to:
            values = (*values, value)
        if values:
            branches.append(replace(branch, test=OneOf(values)))
    return tuple(branches)


def _with_test(ask: Ask, place: int, test: Test) -> tuple[Branch, ...]:
    return tuple(
        replace(branch, test=test) if at == place else branch
        for at, branch in enumerate(ask.branches)
    )


def _shifted(
    ask: Ask, place: int, label: str
) -> Iterator[tuple[Position, str, tuple[Branch, ...]]]:
    """The upper bound of a range a little lower or higher, and with it the next range's."""
    test = ask.branches[place].test
    bound = test.high if isinstance(test, Range) else None
    if bound is None:
        return
    for moved in (bound - step_of(bound), bound + step_of(bound)):
        branches = []
        for branch in ask.branches:
            if isinstance(branch.test, Range):
                low = moved if branch.test.low == bound else branch.test.low
                high = moved if branch.test.high == bound else branch.test.high
                branches.append(replace(branch, test=Range(low, high)))
            else:
                branches.append(branch)
        what = f"{label}: the bound {bound} becomes {moved}"
        yield ask.branches[place].position, what, tuple(branches)


# --- conditions ------------------------------------------------------------------------------


def _of_condition(
    functions: RuleFunctions, clauses: tuple[Clause, ...], position: Position
) -> Iterator[_Edit]:
    whole = functions.condition(clauses)
    yield position, "the condition is turned round", functions.diagrams.negation(whole)
    for place, clause in enumerate(clauses):
        others = (clauses[:place], clauses[place + 1 :])
        if len(clauses) > 1:
            yield (
                clause.position,
                "this way is taken out",
                functions.condition((*others[0], *others[1])),
            )
        for at, need in enumerate(clause.requirements):
            for what, changed in _needs(functions, need):
                needs = (*clause.requirements[:at], *changed, *clause.requirements[at + 1 :])
                edited = replace(clause, requirements=needs)
                function = functions.condition((*others[0], edited, *others[1]))
                yield need.position, what, function


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
            fewer = (*need.tests[:place], *need.tests[place + 1 :])
            yield f"{factor.id}: a part is taken out", (replace(need, tests=fewer),)
        if isinstance(test, NonePresent):
            some = AnyOf(tuple(factor.values))
            yield f"{factor.id}: none becomes any", (replace(need, tests=(some,)),)
        for done, edited in tests_beside(test, factor.values):
            tests = (*need.tests[:place], edited, *need.tests[place + 1 :])
            yield f"{factor.id}: {done}", (replace(need, tests=tests),)
