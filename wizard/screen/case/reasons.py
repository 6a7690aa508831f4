"""Why an option stands where it stands, why not, who says so, and what would change it."""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.pathway.model import Status
from wizard.screen.case.case_map import FACTOR
from wizard.screen.case.options import SYMBOLS
from wizard.screen.case.state import State
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.outline import item_rows
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, spans, text
from wizard.wording import agreeing, reasons, what_would_change
from wizard.wording.answers import factor_label
from wizard.wording.notices import NOT_UNSUITABLE
from wizard.wording.options import OptionCard, OptionRow, StatementLine, told_once
from wizard.wording.outline import quoted
from wizard.wording.reasons import ReasonRow, WhyNotRow
from wizard.wording.sources import Citation
from wizard.wording.text import counted
from wizard.wording.what_would_change import ABOUT_CHANGES, ChangeRow, ChangeRows

MORE: Final = f"{ACTION}more"
RELEASE: Final = f"{ACTION}release"

_FIRST_CHANGES: Final = 3
"""So many changes show before the others are asked for."""


def reason_rows(state: State, row: OptionRow) -> Iterator[Row]:
    """The answers that alone decide an option, the shortest first; the others on request.

    Where it is open, the questions that may settle it; each goes to its question.
    """
    if row.status is Status.POSSIBLE:
        yield text("An answer to any of these may settle it:", indent=2)
        for factor in state.assessment.options[row.id].verdict.depends_on:
            label = factor_label(state.pathway.factors[factor])
            yield spans(Span("→ ", Tone.KEY), Span(label), indent=4, target=FACTOR + factor)
        yield BLANK
        return
    explained = state.situation.explained.options[row.id]
    found = reasons.why_rows(state.situation, explained)
    for each in found if state.unfolded else found[:1]:
        yield from _reason(each)
    if not explained.reasons.complete and (state.unfolded or len(found) < 2):
        yield text(reasons.NOT_ALL_REASONS, Tone.DIM, indent=2)
    yield from more(state, len(found) - 1, "more reason, enough alone")
    if row.status is Status.NOT_DESCRIBED:
        yield text(NOT_UNSUITABLE, Tone.DIM, indent=2)
    yield BLANK


def statement_rows(state: State, card: OptionCard) -> Iterator[Row]:
    """What each document states, and what stops those that do not match.

    Where the option is not described, the nearest come first.
    """
    explained = state.situation.explained.options[card.row.id]
    missed = {each.statement: each for each in reasons.why_not_rows(state.situation, explained)}
    lines = {each.id: each for each in told_once(card.statements)}
    order = list(lines)
    nearest = ""
    if card.row.status is Status.NOT_DESCRIBED:
        order = [each for each in missed if each in lines]
        nearest = "the nearest first" if len(order) > 1 else ""
    yield heading("WHAT EACH DOCUMENT STATES", nearest)
    for statement in order:
        yield from _statement(state, lines[statement], missed.get(statement))
    folded = sum(len(each.stopped) - 1 for each in missed.values() if each.stopped)
    yield from more(state, folded, "more answer that stops one", "more answers that stop one")
    yield BLANK


def agreement_rows(state: State, option: str) -> Iterator[Row]:
    """How each document stands to an option, and whether documents differ."""
    agreed = state.situation.explained.agreement[option]
    yield heading("WHERE THE DOCUMENTS AGREE")
    yield text(agreeing.documents_agree(agreed), indent=2)
    for line in agreeing.stand_lines(state.pathway, agreed):
        yield text(line, Tone.DIM, indent=4)
    yield text(agreeing.ABOUT_STANDS, Tone.DIM, indent=2)
    yield BLANK


def change_rows(state: State, option: str) -> Iterator[Row]:
    """The nearest changes, as questions about the documents; each goes to its question."""
    explained = state.situation.explained.options[option]
    facts = [each.id for each in state.pathway.factors.values() if each.fixed]
    released = state.situation.explained.option(option, facts if state.released else ())
    yield heading("WHAT WOULD CHANGE IT")
    folded = 0
    for rows in what_would_change.change_rows(state.situation, released):
        yield from _changes(rows, None if state.unfolded else _FIRST_CHANGES)
        folded += max(len(rows.rows) - _FIRST_CHANGES, 0)
    yield from more(state, folded, "more change as near", "more changes as near")
    if explained.kept:
        words = "Keep these facts again" if state.released else "Let these facts be other ones"
        yield item("l", Span(words), tone=Tone.KEY, indent=2, target=RELEASE)
    yield text(ABOUT_CHANGES, Tone.DIM, indent=2)
    yield BLANK


def more(state: State, count: int, one: str, many: str | None = None) -> Iterator[Row]:
    """The row that unfolds what is left out, or folds it again; none where nothing is."""
    if count < 1:
        return
    plural = many or one.replace(" reason", " reasons").replace("enough alone", "each enough alone")
    words = "Show the first alone" if state.unfolded else counted(count, one, plural).capitalize()
    yield item("m", Span(words), tone=Tone.KEY, indent=2, target=MORE)


# --- parts -----------------------------------------------------------------------------------


def _reason(row: ReasonRow) -> Iterator[Row]:
    yield spans(Span(row.says), _claims(row.citations), indent=2)
    if row.wider:
        yield text(row.wider, Tone.DIM, indent=4)


def _statement(state: State, line: StatementLine, miss: WhyNotRow | None) -> Iterator[Row]:
    title = state.pathway.sources[line.source].title
    tone = Tone.DIM if line.status is Status.NOT_DESCRIBED else Tone.STRONG
    match = line.match if miss is None else f"{line.word}, {miss.near}"
    yield item(SYMBOLS[line.status], Span(f"{title} ({line.source}): {match}", tone), indent=2)
    stopped = () if miss is None else miss.stopped
    for words in stopped if state.unfolded else stopped[:1]:
        yield text(words, indent=4)
    yield from item_rows(quoted(line.citations), indent=4)


def _changes(rows: ChangeRows, most: int | None) -> Iterator[Row]:
    yield text(rows.question, indent=2)
    for row in rows.rows[:most]:
        yield from _change(row)
    if rows.remark:
        yield text(rows.remark, Tone.DIM, indent=4)


def _change(row: ChangeRow) -> Iterator[Row]:
    last = len(row.says) - 1
    for number, (factor, says) in enumerate(zip(row.factors, row.says, strict=True)):
        tail = (Span(f": {row.takes}", Tone.DIM), _claims(row.citations)) if number == last else ()
        words = (Span(f"{'and ' if number else ''}{says}"), *tail)
        mark = "" if number else "→"
        yield item(mark, *words, tone=Tone.KEY, indent=4, target=FACTOR + factor)


def _claims(citations: Iterable[Citation]) -> Span:
    named = ", ".join(each.claim for each in citations)
    return Span(f"  [{named}]" if named else "", Tone.DIM)
