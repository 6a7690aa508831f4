"""A report as one page of HTML, which asks for nothing, runs nothing, and prints on paper.

All text of the pathway and the case is escaped; the look is `html.css` alone.  The page says by its
own policy that nothing but that style may be used.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

from wizard import __version__
from wizard.case.files import Case
from wizard.pathway.model import Status
from wizard.pathway.problems import printable
from wizard.reasoning.situation import Situation
from wizard.record import Record, replace
from wizard.report.content import report
from wizard.report.drawing import drawings
from wizard.report.figure import figure
from wizard.report.first_page import DETAILS
from wizard.report.moment import Moment
from wizard.report.svg import KEY
from wizard.wording.notices import review_line
from wizard.wording.outline import Citation, Item, Report, Section
from wizard.wording.statuses import SYMBOLS
from wizard.wording.text import clean, long_date

_STYLE: Final = Path(__file__).with_name("html.css")


class Figures(Record):
    """The drawings of what entries are about, each an SVG element under the words that head it."""

    of: Mapping[str, tuple[tuple[str, str], ...]]
    key: tuple[str, ...] = ()


def html_report(situation: Situation, moment: Moment, case: Case | None = None) -> str:
    """The report of a situation as a page of HTML, with the trees that the case goes through."""
    pathway = situation.pathway
    lines = (
        f"{pathway.title} {pathway.version}, SHA-256 {pathway.digest[:12]} …",
        f"{long_date(moment.today.isoformat())}, mdt-wizard {__version__}",
        review_line(pathway),
    )
    return laid_out(report(situation, moment, case), lines, _figures(situation))


def _figures(situation: Situation) -> Figures:
    """The trees of every option."""
    drawn = drawings(situation, (), of_a_case=True)
    options = zip(situation.pathway.options, drawn.groups, strict=True)
    return Figures(
        {
            f"option:{name}": tuple(
                (tree.heading, figure(tree, f"{group.label}, {tree.heading}"))
                for tree in group.trees
            )
            for name, group in options
        },
        KEY,
    )


def laid_out(content: Report, lines: Iterable[str], figures: Figures) -> str:
    """A report as a page of HTML; the lines below its title stand on every printed page too."""
    told = tuple(map(clean, lines))
    head = page_head(content.title, told)
    return "\n".join((*head, *_body(content, told, figures), "</html>\n"))


def page_head(title: str, lines: Iterable[str], further_style: str = "") -> Iterator[str]:
    """What stands before the body of a page, with a policy that lets its own style in alone.

    The lines stand at the foot of each printed page.
    """
    style = _STYLE.read_text("utf-8") + further_style + _paged(lines)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield from (
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_text(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
    )


# --- the page --------------------------------------------------------------------------------


def _paged(lines: Iterable[str]) -> str:
    """What stands at the foot of each printed page."""
    words = "".join(map(_in_style, " · ".join(lines)))
    return f'@page {{ @bottom-left {{ content: "{words}"; }} }}\n'


def _in_style(letter: str) -> str:
    """A letter inside a string of CSS, where a mark by its number alone can end nothing."""
    plain = letter.isascii() and (letter.isalnum() or letter == " ")
    return letter if plain else f"\\{ord(letter):x} "


def _body(content: Report, lines: Iterable[str], figures: Figures) -> Iterator[str]:
    at = content.sections.index(DETAILS) if DETAILS in content.sections else len(content.sections)
    first, details = content.sections[:at], content.sections[at + 1 :]
    names = frozenset(_names(details))
    yield f'<body>\n<header>\n{_title(content)}\n<ul class="stamp">'
    yield from (f"<li>{escape(line)}</li>" for line in lines)
    yield "</ul>\n</header>\n<main>"
    if content.first:
        yield f"<p>{_text(content.first)}</p>"
    yield '<div class="first">'
    page = _Page(names=names, level=2, first=True)
    yield from (_section(page, each, "") for each in first)
    yield "</div>"
    if details:
        yield f'<div class="details">\n<h2 id="details">{_text(DETAILS.title)}</h2>'
        yield from (f"<p>{_text(each)}</p>" for each in DETAILS.paragraphs)
        ids = [_id(each.about) or f"part-{number}" for number, each in enumerate(details, 1)]
        yield _contents(zip(ids, details, strict=True))
        page = _Page(names=names, level=3, figures=figures)
        yield from (_section(page, each, name) for name, each in zip(ids, details, strict=True))
        yield "</div>"
    yield "</main>\n</body>"


def _title(content: Report) -> str:
    """The title; the name that it ends with stands on a line of its own."""
    if not content.name:
        return f"<h1>{_text(content.title)}</h1>"
    about = _text(content.title.removesuffix(content.name))
    return f'<h1><span class="about">{about}</span> {_text(content.name)}</h1>'


def _contents(sections: Iterable[tuple[str, Section]]) -> str:
    """Where to find what, on a screen."""
    told = (f'<li><a href="#{name}">{_text(each.heading)}</a></li>' for name, each in sections)
    return f'<nav aria-label="Details">\n<ul>\n{"".join(told)}\n</ul>\n</nav>'


def _names(sections: Iterable[Section]) -> Iterator[str]:
    """What a part of the details is about, for what is to lead there."""
    for section in sections:
        yield section.about
        yield from (item.about for item in section.items)


# --- sections --------------------------------------------------------------------------------


class _Page(Record):
    """Where on the page a part stands.

    `names` are what the details tell about, `level` is that of its heading, and `figures` are
    drawn where an entry is about what they show.
    """

    names: frozenset[str]
    level: int
    first: bool = False
    figures: Figures = Figures({})

    @property
    def below(self) -> "_Page":
        """The same for a part one heading further down."""
        return replace(self, level=self.level + 1)

    def leading(self, words: str, about: str) -> str:
        """Words that lead to what they are about, where the details tell of it."""
        return f'<a href="#{_id(about)}">{words}</a>' if about in self.names - {""} else words

    def heading(self, words: str, name: str = "") -> str:
        """A heading, with a name that leads to it."""
        return f"<h{self.level}{_attribute('id', name)}>{words}</h{self.level}>"


def _section(page: _Page, section: Section, name: str) -> str:
    kind, _, value = section.about.partition(":")
    words = _text(section.heading)
    if kind == "status":
        words = f"{_mark(value)} {words}"
    elif kind == "level":
        words = f'<span class="mark" aria-hidden="true">⚠</span> {words}'
    paragraphs = "".join(
        f"<p{_attribute('class', of)}>{_text(each)}</p>\n"
        for texts, of in ((section.paragraphs, ""), (section.remarks, "aside"))
        for each in texts
    )
    heading = f"{page.heading(words, name)}\n" if section.heading else ""
    style = " ".join(filter(None, (kind, value)))
    told = _told(page.below, section)
    return f"<section{_attribute('class', style)}>\n{heading}{paragraphs}{told}</section>"


def _told(page: _Page, section: Section) -> str:
    """The entries of a section: in columns, below headings of their own, or as a list."""
    if section.columns:
        return _columns(page, section)
    if section.about == "lists":
        lists = "".join(_short_list(page, each) for each in section.items)
        return f'<div class="three">\n{lists}</div>\n'
    blocks = [each for each in section.items if each.strong and each.items]
    if blocks and len(blocks) == len(section.items):
        key = "".join(f"<li>{_text(each)}</li>" for each in page.figures.key)
        drawn = any(each.about in page.figures.of for each in blocks)
        told = f'<ul class="key">{key}</ul>\n' if drawn else ""
        return told + "".join(_block(page, each) for each in blocks)
    return _list(page, section.items, section.heading)


def _short_list(page: _Page, item: Item) -> str:
    """One of the three lists: its name, how many it has, and each option with its remarks."""
    name, *options = item.parts
    value = name.about.removeprefix("status:")
    number = len([each for each in options if each.about])
    head = page.leading(_text(name.text.rstrip(":")), name.about)
    heading = page.heading(f'{_mark(value)} {head} <span class="count">{number}</span>')
    told = "".join(f"<li>{_pair(page, each)}</li>\n" for each in options)
    return f'<section class="status {value}">\n{heading}\n<ul>\n{told}</ul>\n</section>\n'


def _block(page: _Page, item: Item) -> str:
    """An entry below a heading of its own, and the drawings of what it is about."""
    drawn = "".join(
        f"<figure><figcaption>{escape(heading)}</figcaption>{image}</figure>\n"
        for heading, image in page.figures.of.get(item.about, ())
    )
    trees = f'<div class="trees">\n{drawn}</div>\n' if drawn else ""
    heading = page.heading(_text(item.text))
    told = _list(page, item.items, item.text)
    return f"<article{_name(page, item)}>\n{heading}\n{told}{trees}</article>\n"


def _columns(page: _Page, section: Section) -> str:
    """A table of entries with their cells."""
    head = "".join(f'<th scope="col">{_text(each)}</th>' for each in ("", *section.columns))
    head = head.replace('<th scope="col"></th>', "<td></td>", 1)
    rows = "".join(
        f'<tr><th scope="row">{_inside(page, each)}</th>'
        f"{''.join(f'<td>{_text(cell)}</td>' for cell in each.cells)}</tr>\n"
        for each in section.items
    )
    caption = f'<caption class="hidden">{_text(section.heading)}</caption>'
    return f"<table>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n"


# --- entries ---------------------------------------------------------------------------------


def _list(page: _Page, items: tuple[Item, ...], name: str) -> str:
    """A list of entries; where each tells of what it names, a table called by a name."""
    if not items:
        return ""
    if all(not each.items for each in items) and sum(bool(each.parts) for each in items) > 1:
        rows = "".join(_pair_row(page, each) for each in items)
        caption = f'<caption class="hidden">{_text(name)}</caption>'
        return f'<table class="pairs">{caption}\n<tbody>\n{rows}</tbody></table>\n'
    told = "".join(
        f"<li{_name(page, each)}{_class(each)}>{_inside(page, each)}</li>\n" for each in items
    )
    return f"<ul>\n{told}</ul>\n"


def _pair_row(page: _Page, item: Item) -> str:
    if not item.parts:
        return f'<tr><td colspan="2">{_inside(page, item)}</td></tr>\n'
    name, *said = item.parts
    head = _text(name.text.rstrip(":"))
    head = page.leading(head, name.about) if page.first else head
    told = "; ".join(f"<span>{_pair(page, each)}</span>" for each in said)
    return f'<tr{_name(page, item)}><th scope="row">{head}</th><td>{told}</td></tr>\n'


def _inside(page: _Page, item: Item) -> str:
    """All of an entry, with its own entries."""
    below = _list(page, item.items, item.text)
    if item.folded:
        return f"<details><summary>{_text(item.whole)}</summary>{below}</details>"
    lines = "\n".join(escape(printable(line)) for line in item.lines)
    words = _pair(page, item) if item.parts else _linked(item)
    mark = f"{_text(item.mark)} " if item.mark else ""
    words = f"<strong>{mark}{words}</strong>" if item.strong else f"{mark}{words}"
    cited = "".join(map(_reference, item.citations))
    return f"{words} {cited}{f'<pre>{lines}</pre>' if lines else ''}{below}".strip()


def _pair(page: _Page, item: Item) -> str:
    """An entry with what it names apart from what it tells of that."""
    if not item.parts:
        return _linked(item)
    name, *said = item.parts
    words = page.leading(_text(name.text), item.about)
    marks = (_mark(each.about.removeprefix("status:")) for each in said[:1] if each.about)
    told = "; ".join(_text(each.text) for each in said)
    mark = "".join(f"{each} " for each in marks)
    return f'{mark}<span class="name">{words}</span> <span class="said">{told}</span>'


def _linked(item: Item) -> str:
    """The text of an entry, in which the words of its links lead to their places."""
    text = _text(item.text)
    for each in item.links:
        words, target = _text(each.words), quote(each.target, safe="/#")
        text = text.replace(words, f'<a href="{target}">{words}</a>', 1)
    return text


def _reference(citation: Citation) -> str:
    """Where a claim stands, never without how current that is."""
    claim, place, badge = map(_text, (citation.claim, citation.place, citation.badge))
    return (
        f'<span class="reference"><span class="claim">{claim}</span>, {place}'
        f'<span class="hidden">;</span> <span class="badge">{badge}</span></span>'
    )


def _name(page: _Page, item: Item) -> str:
    """The name by which the first page leads to an entry of the details."""
    return "" if page.first else _attribute("id", _id(item.about))


def _class(item: Item) -> str:
    if item.citations:
        return _attribute("class", "claimed")
    return _attribute("class", "aside" if item.quiet else "")


def _mark(status: str) -> str:
    """The symbol of a status, whose words stand beside it."""
    return f'<span class="mark {status}" aria-hidden="true">{SYMBOLS[Status(status)]}</span>'


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def _id(about: str) -> str:
    """The name of a part of the page by what it is about."""
    return about.replace(":", "-")


def _text(text: str) -> str:
    return escape(clean(text))
