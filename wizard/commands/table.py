"""Show an option's statements as a table for a spreadsheet, and take such a table back.

`export OPTION -o FILE` writes each way that describes the option as a row: a column for each
question, cells in labels (or ids, with --ids), an empty cell where a row does not ask. In a cell, ;
stands between answers of which one is enough, + between things that hold together, and `not` before
an answer that it is not. `import FILE --option OPTION` reads such a sheet back. It prints what is
wrong by sheet and cell, checks what would be written, shows the comparison, and asks before it
writes. Only what changed is written; comments elsewhere in the file stay. FILE ends in .csv, or in
.xlsx where the package openpyxl is installed.

examples:
  mdt-wizard table export OPTION -o rules.xlsx
  mdt-wizard table export OPTION --statement NAME --ids -o rules.csv
  mdt-wizard table import rules.xlsx --option OPTION
  mdt-wizard table import rules.csv --option OPTION --yes
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.inputs import add_pathway_argument, check_outside, folder_to_maintain
from wizard.pathway.load import is_shipped, load_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.problems import check_names, printable
from wizard.private_files import make_private_folder, write_private
from wizard.report.text import laid_out
from wizard.report.version_diff import comparison_report
from wizard.wording.text import counted
from wizard.workbench.checking import read_whole
from wizard.workbench.renaming import texts_of
from wizard.workbench.sheets import Sheet, read_sheet, sheet_bytes
from wizard.workbench.sign_of_life import SignOfLife
from wizard.workbench.table_checks import gaps, told_twice, within_others
from wizard.workbench.table_edits import has_unless, taken_back
from wizard.workbench.table_sheets import Row, rows_of, rule_rows, sheets_of
from wizard.workbench.version_diff import compare

ENDS: Final = {
    ExitCode.DONE: "the table was written, or taken back",
    **OF_A_PATHWAY,
    ExitCode.BAD_PATHWAY: "the sheet or the pathway does not check; nothing was written",
    ExitCode.FOUND: "it was not to be written",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("do", metavar="DO", choices=("export", "import"), help="export or import")
    parser.add_argument("what", metavar="OPTION|FILE", help="the option, or the sheet to read")
    parser.add_argument("-o", dest="to", metavar="FILE", type=Path, help="the sheet to write")
    parser.add_argument("--option", metavar="OPTION", help="the option that the sheet is of")
    parser.add_argument("--statement", metavar="STATEMENT", help="this statement alone")
    parser.add_argument("--ids", action="store_true", help="write ids in place of labels")
    parser.add_argument("--yes", action="store_true", help="take the sheet back without asking")
    add_pathway_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Write a table, or take one back.

    Raises PathwayErrors, WrongUsageError, SheetError, OSError, BudgetExceededError.
    """
    if arguments.do == "export":
        if arguments.to is None or arguments.option is not None or arguments.yes:
            raise WrongUsageError("write: mdt-wizard table export OPTION -o FILE")
        return _export(arguments)
    if arguments.option is None or arguments.to is not None or arguments.ids:
        raise WrongUsageError("write: mdt-wizard table import FILE --option OPTION")
    return _import(arguments)


def _export(arguments: argparse.Namespace) -> ExitCode:
    folder = folder_to_maintain(arguments.pathway)
    pathway = load_pathway(folder)
    check_names([arguments.what], pathway.options, "option")
    option = pathway.options[arguments.what]
    chosen = [arguments.statement] if arguments.statement else list(option.statements)
    check_names(chosen, option.statements, "statement")
    text = _option_text(folder, option.id)
    rules = {
        name: rule_rows(
            option.statements[name], pathway, unless=bool(text) and has_unless(text, name)
        )
        for name in chosen
    }
    sheets = sheets_of(option, rules, pathway, ids=arguments.ids)
    content = sheet_bytes(arguments.to, sheets)
    check_outside(arguments.to, folder)
    write_private(arguments.to, content)
    rows = counted(len(sheets[0].rows) - 1, "row")
    sys.stdout.write(f"{printable(str(arguments.to))}: {rows} of {option.id}\n")
    return ExitCode.DONE


def _option_text(folder: Path, option: str) -> str:
    """The file of an option; "" where an overlay leaves it to its base."""
    path = folder / "options" / f"{option}.yaml"
    return path.read_text("utf-8-sig") if path.exists() else ""


def _import(arguments: argparse.Namespace) -> ExitCode:
    folder = folder_to_maintain(arguments.pathway, written=True)
    pathway = load_pathway(folder)
    check_names([arguments.option], pathway.options, "option")
    option = pathway.options[arguments.option]
    if arguments.statement is not None:
        check_names([arguments.statement], option.statements, "statement")
    path = Path(arguments.what)
    sheet = read_sheet(path)
    rows, wrong = rows_of(sheet, option, pathway, arguments.statement)
    wrong = wrong or list(told_twice(rows, sheet, pathway.factors))
    if wrong:
        sys.stderr.writelines(printable(f"{path}: {each}") + "\n" for each in wrong)
        return ExitCode.BAD_PATHWAY
    text = _option_text(folder, option.id)
    after, changed = taken_back(text, option, pathway, rows)
    if not changed:
        sys.stdout.write(f"{printable(str(path))}: nothing changes\n")
        return ExitCode.DONE
    file = folder / "options" / f"{option.id}.yaml"
    _show(folder, pathway, (file, after), rows, sheet)
    if not arguments.yes and not _wanted():
        sys.stdout.write("nothing was written\n")
        return ExitCode.FOUND
    write_private(file.resolve(), after, replacing=True)
    sys.stdout.write(f"{printable(str(file))}: {', '.join(changed)}\n")
    return ExitCode.DONE


def _show(
    folder: Path, pathway: Pathway, file: tuple[Path, str], rows: Sequence[Row], sheet: Sheet
) -> None:
    """What would change, and what is odd about the rows.  Raises PathwayErrors."""
    texts = {**texts_of(folder), file[0].relative_to(folder).as_posix(): file[1]}
    with TemporaryDirectory(prefix="mdt-wizard-") as place, SignOfLife("table") as step:
        draft = Path(place)
        for name, text in texts.items():
            make_private_folder((draft / name).parent)
            write_private(draft / name, text)
        after, _ = read_whole(draft, shipped=is_shipped(folder))
        odd = [*within_others(rows, sheet, after), *gaps(rows, sheet, after.factors)]
        found = compare(pathway, after, ("the files", "the sheet"), (folder, draft), step)
    sys.stdout.write(laid_out(comparison_report(found)))
    sys.stdout.writelines(printable(f"note: {each}") + "\n" for each in odd)


def _wanted() -> bool:
    sys.stdout.write("Write it? y or n: ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
