"""Show two cases side by side: answers, options and alerts, with the differences marked.

Prints what differs, then both cases line by line. The notices of every report follow; an
emergency stands before all.

examples:
  mdt-wizard compare before.yaml after.yaml
  mdt-wizard compare before.yaml - --format json < after.yaml
"""

import argparse
import sys
from typing import Final

from wizard.case.files import Case
from wizard.exits import OF_A_CASE, ExitCode, WrongUsageError
from wizard.inputs import (
    add_case_argument,
    add_common_arguments,
    case_at,
    moment_of,
    pathway_for_a_case,
)
from wizard.kept_functions import compiled_once
from wizard.reasoning.case_diff import compare_cases
from wizard.reasoning.situation import situation
from wizard.report.as_json import printed
from wizard.report.explanation import comparison_report
from wizard.report.explanation_json import comparison_data
from wizard.report.text import laid_out

ENDS: Final = {
    ExitCode.DONE: "nothing shown differs",
    **OF_A_CASE,
    ExitCode.FOUND: "something differs",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_case_argument(parser, "before")
    add_case_argument(parser, "after")
    add_common_arguments(parser, ("text", "json"))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print two cases side by side.  Raises PathwayErrors, CaseErrors."""
    when = moment_of(arguments)
    if arguments.before == arguments.after == "-":
        raise WrongUsageError("only one of the two cases can come from standard input")
    pathway = pathway_for_a_case(arguments.pathway)
    first, second = case_at(arguments.before, pathway), case_at(arguments.after, pathway)
    compiled = compiled_once(pathway)
    before = situation(compiled, first.answers, when.today)
    after = situation(compiled, second.answers, when.today)
    found = compare_cases(compiled, first.answers, second.answers)
    if arguments.format == "json":
        sys.stdout.write(printed(comparison_data(before, after, when, found)))
    else:
        names = _name(arguments.before, first), _name(arguments.after, second)
        sys.stdout.write(laid_out(comparison_report(before, after, when, found, names)))
    return ExitCode.FOUND if found.answers or found.moved else ExitCode.DONE


def _name(place: str, case: Case) -> str:
    where = "standard input" if place == "-" else place
    return f"{case.title} ({where})" if case.title else where
