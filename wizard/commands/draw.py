"""Draw decision trees as pictures.

Prints the trees of options and of shared trees, without a name those of every option: as an SVG
image, light or dark as its reader has it, or in the words of Mermaid or Graphviz. With a case, the
way that it takes is lit, and the ways that it may take are told apart from those that it cannot.

examples:
  mdt-wizard draw OPTION > option.svg
  mdt-wizard draw OPTION --case case.yaml > option.svg
  mdt-wizard draw --format mermaid > pathway.mmd
"""

import argparse
import sys
from typing import Final

from wizard.case.answers import NO_ANSWERS
from wizard.exits import OF_A_CASE, ExitCode
from wizard.inputs import (
    add_common_arguments,
    moment_of,
    pathway_for_a_case,
    pathway_to_maintain,
    situation_at,
)
from wizard.kept_functions import compiled_once
from wizard.pathway.problems import check_names
from wizard.reasoning.situation import situation
from wizard.report import graphs, svg
from wizard.report.drawing import drawings

ENDS: Final = {ExitCode.DONE: "the drawing was printed", **OF_A_CASE}

_FORMS: Final = {"svg": svg.laid_out, "mermaid": graphs.mermaid, "dot": graphs.dot}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "names", metavar="NAME", nargs="*", help="the id of an option or of a shared tree"
    )
    parser.add_argument("--case", metavar="CASE", help="a case file, YAML or JSON; - reads it")
    add_common_arguments(parser, tuple(_FORMS))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the drawing.  Raises PathwayErrors, CaseErrors, WrongUsageError, OSError."""
    when = moment_of(arguments)
    if arguments.case is None:
        pathway = pathway_to_maintain(arguments.pathway)
        now = situation(compiled_once(pathway), NO_ANSWERS, when.today)
    else:
        pathway = pathway_for_a_case(arguments.pathway)
        _case, now = situation_at(arguments.case, pathway, when)
    check_names(arguments.names, (*pathway.options, *pathway.shared), "option or shared tree")
    drawn = drawings(now, arguments.names, of_a_case=arguments.case is not None)
    sys.stdout.write(_FORMS[arguments.format](drawn))
    return ExitCode.DONE
