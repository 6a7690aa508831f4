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
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.inputs import add_pathway_argument, check_names, folder_to_maintain
from wizard.pathway.factors import MultiFactor, named_values
from wizard.pathway.load import is_shipped
from wizard.pathway.model import Pathway
from wizard.pathway.problems import printable
from wizard.private_files import make_private_folder, write_private
from wizard.wording.text import counted
from wizard.workbench.checking import read_whole
from wizard.workbench.renaming import Renaming, renamed, texts_of
from wizard.workbench.standing import failing

ENDS: Final = {
    ExitCode.DONE: "it was renamed",
    **OF_A_PATHWAY,
    ExitCode.FOUND: "a case would come out differently; nothing was written",
}

_KINDS: Final = ("option", "factor", "value", "member", "claim", "case")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("kind", metavar="KIND", choices=_KINDS, help=", ".join(_KINDS))
    parser.add_argument("old", metavar="OLD", help="the id; of a value or member, FACTOR.ID")
    parser.add_argument("new", metavar="NEW", help="the id that it is to have")
    add_pathway_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Rename and say where.  Raises PathwayErrors, WrongUsageError, OSError."""
    folder = folder_to_maintain(arguments.pathway)
    shipped = is_shipped(folder)
    pathway, cases = read_whole(folder, shipped=shipped)
    asked = _asked(arguments, pathway, tuple(cases))
    files = texts_of(folder)
    changed = renamed(files, asked)
    with TemporaryDirectory(prefix="mdt-wizard-") as draft:
        _write(Path(draft), changed, {})
        after, new_cases = read_whole(Path(draft), shipped=shipped)
        moved = len(failing(after, new_cases)) - len(failing(pathway, cases))
    if moved:
        sys.stdout.write(f"{counted(moved, 'case')} would come out differently; not renamed\n")
        return ExitCode.FOUND
    _write(folder, changed, files)
    for name in files:
        if name not in changed:
            (folder / name).unlink()
    for name, text in changed.items():
        if files.get(name) != text:
            sys.stdout.write(f"{printable(str(folder / name))}\n")
    sys.stdout.write(f"{asked.said} is now {asked.new}\n")
    return ExitCode.DONE


def _asked(arguments: argparse.Namespace, pathway: Pathway, cases: tuple[str, ...]) -> Renaming:
    """What is to be renamed.  Raises WrongUsageError where there is no such thing."""
    kind, old, new = arguments.kind, arguments.old, arguments.new
    if old == new:
        raise WrongUsageError(f"{old} has that id already")
    known = {
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


def _write(folder: Path, files: dict[str, str], before: dict[str, str]) -> None:
    """Write the files that are not as they were."""
    for name, text in files.items():
        if before.get(name) != text:
            path = folder / name
            make_private_folder(path.parent)
            write_private(path, text, replacing=True)
