"""Say why an option is described for a case or not, and what would change it.

Prints the reasons, the nearest statements that do not match and the nearest other answers, with
their sources. Without OPTION: what can be concluded yet, what to find out first, where the
documents agree. The notices of every report follow; an emergency stands before all.

examples:
  mdt-wizard explain case.yaml OPTION
  mdt-wizard explain case.yaml OPTION --release FACTOR     a fact may be another one
  mdt-wizard explain case.yaml --format json
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
from wizard.reasoning.explanation import OptionExplanation
from wizard.reasoning.situation import Situation
from wizard.report.moment import Moment

ENDS: Final = {
    ExitCode.DONE: "the explanation was printed",
    **OF_A_CASE,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_case_argument(parser)
    parser.add_argument("option", metavar="OPTION", nargs="?", help="the id of an option")
    parser.add_argument(
        "--release",
        metavar="FACTOR",
        action="append",
        default=[],
        help="let a fact that cannot change be another one where changes are looked for",
    )
    add_common_arguments(parser, ("text", "json"))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the explanation.  Raises PathwayErrors, CaseErrors."""
    when = moment_of(arguments)
    pathway = pathway_for_a_case(arguments.pathway)
    names = [arguments.option] if arguments.option else []
    check_names(names, pathway.options, "option")
    check_names(arguments.release, pathway.factors, "factor")
    _case, now = situation_at(arguments.case, pathway, when)
    as_json = arguments.format == "json"
    chosen = now.explained.option(arguments.option, arguments.release) if arguments.option else None
    sys.stdout.write((_data if as_json else _text)(now, when, chosen))
    return ExitCode.DONE


def _data(now: Situation, when: Moment, chosen: OptionExplanation | None) -> str:
    """The explanation of an option, or of the case, as JSON."""
    from wizard.report import explanation_json
    from wizard.report.as_json import printed

    if chosen is None:
        return printed(explanation_json.case_explanation_data(now, when))
    return printed(explanation_json.option_explanation_data(now, when, chosen))


def _text(now: Situation, when: Moment, chosen: OptionExplanation | None) -> str:
    """The same as text."""
    from wizard.report import explanation
    from wizard.report.text import laid_out

    if chosen is None:
        return laid_out(explanation.case_explanation(now, when))
    return laid_out(explanation.option_explanation(now, when, chosen))
