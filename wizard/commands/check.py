"""Check pathway folders and their regression cases.

Prints every mistake as FILE:LINE:COLUMN, or one line that says what was checked.

examples:
  mdt-wizard check                          the pathway that came with the tool
  mdt-wizard check pathways/mine            a pathway of your own
"""

import argparse
import sys
from pathlib import Path

from wizard.case.files import read_regression_cases
from wizard.exits import ExitCode
from wizard.pathway.finding import is_shipped, shipped_folder
from wizard.pathway.folder import take_snapshot
from wizard.pathway.model import Pathway
from wizard.pathway.problems import FileErrors, printable
from wizard.pathway.reading import read_snapshot
from wizard.reasoning.compiling import BudgetExceededError, compile_pathway


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="pathway folders")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print what is wrong with each pathway, or what was checked."""
    code = ExitCode.DONE
    for folder in arguments.paths or [shipped_folder()]:
        if len(arguments.paths) > 1:
            sys.stdout.write(f"{printable(str(folder))}:\n")
        try:
            said = _checked(folder)
        except (FileErrors, BudgetExceededError) as error:
            code = ExitCode.BAD_PATHWAY
            said = str(error)
        sys.stdout.write(f"{said}\n")
    return code


def _checked(folder: Path) -> str:
    """What was checked.  Raises PathwayErrors, BudgetExceededError, CaseErrors."""
    pathway = read_snapshot(take_snapshot(folder), shipped=is_shipped(folder))
    compile_pathway(pathway)
    cases = read_regression_cases(folder / "cases", pathway)
    return f"{_counts(pathway)}, {len(cases)} cases: nothing wrong"


def _counts(pathway: Pathway) -> str:
    statements = sum(len(option.statements) for option in pathway.options.values())
    return (
        f"{pathway.id} {pathway.version}: {len(pathway.factors)} factors, "
        f"{len(pathway.options)} options, {statements} statements, {len(pathway.alerts)} alerts, "
        f"{len(pathway.claims)} claims"
    )
