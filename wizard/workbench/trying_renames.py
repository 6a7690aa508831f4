"""Whether something can have another id: what is asked must exist, and the result must check."""

from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from wizard.case.files import Case
from wizard.exits import WrongUsageError
from wizard.pathway.factors import MultiFactor, named_values
from wizard.pathway.model import Pathway
from wizard.pathway.problems import check_names
from wizard.record import Record
from wizard.wording.text import counted
from wizard.workbench.checking import read_whole
from wizard.workbench.renaming import Renaming, renamed
from wizard.workbench.standing import failing


class Tried(Record):
    """The files with another id, and how many cases come out differently by it."""

    files: Mapping[str, str]
    moved: int

    @property
    def refusal(self) -> str:
        """Why the files must not be written; "" where they may be."""
        if not self.moved:
            return ""
        return f"{counted(self.moved, 'case')} would come out differently; not renamed"


def asked(kind: str, old: str, new: str, pathway: Pathway, cases: Collection[str]) -> Renaming:
    """What is to be renamed; a value or member is `FACTOR.ID`, a case is without its ending.

    Raises WrongUsageError where there is no such thing.
    """
    if old == new:
        raise WrongUsageError(f"{old} has that id already")
    known: dict[str, Collection[str]] = {
        "option": pathway.options,
        "factor": pathway.factors,
        "claim": pathway.claims,
        "case": {name.removesuffix(".yaml") for name in cases},
    }
    if kind in known:
        check_names([old], known[kind], kind)
        if new in known[kind]:
            raise WrongUsageError(f"there is {kind} {new} already")
        return Renaming(kind, old, new)
    factor, _, value = old.partition(".")
    check_names([factor], pathway.factors, "factor")
    is_multi = isinstance(pathway.factors[factor], MultiFactor)
    if is_multi != (kind == "member"):
        raise WrongUsageError(f"{factor} has {'members' if is_multi else 'values'}, not {kind}s")
    names = named_values(pathway.factors[factor])
    check_names([value], names, f"{kind} of {factor}")
    if new in names:
        raise WrongUsageError(f"there is {kind} {new} of {factor} already")
    return Renaming(kind, value, new, factor)


def tried(
    files: Mapping[str, str],
    renaming: Renaming,
    pathway: Pathway,
    cases: Mapping[str, Case],
) -> Tried:
    """The files of a pathway, which check, with another id.

    Raises PathwayErrors where the result does not check, and OSError.
    """
    found = renamed(files, renaming)
    with TemporaryDirectory(prefix="mdt-wizard-") as draft:
        for name, text in found.items():
            path = Path(draft, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        after, new_cases = read_whole(Path(draft), shipped=pathway.shipped)
    moved = len(failing(after, new_cases)) - len(failing(pathway, cases))
    return Tried(found, moved)
