"""What is counted of many cases: for how many an option is described, on what the others hang.

Counts are added up as rows go by, so that memory does not grow with them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final

from wizard.cohort.columns import identifier
from wizard.cohort.engine import BETWEEN
from wizard.exits import WrongUsageError
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.assessment import AlertState
from wizard.record import Record

_AT_ONCE: Final = 1024
"""Texts that are taken apart together; memory is in proportion to it."""
MOST_GROUPS: Final = 2_000
"""More are no summary; memory is in proportion to them."""


class Missing(Record):
    """A question that is not fully answered: in how many cases an option hangs on it, and how many
    options in all of these together.

    `settled_cases` and `settled_options` count those that hang on nothing else: once the question
    is answered in full, such an option is settled, whatever the answer is.
    """

    cases: int
    options: int
    settled_cases: int = 0
    settled_options: int = 0


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
        self._said = {n: Counter[str]() for n in (*self._status.values(), *self._alert.values())}
        self._cases: Counter[str] = Counter()
        self._options: Counter[str] = Counter()
        self._settled_cases: Counter[str] = Counter()
        self._settled_options: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._broken = 0
        self.rows = 0

    def add(self, said: Sequence[str], times: int) -> None:
        """Count rows of which this is said, each so many times."""
        self.rows += times * len(said)
        columns = list(zip(*[each.split(BETWEEN) for each in said], strict=True))
        for place, counter in self._said.items():
            for word, number in Counter(columns[place]).items():
                counter[word] += times * number
        depends = [columns[place] for place in self._depends]
        for column in depends:
            for factors, number in Counter(column).items():
                for factor in factors.split("|") if factors else ():
                    self._options[factor] += times * number
                if factors and "|" not in factors:
                    self._settled_options[factors] += times * number
        for each, number in Counter(map(frozenset, zip(*depends, strict=True))).items():
            own = set("|".join(each).split("|")) - {""}
            for factor in own:
                self._cases[factor] += times * number
            for factor in own & each:
                self._settled_cases[factor] += times * number

    def add_error(self, factor: str | None, times: int) -> None:
        """Count rows with a value that the pathway does not know; None: broken ones."""
        self.rows += times
        if factor is None:
            self._broken += times
        else:
            self._errors[factor] += times

    def counts(self) -> Counts:
        """What was counted so far."""
        factors = self._pathway.factors
        return Counts(
            rows=self.rows,
            broken=self._broken,
            errors={f: self._errors[f] for f in (*factors, *self._errors) if self._errors[f]},
            statuses={
                option: {status: self._said[place][status.value] for status in Status}
                for option, place in self._status.items()
            },
            missing={
                factor: Missing(
                    self._cases[factor],
                    self._options[factor],
                    self._settled_cases[factor],
                    self._settled_options[factor],
                )
                for factor in factors
                if self._cases[factor]
            },
            alerts={
                alert: {state: self._said[place][state.value] for state in AlertState}
                for alert, place in self._alert.items()
            },
        )


class Tallies:
    """Counts of all rows, and of each group."""

    def __init__(self, pathway: Pathway, columns: Sequence[str]) -> None:
        self._made = partial(Tally, pathway, columns)
        self.whole = self._made()
        self._groups: dict[str, Tally] = {}

    def add(self, found: Iterable[tuple[str | None, str, str | None, int]]) -> None:
        """Count rows: their group (None: of none), what is said, or nothing and the question of
        the error, and how many there are.

        Raises WrongUsageError where there are more groups than anybody reads.
        """
        alike: dict[tuple[str | None, int], list[str]] = {}
        for group, said, factor, times in found:
            if said:
                alike.setdefault((group, times), []).append(said)
            else:
                for tally in self._of(group):
                    tally.add_error(factor, times)
        for (group, times), every in alike.items():
            for at in range(0, len(every), _AT_ONCE):
                for tally in self._of(group):
                    tally.add(every[at : at + _AT_ONCE], times)

    def groups(self) -> dict[str, Counts]:
        """The counts of each group."""
        return {group: tally.counts() for group, tally in self._groups.items()}

    def _of(self, group: str | None) -> tuple[Tally, ...]:
        if group is None:
            return (self.whole,)
        if group not in self._groups:
            if len(self._groups) == MOST_GROUPS:
                raise WrongUsageError(
                    f"--by: the column has more than {MOST_GROUPS:,} different values"
                )
            self._groups[group] = self._made()
        return self.whole, self._groups[group]
