"""The place of the page in which a case is explored: all its words, for `page.js` to fill in.

Every question, option and alert stands here once; the script shows, hides and moves them.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.pathway.factors import (
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Value,
    ValueGroup,
)
from wizard.pathway.model import Alert, AlertLevel, Option, Pathway, Status
from wizard.report.book.browsing import Browsing
from wizard.report.book.markup import Content, Html, citation, element, link
from wizard.wording.answers import (
    NOT_DONE_KEY,
    NOT_KNOWN_KEY,
    RANGES_TOO,
    factor_label,
    groups_of_members,
    listed_answers,
)
from wizard.wording.deriving import worked_out_from
from wizard.wording.notices import HOW_TO_READ
from wizard.wording.options import EXCLUDES, EXCLUDES_OTHERS, NO_MATCH
from wizard.wording.outline import Citation
from wizard.wording.sources import factor_claims
from wizard.wording.statuses import LEVEL_WORDS, STATUS_TITLES
from wizard.wording.text import counted, joined, sentence, short

SYMBOLS: Final = {Status.DESCRIBED: "●", Status.POSSIBLE: "◐", Status.NOT_DESCRIBED: "○"}
KEYS: Final[tuple[tuple[str, str], ...]] = (
    ("1 to 9", "choose an answer, or mark a member: present, absent, not known"),
    (NOT_KNOWN_KEY, "the answer is not known"),
    (NOT_DONE_KEY, "it was not measured or not looked for"),
    ("space", "mark one of several answers"),
    ("enter", "take what is marked or typed"),
    ("n", "none of these"),
    ("r", "what is not marked is absent"),
    ("u, U", "undo, redo"),
    ("b", "the question before; its answer is kept"),
    ("N", "all that is left is not known"),
    ("R", "a new case"),
    ("e", "why this question, or why the option stands where it stands"),
    ("c", "sources"),
    ("t", "the option's trees, this case's path marked"),
    ("o", "hide or show the options"),
    ("g", "the map: go to any question"),
    ("/", "search"),
    ("tab, j, k, arrows", "move"),
)
_ACTIONS: Final = {
    "none": ("none", "n", "None of these"),
    "rest": ("rest", "r", "The rest absent"),
    "several": ("several", " ", "Mark several"),
    "notDone": ("notDone", NOT_DONE_KEY, "Not done"),
    "notKnown": ("notKnown", NOT_KNOWN_KEY, "Not known"),
    "confirm": ("confirm", "", "Confirm"),
    "back": ("back", "b", "Back"),
}
"""Buttons below a question: what each does, its key, and its words."""


def exploring(browsing: Browsing) -> Html:
    """The place; hidden until the script shows it."""
    pathway = browsing.pathway
    emergencies: list[Html] = []
    others: list[Html] = []
    for alert in pathway.alerts.values():
        of = emergencies if alert.level is AlertLevel.EMERGENCY else others
        of.append(_alert(browsing, alert))
    return element(
        "section",
        element("h2", "Explore a case", class_="for-readers"),
        element("div", emergencies, class_="emergencies"),
        element(
            "div",
            element(
                "div",
                (_question(browsing, each) for each in pathway.factors.values() if _asked(each)),
                _end(),
                _tools(pathway),
                class_="asking",
            ),
            _lists(browsing),
            _map(browsing),
            class_="columns",
        ),
        element("div", element("h3", "Alerts"), others, class_="others"),
        id="explore",
        class_="place",
        hidden=True,
    )


def _asked(factor: Factor) -> bool:
    return not isinstance(factor, DerivedFactor) or factor.may_be_answered


# --- questions -------------------------------------------------------------------------------


def _question(browsing: Browsing, factor: Factor) -> Html:
    step = next(each.label for each in browsing.pathway.steps if factor.id in each.factors)
    name = f"asks-{factor.id}"
    help_ = " ".join(filter(None, (factor.help, worked_out_from(browsing.pathway, factor))))
    return element(
        "section",
        element("p", step, class_="step"),
        element("h2", factor.question, id=name, tabindex="-1"),
        element("p", help_, class_="aside") if help_ else None,
        _answers(factor),
        element("p", "", class_="error", role="alert"),
        element("p", (_button(*_ACTIONS[each]) for each in _actions(factor)), class_="actions"),
        element(
            "details",
            element("summary", "Why this question", _key("e"), data_key="e"),
            element("p", "", class_="matters"),
        ),
        element(
            "details",
            element("summary", "Sources", _key("c"), data_key="c"),
            _claims(browsing.cited(factor_claims(factor))),
            element("p", link(f"factor:{factor.id}", "All about this question")),
        ),
        id=f"ask-{factor.id}",
        class_="question",
        aria_labelledby=name,
        hidden=True,
    )


def _actions(factor: Factor) -> Iterator[str]:
    match factor:
        case MultiFactor():
            yield from ("none",) if not factor.at_least else ()
            yield "rest"
        case NumberFactor():
            pass
        case _:
            yield "several"
    if factor.not_done is not None and isinstance(factor, MultiFactor | NumberFactor):
        yield "notDone"
    yield from ("notKnown", "confirm", "back")


def _answers(factor: Factor) -> Content:
    if isinstance(factor, NumberFactor):
        name = f"number-{factor.id}"
        return (
            element(
                "p",
                element("label", factor.label, for_=name),
                Html(" "),
                element(
                    "input",
                    id=name,
                    type="text",
                    inputmode="decimal",
                    autocomplete="off",
                    aria_describedby=f"asks-{factor.id}",
                ),
                Html(" "),
                factor.unit,
            ),
            element("p", sentence(RANGES_TOO), class_="aside"),
        )
    unmarked = "not known" if isinstance(factor, MultiFactor) else ""
    listed = enumerate(listed_answers(factor).values(), 1)
    groups = groups_of_members(factor) if isinstance(factor, MultiFactor) else []
    return (
        element(
            "ul",
            (element("li", _answer(each, n, unmarked)) for n, each in listed),
            class_="answers",
            data_list=True,
        ),
        (element("p", each, class_="aside") for each in groups),
    )


def _answer(value: Value | ValueGroup, number: int, unmarked: str) -> Html:
    key = str(number) if number < 10 else None
    return element(
        "button",
        element("kbd", key or ""),
        element(
            "span", element("b", value.label), element("small", value.help) if value.help else None
        ),
        element("i", unmarked),
        type="button",
        data_do="choose",
        data_answer=value.id,
        data_key=key,
        data_is="",
        data_unmarked=unmarked,
    )


def _end() -> Html:
    return element(
        "section",
        element("h2", "The result", id="ends", tabindex="-1"),
        element("p", ""),
        element("p", HOW_TO_READ),
        element("p", _button(*_ACTIONS["back"]), class_="actions"),
        id="ask-null",
        class_="question",
        aria_labelledby="ends",
        hidden=True,
    )


def _tools(pathway: Pathway) -> Content:
    not_done = any(each.not_done is not None for each in pathway.factors.values())
    keys = [each for each in KEYS if not_done or each[0] != NOT_DONE_KEY]
    return (
        element("output", "", id="told"),
        element(
            "p",
            _button("undo", "u", "Undo"),
            _button("redo", "U", "Redo"),
            _button("restNotKnown", "N", "Show the result"),
            _button("newCase", "R", "New case"),
            class_="actions tools",
        ),
        element(
            "details",
            element("summary", "Keys", _key("?"), data_key="?"),
            element("dl", ((element("dt", key), element("dd", does)) for key, does in keys)),
        ),
    )


def _button(does: str, key: str, words: str) -> Html:
    return element("button", words, _key(key), type="button", data_do=does, data_key=key or None)


def _key(key: str) -> Html:
    shown = {"": "enter", " ": "space"}.get(key, key)
    return element("kbd", shown, aria_hidden="true")


# --- the three lists -------------------------------------------------------------------------


def _lists(browsing: Browsing) -> Html:
    rows = [_row(browsing, each) for each in browsing.pathway.options.values()]
    return element(
        "details",
        element("summary", "Options", _key("o"), data_key="o"),
        element("p", "", id="far", class_="aside"),
        (
            element(
                "section",
                element(
                    "h3",
                    element("span", SYMBOLS[status], class_="symbol", aria_hidden="true"),
                    f" {title} ",
                    element("span", "0", class_="count"),
                ),
                element("ul", rows if status is Status.POSSIBLE else (), data_list=True),
                class_="list",
                data_status=status.value,
            )
            for status, title in STATUS_TITLES.items()
        ),
        element("p", HOW_TO_READ, class_="aside"),
        open=True,
        class_="lists",
    )


def _row(browsing: Browsing, option: Option) -> Html:
    sources = browsing.pathway.sources

    def told(claims: Iterable[str]) -> tuple[Citation, ...]:
        return browsing.cited(dict.fromkeys(claims))

    lines = [
        _line(
            f"statements:{each.id}",
            sources[each.source].short,
            told(each.every_claim),
            ("matches", NO_MATCH),
        )
        for each in option.statements.values()
    ]
    lines += [
        _line(
            f"excludes:{each.id}",
            sources[each.source].short,
            told(each.every_claim),
            (EXCLUDES, EXCLUDES_OTHERS),
        )
        for each in option.excludes.values()
    ]
    if option.usual_setting is not None:
        words = f"Usual setting: {option.usual_setting.label}:"
        claims = told(option.usual_setting.every_claim)
        lines.append(_line("setting:", words, claims, ("met", "not met")))
    lines += [
        _line(
            f"aims:{aim}",
            f"Aim: {places[0].label}",
            told(claim for each in places for claim in each.every_claim),
        )
        for aim, places in option.aims_by_id.items()
    ]
    harms = browsing.cited(option.for_anyone)
    return element(
        "li",
        element(
            "details",
            element(
                "summary",
                element("b", option.label),
                element("span", "", class_="remarks"),
                element("span", "", class_="moved"),
                element("span", "", class_="why"),
                data_key="ec",
            ),
            element("ul", lines, class_="lines"),
            element("p", "Harms that are worded for anyone:") if harms else None,
            _claims(harms),
            element("p", link(f"option:{option.id}", "Its card and trees"), " ", _on_card(option)),
        ),
        element(
            "a", "tree", href=f"#option-{option.id}", data_key="t", tabindex="-1", class_="tree-key"
        ),
        id=f"row-{option.id}",
        class_="row",
    )


def _on_card(option: Option) -> Html:
    """How much the card has on harms, so that nobody takes the row for all of it."""
    rows = (("cautions", "caution"), ("side_effects", "sentence on side effects"))
    counts = [
        counted(number, one, one.replace("caution", "cautions").replace("sentence", "sentences"))
        for row, one in rows
        if (number := len(option.card.get(row, ())))
    ]
    return element("span", f"({joined(counts)} on the card)" if counts else "", class_="aside")


def _line(
    name: str, words: str, claims: Iterable[Citation], verdicts: tuple[str, str] | None = None
) -> Html:
    """A sentence of a row; `verdicts` are how it stands where it holds, and where it does not."""
    is_ = None
    if verdicts is not None:
        is_ = element("span", "", class_="is", data_yes=verdicts[0], data_no=verdicts[1])
    return element("li", element("b", words), Html(" "), is_, _claims(claims), data_line=name)


def _claims(claims: Iterable[Citation]) -> Html | None:
    entries = [element("li", citation(each), data_claim=each.claim) for each in claims]
    return element("ul", entries, class_="claims") if entries else None


# --- alerts and the map ----------------------------------------------------------------------


def _alert(browsing: Browsing, alert: Alert) -> Html:
    to_check = "still open" if alert.level is AlertLevel.CHECK_ANSWERS else "to check"
    return element(
        "article",
        element(
            "h3",
            LEVEL_WORDS[alert.level],
            element("span", f", {to_check}", class_="check"),
            f": {alert.title}",
        ),
        element("p", alert.says, class_="says") if alert.says else None,
        element(
            "p",
            "Not settled by these answers; it ",
            element("span", "", class_="open"),
            ".",
            class_="check",
        ),
        element(
            "details",
            element("summary", "What the documents say"),
            _claims(browsing.cited(alert.every_claim)),
            element("p", link(f"alert:{alert.id}", "All about this alert")),
        ),
        class_="raised",
        data_alert=alert.id,
        data_level=alert.level.value,
        hidden=True,
    )


def _map(browsing: Browsing) -> Html:
    factors = browsing.pathway.factors
    return element(
        "nav",
        element("h3", "The answers", tabindex="-1", data_key="g"),
        (
            (
                element("h4", step.label),
                element("ul", (_mapped(factors[name]) for name in step.factors), data_list=True),
            )
            for step in browsing.pathway.steps
        ),
        id="map",
        aria_label="The answers",
    )


def _mapped(factor: Factor) -> Html:
    label = short(factor_label(factor))
    words: Content = (
        element("button", label, type="button", data_do="ask", data_factor=factor.id)
        if _asked(factor)
        else link(f"factor:{factor.id}", label)
    )
    return element(
        "li",
        words,
        element("span", "", class_="answer"),
        element("small", "", class_="state"),
        data_factor=factor.id,
    )
