"""A comparison of two versions as a report for a reviewer."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from wizard.report.affected_cases import cases_section, own_cases_sections
from wizard.report.changed_functions import SUBJECTS, edit_item, function_sections
from wizard.report.changed_words import (
    hazard_sections,
    record_section,
    records_section,
    review_sections,
    threshold_sections,
)
from wizard.report.folding import TOLD_WHOLE, Telling
from wizard.wording.outline import Item, Report, Section, entries, section_of
from wizard.wording.text import counted, joined
from wizard.workbench.edited_lines import EditedLines
from wizard.workbench.places import place_of_rule
from wizard.workbench.record_diff import ChangeKind
from wizard.workbench.version_diff import Diff

_PROVED: Final = (
    "Proved: no result changes. Every option, statement, aim, usual setting, alert and question "
    "is the same function of the answers in both versions, so no answers whatever get another "
    "result."
)
_MOST: Final = 4
"""Entries of a list that are told; the others are folded."""


def comparison_report(diff: Diff, telling: Telling = TOLD_WHOLE) -> Report:
    """A comparison for a person, ready for a pull request."""
    return Report(
        title=f"{diff.new.title}: what changes from {diff.names[0]} to {diff.names[1]}",
        sections=tuple(_sections(diff, telling)),
    )


def _sections(diff: Diff, telling: Telling) -> Iterator[Section]:
    yield from review_sections(diff)
    yield from record_section(diff, ChangeKind.REVIEW, telling)
    stamps = (
        f"{which}: {name}, version {each.version}, digest {each.digest[:16]}"
        for which, name, each in diff.versions
    )
    yield Section("Result", tuple(_verdict(diff)), entries(stamps))
    renamed = telling.folded(entries(diff.renamed), _MOST, "id")
    yield from section_of("Renamed", "Taken for the same under both ids.", renamed)
    yield from threshold_sections(diff, telling)
    shown: set[EditedLines] = set()
    yield from function_sections(diff, shown, telling)
    yield from hazard_sections(diff, telling)
    yield from records_section(diff, shown, telling)
    yield from _rewritten(diff, telling)
    yield from own_cases_sections(diff.own, telling)
    yield cases_section(diff, telling)


def _verdict(diff: Diff) -> Iterator[str]:
    if diff.behaviour:
        numbers = Counter(change.subject for change in diff.functions.changes)
        counts = [counted(number, SUBJECTS[subject][2]) for subject, number in numbers.items()]
        if counts:
            yield f"Results change: {joined(counts)}."
        elif diff.order_alone:
            yield (
                "Only an order changes. Proved: no option, aim, setting or alert holds in another "
                "case than before."
            )
        else:
            yield (
                "What is asked, shown or said of a result changes. Proved: no option, aim, setting "
                "or alert holds in another case than before."
            )
    else:
        yield _PROVED
        if diff.old.digest == diff.new.digest:
            yield "The two versions are the same, word for word, but for their cases."
        elif diff.clinical:
            yield "What the pathway says or cites does change: read the parts below."
        elif diff.records:
            yield "Only text changed."
        else:
            what = "ids, comments" if diff.renamed else "comments"
            yield f"No word changed either: only {what}, layout or the way rules are written."


def _rewritten(diff: Diff, telling: Telling) -> tuple[Section, ...]:
    items = []
    for one in diff.functions.rewritten:
        where, links = telling.place(one.rule.position)
        place = place_of_rule(diff.new, one)
        edits = [edit_item(each, telling) for each in diff.edits if each.belongs_to(place)]
        items.append(
            Item(f"{one.title} ({where})", telling.folded(edits, 1, "edited place"), links=links)
        )
    return section_of(
        "Rewritten, and proved the same",
        "These rules are written otherwise and hold in exactly the same cases as before.",
        telling.folded(items, _MOST, "rule"),
    )
