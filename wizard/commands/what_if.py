"""Say what the documents would describe if an answer of a case were another.

Prints for each other answer what would be shown differently. Without FACTOR: for every question
that is answered. The notices of every report follow; an emergency stands before all.

examples:
  mdt-wizard what-if case.yaml
  mdt-wizard what-if case.yaml FACTOR
  mdt-wizard what-if case.yaml --format json
"""

import argparse
import sys
from typing import Final

from wizard.exits import OF_A_CASE, ExitCode
from wizard.inputs import (
    add_case_argument,
    add_common_arguments,
    moment_of,
    pathway_for_a_case,
    situation_at,
)
from wizard.pathway.problems import check_names
from wizard.reasoning.what_if import what_if, whole_case

ENDS: Final = {
    ExitCode.DONE: "the alternatives were printed",
    **OF_A_CASE,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_case_argument(parser)
    parser.add_argument("factor", metavar="FACTOR", nargs="?", help="the id of a question")
    add_common_arguments(parser, ("text", "json"))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the alternatives.  Raises PathwayErrors, CaseErrors."""
    when = moment_of(arguments)
    pathway = pathway_for_a_case(arguments.pathway)
    if arguments.factor:
        check_names([arguments.factor], pathway.factors, "factor")
    _case, now = situation_at(arguments.case, pathway, when)
    if arguments.factor:
        found = [what_if(now.compiled, now.answers, arguments.factor, now.assessment)]
    else:
        found = list(whole_case(now.compiled, now.answers, now.assessment))
    if arguments.format == "json":
        from wizard.report.as_json import printed
        from wizard.report.explanation_json import what_if_data

        sys.stdout.write(printed(what_if_data(now, when, found)))
    else:
        from wizard.report.explanation import what_if_report
        from wizard.report.text import laid_out

        sys.stdout.write(laid_out(what_if_report(now, when, found)))
    return ExitCode.DONE
