"""Say of every case of a table what the documents describe, and count it.

FILE is CSV with a header, JSON Lines (a name that ends in .jsonl, or --input jsonl), or Parquet; -
reads standard input. Prints a summary: for how many cases each option is described, on which
missing answers the others hang, and which alerts there are. -o writes one row a case, in the same
order: its own columns in front, then what is said of it. A value that the pathway does not know
makes its row an error, never one of missing answers. `mdt-wizard export sql` lists the columns; a
cell may name several values, of which one holds: VALUE|VALUE (not in a table that the query reads).

FHIR R4 is read too: a Bundle of QuestionnaireResponses (a name that ends in .json, or --input fhir)
or one a line (JSON Lines), to the pathway's own questionnaire, or by --columns to somebody else's.
A row that is written of one has its place alone in front, and nothing of a person.

DuckDB asks where it is installed, else Python's own SQLite; both write the same bytes. Where a
pathway is too large for a query, its cases are worked out one by one, which takes longer. Parquet
needs DuckDB (pip install 'mdt-wizard[cohort]'), and comes out as CSV.

--columns reads a registry's own names and codes by a map in YAML, which --draft-map begins:
  columns:
    NAME: {is: COLUMN, values: {CODE: VALUE, "999": unknown}}

examples:
  mdt-wizard cohort cases.csv
  mdt-wizard cohort cases.csv -o assessed.csv --by year
  mdt-wizard cohort registry.csv --columns map.yaml --format html > summary.html
  mdt-wizard cohort bundle.json -o assessed.jsonl
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from wizard.cohort.engine import Engine, LostRowsError
from wizard.cohort.mapping import ColumnMap, RegistryMap, columns_in, own_columns, read_map
from wizard.cohort.reading import JsonLayout, Layout, csv_entries, json_entries
from wizard.cohort.running import ERROR, PARTS, Cohort, Output, assessed, csv_ending, json_ending
from wizard.cohort.sqlite import SqliteEngine
from wizard.cohort.tables import (
    NEEDS_DUCKDB,
    PARQUET,
    Lines,
    Row,
    TableError,
    csv_line,
    header,
    rows,
)
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.diagrams import TooManyNodesError
from wizard.exits import OF_A_CASE, ExitCode, WrongUsageError
from wizard.inputs import add_common_arguments, moment_of, pathway_for_a_case
from wizard.messages import tell
from wizard.pathway.problems import listed, nearest, quoted
from wizard.private_files import writing_private
from wizard.report import markdown
from wizard.report.cohort import Telling, cohort_json, cohort_report, cohort_text
from wizard.wording.text import counted
from wizard.workbench.sign_of_life import SignOfLife

if TYPE_CHECKING:
    from wizard.cohort.responses import ResponseRows

ENDS: Final = {
    ExitCode.DONE: "every row was assessed",
    **OF_A_CASE,
    ExitCode.BAD_CASE: "some rows are in error; all others were assessed",
}
_SIGNS: Final = {";": "';'", "\t": "tab", "|": "'|'", ",": "','"}
"""What stands between cells, and how it is told on the command line."""
_MOST_NAMES: Final = 10_000
"""Of the keys of JSON Lines that are told; memory is in proportion to them."""
_FORMS: Final = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "fhir"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="CSV, JSON Lines or Parquet; - reads standard input"
    )
    parser.add_argument("-o", dest="to", metavar="OUT", type=Path, help="write one row a case")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument(
        "--input", choices=("csv", "jsonl", "fhir"), help="what FILE is; else by its name"
    )
    parser.add_argument("--delimiter", default=",", help="what stands between cells; else a comma")
    parser.add_argument("--by", metavar="COLUMN", help="count by the values of a column too")
    parser.add_argument(
        "--columns", metavar="MAP", type=Path, help="a registry's own names and codes"
    )
    parser.add_argument(
        "--draft-map",
        action="store_true",
        help="print a first map of FILE's columns and codes, to be filled in, and nothing else",
    )
    parser.add_argument(
        "--small-numbers", action="store_true", help="tell numbers below five, which can identify"
    )
    parser.add_argument(
        "--engine",
        choices=("sqlite", "duckdb", "none"),
        help="what asks; else DuckDB where it is installed; none, case by case",
    )
    add_common_arguments(parser, ("text", "json", "markdown", "html"))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Assess every row, and print what was counted.

    Raises PathwayErrors, MapErrors, TableError, WrongUsageError, TooManyValuesError,
    OSError.
    """
    when = moment_of(arguments)
    delimiter = _delimiter(arguments.delimiter)
    if arguments.to is not None and arguments.to.exists() and not arguments.force:
        raise WrongUsageError(f"{arguments.to} is there already; --force writes over it")
    if arguments.to is not None and arguments.to.suffix.lower() == ".parquet":
        raise WrongUsageError("-o: what is written is CSV (JSON Lines of JSON Lines), not Parquet")
    if arguments.to is not None and _same(arguments.to, arguments.file):
        raise WrongUsageError(f"-o: {arguments.to} is the file that is read")
    pathway = pathway_for_a_case(arguments.pathway)
    compiled = compile_pathway(pathway)
    registry = None
    if arguments.columns is not None:
        registry = read_map(arguments.columns, pathway, compiled.space)
    known = own_columns(pathway) if registry is None else registry.columns
    if arguments.draft_map:
        return _draft(arguments, compiled, delimiter)
    form = _form(arguments)
    responses = None if form == "csv" else _responses(compiled, registry, arguments.by)
    name = "standard input" if arguments.file == "-" else arguments.file
    with (
        _opened(_engine(arguments.engine), compiled) as engine,
        _input(arguments.file, delimiter) as file,
        SignOfLife("assessing") as step,
        _output(arguments.to, force=arguments.force) as write,
    ):
        lines, named = Lines(file), dict[str, None]()
        added = (*engine.columns, ERROR)
        if responses is not None:
            if form == "fhir":
                entries = responses.document(file, name)
            else:
                note = partial(_note, named)
                of_lines = JsonLayout(name, known, arguments.by, added, responses.line, note)
                entries = json_entries(lines, of_lines, compiled)
            ending = json_ending(engine)
        else:
            layout = _layout(lines, name, known, delimiter, arguments.by)
            write(csv_line([*layout.names, *_free(added, layout)], delimiter) + "\n")
            entries = csv_entries(lines, layout, compiled)
            ending = csv_ending(engine, delimiter)
        found = assessed(entries, engine, pathway, Output(ending, write, step))
        read = responses.rows if responses is not None and form == "fhir" else lines.rows
        if not read == found.read == found.written:
            raise LostRowsError(f"{read:,} rows in, {found.read:,} assessed, {found.written:,} out")
    _tell_names(name, tuple(named), known)
    _tell_no_groups(name, found, arguments.by)
    for line in responses.lines if responses is not None else ():
        tell(f"{name}: {line}")
    telling = Telling(pathway, when, name, arguments.by, arguments.small_numbers)
    return _told(found, telling, arguments, engine)


