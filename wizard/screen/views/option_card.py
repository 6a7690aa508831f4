"""One option: why it stands where it stands, and everything the documents say of it."""

from collections.abc import Iterable

from wizard.pathway.model import Option, Status
from wizard.screen.rows import BLANK, Row, Span, Tone, heading, item, spans, text
from wizard.screen.state import State
from wizard.screen.views.case_map import FACTOR
from wizard.screen.views.citing import cited, documents_of, said
from wizard.screen.views.options import SYMBOLS
from wizard.wording.answers import factor_label
from wizard.wording.options import OptionCard, OptionRow, StatementLine, option_card
from wizard.wording.statuses import STATUS_TITLES as TITLES


def card_rows(state: State, option_id: str) -> tuple[Row, ...]:
    """The whole card, most useful first."""
    card = option_card(state.situation, option_id)
    rows = [
        *_head(card.row),
        *_statements(state, card.statements),
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
    rows += [*_would_change(state, option_id), *_assumptions(state, card), heading("SOURCES")]
    rows += documents_of(state, option_claims(state.pathway.options[option_id]))
    return (*rows, BLANK, text("t its decision trees · c its claims by document", Tone.DIM))


def why_rows(state: State, option_id: str) -> tuple[Row, ...]:
    """Why the option has its status: its reason, and how each statement matches."""
    card = option_card(state.situation, option_id)
    return (
        *_head(card.row),
        *_statements(state, card.statements),
        *_setting(card.row),
        *_would_change(state, option_id),
        *_assumptions(state, card),
    )


def option_claims(option: Option) -> tuple[str, ...]:
    """Every claim of an option, its statements' first."""
    statements = option.statements.values()
    found = [claim for each in statements for claim in each.claims]
    found += [claim for each in statements for aim in each.aims for claim in aim.claims]
    found += [claim for aim in option.aims for claim in aim.claims]
    found += option.usual_setting.claims if option.usual_setting else ()
    found += [claim for row in option.card.values() for claim in row]
    found += [claim for note in option.notes for claim in note.claims]
    return tuple(dict.fromkeys(found))


def head_rows(row: OptionRow) -> list[Row]:
    """The option's name and status."""
    return [
        spans(Span(row.label, Tone.STRONG), Span(f"   {row.group}", Tone.DIM)),
        item(SYMBOLS[row.status], Span(TITLES[row.status]), tone=Tone.STRONG),
    ]


def _head(row: OptionRow) -> list[Row]:
    return [*head_rows(row), text(row.why, indent=2), BLANK]


def _statements(state: State, statements: Iterable[StatementLine]) -> Iterable[Row]:
    yield heading("WHAT EACH DOCUMENT STATES")
    for line in statements:
        tone = Tone.DIM if line.status is Status.NOT_DESCRIBED else Tone.STRONG
        title = state.pathway.sources[line.source].title
        words = Span(f"{title} ({line.source}): {line.match}", tone)
        yield item(SYMBOLS[line.status], words, indent=2)
        for each in line.citations:
            yield from said(each, indent=4)
    yield BLANK


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


def _would_change(state: State, option_id: str) -> Iterable[Row]:
    """The questions whose answers decide the option; each goes to its question."""
    verdict = state.assessment.options[option_id].verdict
    yield heading("WHAT WOULD CHANGE IT")
    if verdict.status is Status.POSSIBLE:
        factors, words = verdict.depends_on, "An answer to any of these may settle it:"
    else:
        factors, words = verdict.because, "Its status stands on these answers alone:"
    if not factors:
        yield text("No answer can change it.", indent=2)
    else:
        yield text(words, indent=2)
    for factor in factors:
        label = factor_label(state.pathway.factors[factor])
        yield spans(Span("→ ", Tone.KEY), Span(label), indent=4, target=FACTOR + factor)
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
