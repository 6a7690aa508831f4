"""One option: why it stands where it stands, and everything the documents say of it."""

from collections.abc import Iterable

from wizard.screen.case.options import head_rows
from wizard.screen.case.reasons import (
    agreement_rows,
    change_rows,
    reason_rows,
    statement_rows,
)
from wizard.screen.case.state import State
from wizard.screen.shared.citing import cited, documents_of, option_claims, said
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, text
from wizard.wording.options import OptionCard, OptionRow, option_card


def card_rows(state: State, option_id: str) -> tuple[Row, ...]:
    """The whole card, most useful first."""
    card = option_card(state.situation, option_id)
    rows = [
        *head_rows(card.row),
        *reason_rows(state, card.row),
        *statement_rows(state, card),
        *agreement_rows(state, option_id),
        *_aims(card),
        *_setting(card.row),
    ]
    for part in card.rows:
        rows.append(heading(part.title.upper()))
        for line in part.lines:
            rows += cited(line.text, line.citations)
        if part.empty:
            rows.append(text(part.empty, indent=2))
        rows.append(BLANK)
    rows += [*change_rows(state, option_id), *_assumptions(state, card), heading("SOURCES")]
    rows += documents_of(state, option_claims(state.pathway.options[option_id]))
    return (*rows, BLANK, text("t its decision trees · c its claims by document", Tone.DIM))


def why_rows(state: State, option_id: str) -> tuple[Row, ...]:
    """Why the option has its status: its reasons, each statement's match, what would change it."""
    card = option_card(state.situation, option_id)
    return (
        *head_rows(card.row),
        *reason_rows(state, card.row),
        *statement_rows(state, card),
        *agreement_rows(state, option_id),
        *_setting(card.row),
        *change_rows(state, option_id),
        *_assumptions(state, card),
    )


def _aims(card: OptionCard) -> Iterable[Row]:
    yield heading("AIMS")
    for aim in card.row.aims:
        yield from cited(aim.label, aim.citations)
    if card.no_aims:
        yield text(card.no_aims, indent=2)
    yield BLANK


def _setting(row: OptionRow) -> Iterable[Row]:
    if row.setting is None:
        return
    yield heading("USUAL SETTING")
    yield text(f"{row.setting.label}: {row.setting.word} ({row.setting.why})", indent=2)
    for each in row.setting.citations:
        yield from said(each, indent=4)
    yield BLANK


def _assumptions(state: State, card: OptionCard) -> Iterable[Row]:
    named = [*card.assumes, *(each for line in card.statements for each in line.assumes)]
    if named:
        yield heading("ASSUMPTIONS OF THE PATHWAY, BEYOND THE DOCUMENTS")
    for each in dict.fromkeys(named):
        assumption = state.pathway.assumptions[each]
        yield item(each, Span(assumption.says), tone=Tone.KEY, indent=2, width=7)
    if named:
        yield BLANK
