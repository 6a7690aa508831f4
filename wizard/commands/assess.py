"""Say what the documents describe for a case.

examples:
  mdt-wizard assess case.yaml
  mdt-wizard assess case.yaml --format markdown > case.md
  echo '{"answers": {}}' | mdt-wizard assess - --format json
"""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from wizard.case.files import Case, read_case
from wizard.exits import ExitCode
from wizard.pathway.content import MAX_BYTES
from wizard.pathway.finding import load_pathway
from wizard.pathway.model import Pathway
from wizard.reasoning.compiling import compile_pathway
from wizard.report.as_json import json_report
from wizard.report.markdown import markdown_report
from wizard.report.moment import MomentError, moment
from wizard.report.text import text_report
from wizard.wording.situation import situation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("case", metavar="CASE", help="a case file, YAML or JSON; - reads it here")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    parser.add_argument("--pathway", metavar="DIR", type=Path, help="a pathway of your own")
    parser.add_argument(
        "--today", metavar="DATE", type=_date, help="the day on which documents are current"
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the assessment of a case.  Raises PathwayErrors, CaseErrors."""
    try:
        when = moment(os.environ, arguments.today)
    except MomentError as error:
        sys.stderr.write(f"mdt-wizard: {error}\n")
        return ExitCode.WRONG_USAGE
    pathway = load_pathway(arguments.pathway)
    case = _case(arguments.case, pathway)
    now = situation(compile_pathway(pathway), case.answers, when.today)
    match arguments.format:
        case "json":
            sys.stdout.write(json_report(now, when))
        case "markdown":
            sys.stdout.write(markdown_report(now, when, case.title))
        case _:
            sys.stdout.write(text_report(now, when, case.title))
    return ExitCode.DONE


def _case(place: str, pathway: Pathway) -> Case:
    if place == "-":
        return read_case(sys.stdin.buffer.read(MAX_BYTES + 1), pathway, "standard input")
    return read_case(Path(place), pathway)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no date; one like 2026-11-21 was expected"
        raise argparse.ArgumentTypeError(message) from None
