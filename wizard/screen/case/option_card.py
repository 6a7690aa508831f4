"""One option: why it stands where it stands, and everything the documents say of it."""

from wizard.report.reading import (
    assumption_sections,
    card_sections,
    named_documents,
    setting_sections,
)
from wizard.screen.case.options import head_rows
from wizard.screen.case.reasons import (
    agreement_rows,
    change_rows,
    reason_rows,
    statement_rows,
)
from wizard.screen.case.state import State
from wizard.screen.shared.outline import outline_rows
from wizard.screen.shared.rows import Row, Tone, text
from wizard.wording.options import option_card


def card_rows(state: State, option_id: str) -> tuple[Row, ...]:
    """The whole card, most useful first."""
    pathway, today = state.pathway, state.situation.today
    card = option_card(state.situation, option_id)
    claims = pathway.options[option_id].claims
    return (
        *head_rows(card.row),
        *reason_rows(state, card.row),
        *statement_rows(state, card),
        *agreement_rows(state, option_id),
        *outline_rows(setting_sections(card)),
        *outline_rows(card_sections(card)),
        *change_rows(state, option_id),
        *outline_rows(assumption_sections(pathway, card)),
        *outline_rows([named_documents(pathway, claims, today)]),
        text("t its decision trees · c its claims by document", Tone.DIM),
    )


def why_rows(state: State, option_id: str) -> tuple[Row, ...]:
    """Why the option has its status: its reasons, each statement's match, what would change it."""
    card = option_card(state.situation, option_id)
    return (
        *head_rows(card.row),
        *reason_rows(state, card.row),
        *statement_rows(state, card),
        *agreement_rows(state, option_id),
        *outline_rows(setting_sections(card)),
        *change_rows(state, option_id),
        *outline_rows(assumption_sections(state.pathway, card)),
    )
