"""Every branch of every tree and condition, and the cases that take it."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.engine.compiling import Compiled
from wizard.engine.counting import and_not
from wizard.engine.diagrams import FALSE, TRUE, Allowed, Diagrams, Node, settled
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


def takes(diagrams: Diagrams, case: Allowed, rule_branch: RuleBranch) -> bool:
    """Whether every completion that a case allows takes the branch."""
    return any(
        diagrams.outcomes[node] >> TRUE & 1 and settled(diagrams, node, case, wanted=True)
        for node in rule_branch.taken
    )
