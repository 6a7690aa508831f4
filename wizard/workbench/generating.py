"""A small set of cases that reaches everything, each short enough for a person to confirm.

Everything is every branch that any case takes, and every statement, exclusion, aim, usual setting
and alert.  No case can be left out of the set.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from operator import and_

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.counting import cases_of
from wizard.engine.diagrams import FALSE, Node, TooManyNodesError
from wizard.engine.restriction import Restriction
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import is_own
from wizard.pathway.position import Position
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.showing import shown_alerts, status
from wizard.record import Record
from wizard.workbench.branches import rule_branches
from wizard.workbench.covering import checked_case
from wizard.workbench.rule_functions import RuleFunctions, compiled_for_work, within_budget
from wizard.workbench.short_cases import ShortCases
from wizard.workbench.stubs import words_of

MOST_ANSWERS = 6
"""What a person compares with the documents at one look; a case has more where it must."""
MOST_WORDS = 60
"""A case's vignette has fewer words, where it can."""
MOST_NODES = 200_000
"""What one case is joined with may need so many nodes to find; beyond them it stays as it is."""


class Generated(Record):
    """A case, and what it alone of its set reaches."""

    answers: Answers
    alone: tuple[Position, ...]


class _Goal(Record):
    """Something to reach: a case does in which one of these functions is true.

    `alert` is the alert whose state it is, which shows only in the assessment.
    """

    position: Position
    functions: tuple[Node, ...]
    alert: str | None = None
    state: AlertState = AlertState.RAISED


@within_budget
def generate(pathway: Pathway, step: Callable[[str], None]) -> tuple[Generated, ...]:
    """Cases that together reach everything that any case reaches.

    Each is built for what comes first and is not reached yet; others join it while it stays short.
    It is dropped again where the others do without it.  Raises BudgetExceededError.
    """
    compiled, functions = compiled_for_work(pathway)
    maker = _Maker(compiled, functions)
    made: list[tuple[Answers, frozenset[int]]] = []
    left = list(range(len(maker.goals)))
    while left:
        step(f"{len(made)} cases, {len(left)} things to reach")
        answers = maker.case(left)
        taken = frozenset() if answers is None else maker.reached(answers)
        if answers is not None and left[0] in taken:
            made.append((answers, taken))
        # What even its own case does not reach is what no case shows.
        left = [place for place in left[1:] if place not in taken]
    kept = _needed([taken for _, taken in made])
    return tuple(
        Generated(made[place][0], tuple(maker.goals[at].position for at in sorted(alone)))
        for place, alone in kept.items()
    )


