"""Which pathway a file on the disk belongs to, or is read by."""

from pathlib import Path

from wizard.pathway.choosing import is_pathway, pathways_of_id
from wizard.pathway.format.folder import is_file_of_a_pathway
from wizard.pathway.load import shipped_folder
from wizard.record import Record


class Home(Record):
    """The folder of a pathway, and what a file is called in it.

    A guest is a case from elsewhere that the pathway reads.
    """

    folder: Path
    name: str
    guest: bool = False


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
    return Home(above or shipped_folder(), path.name, guest=True)


def _is_case(text: str) -> bool:
    return any(line.startswith("answers:") for line in text.splitlines())


def _named(text: str) -> str | None:
    """The pathway that a case names."""
    named = (line.partition(":") for line in text.splitlines() if line.startswith("pathway:"))
    return next((value.strip().strip("\"'") for _, _, value in named), None)
