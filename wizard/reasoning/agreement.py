"""Where the documents agree: each option as each document alone would have it.

A document describes an option where one of its own statements on it holds; one without a
statement on the option is silent.  Documents differ in a completion in which one that speaks
describes the option and another that speaks does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.case.answers import Answers
from wizard.pathway.model import Option, Status
from wizard.reasoning.compiling import Compiled
from wizard.reasoning.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Diagrams, Node


@dataclass(frozen=True, slots=True)
class OptionAgreement:
    """An option by document.

    `statuses` has the documents that speak, in the pathway's order of documents; `silent` are the
    others.  `differ` is whether those that speak differ: described in every completion, possible
    in some, not described in none.
    """

    option: str
    statuses: Mapping[str, Status]
    silent: tuple[str, ...]
    differ: Status

    @property
    def matching(self) -> tuple[str, ...]:
        """The documents that describe the option in every completion."""
        return tuple(each for each, status in self.statuses.items() if status is Status.DESCRIBED)


def agreement(compiled: Compiled, answers: Answers) -> dict[str, OptionAgreement]:
    """How far the documents agree on each option, in the neutral order."""
    allowed = compiled.space.allowed(answers)
    return {
        option.id: _option(compiled, allowed, option)
        for option in compiled.pathway.options.values()
    }


def alone(agreed: Mapping[str, OptionAgreement], source: str) -> dict[str, Status | None]:
    """The case as one document alone would have it: None where it is silent."""
    return {each.option: each.statuses.get(source) for each in agreed.values()}


def _option(compiled: Compiled, allowed: Allowed, option: Option) -> OptionAgreement:
    own: dict[str, set[Node]] = {}
    for statement in option.statements.values():
        function = compiled.statements[option.id, statement.id]
        own.setdefault(statement.source, set()).add(function)
    named = dict.fromkeys((*compiled.pathway.sources, *own))
    speaking = [source for source in named if source in own]
    seen = outcomes(compiled.diagrams, [frozenset(own[source]) for source in speaking], allowed)
    return OptionAgreement(
        option=option.id,
        statuses={
            source: _status({each[index] for each in seen}) for index, source in enumerate(speaking)
        },
        silent=tuple(source for source in named if source not in own),
        differ=_status({len(set(each)) > 1 for each in seen}),
    )


def outcomes(
    diagrams: Diagrams, unions: list[frozenset[Node]], allowed: Allowed
) -> set[tuple[bool, ...]]:
    """Every combination of truths that unions of functions take together in some allowed case.

    Walks all of the functions at once, from the first variable to the last; adds nothing to the
    store.
    """
    start = tuple(_reduced(union) for union in unions)
    seen = {start}
    waiting = [start]
    found: set[tuple[bool, ...]] = set()
    while waiting:
        state = waiting.pop()
        level = min(diagrams.levels[node] for union in state for node in union or (FALSE,))
        if level == len(diagrams.sizes):
            found.add(tuple(TRUE in union for union in state))
            continue
        for value in allowed[level]:
            below = [
                frozenset(diagrams.cofactor(node, level, value) for node in union)
                for union in state
            ]
            following = tuple(_reduced(union) for union in below)
            if not any(IMPOSSIBLE in union for union in below) and following not in seen:
                seen.add(following)
                waiting.append(following)
    return found


def _reduced(union: frozenset[Node]) -> frozenset[Node]:
    """A union without what cannot change it: one function that is true decides it."""
    return frozenset([TRUE]) if TRUE in union else union - {FALSE}


def _status(truths: set[bool]) -> Status:
    if truths == {True}:
        return Status.DESCRIBED
    return Status.NOT_DESCRIBED if truths == {False} else Status.POSSIBLE
