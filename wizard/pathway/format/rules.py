"""Rules of a pathway: conditions and trees read, and asked only where their factors apply."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from wizard.pathway.codes import Code
from wizard.pathway.factors import NOT_DONE, Factor, NumberFactor, named_values
from wizard.pathway.format.conditions import read_condition
from wizard.pathway.format.constraints import Facts, In, Members, Within, branch_literals
from wizard.pathway.format.trees import read_tree
from wizard.pathway.format.vocabulary import Names
from wizard.pathway.format.walk import TooWideError, Walk, example, learn
from wizard.pathway.nodes import Node
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, Problems, listed
from wizard.pathway.ranges import range_words
from wizard.pathway.trees import (
    Ask,
    AtLeast,
    Not,
    Outcome,
    Requirement,
    Rule,
    Tree,
    Use,
    asked,
    parts,
)
from wizard.record import Record, replace


class Written(Record):
    """A condition or a decision tree as read; that a tree asks what applies is not proved yet."""

    tree: Tree
    position: Position
    is_condition: bool


class Rules(Record):
    """Reads rules against one set of names and one walk."""

    names: Names
    walk: Walk
    problems: Problems

    def read(
        self,
        position: Position,
        *,
        when: Node | None = None,
        tree: Node | None = None,
        unless: Node | None = None,
        citing: bool = False,
    ) -> Rule:
        """The rule of a record at `position`, which writes either a condition or a tree.

        It does not hold where `unless` does; `citing` tells whether its ways may name claims.
        """
        names = replace(self.names, citing=citing)
        written = read_written(position, names, self.problems, when=when, tree=tree)
        return self.without(self.rule(written), unless)

    def without(self, rule: Rule, unless: Node | None) -> Rule:
        """A rule that holds where this one does and `unless` does not."""
        if unless is None:
            return rule
        silent = read_condition(unless, self.names, self.problems)
        if silent is None:
            return rule
        both = (rule.tree, Not(silent, unless.position))
        return Rule(AtLeast(2, both, rule.position), rule.position)

    def one_that_needs(self, need: Requirement | Use) -> Rule:
        """The rule that holds where one thing does."""
        return Rule(AtLeast(1, (need,), need.position), need.position)

    def rule(self, written: Written) -> Rule:
        """A rule; questions of a tree where they may not apply are problems."""
        if not written.is_condition:
            check_applies(written.tree, self.walk, {}, self.problems)
        return Rule(written.tree, written.position)

    def asked_within(self, ask: Ask, within: str) -> None:
        """Tell a question that stands wherever a factor applies, if it may not apply there."""
        guard, own = self.walk.guards.get(ask.factor), self.walk.guards.get(within)
        if guard is None:
            return
        outside: Tree = Not(guard, ask.position)
        if own is not None:
            outside = AtLeast(2, (own, outside), ask.position)
        found = _example(outside, self.walk, {}, self.problems, ask.position)
        if found is not None:
            self.problems.append(_may_not_apply(ask, self.walk, guard, found))

    def scope(self, statement: str, when: Node, rule: Rule | None) -> Rule:
        """The scope of a statement; a problem where its rule holds and the scope does not.

        Without a rule it is only read.
        """
        told = len(self.problems)
        found = self.read(when.position, when=when)
        if rule is None or len(self.problems) > told:
            return found
        beyond = AtLeast(2, (rule.tree, Not(found.tree, when.position)), when.position)
        case = _example(beyond, self.walk, {}, self.problems, when.position)
        if case is not None:
            self.problems.tell(
                Code.NARROW_SCOPE,
                when.position,
                f'the statement "{statement}" holds in cases that its scope leaves out'
                + _in_words(case, self.walk.factors),
                "a scope says what kind of case the sentence is about, so it must hold "
                "wherever the sentence does",
            )
        return found


def _in_words(facts: Facts, factors: Mapping[str, Factor]) -> str:
    words = ", ".join(f"{name} {_fact_words(fact, factors[name])}" for name, fact in facts.items())
    return f" (for example: {words})" if words else ""


def _example(
    tree: Tree, walk: Walk, facts: Facts, problems: Problems, position: Position
) -> Facts | None:
    """A case with these facts in which the tree holds; a problem where that takes too long."""
    try:
        return example(tree, walk, facts)
    except TooWideError:
        problems.tell(
            Code.TOO_MANY_WAYS,
            position,
            "this has too many ways through it to be proved",
            "split it into several statements or into shared trees",
        )
    return None


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
        found = read_condition(when, names, problems)
        return Written(found or _never(when.position), when.position, is_condition=True)
    if tree is not None and when is None:
        return Written(read_tree(tree, names, problems), tree.position, is_condition=False)
    expected = "exactly one of the two was expected"
    if when is None or tree is None:
        problems.tell(Code.NOT_EXACTLY_ONE, position, 'there is no "when" and no "tree"', expected)
    else:
        both = f'"when" stands beside "tree", which begins on line {tree.position.line}'
        problems.tell(Code.NOT_EXACTLY_ONE, when.position, both, expected)
    return Written(_never(position), position, is_condition=True)


def _never(position: Position) -> Outcome:
    return Outcome(described=False, position=position)


# --- shared trees ----------------------------------------------------------------------------


def shared_trees(shared: Mapping[str, Written], problems: Problems) -> dict[str, Tree]:
    """Each shared tree; one that leads back to itself is told, and never holds here."""
    trees = {name: written.tree for name, written in shared.items()}
    while (cycle := _cycle(trees)) is not None:
        first = min(cycle)
        start = cycle.index(first)
        ring = [*cycle[start:-1], *cycle[:start], first]
        uses = [part for part in parts(trees[first]) if isinstance(part, Use)]
        problems.tell(
            Code.TREE_IN_CIRCLE,
            next(use.position for use in uses if use.name == ring[1]),
            f"this shared tree leads back to itself: {' -> '.join(ring)}",
            "a tree cannot end in itself; take one use out",
        )
        trees[first] = _never(shared[first].position)
    return trees


def _cycle(trees: Mapping[str, Tree]) -> list[str] | None:
    """Names of shared trees each of which goes on with the next, the first also last."""
    graph = {
        name: [part.name for part in parts(tree) if isinstance(part, Use)]
        for name, tree in trees.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1][::-1]
        return cycle
    return None


# --- where factors apply ---------------------------------------------------------------------


def guards_of(
    applies: Mapping[str, Written], walk: Walk, placed: frozenset[str], problems: Problems
) -> dict[str, Tree]:
    """When each factor applies that does not always, in the order of the walk.

    `placed` are the factors whose place in the walk is known.
    """
    guards: dict[str, Tree] = {}
    order = {name: place for place, name in enumerate(walk.factors)}
    for name, written in applies.items():
        late = {
            factor: position
            for factor, position in asked_at(written.tree, walk.shared)
            if order[factor] >= order[name]
        }
        for factor, position in late.items():
            if factor in placed and name in placed:
                problems.tell(
                    Code.LATER_FACTOR,
                    position,
                    f'"{name}" asks "{factor}", which does not come before it in the walk',
                    "applies_when may only ask factors of earlier questions; see steps in "
                    "pathway.yaml",
                )
        if not late:
            guards[name] = written.tree
    return guards


def asked_at(tree: Tree, shared: Mapping[str, Tree]) -> Iterator[tuple[str, Position]]:
    """Every factor that a tree asks, and where it does."""
    for part in parts(tree):
        if isinstance(part, Ask | Requirement):
            yield part.factor, part.position
        elif isinstance(part, Use) and part.name in shared:
            yield from asked_at(shared[part.name], shared)


def check_applies(tree: Tree, walk: Walk, facts: Facts, problems: Problems) -> None:
    """Tell every question of a written tree that its path reaches where it may not apply."""
    if not isinstance(tree, Ask):
        return
    guard = walk.guards.get(tree.factor)
    if guard is not None:
        found = _example(Not(guard, tree.position), walk, facts, problems, tree.position)
        if found is not None:
            problems.append(_may_not_apply(tree, walk, guard, found))
            return
    factor = walk.factors[tree.factor]
    for branch in tree.branches:
        onward = learn(facts, factor, branch_literals(tree, branch, factor))
        if onward is not None:
            check_applies(branch.tree, walk, onward, problems)


def _may_not_apply(tree: Ask, walk: Walk, guard: Tree, facts: Facts) -> Problem:
    needed = asked(guard, walk.shared, walk.guards)
    named = [name for name in walk.factors if name in needed]
    known = {name: facts[name] for name in named if name in facts}
    return Problem(
        Code.MAY_NOT_APPLY,
        tree.position,
        f'"{tree.factor}" is asked where it may not apply{_in_words(known, walk.factors)}',
        f"ask {listed(named)} first, and this only where applies_when of the factor holds",
    )


def _fact_words(fact: In | Members | Within, factor: Factor) -> str:
    if isinstance(fact, In):
        return " or ".join(value for value in named_values(factor) if value in fact.values)
    if isinstance(fact, Within):
        if not isinstance(factor, NumberFactor):
            raise TypeError(factor)
        return " or ".join(range_words(factor, part) for part in fact.ranges)
    said = [f"with {' or '.join(sorted(some))}" for some in sorted(fact.present, key=sorted)]
    others = fact.absent & named_values(factor).keys()
    # Where anything is said of a member, it was looked for.
    absent = others - {NOT_DONE} if fact.present else others - {NOT_DONE} or others
    said += [f"without {' and '.join(sorted(absent))}"] if absent else []
    return " and ".join(said)
