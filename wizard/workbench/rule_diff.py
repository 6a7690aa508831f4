"""What two versions of a pathway do differently, over every case that both can have.

Each option, statement, aim, usual setting, alert and question is a function of the case.  The
functions of the two versions stand in one store, where equal functions are the same node, so
that "no difference" is a proof and not a search that found nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.counting import Cases, and_not, definite
from wizard.engine.covers import cover
from wizard.engine.diagrams import FALSE, Node
from wizard.engine.joint import Joint, joint
from wizard.pathway.format.walk import same
from wizard.pathway.model import Alert, Factor, Option, Pathway
from wizard.pathway.owned_rules import OwnedRule, RuleKind, asked_factors, owned_rules
from wizard.pathway.position import Position
from wizard.pathway.trees import Rule
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
    ALERT = "alert"
    CHECK = "check"
    WHEN = "when"
    UNLESS = "unless"
    CERTAIN = "certain"
    MAYBE = "possible"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class WordedRegion:
    """Cases in words, how many they are, and one of them.

    `rest` tells of the example what the region leaves open, in words; "" where nothing.
    """

    words: str
    cases: int
    example: Answers
    rest: str


@dataclass(frozen=True, slots=True)
class CaseSet:
    """Cases in which something appears, disappears or holds: their number and their regions.

    `unlisted` is how many of them the regions do not hold.
    """

    cases: int
    regions: tuple[WordedRegion, ...]
    unlisted: int


NOWHERE: Final = CaseSet(0, (), 0)


@dataclass(frozen=True, slots=True)
class FunctionChange:
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


@dataclass(frozen=True, slots=True)
class _Function:
    """A function of one version, and the factors that its trees ask."""

    label: str
    position: Position
    node: Node
    asks: frozenset[str]
    follows: tuple[str, ...] = ()


_Name = tuple[Subject, str, str | None]
_SUBJECTS: Final = {
    RuleKind.STATEMENT: Subject.STATEMENT,
    RuleKind.AIM: Subject.AIM,
    RuleKind.SETTING: Subject.SETTING,
    RuleKind.ALERT: Subject.WHEN,
    RuleKind.UNLESS: Subject.UNLESS,
    RuleKind.CERTAIN: Subject.CERTAIN,
    RuleKind.MAYBE: Subject.MAYBE,
    RuleKind.APPLIES: Subject.QUESTION,
}
_CONDITIONS: Final = (Subject.WHEN, Subject.UNLESS, Subject.CERTAIN, Subject.MAYBE)
"""Conditions of an alert, compared only where no complete case shows a difference."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A rule that is written otherwise and is true in the same cases."""

    title: str
    position: Position


@dataclass(frozen=True, slots=True)
class FunctionDiff:
    """Every function that differs, and every rule that was rewritten and does not.

    `factors` are the questions of both versions, by the ids that examples use.
    """

    changes: tuple[FunctionChange, ...]
    rewritten: tuple[Rewritten, ...]
    factors: Mapping[str, Factor]


def compare_functions(old: Pathway, new: Pathway) -> FunctionDiff:
    """Compare all functions of two versions.  Raises BudgetExceededError."""
    comparison = _Comparison(joint(old, new, BUDGET))
    return FunctionDiff(
        changes=tuple(comparison.changes()),
        rewritten=tuple(comparison.rewritten()),
        factors=comparison.both.space.factors,
    )


class _Comparison:
    """The functions of two versions by name."""

    def __init__(self, both: Joint) -> None:
        self.both = both
        self.old = dict(_functions(both.old))
        self.new = dict(_functions(both.new))

    def changes(self) -> Iterator[FunctionChange]:
        """Each change, in the new version's order; what only the old version had comes last."""
        told: set[str] = set()
        for name in (*self.new, *(name for name in self.old if name not in self.new)):
            subject, owner, _ = name
            if subject in _CONDITIONS and owner in told:
                continue
            if subject is Subject.SCOPE and (name not in self.old or name not in self.new):
                continue
            change = self.change(name)
            if change is not None:
                told |= {owner} if subject in (Subject.ALERT, Subject.CHECK) else set()
                yield change

    def rewritten(self) -> Iterator[Rewritten]:
        """Each rule whose tree differs while its function is the same node."""
        before = {owned.title: owned for owned in owned_rules(self.both.old.pathway)}
        for owned in owned_rules(self.both.new.pathway):
            earlier = before.get(owned.title)
            if earlier is None or same(earlier.rule.tree, owned.rule.tree):
                continue
            if self.place_node(self.both.old, self.old, owned) == self.place_node(
                self.both.new, self.new, owned
            ):
                yield Rewritten(owned.title, owned.rule.position)

    def place_node(
        self, compiled: Compiled, functions: Mapping[_Name, _Function], owned: OwnedRule
    ) -> Node:
        """The function that a rule decides in one version."""
        if owned.kind is RuleKind.SHARED:
            return compiled.shared[owned.owner]
        part = owned.statement if owned.kind is RuleKind.STATEMENT else owned.aim
        return functions[_SUBJECTS[owned.kind], owned.owner, part].node

    def change(self, name: _Name) -> FunctionChange | None:
        """How one function differs; None where it does not."""
        both = self.both
        old, new = self.old.get(name), self.new.get(name)
        shown = new or old
        if shown is None or (name[0] is Subject.QUESTION and (old is None or new is None)):
            return None
        told = name[0] is not Subject.QUESTION  # a new answer to a question is not a new question
        keys = self.keys(old, new)
        before, after = self.nodes(name)
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
            follows=self.follows(name, shown),
        )
        sides = (change.appears, change.disappears, change.of_old, change.of_new)
        lacking = old is None or new is None
        return change if lacking or any(side.cases for side in sides) else None

    def keys(self, old: _Function | None, new: _Function | None) -> tuple[str, ...]:
        """The keys of all factors that the function's trees ask in either version."""
        asked = {self.both.old_keys[factor] for factor in (old.asks if old else ())}
        asked |= {self.both.new_keys[factor] for factor in (new.asks if new else ())}
        return self.both.common.closed(asked)

    def nodes(self, name: _Name) -> tuple[Node, Node]:
        """The function in each version; never true where the version lacks it."""
        old, new = self.old.get(name), self.new.get(name)
        return FALSE if old is None else old.node, FALSE if new is None else new.node

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

    def follows(self, name: _Name, shown: _Function) -> str | None:
        """The option whose own change explains this one."""
        subject, owner, _ = name
        if subject is Subject.AIM:
            return owner if self.kept_inside(name, owner) else None
        if subject in (Subject.ALERT, Subject.CHECK):
            parts = [self.nodes((part, owner, None)) for part in _CONDITIONS]
            if any(before != after for before, after in parts):
                return None
            if name not in self.old or name not in self.new:
                return None
            if self.old[name].follows != self.new[name].follows:
                return None
            return next((option for option in shown.follows if self.option_changed(option)), None)
        return None

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
        before, after = self.nodes(name)
        return all(
            definite(diagrams, diagrams.both(described, and_not(diagrams, one, other))) == FALSE
            for one, other in ((before, after), (after, before))
        )


