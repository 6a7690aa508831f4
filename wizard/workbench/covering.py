"""What the regression cases reach, counted over the trees.

Theory of operation.  Everything that a reader could see gone wrong is a goal: a statement that
holds, a branch that is taken, a value that is answered, an aim, a setting and an alert that show,
and two cases on both sides of a boundary (branch coverage: B. Beizer, "Software testing
techniques", 2nd edition, 1990; with the pairs of `boundary_pairs`).

A case reaches a branch if every completion of its answers takes it, so that the case holds what
the branch says; a case that could take it proves nothing about it.  What no case at all can reach
is not counted: that is an error of the pathway, which the deep check tells.

Cost.  One assessment for each case, and one walk of a diagram for each goal and case.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import reduce

from wizard.case.answers import NUMBER_NOT_DONE, Answer, Answers, ChoiceAnswer, MultiAnswer
from wizard.case.files import Case
from wizard.engine.compiling import Compiled
from wizard.engine.counting import Cases, cases_of, cube
from wizard.engine.diagrams import FALSE, TRUE, Allowed, Node, settled
from wizard.engine.space import WORKED_OUT
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.model import Alert, Pathway
from wizard.pathway.owned_rules import is_own
from wizard.pathway.position import Position
from wizard.pathway.trees import BEYOND, AnyOf, Ask, NonePresent, OneOf, Range, Test
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState, Assessment
from wizard.record import Record
from wizard.wording.answers import factor_label
from wizard.wording.trees import branch_words
from wizard.workbench.boundary_pairs import BoundaryPairs
from wizard.workbench.branches import rule_branches, takes
from wizard.workbench.rule_functions import RuleFunctions, compiled_for_work, within_budget
from wizard.workbench.words import answers_of, example_words


class Part(StrEnum):
    """What is counted."""

    STATEMENT = "statements"
    BRANCH = "branches"
    POINTS = "bands of points"
    VALUE = "values"
    AIM = "aims"
    SETTING = "usual settings"
    EXCLUSION = "exclusions"
    ALERT = "alerts"
    PAIR = "boundary pairs"


class Miss(Record):
    """Something that no case reaches: where it stands, what it is, and a case that would.

    `words` tell the case; `example` is None where it takes two cases.
    """

    part: Part
    position: Position
    what: str
    example: Answers | None
    words: str


class Coverage(Record):
    """How much of each part is reached, of how much, and what is missed."""

    reached: Mapping[Part, int]
    total: Mapping[Part, int]
    misses: tuple[Miss, ...]

    @property
    def complete(self) -> bool:
        """Whether everything is reached; boundary pairs are reported but not required."""
        return all(miss.part is Part.PAIR for miss in self.misses)


class _Goal(Record):
    """Something to reach: whether it was, and the values that a case may have that would.

    `also` says in words what `wanted` does not.
    """

    part: Part
    position: Position
    what: str
    reached: bool
    wanted: Allowed
    also: str = ""


@within_budget
def coverage(pathway: Pathway, cases: Mapping[str, Case], step: Callable[[str], None]) -> Coverage:
    """The coverage of a pathway by its cases: of an overlay, what its own files say.

    Raises BudgetExceededError.
    """
    compiled, functions = compiled_for_work(pathway)
    survey = _Survey(compiled, functions, cases, step)
    goals = tuple(goal for goal in survey.goals() if is_own(pathway, goal.position))
    return Coverage(
        reached={part: sum(g.reached for g in goals if g.part is part) for part in Part},
        total={part: sum(g.part is part for g in goals) for part in Part},
        misses=tuple(_miss(compiled, goal) for goal in goals if not goal.reached),
    )


def _miss(compiled: Compiled, goal: _Goal) -> Miss:
    if goal.also:
        words = example_words(compiled.space, goal.wanted, compiled.free, nothing="")
        told = f"{words}; {goal.also}" if words else goal.also
        return Miss(goal.part, goal.position, goal.what, None, told)
    words = example_words(compiled.space, goal.wanted, compiled.free)
    example = answers_of(compiled.space, goal.wanted)
    return Miss(goal.part, goal.position, goal.what, example, words)


class _Survey:
    """The cases, what each answers for certain, and what each is assessed as."""

    def __init__(
        self,
        compiled: Compiled,
        functions: RuleFunctions,
        cases: Mapping[str, Case],
        step: Callable[[str], None],
    ) -> None:
        self.compiled = compiled
        self.functions = functions
        self.step = step
        self.counts = cases_of(compiled)
        self.rule_branches = rule_branches(compiled, functions)
        self.answers = [case.answers for case in cases.values()]
        self.allowed = [compiled.space.allowed(answers) for answers in self.answers]
        self.results: list[Assessment] = []
        for name, case in cases.items():
            step(name)
            self.results.append(assess(compiled, case.answers))

    def held(self, function: Node) -> bool:
        """Whether some case settles that a function is true."""
        diagrams = self.compiled.diagrams
        return any(settled(diagrams, function, one, wanted=True) for one in self.allowed)

    def goals(self) -> Iterator[_Goal]:
        yield from self.options()
        yield from self.branches()
        yield from self.points()
        yield from self.values()
        yield from self.alerts()
        yield from self.pairs()

    def goal(
        self,
        part: Part,
        position: Position,
        what: str,
        wanted: Node,
        *,
        reached: bool | None = None,
    ) -> Iterator[_Goal]:
        """A goal that a case reaches in which a function is true; none where there is no case.

        `reached` tells whether one does, where it takes more than that it settles the function.
        """
        example = self.counts.example(wanted, self.compiled.support(wanted))
        if example is not None:
            done = self.held(wanted) if reached is None else reached
            yield _Goal(part, position, what, done, example)

    def options(self) -> Iterator[_Goal]:
        """Statements and exclusions that hold, aims that are listed, usual settings that are met
        and not met.
        """
        compiled = self.compiled
        for option in compiled.pathway.options.values():
            for statement in option.statements.values():
                node = compiled.statements[option.id, statement.id]
                what = f"statement {statement.id} of {option.id} holds"
                yield from self.goal(Part.STATEMENT, statement.position, what, node)
            for exclusion in option.excludes.values():
                node = compiled.exclusions[option.id, exclusion.id]
                what = f"exclusion {exclusion.id} of {option.id} holds"
                yield from self.goal(Part.EXCLUSION, exclusion.position, what, node)
            for aim, places in option.aims_by_id.items():
                node = compiled.aims[option.id, aim].held
                what = f"aim {aim} of {option.id} is listed"
                yield from self.goal(Part.AIM, places[0].position, what, node)
            if option.usual_setting is not None:
                where, node = option.usual_setting.position, compiled.settings[option.id]
                what = f"usual setting of {option.id} is"
                yield from self.goal(Part.SETTING, where, f"{what} met", node)
                missed = compiled.diagrams.negation(node)
                yield from self.goal(Part.SETTING, where, f"{what} not met", missed)

    def branches(self) -> Iterator[_Goal]:
        for rule_branch in self.rule_branches:
            self.step(rule_branch.owned.title)
            factor = self.compiled.pathway.factors[rule_branch.ask.factor]
            words = f"{factor_label(factor)}, {branch_words(factor, rule_branch.branch)}"
            what = f"{rule_branch.owned.title}: {words}"
            diagrams = self.compiled.diagrams
            reached = any(takes(diagrams, one, rule_branch) for one in self.allowed)
            possible = (node for node in rule_branch.taken if diagrams.outcomes[node] >> TRUE & 1)
            wanted = next(possible, FALSE)
            where = rule_branch.branch.position
            yield from self.goal(Part.BRANCH, where, what, wanted, reached=reached)

    def points(self) -> Iterator[_Goal]:
        """Bands of points that a case adds for certain, its derived factor worked out."""
        compiled = self.compiled
        for factor in compiled.pathway.factors.values():
            if not isinstance(factor, DerivedFactor):
                continue
            level = compiled.space.levels[factor.id].start
            worked_out = cube(compiled.diagrams, {level: (WORKED_OUT,)})
            adds = compiled.diagrams.both(compiled.applies[factor.id], worked_out)
            for points in factor.points:
                asked = compiled.pathway.factors[points.factor]
                ask = Ask(asked.id, points.branches, points.position)
                for at, branch in enumerate(points.branches):
                    wanted = compiled.diagrams.both(adds, self.functions.passes(ask, at))
                    words = f"{factor_label(asked)}, {branch_words(asked, branch)}"
                    what = f"points of {factor.id}: {words}"
                    yield from self.goal(Part.POINTS, branch.position, what, wanted)

    def values(self) -> Iterator[_Goal]:
        for factor in self.compiled.pathway.factors.values():
            if factor.record_only is not None:
                continue
            given = [answers.get(factor.id) for answers in self.answers]
            choice = isinstance(factor, ChoiceFactor)
            derived = isinstance(factor, DerivedFactor)
            for value in named_values(factor):
                test = OneOf((value,)) if choice else AnyOf((value,))
                if derived:
                    reached = any(one.derived[factor.id] == (value,) for one in self.results)
                else:
                    reached = any(_says(answer, value) for answer in given)
                yield from self.value(factor, test, value, reached=reached)
            if isinstance(factor, MultiFactor) and not factor.at_least:
                reached = any(_says_none(factor, answer) for answer in given)
                yield from self.value(factor, NonePresent(), "none", reached=reached)
            if isinstance(factor, NumberFactor) and factor.not_done:
                reached = NUMBER_NOT_DONE in given
                yield from self.value(factor, Range(BEYOND, None), NOT_DONE, reached=reached)

    def value(self, factor: Factor, test: Test, said: str, *, reached: bool) -> Iterator[_Goal]:
        applies = self.compiled.applies[factor.id]
        wanted = self.compiled.diagrams.both(applies, self.functions.test(factor.id, test))
        done = "worked out or answered" if isinstance(factor, DerivedFactor) else "answered"
        what = f"{factor.id}: {said} is {done}"
        yield from self.goal(Part.VALUE, factor.position, what, wanted, reached=reached)

    def alerts(self) -> Iterator[_Goal]:
        for alert in self.compiled.pathway.alerts.values():
            states = [result.alerts.get(alert.id) for result in self.results]
            raised, reached = self.compiled.alerts[alert.id].raised, AlertState.RAISED in states
            what = f"alert {alert.id} is raised"
            yield from self.goal(Part.ALERT, alert.position, what, raised, reached=reached)
            if alert.check is not None:
                yield from self.check(alert, reached=AlertState.CHECK in states)

    def check(self, alert: Alert, *, reached: bool) -> Iterator[_Goal]:
        """The goal of a check, which shows only while answers to its condition are open."""
        case, found = checked_case(self.compiled, self.counts, alert)
        if case is None:
            return
        what = f"alert {alert.id} shows as a check"
        wanted = case if found is None else self.compiled.space.allowed(found)
        also = "" if found else "some of these left open"
        yield _Goal(Part.ALERT, alert.position, what, reached, wanted, also)

    def pairs(self) -> Iterator[_Goal]:
        given = list(zip(self.answers, self.allowed, strict=True))
        every = BoundaryPairs(self.compiled, self.functions, self.rule_branches, given, self.step)
        for pair in every.pairs():
            yield _Goal(Part.PAIR, pair.position, pair.what, pair.reached, pair.common, pair.also)


def checked_case(
    compiled: Compiled, counts: Cases, alert: Alert
) -> tuple[Allowed | None, Answers | None]:
    """A case in which the check of an alert can show, and answers with which it does."""
    functions = compiled.alerts[alert.id]
    case = counts.example(functions.checked, compiled.support(functions.checked))
    if case is None:
        return None, None
    full = answers_of(compiled.space, case)
    asked = compiled.support(functions.when)
    open_ones = [*((factor,) for factor in asked), asked, tuple(full)]
    tried = [reduce(Answers.without, gone, full) for gone in open_ones]
    shown = (AlertState.CHECK is assess(compiled, a).alerts.get(alert.id) for a in tried)
    return case, next((a for a, shows in zip(tried, shown, strict=True) if shows), None)


def _says(answer: Answer | None, value: str) -> bool:
    if isinstance(answer, ChoiceAnswer):
        return answer.values == {value}
    return isinstance(answer, MultiAnswer) and value in answer.present


def _says_none(factor: MultiFactor, answer: Answer | None) -> bool:
    return isinstance(answer, MultiAnswer) and answer.absent == factor.members.keys()
