"""Watch the files of a pathway, and say after every save how they stand.

Prints three lines: the first mistake that the check finds or that there is none, how the cases come
out, and what moved since the last commit. It goes on until it is interrupted (ctrl-c).

examples:
  mdt-wizard watch                          the pathway here
  mdt-wizard watch pathways/mine
"""

import argparse
import sys
from datetime import datetime
from typing import Final

from wizard.exits import OF_A_PATHWAY, ExitCode
from wizard.inputs import add_pathway_argument, folder_to_maintain
from wizard.pathway.problems import printable
from wizard.workbench.standing import standing
from wizard.workbench.watching import saves

ENDS: Final = {ExitCode.DONE: "it was interrupted", **OF_A_PATHWAY}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("folder", metavar="DIR", nargs="?", help="the folder of a pathway")
    add_pathway_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print how the files stand, again and again.  Raises PathwayErrors, OSError."""
    folder = folder_to_maintain(arguments.folder or arguments.pathway)
    try:
        for _ in saves(folder):
            for line in standing(folder):
                sys.stdout.write(f"{datetime.now():%H:%M:%S} {printable(line)}\n")
            sys.stdout.flush()
    except KeyboardInterrupt:
        pass
    return ExitCode.DONE
