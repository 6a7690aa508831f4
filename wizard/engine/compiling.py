"""A pathway's rules as functions of a case: one diagram for each, never one of everything.

Theory of operation.  Rules are compiled one by one (`rules`), and statements joined to options,
aims and alerts by conjunction and disjunction.

Cost.  At most the product of the functions that are joined; `NODE_BUDGET` ends that, and tells what
costs most.  A diagram of all options at once would outgrow any budget, and is never needed.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from pathlib import Path
from typing import Final

from wizard.case.answers import Answer
from wizard.engine.deriving import not_exactly_one
from wizard.engine.diagrams import (
    FALSE,
    Allowed,
    Diagrams,
    Node,
    TooManyNodesError,
    settled,
)
from wizard.engine.disorder import BudgetExceededError, worst_disorder
from wizard.engine.rules import RuleCompiler
from wizard.engine.space import CaseSpace
from wizard.pathway.factors import DerivedFactor
from wizard.pathway.model import Alert, Option, Pathway, Shown, Status
from wizard.pathway.owned_rules import CITING, RuleKey, owned_rules
from wizard.pathway.problems import PathwayErrors
from wizard.pathway.trees import (
    Tree,
)
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

    def support(self, function: Node) -> tuple[str, ...]:
        """The factors that a function's diagram asks, in the order of the walk."""
        return self.space.factors_of(self.diagrams.asked[function])

    def function(self, tree: Tree) -> Node:
        """The function of a part of one of the rules, which the store holds already."""
        compiler = Compiler(self.pathway, self.diagrams.limit, self.space, self.diagrams)
        compiler.shared, compiler.applies = dict(self.shared), dict(self.applies)
        with self.diagrams.adding:
            return compiler.tree(tree)

    def settles(self, answers: Mapping[str, Answer], function: Node, *, wanted: bool) -> bool:
        """Whether a function is so in every completion of these answers."""
        return settled(self.diagrams, function, self.space.allowed(answers), wanted=wanted)


def compile_pathway(pathway: Pathway, budget: int = NODE_BUDGET) -> Compiled:
    """Compile every rule of a checked pathway.

    Raises BudgetExceededError where the diagrams would need more nodes than the budget, and
    PathwayErrors where a derived factor has no value in some case, or two.
    """
    compiled = Compiler(pathway, budget).compiled()
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


class Compiler(RuleCompiler):
    """All functions of a pathway, made from those of its rules."""

    def compiled(self) -> Compiled:
        """Every function of the pathway.  Raises BudgetExceededError."""
        try:
            return self.functions()
        except TooManyNodesError as error:
            if self.latest is None:
                raise
            disorder = worst_disorder(self.pathway)
            raise BudgetExceededError(self.latest, self.budget, disorder) from error

    def functions(self) -> Compiled:
        """The same.  Raises TooManyNodesError where the store overflows."""
        pathway = self.pathway
        every = pathway.options.values()
        applies = {name: self.applying(name) for name in pathway.factors}
        for name in pathway.shared:
            self.use(name)
        derived = {
            factor.id: self.derived(factor)
            for factor in pathway.factors.values()
            if isinstance(factor, DerivedFactor)
        }
        by_statement = [
            ((option.id, statement.id), statement)
            for option in every
            for statement in option.statements.values()
        ]
        statements = {key: self.rule(statement.rule) for key, statement in by_statement}
        scopes = {key: self.rule(statement.scope) for key, statement in by_statement}
        exclusions = {
            (option.id, exclusion.id): self.rule(exclusion.when)
            for option in every
            for exclusion in option.excludes.values()
        }
        options = {option.id: self.described(option, statements) for option in every}
        aims = {
            (option.id, aim): functions
            for option in every
            for aim, functions in self.aims(option, statements, options[option.id]).items()
        }
        settings = {
            option.id: self.rule(option.usual_setting.rule)
            for option in every
            if option.usual_setting is not None
        }
        alerts = {alert.id: self.alert(alert, options) for alert in pathway.alerts.values()}
        return Compiled(
            pathway=pathway,
            space=self.space,
            diagrams=self.diagrams,
            applies=applies,
            derived=derived,
            shared=self.shared,
            statements=statements,
            scopes=scopes,
            exclusions=exclusions,
            citing={
                owned.key: found
                for owned in owned_rules(pathway)
                if owned.kind in CITING and (found := self.cited(owned.rule.tree))
            },
            options=options,
            aims=aims,
            settings=settings,
            alerts=alerts,
            free=self.space.free,
            shown={
                Shown.STATUS: tuple(options.values()),
                Shown.AIM: tuple(aim.held for aim in aims.values()),
                Shown.USUAL_SETTING: tuple(settings.values()),
                Shown.EXCLUSION: tuple(exclusions.values()),
                Shown.ALERT: tuple(
                    function
                    for alert in alerts.values()
                    for function in (alert.raised, alert.checked)
                ),
            },
        )

    def described(self, option: Option, statements: Mapping[tuple[str, str], Node]) -> Node:
        """Where any statement of the option holds."""
        function = FALSE
        for statement in option.statements.values():
            function = self.diagrams.either(function, statements[option.id, statement.id])
        return function

    def aims(
        self, option: Option, statements: Mapping[tuple[str, str], Node], described: Node
    ) -> dict[str, AimFunctions]:
        """The option's aims by id; one that stands in several places holds in each."""
        parts: dict[str, list[Node]] = {}
        for statement in option.statements.values():
            for aim in statement.aims:
                own = statements[option.id, statement.id]
                parts.setdefault(aim.id, []).append(self.diagrams.both(own, self.rule(aim.when)))
        for aim in option.aims:
            parts.setdefault(aim.id, []).append(self.rule(aim.when))
        return {aim: self.aim(described, nodes) for aim, nodes in parts.items()}

    def aim(self, described: Node, parts: Iterable[Node]) -> AimFunctions:
        """Where an option is described with and without an aim that holds in any part."""
        holds = reduce(self.diagrams.either, parts, FALSE)
        missed = self.diagrams.both(described, self.diagrams.negation(holds))
        return AimFunctions(self.diagrams.both(described, holds), missed)

    def alert(self, alert: Alert, options: Mapping[str, Node]) -> AlertFunctions:
        """An alert's functions, given those of the options."""
        when = self.alert_when(alert)
        unless = FALSE if alert.unless is None else self.rule(alert.unless)
        check = alert.check
        certain = self.rule(None if check is None else check.certain)
        possible = self.rule(None if check is None else check.possible)
        raised = self.diagrams.both(when, self.diagrams.negation(unless))
        asked = self.diagrams.both(when, self.diagrams.both(certain, possible))
        checked = FALSE if check is None else self.having(asked, check.options, options)
        raised = self.having(raised, alert.about, options)
        return AlertFunctions(when, unless, certain, possible, raised, checked)

    def alert_when(self, alert: Alert) -> Node:
        """Where the condition of an alert holds."""
        derived = self.pathway.factors.get(alert.answer_to or "")
        if isinstance(derived, DerivedFactor):
            return self.contradicted(derived)
        return self.rule(alert.when)

    def having(
        self, function: Node, wanted: Mapping[str, tuple[Status, ...]], options: Mapping[str, Node]
    ) -> Node:
        """Where the function is true and every option can have a wanted status."""
        for option, statuses in wanted.items():
            if Status.DESCRIBED in statuses:
                function = self.diagrams.both(function, options[option])
            elif Status.NOT_DESCRIBED in statuses:
                function = self.diagrams.both(function, self.diagrams.negation(options[option]))
        return function
