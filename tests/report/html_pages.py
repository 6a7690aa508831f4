"""Pages of HTML that tests read, here and in a browser: what they say, and hostile ones."""

from collections.abc import Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any, Final

from tests.small import PARK, PROSTATE, SMALL, TODAY
from wizard.case.files import Case, read_regression_cases
from wizard.engine.compiling import compile_pathway
from wizard.pathway.load import load_pathway, shipped_folder
from wizard.reasoning.situation import situation
from wizard.record import Record, fields_of, replace
from wizard.report.first_page import DETAILS
from wizard.report.html import Figures, html_report, laid_out
from wizard.report.moment import Moment
from wizard.wording.outline import Citation, Item, Link, Report, Section, telling

WHEN: Final = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)
EMPTY: Final = frozenset({"meta", "br", "link", "img", "input", "hr", "path", "rect"})
FOLDERS: Final = {
    "neuroendocrine": shipped_folder(),
    "prostate": PROSTATE,
    "park": PARK,
    "small": SMALL,
}
HOSTILE: Final = (
    "</script></style></title></svg><script>alert(1)</script>"
    "<img src=x onerror=alert(1)><!-- ' \" --> &lt;b&gt; javascript:alert(1) \\3c b{} @import "
    "a\u202eb \u2066c \x1b[2J \x00 \ufeff"
)
"""Text that ends what it stands in, starts what it must not, and turns letters round."""


class Reader(HTMLParser):
    """The elements of a page with their attributes, what opens and closes wrongly, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.wrong: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        self.wrong += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(data)

    @property
    def said(self) -> str:
        """All the text in one line."""
        return " ".join("".join(self.text).split())

    def values(self, attribute: str) -> list[str]:
        """The values of an attribute, in order."""
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]


def cases(pathway: str) -> dict[str, Case]:
    """The cases of a pathway by their names."""
    folder = FOLDERS[pathway]
    found = read_regression_cases(folder / "cases", load_pathway(folder))
    return {name.removesuffix(".yaml"): case for name, case in found.items()}


def page_of(pathway: str, case: str) -> str:
    """The page of a case of a pathway."""
    compiled = compile_pathway(load_pathway(FOLDERS[pathway]))
    known = cases(pathway)[case]
    return html_report(situation(compiled, known.answers, TODAY), WHEN, known)


def hostile_page() -> str:
    """A page in which all that can be text is hostile."""
    cited = Citation(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    below = (Item(HOSTILE, citations=(cited,)), Item(citations=(cited,), mark=HOSTILE))
    link = Item(HOSTILE, links=(Link(HOSTILE, "javascript:alert(1)//"),), lines=(HOSTILE,))
    told = telling(HOSTILE, HOSTILE, HOSTILE)
    listed = telling(Item(HOSTILE, about="status:described"), told, HOSTILE)
    items = (
        *(told, telling(HOSTILE, HOSTILE, items=below), link, Item(HOSTILE, below, quiet=True)),
        *(Item(HOSTILE, (told, told), strong=True), Item(HOSTILE, below, folded=True)),
    )
    sections = (
        Section(HOSTILE, (HOSTILE,), items, (HOSTILE,), 3),
        Section(HOSTILE, (HOSTILE,), tuple(Item(HOSTILE, (each,), strong=True) for each in items)),
        Section(HOSTILE, items=(Item(HOSTILE, cells=(HOSTILE, HOSTILE)),), columns=(HOSTILE,) * 2),
    )
    lists = Section(HOSTILE, items=(listed, listed), about="lists")
    every = (lists, *sections, DETAILS, *sections)
    content = Report(f"{HOSTILE}: {HOSTILE}", every, HOSTILE, HOSTILE)
    return laid_out(content, [HOSTILE], Figures({}))


def infected(value: Any) -> Any:
    """Data in which every text of more than one word ends in the hostile one."""
    match value:
        case str() if " " in value:
            return f"{value} {HOSTILE}"
        case Record():
            fields = fields_of(type(value))
            return replace(value, **{each: infected(getattr(value, each)) for each in fields})
        case Mapping():
            return {key: infected(each) for key, each in value.items()}
        case tuple():
            return tuple(map(infected, value))
    return value


def hostile_pathway_page() -> str:
    """The page of a case in a pathway in which every text is hostile."""
    compiled = compile_pathway(infected(load_pathway(SMALL)))
    known = next(iter(cases("small").values()))
    case = replace(known, title=HOSTILE)
    return html_report(situation(compiled, known.answers, TODAY), WHEN, case)