def _draft(arguments: argparse.Namespace, compiled: Compiled, delimiter: str) -> ExitCode:
    """Print a first map of a file's columns.  Raises TableError, WrongUsageError, OSError."""
    if _form(arguments) != "csv" or arguments.to is not None or arguments.columns is not None:
        raise WrongUsageError("--draft-map: of a table with a header, without -o and --columns")
    draft_map = import_module("wizard.cohort.drafting").draft_map
    with _input(arguments.file, delimiter) as file:
        lines = Lines(file)
        names = header(lines, arguments.file, delimiter)
        every = _rows(lines, len(names), delimiter)
        sys.stdout.write(draft_map(names, every, compiled.pathway, compiled.space))
    return ExitCode.DONE


# --- parts -----------------------------------------------------------------------------------


def _rows(lines: Lines, width: int, delimiter: str) -> Iterator[Row]:
    """All rows behind the header."""
    while lines.block():
        yield from rows(lines, width, delimiter)


def _opened(engine: type[Engine], compiled: Compiled) -> Engine:
    """The engine, or none where the pathway is too large for a query."""
    mark = len(compiled.diagrams)
    try:
        return engine(compiled, PARTS)
    except TooManyNodesError:
        compiled.diagrams.forget(mark)
        tell("the pathway is too large for one query: its cases are worked out one by one")
        return _engine("none")(compiled, PARTS)


def _engine(wanted: str | None) -> type[Engine]:
    """The engine that is wanted, else DuckDB where it is.  Raises WrongUsageError."""
    if wanted == "none":
        none: type[Engine] = import_module("wizard.cohort.direct").DirectEngine
        return none
    if wanted != "sqlite" and find_spec("duckdb") is not None:
        found: type[Engine] = import_module("wizard.cohort.duck").DuckEngine
        return found
    if wanted == "duckdb":
        raise WrongUsageError(
            "--engine: the package duckdb is not installed: pip install 'mdt-wizard[cohort]'"
        )
    return SqliteEngine


def _same(to: Path, place: str) -> bool:
    """Whether what is written would take the place of what is read."""
    return place != "-" and to.exists() and Path(place).exists() and to.samefile(place)


