"""What two versions of a pathway do differently, over every case that both can have.

Each option, statement, aim, usual setting, alert and question is a function of the case.  The
functions of the two versions stand in one store, where equal functions are the same node, so
that "no difference" is a proof and not a search that found nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from enum import StrEnum
from typing import Final

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.counting import Cases, and_not, definite, different, fixed
from wizard.engine.covers import cover
from wizard.engine.diagrams import FALSE, Node, TooManyNodesError
from wizard.engine.disorder import outgrown
from wizard.engine.joint import Joint, joint
from wizard.engine.space import WORKED_OUT
from wizard.pathway.factors import DerivedFactor, Factor
from wizard.pathway.model import Alert, Option, Pathway
from wizard.pathway.owned_rules import OwnedRule, RuleKind, asked_factors, behind, owned_rules
from wizard.pathway.position import Position
from wizard.pathway.trees import Rule, same
from wizard.record import Record
from wizard.workbench.words import answers_of, example_words, factor_names, region_words

BUDGET: Final = 4_000_000
"""The most nodes for two versions and their comparison."""
MOST_REGIONS: Final = 8
"""The most regions to list; the number of cases outside them is given."""


class Subject(StrEnum):
    """What a changed function decides."""

    OPTION = "option"
    STATEMENT = "statement"
    SCOPE = "scope"
    AIM = "aim"
    SETTING = "usual setting"
    EXCLUSION = "exclusion"
    ALERT = "alert"
    CHECK = "check"
    WHEN = "when"
    UNLESS = "unless"
    CERTAIN = "certain"
    MAYBE = "possible"
    QUESTION = "question"


class WordedRegion(Record):
    """Cases in words, how many they are, and one of them.

    `rest` tells of the example what the region leaves open, in words; "" where nothing.
    """

    words: str
    cases: int
    example: Answers
    rest: str


class CaseSet(Record):
    """Cases in which something appears, disappears or holds: their number and their regions.

    `unlisted` is how many of them the regions do not hold.
    """

    cases: int
    regions: tuple[WordedRegion, ...]
    unlisted: int


NOWHERE: Final = CaseSet(0, (), 0)


class FunctionChange(Record):
    """A function that differs.

    `over` names the factors that every number counts, `total` is the number of their cases that
    both versions can have, `before` and `after` in how many of those it holds (None where a
    version does not have it).  `of_old` and `of_new` are the cases in which it holds and which
    only that version can have, because only it knows an answer.  `follows` is the option whose
    own change explains the whole of this one, or None.
    """

    subject: Subject
    owner: str
    part: str | None
    label: str
    position: Position
    over: tuple[str, ...]
    total: int
    before: int | None
    after: int | None
    appears: CaseSet
    disappears: CaseSet
    of_old: CaseSet
    of_new: CaseSet
    follows: str | None

    @property
    def sides(self) -> tuple[CaseSet, ...]:
        """The cases that appear and disappear, then those of the new and of the old version."""
        return self.appears, self.disappears, self.of_new, self.of_old


class _Function(Record):
    """A function of one version, and the factors that its trees ask."""

    label: str
    position: Position
    node: Node
    asks: Set[str]
    follows: tuple[str, ...] = ()


_Name = tuple[Subject, str, str | None]
_SUBJECTS: Final = {RuleKind.ALERT: Subject.WHEN, RuleKind.APPLIES: Subject.QUESTION}
"""What rules decide that are called otherwise here."""
_CONDITIONS: Final = (Subject.WHEN, Subject.UNLESS, Subject.CERTAIN, Subject.MAYBE)
"""Conditions of an alert, compared only where no complete case shows a difference."""


class FunctionDiff(Record):
    """Every function that differs, and every rule that was rewritten and does not.

    A rewritten rule is as the new version has it.  `factors` are the questions of both versions,
    by the ids that examples use.
    """

    changes: tuple[FunctionChange, ...]
    rewritten: tuple[OwnedRule, ...]
    factors: Mapping[str, Factor]


def compare_functions(old: Pathway, new: Pathway) -> FunctionDiff:
    """Compare all functions of two versions.  Raises BudgetExceededError."""
    if old is new:
        return FunctionDiff((), (), old.factors)
    try:
        comparison = _Comparison(joint(old, new, BUDGET))
        return FunctionDiff(
            changes=tuple(comparison.changes()),
            rewritten=tuple(comparison.rewritten()),
            factors=comparison.both.space.factors,
        )
    except TooManyNodesError as error:
        raise outgrown(new, BUDGET) from error


class _Comparison:
    """The functions of two versions by name."""

    def __init__(self, both: Joint) -> None:
        self.both = both
        self.old = dict(_functions(both.old))
        self.new = dict(_functions(both.new))
        # Where both have the same answers to the same questions, equal functions do not differ.
        self.alike = _answers(both.old, both.of_old) == _answers(both.new, both.of_new)

    def changes(self) -> Iterator[FunctionChange]:
        """Each change, in the new version's order; what only the old version had comes last."""
        told: set[str] = set()
        for name in self.new | self.old:
            subject, owner, _ = name
            if subject in _CONDITIONS and owner in told:
                continue
            if subject is Subject.SCOPE and (name not in self.old or name not in self.new):
                continue
            change = self.change(name)
            if change is not None:
                told |= {owner} if subject in (Subject.ALERT, Subject.CHECK) else set()
                yield change

    def rewritten(self) -> Iterator[OwnedRule]:
        """Each rule whose tree differs while its function is the same node."""
        before = {owned.title: owned for owned in owned_rules(self.both.old.pathway)}
        for owned in owned_rules(self.both.new.pathway):
            earlier = before.get(owned.title)
            if owned.kind is RuleKind.DERIVED:
                # What it decides shows in the functions of those that ask the factor.
                continue
            if earlier is not None and not same(earlier.rule.tree, owned.rule.tree):
                one, other = self.rule_nodes(owned)
                if one == other:
                    yield owned

    def rule_nodes(self, owned: OwnedRule) -> tuple[Node, Node]:
        """The function that a rule of both versions decides in each."""
        if owned.kind is RuleKind.SHARED:
            return self.both.old.shared[owned.owner], self.both.new.shared[owned.owner]
        named = owned.kind in (RuleKind.STATEMENT, RuleKind.EXCLUSION)
        part = owned.statement if named else owned.aim
        subject = _SUBJECTS.get(owned.kind) or Subject(owned.kind.value)
        return self.nodes((subject, owned.owner, part))

    def change(self, name: _Name) -> FunctionChange | None:
        """How one function differs; None where it does not."""
        both = self.both
        old, new = self.old.get(name), self.new.get(name)
        shown = new or old
        if shown is None or (name[0] is Subject.QUESTION and (old is None or new is None)):
            return None
        if self.alike and old is not None and new is not None and old.node == new.node:
            return None
        told = name[0] is not Subject.QUESTION  # a new answer to a question is not a new question
        keys = self.keys(old, new)
        before, after = self.counted(name)
        appears = and_not(both.diagrams, after, before)
        disappears = and_not(both.diagrams, before, after)
        change = FunctionChange(
            subject=name[0],
            owner=name[1],
            part=name[2],
            label=shown.label,
            position=shown.position,
            over=factor_names(both.space, keys),
            total=both.common.total(keys),
            before=None if old is None else both.common.count(before, keys),
            after=None if new is None else both.common.count(after, keys),
            appears=self.side(both.common, appears, keys),
            disappears=self.side(both.common, disappears, keys),
            of_old=self.foreign(both.of_old, before, keys) if told else NOWHERE,
            of_new=self.foreign(both.of_new, after, keys) if told else NOWHERE,
            follows=self.follows(name),
        )
        lacking = old is None or new is None
        return change if lacking or any(side.cases for side in change.sides) else None

    def keys(self, old: _Function | None, new: _Function | None) -> tuple[str, ...]:
        """The keys of all factors that the function's trees ask in either version."""
        asked = {self.both.old_keys[factor] for factor in (old.asks if old else ())}
        asked |= {self.both.new_keys[factor] for factor in (new.asks if new else ())}
        return self.both.common.closed(asked)

    def nodes(self, name: _Name) -> tuple[Node, Node]:
        """The function in each version; never true where the version lacks it."""
        old, new = self.old.get(name), self.new.get(name)
        return FALSE if old is None else old.node, FALSE if new is None else new.node

    def counted(self, name: _Name) -> tuple[Node, Node]:
        """The function in each version, which asks nothing beyond the keys.

        What a version only works out stands for the factors behind it, which are the keys, even
        where the other version lets it be answered.
        """
        both, (before, after) = self.both, self.nodes(name)
        return (
            fixed(both.diagrams, before, _only_worked_out(both.old)),
            fixed(both.diagrams, after, _only_worked_out(both.new)),
        )

    def side(self, cases: Cases, function: Node, keys: Iterable[str]) -> CaseSet:
        """The cases in which a function is true."""
        over = tuple(key for key in keys if key in cases.slots)
        if cases.proper(function, over) == FALSE:
            return NOWHERE
        universe = cases.universe()
        found = cover(cases, function, universe, MOST_REGIONS)
        regions = []
        for region, held in zip(found.implicants, found.functions, strict=True):
            here = cases.diagrams.both(definite(cases.diagrams, function), held)
            example = cases.example(here, over)
            if example is not None:
                regions.append(
                    WordedRegion(
                        words=region_words(self.both.space, region, universe),
                        cases=cases.count(here, over),
                        example=answers_of(self.both.space, example),
                        rest=example_words(self.both.space, example, region, nothing=""),
                    )
                )
        return CaseSet(cases.count(function, over), tuple(regions), cases.count(found.left, over))

    def foreign(self, cases: Cases, function: Node, keys: Iterable[str]) -> CaseSet:
        """The cases in which a function is true and that only one version can have."""
        own = [key for key in keys if key in cases.slots]
        elsewhere = self.both.unshared(cases, own)
        return self.side(cases, self.both.diagrams.both(function, elsewhere), own)

    def follows(self, name: _Name) -> str | None:
        """The option whose own change explains this one."""
        subject, owner, _ = name
        if subject is Subject.AIM:
            return owner if self.kept_inside(name, owner) else None
        if subject not in (Subject.ALERT, Subject.CHECK):
            return None
        old, new = self.old.get(name), self.new.get(name)
        if old is None or new is None or old.follows != new.follows:
            return None
        parts = [self.nodes((part, owner, None)) for part in _CONDITIONS]
        if any(before != after for before, after in parts):
            return None
        return next((option for option in new.follows if self.option_changed(option)), None)

    def option_changed(self, option: str) -> bool:
        """Whether an option's function differs."""
        before, after = self.nodes((Subject.OPTION, option, None))
        return before != after

    def kept_inside(self, name: _Name, option: str) -> bool:
        """Whether an aim is the same in every case that both versions describe the option for."""
        if name not in self.old or name not in self.new or not self.option_changed(option):
            return False
        diagrams = self.both.diagrams
        described = diagrams.both(*self.nodes((Subject.OPTION, option, None)))
        before, after = (diagrams.both(described, node) for node in self.nodes(name))
        return not different(diagrams, before, after)


