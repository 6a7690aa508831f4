"""Which pathway a file on the disk belongs to, or is read by."""

from pathlib import Path
from typing import Final

from wizard.pathway.choosing import pathways_of_id
from wizard.pathway.format.folder import is_file_of_a_pathway
from wizard.pathway.load import is_pathway, shipped_folder
from wizard.record import Record

_CASES: Final = "cases/"


class Home(Record):
    """The folder of a pathway, and what a file is called in it.

    A guest, a case from elsewhere that the pathway reads, is `cases/` and its whole path.
    """

    folder: Path
    name: str


def is_guest(name: str) -> bool:
    """Whether this is the name of a case from elsewhere."""
    return name.startswith(_CASES) and Path(name.removeprefix(_CASES)).is_absolute()


def file_of(folder: Path, name: str) -> Path:
    """The file that has a name in a folder.

    A folder inside it has none: what is told of one stands in the file that every pathway has.
    """
    if is_guest(name):
        return Path(name.removeprefix(_CASES))
    path = folder / name
    return folder / "pathway.yaml" if path.is_dir() else path


def home_of(path: Path, text: str) -> Home | None:
    """Where a file belongs; None where it is neither of a pathway nor a case.

    A case that lies elsewhere is read by the pathway that it names, else by one above it, else by
    the one of the tool.
    """
    for folder in path.parents[:2]:
        name = path.relative_to(folder).as_posix()
        if is_file_of_a_pathway(name) and is_pathway(folder):
            return Home(folder, name)
    if not _is_case(text):
        return None
    above = next((folder for folder in path.parents if is_pathway(folder)), None)
    named = _named(text)
    if named is not None and above is None:
        above = next(iter(pathways_of_id(named, beside=path.parent)), None)
    return Home(above or shipped_folder(), f"{_CASES}{path.as_posix()}")


def _is_case(text: str) -> bool:
    return any(line.startswith("answers:") for line in text.splitlines())


def _named(text: str) -> str | None:
    """The pathway that a case names."""
    named = (line.partition(":") for line in text.splitlines() if line.startswith("pathway:"))
    return next((value.strip().strip("\"'") for _, _, value in named), None)
