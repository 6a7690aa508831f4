"""The mutation score: is every edit that changes a result caught by a regression case?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from wizard.case.answers import Answers
from wizard.case.expectation import Expectation
from wizard.case.files import Case
from wizard.engine.compiling import AlertConditions, Compiled
from wizard.engine.counting import Cases, and_not, cases_of
from wizard.engine.diagrams import TRUE, Allowed, Node, first_model
from wizard.engine.restriction import Restriction
from wizard.pathway.factors import DerivedFactor
from wizard.pathway.model import Alert, Pathway, Status
from wizard.pathway.owned_rules import is_own
from wizard.pathway.position import Position
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.expecting import expectation_of
from wizard.reasoning.showing import alert_state, status, usual_setting
from wizard.record import Record
from wizard.workbench.effects import Consequences, Effects
from wizard.workbench.mutating import Mutant, mutants
from wizard.workbench.points import PointsMutant, points_mutants
from wizard.workbench.rule_functions import RuleFunctions, compiled_for_work, within_budget
from wizard.workbench.words import answers_of, example_words


class Survivor(Record):
    """An edit that changes a result and that no case catches.

    `example` is a case that would catch it (None where only a partly answered one could) and
    `subject` what it would have to expect.
    """

    rule: str
    position: Position
    what: str
    subject: str
    example: Answers | None
    words: str


class Wanted(Record):
    """Answers of a case that would catch these survivors."""

    answers: Answers
    survivors: tuple[Survivor, ...]


class Score(Record):
    """How many mutants were caught, proved to change no result, or refused by the reader.

    `wanted` are a few cases that together would catch all survivors that have an example, if asked
    for.
    """

    caught: int
    equivalent: int
    refused: int
    survivors: tuple[Survivor, ...]
    wanted: tuple[Wanted, ...]

    @property
    def share(self) -> float:
        """The share of caught mutants among those that change a result; 1 without any."""
        changing = self.caught + len(self.survivors)
        return self.caught / changing if changing else 1.0


_Changing = tuple[Mutant | PointsMutant, Effects]
"""A mutant that changes a result, and what follows from it."""


@within_budget
def score(
    pathway: Pathway,
    cases: Mapping[str, Case],
    step: Callable[[str], None],
    *,
    wanting: bool = False,
) -> Score:
    """Score regression cases, all of which must be as expected.

    Of an overlay its own rules are edited: those of its base are held by the base's own cases.
    `wanting` asks for few cases that would catch the survivors as well.  Raises
    BudgetExceededError.
    """
    compiled, functions = compiled_for_work(pathway)
    consequences = Consequences(compiled, functions)
    equivalent = refused = 0
    changing: list[_Changing] = []
    for owned in consequences.rules:
        if not is_own(pathway, owned.rule.position):
            continue
        step(owned.title)
        for mutant in mutants(functions, owned):
            if mutant.differs is None or consequences.refused(owned, mutant.differs):
                refused += 1
            elif not compiled.diagrams.outcomes[mutant.differs] >> TRUE & 1:
                equivalent += 1
            elif effects := consequences.turned(owned, mutant.differs):
                changing.append((mutant, effects))
            else:
                equivalent += 1
    for edit in _of_points(pathway, step):
        followed = consequences.of_derived(edit.edited)
        if followed:
            changing.append((edit, followed))
        refused += followed is None
        equivalent += followed is not None and not followed
    alive = _alive(compiled, changing, cases, step)
    counts = cases_of(compiled)
    survivors = tuple(_survivor(compiled, counts, *each) for each in alive)
    wanted: tuple[Wanted, ...] = ()
    if wanting:
        step("cases that would catch the rest")
        wanted = tuple(_wanted(compiled, survivors, [effects for _, effects in alive]))
    return Score(len(changing) - len(alive), equivalent, refused, survivors, wanted)


def _of_points(pathway: Pathway, step: Callable[[str], None]) -> Iterator[PointsMutant]:
    """Every mutant of points of the pathway's own."""
    for factor in pathway.factors.values():
        if isinstance(factor, DerivedFactor) and is_own(pathway, factor.position):
            step(f"points of {factor.id}")
            yield from points_mutants(pathway, factor)


