"""A pathway's rules as functions of a case: one diagram for each, never one of everything.

Theory of operation.  Rules are compiled one by one (`rules`), and statements joined to options,
aims and alerts by conjunction and disjunction (`compiler`).  The compiler is imported by whoever
compiles: functions that were kept need none (`tables`).

Cost.  At most the product of the functions that are joined; `NODE_BUDGET` ends that, and tells what
costs most.  A diagram of all options at once would outgrow any budget, and is never needed.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from itertools import chain
from operator import or_
from pathlib import Path
from typing import Final

from wizard.case.answers import Answer
from wizard.engine.diagrams import Allowed, Diagrams, Node, settled
from wizard.engine.space import CaseSpace
from wizard.pathway.factors import DerivedFactor
from wizard.pathway.model import Pathway, Shown
from wizard.pathway.owned_rules import RuleKey
from wizard.pathway.problems import PathwayErrors
from wizard.pathway.trees import Tree
from wizard.record import Record

NODE_BUDGET: Final = 200_000
"""Nodes that the diagrams of a pathway may need together; beyond it, answers would be slow."""


class AimFunctions(Record):
    """An aim of an option: where the option is described with it, and where without it."""

    held: Node
    missed: Node


class AlertConditions(Record):
    """The conditions of an alert and of its check.

    `certain` and `possible` are those of the check, always true where the alert has none.
    """

    when: Node
    unless: Node
    certain: Node
    possible: Node


class AlertFunctions(AlertConditions):
    """An alert's conditions, and what decides whether it shows in a complete case.

    `raised` is `when`, not `unless`, and the options of `about` with their statuses; `checked` is
    `when` and all that `check` asks (never, where the alert has no check).
    """

    raised: Node
    checked: Node


class Compiled(Record):
    """A pathway with the functions of its rules.

    `derived` tells for each value of a derived factor where it is worked out.  `citing` has by
    rule where the claims of single ways hold, of those that have any.  `statements` and `scopes`
    are by option and statement id, `exclusions` by option and exclusion id, `aims` by option and
    aim id.  `free` allows every variable everything.  `shown` has the functions whose values a
    complete case shows, by what they are.
    """

    __slots__ = ("__dict__",)

    pathway: Pathway
    space: CaseSpace
    diagrams: Diagrams
    applies: Mapping[str, Node]
    derived: Mapping[str, Mapping[str, Node]]
    shared: Mapping[str, Node]
    statements: Mapping[tuple[str, str], Node]
    scopes: Mapping[tuple[str, str], Node]
    exclusions: Mapping[tuple[str, str], Node]
    citing: Mapping[RuleKey, Mapping[str, Node]]
    options: Mapping[str, Node]
    aims: Mapping[tuple[str, str], AimFunctions]
    settings: Mapping[str, Node]
    alerts: Mapping[str, AlertFunctions]
    free: Allowed
    shown: Mapping[Shown, tuple[Node, ...]]

    @cached_property
    def asked_of(self) -> Mapping[str, int]:
        """By option, the levels that are asked by all that is told of where it stands, as bits."""
        asked, bits = dict.fromkeys(self.options, 0), self.diagrams.asked
        by_option = (*self.statements.items(), *self.exclusions.items())
        missed = ((option, aim.missed) for (option, _), aim in self.aims.items())
        parts = ((option, node) for (option, _), node in by_option)
        for option, node in (*parts, *missed, *self.options.items(), *self.settings.items()):
            asked[option] |= bits[node]
        return asked

    @cached_property
    def asked_of_alerts(self) -> Mapping[str, int]:
        """By alert, the levels that are asked by all that decides whether it shows, as bits."""
        asked, bits = {}, self.diagrams.asked
        for alert in self.pathway.alerts.values():
            own = self.alerts[alert.id]
            about = (*alert.about, *(alert.check.options if alert.check else ()))
            parts = [bits[node] for node in (own.when, own.unless, own.certain, own.possible)]
            parts += [self.asked_of[option] for option in about]
            asked[alert.id] = reduce(or_, parts)
        return asked

    @cached_property
    def asked_of_ways(self) -> Mapping[RuleKey, int]:
        """By rule, the levels that are asked by where claims of single ways hold, as bits."""
        bits = self.diagrams.asked
        return {
            key: reduce(or_, (bits[node] for node in ways.values()), 0)
            for key, ways in self.citing.items()
        }

    def support(self, function: Node) -> tuple[str, ...]:
        """The factors that a function's diagram asks, in the order of the walk."""
        return self.space.factors_of(self.diagrams.asked[function])

    def function(self, tree: Tree) -> Node:
        """The function of a part of one of the rules, which the store holds already."""
        from wizard.engine.compiler import Compiler

        compiler = Compiler(self.pathway, self.diagrams.limit, self.space, self.diagrams)
        compiler.shared, compiler.applies = dict(self.shared), dict(self.applies)
        with self.diagrams.adding:
            return compiler.tree(tree)

    def settles(self, answers: Mapping[str, Answer], function: Node, *, wanted: bool) -> bool:
        """Whether a function is so in every completion of these answers."""
        return settled(self.diagrams, function, self.space.allowed(answers), wanted=wanted)


def compile_pathway(
    pathway: Pathway, budget: int = NODE_BUDGET, store: Diagrams | None = None
) -> Compiled:
    """Compile every rule of a checked pathway, into a given store where it has the same variables.

    Raises BudgetExceededError where the diagrams would need more nodes than the budget, and
    PathwayErrors where a derived factor has no value in some case, or two.
    """
    from wizard.engine.compiler import Compiler
    from wizard.engine.deriving import not_exactly_one

    compiled = Compiler(pathway, budget, diagrams=store).compiled()
    problems = [
        problem
        for factor in pathway.factors.values()
        if isinstance(factor, DerivedFactor)
        for problem in not_exactly_one(
            factor,
            compiled.applies[factor.id],
            compiled.derived[factor.id],
            compiled.space,
            compiled.diagrams,
        )
    ]
    if problems:
        raise PathwayErrors(problems, Path(pathway.folder))
    return compiled


def shown_by(
    options: Mapping[str, Node],
    aims: Mapping[tuple[str, str], AimFunctions],
    settings: Mapping[str, Node],
    exclusions: Mapping[tuple[str, str], Node],
    alerts: Mapping[str, AlertFunctions],
) -> Mapping[Shown, tuple[Node, ...]]:
    """The functions whose values a complete case shows, by what they are."""
    of_alerts: Iterable[tuple[Node, Node]] = (
        (alert.raised, alert.checked) for alert in alerts.values()
    )
    return {
        Shown.STATUS: tuple(options.values()),
        Shown.AIM: tuple(aim.held for aim in aims.values()),
        Shown.USUAL_SETTING: tuple(settings.values()),
        Shown.EXCLUSION: tuple(exclusions.values()),
        Shown.ALERT: tuple(chain.from_iterable(of_alerts)),
    }
