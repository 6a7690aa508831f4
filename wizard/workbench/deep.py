"""Searches the whole space of a pathway's cases for oddities that the reader does not refuse."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_

from wizard.engine.compiling import Compiled
from wizard.engine.counting import Cases, and_not, cases_of, different, fixed
from wizard.engine.diagrams import FALSE, TRUE, Node, TooManyNodesError
from wizard.engine.disorder import outgrown
from wizard.engine.restriction import Restriction
from wizard.pathway.codes import Code
from wizard.pathway.factors import ChoiceFactor, DerivedFactor, Factor, named_values
from wizard.pathway.model import Option, Pathway, Status
from wizard.pathway.owned_rules import is_own, points_of, rules
from wizard.pathway.position import Position
from wizard.pathway.problems import listed
from wizard.pathway.trees import Ask, Requirement, Rule, parts
from wizard.wording.answers import colon, factor_label
from wizard.wording.currency import CurrencyState, currency
from wizard.wording.text import joined, short
from wizard.wording.trees import branch_words
from wizard.workbench.branches import RuleBranch, rule_branches
from wizard.workbench.findings import Finding, Severity
from wizard.workbench.rule_functions import BUDGET, RuleFunctions, compiled_for_work, within_budget
from wizard.workbench.words import example_words


@within_budget
def deep_check(pathway: Pathway, today: date, step: Callable[[str], None]) -> tuple[Finding, ...]:
    """Every finding, by file and line; of an overlay, those in its own files.

    Where the functions outgrow the store that is one of them, with those found until then.  Raises
    BudgetExceededError where the rules alone do so.
    """
    compiled, functions = compiled_for_work(pathway)
    search = _Search(compiled, functions, cases_of(compiled))
    found: list[Finding] = []
    for doing, part in (
        ("branches and questions", search.rules()),
        ("options, aims and settings", search.options()),
        ("alerts", search.alerts()),
        ("answers", search.factors()),
        ("claims and documents", _documents(pathway, today)),
    ):
        step(doing)
        found.extend(_searched(pathway, doing, part))
    order = tuple(Severity)
    return tuple(
        sorted(dict.fromkeys(found), key=lambda one: (one.position, order.index(one.severity)))
    )


def _searched(pathway: Pathway, doing: str, part: Iterator[Finding]) -> Iterator[Finding]:
    """What a part of the search finds; that it was not ended is a finding, too."""
    try:
        yield from (one for one in part if is_own(pathway, one.position))
    except TooManyNodesError:
        error = outgrown(pathway, BUDGET)
        what = f"{error.message}; {doing} were not searched to the end"
        yield Finding(Code.TOO_LARGE, error.position, what)


class _Search:
    """A compiled pathway, and counts of its cases for examples."""

    def __init__(self, compiled: Compiled, functions: RuleFunctions, counts: Cases) -> None:
        self.compiled = compiled
        self.functions = functions
        self.counts = counts
        self.diagrams = compiled.diagrams
        self.pathway = compiled.pathway

    def some(self, function: Node) -> bool:
        """Whether a function is true in some case."""
        return bool(self.diagrams.outcomes[function] >> TRUE & 1)

    def example(self, function: Node) -> str:
        """A case in which a function is true, in words."""
        case = self.counts.example(function, self.compiled.support(function))
        return "" if case is None else example_words(self.compiled.space, case, self.compiled.free)

    # --- rules ---------------------------------------------------------------------------

    def rules(self) -> Iterator[Finding]:
        """Branches that no case takes, and questions that change nothing."""
        questions: dict[tuple[str, Position, str], dict[int, list[RuleBranch]]] = {}
        for rule_branch in rule_branches(self.compiled, self.functions):
            if not rule_branch.taken:
                continue
            key = (rule_branch.owned.title, rule_branch.ask.position, rule_branch.ask.factor)
            questions.setdefault(key, {}).setdefault(id(rule_branch.ask), []).append(rule_branch)
            taken = any(self.some(node) for node in rule_branch.taken)
            if not taken and not rule_branch.required:
                yield self.dead(rule_branch)
        for (title, where, factor), asked in questions.items():
            told = [
                self.idle(branches) if branches[0].required else self.changes_nothing(branches)
                for branches in asked.values()
            ]
            own = next(iter(asked.values()))[0].owned.rule
            if all(told) and factor not in self.implied(own):
                first = next(iter(asked.values()))[0]
                subject = "the condition on" if first.required else "the answer to"
                what = f"{title}: {subject} {factor} changes nothing here"
                reached = first.reached
                example = next((node for node in reached if self.some(node)), FALSE)
                yield Finding(Code.IDLE_QUESTION, where, what, self.example(example))

    def implied(self, rule: Rule) -> set[str]:
        """The factors that decide whether those apply that a condition requires: naming them too is
        plain speech.
        """
        needed = {part.factor for part in parts(rule.tree) if isinstance(part, Requirement)}
        asked = (self.diagrams.asked[self.compiled.applies[factor]] for factor in needed)
        return set(self.compiled.space.factors_of(reduce(or_, asked, 0)))

    def dead(self, rule_branch: RuleBranch) -> Finding:
        factor = self.pathway.factors[rule_branch.ask.factor]
        words = f"{colon(factor_label(factor))} {branch_words(factor, rule_branch.branch)}"
        what = f"{rule_branch.owned.title}: no case takes the branch {words}"
        return Finding(
            Code.DEAD_BRANCH,
            rule_branch.branch.position,
            f"{what}; the questions before it leave no such answer",
            self.example(next((node for node in rule_branch.reached if self.some(node)), FALSE)),
        )

    def changes_nothing(self, branches: list[RuleBranch]) -> bool:
        """Whether each case that reaches a question comes out alike by all of its branches.

        Only branches that some case takes count, on each path that leads to the question.
        """
        below = [self.functions.compiler.tree(rule_branch.branch.tree) for rule_branch in branches]
        told = False
        for path, reached in enumerate(branches[0].reached):
            open_ways = [
                at for at, rule_branch in enumerate(branches) if self.some(rule_branch.taken[path])
            ]
            if len(open_ways) < 2:
                continue
            told = True
            outcomes = [self.diagrams.both(reached, below[at]) for at in open_ways]
            if any(different(self.diagrams, outcomes[0], other) for other in outcomes[1:]):
                return False
        return told

    def idle(self, branches: list[RuleBranch]) -> bool:
        """Whether a requirement always, or never, holds where it lies with it alone."""
        for path, reached in enumerate(branches[0].reached):
            passing = (each.taken[path] for each in branches if each.passes)
            holds = reduce(self.diagrams.either, passing, FALSE)
            if self.some(holds) and self.some(and_not(self.diagrams, reached, holds)):
                return False
        return True

    # --- options -------------------------------------------------------------------------

    def options(self) -> Iterator[Finding]:
        """Options, statements, exclusions, aims and settings that are never, or always, what they
        say.
        """
        for option in self.pathway.options.values():
            function = self.compiled.options[option.id]
            if not self.some(function):
                what = f"no case gets the option {option.id}"
                yield Finding(Code.NO_CASE, option.position, what)
                continue
            yield from self.statements(option)
            yield from self.aims(option)
            yield from self.setting(option, function)
            yield from self.exclusions(option, function)

    def statements(self, option: Option) -> Iterator[Finding]:
        for statement in option.statements.values():
            own = self.compiled.statements[option.id, statement.id]
            every = (
                (name, self.compiled.statements[option.id, name]) for name in option.statements
            )
            beside = (node for name, node in every if name != statement.id)
            others = reduce(self.diagrams.either, beside, FALSE)
            name = f"the statement {statement.id} of {option.id}"
            if not self.some(own):
                what = f"{name} holds in no case"
                yield Finding(Code.NO_CASE, statement.position, what)
            elif len(option.statements) > 1 and not self.some(and_not(self.diagrams, own, others)):
                what = f"{name} never decides alone: wherever it holds, another does too"
                yield Finding(Code.NEVER_ALONE, statement.position, what, self.example(own))

    def aims(self, option: Option) -> Iterator[Finding]:
        for aim, places in option.aims_by_id.items():
            if not self.some(self.compiled.aims[option.id, aim].held):
                what = f"no case gets the aim {aim} of {option.id}"
                yield Finding(Code.NO_CASE, places[0].position, what)

    def setting(self, option: Option, function: Node) -> Iterator[Finding]:
        if option.usual_setting is None:
            return
        setting = self.compiled.settings[option.id]
        where, name = option.usual_setting.position, f"the usual setting of {option.id}"
        if not self.some(self.diagrams.both(function, setting)):
            what = f"{name} is never met where the option is described"
            yield Finding(Code.IDLE_SETTING, where, what, self.example(function))
        elif not self.some(and_not(self.diagrams, function, setting)):
            what = f"{name} is always met where the option is described"
            yield Finding(Code.IDLE_SETTING, where, what, self.example(function))

    def exclusions(self, option: Option, function: Node) -> Iterator[Finding]:
        for exclusion in option.excludes.values():
            own = self.compiled.exclusions[option.id, exclusion.id]
            name = f"the exclusion {exclusion.id} of {option.id}"
            if not self.some(own):
                what = f"{name} holds in no case"
                yield Finding(Code.NO_CASE, exclusion.position, what)
            elif not self.some(self.diagrams.both(own, function)):
                what = f"{name} holds only where the option is not described anyway"
                yield Finding(Code.IDLE_EXCLUSION, exclusion.position, what, self.example(own))

    # --- alerts --------------------------------------------------------------------------

    def alerts(self) -> Iterator[Finding]:
        """Alerts and checks that no answers bring up."""
        for alert in self.pathway.alerts.values():
            functions = self.compiled.alerts[alert.id]
            open_options = [o for o, s in alert.about.items() if set(s) == {Status.POSSIBLE}]
            if not self.some(functions.raised) or any(
                not self.open_within(self.compiled.options[o], functions.raised)
                for o in open_options
            ):
                what = f"no case gets the alert {alert.id}"
                yield Finding(Code.NO_CASE, alert.position, what)
            if alert.check is not None and (
                not self.some(functions.checked)
                or not self.some(self.diagrams.negation(functions.when))
            ):
                what = f"the check of the alert {alert.id} never shows"
                yield Finding(Code.UNSHOWN_CHECK, alert.position, what)

    def open_within(self, option: Node, region: Node) -> bool:
        """Whether an option can be possible at all where an alert is raised."""
        return self.some(self.diagrams.both(region, option)) and self.some(
            and_not(self.diagrams, region, option)
        )

    # --- factors -------------------------------------------------------------------------

    def factors(self) -> Iterator[Finding]:
        """Factors that nothing asks or that change nothing, and answers never told apart."""
        asked = _places_asked(self.pathway)
        every = self.functions_of_pathway()
        deciding = self.deciding(every)
        for factor in self.pathway.factors.values():
            if factor.record_only is not None:
                continue
            if factor.id not in asked:
                what = f'no tree asks {factor.id}, and it has no "record_only"'
                yield Finding(Code.UNASKED_FACTOR, factor.position, what)
                continue
            if isinstance(factor, DerivedFactor) and not factor.may_be_answered:
                continue
            if factor.id not in deciding:
                lines = listed(dict.fromkeys(f"{at.file}:{at.line}" for at in asked[factor.id]))
                what = f"the answer to {factor.id} changes nothing on any path; asked in {lines}"
                yield Finding(Code.IDLE_FACTOR, factor.position, what)
                continue
            for group in self.alike(factor, every):
                labels = joined([short(named_values(factor)[value].label) for value in group])
                what = f"no tree tells apart these answers to {factor.id}: {labels}"
                yield Finding(Code.ANSWERS_ALIKE, factor.position, what)

    def deciding(self, every: Iterable[Node]) -> set[str]:
        """The factors of which some function tells apart two cases that differ in nothing else."""
        free = Restriction(self.diagrams, self.compiled.free)
        levels = reduce(or_, (free.depends(node) for node in every), 0)
        return set(self.compiled.space.factors_of(levels))

    def functions_of_pathway(self) -> list[Node]:
        compiled = self.compiled
        nodes = [*compiled.options.values(), *compiled.statements.values()]
        nodes += [*compiled.settings.values(), *compiled.exclusions.values()]
        nodes += compiled.applies.values()
        nodes += [node for aim in compiled.aims.values() for node in (aim.held, aim.missed)]
        nodes += [
            node
            for alert in compiled.alerts.values()
            for node in (alert.when, alert.unless, alert.certain, alert.possible)
        ]
        return list(dict.fromkeys(nodes))

    def alike(self, factor: Factor, every: Iterable[Node]) -> Iterator[tuple[str, ...]]:
        """Groups of two or more answers that no function tells apart."""
        levels = self.compiled.space.levels[factor.id]
        bits = sum(1 << level for level in levels)
        asking = [node for node in every if self.diagrams.asked[node] & bits]
        groups: list[list[str]] = []
        for value in named_values(factor):
            for group in groups:
                if self.never_apart(factor, group[0], value, asking):
                    group.append(value)
                    break
            else:
                groups.append([value])
        yield from (tuple(group) for group in groups if len(group) > 1)

    def never_apart(self, factor: Factor, one: str, other: str, asking: list[Node]) -> bool:
        levels = self.compiled.space.levels[factor.id]
        if isinstance(factor, ChoiceFactor):
            values = self.compiled.space.values_of(factor.id)
            allowed = list(self.compiled.free)
            allowed[levels.start] = (values.index(one), values.index(other))
            either = Restriction(self.diagrams, tuple(allowed))
            return not any(either.depends(node) >> levels.start & 1 for node in asking)
        first, second = (levels[list(named_values(factor)).index(value)] for value in (one, other))
        asked = [self.diagrams.asked[node] for node in asking]
        if any((bits >> first ^ bits >> second) & 1 for bits in asked):
            return False
        this, that = {first: 1, second: 0}, {first: 0, second: 1}
        return not any(
            different(
                self.diagrams, fixed(self.diagrams, node, this), fixed(self.diagrams, node, that)
            )
            for node in asking
        )


def _places_asked(pathway: Pathway) -> dict[str, tuple[Position, ...]]:
    """Where each factor is asked, in trees and in conditions as they are written."""
    found: dict[str, set[Position]] = {}
    for rule in rules(pathway):
        for part in parts(rule.tree):
            if isinstance(part, Ask | Requirement):
                found.setdefault(part.factor, set()).add(part.position)
    for points in points_of(pathway):
        found.setdefault(points.factor, set()).add(points.position)
    return {factor: tuple(sorted(places)) for factor, places in found.items()}


# --- claims and documents --------------------------------------------------------------------


def _documents(pathway: Pathway, today: date) -> Iterator[Finding]:
    for claim in pathway.claims.values():
        for name, text in (("anchor", claim.anchor), ("section", claim.section)):
            if not any(letter.isalnum() for letter in text):
                what = f"the claim {claim.id} has no {name}, so it cannot be found in its document"
                yield Finding(Code.UNFINDABLE_CLAIM, claim.position, what)
    for source in pathway.sources.values():
        now = currency(source, today, pathway.old_after_years)
        if now.state is CurrencyState.PAST_REVIEW:
            what = f"the document {source.id} is {now.text}"
            yield Finding(Code.PAST_REVIEW, source.position, what)