def _alive(
    compiled: Compiled,
    changing: list[_Changing],
    cases: Mapping[str, Case],
    step: Callable[[str], None],
) -> list[_Changing]:
    """The mutants that no case catches.  Makes no new functions."""
    alive = changing
    for name, case in cases.items():
        step(f"{len(alive)} mutants left; {name}")
        if alive and case.expect is not None:
            watch = _Watch(compiled, case.answers, case.expect)
            alive = [(mutant, effects) for mutant, effects in alive if not watch.catches(effects)]
    return alive


class _Watch:
    """One case that is as expected, and whether it would notice an edit."""

    def __init__(self, compiled: Compiled, answers: Answers, expect: Expectation) -> None:
        self.compiled = compiled
        self.expect = expect
        self.answers = answers
        self.view = Restriction(compiled.diagrams, compiled.space.allowed(answers))
        self.statuses = {
            **dict.fromkeys(expect.described, Status.DESCRIBED),
            **dict.fromkeys(expect.possible, Status.POSSIBLE),
            **dict.fromkeys(expect.not_described, Status.NOT_DESCRIBED),
        }

    def catches(self, effects: Effects) -> bool:
        """Whether the case would no longer be as expected."""
        return (
            any(self.option(*each) for each in effects.options.items())
            or any(
                self.expect.statements[name] != status(self.view, node)
                for name, node in effects.statements.items()
                if name in self.expect.statements
            )
            or any(
                self.aim(option, aim, functions.missed)
                for (option, aim), functions in effects.aims.items()
            )
            or any(self.setting(*each) for each in effects.settings.items())
            or any(self.excludes(*each) for each in effects.exclusions.items())
            or any(
                self.alert(self.compiled.pathway.alerts[name], conditions)
                for name, conditions in effects.alerts.items()
            )
            or any(self.parks(*each) for each in effects.applies.items())
        )

    def option(self, option: str, node: Node) -> bool:
        found = status(self.view, node)
        if found is not self.statuses[option]:
            return True
        if found is not Status.POSSIBLE:
            return False
        depends = self.compiled.space.factors_of(self.view.depends(node))
        return frozenset(depends) != self.expect.possible[option]

    def aim(self, option: str, aim: str, missed: Node) -> bool:
        expected = self.expect.aims.get(option)
        if expected is None:
            return False
        excluded = self.statuses[option] is Status.NOT_DESCRIBED
        return (not excluded and not self.view.can_be(missed)) != (aim in expected)

    def setting(self, option: str, node: Node) -> bool:
        expected = self.expect.usual_settings.get(option)
        return expected is not None and expected != usual_setting(self.view, node)

    def excludes(self, name: tuple[str, str], node: Node) -> bool:
        option, exclusion = name
        expected = self.expect.excluded_by.get(option)
        return expected is not None and self.view.certain(node) != (exclusion in expected)

    def alert(self, alert: Alert, conditions: AlertConditions) -> bool:
        raised, checked = (alert.id in each for each in (self.expect.alerts, self.expect.checks))
        expected = AlertState.RAISED if raised else AlertState.CHECK if checked else None
        return alert_state(self.view, alert, conditions, self.statuses) is not expected

    def parks(self, factor: str, applies: Node) -> bool:
        if self.expect.parked is None or factor not in self.answers:
            return False
        return (not self.view.can_be(applies)) != (factor in self.expect.parked)


# --- examples --------------------------------------------------------------------------------


def _watch(compiled: Compiled, answers: Answers) -> _Watch:
    """Answers as a case that expects what it is assessed as."""
    return _Watch(compiled, answers, expectation_of(assess(compiled, answers)))


def _survivor(
    compiled: Compiled, counts: Cases, mutant: Mutant | PointsMutant, effects: Effects
) -> Survivor:
    subject, differences = next(_subjects(compiled, effects))
    examples = (_example(compiled, counts, each, effects) for each in differences)
    example = next(filter(None, examples), None)
    return Survivor(
        rule=mutant.title,
        position=mutant.position,
        what=mutant.what,
        subject=subject,
        example=None if example is None else answers_of(compiled.space, example),
        words="" if example is None else example_words(compiled.space, example, compiled.free),
    )