class _Maker:
    """Makes short cases of one pathway, and tells what a case reaches."""

    def __init__(self, compiled: Compiled, functions: RuleFunctions) -> None:
        self.compiled = compiled
        self.short = ShortCases(compiled)
        self.goals = [
            goal
            for goal in (*_branches(compiled, functions), *_shown(compiled))
            if is_own(compiled.pathway, goal.position)
            and any(self.short.possible(node) for node in goal.functions)
        ]
        self.own = compiled.diagrams.size
        self.needed = [self._needed(goal) for goal in self.goals]

    def reached(self, answers: Answers) -> frozenset[int]:
        """The goals that a case reaches: as it is read, and as it is assessed."""
        view = Restriction(self.compiled.diagrams, self.compiled.space.allowed(answers))
        options = self.compiled.options.items()
        statuses = {option: status(view, function) for option, function in options}
        alerts = shown_alerts(self.compiled, view, statuses)
        lacking = ~self.short.answered(answers)
        return frozenset(
            at
            for at, needed in enumerate(self.needed)
            if not needed & lacking and self._reached(self.goals[at], view, alerts)
        )

    def case(self, left: list[int]) -> Answers | None:
        """A case that reaches the first of these goals, and others while it stays short."""
        mark = len(self.compiled.diagrams)
        try:
            return self._case(left)
        finally:
            self.short.forget(mark)

    def _case(self, left: list[int]) -> Answers | None:
        first, *others = (self.goals[place] for place in left)
        if first.state is AlertState.CHECK:
            return self._check(first.alert or "")
        possible = [node for node in first.functions if self.short.possible(node)]
        starts = [(self.short.answers(node), node) for node in possible]
        found = [(answers, node) for answers, node in starts if answers is not None]
        if not found:
            return None
        answers, start = min(found, key=lambda each: len(each[0]))
        for most in range(MOST_ANSWERS, len(answers), -1):
            joined = self._joined(answers, start, others, most)
            if words_of(self.compiled, joined) < MOST_WORDS:
                return joined
        return answers

    def _joined(self, answers: Answers, current: Node, others: list[_Goal], most: int) -> Answers:
        """Answers, at most so many, that go on to others where these go together."""
        needed = self.short.needed(current)
        for goal in others:
            for node in goal.functions if goal.state is AlertState.RAISED else ():
                if (needed | self.short.needed(node)).bit_count() > most:
                    continue
                if self.short.apart(current, node):
                    continue
                both = self._both(current, node)
                if self.short.possible(both):
                    longer = self.short.answers(both)
                    if longer is not None and len(longer) <= most:
                        current, answers = both, longer
                        needed = self.short.needed(current)
                        break
        return answers

    def _both(self, one: Node, other: Node) -> Node:
        """Where both are true; nowhere, if that is too large to look for."""
        diagrams = self.compiled.diagrams
        diagrams.room = min(diagrams.limit, self.own + MOST_NODES)
        try:
            return diagrams.both(one, other)
        except TooManyNodesError:
            return FALSE
        finally:
            diagrams.room = diagrams.limit

    def _check(self, name: str) -> Answers | None:
        """The fewest answers found with which the check of an alert shows."""
        alert = self.compiled.pathway.alerts[name]
        _, answers = checked_case(self.compiled, cases_of(self.compiled), alert)
        for factor in reversed(tuple(answers or ())):
            if answers is not None:
                fewer = answers.without(factor)
                if assess(self.compiled, fewer).alerts.get(name) is AlertState.CHECK:
                    answers = fewer
        return answers

    def _needed(self, goal: _Goal) -> int:
        """Questions, as bits, that all cases answer which reach a goal."""
        if goal.alert is not None:
            return 0  # the assessment alone tells
        possible = (node for node in goal.functions if self.short.possible(node))
        return reduce(and_, map(self.short.needed, possible))

    def _reached(self, goal: _Goal, view: Restriction, alerts: Mapping[str, AlertState]) -> bool:
        if goal.alert is not None:
            return alerts.get(goal.alert) is goal.state
        return any(self.short.possible(node) and view.certain(node) for node in goal.functions)


def _branches(compiled: Compiled, functions: RuleFunctions) -> Iterator[_Goal]:
    for each in rule_branches(compiled, functions):
        yield _Goal(each.branch.position, each.taken)


def _shown(compiled: Compiled) -> Iterator[_Goal]:
    """What a case shows: statements, exclusions, aims, usual settings and alerts."""
    pathway, diagrams = compiled.pathway, compiled.diagrams
    for option in pathway.options.values():
        for statement in option.statements.values():
            node = compiled.statements[option.id, statement.id]
            yield _Goal(statement.position, (node,))
        for exclusion in option.excludes.values():
            yield _Goal(exclusion.position, (compiled.exclusions[option.id, exclusion.id],))
        for aim, places in option.aims_by_id.items():
            yield _Goal(places[0].position, (compiled.aims[option.id, aim].held,))
        if option.usual_setting is not None:
            met = compiled.settings[option.id]
            yield _Goal(option.usual_setting.position, (met,))
            yield _Goal(option.usual_setting.position, (diagrams.negation(met),))
    for alert in pathway.alerts.values():
        functions = compiled.alerts[alert.id]
        yield _Goal(alert.position, (functions.raised,), alert.id)
        if alert.check is not None:
            yield _Goal(alert.position, (functions.checked,), alert.id, AlertState.CHECK)


def _needed(taken: list[frozenset[int]]) -> dict[int, frozenset[int]]:
    """The cases that remain when each that the others do without is dropped, last first.

    With each, what it alone reaches.
    """
    times = Counter(at for own in taken for at in own)
    kept = dict(enumerate(taken))
    for place in reversed(range(len(taken))):
        if all(times[at] > 1 for at in taken[place]):
            times.subtract(taken[place])
            del kept[place]
    return {place: frozenset(at for at in own if times[at] == 1) for place, own in kept.items()}
