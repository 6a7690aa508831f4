"""Every branch of every tree and condition, and the cases that take it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from wizard.engine.compiling import Compiled
from wizard.engine.counting import and_not
from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Diagrams, Node, settled
from wizard.pathway.owned_rules import OwnedRule, RuleKind, owned_rules, users_first
from wizard.pathway.trees import Ask, Branch, Clause, Outcome, Rule, Tree, Use
from wizard.workbench.rule_functions import RuleFunctions


@dataclass(frozen=True, slots=True)
class RuleBranch:
    """A branch as it stands in a file, and where it is taken.

    `taken` has a function for each way to the rule: the rule itself, or, for a shared tree, each
    place that goes on with it; `reached` is where the question is reached, in the same order.
    """

    owned: OwnedRule
    ask: Ask
    branch: Branch
    reached: tuple[Node, ...]
    taken: tuple[Node, ...]


def rule_branches(compiled: Compiled, functions: RuleFunctions) -> tuple[RuleBranch, ...]:
    """Every branch of every rule, in the pathway's order.

    A condition has the branches of its own questions; those of the shared trees that it goes on
    with are theirs.  A shared tree that no other rule goes on with has branches that are never
    taken.
    """
    every = tuple(owned_rules(compiled.pathway))
    roots = _roots(every, functions)
    return tuple(
        rule_branch
        for owned in every
        for rule_branch in _rule_branches(
            owned, owned.rule.tree, functions, roots.get(owned.title, (TRUE,))
        )
    )


def own_question(rule: Rule, tree: Tree) -> bool:
    """Whether a tree of a rule asks a question that is written in the rule itself.

    Where several shared trees are left of a condition, its tree asks their questions in their
    place, each at its place in its shared tree.
    """
    if not isinstance(tree, Ask) or rule.clauses is None:
        return isinstance(tree, Ask)
    needs = (need for clause in rule.clauses for need in clause.requirements)
    return tree.position in {need.position for need in needs}


def _rule_branches(
    owned: OwnedRule, tree: Tree, functions: RuleFunctions, reached: tuple[Node, ...]
) -> Iterator[RuleBranch]:
    if not isinstance(tree, Ask) or not own_question(owned.rule, tree):
        return
    for at, branch in enumerate(tree.branches):
        passes = functions.passes(tree, at)
        taken = tuple(functions.diagrams.both(node, passes) for node in reached)
        yield RuleBranch(owned, tree, branch, reached, taken)
        yield from _rule_branches(owned, branch.tree, functions, taken)


def _roots(every: tuple[OwnedRule, ...], functions: RuleFunctions) -> dict[str, tuple[Node, ...]]:
    """By title of a shared tree, where each rule goes on with it."""
    shared = {owned.owner: owned for owned in every if owned.kind is RuleKind.SHARED}
    roots: dict[str, list[Node]] = {owned.title: [] for owned in shared.values()}
    for owned in users_first(every):
        starts = roots.get(owned.title, [TRUE])
        for start in starts:
            for name, node in _uses(owned.rule, functions, start):
                known = roots[shared[name].title]
                if node not in known:
                    known.append(node)
    return {title: tuple(nodes) for title, nodes in roots.items()}


def _uses(rule: Rule, functions: RuleFunctions, reach: Node) -> Iterator[tuple[str, Node]]:
    """The shared trees that a rule goes on with, and where."""
    if rule.clauses is None:
        yield from _leaves(rule.tree, functions, reach)
        return
    wanted: dict[str, Node] = {}
    decided = FALSE
    for clause in rule.clauses:
        named = [need.use for need in clause.requirements if need.use is not None]
        asked = tuple(need for need in clause.requirements if need.use is None)
        holds = functions.condition([Clause(asked, clause.position)])
        decided = decided if named else functions.diagrams.either(decided, holds)
        for name in named:
            wanted[name] = functions.diagrams.either(wanted.get(name, FALSE), holds)
    for name, holds in wanted.items():
        evaluated = and_not(functions.diagrams, holds, decided)
        yield name, functions.diagrams.both(reach, functions.cases_only(evaluated))


def _leaves(tree: Tree, functions: RuleFunctions, reach: Node) -> Iterator[tuple[str, Node]]:
    match tree:
        case Use(name):
            yield name, reach
        case Ask(branches=branches):
            for at, branch in enumerate(branches):
                if not isinstance(branch.tree, Outcome):
                    taken = functions.diagrams.both(reach, functions.passes(tree, at))
                    yield from _leaves(branch.tree, functions, taken)


# --- cases and branches ----------------------------------------------------------------------

Bounds = Mapping[int, int]
"""By variable, as bits, the values outside of which a function is never true."""


class Takers:
    """Tells which cases take a branch for certain; most are ruled out by a glance at bounds."""

    def __init__(self, diagrams: Diagrams) -> None:
        self.diagrams = diagrams
        self._bounds: dict[Node, Bounds] = {TRUE: {}, IMPOSSIBLE: {}}

    def takes(self, case: Allowed, rule_branch: RuleBranch) -> bool:
        """Whether every completion that a case allows takes the branch."""
        return any(
            self.diagrams.outcomes[node] >> TRUE & 1
            and self.within(case, self.bounds(node))
            and settled(self.diagrams, node, case, wanted=True)
            for node in rule_branch.taken
        )

    def within(self, case: Allowed, bounds: Bounds) -> bool:
        """Whether a case allows nothing outside of bounds."""
        return all(bits >> value & 1 for level, bits in bounds.items() for value in case[level])

    def bounds(self, function: Node) -> Bounds:
        """The bounds of a function that is true somewhere; what is not a case is within them."""
        found = self._bounds.get(function)
        if found is None:
            level = self.diagrams.levels[function]
            live = [
                (value, child)
                for value, child in enumerate(self.diagrams.children[function])
                if self.diagrams.outcomes[child] & (1 << TRUE | 1 << IMPOSSIBLE)
            ]
            shared = reduce(_either, [self.bounds(child) for _, child in live])
            own = sum(1 << value for value, _ in live)
            found = {level: own, **shared}
            self._bounds[function] = found
        return found


def _either(one: Bounds, other: Bounds) -> Bounds:
    return {level: bits | other[level] for level, bits in one.items() if level in other}


def together(one: Bounds, other: Bounds) -> Bounds | None:
    """Bounds of where both functions are true; None where these rule that out."""
    found = dict(one)
    for level, bits in other.items():
        both = found.get(level, bits) & bits
        if not both:
            return None
        found[level] = both
    return found
