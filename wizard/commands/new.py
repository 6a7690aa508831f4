"""Begin a pathway: a folder that checks at once.

Writes one question, one option, one claim and one case, with the digest of each document and a
README that says what to do next. The id is the name of the folder. Prints where it stands.

examples:
  mdt-wizard new heart_failure --title "Heart failure" --source ABC=guideline.txt
  mdt-wizard new pathways/asthma --title Asthma --source NAT=national.txt --source LOC=local.txt
"""

import argparse
import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.pathway.load import load_pathway
from wizard.pathway.problems import PathwayErrors, printable, quoted
from wizard.private_files import make_private_folder, write_private
from wizard.workbench.first_files import NewSource, first_files, new_source

ENDS: Final = {
    **OF_A_PATHWAY,
    ExitCode.DONE: "the folder was written",
    ExitCode.BAD_PATHWAY: "a title or a name would not check; nothing was written",
}

_SOURCE_ID: Final = re.compile(r"[A-Z]{2,5}")
"""What the id of a claim may begin with."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder, which is not there")
    parser.add_argument("--title", metavar="T", required=True, help="what the pathway is about")
    parser.add_argument(
        "--source",
        metavar="ID=FILE",
        action="append",
        required=True,
        dest="sources",
        help="two to five capitals for a document, and its text; may stand several times",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the folder, whole or not at all.  Raises PathwayErrors, WrongUsageError, OSError."""
    folder: Path = arguments.folder
    name = folder.absolute().name
    if folder.is_symlink() or (folder.exists() and not _is_empty_folder(folder)):
        raise WrongUsageError(f"{folder} is there already; name a folder that is not")
    sources = [_source(each) for each in arguments.sources]
    if twice := {one.id for one in sources if [each.id for each in sources].count(one.id) > 1}:
        raise WrongUsageError(f"the id {min(twice)} stands for two documents; give each its own")
    files = first_files(name, arguments.title, sources, date.today())
    make_private_folder(folder.absolute().parent)
    with TemporaryDirectory(prefix=f".{name}.", dir=folder.absolute().parent) as draft:
        _write(Path(draft) / name, files)
        try:
            load_pathway(Path(draft) / name)
        except PathwayErrors as errors:  # found in a draft, which is gone
            raise PathwayErrors(errors.problems, folder) from None
        (Path(draft) / name).rename(folder)
    sys.stdout.write(f"{printable(str(folder))}: {len(files)} files, nothing wrong\n")
    sys.stdout.write(f"next: read {printable(str(folder / 'README.md'))}\n")
    return ExitCode.DONE


def _is_empty_folder(folder: Path) -> bool:
    return folder.is_dir() and next(folder.iterdir(), None) is None


def _source(given: str) -> NewSource:
    """The document that `ID=FILE` names.  Raises WrongUsageError, OSError."""
    name, equals, place = given.partition("=")
    if not (equals and place and _SOURCE_ID.fullmatch(name)):
        raise WrongUsageError(
            f"--source {quoted(given)} is not ID=FILE; one like ABC=guideline.txt was expected, "
            "two to five capitals before the ="
        )
    path = Path(place)
    try:
        return new_source(name, path.name, path.read_bytes())
    except ValueError as error:
        raise WrongUsageError(f"{path}: {error}") from None


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        make_private_folder(path.parent)
        write_private(path, text)
