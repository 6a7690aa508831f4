"""List the pathways that are found: the shipped one, those here, and those of the user.

Prints each with its version, who reviewed it, the number of its options, its folder and its digest.
Those here stand in the working folder or above it, or in a folder `pathways` there; those of the
user in the folder `pathways` of the user's data. `--pathway` of every command takes the id of any.

examples:
  mdt-wizard pathways
  mdt-wizard pathways --format json
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wizard.exits import ExitCode
from wizard.pathway.choosing import of_the_user, shown, standing_here
from wizard.pathway.load import is_shipped, load_pathway, shipped_folder
from wizard.pathway.model import Pathway
from wizard.pathway.problems import PathwayErrors, printable
from wizard.report.as_json import extends_data, printed
from wizard.wording.notices import review_line
from wizard.wording.text import clean, counted

ENDS: Final = {ExitCode.DONE: "the list was printed, also of pathways that do not check"}

_PLACES: Final = {
    "shipped": "the shipped copy",
    "here": "in the working folder or above it",
    "user": "in the user's data folder",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the list; a pathway that does not check is named with the number of its mistakes."""
    found = [(place, folder, _pathway_or_mistakes(folder)) for place, folder in _found_pathways()]
    if arguments.format == "json":
        data = [_data(*each) for each in found]
        sys.stdout.write(printed({"schema": 1, "pathways": data}))
    else:
        for place, folder, pathway in found:
            sys.stdout.write(f"{clean(_said(pathway))}\n")
            digest = "" if isinstance(pathway, int) else f", digest {pathway.digest}"
            where = f"{printable(shown(folder))} ({_PLACES[place]}){digest}"
            sys.stdout.write(f"  {where}\n")
    return ExitCode.DONE


def _found_pathways() -> Iterator[tuple[str, Path]]:
    """Each pathway once, and where it is."""
    yield "shipped", shipped_folder()
    here = standing_here()
    yield from (("here", folder) for folder in here if not is_shipped(folder))
    yield from (("user", folder) for folder in of_the_user() if folder not in here)


def _pathway_or_mistakes(folder: Path) -> Pathway | int:
    """The pathway of a folder, or how many mistakes are in it."""
    try:
        return load_pathway(folder)
    except PathwayErrors as errors:
        return len(errors.problems)


def _said(pathway: Pathway | int) -> str:
    if isinstance(pathway, int):
        return f"does not check: {counted(pathway, 'mistake')}, told by `mdt-wizard check FOLDER`"
    options = counted(len(pathway.options), "option")
    base = pathway.extends
    on_top = f", on top of {base.pathway} {base.version}" if base else ""
    about = f"{pathway.id} {pathway.version}{on_top}: {pathway.title}, {options}"
    return f"{about}. {review_line(pathway)}"


def _data(place: str, folder: Path, pathway: Pathway | int) -> dict[str, object]:
    where: dict[str, object] = {"folder": str(folder), "place": place}
    if isinstance(pathway, int):
        return {**where, "mistakes": pathway}
    return {
        "id": pathway.id,
        "title": pathway.title,
        "version": pathway.version,
        "reviewed": None if pathway.reviewed is None else review_line(pathway),
        "options": len(pathway.options),
        "extends": extends_data(pathway),
        **where,
        "mistakes": 0,
    }
