"""The team's own record as rows: its options in their fixed order, what to find out, the date."""

from collections.abc import Iterator
from typing import Final

from wizard.case.decisions import Choice, Decision
from wizard.screen.case.state import State
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, item, one_line, text
from wizard.wording.answers import factor_label
from wizard.wording.outline import Item
from wizard.wording.recording import (
    ABOUT,
    CHOICE_WORDS,
    NO_REASON,
    TITLE,
    date_text,
    departs,
    departure_text,
    documents_text,
    made_for,
    option_label,
    quoted,
    stale_text,
    status_now,
    status_then,
    to_find_out_text,
)
from wizard.wording.statuses import SYMBOLS
from wizard.wording.text import sentence

OPTION: Final = "decide:"
ASKED: Final = "asked:"
OFFER: Final = "offer:"
DATE: Final = "date:"
"""How the targets of rows begin."""

_MARKS: Final = {
    Choice.CHOSEN: "✓",
    Choice.NOT_CHOSEN: "✗",
    Choice.DEFERRED: "…",
    None: "·",
}
_COLUMNS: Final = 74
"""From this width on the choice and the documents have columns of their own."""
_CHOICE, _DOCUMENTS = 14, 30
_LOW: Final = 20


def head_rows(state: State, height: int, told: str) -> tuple[Row, ...]:
    """Whose words these are, for what they were made, and a message."""
    record = state.decisions
    stale = stale_text(state.situation, record)
    rows = [one_line(Span(TITLE, Tone.STRONG))]
    if height >= _LOW:
        rows.append(text(ABOUT, Tone.DIM))
    if told:
        rows.append(text(told, Tone.CAUTION))
    elif stale:
        rows.append(text(f"{stale} h holds it, as it is, for these.", Tone.CAUTION))
    return tuple(rows)


def record_rows(state: State, width: int) -> tuple[Row, ...]:
    """All that can be recorded, what is recorded of it, and beside it what the documents say."""
    return tuple(_rows(state, width))


def offered(state: State) -> tuple[str, ...]:
    """The open questions of the case that are not to be found out yet."""
    asked = {each.factor for each in state.decisions.find_out}
    assessment = state.assessment
    order = (*(each.factor for each in assessment.next), *assessment.waiting)
    return tuple(each for each in state.pathway.factors if each in order and each not in asked)


# --- parts -----------------------------------------------------------------------------------


def _rows(state: State, width: int) -> Iterator[Row]:
    situation, record = state.situation, state.decisions
    if record and stale_text(situation, record):
        for each in made_for(situation, record):
            yield from _then_rows(each, stale_text(situation, record))
        yield BLANK
    columns = width >= _COLUMNS
    yield _columns("OPTIONS", "THE TEAM", "THE DOCUMENTS") if columns else heading("OPTIONS")
    gone = (each.option for each in record.options if each.option not in state.pathway.options)
    for option in (*state.pathway.options, *gone):
        yield _option_row(state, record.of(option), columns=columns)
        yield from _reason_rows(state, record.of(option))
    yield BLANK
    yield heading("TO FIND OUT")
    for number, asked in enumerate(record.find_out):
        yield item("?", Span(to_find_out_text(situation, asked)), target=f"{ASKED}{number}")
    for factor in offered(state):
        label = factor_label(state.pathway.factors[factor])
        yield item("+", Span(label, Tone.DIM), tone=Tone.KEY, target=f"{OFFER}{factor}")
    yield item("+", Span("In your own words", Tone.DIM), tone=Tone.KEY, target=OFFER)
    yield BLANK
    yield heading("DATE")
    day = date_text(record) if record else "None: nothing is recorded."
    yield item("·", Span(day), target=DATE)


def _then_rows(told: Item, said: str) -> Iterator[Row]:
    """What is told of then, without what is `said` over the list already."""
    yield from (text(each, Tone.DIM) for each in (told.text,) if each != said)
    yield from (text(each.text, Tone.CAUTION) for each in told.items)


def _option_row(state: State, said: Decision, *, columns: bool) -> Row:
    situation, words = state.situation, CHOICE_WORDS[said.choice]
    tone = Tone.STRONG if said.choice else Tone.DIM
    label = Span(option_label(situation.pathway, said.option))
    status = status_now(situation, said.option)
    moved = status_then(state.decisions, said.option) not in (None, status)
    symbol = "" if status is None or moved else f"{SYMBOLS[status]} "
    documents = f"{symbol}{documents_text(situation, state.decisions, said.option)}"
    target, mark = OPTION + said.option, _MARKS[said.choice]
    if columns:
        beside = ((Span(words, tone),), _CHOICE), ((Span(documents, Tone.DIM),), _DOCUMENTS)
        first = Cell((Span(mark, tone),), 2), Cell((label,)), Cell((), 1)
        return Row((*first, *(Cell(*each) for each in beside)), target)
    team = (Span(f"  {words}", tone),) if said.choice else ()
    return item(mark, label, *team, Span(f"  {documents}", Tone.DIM), tone=tone, target=target)


def _reason_rows(state: State, said: Decision) -> Iterator[Row]:
    """The reason for what is said of an option; where it departs from the documents, that too."""
    found = departs(state.situation, state.decisions, said)
    departed = sentence(departure_text(found)) if found else ""
    if said.reason:
        yield text(f"{departed} {quoted(said.reason)}".strip(), indent=4)
    elif found:
        yield text(f"{departed} {sentence(NO_REASON)} r gives one.", Tone.CAUTION, indent=4)


def _columns(*titles: str) -> Row:
    first, second, third = ((Span(each, Tone.HEADING),) for each in titles)
    beside = Cell(second, _CHOICE), Cell(third, _DOCUMENTS)
    return Row((Cell((), 2), Cell(first), Cell((), 1), *beside))
