"""What is told of many cases: their counts, as far as these can identify nobody.

Every form of a summary is made of this and of nothing else, so that none tells more than another.
"""

from collections.abc import Mapping
from typing import Final

from wizard.cohort.counting import Counts, Missing
from wizard.cohort.protecting import (
    Numbers,
    Told,
    added,
    is_small,
    told_groups,
    told_rows,
    withheld,
)
from wizard.pathway.model import Status
from wizard.record import Record, replace

STATUSES: Final = tuple(Status)
"""What the numbers of an option are of, in their order."""
OPEN: Final = STATUSES.index(Status.POSSIBLE)
NEITHER, ALONE, AMONG = range(3)
"""The numbers of a missing answer: the cases in which no option hangs on it, in which one hangs on
it alone, and in which those that do hang on others too."""

_Key = tuple[str, str]


class MissingTold(Record):
    """What is told of a question that is not fully answered.

    `options` and `settled_options` are as `counting.Missing` has them.
    """

    row: Told
    options: int | None = None
    settled_options: int | None = None

    @property
    def cases(self) -> int | None:
        """In how many cases an option hangs on it."""
        none = self.row.numbers[NEITHER]
        return None if none is None else self.row.total - none

    @property
    def settled_cases(self) -> int | None:
        """In how many an option hangs on it alone."""
        return self.row.numbers[ALONE]


class Scope(Record):
    """What is told of some cases: by option, by question and by alert.

    The numbers of an option are those of `STATUSES`, those of an alert raised, to check, neither.
    """

    assessed: int
    options: Mapping[str, Told]
    missing: Mapping[str, MissingTold]
    alerts: Mapping[str, Told]


class Summary(Record):
    """What is told of all cases, of each group, and of so many groups that are put together."""

    whole: Scope
    groups: Mapping[str, Scope]
    others: Scope | None = None
    put_together: int = 0


def summary(whole: Counts, groups: Mapping[str, Counts], *, small: bool) -> Summary:
    """What is told of these counts; `small` tells all of it, the smallest numbers too."""
    every = {name: groups[name] for name in sorted(groups)}
    shown, left = tuple(every), tuple[str, ...]()
    if not small:
        shown, left = told_groups({name: each.assessed for name, each in every.items()})
        shown = () if is_small(whole.assessed) else shown
    rows = [_rows(every[name], whole) for name in shown]
    sizes = [every[name].assessed for name in shown]
    rest = sum(every[name].assessed for name in left) if shown else 0
    if rest:
        others = [_rows(every[name], whole) for name in left]
        rows.append({key: added(each[key] for each in others) for key in others[0]})
        sizes.append(rest)
    first, *scopes = _told(whole, rows, sizes, small=small)
    by_group = dict(zip(shown, scopes, strict=False))
    return Summary(
        _with_options(first, whole, small=small),
        by_group,
        scopes[-1] if rest else None,
        len([name for name in left if every[name].assessed]),
    )


# --- parts -----------------------------------------------------------------------------------


def _rows(counts: Counts, whole: Counts) -> dict[_Key, Numbers]:
    """The numbers of everything that is told of the whole, each row adding up to all cases."""
    found: dict[_Key, Numbers] = {
        ("options", option): tuple(of[status] for status in STATUSES)
        for option, of in counts.statuses.items()
    }
    for factor in whole.missing:
        each = counts.missing.get(factor, Missing(0, 0))
        among = each.cases - each.settled_cases
        found["missing", factor] = (counts.assessed - each.cases, each.settled_cases, among)
    for alert, states in whole.alerts.items():
        if any(states.values()):
            own = tuple(counts.alerts[alert].values())
            found["alerts", alert] = (*own, counts.assessed - sum(own))
    return found


def _told(
    whole: Counts, groups: list[dict[_Key, Numbers]], sizes: list[int], *, small: bool
) -> list[Scope]:
    """The whole and the groups, as far as each is told."""
    told: list[dict[_Key, Told]] = [{} for _ in (whole, *groups)]
    for key, row in _rows(whole, whole).items():
        own = [each[key] for each in groups]
        if small:
            found = [Told(sum(each), each) for each in (row, *own)]
        elif is_small(whole.assessed):
            found = [withheld(row)]
        else:
            first, others = told_rows(row, own)
            found = [first, *others]
        for scope, each in zip(told, found, strict=True):
            scope[key] = each
    return [
        Scope(
            size,
            {name: row for (kind, name), row in rows.items() if kind == "options"},
            {name: MissingTold(row) for (kind, name), row in rows.items() if kind == "missing"},
            {name: row for (kind, name), row in rows.items() if kind == "alerts"},
        )
        for size, rows in zip((whole.assessed, *sizes), told, strict=True)
    ]


def _with_options(scope: Scope, counts: Counts, *, small: bool) -> Scope:
    """The whole with how many options hang on what, to the nearest ten.

    Not told where an option has a number of open cases that is not told: both could tell it.
    """
    if not small and any(each.numbers[OPEN] is None for each in scope.options.values()):
        return scope

    def round_(number: int) -> int:
        return number if small else (number + 5) // 10 * 10

    found = {}
    for factor, each in scope.missing.items():
        own = counts.missing[factor]
        found[factor] = replace(
            each,
            options=None if each.cases is None else round_(own.options),
            settled_options=None if each.settled_cases is None else round_(own.settled_options),
        )
    return replace(scope, missing=found)
