"""What asks the query of cases by their masks: the same for every database, but for how it runs it.

Theory of operation.  Rows that allow the same are one case, and a case that was met lately is not
asked again; the others are handed to the database, which says of each one text, so that little goes
back and forth.  Only single answers have masks that are known beforehand; where a case names
several values, the query is made anew with the masks that were met.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from wizard.cohort.answering import Masks
from wizard.cohort.coding import masks_of
from wizard.cohort.query import Part, over_masks, query_of
from wizard.cohort.reaching import Sql
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import TooManyNodesError
from wizard.exits import WizardError

BETWEEN: Final = ","
"""What stands between the cells of what is said; ids and words of a status have none."""
MOST_COLUMNS: Final = 1_500
"""Of one layer of a query; engines take no more than some 1,600 or 2,000."""
_MOST_KNOWN: Final = 65_536


class LostRowsError(WizardError):
    """Rows went in that did not come out: the program is wrong, not the file."""


class Engine(ABC):
    """Asks the query of cases by their masks.

    `columns` are the names of what is said.  As a context it closes its database at the end.
    Raises TooManyNodesError where the pathway is too large for one query.
    """

    name: ClassVar[str]
    at_once: ClassVar[int]
    """Rows that are best worked on together; memory is in proportion to it."""
    apart: ClassVar[Sql] = ""
    """What ends a layer of the query, where the database must be told to work it out by itself."""

    def __init__(self, compiled: Compiled, parts: Iterable[Part]) -> None:
        self._compiled = compiled
        self._parts = tuple(parts)
        self._masks = {level: set(each) for level, each in masks_of(compiled.space).items()}
        self._known: dict[Masks, str] = {}
        self.variables = tuple(f"v{level}" for level in sorted(self._masks))
        self._prepare()

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def said(self, cases: Sequence[Masks]) -> list[str]:
        """What the query says of each case: its cells, with `BETWEEN` between them.

        Raises LostRowsError.
        """
        fresh = [case for case in dict.fromkeys(cases) if case not in self._known]
        if len(self._known) + len(fresh) > _MOST_KNOWN:
            self._known.clear()
            fresh = list(dict.fromkeys(cases))
        if fresh:
            self._meet(fresh)
            found = dict(self.asked(self._text, fresh))
            if len(found) != len(fresh):
                raise LostRowsError(f"{self.name} said {len(found)} of {len(fresh)} cases")
            self._known.update((case, found[number]) for number, case in enumerate(fresh))
        return [self._known[case] for case in cases]

    @abstractmethod
    def asked(self, query: Sql, cases: Sequence[Masks]) -> Iterable[tuple[int, str]]:
        """What a query over a table `l0` of these cases says; it has their numbers as `k`."""

    @abstractmethod
    def joined(self, names: Sequence[str]) -> Sql:
        """The columns as one text, with `BETWEEN` between them."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    def _prepare(self) -> None:
        query = query_of(self._compiled, self._parts, self._masks)
        if max((len(each.taken) + len(each.added) for each in query.layers), default=0) > (
            MOST_COLUMNS
        ):
            raise TooManyNodesError
        self.columns = tuple(query.outputs)
        inner = over_masks(query, "k", self.apart)
        self._text = f"SELECT k, {self.joined(self.columns)}\nFROM (\n{inner}\n) r"

    def _meet(self, cases: Sequence[Masks]) -> None:
        """Make the query anew where a case allows what the query does not know of."""
        met = zip(sorted(self._masks), zip(*cases, strict=True), strict=True)
        unmet = {level: own for level, each in met if (own := set(each) - self._masks[level])}
        for level, own in unmet.items():
            self._masks[level] |= own
        if unmet:
            self._prepare()
