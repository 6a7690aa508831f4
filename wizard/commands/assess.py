"""Say what the documents describe for a case.

Prints the whole assessment: what is described, possible and not described, each with its
sources, the alerts, the answers and the questions that are open; as text, as Markdown, or as
one JSON object.

CASE has `answers:`, each by the id of its question. What several things may hold of is a list
or a map: a list [a, b] is complete, and what it leaves out is absent; a map {a: present, b:
absent} is not, and what it leaves out is not known.

With --batch, FILE has one case a line (JSON Lines; - reads standard input), and each line that is
printed has the status of every option for one of them, in order, or what is wrong with it.

examples:
  mdt-wizard assess case.yaml
  mdt-wizard assess case.yaml --format markdown > case.md
  echo '{"answers": {}}' | mdt-wizard assess - --format json
  mdt-wizard assess --batch cases.jsonl > statuses.jsonl
"""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from wizard.engine.compiling import Compiled, compile_pathway
from wizard.exits import OF_A_CASE, ExitCode
from wizard.inputs import (
    add_case_argument,
    add_common_arguments,
    moment_of,
    pathway_for_a_case,
    situation_at,
)
from wizard.report.as_json import json_report
from wizard.report.markdown import markdown_report
from wizard.report.text import text_report

ENDS: Final = {
    ExitCode.DONE: "the assessment was printed",
    **OF_A_CASE,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    given = parser.add_mutually_exclusive_group(required=True)
    add_case_argument(given, nargs="?")
    given.add_argument("--batch", metavar="FILE", help="many cases, one a line; statuses alone")
    add_common_arguments(parser, ("text", "json", "markdown"))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the assessment of a case, or the statuses of many.

    Raises PathwayErrors, CaseErrors, OSError.
    """
    when = moment_of(arguments)
    pathway = pathway_for_a_case(arguments.pathway)
    if arguments.batch is not None:
        return _batch(arguments.batch, compile_pathway(pathway))
    case, now = situation_at(arguments.case, pathway, when)
    match arguments.format:
        case "json":
            sys.stdout.write(json_report(now, when, case.closed_lists))
        case "markdown":
            sys.stdout.write(markdown_report(now, when, case))
        case _:
            sys.stdout.write(text_report(now, when, case))
    return ExitCode.DONE


def _batch(place: str, compiled: Compiled) -> ExitCode:
    from wizard.report.batch import batch  # noqa: PLC0415 - imported on first use
    from wizard.workbench.sign_of_life import SignOfLife  # noqa: PLC0415 - imported on first use

    ending = ExitCode.DONE
    name = "standard input" if place == "-" else place
    with (
        SignOfLife("assessing") as step,
        nullcontext(sys.stdin.buffer) if place == "-" else Path(place).open("rb") as file,
    ):
        for told in batch(file, compiled, name):
            sys.stdout.write(f"{told.text}\n")
            step(f"line {told.line:,}")
            if not told.read:
                ending = ExitCode.BAD_CASE
    return ending
