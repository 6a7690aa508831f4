"""The query, run by Python's own SQLite over masks.

Theory of operation.  Rows are worked on some thousands at a time.  Those that allow the same are
one case, and a case that was met lately is not asked again; the others go into a table in memory,
of which the query is asked.  Only single answers have masks that are known beforehand; where a case
names several values, the query is made anew with the masks that were met.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from wizard.cohort.answering import Masks
from wizard.cohort.coding import masks_of
from wizard.cohort.query import Part, over_masks, query_of
from wizard.engine.compiling import Compiled

AT_ONCE: Final = 8192
"""Rows that are worked on together; memory is in proportion to it."""
_MOST_KNOWN: Final = 4 * AT_ONCE

Said = tuple[str, ...]
"""What the columns say of one case."""


class SqliteCohort:
    """Asks the query of cases by their masks.

    `columns` are the names of what is said.  As a context it closes its database at the end.
    Raises TooManyNodesError.
    """

    def __init__(self, compiled: Compiled, parts: Iterable[Part]) -> None:
        self._compiled = compiled
        self._parts = tuple(parts)
        self._masks = {level: set(each) for level, each in masks_of(compiled.space).items()}
        self._levels = tuple(sorted(self._masks))
        self._known: dict[Masks, Said] = {}
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            f"CREATE TABLE l0 (k INTEGER, {', '.join(f'v{level}' for level in self._levels)})"
        )
        self._prepare()

    def __enter__(self) -> "SqliteCohort":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def _prepare(self) -> None:
        query = query_of(self._compiled, self._parts, self._masks)
        self.columns = tuple(query.outputs)
        self._text = over_masks(query, "k")

    def said(self, cases: Sequence[Masks]) -> list[Said]:
        """What the query says of each case."""
        fresh = [case for case in dict.fromkeys(cases) if case not in self._known]
        if len(self._known) + len(fresh) > _MOST_KNOWN:
            self._known.clear()
            fresh = list(dict.fromkeys(cases))
        if fresh:
            self._ask(fresh)
        return [self._known[case] for case in cases]

    def _ask(self, fresh: Sequence[Masks]) -> None:
        unmet = False
        for level, met in zip(self._levels, map(set, zip(*fresh, strict=True)), strict=True):
            if not met <= self._masks[level]:
                self._masks[level] |= met
                unmet = True
        if unmet:
            self._prepare()
        marks = ", ".join("?" * (len(self._levels) + 1))
        # The text is made of column names, numbers and ids of the pathway alone.
        self._connection.executemany(
            f"INSERT INTO l0 VALUES ({marks})",  # noqa: S608
            ((number, *case) for number, case in enumerate(fresh)),
        )
        for number, *said in self._connection.execute(self._text):
            self._known[fresh[number]] = tuple(said)
        self._connection.execute("DELETE FROM l0")
