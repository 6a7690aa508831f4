"""A report as plain text, wrapped to a width that fits every terminal and mail."""

import re
import textwrap
from collections.abc import Iterator
from typing import Final

from wizard.case.files import Case
from wizard.pathway.problems import printable
from wizard.reasoning.situation import Situation
from wizard.report.content import report
from wizard.report.moment import Moment
from wizard.wording.outline import Item, Report, Section
from wizard.wording.text import clean

WIDTH: Final = 88
_LEAST_NAME: Final = 20
"""Columns that the first cell of a table has at least."""
_NUMBER: Final = re.compile(r"[\d,]+")


def text_report(situation: Situation, moment: Moment, case: Case | None = None) -> str:
    """The report of a situation as plain text."""
    return laid_out(report(situation, moment, case))


def laid_out(content: Report, width: int = WIDTH) -> str:
    """A report as plain text, with a line break at its end."""
    lines = [*wrapped(content.title, width), "=" * min(width, len(content.title))]
    lines += wrapped(content.first, width)
    for section in content.sections:
        lines += ["", *section_lines(section, width)]
    return "\n".join(lines) + "\n"


def section_lines(section: Section, width: int) -> Iterator[str]:
    """A section as lines of at most `width` columns: its title, paragraphs and list."""
    if title := clean(section.heading).upper():
        yield from (title, "-" * len(title))
    for paragraph in (*section.paragraphs, *section.remarks):
        yield from wrapped(paragraph, width)
    if section.table:
        yield from _table(section, width)
        return
    for item in section.listed():
        if item.items and not (item.folded or _only_folded(item)):
            yield ""
        yield from item_lines(item, width)


def _table(section: Section, width: int) -> Iterator[str]:
    """Entries as rows below the heads of their columns; the first cell alone may be broken.

    Numbers stand to the right.
    """
    rows = [["", *section.columns], *([each.text, *each.cells] for each in section.items)]
    cells = [list(map(clean, row)) for row in rows]
    names, *columns = (list(column) for column in zip(*cells, strict=True))
    widths = [max(map(len, column)) for column in columns]
    placed = [str.rjust if any(map(_NUMBER.fullmatch, column)) else str.ljust for column in columns]
    left = max(_LEAST_NAME, width - sum(widths) - 2 * len(widths))
    names_wide = min(left, max(map(len, names)))
    yield ""
    for name, row in zip(names, zip(*columns, strict=True), strict=True):
        first, *more = wrapped(name, names_wide, later="  ") or [""]
        told = (place(cell, wide) for place, cell, wide in zip(placed, row, widths, strict=True))
        yield "  ".join((first.ljust(names_wide), *told)).rstrip()
        yield from more


def wrapped(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """Text in lines of at most `width` columns, the first after `first`, the others `later`."""
    return textwrap.wrap(
        clean(text),
        width,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )


def item_lines(item: Item, width: int, depth: int = 0) -> Iterator[str]:
    """An entry and its own entries as lines of at most `width` columns; lines of files as they are.

    What is folded is left out.
    """
    indent = "  " * depth
    mark = "* " if item.strong else "- "
    told = f"{item.whole} {item.items[0].whole}" if _only_folded(item) else item.whole
    yield from wrapped(told, width, f"{indent}{mark}", f"{indent}  ")
    yield from (f"{indent}    {printable(line)}" for line in item.lines)
    for below in () if item.folded or _only_folded(item) else item.items:
        yield from item_lines(below, width, depth + 1)


def _only_folded(item: Item) -> bool:
    """Whether all of an entry's own is folded, so that it goes on with how much that is."""
    return len(item.items) == 1 and item.items[0].folded
