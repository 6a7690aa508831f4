"""What is told of many cases, as a report and as JSON data.

A number of cases below five can identify people: unless it is asked for, `cohort.protecting` leaves
it out, with what would tell it.
"""

from collections.abc import Iterator
from typing import Final

from wizard import __version__
from wizard.cohort.protecting import SMALL, Told
from wizard.cohort.running import Cohort
from wizard.cohort.summary import STATUSES, MissingTold, Scope, Summary, summary
from wizard.pathway.model import Pathway
from wizard.record import Record
from wizard.report import text
from wizard.report.cohort_words import (
    ALERT_HEADS,
    STATUS_HEADS,
    WHAT_MISSING_IS,
    alert_words,
    bar_text,
    first_words,
    missing_columns,
    words_of,
)
from wizard.report.moment import Moment
from wizard.wording.notices import NOT_UNSUITABLE, UNKNOWN_IS_NOT_NO, pathway_stamp, review_line
from wizard.wording.outline import Item, Report, Section, entries
from wizard.wording.text import clean, counted

_WIDE: Final = 80
_BAR: Final = 16
"""From here on a number has a comma in it."""
_SHADES: Final = "█▒·"
PROTECTED: Final = (
    f"Numbers of cases below {SMALL} could identify people. They are not told, nor is what would "
    "tell them by a difference; a zero is. --small-numbers tells all."
)


class Telling(Record):
    """What a summary is of, and whether small numbers are told."""

    pathway: Pathway
    moment: Moment
    source: str
    by: str | None
    small: bool

    def told(self, cohort: Cohort) -> Summary:
        """What is told of a file."""
        groups = {} if self.by is None else cohort.groups
        return summary(cohort.whole, groups, small=self.small)

    def group(self, name: str) -> str:
        """A group in words."""
        return f"{clean(self.by or '')}: {clean(name) or 'empty'}"


def cohort_report(cohort: Cohort, telling: Telling) -> Report:
    """The summary of a file of cases."""
    told = telling.told(cohort)
    return Report(
        cohort_title(cohort, telling),
        (
            Section("What it is", tuple(what_it_is(telling))),
            Section("Made by", items=entries(made_by(telling))),
            Section("Rows", items=entries(row_lines(cohort, telling))),
            *_scope(told.whole, telling, ""),
            *_groups(told, telling),
        ),
    )


def cohort_text(cohort: Cohort, telling: Telling) -> str:
    """The summary as plain text for a terminal of 80 columns."""
    return text.laid_out(cohort_report(cohort, telling), _WIDE)


def cohort_json(cohort: Cohort, telling: Telling) -> dict[str, object]:
    """The summary as data, `cohort.schema.json`; a number that is not told is null."""
    told = telling.told(cohort)
    pathway, whole = telling.pathway, cohort.whole
    return {
        "schema": 1,
        "tool": {"name": "mdt-wizard", "version": __version__},
        "pathway": {"id": pathway.id, "version": pathway.version, "digest": pathway.digest},
        "assessed_at": telling.moment.iso,
        "intended_use": pathway.intended_use,
        "rows": {"in": cohort.read, "out": cohort.written},
        "broken": whole.broken,
        "errors": dict(whole.errors),
        "fewer_than": None if telling.small else SMALL,
        "all": _scope_json(told.whole),
        "by": telling.by,
        "groups": {name: _scope_json(each) for name, each in told.groups.items()},
        "others": None if told.others is None else _scope_json(told.others),
        "groups_left_out": told.put_together,
    }


def cohort_title(cohort: Cohort, telling: Telling) -> str:
    """The title of a summary."""
    cases = counted(cohort.read, "case")
    return f"{telling.pathway.title}: what the documents describe for {cases}"


def what_it_is(telling: Telling) -> Iterator[str]:
    """What a summary is and is not."""
    yield telling.pathway.intended_use
    yield f"{NOT_UNSUITABLE} {UNKNOWN_IS_NOT_NO}"
    if not telling.small:
        yield PROTECTED


def made_by(telling: Telling) -> Iterator[str]:
    """With what a summary was made, and of what."""
    yield pathway_stamp(telling.pathway)
    yield f"mdt-wizard {__version__}, {telling.moment.iso}"
    yield f"Cases: {clean(telling.source)}"
    yield review_line(telling.pathway)


