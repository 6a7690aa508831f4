"""Rules of a pathway: conditions and trees read, put in order, and asked only where they apply."""

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from wizard.pathway.format.conditions import read_condition
from wizard.pathway.format.constraints import Facts, In, Members, Within, branch_literals
from wizard.pathway.format.cubes import (
    Dnf,
    TooWideError,
    cubes_of_clauses,
    cubes_of_tree,
    replace_uses,
    with_guards,
)
from wizard.pathway.format.trees import read_tree
from wizard.pathway.format.vocabulary import Names
from wizard.pathway.format.walk import Walk, counterexample, ends_of, learn, tree_of
from wizard.pathway.model import Factor, NumberFactor, named_values
from wizard.pathway.nodes import Node
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, Problems, listed
from wizard.pathway.ranges import range_words
from wizard.pathway.trees import Ask, Clause, Outcome, Requirement, Rule, Tree, Use


@dataclass(frozen=True, slots=True)
class Written:
    """A condition or a tree as read, not yet in order.  Exactly one is set."""

    clauses: tuple[Clause, ...] | None
    tree: Tree | None
    position: Position


@dataclass(frozen=True, slots=True)
class Rules:
    """Reads rules against one set of names and one walk."""

    names: Names
    walk: Walk
    problems: Problems

    def read(
        self, position: Position, *, when: Node | None = None, tree: Node | None = None
    ) -> Rule:
        """The rule of a record at `position`, which writes either a condition or a tree."""
        written = read_written(position, self.names, self.problems, when=when, tree=tree)
        return self.rule(written)

    def one_that_needs(self, need: Requirement) -> Rule:
        """The rule that holds where one requirement does."""
        where = need.position
        return self.rule(Written((Clause((need,), where),), None, where))

    def rule(self, written: Written) -> Rule:
        """A rule in the order of the walk; questions where they may not apply are problems."""
        where = written.position
        if written.tree is not None:
            check_applies(written.tree, self.walk, {}, self.problems)
            return Rule(written.tree, None, where)
        clauses = written.clauses or ()
        try:
            tree = tree_of(cubes_of_clauses(clauses, self.walk.factors), self.walk, where)
        except TooWideError:
            self.problems.append(_too_wide(where))
            tree = Outcome(described=False, position=where)
        return Rule(tree, clauses, where)

    def scope(self, statement: str, when: Node, rule: Rule) -> Rule:
        """The scope of a statement; a problem where its rule holds and the scope does not."""
        told = len(self.problems)
        found = self.read(when.position, when=when)
        if len(self.problems) > told:
            return found
        walk = self.walk
        try:
            cubes = replace_uses(cubes_of_clauses(found.clauses or (), walk.factors), walk.shared)
            beyond = outside(rule.tree, cubes, walk, {})
        except TooWideError:
            self.problems.append(_too_wide(when.position))
            beyond = None
        if beyond is not None:
            self.problems.tell(
                when.position,
                f'the statement "{statement}" holds in cases that its scope leaves out'
                + _example(beyond, walk.factors),
                "a scope says what kind of case the sentence is about, so it must hold "
                "wherever the sentence does",
            )
        return found


def _example(facts: Facts, factors: Mapping[str, Factor]) -> str:
    words = ", ".join(f"{name} {_fact_words(fact, factors[name])}" for name, fact in facts.items())
    return f" (for example: {words})" if words else ""


def read_written(
    position: Position,
    names: Names,
    problems: Problems,
    *,
    when: Node | None = None,
    tree: Node | None = None,
) -> Written:
    """What a record writes under `when` or `tree`; a problem unless it is exactly one."""
    if when is not None and tree is None:
        return Written(read_condition(when, names, problems) or (), None, when.position)
    if tree is not None and when is None:
        return Written(None, read_tree(tree, names, problems), tree.position)
    what = 'there is no "when" and no "tree"' if when is None else '"when" stands beside "tree"'
    problems.tell(position, what, "exactly one of the two was expected")
    return Written((), None, position)


def _too_wide(position: Position) -> Problem:
    return Problem(
        position,
        "this has too many ways through it to be put in the order of the walk",
        "split it into several statements or into shared trees",
    )


# --- shared trees ----------------------------------------------------------------------------


def shared_cubes(
    shared: Mapping[str, Written], factors: Mapping[str, Factor], problems: Problems
) -> dict[str, Dnf]:
    """What each shared tree comes to, the trees that it uses replaced by their own cubes."""
    cubes: dict[str, Dnf] = {}
    for name, written in shared.items():
        try:
            cubes[name] = (
                cubes_of_clauses(written.clauses or (), factors)
                if written.tree is None
                else cubes_of_tree(written.tree, factors)
            )
        except TooWideError:
            problems.append(_too_wide(written.position))
            cubes[name] = ()
    for name in _order(cubes, problems):
        try:
            cubes[name] = replace_uses(cubes[name], cubes)
        except TooWideError:
            problems.append(_too_wide(shared[name].position))
            cubes[name] = ()
    return cubes


