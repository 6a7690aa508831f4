"""A sheet of cells, as CSV or as an Excel file, written and read.  Every cell is text.

Excel takes a cell that begins with `=`, `+`, `-` or `@` for a formula.  Such text is written behind
an apostrophe, which is how Excel itself marks text, and read without it.
"""

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from wizard.exits import ExitCode, WizardError, WrongUsageError
from wizard.pathway.format.content import MAX_BYTES
from wizard.record import Record

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIXES: Final = (".csv", ".xlsx")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MOST_ROWS: Final = 5_000
_MOST_COLUMNS: Final = 500
_TOO_LARGE: Final = f"it has more than {_MOST_ROWS} rows or {_MOST_COLUMNS} columns"
_MOST_UNPACKED: Final = 16 * MAX_BYTES
_WIDEST: Final = 40


class SheetError(WizardError):
    """A file that is not a sheet, or has cells that cannot be taken for text."""

    code = ExitCode.BAD_PATHWAY


class Sheet(Record):
    """The cells of a sheet by row and column; the one of a CSV file has no `name`.

    `wrong` are cells that cannot be read, each with what is wrong.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    wrong: tuple[str, ...] = ()

    def cell(self, row: int, column: int) -> str:
        """The name of a cell, counted from 0: `Sheet1!C4`."""
        sheet = f"{self.name}!" if self.name else ""
        return f"{sheet}{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """A column, counted from 0, as sheets name it: A, B ... Z, AA."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


# --- written ---------------------------------------------------------------------------------


def sheet_bytes(path: Path, sheets: Sequence[Sheet]) -> bytes:
    """Sheets as a file of the kind that the name ends in; a CSV file has the first alone.

    Raises WrongUsageError for another kind, and where an Excel file needs what is not installed.
    """
    if _kind(path) == ".csv":
        text = StringIO(newline="")
        # All in quotes: else a ; in a cell could be taken for what parts the cells.
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows([inert(each) for each in row] for row in sheets[0].rows)
        return text.getvalue().encode("utf-8-sig")  # by its mark Excel knows that it is UTF-8
    return _excel_bytes(sheets)


def inert(text: str) -> str:
    """Text that a spreadsheet shows and does not work out."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _excel_bytes(sheets: Sequence[Sheet]) -> bytes:
    _needs_openpyxl()
    from openpyxl import Workbook  # an extra
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.remove(book.worksheets[0])
    for each in sheets:
        page = book.create_sheet(each.name[:31])
        for number, row in enumerate(each.rows, 1):
            for column, text in enumerate(row, 1):
                cell = page.cell(number, column)
                cell.value = inert(text) or None
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        page.freeze_panes = "A2"
        for column, texts in enumerate(zip(*each.rows, strict=True)):
            width = max(map(len, texts), default=0) + 2
            page.column_dimensions[letters(column)].width = min(width, _WIDEST)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


# --- read ------------------------------------------------------------------------------------


def read_sheet(path: Path) -> Sheet:
    """The first sheet of a file.

    Raises SheetError where it is not one, WrongUsageError for another kind of file, OSError.
    """
    kind = _kind(path)
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SheetError(f"{path}: the file is larger than 8 MiB")
    sheet = _of_csv(path, data) if kind == ".csv" else _of_excel(path, data)
    if len(sheet.rows) > _MOST_ROWS or any(len(row) > _MOST_COLUMNS for row in sheet.rows):
        raise SheetError(f"{path}: {_TOO_LARGE}")
    return sheet


def _kind(path: Path) -> str:
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        raise WrongUsageError(f"{path}: a name that ends in .csv or .xlsx was expected")
    return kind


def _of_csv(path: Path, data: bytes) -> Sheet:
    """Commas, semicolons or tabs part the cells: those that make most columns of the first line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError(f'{path}: it is not UTF-8; save it as "CSV UTF-8"') from None
    if "\0" in text:
        raise SheetError(f"{path}: it is not a CSV file")
    found: list[list[list[str]]] = []
    problem = ""
    for mark in ",;\t":
        try:
            found.append(list(csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)))
        except csv.Error as error:
            problem = problem or str(error)
    if not found:
        raise SheetError(f"{path}: it is not a CSV file: {problem}")
    rows = max(found, key=_columns)
    return Sheet("", tuple(tuple(_bare(each) for each in row) for row in rows))


def _columns(rows: list[list[str]]) -> tuple[int, bool]:
    return len(rows[0]) if rows else 0, len({len(row) for row in rows if row}) == 1


def _bare(text: str) -> str:
    """A cell's text without the apostrophe that keeps it from being a formula."""
    found = text.strip()
    return found[1:] if found.startswith("'") and found[1:].startswith(_FORMULA) else found


def _of_excel(path: Path, data: bytes) -> Sheet:
    _needs_openpyxl()
    from openpyxl import load_workbook  # an extra
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _MOST_UNPACKED:
                raise SheetError(f"{path}: unpacked it is too large")
        with catch_warnings():
            simplefilter("ignore")  # of what it leaves out, such as drawings
            book = load_workbook(BytesIO(data))
        pages = book.worksheets
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError):
        raise SheetError(f"{path}: it is not an Excel file (.xlsx)") from None
    if not pages:
        raise SheetError(f"{path}: it has no sheet")
    return _of_page(pages[0])


def _of_page(page: "Worksheet") -> Sheet:
    name = page.title
    rows: list[tuple[str, ...]] = []
    wrong: list[str] = [
        f"{name}!{str(each).partition(':')[0]}: these cells are merged ({each}); "
        "write the answer into each of them"
        for each in page.merged_cells.ranges
    ]
    if page.max_row > _MOST_ROWS or page.max_column > _MOST_COLUMNS:
        raise SheetError(f"{name}: {_TOO_LARGE}")
    for row in page.iter_rows():
        rows.append(tuple(_text(cell) for cell in row))
        wrong += [f"{name}!{cell.coordinate}: {what}" for cell in row for what in _unreadable(cell)]
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(name, tuple(rows), tuple(wrong))


def _text(cell: "Cell | MergedCell") -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _bare(str(value))


def _unreadable(cell: "Cell | MergedCell") -> Iterator[str]:
    kind = getattr(cell, "data_type", "n")
    if kind == "f":
        yield "a formula stands here; write what it comes to"
    elif kind == "e":
        yield f"an error stands here ({cell.value})"
    elif kind == "d":
        yield "Excel has taken this for a date; make the cell text and write it again"
    elif kind == "b":
        yield "Excel has taken this for true or false; make the cell text and write it again"


def _needs_openpyxl() -> None:
    """Raise WrongUsageError where Excel files cannot be read or written here."""
    from importlib.util import find_spec  # only Excel files need it

    if find_spec("openpyxl") is None:
        raise WrongUsageError(
            "an Excel file needs the package openpyxl; `pip install openpyxl` installs it, and a "
            ".csv file does without"
        )