# --- the functions of one version ------------------------------------------------------------


def _functions(compiled: Compiled) -> Iterator[tuple[_Name, _Function]]:
    pathway = compiled.pathway
    for factor in pathway.factors.values():
        yield (
            (Subject.QUESTION, factor.id, None),
            _Function(
                label=factor.label,
                position=factor.position,
                node=compiled.applies[factor.id],
                asks=frozenset({factor.id}) | _asks(pathway, [factor.applies_when]),
            ),
        )
    for option in pathway.options.values():
        yield from _option_functions(compiled, option)
    for alert in pathway.alerts.values():
        yield from _alert_functions(compiled, alert)


def _asks(pathway: Pathway, rules: Iterable[Rule | None]) -> frozenset[str]:
    found: set[str] = set()
    for rule in rules:
        if rule is not None:
            found |= asked_factors(pathway, rule.tree)
    return frozenset(found)


def _option_asks(pathway: Pathway, option: Option) -> frozenset[str]:
    return _asks(pathway, [statement.rule for statement in option.statements.values()])


def _option_functions(compiled: Compiled, option: Option) -> Iterator[tuple[_Name, _Function]]:
    pathway = compiled.pathway
    asks = _option_asks(pathway, option)
    node = compiled.options[option.id]
    yield (
        (Subject.OPTION, option.id, None),
        _Function(option.label, option.position, node, asks),
    )
    for statement in option.statements.values():
        yield (
            (Subject.STATEMENT, option.id, statement.id),
            _Function(
                label=statement.id,
                position=statement.position,
                node=compiled.statements[option.id, statement.id],
                asks=_asks(pathway, [statement.rule]),
            ),
        )
        yield (
            (Subject.SCOPE, option.id, statement.id),
            _Function(
                label=statement.id,
                position=statement.position,
                node=compiled.scopes[option.id, statement.id],
                asks=_asks(pathway, [statement.scope]),
            ),
        )
    for aim, places in option.aims_by_id.items():
        yield (
            (Subject.AIM, option.id, aim),
            _Function(
                label=places[0].label,
                position=places[0].position,
                node=compiled.aims[option.id, aim].held,
                asks=asks | _asks(pathway, [place.when for place in places]),
            ),
        )
    if option.usual_setting is not None:
        yield (
            (Subject.SETTING, option.id, None),
            _Function(
                label=option.usual_setting.label,
                position=option.usual_setting.position,
                node=compiled.settings[option.id],
                asks=_asks(pathway, [option.usual_setting.rule]),
            ),
        )


def _alert_functions(compiled: Compiled, alert: Alert) -> Iterator[tuple[_Name, _Function]]:
    pathway = compiled.pathway
    functions = compiled.alerts[alert.id]

    def one(node: Node, rules: Iterable[Rule | None], options: Iterable[str] = ()) -> _Function:
        named = tuple(options)
        asks = _asks(pathway, rules).union(
            *(_option_asks(pathway, pathway.options[name]) for name in named)
        )
        return _Function(alert.title, alert.position, node, asks, named)

    both = (alert.when, alert.unless)
    yield (Subject.ALERT, alert.id, None), one(functions.raised, both, alert.about)
    if alert.check is not None:
        certain, possible = alert.check.certain, alert.check.possible
        asked = (alert.when, certain, possible)
        yield (
            (Subject.CHECK, alert.id, None),
            one(functions.checked, asked, alert.check.options),
        )
        yield (Subject.CERTAIN, alert.id, None), one(functions.certain, [certain])
        yield (Subject.MAYBE, alert.id, None), one(functions.possible, [possible])
    yield (Subject.WHEN, alert.id, None), one(functions.when, both)
    yield (Subject.UNLESS, alert.id, None), one(functions.unless, both)
