"""Lay the files of a pathway out in one way.

Prints the files that change. Blanks, line breaks, indentation and the marks of texts do; what a
file says does not, nor does a comment, and that is proved before anything is written. What is
written in lines stays in lines; what stands in braces or brackets stays there where it fits on a
line of 120 letters. Without PATH it takes the pathway in or above the working folder, with its
cases. The layout counts in the digest of a pathway: lay out before a review, not after it.

examples:
  mdt-wizard fmt                            the pathway here, and its cases
  mdt-wizard fmt case.yaml options/a.yaml   these files alone
  mdt-wizard fmt --check                    write nothing; exit 5 where a file is not in the layout
  mdt-wizard fmt --diff                     write nothing; show what would change
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path
from typing import Final

from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.inputs import add_pathway_argument, folder_to_maintain, with_review_told
from wizard.messages import tell_read
from wizard.pathway.load import is_pathway, load_pathway
from wizard.pathway.problems import FileErrors, printable
from wizard.workbench.laying_out import LaidOut, files_of, lay_out

ENDS: Final = {
    ExitCode.DONE: "the files are in the layout",
    **OF_A_PATHWAY,
    ExitCode.BAD_PATHWAY: "a file cannot be read as YAML; nothing was written",
    ExitCode.FOUND: "--check, and a file is not in the layout",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="pathway folders, or YAML files"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; name the files")
    parser.add_argument("--diff", action="store_true", help="write nothing; show the changes")
    add_pathway_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Lay out files, or tell which are not.  Raises FileErrors, WrongUsageError, OSError."""
    folders, paths = _chosen(arguments)
    files = lay_out(paths)
    changed = [each for each in files if not each.same]
    if arguments.diff:
        sys.stdout.writelines(line for each in changed for line in _diff(each))
    if not (arguments.check or arguments.diff):
        for each in changed:
            each.write()
    if arguments.check or not arguments.diff:
        _tell(changed, len(files), checked=arguments.check)
    if not (arguments.check or arguments.diff):
        _tell_reviews(folders, changed)
    return ExitCode.FOUND if changed and arguments.check else ExitCode.DONE


def _chosen(arguments: argparse.Namespace) -> tuple[list[Path], list[Path]]:
    """The folders of pathways that are meant, and all files.  Raises WrongUsageError."""
    if arguments.paths and arguments.pathway is not None:
        raise WrongUsageError("name a pathway by PATH or by --pathway, not by both")
    folders: list[Path] = []
    files: list[Path] = []
    written = not (arguments.check or arguments.diff)
    for path in arguments.paths or [folder_to_maintain(arguments.pathway, written=written)]:
        if is_pathway(path):
            if arguments.paths:
                tell_read(str(path), path)
            folders.append(path)
            files += files_of(path)
        elif path.is_dir():
            raise WrongUsageError(f"{path} is not the folder of a pathway; name files in it")
        elif path.suffix not in (".yaml", ".yml"):
            raise WrongUsageError(f"{path} is not a YAML file")
        else:
            files.append(path)
    return folders, list({path.resolve(): path for path in files}.values())


def _tell(changed: Sequence[LaidOut], number: int, *, checked: bool) -> None:
    for each in changed:
        sys.stdout.write(f"{printable(str(each.path))}\n")
    files = "1 file" if number == 1 else f"{number} files"
    if not changed:
        said = f"{files} in the layout"
    elif checked:
        said = f"{len(changed)} of {files} not in the layout; `mdt-wizard fmt` lays them out"
    else:
        said = f"{len(changed)} of {files} laid out"
    sys.stdout.write(f"{said}\n")


def _tell_reviews(folders: Sequence[Path], changed: Sequence[LaidOut]) -> None:
    """Tell of each pathway whose digest has changed that its review has lapsed, if it has."""
    for folder in folders:
        if any(each.path.parent.name != "cases" for each in changed if folder in each.path.parents):
            with suppress(FileErrors):
                with_review_told(load_pathway(folder))


def _diff(file: LaidOut) -> Iterator[str]:
    name = printable(str(file.path))
    lines = unified_diff(
        file.before.splitlines(), file.after.splitlines(), name, f"{name} laid out", lineterm=""
    )
    found = [f"{printable(line)}\n" for line in lines]
    yield from found or [f"{name}: only the marks of its beginning or of its lines' ends\n"]
