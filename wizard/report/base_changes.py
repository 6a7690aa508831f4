"""In short, what changed in the base of an overlay since it was written."""

from collections.abc import Iterator
from typing import Final

from wizard.report.folding import Telling
from wizard.report.version_diff import comparison_report
from wizard.wording.outline import Section
from wizard.wording.text import counted
from wizard.workbench.version_diff import Diff

_MOST: Final = 12
"""The most lines of what changed; all of it is one command away."""


def base_changes_text(diff: Diff) -> str:
    """What changed, one line a part, and the command that tells all of it."""
    old, new = diff.names
    parts = comparison_report(diff, Telling()).sections
    told = [line for section in parts for line in _lines(section)]
    more = [f"and {counted(len(told) - _MOST, 'more part')}"] if len(told) > _MOST else []
    lines = [
        f"What changed in {diff.new.id}, from {diff.old.version} in {old} to {diff.new.version}:",
        *(f"- {line}" for line in (*told[:_MOST], *more)),
        f"All of it: mdt-wizard diff {old} {new}",
    ]
    return "\n".join(lines) + "\n"


def _lines(section: Section) -> Iterator[str]:
    if section.title == "Result":
        yield from section.paragraphs
    else:
        for item in section.listed():
            if item.text.endswith(":") and item.items:
                first, *others = item.items
                rest = f" (and {len(others)} more)" if others else ""
                yield f"{item.text} {first.text}{rest}"
            else:
                yield item.text
