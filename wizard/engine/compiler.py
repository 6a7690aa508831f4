"""All functions of a pathway, made from those of its rules.

Rules are compiled one by one (`rules`), and statements joined to options, aims and alerts by
conjunction and disjunction.
"""

from collections.abc import Iterable, Mapping
from functools import reduce

from wizard.engine.compiling import AimFunctions, AlertFunctions, Compiled, shown_by
from wizard.engine.diagrams import FALSE, Node, TooManyNodesError
from wizard.engine.disorder import BudgetExceededError, worst_disorder
from wizard.engine.rules import RuleCompiler
from wizard.pathway.factors import DerivedFactor
from wizard.pathway.model import Alert, Option, Status
from wizard.pathway.owned_rules import CITING, owned_rules


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
            shown=shown_by(options, aims, settings, exclusions, alerts),
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
