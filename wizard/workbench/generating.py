"""A small set of cases that takes every branch, from which no case can be left out."""

from collections import Counter
from collections.abc import Callable

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.counting import cases_of
from wizard.engine.diagrams import TRUE, Node
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import is_own
from wizard.pathway.position import Position
from wizard.record import Record
from wizard.workbench.branches import RuleBranch, rule_branches, takes
from wizard.workbench.rule_functions import compiled_for_work
from wizard.workbench.words import answers_of


class Generated(Record):
    """A case, and the branches that it alone of its set takes."""

    answers: Answers
    alone: tuple[Position, ...]


def generate(pathway: Pathway, step: Callable[[str], None]) -> tuple[Generated, ...]:
    """Cases that together take every branch that any case takes.

    Each is built by adding branches that still go together with those it takes already, and is
    dropped again where the others do without it.  Raises BudgetExceededError.
    """
    compiled, functions = compiled_for_work(pathway)
    goals = [
        goal
        for goal in rule_branches(compiled, functions)
        if is_own(pathway, goal.branch.position) and _possible(compiled, goal)
    ]
    counts = cases_of(compiled)
    left = list(range(len(goals)))
    made: list[tuple[Answers, frozenset[int]]] = []
    while left:
        step(f"{len(made)} cases, {len(left)} branches to go")
        wanted = _together(compiled, [goals[place] for place in left])
        case = counts.example(wanted, compiled.support(wanted))
        if case is None:
            raise AssertionError(goals[left[0]].branch.position)
        answers = answers_of(compiled.space, case)
        # As the answers are read: what is derived and not answered is worked out.
        read = compiled.space.allowed(answers)
        taken = frozenset(
            at for at, goal in enumerate(goals) if takes(compiled.diagrams, read, goal)
        )
        made.append((answers, taken))
        left = [place for place in left if place not in taken]
    kept = _needed([taken for _, taken in made])
    return tuple(
        Generated(
            made[place][0],
            tuple(goals[at].branch.position for at in sorted(alone)),
        )
        for place, alone in kept.items()
    )


def _possible(compiled: Compiled, rule_branch: RuleBranch) -> bool:
    return any(compiled.diagrams.outcomes[node] >> TRUE & 1 for node in rule_branch.taken)


def _together(compiled: Compiled, wanted: list[RuleBranch]) -> Node:
    """Where the first branch is taken, and as many of the others as go with it."""
    current = TRUE
    for rule_branch in wanted:
        for node in rule_branch.taken:
            both = compiled.diagrams.both(current, node)
            if compiled.diagrams.outcomes[both] >> TRUE & 1:
                current = both
                break
    return current


def _needed(taken: list[frozenset[int]]) -> dict[int, frozenset[int]]:
    """The cases that remain when each that the others do without is dropped, last first.

    With each, the branches that it alone takes.
    """
    times = Counter(at for own in taken for at in own)
    kept = dict(enumerate(taken))
    for place in reversed(range(len(taken))):
        if all(times[at] > 1 for at in taken[place]):
            times.subtract(taken[place])
            del kept[place]
    return {place: frozenset(at for at in own if times[at] == 1) for place, own in kept.items()}
