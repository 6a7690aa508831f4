"""A report as Markdown, in which text from the pathway cannot become markup."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final
from urllib.parse import quote

from wizard.case.files import Case
from wizard.pathway.problems import printable
from wizard.reasoning.situation import Situation
from wizard.report.content import report
from wizard.report.moment import Moment
from wizard.wording.markup import escaped
from wizard.wording.outline import Item, Report, Section
from wizard.wording.text import clean

_TICKS: Final = re.compile(r"`+")


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
        if section.table:
            lines += _table(section)
            continue
        for item in section.listed():
            lines += _item(item, 0)
    return "\n".join(lines) + "\n"


def _table(section: Section) -> Iterator[str]:
    """Entries as rows of a table, which needs a first line of heads and one of dashes."""
    yield _cells(["", *section.columns])
    yield _cells(["---"] * (len(section.columns) + 1))
    yield from (_cells(map(escaped, (each.text, *each.cells))) for each in section.items)


def _cells(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _item(item: Item, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if item.folded:
        yield f"{indent}- {_folded(item)}"
        return
    text = _linked(escaped(item.whole), item, escaped, "[{words}]({target})")
    yield f"{indent}- {f'**{text}**' if item.strong else text}"
    if item.lines:
        lines = [printable(line) for line in item.lines]
        longest = max((len(run) for run in _TICKS.findall("\n".join(lines))), default=0)
        fence = "`" * max(3, longest + 1)
        yield from (f"{indent}  {line}" for line in (f"{fence}diff", *lines, fence))
    for below in item.items:
        yield from _item(below, depth + 1)


def _linked(text: str, item: Item, form: Callable[[str], str], link: str) -> str:
    """The text of an entry, in which the words of its links lead to their places."""
    for each in item.links:
        words = form(each.words)
        target = quote(each.target, safe="/#")
        text = text.replace(words, link.format(words=words, target=target), 1)
    return text


def _folded(item: Item) -> str:
    """An entry that opens, on one line of HTML: nothing in it is read as Markdown."""
    return f"<details><summary>{_html(item.whole)}</summary>{_html_list(item.items)}</details>"


def _html_list(items: tuple[Item, ...]) -> str:
    return f"<ul>{''.join(map(_html_item, items))}</ul>"


def _html_item(item: Item) -> str:
    if item.folded:
        return f"<li>{_folded(item)}</li>"
    text = _linked(_html(item.whole), item, _html, '<a href="{target}">{words}</a>')
    lines = "<br>".join(map(_html, item.lines))
    below = _html_list(item.items) if item.items else ""
    return f"<li>{text}{f'<br><code>{lines}</code>' if lines else ''}{below}</li>"


def _html(text: str) -> str:
    return html.escape(clean(text))
