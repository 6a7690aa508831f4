"""A report as plain text, wrapped to a width that fits every terminal and mail."""

import textwrap
from collections.abc import Iterator
from typing import Final

from wizard.case.files import Case
from wizard.reasoning.situation import Situation
from wizard.report.content import report
from wizard.report.moment import Moment
from wizard.wording.outline import Item, Report, Section
from wizard.wording.text import clean

WIDTH: Final = 88


def text_report(situation: Situation, moment: Moment, case: Case | None = None) -> str:
    """The report of a situation as plain text."""
    return laid_out(report(situation, moment, case))


def laid_out(content: Report) -> str:
    """A report as plain text, with a line break at its end."""
    lines = [*wrapped(content.title, WIDTH), "=" * min(WIDTH, len(content.title))]
    lines += wrapped(content.first, WIDTH)
    for section in content.sections:
        lines += ["", *section_lines(section, WIDTH)]
    return "\n".join(lines) + "\n"


def section_lines(section: Section, width: int) -> Iterator[str]:
    """A section as lines of at most `width` columns: its title, paragraphs and list."""
    if title := clean(section.heading).upper():
        yield from (title, "-" * len(title))
    for paragraph in (*section.paragraphs, *section.remarks):
        yield from wrapped(paragraph, width)
    for item in section.listed():
        if item.items:
            yield ""
        yield from item_lines(item, width)


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
    """An entry and its own entries as lines of at most `width` columns."""
    indent = "  " * depth
    mark = "* " if item.strong else "- "
    yield from wrapped(item.whole, width, f"{indent}{mark}", f"{indent}  ")
    for below in item.items:
        yield from item_lines(below, width, depth + 1)
