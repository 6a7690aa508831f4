"""Give an option, a factor, one of its answers, a claim or a case another id, in every file.

Prints which files were changed. Comments and layout stay. The old id is kept under "was", so that
case files of before still load, and say so, and a comparison pairs the two. Nothing is written
where the result would not check, or where a case would come out differently.

examples:
  mdt-wizard rename option OLD NEW
  mdt-wizard rename value FACTOR.OLD NEW --pathway pathways/mine
  mdt-wizard rename claim ABC-07 ABC-70
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wizard.exits import OF_A_PATHWAY, ExitCode
from wizard.inputs import add_pathway_argument, folder_to_maintain
from wizard.pathway.choosing import shown
from wizard.pathway.load import is_shipped
from wizard.pathway.problems import PathwayErrors, printable
from wizard.private_files import make_private_folder, write_private
from wizard.workbench.checking import read_whole
from wizard.workbench.renaming import texts_of
from wizard.workbench.trying_renames import asked, tried

ENDS: Final = {
    ExitCode.DONE: "it was renamed",
    **OF_A_PATHWAY,
    ExitCode.FOUND: "a case would come out differently; nothing was written",
}

_MOST_CASES: Final = 10
"""Cases that are named one by one; more are counted."""

_KINDS: Final = ("option", "factor", "value", "member", "claim", "case")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("kind", metavar="KIND", choices=_KINDS, help=", ".join(_KINDS))
    parser.add_argument("old", metavar="OLD", help="the id; of a value or member, FACTOR.ID")
    parser.add_argument("new", metavar="NEW", help="the id that it is to have")
    add_pathway_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Rename and say where.  Raises PathwayErrors, WrongUsageError, OSError."""
    folder = folder_to_maintain(arguments.pathway, written=True)
    pathway, known = read_whole(folder, shipped=is_shipped(folder))
    renaming = asked(arguments.kind, arguments.old, arguments.new, pathway, known)
    files = texts_of(folder)
    try:
        done = tried(files, renaming, pathway, known)
    except PathwayErrors as errors:  # found in a copy, which is gone
        raise PathwayErrors(errors.problems, folder) from None
    if done.refusal:
        sys.stdout.write(f"{done.refusal}\n")
        return ExitCode.FOUND
    changed = done.files
    _write(folder, changed, files)
    for name in files:
        if name not in changed:
            (folder / name).unlink()
    written = [name for name, text in changed.items() if files.get(name) != text]
    cases = [name for name in written if name.startswith("cases/")]
    folded = len(cases) > _MOST_CASES
    for name in written:
        if not (folded and name in cases):
            sys.stdout.write(f"{printable(shown(folder / name))}\n")
    if folded:
        sys.stdout.write(f"{printable(shown(folder / 'cases'))}: {len(cases)} files\n")
    sys.stdout.write(f"{renaming.said} is now {renaming.new}\n")
    return ExitCode.DONE


def _write(folder: Path, files: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Write the files that are not as they were."""
    for name, text in files.items():
        if before.get(name) != text:
            path = folder / name
            make_private_folder(path.parent)
            write_private(path, text, replacing=True)
