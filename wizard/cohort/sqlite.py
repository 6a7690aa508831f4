"""The query, run by Python's own SQLite in memory: nothing has to be installed."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from wizard.cohort.answering import Masks
from wizard.cohort.engine import BETWEEN, Engine
from wizard.cohort.query import Part
from wizard.cohort.reaching import Sql
from wizard.engine.compiling import Compiled

_MOST_ARGUMENTS: Final = 60
"""Of one function; some builds of SQLite take no more than a hundred."""


class SqliteEngine(Engine):
    """Asks SQLite."""

    name = "SQLite"
    at_once = 8192
    apart = " LIMIT -1 OFFSET 0"
    """All rows: SQLite writes out no layer in another that ends so, nor puts its rows by."""

    def __init__(self, compiled: Compiled, parts: Iterable[Part]) -> None:
        super().__init__(compiled, parts)
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(f"CREATE TABLE l0 (k INTEGER, {', '.join(self.variables)})")

    def asked(self, query: Sql, cases: Sequence[Masks]) -> Iterable[tuple[int, str]]:
        """What the query says, through a table in memory."""
        marks = ", ".join("?" * (len(self.variables) + 1))
        self._connection.executemany(
            f"INSERT INTO l0 VALUES ({marks})",  # noqa: S608 - marks alone
            ((number, *case) for number, case in enumerate(cases)),
        )
        found = self._connection.execute(query).fetchall()
        self._connection.execute("DELETE FROM l0")
        return found

    def joined(self, names: Sequence[str]) -> Sql:
        """By printf, some columns at a time, which is faster than a chain of `||`."""
        parts = [names[at : at + _MOST_ARGUMENTS] for at in range(0, len(names), _MOST_ARGUMENTS)]
        return f" || '{BETWEEN}' || ".join(
            f"printf('{BETWEEN.join(['%s'] * len(part))}', {', '.join(part)})" for part in parts
        )

    def close(self) -> None:
        """Close the database."""
        self._connection.close()
