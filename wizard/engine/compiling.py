"""A pathway's rules as functions of a case: one diagram for each, never one of everything.

Theory of operation.  A tree is compiled from its leaves up: a node that asks a variable becomes
`Diagrams.select` over the functions of its branches, which sorts the question into the order of
the walk (the if-then-else of R. E. Bryant, "Graph-based algorithms for Boolean function
manipulation", IEEE Transactions on Computers C-35(8), 1986, with many values).  Statements are
joined to options, aims and alerts by conjunction and disjunction.

Cost.  A tree that asks in the order of the walk gives at most as many nodes as it has.  One that
does not may give exponentially many, for the order of variables decides the size of a diagram;
`NODE_BUDGET` ends that with the name of the rule.  A diagram of all options at once would outgrow
any budget, and is never needed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Final

from wizard.case.answers import Answer
from wizard.engine.deriving import not_exactly_one
from wizard.engine.diagrams import (
    FALSE,
    IMPOSSIBLE,
    TRUE,
    Allowed,
    Diagrams,
    Node,
    TooManyNodesError,
    settled,
)
from wizard.engine.disorder import BudgetExceededError, worst_disorder
from wizard.engine.space import WORKED_OUT, CaseSpace, case_space
from wizard.pathway.model import (
    Alert,
    ChoiceFactor,
    DerivedFactor,
    MultiFactor,
    NumberFactor,
    Option,
    Pathway,
    Points,
    Shown,
    Statement,
    Status,
    named_values,
)
from wizard.pathway.problems import PathwayErrors
from wizard.pathway.ranges import lies_in
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    AtLeast,
    Branch,
    NonePresent,
    Not,
    OneOf,
    Outcome,
    Range,
    Requirement,
    Rest,
    Rule,
    Tree,
    Use,
)

NODE_BUDGET: Final = 200_000
"""Nodes that the diagrams of a pathway may need together; beyond it, answers would be slow."""


@dataclass(frozen=True, slots=True)
class AimFunctions:
    """An aim of an option: where the option is described with it, and where without it."""

    held: Node
    missed: Node


@dataclass(frozen=True, slots=True)
class AlertConditions:
    """The conditions of an alert and of its check.

    `certain` and `possible` are those of the check, always true where the alert has none.
    """

    when: Node
    unless: Node
    certain: Node
    possible: Node


@dataclass(frozen=True, slots=True)
class AlertFunctions(AlertConditions):
    """An alert's conditions, and what decides whether it shows in a complete case.

    `raised` is `when`, not `unless`, and the options of `about` with their statuses; `checked` is
    `when` and all that `check` asks (never, where the alert has no check).
    """

    raised: Node
    checked: Node


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pathway with the functions of its rules.

    `derived` tells for each value of a derived factor where it is worked out.  `citing` has by
    statement where the claims of single ways hold.  `statements` and `scopes` are by option and
    statement id, `exclusions` by option and exclusion id, `aims` by option and aim id.  `free`
    allows every variable everything.  `shown` has the functions whose values a complete case
    shows, by what they are.
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
    citing: Mapping[tuple[str, str], Mapping[str, Node]]
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
        raise PathwayErrors(problems)
    return compiled


class Compiler:
    """The store under construction, and the shared trees that it already holds.

    `space` may know values and bounds that the pathway does not (those of another version, say),
    and `diagrams` may hold other functions over the same variables; a value that no branch of a
    rule takes is not a case of it.
    """

    def __init__(
        self,
        pathway: Pathway,
        budget: int,
        space: CaseSpace | None = None,
        diagrams: Diagrams | None = None,
    ) -> None:
        self.pathway = pathway
        self.budget = budget
        self.space = space or case_space(pathway)
        self.diagrams = diagrams or Diagrams(self.space.sizes, budget)
        self.shared: dict[str, Node] = {}
        self.applies: dict[str, Node] = {}
        self.worked_out: dict[str, Mapping[str, Node]] = {}
        self.cited_in: dict[str, dict[str, Node]] = {}
        self.latest: Rule | None = None

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
            citing={key: self.citing(statement) for key, statement in by_statement},
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

    def rule(self, rule: Rule | None) -> Node:
        """The function of a rule; always true where there is none."""
        if rule is None:
            return TRUE
        self.latest = rule
        return self.tree(rule.tree)

    def tree(self, tree: Tree) -> Node:
        """The function of a tree."""
        match tree:
            case Requirement(factor=factor):
                return self.diagrams.where(self.applying(factor), self.required(tree), FALSE)
            case AtLeast(least, trees):
                return self.diagrams.at_least(least, [self.tree(each) for each in trees])
            case Ask(factor=factor, branches=branches):
                return self.ask(factor, branches, [self.tree(branch.tree) for branch in branches])
            case Outcome(described=described):
                return TRUE if described else FALSE
            case Use(name=name):
                return self.use(name)
            case Not(tree=denied):
                return self.diagrams.negation(self.tree(denied))

    def required(self, asked: Requirement) -> Node:
        """What is required of a factor's answer, where it applies."""
        factor = self.pathway.factors[asked.factor]
        if not isinstance(factor, ChoiceFactor) or isinstance(factor, DerivedFactor):
            return self.tree(asked.question(named_values(factor)))
        # What comes of a choice needs no question to be made of it, and most are choices.
        passing = {v for test in asked.tests if isinstance(test, OneOf) for v in test.values}
        level, yes, no = self.space.levels[asked.factor].start, TRUE, FALSE
        if asked.negated:
            yes, no = no, yes
        return self.diagrams.node(
            level,
            tuple(
                yes if value in passing else no if value in factor.values else IMPOSSIBLE
                for value in self.space.values_of(asked.factor)
            ),
        )

    def citing(self, statement: Statement) -> dict[str, Node]:
        """Where each claim that is not one of every way is cited: where its way holds."""
        found = self.cited(statement.rule.tree)
        return {claim: node for claim, node in found.items() if claim not in statement.claims}

    def cited(self, tree: Tree) -> dict[str, Node]:
        """Where each claim of a tree's parts is cited: where all above it and itself hold.

        The claims of shared trees are cited where a tree goes on with them and they hold, those of
        a derived factor's values where it is asked and has them.
        """
        match tree:
            case Outcome(described=True, claims=claims):
                return dict.fromkeys(claims, TRUE)
            case Ask(factor=factor, branches=branches):
                return self.cited_below(factor, branches)
            case Requirement(factor=factor):
                values = self.of_values(factor)
                return self.cited_where(self.tree(tree), values) if values else {}
            case Use(name=name):
                if name not in self.cited_in:
                    shared = self.pathway.shared[name]
                    found = [dict.fromkeys(shared.claims, TRUE), self.cited(shared.rule.tree)]
                    self.cited_in[name] = self.cited_where(self.use(name), *found)
                return self.cited_in[name]
            case AtLeast(trees=trees, claims=claims):
                found = [dict.fromkeys(claims, TRUE), *(self.cited(each) for each in trees)]
                return self.cited_where(self.tree(tree), *found) if any(found) else {}
        return {}

    def cited_below(self, factor: str, branches: Sequence[Branch]) -> dict[str, Node]:
        """Where each claim below a node is cited, and those of the values that it asks."""
        below = [self.cited(branch.tree) for branch in branches]
        ways = {
            claim: self.ask(factor, branches, [each.get(claim, FALSE) for each in below])
            for claim in dict.fromkeys(claim for each in below for claim in each)
        }
        return self.cited_where(TRUE, ways, self.of_values(factor))

    def cited_where(self, holds: Node, *found: Mapping[str, Node]) -> dict[str, Node]:
        """What is cited in several parts of a tree, where all of it holds."""
        together: dict[str, Node] = {}
        for each in found:
            for claim, node in each.items():
                here = self.diagrams.where(holds, node, FALSE)
                together[claim] = self.diagrams.either(together.get(claim, FALSE), here)
        return together

    def of_values(self, name: str) -> dict[str, Node]:
        """The claims of each value of a derived factor, with where it is the one."""
        factor = self.pathway.factors[name]
        if not isinstance(factor, DerivedFactor):
            return {}
        found: list[dict[str, Node]] = []
        for value in factor.values.values():
            test = OneOf((value.id,))
            one = Requirement(name, (test,), negated=False, position=factor.position)
            if value.claims:
                found.append(dict.fromkeys(value.claims, self.tree(one)))
        return self.cited_where(TRUE, *found)

    def use(self, name: str) -> Node:
        """The function of a shared tree."""
        if name not in self.shared:
            self.shared[name] = self.rule(self.pathway.shared[name].rule)
        return self.shared[name]

    def applying(self, name: str) -> Node:
        """Where a factor applies."""
        if name not in self.applies:
            self.applies[name] = self.rule(self.pathway.factors[name].applies_when)
        return self.applies[name]

    def ask(self, factor: str, branches: Sequence[Branch], below: Sequence[Node]) -> Node:
        """A node of a tree: the first branch whose test holds goes on."""
        match self.pathway.factors[factor]:
            case ChoiceFactor() as record:
                values = self.space.values_of(factor)
                taken = [IMPOSSIBLE if v is None else _first(branches, below, v) for v in values]
                if isinstance(record, DerivedFactor):
                    onward = IMPOSSIBLE
                    for value, way in self.derived(record).items():
                        there = _first(branches, below, value)
                        onward = self.diagrams.where(way, there, onward)
                    taken[WORKED_OUT] = onward
                return self.diagrams.select(self.space.levels[factor].start, tuple(taken))
            case NumberFactor():
                return self.number(factor, branches, below)
            case MultiFactor() as record:
                return self.multi(record, branches, below)

    def derived(self, factor: DerivedFactor) -> Mapping[str, Node]:
        """Where each value of a derived factor is worked out, of the cases in which it applies."""
        if factor.id not in self.worked_out:
            found = {value: self.rule(rule) for value, rule in factor.rules.items()}
            found |= {value: self.summed(factor, sums) for value, sums in factor.sums.items()}
            any_of = reduce(self.diagrams.either, found.values(), FALSE)
            rest = self.diagrams.negation(any_of)
            applies = self.applying(factor.id)
            self.worked_out[factor.id] = {
                value: self.diagrams.both(applies, found.get(value, rest))
                for value in factor.values
            }
        return self.worked_out[factor.id]

    def summed(self, factor: DerivedFactor, sums: Range) -> Node:
        """Where the points of a derived factor add up to a number in a range.

        Dynamic programming: one function for each question and each sum of the points before it.
        """
        known: dict[tuple[int, int], Node] = {}

        def after(place: int, total: int) -> Node:
            if place == len(factor.points):
                return TRUE if lies_in(Decimal(total), sums) else FALSE
            if (place, total) not in known:
                own: Points = factor.points[place]
                below = [after(place + 1, total + more) for more in own.points]
                known[place, total] = self.ask(own.factor, own.branches, below)
            return known[place, total]

        return after(0, 0)

    def contradicted(self, factor: DerivedFactor) -> Node:
        """Where an answer was given to a derived factor, and another is worked out."""
        ways = self.derived(factor)
        others = {value: [way for other, way in ways.items() if other != value] for value in ways}
        taken = [
            reduce(self.diagrams.either, others.get(value or "", ()), FALSE)
            for value in self.space.values_of(factor.id)
        ]
        return self.diagrams.select(self.space.levels[factor.id].start, tuple(taken))

    def number(self, factor: str, branches: Sequence[Branch], below: Sequence[Node]) -> Node:
        """A node that asks a number: every interval goes the way of the lowest number in it."""
        intervals = range(len(self.space.cuts[factor]) + 1)
        taken = [_first(branches, below, self.space.number_in(factor, each)) for each in intervals]
        return self.diagrams.select(self.space.levels[factor].start, tuple(taken))

    def multi(self, factor: MultiFactor, branches: Sequence[Branch], below: Sequence[Node]) -> Node:
        """A node that asks a multi, built from its last branch to its first.

        A branch asks whether any of some members is present, and each such question becomes the
        node above what the later branches make.
        """
        members = tuple(factor.members)
        function = IMPOSSIBLE
        for branch, node in zip(reversed(branches), reversed(below), strict=True):
            match branch.test:
                case AnyOf(members=some):
                    function = self.any_present(factor.id, some, node, function)
                case NonePresent():
                    function = self.any_present(factor.id, members, function, node)
                case _:
                    function = node
        if factor.at_least:
            # Put above all branches: one that asks nothing would make a case of an empty answer.
            function = self.any_present(factor.id, members, function, IMPOSSIBLE)
        return function

    def any_present(self, factor: str, members: Sequence[str], yes: Node, no: Node) -> Node:
        """`yes` where any of the members is present, else `no`."""
        for level in sorted(
            (self.space.member_level(factor, member) for member in members), reverse=True
        ):
            no = self.diagrams.select(level, (no, yes))
        return no

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
        return AimFunctions(
            held=self.diagrams.both(described, holds),
            missed=self.diagrams.both(described, self.diagrams.negation(holds)),
        )

    def alert(self, alert: Alert, options: Mapping[str, Node]) -> AlertFunctions:
        """An alert's functions, given those of the options."""
        when = self.alert_when(alert)
        unless = FALSE if alert.unless is None else self.rule(alert.unless)
        check = alert.check
        certain = self.rule(None if check is None else check.certain)
        possible = self.rule(None if check is None else check.possible)
        raised = self.diagrams.both(when, self.diagrams.negation(unless))
        asked = self.diagrams.both(when, self.diagrams.both(certain, possible))
        return AlertFunctions(
            when=when,
            unless=unless,
            certain=certain,
            possible=possible,
            raised=self.having(raised, alert.about, options),
            checked=FALSE if check is None else self.having(asked, check.options, options),
        )

    def alert_when(self, alert: Alert) -> Node:
        """Where the condition of an alert holds."""
        derived = self.pathway.factors[alert.answer_to] if alert.answer_to else None
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


def _first(branches: Sequence[Branch], below: Sequence[Node], answer: str | Decimal) -> Node:
    """Where a value or a number goes on: the first branch that takes it."""
    for branch, node in zip(branches, below, strict=True):
        match branch.test:
            case OneOf(values=values) if answer in values:
                return node
            case Range() as part if isinstance(answer, Decimal) and lies_in(answer, part):
                return node
            case Rest():
                return node
    return IMPOSSIBLE
