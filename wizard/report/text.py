"""A report as plain text, wrapped to a width that every terminal and mail has."""

import textwrap
from collections.abc import Iterator
from typing import Final

from wizard.report.content import Item, Report, report
from wizard.report.moment import Moment
from wizard.wording.situation import Situation
from wizard.wording.text import clean

WIDTH: Final = 88


def text_report(situation: Situation, moment: Moment, case_title: str | None = None) -> str:
    """The report of a situation as plain text."""
    return laid_out(report(situation, moment, case_title))


def laid_out(content: Report) -> str:
    """A report as plain text, with a line break at its end."""
    lines = [*_wrapped(content.title, "", ""), "=" * min(WIDTH, len(content.title))]
    for section in content.sections:
        title = clean(section.title).upper()
        lines += ["", title, "-" * len(title)]
        for paragraph in section.paragraphs:
            lines += _wrapped(paragraph, "", "")
        for item in section.items:
            lines += ["", *_item(item, 0)] if item.items else _item(item, 0)
    return "\n".join(lines) + "\n"


def _item(item: Item, depth: int) -> Iterator[str]:
    indent = "  " * depth
    mark = "* " if item.strong else "- "
    yield from _wrapped(item.text, f"{indent}{mark}", f"{indent}  ")
    for below in item.items:
        yield from _item(below, depth + 1)


def _wrapped(text: str, first: str, later: str) -> list[str]:
    return textwrap.wrap(
        clean(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
