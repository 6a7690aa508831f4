"""Check pathway folders and their regression cases.

Prints every mistake as FILE:LINE:COLUMN, named from the working folder, with the code of its kind,
or one line that says what was checked. A file that is named stands for its pathway. With --deep it
searches the whole space of cases too: branches that no case takes, questions that change
nothing, options, aims and alerts that no case gets, and the like. What nobody could ever see is
an error (exit 3), what is probably a mistake a warning (exit 5 with --strict), a fact a note.
Of an overlay whose base has changed since, it tells what changed where the old base is at hand.
Without PATH it reads the pathway in or above the working folder, else the one of the tool.

examples:
  mdt-wizard check                          the pathway here, else the one of the tool
  mdt-wizard check pathways/mine            a pathway of your own
  mdt-wizard check --deep --strict          the whole space of cases; warnings count
  mdt-wizard check --explain E-REF-02       what a code means, with an example
  mdt-wizard check --deep --format json     for a program
  mdt-wizard check --format github          notes beside the lines of a change, in GitHub Actions
  mdt-wizard check --format sarif           for code scanning, and editors that read SARIF
  mdt-wizard check --documents DIR          anchors and wording beside copies of the documents
"""

import argparse
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Final

from wizard.engine.disorder import BudgetExceededError
from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.inputs import add_pathway_argument, folder_to_maintain
from wizard.messages import tell_read
from wizard.pathway.choosing import extended_by
from wizard.pathway.load import is_pathway
from wizard.pathway.problems import printable
from wizard.report.as_json import printed
from wizard.report.findings import findings_data, findings_text, github_lines, summary
from wizard.report.moment import moment
from wizard.workbench.examining import examine
from wizard.workbench.findings import Examined, Severity
from wizard.workbench.sign_of_life import SignOfLife

ENDS: Final = {
    ExitCode.DONE: "nothing that is an error",
    **OF_A_PATHWAY,
    ExitCode.FOUND: "--strict, and there are warnings",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="pathway folders, or files of them"
    )
    add_pathway_argument(parser)
    parser.add_argument("--deep", action="store_true", help="search the whole space of cases")
    parser.add_argument("--strict", action="store_true", help="--deep, and exit 5 on warnings")
    parser.add_argument(
        "--documents", metavar="DIR", type=Path, help="hold anchors and wording against the copies"
    )
    parser.add_argument("--format", choices=("text", "json", "github", "sarif"), default="text")
    parser.add_argument("--explain", metavar="CODE", help="what a kind of finding means")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print what is wrong with each pathway, or what was checked.  Raises WrongUsageError."""
    if arguments.explain is not None:
        # Imported on first use: whoever checks has no use for it.
        explaining = import_module("wizard.report.kinds")
        sys.stdout.write(explaining.explanation(explaining.kind_named(arguments.explain)))
        return ExitCode.DONE
    if arguments.documents is not None and not arguments.documents.is_dir():
        raise WrongUsageError(f"{arguments.documents} is not a folder")
    deep = arguments.deep or arguments.strict
    found: list[tuple[Examined, str]] = []
    folders = _folders(arguments)
    for folder in folders:
        if arguments.paths:
            tell_read(str(folder), folder)
        examined = _examined(folder, arguments.documents, deep=deep)
        found.append((examined, summary(examined, deep=deep)))
        if arguments.format == "text":
            heading = f"{printable(str(folder))}:\n" if len(folders) > 1 else ""
            sys.stdout.write(f"{heading}{findings_text(*found[-1])}{_base_told(folder)}")
        elif arguments.format == "github":
            sys.stdout.write(github_lines(*found[-1]))
    if arguments.format == "json":
        data = {"schema": 1, "pathways": [findings_data(*each) for each in found]}
        sys.stdout.write(printed(data))
    elif arguments.format == "sarif":
        sys.stdout.write(printed(import_module("wizard.report.sarif").sarif_data(found)))
    severities = {one.severity for examined, _ in found for one in examined.findings}
    if Severity.ERROR in severities:
        return ExitCode.BAD_PATHWAY
    strict = arguments.strict and Severity.WARNING in severities
    return ExitCode.FOUND if strict else ExitCode.DONE


def _folders(arguments: argparse.Namespace) -> list[Path]:
    """The folders to check, each once.  Raises WrongUsageError."""
    if arguments.paths and arguments.pathway is not None:
        raise WrongUsageError("name a pathway by PATH or by --pathway, not by both")
    if not arguments.paths:
        return [folder_to_maintain(arguments.pathway)]
    return list(dict.fromkeys(map(_folder_of, arguments.paths)))


def _folder_of(path: Path) -> Path:
    """A folder as it is named, or the one of the pathway in which a file lies.

    Raises WrongUsageError.
    """
    if not os.path.isfile(path):  # noqa: PTH113 - it takes every error of the system for no
        return path
    found = next((each for each in path.parents[:2] if is_pathway(each)), None)
    if found is None:
        raise WrongUsageError(f"{path} is not in the folder of a pathway")
    return found


def _examined(folder: Path, copies: Path | None, *, deep: bool) -> Examined:
    today = moment(os.environ).today
    if not deep:
        return examine(folder, copies, today, None)
    with SignOfLife("check --deep") as step:
        return examine(folder, copies, today, step)


def _base_told(folder: Path) -> str:
    """What changed in the base that an overlay extends; "" where that is not known, or nothing."""
    if not extended_by(folder):
        return ""
    from wizard.report.base_changes import base_changes_text
    from wizard.workbench.bases import base_changes

    with SignOfLife("check") as step, suppress(BudgetExceededError):
        if (found := base_changes(folder, step)) is not None:
            return base_changes_text(found)
    return ""