# --- the functions of one version ------------------------------------------------------------


def _answers(compiled: Compiled, cases: Cases) -> tuple[object, ...]:
    """What can be answered in a version."""
    return {key: slot.values for key, slot in cases.slots.items()}, _only_worked_out(compiled)


def _only_worked_out(compiled: Compiled) -> dict[int, int]:
    """The variables of derived factors that this version does not let be answered, as they are."""
    return {
        compiled.space.levels[factor.id].start: WORKED_OUT
        for factor in compiled.pathway.factors.values()
        if isinstance(factor, DerivedFactor) and not factor.may_be_answered
    }


def _functions(compiled: Compiled) -> Iterator[tuple[_Name, _Function]]:
    pathway = compiled.pathway
    for factor in pathway.factors.values():
        asks = {factor.id} | _asks(pathway, factor.applies_when)
        function = _Function(factor.label, factor.position, compiled.applies[factor.id], asks)
        yield (Subject.QUESTION, factor.id, None), function
    for option in pathway.options.values():
        yield from _option_functions(compiled, option)
    for alert in pathway.alerts.values():
        yield from _alert_functions(compiled, alert)


def _asks(pathway: Pathway, *rules: Rule | None) -> set[str]:
    trees = (rule.tree for rule in rules if rule is not None)
    return set[str]().union(*(asked_factors(pathway, tree) for tree in trees))


