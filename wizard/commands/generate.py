"""Write a small set of short cases that reaches all of a pathway.

Prints the names of the files. Together they take every branch, and every statement, aim and alert
shows; no case can be left out. A case has six answers at most, where the rules allow it. Each file
holds answers and, in comments, what the pathway says of them now; a person has to confirm that
before `mdt-wizard test` takes the file.

examples:
  mdt-wizard generate new-cases
  mdt-wizard generate new-cases --pathway pathways/mine
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from wizard.exits import OF_A_PATHWAY, ExitCode
from wizard.inputs import add_pathway_argument, check_outside, pathway_to_maintain
from wizard.kept_functions import compiled_once
from wizard.pathway.position import Position
from wizard.pathway.problems import printable
from wizard.private_files import make_private_folder
from wizard.wording.text import counted, joined
from wizard.workbench.generating import generate
from wizard.workbench.sign_of_life import SignOfLife
from wizard.workbench.stubs import free_names, stub_text, write_stub

ENDS: Final = {
    ExitCode.DONE: "the cases were written",
    **OF_A_PATHWAY,
}


_MOST: Final = 4
"""Places that are named of what a case alone reaches."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, help="the pathway's cases, or a place outside it"
    )
    add_pathway_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the cases and name them.

    Raises PathwayErrors, WrongUsageError, BudgetExceededError, OSError.
    """
    pathway = pathway_to_maintain(arguments.pathway)
    home = Path(pathway.folder)
    if arguments.folder.resolve() != (home / "cases").resolve():
        check_outside(arguments.folder, home)
    with SignOfLife("generate") as step:
        found = generate(pathway, step)
    compiled = compiled_once(pathway)
    make_private_folder(arguments.folder)
    names = free_names(arguments.folder, "generated")
    for number, case in enumerate(found, 1):
        title = f"Generated case {number} of {len(found)}"
        why = [f"Of its set, it alone reaches {_places(case.alone)}"]
        written = write_stub(names, stub_text(compiled, case.answers, title, why))
        sys.stdout.write(f"{printable(str(written))}\n")
    sys.stdout.write(f"{counted(len(found), 'case')}; each waits for someone to confirm it\n")
    return ExitCode.DONE


def _places(alone: tuple[Position, ...]) -> str:
    places = tuple(dict.fromkeys(map(str, alone)))
    more = [f"{len(places) - _MOST} more"] if len(places) > _MOST else []
    return joined([*places[:_MOST], *more])
