"""What can be laid over the case: one function a topic, and which topic has which."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from wizard.pathway.model import Alert, Factor, Pathway, named_values
from wizard.screen.case.case_map import map_rows
from wizard.screen.case.keys import DIGITS, KEYS, Key, refusal
from wizard.screen.case.options import OPTION
from wizard.screen.case.search import search_rows
from wizard.screen.case.settled import settles_words
from wizard.screen.case.state import State, Topic
from wizard.screen.case.transitions import close
from wizard.screen.case.tree import tree_rows
from wizard.screen.shared.citing import all_documents, claim_rows, option_claims, said
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, item, spans, text
from wizard.wording.alerts import AlertText, alert_texts
from wizard.wording.notices import (
    AUDIENCE,
    NEUTRAL_ORDER,
    NO_NAMES,
    NOT_UNSUITABLE,
    UNKNOWN_IS_NOT_NO,
    changes_lines,
    documents_line,
    foreign_line,
    pathway_stamp,
    review_line,
)
from wizard.wording.sources import citation, source_stamps
from wizard.wording.walk import options_that_depend, why_asked

MARKS: Final = (
    ("●", "an option described for these answers"),
    ("◐", "an option that depends on further answers"),
    ("○", "an option not described for these answers; that is not the same as unsuitable"),
    ("+ -", "the last answer moved an option: + nearer to described, - away from it"),
    ("✓", "answered, marked or present"),
    ("✗", "said to be absent"),
    ("❯", "the question asked now, and the cursor"),
    ("·", "a question still to ask, or a member not known"),
    ("–", "asked, and not known"),
    ("×", "a question that cannot change anything now, or does not apply"),
    ("~", "an answer that is kept, and not used while its question does not apply"),
    ("⚠", "what may be life-threatening: in capitals where certain, To check while it may be"),
)


View = Callable[[int, str | None], tuple[Row, ...]]
"""Rows for a width in cells and the target under the cursor."""


def reading_view(state: State, column: str) -> View:
    """The view of what lies on top of the case; its rows are made once where they can be."""
    topic = None if state.overlay is None else state.overlay.topic
    if topic in {Topic.MAP, Topic.COMPARE}:
        return lambda width, cursor: reading_rows(state, column, width, cursor)
    rows = reading_rows(state, column, 0, None)
    return lambda _width, _cursor: rows


def reading_rows(state: State, column: str, width: int, cursor: str | None) -> tuple[Row, ...]:
    """The rows of what lies on top of the case."""
    over = state.overlay
    if over is None:
        return ()
    match over.topic:
        case Topic.MAP:
            return map_rows(state, cursor)
        case Topic.HELP:
            return _help(state, column)
        case topic if topic in _EXPLAINED or (
            topic is Topic.WHY and over.subject in state.pathway.options
        ):
            from wizard.screen.case.explaining import explained_rows  # noqa: PLC0415 - imported on first use

            return explained_rows(state, over, width)
        case _:
            return _TOPICS[over.topic](state, over.subject or "")


_SETTLED: Final = (
    "The title of the lists counts the options that are settled: they stay in their list "
    "whatever the missing answers are."
)


def reading_title(state: State) -> str:
    """The title of what lies on top of the case."""
    over = state.overlay
    if over is None:
        return ""
    name = over.topic.capitalize()
    if over.subject in state.pathway.options:
        return f"{name} · {state.pathway.options[over.subject or ''].label}"
    if over.subject in state.pathway.factors:
        return f"{name} · {state.pathway.factors[over.subject or ''].label}"
    return name


def _why_question(state: State, subject: str) -> tuple[Row, ...]:
    factor = state.pathway.factors[subject]
    settles = settles_words(state, subject)
    rows = [
        text(factor.question, Tone.STRONG),
        BLANK,
        text(why_asked(state.situation, factor)),
        *([text(f"A full answer {settles}.")] if settles else []),
        BLANK,
        item("w", Span("What each answer would change"), tone=Tone.KEY, target=f"{ACTION}what_if"),
        BLANK,
    ]
    options = options_that_depend(state.situation, factor)
    if options:
        rows.append(heading("OPTIONS THAT STILL DEPEND ON IT", str(len(options))))
    for option in options:
        label = state.pathway.options[option].label
        rows.append(spans(Span("→ ", Tone.KEY), Span(label), indent=2, target=OPTION + option))
    rows += [BLANK, heading("ABOUT THE QUESTION"), text(factor.help, indent=2), BLANK]
    for value in named_values(factor).values():
        rows.append(text(value.label, Tone.STRONG, indent=2))
        if value.help:
            rows.append(text(value.help, indent=4))
    for each in factor.assumes:
        rows.append(item(each, Span(state.pathway.assumptions[each].says), indent=2, width=7))
    return (*rows, BLANK, *claim_rows(state, factor_claims(factor)))


def factor_claims(factor: Factor) -> tuple[str, ...]:
    """Every claim of a question, its own first."""
    of_values = [claim for value in named_values(factor).values() for claim in value.claims]
    return tuple(dict.fromkeys((*factor.claims, *of_values)))


def _sources(state: State, subject: str) -> tuple[Row, ...]:
    if subject in state.pathway.options:
        return tuple(claim_rows(state, option_claims(state.pathway.options[subject])))
    if subject in state.pathway.factors:
        rows = claim_rows(state, factor_claims(state.pathway.factors[subject]))
        if rows:
            return tuple(rows)
    return tuple(all_documents(state))


def _alerts(state: State, subject: str) -> tuple[Row, ...]:
    rows: list[Row] = []
    for alert in alert_texts(state.situation):
        if subject in {"", alert.id}:
            rows += _alert(state.pathway.alerts[alert.id], alert, state)
    return tuple(rows) or (text("No alert applies to these answers."),)


def _alert(record: Alert, alert: AlertText, state: State) -> list[Row]:
    rows = [text(alert.heading, Tone.STRONG)]
    if alert.unsettled:
        rows.append(text(alert.unsettled, indent=2))
    if alert.says:
        rows.append(text(alert.says, indent=2))
    for line in alert.lines:
        rows += said(line.citation)
        if line.manner:
            rows.append(text(f"As the document words it: {line.manner}", Tone.DIM, indent=4))
    for each in record.assumes:
        assumption = state.pathway.assumptions[each]
        rows.append(item(each, Span(assumption.says, Tone.DIM), indent=2, width=7))
    for option in record.about:
        label = state.pathway.options[option].label
        rows.append(spans(Span("→ ", Tone.KEY), Span(label), indent=2, target=OPTION + option))
    return [*rows, BLANK]


def _help(state: State, column: str) -> tuple[Row, ...]:
    rows = [text(_where(state, column)), BLANK, heading("KEYS")]
    rows += [key_row(key, _refused(key, state, column)) for key in (DIGITS, *KEYS)]
    rows += [
        text("Arrows or j and k move, enter chooses, home and end go to the edges.", indent=2),
        text("A click does what enter does; the wheel scrolls.", indent=2),
        text("Hold shift (or option) to select text with the mouse.", indent=2),
        BLANK,
        heading("MARKS"),
    ]
    rows += [item(mark, Span(words), tone=Tone.STRONG, indent=2, width=5) for mark, words in MARKS]
    return (*rows, text(_SETTLED, indent=2), BLANK, *_terms(state))


def _refused(key: Key, state: State, column: str) -> str | None:
    """Why a key cannot do anything once the help is closed; what closes it can already."""
    return refusal(key.action, state if key.action == "close" else close(state), column)


def _where(state: State, column: str) -> str:
    if column == "options":
        return (
            "The three lists of options, always in one order. Enter opens an option: why it "
            "stands there, what each document states, cautions and sources."
        )
    if column == "map":
        return "Every question of the case. Enter goes to one; no answer is lost."
    if state.asked is None:
        return "The walk is at its end: the lists are the result, and any answer can be changed."
    return (
        "A digit answers at once. Where one of several values holds, not known which, space "
        "marks the first, digits mark the others, enter confirms. In a list of several members "
        "each is present, absent or not known: a digit or space goes on to the next of these."
    )


def key_row(key: Key, refused: str | None) -> Row:
    """A key in the help: what it does, and why it cannot now."""
    tone = Tone.DIM if refused else Tone.PLAIN
    words = f"{key.tooltip} ({refused.rstrip('.')})" if refused else key.tooltip
    return Row(
        (
            Cell((), 2),
            Cell((Span(key.display, Tone.DIM if refused else Tone.KEY),), 11),
            Cell((Span(words, tone),)),
        ),
        None,
    )


def _terms(state: State) -> list[Row]:
    if not state.pathway.glossary:
        return []
    rows = [heading("TERMS")]
    for term in state.pathway.glossary.values():
        rows.append(text(term.term, Tone.STRONG, indent=2))
        for claim in term.claims:
            found = state.pathway.claims[claim]
            rows.append(text(f"{found.says} [{claim}]", indent=4))
    return rows


def intended_use_rows(pathway: Pathway, today: date) -> tuple[Row, ...]:
    """What the wizard is for and what not, its limits, and what the pathway rests on."""
    rows = [text(pathway.intended_use, Tone.STRONG), BLANK]
    rows += [text(line, Tone.CAUTION) for line in foreign_line(pathway)]
    for line in (
        review_line(pathway),
        AUDIENCE,
        NO_NAMES,
        NOT_UNSUITABLE,
        NEUTRAL_ORDER,
        UNKNOWN_IS_NOT_NO,
    ):
        rows += [text(line), BLANK]
    rows += [heading("LIMITS"), *(item("·", Span(limit), indent=2) for limit in pathway.limits)]
    rows += [BLANK, heading("WHAT IT RESTS ON"), text(documents_line(pathway), indent=2)]
    rows += [item("·", Span(line), indent=2) for line in source_stamps(pathway, today)]
    for each in pathway.assumes:
        rows.append(item(each, Span(pathway.assumptions[each].says), indent=2, width=7))
    rows += [BLANK, heading("WHAT THE DOCUMENTS LEAVE OUT")]
    for source in pathway.sources.values():
        for claim in source.leaves_out:
            rows += said(citation(pathway, claim, today))
    rows += [BLANK, heading("THIS PATHWAY"), text(pathway_stamp(pathway), indent=2)]
    rows += [text(line, indent=2) for line in changes_lines(pathway)]
    rows += [BLANK, heading("REPORT AN ERROR"), text(pathway.report_errors, indent=2)]
    return tuple(rows)


_EXPLAINED: Final = frozenset(
    {Topic.OPTION, Topic.WHAT_IF, Topic.FIRST, Topic.DOCUMENTS, Topic.COMPARE}
)
"""Topics whose views are imported when one is first opened, so that the start is faster."""
_TOPICS: Final[Mapping[Topic, Callable[[State, str], tuple[Row, ...]]]] = {
    Topic.TREE: tree_rows,
    Topic.WHY: _why_question,
    Topic.SOURCES: _sources,
    Topic.ALERTS: _alerts,
    Topic.SEARCH: lambda state, _subject: search_rows(state),
    Topic.INTENDED_USE: lambda state, _subject: intended_use_rows(
        state.pathway, state.situation.today
    ),
}
