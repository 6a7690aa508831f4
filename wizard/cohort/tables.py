"""The rows of a file, one case each: nothing is guessed, and no row is lost.

Comma-separated values (RFC 4180) have a header; what stands between the commas, in quotes and in
how many lines, is read as it is written.  A row that is broken, or has more or fewer cells than the
header, is told with its line, and the next begins on the next line: a quote that is never closed
takes no other row with it.  JSON Lines have one object a line: a case as a case file has it, or the
columns and their values.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import BinaryIO, Final

from wizard.exits import ExitCode, WizardError
from wizard.pathway.problems import quoted
from wizard.record import Record

MOST_BYTES: Final = 1_000_000
"""Of one row; a longer one is in error."""
_BLOCK: Final = 1 << 20
_MOST_OF_A_LETTER: Final = 4
"""Bytes that one letter takes."""
_MOST_LINES: Final = 1_000
"""Over which the cells of one row may go on."""
_BOM: Final = b"\xef\xbb\xbf"
PARQUET: Final = b"PAR1"
"""How a Parquet file begins."""
NEEDS_DUCKDB: Final = (
    "it is Parquet, which is read from a file, by the package duckdb: "
    "pip install 'mdt-wizard[cohort]'"
)
_ODD_BEGINNINGS: Final = {
    b"\x1f\x8b": "it is packed with gzip; unpack it",
    b"PK": "it is a zip file, as spreadsheets are; save it as CSV",
    b"\xff\xfe": "it is UTF-16; save it as UTF-8",
    b"\xfe\xff": "it is UTF-16; save it as UTF-8",
    PARQUET: NEEDS_DUCKDB,
}


class TableError(WizardError):
    """A file that cannot be taken for a table of cases at all."""

    code = ExitCode.UNUSABLE_FILE


class _TwiceError(ValueError):
    """A key that stands twice in one object."""


class Row(Record):
    """A row: the line on which it begins, and its cells; or what is wrong with it, cells as far as
    they can be told.
    """

    line: int
    cells: Sequence[str]
    problem: str = ""


class Lines:
    """The lines of a file with their numbers, which may be read again, or many at once.

    `rows` says how many rows were read so far.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._block = BytesIO()
        self._waiting: list[tuple[int, bytes]] = []
        self._count = 0
        self.rows = 0

    def next(self) -> tuple[int, bytes] | None:
        """The next line, cut where it is too long; None at the end."""
        if self._waiting:
            return self._waiting.pop()
        line = self._line()
        if not line:
            return None
        self._count += 1
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = self._line()
        return self._count, line

    def again(self, lines: Sequence[tuple[int, bytes]]) -> None:
        """Give these back, to be read next."""
        self._waiting.extend(reversed(lines))

    def block(self) -> bytes:
        """A block of whole lines, of which the last may be too long; nothing at the end."""
        data = self._file.read(_BLOCK)
        if data and not data.endswith(b"\n"):
            data += self._file.readline(MOST_BYTES + 1)
        self._block = BytesIO(data)
        return data

    def taken(self, count: int) -> None:
        """Note that the lines of the block were taken, each of them a row."""
        self._block = BytesIO()
        self._count += count
        self.rows += count

    @property
    def between_blocks(self) -> bool:
        """Whether no line of a block waits to be read."""
        return not self._waiting and self._block.tell() == len(self._block.getbuffer())

    def _line(self) -> bytes:
        line = self._block.readline(MOST_BYTES + 1)
        if line.endswith(b"\n") or len(line) > MOST_BYTES:
            return line
        return line + self._file.readline(MOST_BYTES + 1 - len(line))


def header(lines: Lines, name: str, delimiter: str) -> tuple[str, ...]:
    """The names of a file's columns.  Raises TableError."""
    first = lines.next()
    if first is None or not first[1].strip():
        raise TableError(f"{name}:1: there is no header: the first line names the columns")
    line = first[1].removeprefix(_BOM)
    if odd := _odd(line):
        raise TableError(f"{name}: {odd}")
    if b"\0" in line:
        raise TableError(f"{name}: this is not text; save it as CSV in UTF-8")
    row = _row(lines, (first[0], line), delimiter)
    if row.problem:
        raise TableError(f"{name}:1: the header cannot be read: {row.problem}")
    names = tuple(each.strip() for each in row.cells)
    twice = [each for n, each in enumerate(names) if each in names[:n]]
    if twice:
        raise TableError(f"{name}:1: the column {quoted(twice[0])} stands here twice")
    if "" in names:
        place = names.index("") + 1
        raise TableError(f"{name}:1: column {place} has no name")
    return names


