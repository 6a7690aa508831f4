"""Write the pathway as one SQL query over a table of cases.

Prints a query that says of each row what `assess` says of a case: the status of every option, what
it still depends on, statements, aims, usual settings and alerts. Its column `error` names the
question whose answer the pathway does not know; of such a row nothing else is said. It is plain
SQL-92, for whatever engine holds the table. Its first lines name every column that the table must
have, and what may stand in it; all others pass through, in front. --have names those of a table
that lacks some.

examples:
  mdt-wizard export sql -o query.sql
  mdt-wizard export sql --table registry.cases --parts status,depends_on,errors
  mdt-wizard export sql --have COLUMN,COLUMN
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Final

from wizard.cohort.columns import columns_of
from wizard.cohort.query import Part, exported
from wizard.cohort.stamp import stamp
from wizard.engine.compiling import compile_pathway
from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.inputs import add_pathway_argument, pathway_for_a_case
from wizard.pathway.problems import check_names, listed, quoted
from wizard.private_files import write_private

ENDS: Final = {ExitCode.DONE: "the query was written", **OF_A_PATHWAY}
_TABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62}){0,3}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("what", metavar="WHAT", choices=("sql",), help="sql")
    parser.add_argument(
        "--parts",
        metavar="PARTS",
        default=",".join(Part),
        help=f"what the query says, by commas: {', '.join(Part)}; all of it if not told",
    )
    parser.add_argument("--table", metavar="NAME", default="cases", help="the table; else cases")
    parser.add_argument(
        "--have", metavar="COLUMNS", help="the columns that the table has, by commas; else all"
    )
    parser.add_argument("-o", dest="to", metavar="FILE", type=Path, help="the file to write")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    add_pathway_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write the query.

    Raises PathwayErrors, WrongUsageError, TooManyNodesError, BudgetExceededError, OSError.
    """
    parts = [each.strip() for each in arguments.parts.split(",")]
    unknown = [each for each in parts if each not in set(Part)]
    if unknown:
        raise WrongUsageError(
            f"--parts: there is no {quoted(unknown[0])}; there are {listed(Part)}"
        )
    if not _TABLE.fullmatch(arguments.table):
        raise WrongUsageError(
            f"--table: {quoted(arguments.table)} is not the name of a table: letters, digits and _,"
            " with a dot behind the name of its schema"
        )
    pathway = pathway_for_a_case(arguments.pathway)
    columns = columns_of(pathway)
    if arguments.have is not None:
        have = [each.strip() for each in arguments.have.split(",")]
        check_names(have, {column.name: column for column in columns}, "column")
        columns = tuple(column for column in columns if column.name in have)
    wanted = [part for part in Part if part in parts]
    query = exported(compile_pathway(pathway), arguments.table, wanted, columns)
    text = stamp(pathway, columns) + query
    if arguments.to is None:
        sys.stdout.write(text)
    else:
        try:
            write_private(arguments.to, text, replacing=arguments.force)
        except FileExistsError:
            raise WrongUsageError(
                f"{arguments.to} is there already; --force writes over it"
            ) from None
    return ExitCode.DONE
