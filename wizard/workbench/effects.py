"""What follows for options, aims, settings and alerts when single rules become others."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from wizard.engine.compiler import Compiler
from wizard.engine.compiling import AimFunctions, AlertConditions, Compiled
from wizard.engine.counting import different, xor
from wizard.engine.deriving import not_exactly_one
from wizard.engine.diagrams import TRUE, Node
from wizard.pathway.factors import DerivedFactor
from wizard.pathway.model import Alert, Option, Status
from wizard.pathway.owned_rules import OwnedRule, RuleKey, RuleKind, owned_rules, users_first, uses
from wizard.pathway.problems import Problem
from wizard.pathway.trees import Requirement, Rule, parts
from wizard.workbench.rule_functions import BUDGET, RuleFunctions


class Effects:
    """The functions that differ from the pathway's own, by what they belong to.

    `alerts` has every condition of an alert as soon as one of them differs.
    """

    def __init__(self) -> None:
        self.options: dict[str, Node] = {}
        self.statements: dict[tuple[str, str], Node] = {}
        self.aims: dict[tuple[str, str], AimFunctions] = {}
        self.settings: dict[str, Node] = {}
        self.exclusions: dict[tuple[str, str], Node] = {}
        self.alerts: dict[str, AlertConditions] = {}
        self.applies: dict[str, Node] = {}

    def __bool__(self) -> bool:
        return any(vars(self).values())


class Consequences:
    """Works out effects; keeps the pathway's own function of every rule to compare with."""

    def __init__(self, compiled: Compiled, functions: RuleFunctions) -> None:
        self.compiled = compiled
        self.functions = functions
        self.different = partial(different, functions.diagrams)
        self.rules = tuple(owned_rules(compiled.pathway))
        self.own = {owned.key: functions.compiler.tree(owned.rule.tree) for owned in self.rules}
        self.used_first = tuple(users_first(self.rules))[::-1]

    def turned(self, owned: OwnedRule, differs: Node) -> Effects:
        """What follows when one rule comes out otherwise in these cases."""
        return self.of(owned, xor(self.functions.diagrams, self.own[owned.key], differs))

    def of(self, owned: OwnedRule, function: Node) -> Effects:
        """What follows when one rule becomes another function."""
        if self._reaches_questions(owned):
            return self._between(self._compiled_with(owned, function))
        name = owned.owner
        if owned.kind is RuleKind.SHARED:
            functions = RuleFunctions(
                self.compiled, shared={**self.compiled.shared, name: function}
            )
            return self._of_rules(self._anew(functions, lambda rule: name in uses(rule)))
        if owned.kind is RuleKind.APPLIES:
            return self._of_applies(name, function)
        return self._of_rules({owned.key: function})

    def of_derived(self, edited: DerivedFactor) -> Effects | None:
        """What follows when a derived factor is worked out otherwise.

        None where some case would not have exactly one value any more.
        """
        compiled = self.compiled
        compiler = Compiler(compiled.pathway, BUDGET, compiled.space, compiled.diagrams)
        compiler.derived(edited)
        other = compiler.compiled()
        for name, ways in other.derived.items():
            if any(self._not_exactly_one(other, name, ways)):
                return None
        return self._between(other)

    def refused(self, owned: OwnedRule, differs: Node) -> bool:
        """Whether a written tree would ask a factor where it may not apply any more.

        Or whether a derived factor would not have exactly one value in every case.
        """
        if owned.kind is RuleKind.APPLIES:
            applies = xor(self.functions.diagrams, self.compiled.applies[owned.owner], differs)
            guards = {**self.compiled.applies, owned.owner: applies}
            functions = RuleFunctions(self.compiled, guards)
            if not all(functions.asked_soundly(other.rule.tree, TRUE) for other in self.rules):
                return True
        if not self._reaches_questions(owned):
            return False
        function = xor(self.functions.diagrams, self.own[owned.key], differs)
        other = self._compiled_with(owned, function)
        return any(
            problem
            for name, ways in other.derived.items()
            for problem in self._not_exactly_one(other, name, ways)
        )

    def _reaches_questions(self, owned: OwnedRule) -> bool:
        """Whether other questions than the rule's own may come out otherwise with it: what they
        are worked out to, or whether they apply.
        """
        if owned.kind is RuleKind.SHARED:
            questions = (RuleKind.APPLIES, RuleKind.DERIVED)
            return any(each.kind in questions and uses(each.rule) for each in self.rules)
        derived = bool(self.compiled.derived)
        return owned.kind is RuleKind.DERIVED or (owned.kind is RuleKind.APPLIES and derived)

    def _compiled_with(self, owned: OwnedRule, function: Node) -> Compiled:
        """The pathway with one rule of its questions, or one shared tree, another function."""
        compiled = self.compiled
        compiler = Compiler(compiled.pathway, BUDGET, compiled.space, compiled.diagrams)
        if owned.kind is RuleKind.DERIVED:
            compiler.worked_out[owned.owner] = self._ways(owned, function)
        elif owned.kind is RuleKind.APPLIES:
            compiler.applies[owned.owner] = function
        else:
            compiler.shared[owned.owner] = function
        return compiler.compiled()

    def _ways(self, owned: OwnedRule, function: Node) -> dict[str, Node]:
        """Where each value of a derived factor is worked out once one rule is another."""
        diagrams, own = self.functions.diagrams, self.compiled.derived[owned.owner]
        applies = self.compiled.applies[owned.owner]
        factor = self._derived(owned.owner)
        ways = {**own, owned.value or "": diagrams.both(applies, function)}
        for rest in (v for v in factor.values if v not in {**factor.rules, **factor.sums}):
            ways[rest] = applies
            for value, way in ways.items():
                if value != rest:
                    ways[rest] = diagrams.both(ways[rest], diagrams.negation(way))
        return ways

    def _derived(self, name: str) -> DerivedFactor:
        factor = self.compiled.pathway.factors[name]
        if not isinstance(factor, DerivedFactor):
            raise TypeError(factor)
        return factor

    def _not_exactly_one(
        self, other: Compiled, name: str, ways: Mapping[str, Node]
    ) -> Iterator[Problem]:
        return not_exactly_one(
            self._derived(name), other.applies[name], ways, other.space, other.diagrams
        )

    def _between(self, other: Compiled) -> Effects:
        """All that comes out otherwise in a pathway that has a rule changed."""
        compiled = self.compiled
        effects = Effects()
        for part in ("options", "statements", "settings", "exclusions", "applies"):
            before, after = getattr(compiled, part), getattr(other, part)
            changed = {key: after[key] for key in after if self.different(after[key], before[key])}
            setattr(effects, part, changed)
        for name in other.derived:
            if not self._derived(name).may_be_answered:
                effects.applies.pop(name, None)  # nothing is answered that could be set aside
        for key, aim in other.aims.items():
            own = compiled.aims[key]
            if self.different(aim.held, own.held) or self.different(aim.missed, own.missed):
                effects.aims[key] = aim
        for alert in compiled.pathway.alerts.values():
            before, after = compiled.alerts[alert.id], other.alerts[alert.id]
            pairs = zip(self._deciding(alert, before), self._deciding(alert, after), strict=True)
            if any(self.different(*pair) for pair in pairs):
                effects.alerts[alert.id] = after
        return effects

    def _of_applies(self, factor: str, function: Node) -> Effects:
        """What follows once a factor applies in other cases: conditions that ask it change too."""
        functions = RuleFunctions(self.compiled, {**self.compiled.applies, factor: function})
        effects = self._of_rules(self._anew(functions, lambda rule: factor in _needed(rule)))
        if self.different(function, self.compiled.applies[factor]):
            effects.applies[factor] = function
        return effects

    def _anew(
        self, functions: RuleFunctions, touched: Callable[[Rule], bool]
    ) -> dict[RuleKey, Node]:
        """The functions of touched rules and of all that go on with them, made of others."""
        shared = set[str]()
        changed: dict[RuleKey, Node] = {}
        for owned in self.used_first:
            if owned.kind is not RuleKind.APPLIES and (
                touched(owned.rule) or shared & uses(owned.rule)
            ):
                changed[owned.key] = node = functions.rule(owned.rule)
                if owned.kind is RuleKind.SHARED:
                    shared.add(owned.owner)
                    functions.compiler.shared[owned.owner] = node
        return changed

    def _of_rules(self, changed: Mapping[RuleKey, Node]) -> Effects:
        found = {key: node for key, node in changed.items() if self.different(node, self.own[key])}
        effects = Effects()
        if not found:
            return effects
        for option in self.compiled.pathway.options.values():
            if any(key[1] == option.id and key[0] in _OF_OPTIONS for key in found):
                self._option(option, found, effects)
        for alert in self.compiled.pathway.alerts.values():
            self._alert(alert, found, effects)
        return effects

    def _option(self, option: Option, found: Mapping[RuleKey, Node], effects: Effects) -> None:
        setting = found.get(RuleKey(RuleKind.SETTING, option.id))
        if setting is not None:
            effects.settings[option.id] = setting
        effects.exclusions |= {
            (option.id, name): found[RuleKey(RuleKind.EXCLUSION, option.id, name)]
            for name in option.excludes
            if RuleKey(RuleKind.EXCLUSION, option.id, name) in found
        }
        statements = {
            (option.id, name): found[RuleKey(RuleKind.STATEMENT, option.id, name)]
            for name in option.statements
            if RuleKey(RuleKind.STATEMENT, option.id, name) in found
        }
        effects.statements |= statements
        described = self.compiled.options[option.id]
        if statements:
            every = {**self.compiled.statements, **statements}
            described = self.functions.compiler.described(option, every)
            if self.different(described, self.compiled.options[option.id]):
                effects.options[option.id] = described
        for aim, places in self._aim_parts(option, found).items():
            functions = self.functions.compiler.aim(described, places)
            own = self.compiled.aims[option.id, aim]
            if self.different(functions.held, own.held) or self.different(
                functions.missed, own.missed
            ):
                effects.aims[option.id, aim] = functions

    def _aim_parts(self, option: Option, found: Mapping[RuleKey, Node]) -> dict[str, list[Node]]:
        now = {**self.own, **found}
        parts: dict[str, list[Node]] = {}
        for statement in option.statements.values():
            holds = now[RuleKey(RuleKind.STATEMENT, option.id, statement.id)]
            for aim in statement.aims:
                when = now.get(RuleKey(RuleKind.AIM, option.id, statement.id, aim.id), TRUE)
                parts.setdefault(aim.id, []).append(self.functions.diagrams.both(holds, when))
        for aim in option.aims:
            when = now.get(RuleKey(RuleKind.AIM, option.id, None, aim.id), TRUE)
            parts.setdefault(aim.id, []).append(when)
        return parts

    def _alert(self, alert: Alert, found: Mapping[RuleKey, Node], effects: Effects) -> None:
        if not any(RuleKey(kind, alert.id) in found for kind in _OF_ALERTS):
            return
        functions = self.compiled.alerts[alert.id]
        own = (functions.when, functions.unless, functions.certain, functions.possible)
        conditions = AlertConditions(
            *(
                found.get(RuleKey(kind, alert.id), node)
                for kind, node in zip(_OF_ALERTS, own, strict=True)
            )
        )
        before, after = self._deciding(alert, functions), self._deciding(alert, conditions)
        if any(self.different(*each) for each in zip(before, after, strict=True)):
            effects.alerts[alert.id] = conditions

    def _deciding(self, alert: Alert, conditions: AlertConditions) -> tuple[Node, ...]:
        """What alone decides the alert: what must be certain, where in that it is silenced, and
        the conditions of its check.

        An option that must be settled is as good as a part of `when`, unless a check shows while
        `when` is open.
        """
        when = conditions.when
        settled = {Status.DESCRIBED}, {Status.NOT_DESCRIBED}
        if alert.check is None:
            about = {o: s for o, s in alert.about.items() if set(s) in settled}
            when = self.functions.compiler.having(when, about, self.compiled.options)
        silenced = self.functions.diagrams.both(when, conditions.unless)
        return when, silenced, conditions.certain, conditions.possible


_OF_ALERTS = (RuleKind.ALERT, RuleKind.UNLESS, RuleKind.CERTAIN, RuleKind.MAYBE)
_OF_OPTIONS = frozenset({RuleKind.STATEMENT, RuleKind.AIM, RuleKind.SETTING, RuleKind.EXCLUSION})


def _needed(rule: Rule) -> set[str]:
    """The factors that a rule requires to apply."""
    return {part.factor for part in parts(rule.tree) if isinstance(part, Requirement)}
