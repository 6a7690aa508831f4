"""Say what the documents describe for a case.

Prints the whole assessment: what is described, possible and not described, each with its
sources, the alerts, the answers and the questions that are open; as text, as Markdown, as a page
of HTML to print or to show, with the trees that the case goes through, as one JSON object, or as a
GuidanceResponse of FHIR R4 with the answers in it.

CASE has `answers:`, each by the id of its question. What several things may hold of is a list
or a map: a list [a, b] is complete, and what it leaves out is absent; a map {a: present, b:
absent} is not, and what it leaves out is not known.

CASE may also be a FHIR R4 QuestionnaireResponse in JSON, or a Bundle of one: to the pathway's own
questionnaire, or with --columns to somebody else's, whose items and codes MAP says in the words of
the pathway.

With --batch, FILE has one case a line (JSON Lines; - reads standard input), and each line that is
printed has the status of every option for one of them, in order, or what is wrong with it.

examples:
  mdt-wizard assess case.yaml
  mdt-wizard assess case.yaml --format markdown > case.md
  mdt-wizard assess case.yaml --format html > case.html
  echo '{"answers": {}}' | mdt-wizard assess - --format json
  mdt-wizard assess --batch cases.jsonl > statuses.jsonl
"""

import argparse
import json
import sys
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Final

from wizard.case.answers import Answers
from wizard.case.files import CaseErrors
from wizard.engine.compiling import Compiled
from wizard.exits import OF_A_CASE, ExitCode, WrongUsageError
from wizard.inputs import (
    add_case_argument,
    add_common_arguments,
    moment_of,
    pathway_for_a_case,
    situation_at,
)
from wizard.kept_functions import compiled_once

ENDS: Final = {
    ExitCode.DONE: "the assessment was printed",
    **OF_A_CASE,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    given = parser.add_mutually_exclusive_group(required=True)
    add_case_argument(given, nargs="?")
    given.add_argument("--batch", metavar="FILE", help="many cases, one a line; statuses alone")
    parser.add_argument(
        "--columns", metavar="MAP", type=Path, help="what the answers of a FHIR response are here"
    )
    add_common_arguments(parser, ("text", "json", "markdown", "html", "fhir"))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the assessment of a case, or the statuses of many.

    Raises PathwayErrors, CaseErrors, MapErrors, WrongUsageError, OSError.
    """
    if arguments.batch is not None and arguments.format == "fhir":
        raise WrongUsageError("--batch prints statuses alone, which is not --format fhir")
    when = moment_of(arguments)
    pathway = pathway_for_a_case(arguments.pathway)
    if arguments.batch is not None:
        if arguments.columns is not None:
            raise WrongUsageError("--columns: `mdt-wizard cohort` reads many responses by a map")
        return _batch(arguments.batch, compiled_once(pathway))
    case, now = situation_at(arguments.case, pathway, when, arguments.columns)
    match arguments.format:
        case "json":
            from wizard.report.as_json import json_report

            sys.stdout.write(json_report(now, when, case.closed_lists, case.decisions))
        case "markdown":
            from wizard.report.markdown import markdown_report

            sys.stdout.write(markdown_report(now, when, case))
        case "html":
            from wizard.report.html import html_report

            sys.stdout.write(html_report(now, when, case))
        case "fhir":
            from wizard.report.as_fhir import fhir_report

            sys.stdout.write(fhir_report(now, when))
        case _:
            from wizard.report.text import text_report

            sys.stdout.write(text_report(now, when, case))
    return ExitCode.DONE


def _batch(place: str, compiled: Compiled) -> ExitCode:
    """Each case of a file with the status of each option, or with what is wrong, in order.

    Holds as many lines at once as are worked on together, however long the file is.
    """
    from wizard.case.lines import read_lines
    from wizard.reasoning.bulk import AT_ONCE, statuses_of_many
    from wizard.workbench.sign_of_life import SignOfLife

    ending = ExitCode.DONE
    name = "standard input" if place == "-" else place
    with (
        SignOfLife("assessing") as step,
        nullcontext(sys.stdin.buffer) if place == "-" else Path(place).open("rb") as file,
    ):
        lines = read_lines(file, compiled.pathway, name)
        while chunk := list(islice(lines, AT_ONCE)):
            cases = [case for _, case in chunk if isinstance(case, Answers)]
            statuses = statuses_of_many(compiled, cases)
            for number, case in chunk:
                said: dict[str, object] = {"line": number}
                if isinstance(case, CaseErrors):
                    ending = ExitCode.BAD_CASE
                    said["problems"] = case.lines()
                else:
                    said["statuses"] = dict(next(statuses))
                sys.stdout.write(f"{json.dumps(said)}\n")
                step(f"line {number:,}")
    return ending
