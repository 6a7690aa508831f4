"""Say what the documents describe for a case.

examples:
  mdt-wizard assess case.yaml
  mdt-wizard assess case.yaml --format markdown > case.md
  echo '{"answers": {}}' | mdt-wizard assess - --format json
"""

import argparse
import sys

from wizard.exits import ExitCode
from wizard.inputs import (
    add_case_argument,
    add_common_arguments,
    case_at,
    moment_of,
    pathway_for_a_case,
)
from wizard.reasoning.compiling import compile_pathway
from wizard.report.as_json import json_report
from wizard.report.markdown import markdown_report
from wizard.report.text import text_report
from wizard.wording.situation import situation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_case_argument(parser)
    add_common_arguments(parser, ("text", "json", "markdown"))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the assessment of a case.  Raises PathwayErrors, CaseErrors."""
    when = moment_of(arguments)
    pathway = pathway_for_a_case(arguments.pathway)
    case = case_at(arguments.case, pathway)
    now = situation(compile_pathway(pathway), case.answers, when.today)
    match arguments.format:
        case "json":
            sys.stdout.write(json_report(now, when))
        case "markdown":
            sys.stdout.write(markdown_report(now, when, case.title))
        case _:
            sys.stdout.write(text_report(now, when, case.title))
    return ExitCode.DONE