def _wanted(
    compiled: Compiled, survivors: Sequence[Survivor], effects: Sequence[Effects]
) -> Iterator[Wanted]:
    """Each example in turn that catches a survivor which no earlier one does, with all of these."""
    left = [at for at, one in enumerate(survivors) if one.example is not None]
    while left:
        answers = survivors[left[0]].example
        if answers is None:
            raise AssertionError(survivors[left[0]])
        watch = _watch(compiled, answers)
        caught = [at for at in left if at == left[0] or watch.catches(effects[at])]
        yield Wanted(answers, tuple(survivors[at] for at in caught))
        left = [at for at in left if at not in caught]


_Difference = tuple[Node, Node, tuple[Node, ...]]
"""Two functions that differ, and others that a case has to settle as well."""


def _example(
    compiled: Compiled, counts: Cases, difference: _Difference, effects: Effects
) -> Allowed | None:
    """A case that catches a mutant by what differs; None where none is found so.

    A case that settles both functions of an option, a statement or a setting differs in what it
    expects of them; for anything else it is tried out.
    """
    one, other, among = difference
    asked = {*compiled.support(one), *compiled.support(other)}
    asked.update(*(compiled.support(node) for node in among))
    for differing in (
        and_not(compiled.diagrams, one, other),
        and_not(compiled.diagrams, other, one),
    ):
        case = counts.example(differing, asked)
        if case is not None:
            answered = _answering(counts, case, effects.applies)
            settled = (
                effects.options or effects.statements or effects.settings or effects.exclusions
            )
            if settled or _watch(compiled, answers_of(compiled.space, answered)).catches(effects):
                return answered
    return None


def _answering(counts: Cases, case: Allowed, factors: Iterable[str]) -> Allowed:
    """The case with an answer to factors whether they apply or not: their first."""
    values = list(case)
    for factor in factors:
        model = first_model(counts.diagrams, counts.slots[factor].values)
        for level in counts.space.levels[factor]:
            if len(values[level]) > 1:
                values[level] = (model.get(level, 0),)
    return tuple(values)


def _subjects(compiled: Compiled, effects: Effects) -> Iterator[tuple[str, list[_Difference]]]:
    """What a case can expect so that it notices, and the functions by which it can be found."""
    for option, node in effects.options.items():
        yield f"option {option}", [(compiled.options[option], node, ())]
    for option, node in effects.settings.items():
        yield f"usual setting of {option}", [(compiled.settings[option], node, ())]
    for key, node in effects.exclusions.items():
        yield f"exclusion {key[1]} of {key[0]}", [(compiled.exclusions[key], node, ())]
    for key, node in effects.statements.items():
        yield f"statement {key[1]} of {key[0]}", [(compiled.statements[key], node, ())]
    for (option, aim), changed in effects.aims.items():
        own = compiled.aims[option, aim]
        yield f"aim {aim} of {option}", [(own.held, changed.held, (own.missed,))]
    for name, conditions in effects.alerts.items():
        yield f"alert {name}", list(_alert_differences(compiled, name, conditions))
    for factor, node in effects.applies.items():
        yield f"parked answer to {factor}", [(compiled.applies[factor], node, ())]


def _alert_differences(
    compiled: Compiled, name: str, new: AlertConditions
) -> Iterator[_Difference]:
    """What differs for an alert: to catch with a full answer first, then with its options open."""
    alert, own = compiled.pathway.alerts[name], compiled.alerts[name]
    raised = and_not(compiled.diagrams, new.when, new.unless)
    compiler = RuleFunctions(compiled).compiler
    yield own.raised, compiler.having(raised, alert.about, compiled.options), ()
    yield and_not(compiled.diagrams, own.when, own.unless), raised, ()
    yield own.when, new.when, ()
    yield own.unless, new.unless, ()
