"""Elements of HTML: every text of a pathway stays text, and reorders no letters."""

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from wizard.pathway.problems import printable
from wizard.wording.outline import Citation, Item, Section

_EMPTY: Final = frozenset({"meta", "input"})
_INLINE: Final = frozenset(
    {"a", "b", "span", "small", "kbd", "button", "summary", "option", "label"}
)


class Html(str):
    """Markup, which is not escaped again."""

    __slots__ = ()


Content = str | Iterable["Content"] | None
"""Text, markup, several of them, or nothing."""


def element(name: str, /, *content: Content, **attributes: str | int | bool | None) -> Html:
    """An element.  `class_` is the attribute class, `data_x` data-x; None and False leave out."""
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}"
        + ("" if value is True else f'="{_text(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _EMPTY:
        return Html(f"<{name}{told}>")
    end = "" if name in _INLINE else "\n"
    return Html(f"<{name}{told}>{together(content)}</{name}>{end}")


def together(content: Content) -> Html:
    """Contents one after the other, texts escaped."""
    match content:
        case None:
            return Html("")
        case Html():
            return content
        case str():
            return Html(_text(content))
        case _:
            return Html("".join(map(together, content)))


def place(about: str) -> str:
    """The id on the page of what an entry leads to: `alert:A.B` as `alert-A-B`."""
    return about.replace(":", "-", 1).replace(".", "-")


def link(about: str, words: Content) -> Html:
    """Words that lead to a place on the page."""
    return element("a", words, href=f"#{place(about)}")


def citation(cited: Citation, *, says: bool = True) -> Html:
    """A claim: its id, what it says, and where it stands with the badge of its document."""
    return together(
        (
            link(f"claim:{cited.claim}", cited.claim),
            Html(" "),
            cited.says if says else "",
            Html(" "),
            element("small", f"{cited.place}; {cited.badge}", class_="where"),
        )
    )


def cited_list(claims: Iterable[Citation]) -> Html:
    """Claims as a list; each entry names its claim, so that one not cited can be hidden."""
    entries = [element("li", citation(each), data_claim=each.claim) for each in claims]
    return element("ul", entries, class_="claims") if entries else Html("")


def section(part: Section, level: int = 4) -> Html:
    """A part of a document: its heading, paragraphs, entries and remarks."""
    heading = element(f"h{level}", part.heading) if part.title else None
    return together(
        (
            heading,
            (element("p", each) for each in part.paragraphs),
            items(part.listed()),
            (element("p", each, class_="aside") for each in part.remarks),
        )
    )


def items(entries: Iterable[Item]) -> Html:
    """Entries as a list, each with its own below it."""
    every = [element("li", _item(each)) for each in entries]
    return element("ul", every, class_="items") if every else Html("")


def _item(item: Item) -> Content:
    words: Content = " ".join(filter(None, (item.mark, item.text)))
    if item.about:
        words = link(item.about, words)
    elif item.strong:
        words = element("b", words)
    elif item.quiet:
        words = element("span", words, class_="aside")
    alone = not item.text
    cited = [citation(each, says=alone or item.text != each.says) for each in item.citations]
    if len(item.citations) == 1 and item.text == item.citations[0].says:
        words, cited = None, [citation(item.citations[0])]
    below = element("ul", (element("li", each) for each in cited)) if len(cited) > 1 else cited
    return (words, Html(" ") if words and cited else None, below, items(item.items))


def _text(text: str) -> str:
    return escape(printable(re.sub(r"\s+", " ", text)))
