"""The summary of many cases as one page of HTML: tables of numbers, with a bar beside each row.

The bars are of lines, dots and shades, so that none is told by a colour alone; a number in words
stands beside each, and every width is made of what is told.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from wizard.cohort.protecting import Told
from wizard.cohort.running import Cohort
from wizard.cohort.summary import ALONE, AMONG, NEITHER, Scope, Summary
from wizard.record import Record, replace
from wizard.report.book.markup import Content, Html, element
from wizard.report.cohort import (
    Telling,
    cohort_title,
    made_by,
    others_words,
    row_lines,
    what_it_is,
    what_missing_is,
)
from wizard.report.cohort_words import (
    ALERT_HEADS,
    STATUS_HEADS,
    alert_words,
    bar_parts,
    first_words,
    missing_columns,
    row_words,
    words_of,
)
from wizard.report.html import page_head
from wizard.wording.text import clean

MOST_GROUPS: Final = 60
"""More would make a page that nobody reads."""
_STYLE: Final = Path(__file__).with_name("cohort.css")
_CLASSES: Final = ("first", "second", "third")
_PATTERNS: Final = Html(
    '<svg class="hidden pattern" aria-hidden="true" width="1" height="1"><defs>'
    '<pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<path d="M-1.5 1.5l3 -3M0 6l6 -6M4.5 7.5l3 -3"/></pattern>'
    '<pattern id="dotted" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<circle cx="3.5" cy="3.5" r="1"/></pattern></defs></svg>\n'
)
_FRAME: Final = Html('<rect class="frame" x="0" y="0" width="100%" height="100%"/>')
_MISSING_BAR: Final = (ALONE, AMONG, NEITHER)
_MISSING_KEY: Final = ("an option hangs on it alone", "on it and others", "none hangs on it")


class Line(Record):
    """A row of a table: its name, its bar with what it says, and its numbers in words."""

    name: str
    bar: Told
    says: str
    cells: tuple[str, ...]
    whole: bool = False


def cohort_html(cohort: Cohort, telling: Telling) -> str:
    """The summary of a file of cases as a page of HTML."""
    told = telling.told(cohort)
    lines = tuple(map(clean, made_by(telling)))
    title = cohort_title(cohort, telling)
    head = page_head(title, lines, _STYLE.read_text("utf-8"))
    name, _, about = title.partition(": ")
    top = element(
        "header",
        element("h1", element("span", about.capitalize(), class_="about"), Html(" "), name),
        element("ul", (element("li", each) for each in lines), class_="stamp"),
    )
    first = (_first(cohort, told, telling), _contents(told, telling))
    main = element("main", _PATTERNS, first, _parts(told, telling))
    return "\n".join((*head, f"<body>\n{top}{main}</body>", "</html>\n"))


# --- the parts of the page -------------------------------------------------------------------


def _first(cohort: Cohort, told: Summary, telling: Telling) -> Iterator[Content]:
    """What is read first: what it is, how many rows, and what would settle most."""
    yield element("div", (element("p", each) for each in what_it_is(telling)), class_="use")
    if words := first_words(told.whole, telling.pathway):
        yield element("p", words, class_="lead")
    wrong = cohort.whole.rows - cohort.whole.assessed
    tiles = {
        "rows in": cohort.read,
        "rows out": cohort.written,
        "assessed": cohort.whole.assessed,
        "in error": wrong,
    }
    yield element(
        "dl",
        (
            element("div", element("dt", name), element("dd", f"{number:,}"))
            for name, number in tiles.items()
        ),
        class_="tiles",
    )
    _, *errors = row_lines(cohort, telling)
    if errors:
        yield element("ul", (element("li", each) for each in errors), class_="errors")


def _contents(told: Summary, telling: Telling) -> Html:
    """Where to find what, on a screen."""
    names = {"options": "Options"}
    names |= {"missing": "What is missing"} if told.whole.missing else {}
    names |= {"alerts": "Alerts"} if told.whole.alerts else {}
    names |= {} if telling.by is None else {"groups": f"By {clean(telling.by)}"}
    links = (element("li", element("a", name, href=f"#{at}")) for at, name in names.items())
    return element("nav", element("ul", links), aria_label="Contents")


def _parts(told: Summary, telling: Telling) -> Iterator[Content]:
    whole = told.whole
    heads = tuple(STATUS_HEADS.values())
    yield _section(
        "options",
        "Options",
        ("In the neutral order; the order means nothing.",),
        _key(heads, hidden=any(None in row.numbers for row in whole.options.values())),
        _table("Options", heads, _option_lines(whole, telling).values()),
    )
    if whole.missing:
        columns, _ = missing_columns(whole)
        hidden = any(None in each.row.numbers for each in whole.missing.values())
        yield _section(
            "missing",
            "What is missing",
            (what_missing_is(whole, telling),),
            _key(_MISSING_KEY, hidden=hidden),
            _table(
                "What is missing", columns, _missing_lines(whole, telling).values(), "numbers long"
            ),
        )
    if whole.alerts:
        yield _section(
            "alerts",
            "Alerts",
            (),
            _key(ALERT_HEADS, hidden=any(None in row.numbers for row in whole.alerts.values())),
            _table("Alerts", ALERT_HEADS, _alert_lines(whole, telling).values(), "numbers long"),
        )
    yield from _groups(told, telling)


def _groups(told: Summary, telling: Telling) -> Iterator[Content]:
    """Each option, missing answer and alert in a table of its own, with a row for each group."""
    if telling.by is None:
        return
    by = clean(telling.by)
    scopes = [("all", told.whole)]
    scopes += [(clean(name) or "empty", scope) for name, scope in told.groups.items()]
    words = []
    if told.others is not None:
        scopes.append(("all others", told.others))
        words = [f"All others: {others_words(told)}"]
    if len(scopes) == 1:
        yield _section("groups", f"By {by}", ("No group is large enough to be told.",))
        return
    if len(scopes) > MOST_GROUPS:
        words = [f"There are {len(scopes) - 1:,} groups, too many for a page: JSON tells of each."]
        yield _section("groups", f"By {by}", words)
        return
    yield _section(
        "groups",
        f"By {by}",
        words,
        element("h3", "Options"),
        _panels(scopes, tuple(STATUS_HEADS.values()), _option_lines, telling),
        element("h3", "What is missing"),
        _panels(scopes, ("cases", "settled by it alone"), _missing_lines, telling),
        element(
            "details",
            element("summary", element("h3", "Alerts")),
            _panels(scopes, ALERT_HEADS, _alert_lines, telling),
        )
        if told.whole.alerts
        else None,
    )


def _section(name: str, title: str, paragraphs: Iterable[str], *content: Content) -> Html:
    told = (element("p", each) for each in paragraphs)
    return element("section", element("h2", title), told, content, id=name)


# --- the rows of the tables ------------------------------------------------------------------


def _option_lines(scope: Scope, telling: Telling) -> dict[str, Line]:
    return {
        option: _line(telling.pathway.options[option].label, row, tuple(STATUS_HEADS.values()))
        for option, row in scope.options.items()
    }


def _alert_lines(scope: Scope, telling: Telling) -> dict[str, Line]:
    return {
        alert: _line(alert_words(telling.pathway, alert), row, ALERT_HEADS)
        for alert, row in scope.alerts.items()
    }


def _missing_lines(scope: Scope, telling: Telling) -> dict[str, Line]:
    heads, cells = missing_columns(scope)
    return {
        factor: Line(
            telling.pathway.factors[factor].label,
            _turned(scope.missing[factor].row, _MISSING_BAR),
            ", ".join(f"{cell} {head}" for head, cell in zip(heads, own, strict=True)),
            own,
        )
        for factor, own in cells.items()
    }


def _line(label: str, row: Told, heads: tuple[str, ...]) -> Line:
    cells = tuple(words_of(row, place) for place in range(len(heads)))
    return Line(label, row, row_words(row, heads), cells)


def _turned(row: Told, order: Sequence[int]) -> Told:
    """A row with its numbers in another order."""
    few = frozenset(order.index(place) for place in row.few)
    return Told(row.total, tuple(row.numbers[place] for place in order), few)


# --- tables and bars -------------------------------------------------------------------------


def _panels(
    scopes: Sequence[tuple[str, Scope]],
    heads: tuple[str, ...],
    lines_of: Callable[[Scope, Telling], dict[str, Line]],
    telling: Telling,
) -> Html:
    """A small table for each thing that is told of the whole, with a row for each group."""
    by_group = [(name, lines_of(scope, telling)) for name, scope in scopes]
    panels = []
    for key, of in by_group[0][1].items():
        rows = [
            replace(lines[key], name=name, whole=lines is by_group[0][1])
            for name, lines in by_group
        ]
        panels.append(element("article", element("h4", of.name), _table(of.name, heads, rows)))
    return element("div", panels, class_="panels")


def _table(caption: str, heads: Sequence[str], lines: Iterable[Line], of: str = "numbers") -> Html:
    """Rows with their bars and numbers."""
    top = element(
        "tr",
        element("td"),
        element("td", class_="drawn"),
        (element("th", each, scope="col", class_="number") for each in heads),
    )
    return element(
        "table",
        element("caption", caption, class_="hidden"),
        element("thead", top),
        element("tbody", map(_row, lines)),
        class_=of,
    )


def _row(line: Line) -> Html:
    return element(
        "tr",
        element("th", line.name, scope="row"),
        element("td", _bar(line.bar, line.says), class_="drawn"),
        (
            element("td", each, class_="number" if each[:1].isdigit() else "number untold")
            for each in line.cells
        ),
        class_="whole" if line.whole else None,
    )


def _bar(row: Told, says: str) -> Html:
    """A row as a bar, which says in words what it shows."""
    at = 0.0
    parts = []
    for place, share in bar_parts(row):
        of = "untold" if place is None else _CLASSES[place]
        parts.append(_part(of, at, share))
        at += share
    return element("svg", parts, _FRAME, class_="bar", role="img", aria_label=says)


def _part(of: str, at: float, share: float) -> Html:
    left, wide = (f"{round(100 * each, 2):g}%" for each in (at, share))
    return Html(f'<rect class="{of}" x="{left}" y="0" width="{wide}" height="100%"/>')


def _key(names: Sequence[str], *, hidden: bool) -> Html:
    """What the parts of a bar are."""
    shown = list(zip(_CLASSES, names, strict=True))
    shown += [("untold", "not told")] if hidden else []
    swatches = (
        element(
            "li",
            element("svg", _part(of, 0, 1), _FRAME, class_="bar", aria_hidden="true"),
            name,
        )
        for of, name in shown
    )
    return element("ul", swatches, class_="key")
