"""A report as Markdown, in which text from the pathway cannot become markup."""

import re
from collections.abc import Iterator
from typing import Final

from wizard.case.files import Case
from wizard.reasoning.situation import Situation
from wizard.report.content import report
from wizard.report.moment import Moment
from wizard.wording.outline import Item, Report
from wizard.wording.text import clean

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|~&$!^])")
_NUMBERED: Final = re.compile(r"^(\d+)([.)])")
_MARK: Final = re.compile(r"^([-+=])")
_LINK: Final = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")


def markdown_report(situation: Situation, moment: Moment, case: Case | None = None) -> str:
    """The report of a situation as Markdown."""
    return laid_out(report(situation, moment, case))


def laid_out(content: Report) -> str:
    """A report as Markdown, with a line break at its end."""
    lines = [f"# {escaped(content.title)}"]
    lines += ["", escaped(content.first)] if content.first else []
    for section in content.sections:
        lines += ["", f"## {escaped(section.heading)}"] if section.heading else []
        for paragraph in (*section.paragraphs, *section.remarks):
            lines += ["", escaped(paragraph)]
        if section.items:
            lines.append("")
        for item in section.listed():
            lines += _item(item, 0)
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is, without link, image, tag or emphasis."""
    line = _SPECIAL.sub(r"\\\1", clean(text))
    line = _NUMBERED.sub(r"\1\\\2", line)
    line = _MARK.sub(r"\\\1", line)
    return _LINK.sub(r"\1\\\2", line)


def _item(item: Item, depth: int) -> Iterator[str]:
    text = escaped(item.whole)
    yield f"{'  ' * depth}- {f'**{text}**' if item.strong else text}"
    for below in item.items:
        yield from _item(below, depth + 1)
