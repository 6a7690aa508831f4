"""Check pathway folders and their regression cases.

Prints every mistake as FILE:LINE:COLUMN, or one line that says what was checked. With --deep it
searches the whole space of cases too: branches that no case takes, questions that change
nothing, options, aims and alerts that no case gets, and the like. What nobody could ever see is
an error (exit 3), what is probably a mistake a warning (exit 5 with --strict), a fact a note.
Of an overlay whose base has changed since, it tells what changed where the old base is at hand.
Without PATH it reads the pathway in or above the working folder, else the one of the tool.

examples:
  mdt-wizard check                          the pathway here, else the one of the tool
  mdt-wizard check pathways/mine            a pathway of your own
  mdt-wizard check --deep --strict          the whole space of cases; warnings count
  mdt-wizard check --deep --format json
  mdt-wizard check --documents DIR          anchors and wording beside copies of the documents
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from wizard.engine.disorder import BudgetExceededError
from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.inputs import add_pathway_argument, folder_to_maintain
from wizard.messages import tell_read
from wizard.pathway.choosing import extended_by
from wizard.pathway.codes import Code
from wizard.pathway.load import is_shipped
from wizard.pathway.model import Pathway
from wizard.pathway.problems import FileErrors, printable
from wizard.report.as_json import printed
from wizard.report.moment import moment
from wizard.report.workbench import findings_data, findings_text, severity_counts
from wizard.workbench.checking import (
    document_findings,
    findings,
    read_whole,
)
from wizard.workbench.deep import deep_check
from wizard.workbench.findings import Finding, Severity
from wizard.workbench.sign_of_life import SignOfLife

ENDS: Final = {
    ExitCode.DONE: "nothing that is an error",
    **OF_A_PATHWAY,
    ExitCode.FOUND: "--strict, and there are warnings",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="pathway folders")
    add_pathway_argument(parser)
    parser.add_argument("--deep", action="store_true", help="search the whole space of cases")
    parser.add_argument("--strict", action="store_true", help="--deep, and exit 5 on warnings")
    parser.add_argument(
        "--documents", metavar="DIR", type=Path, help="hold anchors and wording against the copies"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print what is wrong with each pathway, or what was checked."""
    today = moment(os.environ).today
    deep = arguments.deep or arguments.strict
    if arguments.documents is not None and not arguments.documents.is_dir():
        raise WrongUsageError(f"{arguments.documents} is not a folder")
    found: list[Finding] = []
    data: list[dict[str, object]] = []
    for folder in _folders(arguments):
        shown, said, own = _examined(folder, arguments.documents, today, deep=deep)
        found += own
        if arguments.format == "json":
            data.append({"folder": str(folder), "summary": said, "findings": findings_data(own)})
            continue
        if len(arguments.paths) > 1:
            sys.stdout.write(f"{printable(str(folder))}:\n")
        sys.stdout.write(f"{shown}{said}\n" if said else shown)
        if extended_by(folder):
            sys.stdout.write(_base_told(folder))
    if arguments.format == "json":
        sys.stdout.write(printed({"schema": 1, "pathways": data}))
    severities = {one.severity for one in found}
    if Severity.ERROR in severities:
        return ExitCode.BAD_PATHWAY
    strict = arguments.strict and Severity.WARNING in severities
    return ExitCode.FOUND if strict else ExitCode.DONE


def _folders(arguments: argparse.Namespace) -> Iterator[Path]:
    """The folders to check, each told before it is read.  Raises WrongUsageError."""
    if arguments.paths and arguments.pathway is not None:
        raise WrongUsageError("name a pathway by PATH or by --pathway, not by both")
    if not arguments.paths:
        yield folder_to_maintain(arguments.pathway)
    for folder in arguments.paths:
        tell_read(str(folder), folder)
        yield folder


def _examined(
    folder: Path, copies: Path | None, today: date, *, deep: bool
) -> tuple[str, str, list[Finding]]:
    """What was found as text, what was checked ("" where it could not be), and the findings."""
    try:
        pathway, cases = read_whole(folder, shipped=is_shipped(folder))
        said = _counts(pathway, len(cases))
        found = list(findings(pathway, cases, folder))
        if copies is not None:
            found += document_findings(pathway, copies)
        if not deep:
            wrong = any(one.severity is not Severity.NOTE for one in found)
            verdict = severity_counts(found) if wrong else "nothing wrong"
            return findings_text(found), f"{said}: {verdict}", found
        with SignOfLife("check --deep") as step:
            found += deep_check(pathway, today, step)
    except FileErrors as errors:
        mistakes = [Finding(one.code, one.position, one.message) for one in errors.problems]
        return f"{errors}\n", "", mistakes
    except BudgetExceededError as error:
        mistake = Finding(Code.TOO_LARGE, error.position, error.message)
        return f"{error}\n", "", [mistake]
    return findings_text(found), f"{said}: {severity_counts(found)}", found


def _base_told(folder: Path) -> str:
    """What changed in the base that an overlay extends; "" where that is not known, or nothing."""
    from wizard.report.base_changes import base_changes_text  # noqa: PLC0415 - imported on first use
    from wizard.workbench.bases import base_changes  # noqa: PLC0415 - imported on first use

    with SignOfLife("check") as step, suppress(BudgetExceededError):
        if (found := base_changes(folder, step)) is not None:
            return base_changes_text(found)
    return ""


def _counts(pathway: Pathway, cases: int) -> str:
    numbers = {
        "factor": len(pathway.factors),
        "option": len(pathway.options),
        "statement": sum(len(option.statements) for option in pathway.options.values()),
        "alert": len(pathway.alerts),
        "claim": len(pathway.claims),
        "case": cases,
    }
    told = (f"{number} {one if number == 1 else f'{one}s'}" for one, number in numbers.items())
    return f"{pathway.id} {pathway.version}: {', '.join(told)}"
