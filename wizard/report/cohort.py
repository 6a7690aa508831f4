"""What is counted of many cases, as a report and as JSON data.

A number of cases below `counting.SMALL` can identify people: unless it is asked for, it is told as
`fewer than 5`, and a group of so few cases is left out.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from wizard import __version__
from wizard.cohort.counting import SMALL, Counts
from wizard.cohort.running import Cohort
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.assessment import AlertState
from wizard.record import Record
from wizard.report.moment import Moment
from wizard.wording.notices import NOT_UNSUITABLE, UNKNOWN_IS_NOT_NO, pathway_stamp, review_line
from wizard.wording.outline import Item, Report, Section, entries, section_of
from wizard.wording.text import clean, counted

_BAR: Final = 24
_SHADES: Final = {Status.DESCRIBED: "█", Status.POSSIBLE: "▒", Status.NOT_DESCRIBED: "·"}
_WORDS: Final = {
    Status.DESCRIBED: "described",
    Status.POSSIBLE: "depends",
    Status.NOT_DESCRIBED: "not described",
}


class Telling(Record):
    """What a summary is of, and whether small numbers are told."""

    pathway: Pathway
    moment: Moment
    source: str
    by: str | None
    small: bool

    def number(self, count: int) -> str:
        """A number of cases in words; below five only that it is."""
        return f"fewer than {SMALL}" if self.hides(count) else f"{count:,}"

    def hides(self, count: int) -> bool:
        """Whether a number is not told."""
        return 0 < count < SMALL and not self.small


def cohort_report(cohort: Cohort, telling: Telling) -> Report:
    """The summary of a file of cases."""
    pathway = telling.pathway
    shown, left = _groups(cohort, telling)
    groups = [
        section for name, counts in shown.items() for section in _group(name, counts, telling)
    ]
    return Report(
        f"{pathway.title}: what the documents describe for {counted(cohort.read, 'case')}",
        (
            Section("What it is", (pathway.intended_use, f"{NOT_UNSUITABLE} {UNKNOWN_IS_NOT_NO}")),
            Section("Made by", items=entries(_stamp(telling))),
            _rows_section(cohort, telling),
            *_parts(cohort.whole, telling, ""),
            *groups,
            *section_of("Groups that are left out", "", entries(_left_out(left))),
        ),
    )


def cohort_json(cohort: Cohort, telling: Telling) -> dict[str, object]:
    """The summary as data; a number that is not told is null."""
    shown, left = _groups(cohort, telling)
    pathway = telling.pathway
    return {
        "schema": 1,
        "tool": {"name": "mdt-wizard", "version": __version__},
        "pathway": {"id": pathway.id, "version": pathway.version, "digest": pathway.digest},
        "at": telling.moment.iso,
        "intended_use": pathway.intended_use,
        "rows": {"in": cohort.read, "out": cohort.written},
        "fewer_than": None if telling.small else SMALL,
        "all": _counts_json(cohort.whole, telling),
        "by": telling.by,
        "groups": {name: _counts_json(counts, telling) for name, counts in shown.items()},
        "groups_left_out": left,
    }


# --- parts -----------------------------------------------------------------------------------


def _groups(cohort: Cohort, telling: Telling) -> tuple[dict[str, Counts], int]:
    """The groups that are told, and how many are not."""
    if telling.by is None:
        return {}, 0
    every = dict(sorted(cohort.groups.items()))
    shown = {name: each for name, each in every.items() if not telling.hides(each.rows)}
    return shown, len(every) - len(shown)


def _left_out(left: int) -> Iterator[str]:
    if left:
        yield (
            f"{counted(left, 'group')} of fewer than {SMALL} cases: they could identify people; "
            "--small-numbers tells them"
        )


def _stamp(telling: Telling) -> Iterator[str]:
    yield pathway_stamp(telling.pathway)
    yield f"mdt-wizard {__version__}, {telling.moment.iso}"
    yield review_line(telling.pathway)
    yield f"Cases: {clean(telling.source)}"


def _rows_section(cohort: Cohort, telling: Telling) -> Section:
    whole, factors = cohort.whole, telling.pathway.factors
    wrong = [
        f"{telling.number(count)} with a value that the pathway does not know: {name}"
        for factor, count in whole.errors.items()
        for name in [factors[factor].label if factor in factors else clean(factor)]
    ]
    lines = [
        f"{cohort.read:,} in, {cohort.written:,} out, {whole.assessed:,} assessed",
        f"{telling.number(whole.broken)} that cannot be read" if whole.broken else None,
        *wrong,
    ]
    return Section("Rows", items=entries(lines))


def _group(name: str, counts: Counts, telling: Telling) -> Iterator[Section]:
    title = f"{telling.by}: {clean(name) or 'empty'}"
    yield Section(title, (f"{telling.number(counts.rows)} cases.",))
    yield from _parts(counts, telling, f"{title}: ")


def _parts(counts: Counts, telling: Telling, of: str) -> Iterator[Section]:
    pathway = telling.pathway
    key = ", ".join(f"{shade} {_WORDS[status]}" for status, shade in _SHADES.items())
    options = (
        Item(
            f"{pathway.options[option].label}: {_bar(found, counts.assessed, telling)}"
            + ", ".join(f"{telling.number(found[s])} {_WORDS[s]}" for s in Status)
        )
        for option, found in counts.statuses.items()
    )
    yield from section_of(
        f"{of}Options", f"In the neutral order. {key}: of all cases assessed.", options
    )
    yield from section_of(
        f"{of}What is missing",
        "For each question that is not answered: in how many cases an option hangs on it, and how "
        "many options in all of them together.",
        (
            Item(
                f"{pathway.factors[factor].label}: {telling.number(each.cases)} cases, "
                f"{telling.number(each.options)} options"
            )
            for factor, each in counts.missing.items()
        ),
    )
    yield from section_of(
        f"{of}Alerts",
        "",
        (
            Item(
                f"{pathway.alerts[alert].title}: {telling.number(found[AlertState.RAISED])} "
                f"raised, {telling.number(found[AlertState.CHECK])} to check"
            )
            for alert, found in counts.alerts.items()
            if any(found.values())
        ),
    )


def _bar(found: Mapping[Status, int], whole: int, telling: Telling) -> str:
    """How the cases divide, in so many signs; none where that would tell a small number."""
    if not whole or any(map(telling.hides, found.values())):
        return ""
    ends = [0]
    for status in _SHADES:
        ends.append(ends[-1] + found[status])
    places = [round(_BAR * end / whole) for end in ends]
    widths = (after - before for before, after in pairwise(places))
    return "".join(s * w for s, w in zip(_SHADES.values(), widths, strict=True)) + " "


def _counts_json(counts: Counts, telling: Telling) -> dict[str, object]:
    def told(count: int) -> int | None:
        return None if telling.hides(count) else count

    def each(of: Mapping[str, int]) -> dict[str, int | None]:
        return {name: told(count) for name, count in of.items()}

    def states(found: Mapping[AlertState, int]) -> dict[str, int | None]:
        return each({state.value: count for state, count in found.items()})

    return {
        "rows": told(counts.rows),
        "assessed": told(counts.assessed),
        "broken": told(counts.broken),
        "errors": each(counts.errors),
        "options": {
            option: each({status.value: count for status, count in found.items()})
            for option, found in counts.statuses.items()
        },
        "missing": {
            factor: {"cases": told(one.cases), "options": told(one.options)}
            for factor, one in counts.missing.items()
        },
        "alerts": {alert: states(found) for alert, found in counts.alerts.items()},
    }
