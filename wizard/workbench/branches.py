"""Every branch of every tree and condition, and the cases that take it."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.pathway.model import Ask, Branch, Outcome, Tree, Use
from wizard.reasoning.compiling import Compiled
from wizard.reasoning.diagrams import TRUE, Node
from wizard.workbench.places import Kind, Place, places, uses
from wizard.workbench.rules import RuleFunctions


@dataclass(frozen=True, slots=True)
class Way:
    """A branch as it stands in a file, and where it is taken.

    `taken` has a function for each way to the rule: the rule itself, or, for a shared tree, each
    place that goes on with it; `node` is where the question is reached, in the same order.
    """

    place: Place
    ask: Ask
    branch: Branch
    reached: tuple[Node, ...]
    taken: tuple[Node, ...]


def ways(compiled: Compiled, functions: RuleFunctions) -> tuple[Way, ...]:
    """Every branch of every rule, in the pathway's order.

    A shared tree that no other rule goes on with has branches that are never taken.
    """
    every = tuple(places(compiled.pathway))
    roots = _roots(every, functions)
    return tuple(
        way
        for place in every
        for way in _ways(place, place.rule.tree, functions, roots.get(place.title, (TRUE,)))
    )


def _ways(
    place: Place, tree: Tree, functions: RuleFunctions, reached: tuple[Node, ...]
) -> Iterator[Way]:
    if not isinstance(tree, Ask):
        return
    for at, branch in enumerate(tree.branches):
        passes = functions.passes(tree, at)
        taken = tuple(functions.diagrams.both(node, passes) for node in reached)
        yield Way(place, tree, branch, reached, taken)
        yield from _ways(place, branch.tree, functions, taken)


def _roots(every: tuple[Place, ...], functions: RuleFunctions) -> dict[str, tuple[Node, ...]]:
    """By title of a shared tree, where each rule goes on with it."""
    shared = {place.owner: place for place in every if place.kind is Kind.SHARED}
    roots: dict[str, list[Node]] = {place.title: [] for place in shared.values()}
    for place in _users_first(every, shared):
        starts = roots.get(place.title, [TRUE])
        for start in starts:
            for name, node in _leaves(place.rule.tree, functions, start):
                known = roots[shared[name].title]
                if node not in known:
                    known.append(node)
    return {title: tuple(nodes) for title, nodes in roots.items()}


def _users_first(every: tuple[Place, ...], shared: dict[str, Place]) -> Iterator[Place]:
    """The rules, shared trees only after all that go on with them."""
    yield from (place for place in every if place.kind is not Kind.SHARED)
    waiting = dict(shared)
    while waiting:
        used = {name for place in waiting.values() for name in uses(place.rule.tree)}
        for name in [name for name in waiting if name not in used]:
            yield waiting.pop(name)


def _leaves(tree: Tree, functions: RuleFunctions, reach: Node) -> Iterator[tuple[str, Node]]:
    match tree:
        case Use(name):
            yield name, reach
        case Ask(branches=branches):
            for at, branch in enumerate(branches):
                if not isinstance(branch.tree, Outcome):
                    taken = functions.diagrams.both(reach, functions.passes(tree, at))
                    yield from _leaves(branch.tree, functions, taken)
