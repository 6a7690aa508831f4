"""Which of a person's own cases get another assessment from another version of a pathway."""

from collections.abc import Callable
from pathlib import Path

from wizard.case.files import CaseErrors, read_case
from wizard.case.folders import listed_files
from wizard.pathway.model import Pathway
from wizard.record import Record, replace
from wizard.workbench.affected import AffectedCase, Versions, result_changes, versions


class OwnCases(Record):
    """The cases of a folder: how many both versions were tried on, and which of them differ.

    `others` is what the folder holds besides, each with why it is not a case.
    """

    folder: str
    number: int
    affected: tuple[AffectedCase, ...]
    others: tuple[tuple[str, str], ...]


def own_cases(
    old: Pathway, new: Pathway, old_folder: Path, own: Path, step: Callable[[str], None]
) -> OwnCases:
    """Try every case of a folder on two versions; `old_folder` has the files of the old one.

    `step` is told each file.  Raises PathwayErrors, BudgetExceededError, OSError.
    """
    # Imported on first use: reports need no reader of files.
    from wizard.workbench.renaming import following

    with following(old_folder, old, new) as (_folder, paired, _renamed):
        # Cases may call things as they were called in either version, or before both.
        before = replace(paired, former=new.former)
        both = versions(before, new)
        found, others = [], []
        number = 0
        for path, why in listed_files(own):
            if why:
                others.append((path.name, why))
                continue
            step(path.name)
            number += 1
            case = _affected(path, both)
            found += [case] if case else []
    return OwnCases(str(own), number, tuple(found), tuple(others))


def _affected(path: Path, both: Versions) -> AffectedCase | None:
    """The case where the versions differ on it, or where one of them cannot read all of it."""
    try:
        earlier, case = (
            read_case(path, each.pathway, can_be_asked=True) for each in (both.old, both.new)
        )
    except CaseErrors as error:
        return AffectedCase(path.name, problem=str(error.problems[0]))
    changes = result_changes(*both.conclude(earlier.answers, case.answers))
    left_out = {each.factor for each in earlier.aside} ^ {each.factor for each in case.aside}
    aside = (each.why for each in (*case.aside, *earlier.aside) if each.factor in left_out)
    problem = next(map(str, aside), None)
    if not (changes or problem):
        return None
    return AffectedCase(path.name, case.title or "", changes, problem=problem)