def _option_asks(pathway: Pathway, option: Option) -> set[str]:
    return _asks(pathway, *(statement.rule for statement in option.statements.values()))


def _option_functions(compiled: Compiled, option: Option) -> Iterator[tuple[_Name, _Function]]:
    pathway = compiled.pathway
    asks = _option_asks(pathway, option)
    described = _Function(option.label, option.position, compiled.options[option.id], asks)
    yield (Subject.OPTION, option.id, None), described
    for statement in option.statements.values():
        key = option.id, statement.id
        for subject, node, rule in (
            (Subject.STATEMENT, compiled.statements[key], statement.rule),
            (Subject.SCOPE, compiled.scopes[key], statement.scope),
        ):
            asked = _asks(pathway, rule)
            yield (subject, *key), _Function(statement.id, statement.position, node, asked)
    for aim, places in option.aims_by_id.items():
        node, first = compiled.aims[option.id, aim].held, places[0]
        asked = asks | _asks(pathway, *(place.when for place in places))
        yield (Subject.AIM, option.id, aim), _Function(first.label, first.position, node, asked)
    for exclusion in option.excludes.values():
        key, asked = (option.id, exclusion.id), _asks(pathway, exclusion.when)
        yield (
            (Subject.EXCLUSION, *key),
            _Function(exclusion.id, exclusion.position, compiled.exclusions[key], asked),
        )
    usual = option.usual_setting
    if usual is not None:
        node, asked = compiled.settings[option.id], _asks(pathway, usual.rule)
        yield (
            (Subject.SETTING, option.id, None),
            _Function(usual.label, usual.position, node, asked),
        )


