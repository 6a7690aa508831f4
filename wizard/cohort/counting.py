"""What is counted of many cases: for how many an option is described, on what the others hang.

Counts are added up as rows go by, so that memory does not grow with them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from wizard.cohort.columns import identifier
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.assessment import AlertState
from wizard.record import Record

SMALL: Final = 5
"""Fewer than this can identify people."""


class Missing(Record):
    """A question that is not fully answered: in how many cases an option hangs on it, and how many
    options in all of these together.
    """

    cases: int
    options: int


class Counts(Record):
    """What is counted of some rows.

    `rows` are all of them, `broken` those that cannot be read, `errors` by factor those with a
    value that the pathway does not know; nothing else is counted of either.  `statuses` are by
    option, `missing` by factor in the order of the walk, `alerts` by alert.
    """

    rows: int
    broken: int
    errors: Mapping[str, int]
    statuses: Mapping[str, Mapping[Status, int]]
    missing: Mapping[str, Missing]
    alerts: Mapping[str, Mapping[AlertState, int]]

    @property
    def assessed(self) -> int:
        """The rows of which something is said."""
        return self.rows - self.broken - sum(self.errors.values())


class Tally:
    """Counts of rows so far; `columns` are those of which `add` is given what they say."""

    def __init__(self, pathway: Pathway, columns: Sequence[str]) -> None:
        self._pathway = pathway
        place = {name: n for n, name in enumerate(columns)}
        self._status = {o: place[identifier("status", o)] for o in pathway.options}
        self._depends = [place[identifier("depends_on", o)] for o in pathway.options]
        self._alert = {a: place[identifier("alert", a)] for a in pathway.alerts}
        self._said: list[Counter[str]] = [Counter() for _ in columns]
        self._cases: Counter[str] = Counter()
        self._options: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._broken = 0
        self._rows = 0

    def add(self, said: Sequence[tuple[str, ...]]) -> None:
        """Count rows of which this is said."""
        self._rows += len(said)
        for counter, column in zip(self._said, zip(*said, strict=True), strict=False):
            counter.update(column)
        open_ = Counter(tuple([each[n] for n in self._depends if each[n]]) for each in said)
        for hanging, times in open_.items():
            own = Counter(factor for each in hanging for factor in each.split("|"))
            for factor, options in own.items():
                self._cases[factor] += times
                self._options[factor] += times * options

    def add_error(self, factor: str | None) -> None:
        """Count a row with a value that the pathway does not know; None: one that is broken."""
        self._rows += 1
        if factor is None:
            self._broken += 1
        else:
            self._errors[factor] += 1

    def counts(self) -> Counts:
        """What was counted so far."""
        factors = self._pathway.factors
        return Counts(
            rows=self._rows,
            broken=self._broken,
            errors={f: self._errors[f] for f in (*factors, *self._errors) if self._errors[f]},
            statuses={
                option: {status: self._said[place][status.value] for status in Status}
                for option, place in self._status.items()
            },
            missing={
                factor: Missing(self._cases[factor], self._options[factor])
                for factor in factors
                if self._cases[factor]
            },
            alerts={
                alert: {state: self._said[place][state.value] for state in AlertState}
                for alert, place in self._alert.items()
            },
        )