def _order(cubes: dict[str, Dnf], problems: Problems) -> tuple[str, ...]:
    """Names so that each comes after those that it uses; cycles are cut and told."""
    while True:
        graph = {
            name: {used for cube in one for used, _ in cube.uses if used in cubes}
            for name, one in cubes.items()
        }
        try:
            return tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            cycle = list(reversed(error.args[1]))
        first = min(cycle)
        start = cycle.index(first)
        ring = [*cycle[start:-1], *cycle[:start], first]
        place = next(where for cube in cubes[first] for used, where in cube.uses if used == ring[1])
        problems.tell(
            place,
            f"this shared tree leads back to itself: {' -> '.join(ring)}",
            "a tree cannot end in itself; take one use out",
        )
        cubes[first] = ()


# --- where factors apply ---------------------------------------------------------------------


def guards_of(
    applies: Mapping[str, Written],
    factors: Mapping[str, Factor],
    shared: Mapping[str, Dnf],
    placed: frozenset[str],
    problems: Problems,
) -> dict[str, Dnf]:
    """When each factor applies that does not always, in the order of the walk.

    `placed` are the factors whose place in the walk is known.
    """
    guards: dict[str, Dnf] = {}
    order = {name: place for place, name in enumerate(factors)}
    for name, written in applies.items():
        try:
            cubes = replace_uses(cubes_of_clauses(written.clauses or (), factors), shared)
            guarded = with_guards(cubes, guards)
        except TooWideError:
            problems.append(_too_wide(written.position))
            continue
        late = {
            term.factor: term.position
            for cube in cubes
            for term in cube.terms
            if order[term.factor] >= order[name]
        }
        for factor, position in late.items():
            if factor in placed and name in placed:
                problems.tell(
                    position,
                    f'"{name}" asks "{factor}", which does not come before it in the walk',
                    "applies_when may only ask factors of earlier questions; see steps in "
                    "pathway.yaml",
                )
        if not late:
            guards[name] = guarded
    return guards


def check_applies(tree: Tree, walk: Walk, facts: Facts, problems: Problems) -> None:
    """Tell every question of a written tree that its path reaches where it may not apply."""
    if not isinstance(tree, Ask):
        return
    factor = walk.factors[tree.factor]
    guard = walk.guards.get(tree.factor)
    if guard is not None:
        try:
            found = counterexample(guard, walk, facts)
        except TooWideError:
            problems.append(_too_wide(tree.position))
            found = None
        if found is not None:
            problems.append(_may_not_apply(tree, walk, guard, found))
            return
    for branch in tree.branches:
        onward = learn(facts, factor, branch_literals(tree, branch, factor))
        if onward is not None:
            check_applies(branch.tree, walk, onward, problems)


def outside(tree: Tree, cubes: Dnf, walk: Walk, facts: Facts) -> Facts | None:
    """A path on which a tree is described and none of the cubes holds; None if there is none.

    The cubes use no shared trees.  Raises TooWideError.
    """
    for end, there in ends_of(tree, walk, facts):
        found = None
        if isinstance(end, Use):
            used = tree_of(walk.shared[end.name], walk, end.position, there)
            found = outside(used, cubes, walk, there)
        elif end.described:
            found = counterexample(cubes, walk, there)
        if found is not None:
            return found
    return None


def _may_not_apply(tree: Ask, walk: Walk, guard: Dnf, facts: Facts) -> Problem:
    asked = dict.fromkeys(term.factor for cube in guard for term in cube.terms)
    known = {name: facts[name] for name in asked if name in facts}
    return Problem(
        tree.position,
        f'"{tree.factor}" is asked where it may not apply{_example(known, walk.factors)}',
        f"ask {listed(asked)} first, and this only where applies_when of the factor holds",
    )


def _fact_words(fact: In | Members | Within, factor: Factor) -> str:
    if isinstance(fact, In):
        return " or ".join(value for value in named_values(factor) if value in fact.values)
    if isinstance(fact, Within):
        if not isinstance(factor, NumberFactor):
            raise TypeError(factor)
        return " or ".join(range_words(factor, part) for part in fact.ranges)
    said = [f"with {' or '.join(sorted(some))}" for some in sorted(fact.present, key=sorted)]
    said += [f"without {' and '.join(sorted(fact.absent))}"] if fact.absent else []
    return " and ".join(said)