def _delimiter(given: str) -> str:
    delimiter = {"tab": "\t", "\\t": "\t"}.get(given, given)
    if len(delimiter) != 1 or delimiter in '"\r\n' or delimiter.isalnum():
        raise WrongUsageError(f"--delimiter: {quoted(given)} is not one sign such as ; or tab")
    return delimiter


def _form(arguments: argparse.Namespace) -> str:
    """What the file is: as it is told, else by its name."""
    if arguments.input is not None:
        return str(arguments.input)
    return _FORMS.get(Path(arguments.file).suffix.lower(), "csv")


def _responses(compiled: Compiled, registry: RegistryMap | None, by: str | None) -> "ResponseRows":
    """What reads responses of FHIR.  Raises MapErrors."""
    from wizard.cohort.responses import ResponseRows

    return ResponseRows(compiled, registry, by)


@contextmanager
def _input(place: str, delimiter: str) -> Iterator[BinaryIO]:
    """A file of lines; a Parquet file is the lines that it comes to."""
    if place == "-":
        yield sys.stdin.buffer
        return
    path = Path(place)
    if path.is_dir():
        raise TableError(f"{place}: this is a folder")
    with path.open("rb") as file:
        if not path.is_file() or file.peek(len(PARQUET))[: len(PARQUET)] != PARQUET:
            yield file
            return
    if find_spec("duckdb") is None:
        raise TableError(f"{place}: {NEEDS_DUCKDB}")
    with import_module("wizard.cohort.parquet").parquet_as_csv(path, delimiter) as lines:
        yield lines


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
    columns, others = columns_in(names, known)
    if not any(columns):
        raise WrongUsageError(
            f"{name}:1: no column of the header is one of the pathway: {listed(others)}; "
            f"{_advice(names)}"
        )
    _tell_names(name, names, known)
    if by is not None and by not in names:
        raise WrongUsageError(f"--by: there is no column {quoted(by)}; there are {listed(names)}")
    return Layout(names, columns, delimiter, by)


def _note(named: dict[str, None], names: Iterable[str]) -> None:
    """Note the names in a row, as far as anybody reads them."""
    if len(named) < _MOST_NAMES:
        named.update(dict.fromkeys(names))


def _tell_names(name: str, names: Sequence[str], known: ColumnMap) -> None:
    """Tell which columns of a file mean nothing here, and which it lacks, if it has any."""
    if not names:
        return
    others = [each for each in names if each not in known]
    for other in others:
        if near := nearest(other, known):
            tell(f"{name}: the column {quoted(other)} is not used; did you mean {near}?")
    if others:
        tell(f"{name}: passed through: {listed(others)}")
    mapped = (each for each, what in known.items() if each != what.column.name)
    if gone := [each for each in mapped if each not in names]:
        tell(f"{name}: named by the map, but not in the file: {listed(gone)}")
    found = {known[each].column for each in names if each in known}
    lacking = dict.fromkeys(each.column.name for each in known.values() if each.column not in found)
    if lacking:
        tell(f"{name}: not in the file, so not known of any case: {listed(tuple(lacking))}")


def _tell_no_groups(name: str, found: Cohort, by: str | None) -> None:
    """Tell where no row has anything to count it by."""
    if by is not None and set(found.groups) == {""}:
        tell(f"{name}: --by: no row has a value of {quoted(by)}")


def _advice(names: Sequence[str]) -> str:
    """What to do about a header in which the pathway knows no column."""
    for sign, told in _SIGNS.items():
        if len(names) == 1 and sign in names[0]:
            return f"is --delimiter {told} missing?"
    return "`mdt-wizard export sql` lists these, --columns maps others, --draft-map begins a map"


def _free(added: Sequence[str], layout: Layout) -> Sequence[str]:
    """The columns that are added, of which the file has none.  Raises WrongUsageError."""
    taken = [name for name in layout.names if name in added]
    if taken:
        raise WrongUsageError(
            f"the column {quoted(taken[0])} would stand twice in what is written; rename it"
        )
    return added


def _told(
    found: Cohort, telling: Telling, arguments: argparse.Namespace, engine: Engine
) -> ExitCode:
    """Print the summary, and say how many rows there were."""
    match arguments.format:
        case "json":
            data = cohort_json(found, telling)
            sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
        case "markdown":
            sys.stdout.write(markdown.laid_out(cohort_report(found, telling)))
        case "html":
            as_page = import_module("wizard.report.cohort_html").cohort_html
            sys.stdout.write(as_page(found, telling))
        case _:
            sys.stdout.write(cohort_text(found, telling))
    wrong = found.whole.rows - found.whole.assessed
    rows = f"{counted(found.read, 'row')} in, {found.written:,} out, {wrong:,} in error"
    tell(f"{rows}; by {engine.name}")
    return ExitCode.BAD_CASE if wrong else ExitCode.DONE