def _alert_functions(compiled: Compiled, alert: Alert) -> Iterator[tuple[_Name, _Function]]:
    pathway = compiled.pathway
    functions = compiled.alerts[alert.id]

    def one(
        subject: Subject, node: Node, *rules: Rule | None, about: Iterable[str] = ()
    ) -> tuple[_Name, _Function]:
        options = [pathway.options[name] for name in about]
        asks = _asks(pathway, *rules).union(*(_option_asks(pathway, each) for each in options))
        derived = pathway.factors.get(alert.answer_to or "")
        if isinstance(derived, DerivedFactor):
            asks |= {derived.id, *behind(pathway, derived)} | _asks(pathway, derived.applies_when)
        function = _Function(alert.title, alert.position, node, asks, tuple(about))
        return (subject, alert.id, None), function

    yield one(Subject.ALERT, functions.raised, alert.when, alert.unless, about=alert.about)
    if alert.check is not None:
        certain, possible = alert.check.certain, alert.check.possible
        asked = (alert.when, certain, possible)
        yield one(Subject.CHECK, functions.checked, *asked, about=alert.check.options)
        yield one(Subject.CERTAIN, functions.certain, certain)
        yield one(Subject.MAYBE, functions.possible, possible)
    yield one(Subject.WHEN, functions.when, alert.when, alert.unless)
    yield one(Subject.UNLESS, functions.unless, alert.when, alert.unless)
