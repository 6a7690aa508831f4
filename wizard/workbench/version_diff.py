"""Everything that differs between two versions of a pathway."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

from wizard.pathway.factors import NumberFactor
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import OwnedRule, owned_rules
from wizard.pathway.position import Position
from wizard.pathway.sources import Hazard, Review
from wizard.pathway.trees import Range, every_test
from wizard.record import Record, replace
from wizard.workbench.affected import AffectedCase, affected_cases
from wizard.workbench.edited_lines import EditedLines, edited_lines
from wizard.workbench.hazards import hazard_problems
from wizard.workbench.own_cases import OwnCases
from wizard.workbench.record_diff import ChangeKind, RecordChange, compare_records
from wizard.workbench.rule_diff import FunctionDiff, compare_functions

_BEHAVING: Final = (ChangeKind.QUESTION, ChangeKind.ALERT, ChangeKind.SAID, ChangeKind.ORDER)
"""The kinds of records by which another result is asked for, shown or told."""


class Threshold(Record):
    """A number that a rule asks for in both versions, while its unit has changed under it."""

    rule: str
    factor: str
    label: str
    position: Position
    number: Decimal
    old_unit: str
    new_unit: str


class LooseHazard(Record):
    """A hazard and what no longer holds its control as before.

    `dropped` are cases and tests that it does not name any more, `affected` the cases that it names
    and that are affected, of all `held_by`.
    """

    hazard: Hazard
    dropped: tuple[str, ...]
    affected: tuple[str, ...]
    held_by: tuple[str, ...]


class Diff(Record):
    """What differs: functions of the case, words and records, regression cases.

    `edits` are the lines of the files that were edited, cases left out, and `reworded` the case
    files written otherwise with the same answers and the same results.  `loosened` are hazards
    whose control is held by other cases or tests than before, or by cases that are affected.
    `renamed` tells what has another id in the new version, and was taken for the same.
    `names` are what a person calls the old and the new version.  `lapsed` is the review that held
    for the old one and does not hold for the new one.  `uncontrolled` are hazards that lost a
    control, each with what is missing: it names a test or case that is not there.  `own` are a
    person's own cases, where some were named.
    """

    names: tuple[str, str]
    old: Pathway
    new: Pathway
    lapsed: Review | None
    functions: FunctionDiff
    records: tuple[RecordChange, ...]
    thresholds: tuple[Threshold, ...]
    uncontrolled: tuple[tuple[Hazard, str], ...]
    loosened: tuple[LooseHazard, ...]
    cases: tuple[AffectedCase, ...]
    reworded: tuple[str, ...]
    edits: tuple[EditedLines, ...]
    renamed: tuple[str, ...]
    own: OwnCases | None = None

    @property
    def versions(self) -> tuple[tuple[str, str, Pathway], ...]:
        """Both versions, each with which of the two it is and what a person calls it."""
        return ("old", self.names[0], self.old), ("new", self.names[1], self.new)

    @property
    def behaviour(self) -> bool:
        """Whether some answers get another result, are asked for otherwise or told otherwise."""
        return bool(self.functions.changes) or any(r.sort in _BEHAVING for r in self.records)

    @property
    def order_alone(self) -> bool:
        """Whether no function changes, and of what is asked, shown or told only an order."""
        found = {record.sort for record in self.records if record.sort in _BEHAVING}
        return not self.functions.changes and found == {ChangeKind.ORDER}

    @property
    def clinical(self) -> bool:
        """Whether anything but plain text changed: behaviour, review, hazards, claims, sources."""
        held = self.lapsed is None and not self.uncontrolled
        return (
            not held or self.behaviour or any(r.sort is not ChangeKind.TEXT for r in self.records)
        )


def compare(
    old: Pathway,
    new: Pathway,
    names: tuple[str, str],
    folders: tuple[Path, Path],
    step: Callable[[str], None],
) -> Diff:
    """Compare two versions whose files are in these folders.

    What has another id in the new version, by its `was`, is taken for the same.
    Raises PathwayErrors, BudgetExceededError.
    """
    if not new.former:
        return _compared((old, new), names, folders, (), step)
    # Imported on first use: reports need no reader of files.
    from wizard.workbench.renaming import following

    with following(folders[0], old, new) as (folder, paired, renamed):
        before = replace(paired, digest=old.digest)  # of its files, not of those with other ids
        return _compared((before, new), names, (folder, folders[1]), renamed, step)


def _compared(
    versions: tuple[Pathway, Pathway],
    names: tuple[str, str],
    folders: tuple[Path, Path],
    renamed: tuple[str, ...],
    step: Callable[[str], None],
) -> Diff:
    old, new = versions
    step("functions of the case")
    functions = compare_functions(old, new)
    step("words")
    records = compare_records(old, new)
    cases, reworded = affected_cases(old, new, folders, step)
    return Diff(
        names=names,
        old=old,
        new=new,
        lapsed=_lapsed(old, new),
        functions=functions,
        records=records,
        thresholds=tuple(_changed_thresholds(old, new)),
        uncontrolled=_lost_controls((old, new), folders),
        loosened=tuple(_loosened(old, new, cases)),
        cases=cases,
        reworded=reworded,
        edits=edited_lines(*folders) if _own_files(old, new) else (),
        renamed=renamed,
    )


def _lapsed(old: Pathway, new: Pathway) -> Review | None:
    before = old.reviewed == new.reviewed and old.review_lapsed
    return new.reviewed if new.review_lapsed and not before else None


def _own_files(old: Pathway, new: Pathway) -> bool:
    """Whether the two are versions of the same files, so that their lines can be compared."""
    bases = [one.extends.pathway if one.extends else None for one in (old, new)]
    return old is not new and old.id == new.id and bases[0] == bases[1]


def _loosened(old: Pathway, new: Pathway, cases: tuple[AffectedCase, ...]) -> Iterator[LooseHazard]:
    changed = {case.file for case in cases if case.only_in != "old" and case.other_result}
    for hazard in new.hazards.values():
        before = old.hazards[hazard.id].tests if hazard.id in old.hazards else ()
        dropped = tuple(test for test in before if test not in hazard.tests)
        affected = tuple(test for test in hazard.tests if test in changed)
        if dropped or affected:
            yield LooseHazard(hazard, dropped, affected, hazard.tests)


def _changed_thresholds(old: Pathway, new: Pathway) -> Iterator[Threshold]:
    """Every threshold that kept its number while the unit of its factor changed."""
    before = {owned.title: owned for owned in owned_rules(old)}
    for factor in new.factors.values():
        earlier = old.factors.get(factor.id)
        if not isinstance(factor, NumberFactor) or not isinstance(earlier, NumberFactor):
            continue
        units = earlier.unit, factor.unit
        for owned in owned_rules(new) if earlier.unit != factor.unit else ():
            kept = _bounds(before[owned.title], factor) if owned.title in before else {}
            for number, position in _bounds(owned, factor).items():
                if number in kept:
                    yield Threshold(owned.title, factor.id, factor.label, position, number, *units)


def _bounds(owned: OwnedRule, factor: NumberFactor) -> dict[Decimal, Position]:
    """The thresholds that a rule has for a factor, and where each stands first."""
    found: dict[Decimal, Position] = {}
    for name, test, position in every_test(owned.rule.tree):
        if name == factor.id and isinstance(test, Range):
            for bound in test.bounds:
                found.setdefault(bound, position)
    return found


def _lost_controls(
    versions: tuple[Pathway, Pathway], folders: tuple[Path, Path]
) -> tuple[tuple[Hazard, str], ...]:
    """What the new version's controls lack, and did not in the old version."""
    lacking = [
        {
            (hazard.id, problem.what): (hazard, problem.what)
            for problem in hazard_problems(pathway, folder)
            for hazard in pathway.hazards.values()
            if problem.position in hazard.places
        }
        for pathway, folder in zip(versions, folders, strict=True)
    ]
    return tuple(lost for key, lost in lacking[1].items() if key not in lacking[0])
