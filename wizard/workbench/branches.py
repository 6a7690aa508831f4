"""Every branch of every tree and condition, and the cases that take it."""

from collections.abc import Iterator

from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, TRUE, Allowed, Diagrams, Node, settled
from wizard.pathway.owned_rules import OwnedRule, RuleKind, owned_rules, users_first
from wizard.pathway.trees import Ask, AtLeast, Branch, Not, Outcome, Requirement, Tree, Use
from wizard.record import Record
from wizard.workbench.rule_functions import RuleFunctions


class RuleBranch(Record):
    """A branch as it stands in a file, and where it is taken.

    A requirement of a condition has a branch where it holds and one where it does not; it is
    reached where it lies with it alone whether the condition holds, and neither is taken where its
    factor does not apply.  `taken` has a function for
    each way to the rule: the rule itself, or, for a shared tree, each place that goes on with it;
    `reached` is where the question is reached, in the same order.
    """

    owned: OwnedRule
    ask: Ask
    branch: Branch
    required: bool
    reached: tuple[Node, ...]
    taken: tuple[Node, ...]

    @property
    def passes(self) -> bool:
        """Whether it ends in what holds."""
        return isinstance(self.branch.tree, Outcome) and self.branch.tree.described


def rule_branches(compiled: Compiled, functions: RuleFunctions) -> tuple[RuleBranch, ...]:
    """Every branch of every rule, in the pathway's order.

    Those of the shared trees that a rule goes on with are theirs.  A shared tree that no other rule
    goes on with has branches that are never taken.
    """
    every = tuple(owned_rules(compiled.pathway))
    roots = _roots(every, functions)
    return tuple(
        rule_branch
        for owned in every
        for rule_branch in _rule_branches(owned, functions, roots.get(owned.title, (TRUE,)))
    )


def _rule_branches(
    owned: OwnedRule, functions: RuleFunctions, starts: tuple[Node, ...]
) -> Iterator[RuleBranch]:
    ways = [_reached(owned.rule.tree, functions, start) for start in starts or (FALSE,)]
    for there in zip(*ways, strict=True):
        part, reached = there[0][0], tuple(node for _, node in there[: len(starts)])
        if not isinstance(part, Ask | Requirement):
            continue
        ask = functions.question(part)
        applies = functions.applies[part.factor] if isinstance(part, Requirement) else TRUE
        for at, branch in enumerate(ask.branches):
            passes = functions.diagrams.both(applies, functions.passes(ask, at))
            taken = tuple(functions.diagrams.both(node, passes) for node in reached)
            yield RuleBranch(owned, ask, branch, isinstance(part, Requirement), reached, taken)


def _roots(every: tuple[OwnedRule, ...], functions: RuleFunctions) -> dict[str, tuple[Node, ...]]:
    """By title of a shared tree, where each rule goes on with it."""
    shared = {owned.owner: owned for owned in every if owned.kind is RuleKind.SHARED}
    roots: dict[str, list[Node]] = {owned.title: [] for owned in shared.values()}
    for owned in users_first(every):
        starts = roots.get(owned.title, [TRUE])
        for start in starts:
            for part, node in _reached(owned.rule.tree, functions, start):
                if isinstance(part, Use):
                    known = roots[shared[part.name].title]
                    if node not in known:
                        known.append(node)
    return {title: tuple(nodes) for title, nodes in roots.items()}


def _reached(tree: Tree, functions: RuleFunctions, reach: Node) -> Iterator[tuple[Tree, Node]]:
    """Every part of a tree, and where a case comes to it and it matters there."""
    diagrams = functions.diagrams
    yield tree, reach
    match tree:
        case Ask(branches=branches):
            for at, branch in enumerate(branches):
                taken = diagrams.both(reach, functions.passes(tree, at))
                yield from _reached(branch.tree, functions, taken)
        case Not(tree=denied):
            yield from _reached(denied, functions, reach)
        case AtLeast(trees=trees):
            for at, each in enumerate(trees):
                yield from _reached(each, functions, functions.deciding(tree, at, reach))


def takes(diagrams: Diagrams, case: Allowed, rule_branch: RuleBranch) -> bool:
    """Whether every completion that a case allows takes the branch."""
    return any(
        diagrams.outcomes[node] >> TRUE & 1 and settled(diagrams, node, case, wanted=True)
        for node in rule_branch.taken
    )
