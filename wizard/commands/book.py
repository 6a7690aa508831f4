"""Write a whole pathway as one page for a browser, to read and to explore a case in.

The page is one HTML file that a colleague opens without installing anything, offline: it asks for
nothing and holds all of the pathway. A case is explored in it as in the wizard, from the same
decision diagrams; nothing that is answered leaves it or is kept. Prints what the page holds.

examples:
  mdt-wizard book -o pathway.html
  mdt-wizard book --pathway DIR -o pathway.html --force
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from wizard.engine.compiling import compile_pathway
from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.inputs import (
    add_day_argument,
    add_pathway_argument,
    check_outside,
    moment_of,
    pathway_to_maintain,
)
from wizard.pathway.problems import printable
from wizard.private_files import write_private
from wizard.report.book.page import page
from wizard.wording.text import counted

ENDS: Final = {ExitCode.DONE: "the page was written", **OF_A_PATHWAY}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "-o", metavar="FILE", dest="to", type=Path, required=True, help="the page to write"
    )
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    add_pathway_argument(parser)
    add_day_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the page.

    Raises PathwayErrors, TooLargeForAPageError, BudgetExceededError, WrongUsageError, OSError.
    """
    to: Path = arguments.to
    when = moment_of(arguments)
    pathway = pathway_to_maintain(arguments.pathway)
    check_outside(to, Path(pathway.folder))
    if to.exists() and not arguments.force:
        raise _taken(to)
    content = page(compile_pathway(pathway), when)
    try:
        write_private(to, content, replacing=arguments.force)
    except FileExistsError:
        raise _taken(to) from None
    holds = f"{counted(len(pathway.options), 'option')}, {counted(len(pathway.claims), 'claim')}"
    sys.stdout.write(f"{printable(str(to))}: {pathway.id} {pathway.version}, {holds}\n")
    return ExitCode.DONE


def _taken(to: Path) -> WrongUsageError:
    return WrongUsageError(f"{printable(str(to))} is there already; --force writes over it")
