"""What the query says, worked out case by case, for pathways that are too large for one query.

Cost.  What an assessment of the case takes, some milliseconds in a large pathway.
"""

from collections.abc import Iterable, Iterator, Sequence

from wizard.cohort.answering import Masks
from wizard.cohort.columns import identifier
from wizard.cohort.engine import BETWEEN, Engine
from wizard.cohort.query import Part
from wizard.cohort.reaching import Sql
from wizard.engine.compiling import Compiled
from wizard.engine.restriction import Restriction
from wizard.pathway.model import Status
from wizard.reasoning.showing import shown_alerts, status


class DirectEngine(Engine):
    """Asks nobody."""

    name = "the wizard"
    at_once = 512

    def __init__(self, compiled: Compiled, parts: Iterable[Part]) -> None:
        super().__init__(compiled, parts)
        self._allowed: dict[int, tuple[int, ...]] = {}

    def asked(
        self,
        query: Sql,  # noqa: ARG002 - there is none
        cases: Sequence[Masks],
    ) -> Iterator[tuple[int, str]]:
        """What is said of each case."""
        for number, case in enumerate(cases):
            allowed = tuple(map(self._values, case))
            yield number, BETWEEN.join(self._cells(Restriction(self._compiled.diagrams, allowed)))

    def joined(self, names: Sequence[str]) -> Sql:
        """There is no query."""
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is open."""

    def _prepare(self) -> None:
        self._text = ""
        options, alerts = self._compiled.options, self._compiled.alerts
        self.columns = (
            *(identifier("status", option) for option in options),
            *(identifier("alert", alert) for alert in alerts),
            *(identifier("depends_on", option) for option in options),
        )

    def _values(self, mask: int) -> tuple[int, ...]:
        """The values of a mask."""
        found = self._allowed.get(mask)
        if found is None:
            values = range(mask.bit_length())
            found = self._allowed[mask] = tuple(value for value in values if mask >> value & 1)
        return found

    def _cells(self, view: Restriction) -> Iterator[str]:
        compiled = self._compiled
        statuses = {option: status(view, node) for option, node in compiled.options.items()}
        shown = shown_alerts(compiled, view, statuses)
        yield from statuses.values()
        yield from (shown.get(alert, "") for alert in compiled.alerts)
        for option, node in compiled.options.items():
            is_open = statuses[option] is Status.POSSIBLE
            levels = view.depends(node) if is_open else 0
            yield "|".join(compiled.space.factors_of(levels))
