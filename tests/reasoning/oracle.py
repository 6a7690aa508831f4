"""An independent oracle: the pathway's trees as clauses for a SAT solver, without any diagram.

Written from the definitions: a case gives a value to each factor that applies in it, and an answer
binds its factor only where that applies.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, count

from pysat.examples.hitman import Hitman
from pysat.examples.rc2 import RC2
from pysat.formula import WCNF
from pysat.solvers import Solver

from wizard.case.answers import Answer, Answers, ChoiceAnswer, MultiAnswer, Unknown
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, named_values
from wizard.pathway.model import Pathway, Status
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    AtLeast,
    NonePresent,
    Not,
    OneOf,
    Outcome,
    Requirement,
    Rest,
    Rule,
    Test,
    Tree,
    Use,
)
from wizard.reasoning.assessment import AlertState

Literal = int
CHANGED, FOUND, SAID = 1_000_000, 1_000, 1
"""Weights of a change: an answer contradicted, a question answered, a member spoken of."""


@dataclass
class Oracle:
    """A pathway as clauses.  `value` has a variable for each value and member."""

    pathway: Pathway
    clauses: list[list[Literal]] = field(default_factory=list)
    value: dict[tuple[str, str], Literal] = field(default_factory=dict)
    applies: dict[str, Literal] = field(default_factory=dict)
    shared: dict[str, Literal] = field(default_factory=dict)
    options: dict[str, Literal] = field(default_factory=dict)
    alerts: dict[str, tuple[Literal, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fresh = count(1)
        self.true = next(self.fresh)
        self.clauses.append([self.true])
        for factor in self.pathway.factors.values():
            self._declare(factor)
        for option in self.pathway.options.values():
            rules = [self._tree(s.rule.tree) for s in option.statements.values()]
            self.options[option.id] = self._any(rules)
        for alert in self.pathway.alerts.values():
            check = alert.check
            asked = (check.certain, check.possible) if check is not None else (None, None)
            self.alerts[alert.id] = tuple(
                missing if rule is None else self._tree(rule.tree)
                for rule, missing in (
                    (alert.when, self.true),
                    (alert.unless, -self.true),
                    (asked[0], self.true),
                    (asked[1], self.true),
                )
            )
        self.solver = Solver(name="cadical153", bootstrap_with=self.clauses)

    # --- the pathway -------------------------------------------------------------------------

    def _declare(self, factor: Factor) -> None:
        rule: Rule | None = factor.applies_when
        applies = self.true if rule is None else self._tree(rule.tree)
        self.applies[factor.id] = applies
        own = [next(self.fresh) for _ in named_values(factor)]
        self.value.update(
            {(factor.id, v): n for v, n in zip(named_values(factor), own, strict=True)}
        )
        if isinstance(factor, ChoiceFactor):
            self.clauses.append([-applies, *own])
            self.clauses.extend([-one, -other] for one, other in combinations(own, 2))
        if isinstance(factor, MultiFactor) and factor.at_least:
            self.clauses.append([-applies, *own])

    def _tree(self, tree: Tree) -> Literal:
        match tree:
            case Outcome(described=described):
                return self.true if described else -self.true
            case Use(name=name):
                if name not in self.shared:
                    self.shared[name] = self._tree(self.pathway.shared[name].rule.tree)
                return self.shared[name]
            case Not(tree=denied):
                return -self._tree(denied)
            case AtLeast(least=least, trees=trees):
                parts = [self._tree(each) for each in trees]
                return self._any(self._all(some) for some in combinations(parts, least))
            case Requirement(factor=factor, tests=tests, negated=negated):
                passed = self._any(self._test(factor, test) for test in tests)
                return self._all([self.applies[factor], -passed if negated else passed])
        earlier: list[Literal] = []
        ways = []
        for branch in tree.branches:
            test = self._test(tree.factor, branch.test)
            ways.append(self._all([test, *(-each for each in earlier), self._tree(branch.tree)]))
            earlier.append(test)
        return self._any(ways)

    def _test(self, factor: str, test: Test) -> Literal:
        match test:
            case OneOf(values=ids) | AnyOf(members=ids):
                return self._any(self.value[factor, each] for each in ids)
            case NonePresent():
                ids = tuple(named_values(self.pathway.factors[factor]))
                return -self._any(self.value[factor, each] for each in ids)
            case Rest():
                return self.true
        raise AssertionError(test)

    def _any(self, literals: Iterable[Literal]) -> Literal:
        name, parts = next(self.fresh), list(literals)
        self.clauses.append([-name, *parts])
        self.clauses.extend([name, -each] for each in parts)
        return name

    def _all(self, literals: Iterable[Literal]) -> Literal:
        return -self._any(-each for each in literals)

    # --- cases -------------------------------------------------------------------------------

    def bind(self, answers: Mapping[str, Answer]) -> dict[str, Literal]:
        """A selector for each factor that is answered: assumed, it binds its answer."""
        selectors = {}
        for name, answer in answers.items():
            if isinstance(answer, ChoiceAnswer | MultiAnswer):
                selectors[name] = next(self.fresh)
                for clause in self._bound(name, answer):
                    self.solver.add_clause([-selectors[name], -self.applies[name], *clause])
        return selectors

    def _bound(self, name: str, answer: ChoiceAnswer | MultiAnswer) -> Iterator[list[Literal]]:
        if isinstance(answer, ChoiceAnswer):
            yield [self.value[name, value] for value in answer.values]
            return
        yield from ([self.value[name, member]] for member in answer.present)
        yield from ([-self.value[name, member]] for member in answer.absent)

    def status(self, option: str, selectors: Iterable[Literal]) -> Status:
        return self._status(self.options[option], list(selectors))

    def _status(self, function: Literal, assumed: list[Literal]) -> Status:
        if not self.solver.solve([*assumed, -function]):
            return Status.DESCRIBED
        if not self.solver.solve([*assumed, function]):
            return Status.NOT_DESCRIBED
        return Status.POSSIBLE

    def shown(self, selectors: Iterable[Literal]) -> dict[str, AlertState]:
        """The alerts that show, raised or as a check."""
        assumed = list(selectors)
        statuses = {option: self._status(node, assumed) for option, node in self.options.items()}
        found = {}
        for alert in self.pathway.alerts.values():
            when, unless, certain, possible = (
                self._status(node, assumed) for node in self.alerts[alert.id]
            )
            about = all(statuses[option] in wanted for option, wanted in alert.about.items())
            if when is Status.DESCRIBED and unless is not Status.DESCRIBED and about:
                found[alert.id] = AlertState.RAISED
            elif (
                alert.check is not None
                and when is Status.POSSIBLE
                and certain is Status.DESCRIBED
                and possible is not Status.NOT_DESCRIBED
                and all(statuses[o] in wanted for o, wanted in alert.check.options.items())
            ):
                found[alert.id] = AlertState.CHECK
        return found

    # --- reasons -----------------------------------------------------------------------------

    def reasons(
        self, option: str, selectors: Mapping[str, Literal], *, wanted: bool
    ) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
        """All minimal sufficient reasons of a settled option, and all minimal sets they all meet.

        Implicit hitting sets: minimal unsatisfiable subsets of the selectors, and their duals.
        """
        against = -self.options[option] if wanted else self.options[option]
        found, corrections = set(), set()
        with Hitman(solver="m22", htype="sorted") as hitman:
            while (candidate := hitman.get()) is not None:
                if not self.solver.solve([against, *(selectors[name] for name in candidate)]):
                    found.add(frozenset(candidate))
                    hitman.block(candidate)
                    continue
                kept = set(candidate)
                for name in selectors:
                    wider = [selectors[each] for each in {*kept, name}]
                    if self.solver.solve([against, *wider]):
                        kept.add(name)
                left = frozenset(selectors) - kept
                corrections.add(left)
                hitman.hit(sorted(left))
        return found, corrections

    # --- changes -----------------------------------------------------------------------------

    def asked(self, option: str) -> list[str]:
        """The factors that the trees of an option name, and those that make them apply."""
        found: set[str] = set()

        def note(tree: Tree) -> None:
            match tree:
                case Outcome():
                    return
                case Use(name=name):
                    note(self.pathway.shared[name].rule.tree)
                    return
                case Not(tree=denied):
                    note(denied)
                    return
                case AtLeast(trees=trees):
                    for each in trees:
                        note(each)
                    return
            found.add(tree.factor)
            rule = self.pathway.factors[tree.factor].applies_when
            if rule is not None:
                note(rule.tree)
            for branch in tree.branches if isinstance(tree, Ask) else ():
                note(branch.tree)

        for statement in self.pathway.options[option].statements.values():
            note(statement.rule.tree)
        return [name for name in self.pathway.factors if name in found]

    def changes(
        self, option: str, answers: Answers, held: Iterable[str], *, wanted: bool
    ) -> set[frozenset[tuple[str, Answer]]]:
        """All changes of least weight after which every completion is as wanted.

        A weighted MaxSAT solver proposes changes; each completion that refutes one becomes a
        clause that says how to escape it.
        """
        asked = self.asked(option)
        proposal = Proposal(self.pathway, answers, asked, frozenset(held))
        against = -self.options[option] if wanted else self.options[option]
        rest = self.bind({name: a for name, a in answers.items() if name not in asked})
        found: set[frozenset[tuple[str, Answer]]] = set()
        least = None
        with RC2(proposal.formula) as solver:
            while (model := solver.compute()) is not None:
                if least is not None and solver.cost > least:
                    break
                chosen = proposal.read({each for each in model if each > 0})
                bound = self.bind({**{n: answers[n] for n in asked if n in answers}, **chosen})
                if self.solver.solve([against, *rest.values(), *bound.values()]):
                    solver.add_clause(proposal.escape(self.case()))
                    continue
                least = solver.cost
                found.add(frozenset(chosen.items()))
                solver.add_clause(proposal.other(model))
        return found

    def case(self) -> dict[str, frozenset[str]]:
        """The case that the solver has just found: the values of each factor that applies."""
        true = {each for each in self.solver.get_model() if each > 0}
        return {
            factor.id: frozenset(
                v for v in named_values(factor) if self.value[factor.id, v] in true
            )
            for factor in self.pathway.factors.values()
            if self.applies[factor.id] in true
        }


class Proposal:
    """What may be answered anew, as soft clauses: each new answer has its weight."""

    def __init__(
        self, pathway: Pathway, answers: Answers, asked: list[str], held: frozenset[str]
    ) -> None:
        self.formula = WCNF()
        self.fresh = count(1)
        self.factors = [pathway.factors[name] for name in asked]
        self.given = {name: answers.get(name, Unknown()) for name in asked}
        self.new: dict[tuple[str, str, bool], Literal] = {}
        self.touched: dict[str, Literal] = {}
        for factor in self.factors:
            self._declare(factor, self.given[factor.id], factor.id in held)

    def _declare(self, factor: Factor, given: Answer, held: bool) -> None:
        contradicting: list[Literal] = []
        agreeing: list[Literal] = []
        for value, present, contradicts in possible(factor, given):
            if contradicts and held:
                continue
            name = next(self.fresh)
            self.new[factor.id, value, present] = name
            (contradicting if contradicts else agreeing).append(name)
        own = [*contradicting, *agreeing]
        touched, changed = next(self.fresh), next(self.fresh)
        self.touched[factor.id] = touched
        self.formula.append([-touched, *own])
        self.formula.extend([[touched, -each] for each in own])
        self.formula.extend([[changed, -each] for each in contradicting])
        self.formula.append([-changed], weight=CHANGED - FOUND)
        self.formula.append([-touched], weight=FOUND)
        if isinstance(factor, ChoiceFactor):
            self.formula.extend([[-one, -other] for one, other in combinations(own, 2)])
            return
        for value in named_values(factor):
            both = [self.new.get((factor.id, value, present)) for present in (True, False)]
            clause = [-each for each in both if each is not None]
            if len(clause) == 2:
                self.formula.append(clause)
        self.formula.extend([[-each] for each in own], weights=[SAID] * len(own))
        if isinstance(factor, MultiFactor) and factor.at_least:
            self._not_all_absent(factor, given)

    def _not_all_absent(self, factor: MultiFactor, given: Answer) -> None:
        absent = given.absent if isinstance(given, MultiAnswer) else frozenset()
        clause = []
        for member in factor.members:
            told = self.new.get((factor.id, member, member in absent))
            if told is None and member not in absent:
                return
            if told is not None:
                clause.append(told if member in absent else -told)
        self.formula.append(clause)

    def read(self, true: set[Literal]) -> dict[str, Answer]:
        """The new answers of a model, merged with what was said of a multi's other members."""
        found: dict[str, Answer] = {}
        for factor in self.factors:
            if self.touched[factor.id] not in true:
                continue
            told = [(v, p) for (f, v, p), n in self.new.items() if f == factor.id and n in true]
            if isinstance(factor, ChoiceFactor):
                found[factor.id] = ChoiceAnswer(frozenset(value for value, _ in told))
                continue
            given = self.given[factor.id]
            old = given if isinstance(given, MultiAnswer) else MultiAnswer(frozenset(), frozenset())
            plus = {v for v, present in told if present}
            minus = {v for v, present in told if not present}
            found[factor.id] = MultiAnswer(
                (old.present - minus) | plus, (old.absent - plus) | minus
            )
        return found

    def escape(self, case: Mapping[str, frozenset[str]]) -> list[Literal]:
        """How new answers can exclude a case: differ from it where its factor applies."""
        clause = []
        for factor in self.factors:
            if factor.id not in case:
                continue
            value, given = case[factor.id], self.given[factor.id]
            own = {(v, p): n for (f, v, p), n in self.new.items() if f == factor.id}
            clause += [n for (v, present), n in own.items() if present != (v in value)]
            if isinstance(given, ChoiceAnswer) and not value <= given.values:
                clause.append(-self.touched[factor.id])
            if isinstance(given, MultiAnswer):
                wrong = [(m, False) for m in given.present - value]
                wrong += [(m, True) for m in given.absent & value]
                for key in wrong:
                    if key not in own:
                        raise AssertionError("a fact was contradicted")
                    clause.append(-own[key])
        return clause

    def other(self, model: list[Literal]) -> list[Literal]:
        """A clause that this choice of new answers does not meet, and every other does."""
        chosen = set(model)
        return [-name if name in chosen else name for name in self.new.values()]


def possible(factor: Factor, given: Answer) -> Iterator[tuple[str, bool, bool]]:
    """Each value or member to tell anew: whether as present, and whether that contradicts."""
    for value in named_values(factor):
        if isinstance(factor, ChoiceFactor):
            old = given.values if isinstance(given, ChoiceAnswer) else frozenset(factor.values)
            if old != {value}:
                yield value, True, value not in old
            continue
        present = given.present if isinstance(given, MultiAnswer) else frozenset()
        absent = given.absent if isinstance(given, MultiAnswer) else frozenset()
        if value not in present:
            yield value, True, value in absent
        if value not in absent:
            yield value, False, value in present