def what_missing_is(scope: Scope, telling: Telling) -> str:
    """How to read what is told of missing answers."""
    if all(each.options is None for each in scope.missing.values()):
        return WHAT_MISSING_IS
    exactly = "" if telling.small else ", to the nearest ten"
    return f"{WHAT_MISSING_IS} “Options” are those of all these cases, added up{exactly}."


def row_lines(cohort: Cohort, telling: Telling) -> Iterator[str]:
    """How many rows there were, and how many of them are in error; these tell of no person."""
    whole, factors = cohort.whole, telling.pathway.factors
    yield f"{cohort.read:,} in, {cohort.written:,} out, {whole.assessed:,} assessed"
    if whole.broken:
        yield f"{whole.broken:,} cannot be read"
    for factor, count in whole.errors.items():
        label = factors[factor].label if factor in factors else clean(factor)
        yield f"{count:,} with a value that the pathway does not know: {label}"


# --- parts -----------------------------------------------------------------------------------


def _scope(scope: Scope, telling: Telling, of: str) -> Iterator[Section]:
    pathway = telling.pathway
    heads = tuple(STATUS_HEADS.values())
    key = ", ".join(f"{shade} {head}" for shade, head in zip(_SHADES, heads, strict=True))
    hidden = any(None in row.numbers for row in scope.options.values())
    yield Section(
        f"{of}Options",
        (f"In the neutral order. {key}{'; ? not told' if hidden else ''}.",),
        tuple(
            _row(pathway.options[option].label, row, len(heads))
            for option, row in scope.options.items()
        ),
        columns=("", *heads),
        table=True,
    )
    if scope.missing:
        first = first_words(scope, pathway)
        heads, cells = missing_columns(scope)
        items = (Item(pathway.factors[name].label, cells=own) for name, own in cells.items())
        paragraphs = tuple(filter(None, (first, "" if of else what_missing_is(scope, telling))))
        title = f"{of}What is missing"
        yield Section(title, paragraphs, tuple(items), columns=heads, table=True)
    if scope.alerts:
        alerts = (
            _row(alert_words(pathway, alert), row, len(ALERT_HEADS), bar=False)
            for alert, row in scope.alerts.items()
        )
        yield Section(f"{of}Alerts", (), tuple(alerts), columns=ALERT_HEADS, table=True)


def _row(label: str, row: Told, places: int, *, bar: bool = True) -> Item:
    drawn = (bar_text(row, _SHADES, _BAR),) if bar else ()
    return Item(label, cells=(*drawn, *(words_of(row, place) for place in range(places))))


def _groups(told: Summary, telling: Telling) -> Iterator[Section]:
    for name, scope in told.groups.items():
        title = telling.group(name)
        yield Section(title, (f"{scope.assessed:,} cases.",))
        yield from _scope(scope, telling, f"{title}: ")
    if told.others is not None:
        title = f"{clean(telling.by or '')}: all others"
        yield Section(title, (others_words(told),))
        yield from _scope(told.others, telling, f"{title}: ")
    elif told.put_together:
        yield Section("Groups", ("No group is large enough to be told.",))


def others_words(told: Summary) -> str:
    """What is told of the groups that are put together."""
    number = 0 if told.others is None else told.others.assessed
    return (
        f"{number:,} cases in {counted(told.put_together, 'group')} that are put together: each "
        f"has fewer than {SMALL} cases, or keeps the number of such a group from being worked out."
    )


def _scope_json(scope: Scope) -> dict[str, object]:
    return {
        "assessed": scope.assessed,
        "options": {
            option: dict(zip((status.value for status in STATUSES), row.numbers, strict=True))
            for option, row in scope.options.items()
        },
        "missing": {factor: _missing_json(each) for factor, each in scope.missing.items()},
        "alerts": {
            alert: dict(zip(("raised", "check", "neither"), row.numbers, strict=True))
            for alert, row in scope.alerts.items()
        },
    }


def _missing_json(each: MissingTold) -> dict[str, int | None]:
    return {
        "cases": each.cases,
        "options": each.options,
        "settled_cases": each.settled_cases,
        "settled_options": each.settled_options,
    }