def plain_rows(lines: Lines, width: int, delimiter: str) -> Sequence[str] | None:
    """The next rows, some thousands at once, where each of them is one line as it is written: none
    at the end of the file; None where one may be otherwise, for `rows` to tell.
    """
    data = lines.block()
    if not data:
        return ()
    if b'"' in data or b"\0" in data:
        return None
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    found = text.removesuffix("\n").split("\n")
    if "\r" in text or {line.count(delimiter) for line in found} != {width - 1}:
        return None
    if len(data) > MOST_BYTES and max(map(len, found)) > MOST_BYTES // _MOST_OF_A_LETTER:
        return None
    lines.taken(len(found))
    return found


def rows(lines: Lines, width: int, delimiter: str) -> Iterator[Row]:
    """The rows to the end of the block, or of the last that begins in it."""
    while not lines.between_blocks:
        first = lines.next()
        if first is None:
            return
        row = _row(lines, first, delimiter)
        if not row.problem and len(row.cells) != width:
            cells = "1 cell" if len(row.cells) == 1 else f"{len(row.cells)} cells"
            what = f"it has {cells}, and the header {width}"
            row = Row(row.line, row.cells, what)
        lines.rows += 1
        yield row


def json_lines(lines: Lines, name: str) -> Iterator[tuple[int, bytes, str]]:
    """Each line that is not blank: its number, its text, and what is wrong with it as such.

    Raises TableError where the file cannot be JSON.
    """
    while (found := lines.next()) is not None:
        number, data = found
        if number == 1:
            data = data.removeprefix(_BOM)
            if odd := _odd(data):
                raise TableError(f"{name}: {odd}")
        if not data.strip():
            continue
        lines.rows += 1
        yield number, data, _too_long(data)


def json_object(data: bytes) -> dict[str, object]:
    """The object of a line.  Raises ValueError with what is wrong."""
    try:
        entries = json.loads(data, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error.msg}, at letter {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("it is not JSON: too many lists or objects stand in each other") from None
    except _TwiceError as error:
        raise ValueError(f"it is not JSON: {error}") from None
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except ValueError:  # Python's own, of the digits that it reads
        raise ValueError("a number in it has too many digits") from None
    if not isinstance(entries, dict):
        raise ValueError("it is not an object { }")
    return entries


def csv_line(cells: Sequence[str], delimiter: str) -> str:
    """Cells as a line of a file, in quotes only where they are needed."""
    return delimiter.join([_cell(each, delimiter) for each in cells])


# --- parts -----------------------------------------------------------------------------------


def _row(lines: Lines, first: tuple[int, bytes], delimiter: str) -> Row:
    number, data = first
    if problem := _too_long(data) or ("it holds a NUL" if b"\0" in data else ""):
        return Row(number, (), problem)
    if b'"' in data:
        return _quoted_row(lines, first, delimiter)
    try:
        text = data.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        return Row(number, (), "it is not UTF-8")
    if "\r" in text:
        return Row(number, (), "a carriage return stands in it")
    return Row(number, text.split(delimiter))


def _quoted_row(lines: Lines, first: tuple[int, bytes], delimiter: str) -> Row:
    """A row with quotes, which may go on over lines; if it never ends, its first line alone."""
    number, data = first
    further: list[tuple[int, bytes]] = []
    whole = data
    while whole.count(b'"') % 2:
        more = lines.next() if len(further) < _MOST_LINES else None
        if more is None or len(whole) + len(more[1]) > MOST_BYTES:
            lines.again(further if more is None else [*further, more])
            return Row(number, (), "a quote is opened and not closed")
        further.append(more)
        whole += more[1]
    try:
        text = whole.decode()
        (cells,) = csv.reader([text], delimiter=delimiter, strict=True)
    except UnicodeDecodeError:
        problem = "it is not UTF-8"
    except (csv.Error, ValueError) as error:
        problem = f"its quotes do not fit: {error}"
    else:
        return Row(number, cells)
    lines.again(further)
    return Row(number, (), problem)


def _odd(beginning: bytes) -> str:
    """What a file is that begins like this, where it is not text."""
    return next((why for each, why in _ODD_BEGINNINGS.items() if beginning.startswith(each)), "")


def _too_long(data: bytes) -> str:
    return f"it is longer than {MOST_BYTES:,} bytes" if len(data) > MOST_BYTES else ""


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError("a key stands in it twice")
    return found


def _cell(text: str, delimiter: str) -> str:
    if delimiter in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
