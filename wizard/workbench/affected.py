"""Which regression cases get another assessment from another version of their pathway."""

import itertools
from collections.abc import Callable
from pathlib import Path

from wizard.case.answers import Answers
from wizard.case.files import Case, CaseErrors, read_case
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.restriction import Restriction
from wizard.engine.space import case_space
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.assessing import conclude
from wizard.reasoning.assessment import Conclusions
from wizard.reasoning.expecting import NO_OPTION, Difference, differences, expectation_of
from wizard.record import Record, replace
from wizard.workbench.rule_diff import BUDGET


class AffectedCase(Record):
    """A case file on which the versions differ.

    `changes` are what its answers get from the old and from the new version; `unmet` is what the
    new version's own expectation of it misses; `edited` tells that its answers were edited;
    `problem` says why a version cannot read it; `only_in` is `old` or `new` where only that
    version has the file.
    """

    file: str
    title: str = ""
    changes: tuple[Difference, ...] = ()
    unmet: tuple[Difference, ...] = ()
    edited: bool = False
    problem: str | None = None
    only_in: str | None = None

    @property
    def other_result(self) -> bool:
        """Whether it fails, cannot be read, was edited, or gets what it did not get before.

        That an option is new and not described is nothing of that.
        """
        added = (NO_OPTION, Status.NOT_DESCRIBED.value)
        other = any((change.expected, change.found) != added for change in self.changes)
        return bool(other or self.unmet or self.edited or self.problem)


class Versions(Record):
    """Two versions of a pathway, compiled.

    `same` are the options of which both say the same of every case, where both are of the same
    cases and so in one store; None where each has a store of its own.
    """

    old: Compiled
    new: Compiled
    same: frozenset[str] | None

    def conclude(self, earlier: Answers, answers: Answers) -> tuple[Conclusions, Conclusions]:
        """What answers get from the old version, and what from the new."""
        view = Restriction(self.new.diagrams, self.new.space.allowed(answers))
        now = conclude(self.new, answers, view)
        if self.same is None or earlier != answers:
            return conclude(self.old, earlier), now
        known = {option: now.options[option] for option in self.same}
        return conclude(self.old, answers, view, known), now


def versions(old: Pathway, new: Pathway) -> Versions:
    """Compile two versions.  Raises BudgetExceededError, PathwayErrors."""
    after = compile_pathway(new, BUDGET)
    variables = replace(case_space(old), factors=after.space.factors)
    if _shapes(old) != _shapes(new) or variables != after.space:
        return Versions(compile_pathway(old, BUDGET), after, None)
    before = compile_pathway(old, BUDGET, after.diagrams)
    was, now = _told(before), _told(after)
    return Versions(before, after, frozenset(each for each in was if was[each] == now.get(each)))


def _told(compiled: Compiled) -> dict[str, list[object]]:
    """By option, the functions of all that is told of where it stands, each with what it is of."""
    found: dict[str, list[object]] = {option: [node] for option, node in compiled.options.items()}
    for part in (compiled.statements, compiled.exclusions, compiled.aims):
        for (option, name), function in part.items():
            found[option].append((name, function))
    for option, node in compiled.settings.items():
        found[option].append(node)
    return found


def affected_cases(
    old: Pathway,
    new: Pathway,
    folders: tuple[Path, Path],
    step: Callable[[str], None],
) -> tuple[tuple[AffectedCase, ...], tuple[str, ...]]:
    """Those affected of the case files of two folders, and others that are written otherwise.

    `step` is told each file.  Where both have one pathway, only files that differ can be affected.
    Raises BudgetExceededError.
    """
    alike = old.id == new.id and _shapes(old) == _shapes(new)
    files = sorted({path.name for folder in folders for path in (folder / "cases").glob("*.yaml")})
    edited = [name for name in files if _bytes(folders[0], name) != _bytes(folders[1], name)]
    if old is new:
        files = edited
    if not files:
        return (), ()
    both = versions(old, new)
    found = {}
    for name in files:
        step(f"cases/{name}")
        case = _affected(name, both, folders, alike=alike, same=name not in edited)
        if case is not None:
            found[name] = case
    return tuple(found.values()), tuple(f"cases/{name}" for name in edited if name not in found)


def result_changes(was: Conclusions, now: Conclusions) -> tuple[Difference, ...]:
    """What the same answers get from two versions, where it differs."""
    if (was.options, was.alerts) == (now.options, now.alerts):
        return ()
    return differences(replace(expectation_of(was), parked=None), now)


def _bytes(folder: Path, name: str) -> bytes | None:
    """What a case file holds; None where the folder has none of the name."""
    path = folder / "cases" / name
    return path.read_bytes() if path.exists() else None


def _shapes(pathway: Pathway) -> list[tuple[object, ...]]:
    """What answers look like: where it is the same in two versions, one reading serves both."""
    return [(factor.id, type(factor), *_shape(factor)) for factor in pathway.factors.values()]


def _shape(factor: Factor) -> tuple[object, ...]:
    match factor:
        case ChoiceFactor():
            return tuple(factor.values), factor.groups
        case MultiFactor():
            return tuple(factor.members), factor.at_least, factor.not_done is None
        case NumberFactor():
            return factor.minimum, factor.maximum, factor.whole, factor.not_done is None


def _affected(
    name: str, both: Versions, folders: tuple[Path, Path], *, alike: bool, same: bool
) -> AffectedCase | None:
    old, new = both.old.pathway, both.new.pathway
    before, after = (folder / "cases" / name for folder in folders)
    shown = f"cases/{name}"
    here, there = before.exists(), after.exists()
    chosen = after if there else before
    only = None if here and there else "old" if here else "new"
    try:
        case = read_case(chosen, new, shown)
        earlier = case if alike else _without_expectation(chosen, old, shown)
    except CaseErrors as error:
        return AffectedCase(shown, problem=str(error.problems[0]), only_in=only)
    was, now = both.conclude(earlier.answers, case.answers)
    changes = result_changes(was, now)
    unmet = differences(case.expect, now) if there and case.expect else ()
    edited = only is None and not same and _edited(before, old, case)
    if not (changes or unmet or edited or only):
        return None
    return AffectedCase(shown, case.title or "", changes, unmet, edited, None, only)


def _without_expectation(path: Path, pathway: Pathway, shown: str) -> Case:
    """The answers of a case as another version reads them, whatever it expects.

    Raises CaseErrors where the answers themselves do not fit.
    """
    try:
        return read_case(path, pathway, shown)
    except CaseErrors:
        kept = itertools.takewhile(
            lambda line: not line.startswith("expect:"), path.read_text("utf-8").splitlines()
        )
        return read_case("\n".join(kept), pathway, shown)


def _edited(before: Path, old: Pathway, case: Case) -> bool:
    try:
        return read_case(before, old).answers != case.answers
    except CaseErrors:
        return True
