"""The whole page: one file that asks for nothing, with a policy that lets nothing else in."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import Final

from wizard import __version__
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import TooManyNodesError
from wizard.pathway.model import Pathway
from wizard.report.book.browsing import Browsing
from wizard.report.book.exploring import exploring
from wizard.report.book.exporting import Exporter, TooLargeForAPageError
from wizard.report.book.markup import Content, Html, element, link, place
from wizard.report.moment import Moment
from wizard.wording.currency import currency
from wizard.wording.notices import (
    AUDIENCE,
    documents_line,
    notice,
    pathway_stamp,
    review_line,
)
from wizard.wording.options import OTHER_CASES
from wizard.wording.search import (
    NOTHING_FOUND,
    HitKind,
    SearchedText,
    beginnings,
    found_by_words,
    searched_texts,
)
from wizard.wording.sources import source_stamps
from wizard.wording.text import clean
from wizard.wording.walk import CHANGE_WORDS, QuestionState

_STATES: Final[Mapping[QuestionState, str]] = {
    QuestionState.ANSWERED: "",
    QuestionState.NOT_RECORDED: "",
    QuestionState.TO_ASK: "to ask",
    QuestionState.RECORD_ONLY: "recorded only; no document ties it to an option",
    QuestionState.WAITING: "whether it is asked",
    QuestionState.SETTLED: "cannot change any option, aim, usual setting or alert now",
    QuestionState.NOT_APPLICABLE: "does not apply",
    QuestionState.WORKED_OUT: "worked out",
    QuestionState.PARKED: "kept, not used: it does not apply",
}
_PLACES: Final = {
    "explore": "Explore a case",
    "options": "Options",
    "questions": "Questions",
    "alerts": "Alerts",
    "documents": "Documents and claims",
    "cases": "Cases",
    "more": "Terms, assumptions, limits",
    "about": "About",
}
_FOUND_AT: Final = {
    HitKind.OPTION: "option",
    HitKind.QUESTION: "factor",
    HitKind.ALERT: "alert",
    HitKind.TERM: "term",
    HitKind.ASSUMPTION: "assumption",
    HitKind.CLAIM: "claim",
}
_MOST_SAID: Final = 120


def page(compiled: Compiled, moment: Moment) -> str:
    """The page of a pathway, as HTML.  Raises TooLargeForAPageError."""
    try:
        return _whole(compiled, moment)
    except TooManyNodesError:
        raise TooLargeForAPageError from None


def _whole(compiled: Compiled, moment: Moment) -> str:
    exporter = Exporter(compiled)
    browsing = Browsing(exporter, moment.today)
    pathway = compiled.pathway
    main = element("main", _search(pathway), exploring(browsing), _places(browsing), id="main")
    data = {**exporter.data(), "words": _words(pathway, moment)}
    scripts = [_file(name) for name in ("engine.js", "page.js")]
    style = _file("page.css")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(scripts, style)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", pathway.title[:60]),
        element("style", Html(style)),
    )
    body = element(
        "body",
        element("a", "To the content", href="#main", class_="skip"),
        _header(pathway),
        main,
        _footer(pathway, moment),
        element("script", Html(_json(data)), type="application/json", id="pathway"),
        (element("script", Html(each)) for each in scripts),
    )
    return "<!doctype html>\n" + element("html", head, body, lang="en")


def _header(pathway: Pathway) -> Html:
    about = f"{pathway.version} · {documents_line(pathway)} · {review_line(pathway)}"
    places = (
        element("li", element("a", title, href=f"#{name}")) for name, title in _PLACES.items()
    )
    return element(
        "header",
        element("h1", pathway.title),
        element("p", about),
        element("p", " ".join(pathway.intended_use.split()), class_="use"),
        element(
            "nav",
            element("ul", places),
            element("label", "Search", for_="find"),
            element("input", id="find", type="search", data_key="/", autocomplete="off"),
            aria_label="Places of this page",
        ),
    )


def _places(browsing: Browsing) -> Iterator[Html]:
    """All there is to read, place by place, each with the things that it has."""
    pathway = browsing.pathway
    options, shared = pathway.options.values(), pathway.shared.values()
    factors, alerts = pathway.factors.values(), pathway.alerts.values()
    yield _place(
        "options",
        _contents(
            *((f"option:{each.id}", each.label) for each in options),
            *((f"shared:{each.id}", f"Shared tree: {each.label}") for each in shared),
        ),
        map(browsing.option, options),
        browsing.shared(),
    )
    yield _place(
        "questions",
        _contents(*((f"factor:{each.id}", each.label) for each in factors)),
        map(browsing.question, factors),
    )
    yield _place(
        "alerts",
        _contents(*((f"alert:{each.id}", each.title) for each in alerts)),
        map(browsing.alert, alerts),
    )
    yield _place(
        "documents",
        _contents(*((f"document:{each.id}", each.title) for each in pathway.sources.values())),
        map(browsing.document, pathway.sources),
    )
    yield _place("cases", browsing.cases())
    yield _place("more", browsing.more())
    yield _place("about", browsing.about())


def _contents(*entries: tuple[str, str]) -> Html:
    """What a place has, each leading to it."""
    every = (element("li", link(about, title)) for about, title in entries)
    return element("ul", every, class_="contents")


def _place(name: str, *content: Content) -> Html:
    heading = element("h2", _PLACES[name])
    return element("section", heading, content, id=name, class_="place")


def _search(pathway: Pathway) -> Html:
    entries = (_findable(*each) for each in searched_texts(pathway))
    return element(
        "section",
        element("h2", "Search"),
        element("output", "", id="found"),
        element("ul", entries, id="hits"),
        id="search",
        class_="place",
    )


def _findable(
    kind: HitKind, name: str, title: SearchedText, texts: tuple[SearchedText, ...]
) -> Html:
    every = (title, *texts)
    also = tuple(dict.fromkeys(other for text in every for other in text.also))
    says = dict.fromkeys(word for text in every for word in beginnings(text.says))
    where = f"{_FOUND_AT[kind]}-{name}" if kind in _FOUND_AT else "limits"
    words = title.says if len(title.says) <= _MOST_SAID else f"{title.says[:_MOST_SAID]} …"
    return element(
        "li",
        element("small", kind.value),
        element("a", words, href=f"#{place(where)}"),
        element("small", found_by_words(also), class_="ours"),
        data_says=" " + " ".join(says),
        data_also="".join(f" {word}" for other in also for word in beginnings(other)),
        hidden=True,
    )


def _footer(pathway: Pathway, moment: Moment) -> Html:
    """The notices and the stamp that every output carries."""
    made = f"Made by mdt-wizard {__version__} on {moment.iso}, from {pathway_stamp(pathway)}."
    stamps = (element("li", each) for each in source_stamps(pathway, moment.today))
    return element(
        "footer",
        element("h2", "Notices"),
        element("p", notice(pathway)),
        element("p", AUDIENCE),
        element("p", "Whether a document is current is told as of that day."),
        element("p", made),
        element("ul", stamps),
        element("p", pathway.report_errors),
    )


def _words(pathway: Pathway, moment: Moment) -> dict[str, object]:
    """What the script says beyond what stands on the page."""
    ages = {
        source.id: "undated"
        if source.date is None
        else source.date[:4]
        if currency(source, moment.today, pathway.old_after_years).old
        else None
        for source in pathway.sources.values()
    }
    return {
        "states": {state.value: words for state, words in _STATES.items()},
        "changes": {
            change.value: f"Its answer can still change {words}"
            for change, words in CHANGE_WORDS.items()
        },
        "options": {each.id: clean(each.label) for each in pathway.options.values()},
        "ages": ages,
        "others": OTHER_CASES,
        "end": "No question is left that can change anything shown.",
        "fuller": "Every question that can change something has been asked; fuller answers to "
        "these still can:",
        "unmarked": "Choose or mark an answer first; * says that it is not known.",
        "absent": "Mark what is present first; n says that none of these is.",
        "nothing": NOTHING_FOUND,
    }


def _policy(scripts: Iterable[str], style: str) -> str:
    hashes = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _json(data: object) -> str:
    """Data that cannot end the element that it stands in."""
    text = json.dumps(data, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _file(name: str) -> str:
    return resources.files("wizard.report.book").joinpath(name).read_text("utf-8")
