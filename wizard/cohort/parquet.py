"""A Parquet file, read by DuckDB as the CSV that a person would write of it.

Theory of operation.  DuckDB says of each row one line, which goes the way of every line of CSV: so
there is one way to read a case, whatever it comes from.  NULL is an empty cell.  A number that is
whole is written without a point, also where its column has room for more (30, not 30.0 or 30.00);
any other as DuckDB writes it, a day as 2026-11-27, a truth as true or false.  What has no plain
number, such as NaN, stays a word, which the pathway does not know.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from glob import escape
from importlib import import_module
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, Final

from wizard.cohort.duck import connected
from wizard.cohort.engine import LostRowsError
from wizard.cohort.reaching import Sql
from wizard.cohort.tables import TableError, csv_line
from wizard.wording.text import clean

_AT_ONCE: Final = 8192
_READ: Final = "read_parquet(?, hive_partitioning = false)"
_WHOLE_BELOW: Final = {"DOUBLE": 10**15, "FLOAT": 10**7}
"""Below which a column of fractions tells every whole number from the next."""


@contextmanager
def parquet_as_csv(path: Path, delimiter: str) -> Iterator[BinaryIO]:
    """The lines of CSV that a Parquet file comes to, its header first.

    Raises TableError, also while it is read, and LostRowsError.
    """
    connection = connected()
    try:
        with BufferedReader(_Stream(_lines(connection, path, delimiter))) as file:
            yield file
    except import_module("duckdb").Error as error:
        what = clean(str(error).partition("\n")[0])
        raise TableError(f"{path}: this Parquet file cannot be read: {what}") from None
    finally:
        connection.close()


# --- parts -----------------------------------------------------------------------------------


class _Stream(RawIOBase):
    """Text, piece by piece, as a file."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what comes next; nothing at the end."""
        if not self._rest:
            self._rest = memoryview(next(self._pieces, "").encode())
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _lines(connection: Any, path: Path, delimiter: str) -> Iterator[str]:
    """The lines of a file, thousands at once."""
    place = [escape(str(path))]
    # What stands in these texts is made here, but for names of columns, which are quoted.
    described = connection.execute(f"DESCRIBE SELECT * FROM {_READ}", place).fetchall()  # noqa: S608
    (count,) = connection.execute(f"SELECT count(*) FROM {_READ}", place).fetchone()  # noqa: S608
    yield csv_line([name for name, *_ in described], delimiter) + "\n"
    cells = ", ".join(_cell(_text(name, kind), delimiter) for name, kind, *_ in described)
    found = connection.execute(f"SELECT concat_ws({_word(delimiter)}, {cells}) FROM {_READ}", place)  # noqa: S608
    read = 0
    while rows := found.fetchmany(_AT_ONCE):
        read += len(rows)
        yield "\n".join([line for (line,) in rows]) + "\n"
    if read != count:
        raise LostRowsError(f"{path}: {read:,} of {count:,} rows were read")


def _text(name: str, kind: str) -> Sql:
    """A value as a person would write it."""
    column = '"' + name.replace('"', '""') + '"'
    text = f"CAST({column} AS VARCHAR)"
    if kind in _WHOLE_BELOW:
        whole = f"{column} = trunc({column}) AND abs({column}) < {_WHOLE_BELOW[kind]}"
        return f"CASE WHEN {whole} THEN CAST(CAST({column} AS BIGINT) AS VARCHAR) ELSE {text} END"
    if kind.startswith("DECIMAL"):
        return (
            f"CASE WHEN contains({text}, '.') THEN rtrim(rtrim({text}, '0'), '.') ELSE {text} END"
        )
    return text


def _cell(text: Sql, delimiter: str) -> Sql:
    """A text as a cell: in quotes only where they are needed."""
    signs: Sequence[Sql] = (_word(delimiter), "'\"'", "chr(10)", "chr(13)")
    needed = " OR ".join(f"contains({text}, {sign})" for sign in signs)
    in_quotes = f"'\"' || replace({text}, '\"', '\"\"') || '\"'"
    return f"CASE WHEN {needed} THEN {in_quotes} ELSE coalesce({text}, '') END"


def _word(text: str) -> Sql:
    return "'" + text.replace("'", "''") + "'"
