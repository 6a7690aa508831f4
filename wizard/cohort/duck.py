"""The query, run by DuckDB in memory, where the package duckdb is installed.

Theory of operation.  Reading, values, counting and writing are the same for every engine, so that
all give the same bytes; DuckDB is asked what SQLite is asked, of many more cases at once, since it
plans a query anew each time.  Its optimizers are told to leave the layers of the query as they are:
a column of a layer is used in several places, and what is written out in each of them grows with
the paths of the diagrams (two minutes for a large pathway, and half a second as it is).
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from itertools import chain
from typing import Any, Final

from wizard.cohort.answering import Masks
from wizard.cohort.engine import BETWEEN, Engine
from wizard.cohort.query import Part
from wizard.cohort.reaching import Sql
from wizard.engine.compiling import Compiled

_ALONE: Final = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
"""Nothing is fetched from anywhere."""


def connected() -> Any:
    """A database in memory, which asks for nothing outside this machine."""
    return import_module("duckdb").connect(":memory:", config=_ALONE)


def leave_layers(connection: Any) -> None:
    """Let a query run as it is written: to plan it takes longer than most answers."""
    every = connection.execute("SELECT name FROM duckdb_optimizers()").fetchall()
    needless = ",".join(name for (name,) in every)
    connection.execute(f"SET disabled_optimizers = '{needless}'")


class DuckEngine(Engine):
    """Asks DuckDB."""

    name = "DuckDB"
    at_once = 65_536

    def __init__(self, compiled: Compiled, parts: Iterable[Part]) -> None:
        super().__init__(compiled, parts)
        self._connection = connected()
        leave_layers(self._connection)
        columns = ", ".join(f"{name} BIGINT" for name in self.variables)
        self._connection.execute(f"CREATE TABLE l0 (k INTEGER, {columns})")

    def asked(self, query: Sql, cases: Sequence[Masks]) -> Iterable[tuple[int, str]]:
        """What the query says, through a table in memory, which is filled from one text."""
        words = {mask: str(mask) for mask in set(chain.from_iterable(cases))}
        text = "\n".join([",".join(map(words.__getitem__, case)) for case in cases])
        masks = ", ".join(f"masks[{place}]" for place in range(1, len(self.variables) + 1))
        self._connection.execute(
            f"INSERT INTO l0 SELECT n - 1, {masks} FROM ("  # noqa: S608 - names and numbers alone
            "SELECT string_split(line, ',')::BIGINT[] AS masks, n FROM ("
            "SELECT unnest(lines) AS line, generate_subscripts(lines, 1) AS n FROM ("
            "SELECT string_split(?, chr(10)) AS lines)))",
            [text],
        )
        found: list[tuple[int, str]] = self._connection.execute(query).fetchall()
        self._connection.execute("DELETE FROM l0")
        return found

    def joined(self, names: Sequence[str]) -> Sql:
        """By the function that is made for it; none of the columns is ever NULL."""
        return f"concat_ws('{BETWEEN}', {', '.join(names)})"

    def close(self) -> None:
        """Close the database."""
        self._connection.close()
