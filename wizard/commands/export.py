"""Write the pathway for other systems: as one SQL query, or as a FHIR questionnaire.

`export sql` prints a query that says of each row what `assess` says of a case: the status of every
option, what it still depends on, statements, aims, usual settings and alerts. Its column `error`
names the question whose answer the pathway does not know; of such a row nothing else is said. It is
plain SQL-92, for whatever engine holds the table. Its first lines name every column that the table
must have, and what may stand in it (one value, never VALUE|VALUE as `cohort` takes it); all others
pass through, in front. --have names those of a table that lacks some.

`export fhir` prints the pathway's questions as a Questionnaire of FHIR R4, in JSON, with codes of
their own. What it cannot say is told on standard error, and stands in it. --concept-map names a
ConceptMap with the codes that a site has for the same: they stand behind the pathway's own.

examples:
  mdt-wizard export sql -o query.sql
  mdt-wizard export sql --table registry.cases --parts status,depends_on,errors
  mdt-wizard export sql --have COLUMN,COLUMN
  mdt-wizard export fhir -o questionnaire.json
  mdt-wizard export fhir --concept-map codes.json
"""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Final

from wizard.cohort.columns import columns_of
from wizard.cohort.query import Part, exported
from wizard.cohort.stamp import stamp
from wizard.engine.compiling import compile_pathway
from wizard.engine.diagrams import TooManyNodesError
from wizard.exits import OF_A_PATHWAY, ExitCode, WizardError, WrongUsageError
from wizard.inputs import add_pathway_argument, pathway_for_a_case
from wizard.messages import tell
from wizard.pathway.problems import check_names, listed, quoted
from wizard.private_files import write_private

ENDS: Final = {ExitCode.DONE: "it was written", **OF_A_PATHWAY}
_NAME: Final = r'([A-Za-z_]\w{0,62}|"[^"\x00-\x1f\x7f]{1,255}"|`[^`\x00-\x1f\x7f]{1,255}`)'
_TABLE: Final = re.compile(rf"{_NAME}(\.{_NAME}){{0,3}}", re.ASCII)
_STEP: Final = re.compile(r"l[0-9]+")
"""The names that the query has for its own steps."""


class TooLargeForAQueryError(WizardError):
    """A pathway that no single query can say all of."""

    code = ExitCode.BAD_PATHWAY

    def __init__(self, *, depends_on: bool) -> None:
        if depends_on:
            others = ",".join(part for part in Part if part is not Part.DEPENDS_ON)
            instead = f"without what each option depends on it may fit: --parts {others}"
        else:
            instead = "`mdt-wizard cohort` works its cases out one by one"
        super().__init__(f"the pathway is too large for one query; {instead}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("what", metavar="WHAT", choices=("sql", "fhir"), help="sql or fhir")
    parser.add_argument(
        "--parts",
        metavar="PARTS",
        help=f"what the query says, by commas: {', '.join(Part)}; all of it if not told",
    )
    parser.add_argument("--table", metavar="NAME", help="the table of the query; else cases")
    parser.add_argument(
        "--have", metavar="COLUMNS", help="the columns that the table has, by commas; else all"
    )
    parser.add_argument(
        "--concept-map", metavar="MAP", type=Path, help="a ConceptMap with a site's own codes"
    )
    parser.add_argument("-o", dest="to", metavar="FILE", type=Path, help="the file to write")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    add_pathway_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the query or the questionnaire.

    Raises PathwayErrors, WrongUsageError, TooLargeForAQueryError, TooManyValuesError,
    BudgetExceededError, OSError.
    """
    _check_options(arguments)
    made = _query(arguments) if arguments.what == "sql" else _questionnaire(arguments)
    if arguments.to is None:
        sys.stdout.write(made)
    else:
        try:
            write_private(arguments.to, made, replacing=arguments.force)
        except FileExistsError:
            raise WrongUsageError(
                f"{arguments.to} is there already; --force writes over it"
            ) from None
    return ExitCode.DONE


def _check_options(arguments: argparse.Namespace) -> None:
    """Raise WrongUsageError for an option that belongs to something else."""
    others = {"sql": ("concept_map",), "fhir": ("parts", "table", "have")}[arguments.what]
    for name in others:
        if getattr(arguments, name) is not None:
            option = f"--{name.replace('_', '-')}"
            raise WrongUsageError(f"{option} does not belong to `export {arguments.what}`")


def _query(arguments: argparse.Namespace) -> str:
    wanted = ",".join(Part) if arguments.parts is None else arguments.parts
    parts = [each.strip() for each in wanted.split(",")]
    unknown = [each for each in parts if each not in set(Part)]
    if unknown:
        raise WrongUsageError(
            f"--parts: there is no {quoted(unknown[0])}; there are {listed(Part)}"
        )
    table = "cases" if arguments.table is None else arguments.table
    if not _TABLE.fullmatch(table):
        raise WrongUsageError(
            f"--table: {quoted(table)} is not the name of a table: letters, digits and _, or quoted"
            ' as in "a-b" or `a-b`, with a dot behind the name of its schema'
        )
    if _STEP.fullmatch(table.lower().strip('"`')):
        raise WrongUsageError(f"--table: {quoted(table)} is the name of a step of the query")
    pathway = pathway_for_a_case(arguments.pathway)
    columns = columns_of(pathway)
    if arguments.have is not None:
        have = [each.strip() for each in arguments.have.split(",")]
        check_names(have, {column.name: column for column in columns}, "column")
        columns = tuple(column for column in columns if column.name in have)
    try:
        query = exported(
            compile_pathway(pathway), table, [part for part in Part if part in parts], columns
        )
    except TooManyNodesError:
        raise TooLargeForAQueryError(depends_on=Part.DEPENDS_ON in parts) from None
    return stamp(pathway, columns) + query


def _questionnaire(arguments: argparse.Namespace) -> str:
    # Imported on first use: a query needs none of it.
    from wizard.fhir.concept_map import read_concept_map
    from wizard.fhir.questionnaire import questionnaire

    pathway = pathway_for_a_case(arguments.pathway)
    site = (
        None if arguments.concept_map is None else read_concept_map(arguments.concept_map, pathway)
    )
    made, unsaid = questionnaire(pathway, site.codings if site else {})
    for each in unsaid:
        tell(each.about(pathway))
    if site is not None:
        for line in site.told():
            tell(f"{arguments.concept_map}: {line}")
    return json.dumps(made, indent=2) + "\n"
