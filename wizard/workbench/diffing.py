"""Everything that differs between two versions of a pathway."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wizard.pathway.model import Pathway
from wizard.workbench.affected import AffectedCase, affected_cases
from wizard.workbench.comparing import Functions, compare_functions
from wizard.workbench.records import RecordChange, Sort, compare_records


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which version it is: what a person calls it, and what it says of itself."""

    name: str
    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs: functions of the case, words and records, regression cases."""

    title: str
    old: Stamp
    new: Stamp
    functions: Functions
    records: tuple[RecordChange, ...]
    cases: tuple[AffectedCase, ...]

    @property
    def behaviour(self) -> bool:
        """Whether some answers get another result, or are asked for otherwise."""
        behaving = (Sort.QUESTION, Sort.ALERT, Sort.ORDER)
        return bool(self.functions.changes) or any(r.sort in behaving for r in self.records)

    @property
    def clinical(self) -> bool:
        """Whether anything but plain text changed: behaviour, claims, citations or sources."""
        return self.behaviour or any(r.sort is not Sort.TEXT for r in self.records)


def compare(
    old: Pathway,
    new: Pathway,
    names: tuple[str, str],
    folders: tuple[Path, Path],
    step: Callable[[str], None],
) -> Diff:
    """Compare two versions whose files are in these folders.  Raises BudgetExceededError."""
    step("functions of the case")
    functions = compare_functions(old, new)
    step("words")
    records = compare_records(old, new)
    return Diff(
        title=new.title,
        old=Stamp(names[0], old.id, old.version, old.digest),
        new=Stamp(names[1], new.id, new.version, new.digest),
        functions=functions,
        records=records,
        cases=affected_cases(old, new, folders, step),
    )
