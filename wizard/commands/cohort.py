"""Say of every case of a table what the documents describe, and count it.

FILE is CSV with a header, or JSON Lines (a name that ends in .jsonl, or --input jsonl); - reads
standard input. Prints a summary: for how many cases each option is described, on which missing
answers the others hang, and which alerts there are. -o writes one row a case, in the same order:
its own columns in front, then what is said of it. A value that the pathway does not know makes its
row an error, never one of missing answers. `mdt-wizard export sql` lists the columns.

examples:
  mdt-wizard cohort cases.csv
  mdt-wizard cohort cases.csv -o assessed.csv --by year
  mdt-wizard cohort registry.csv --columns map.yaml --format json
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from wizard.cohort.mapping import ColumnMap, columns_in, own_columns, read_map
from wizard.cohort.running import (
    ERROR,
    Cohort,
    Layout,
    csv_cases,
    json_cases,
    run_csv,
    run_json,
    said_columns,
)
from wizard.cohort.tables import Lines, TableError, csv_line, header
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.exits import OF_A_CASE, ExitCode, WrongUsageError
from wizard.inputs import add_common_arguments, moment_of, pathway_for_a_case
from wizard.messages import tell
from wizard.pathway.problems import listed, nearest, quoted
from wizard.private_files import writing_private
from wizard.report import markdown, text
from wizard.report.cohort import Telling, cohort_json, cohort_report
from wizard.wording.text import counted
from wizard.workbench.sign_of_life import SignOfLife

ENDS: Final = {
    ExitCode.DONE: "every row was assessed",
    **OF_A_CASE,
    ExitCode.BAD_CASE: "some rows are in error; all others were assessed",
}
_JSON_LINES: Final = (".jsonl", ".ndjson")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("file", metavar="FILE", help="CSV or JSON Lines; - reads standard input")
    parser.add_argument("-o", dest="to", metavar="OUT", type=Path, help="write one row a case")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument("--input", choices=("csv", "jsonl"), help="what FILE is; else by its name")
    parser.add_argument("--delimiter", default=",", help="what stands between cells; else a comma")
    parser.add_argument("--by", metavar="COLUMN", help="count by the values of a column too")
    parser.add_argument(
        "--columns", metavar="MAP", type=Path, help="a registry's own names and codes"
    )
    parser.add_argument(
        "--small-numbers", action="store_true", help="tell numbers below five, which can identify"
    )
    add_common_arguments(parser, ("text", "json", "markdown"))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Assess every row, and print what was counted.

    Raises PathwayErrors, MapErrors, TableError, WrongUsageError, TooManyNodesError, OSError.
    """
    when = moment_of(arguments)
    delimiter = _delimiter(arguments.delimiter)
    if arguments.to is not None and arguments.to.exists() and not arguments.force:
        raise WrongUsageError(f"{arguments.to} is there already; --force writes over it")
    pathway = pathway_for_a_case(arguments.pathway)
    compiled = compile_pathway(pathway)
    known = own_columns(pathway)
    if arguments.columns is not None:
        known = read_map(arguments.columns, pathway, compiled.space)
    lines_of_json = _is_json_lines(arguments)
    name = "standard input" if arguments.file == "-" else arguments.file
    with (
        _input(arguments.file) as file,
        SignOfLife("assessing") as step,
        _output(arguments.to, force=arguments.force) as write,
    ):
        lines = Lines(file)
        if lines_of_json:
            cases = json_cases(lines, known, compiled, arguments.by)
            found = run_json(cases, compiled, write, step)
        else:
            layout = _layout(lines, name, known, delimiter, arguments.by)
            head = [*layout.names, *_added(layout, compiled)]
            write(csv_line(head, delimiter) + "\n")
            cases = csv_cases(lines, layout, compiled)
            found = run_csv(cases, compiled, delimiter, write, step)
    return _told(
        found, Telling(pathway, when, name, arguments.by, arguments.small_numbers), arguments
    )


# --- parts -----------------------------------------------------------------------------------


def _delimiter(given: str) -> str:
    delimiter = {"tab": "\t", "\\t": "\t"}.get(given, given)
    if len(delimiter) != 1 or delimiter in '"\r\n' or delimiter.isalnum():
        raise WrongUsageError(f"--delimiter: {quoted(given)} is not one sign such as ; or tab")
    return delimiter


def _is_json_lines(arguments: argparse.Namespace) -> bool:
    if arguments.input is not None:
        return bool(arguments.input == "jsonl")
    return Path(arguments.file).suffix.lower() in _JSON_LINES


@contextmanager
def _input(place: str) -> Iterator[BinaryIO]:
    if place == "-":
        yield sys.stdin.buffer
    elif Path(place).is_dir():
        raise TableError(f"{place}: this is a folder")
    else:
        with Path(place).open("rb") as file:
            yield file


@contextmanager
def _output(path: Path | None, *, force: bool) -> Iterator[Callable[[str], object]]:
    """What writes text to a file that has its name once all is written."""
    if path is None:
        yield lambda _text: None
        return
    try:
        with writing_private(path, replacing=force) as file:
            yield partial(_write, file)
    except FileExistsError:
        raise WrongUsageError(f"{path} is there already; --force writes over it") from None


def _write(file: BinaryIO, words: str) -> None:
    file.write(words.encode("utf-8", "surrogatepass"))


def _layout(lines: Lines, name: str, known: ColumnMap, delimiter: str, by: str | None) -> Layout:
    """The columns of a file, those that mean nothing here and those that it lacks told first."""
    names = header(lines, name, delimiter)
    columns, others, lacking = columns_in(names, known)
    if not any(columns):
        raise WrongUsageError(
            f"{name}:1: no column of the header is one of the pathway: {listed(others)}; "
            "`mdt-wizard export sql` lists these, --columns maps others"
        )
    for other in others:
        if near := nearest(other, known):
            tell(f"{name}: the column {quoted(other)} is not used; did you mean {near}?")
    if others:
        tell(f"{name}: passed through: {listed(others)}")
    if lacking:
        tell(f"{name}: not in the file, so not known of any case: {listed(lacking)}")
    if by is not None and by not in names:
        raise WrongUsageError(f"--by: there is no column {quoted(by)}; there are {listed(names)}")
    return Layout(names, columns, delimiter, by)


def _added(layout: Layout, compiled: Compiled) -> tuple[str, ...]:
    """The columns that are added, of which the file has none.  Raises WrongUsageError."""
    added = (*said_columns(compiled), ERROR)
    taken = [name for name in layout.names if name in added]
    if taken:
        raise WrongUsageError(
            f"the column {quoted(taken[0])} would stand twice in what is written; rename it"
        )
    return added


def _told(found: Cohort, telling: Telling, arguments: argparse.Namespace) -> ExitCode:
    """Print the summary, and say how many rows there were."""
    match arguments.format:
        case "json":
            data = cohort_json(found, telling)
            sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
        case "markdown":
            sys.stdout.write(markdown.laid_out(cohort_report(found, telling)))
        case _:
            sys.stdout.write(text.laid_out(cohort_report(found, telling)))
    wrong = found.whole.rows - found.whole.assessed
    tell(f"{counted(found.read, 'row')} in, {found.written:,} out, {wrong:,} in error; by SQLite")
    return ExitCode.BAD_CASE if wrong else ExitCode.DONE
