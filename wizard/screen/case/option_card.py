"""One option: why it stands where it stands, who says so, and what would change it."""

from collections.abc import Iterable
from typing import Final

from wizard.pathway.model import Status
from wizard.reasoning.explanation import OptionExplanation
from wizard.record import replace
from wizard.report.explanation import agreement_section
from wizard.report.reading import (
    assumption_sections,
    named_documents,
    setting_sections,
)
from wizard.screen.case.state import State
from wizard.screen.case.targets import FACTOR
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.outline import outline_rows
from wizard.screen.shared.rows import Row, Tone, text
from wizard.screen.shared.statuses import head_rows
from wizard.wording.answers import factor_label
from wizard.wording.notices import NOT_UNSUITABLE
from wizard.wording.options import OptionCard, OptionRow, StatementLine, option_card, told_once
from wizard.wording.outline import Citation, Item, Section, entries, first_alone, quoted
from wizard.wording.reasons import (
    NOT_ALL_REASONS,
    ReasonRow,
    WhyNotRow,
    why_not_rows,
    why_rows,
)
from wizard.wording.statuses import SYMBOLS
from wizard.wording.what_would_change import ABOUT_CHANGES, ChangeRow, change_rows

_MORE: Final = ("more reason, enough alone", "more reasons, each enough alone")
_FIRST_CHANGES: Final = 3
"""So many changes are told in short."""


def card_rows(state: State, option_id: str, *, whole: bool = True) -> tuple[Row, ...]:
    """The card, most useful first; where it is not whole, without what holds for every case."""
    situation, pathway = state.situation, state.pathway
    card, explained = option_card(situation, option_id), situation.explained.options[option_id]
    sections = (
        _reasons(state, card.row, explained),
        _statements(state, card, explained),
        agreement_section(situation, [explained]),
        *setting_sections(card),
        *(card.sections if whole else ()),
        _changes(state, explained),
        *assumption_sections(pathway, card),
        named_documents(pathway, pathway.options[option_id].claims, situation.today),
    )
    return (
        *head_rows(situation, option_id),
        *outline_rows(sections, short=not state.unfolded),
        text("t its decision trees · c its claims by document", Tone.DIM),
    )


# --- parts -----------------------------------------------------------------------------------


def _reasons(state: State, row: OptionRow, explained: OptionExplanation) -> Section:
    """The answers that alone decide an option, or the questions that may settle it."""
    if row.status is Status.POSSIBLE:
        leads = (
            Item(factor_label(state.pathway.factors[each]), about=FACTOR + each)
            for each in state.assessment.options[row.id].verdict.depends_on
        )
        return Section("", ("An answer to any of these may settle it:",), tuple(leads))
    remarks = () if explained.reasons.complete else (NOT_ALL_REASONS,)
    if row.status is Status.NOT_DESCRIBED:
        remarks = (*remarks, NOT_UNSUITABLE)
    found = map(_reason_item, why_rows(state.situation, explained))
    return Section("", (), first_alone(found, 1), remarks, more=_MORE)


def _reason_item(row: ReasonRow) -> Item:
    return Item(f"{row.says}{_claims(row.citations)}", entries([row.wider]), mark="·")


def _statements(state: State, card: OptionCard, explained: OptionExplanation) -> Section:
    """What each document states, and what stops those that do not match.

    Where the option is not described, the nearest come first.
    """
    missed = {each.statement: each for each in why_not_rows(state.situation, explained)}
    lines = {each.id: each for each in told_once(card.statements)}
    nearest = card.row.status is Status.NOT_DESCRIBED
    order = [each for each in missed if each in lines] if nearest else lines
    told = tuple(_statement(lines[each], missed.get(each)) for each in order)
    about = ("The nearest first.",) if nearest and len(told) > 1 else ()
    told += tuple(map(_exclusion, card.exclusions))
    return Section("What each document states", about, told, more=("more reason",))


def _exclusion(line: StatementLine) -> Item:
    """What a document says of whom the option is not for; it leads where it may hold."""
    out = line.status is Status.NOT_DESCRIBED
    text = f"{line.document} {line.match}"
    return Item(text, quoted(line.citations), strong=not out, quiet=out, mark="−")


def _statement(line: StatementLine, miss: WhyNotRow | None) -> Item:
    match = line.match if miss is None else f"{line.word}, {miss.near}"
    stopped = first_alone(entries(miss.stopped if miss else ()), 1)
    return Item(
        f"{line.document}: {match}",
        (*stopped, *quoted(line.citations)),
        strong=line.status is not Status.NOT_DESCRIBED,
        quiet=line.status is Status.NOT_DESCRIBED,
        mark=SYMBOLS[line.status],
    )


def _changes(state: State, explained: OptionExplanation) -> Section:
    """The nearest changes, as questions about the documents; each leads to its question."""
    facts = [each.id for each in state.pathway.factors.values() if each.fixed]
    released = state.situation.explained.option(explained.option, facts if state.released else ())
    items = [
        Item(
            rows.question,
            (
                *first_alone(map(_change, rows.rows), _FIRST_CHANGES),
                *((Item(rows.remark, quiet=True),) if rows.remark else ()),
            ),
        )
        for rows in change_rows(state.situation, released)
    ]
    if explained.kept:
        words = "Keep these facts again" if state.released else "Let these facts be other ones"
        items.append(Item(words, mark="l", about=f"{ACTION}release"))
    return Section(
        "What would change it", (), tuple(items), (ABOUT_CHANGES,), more=("more change",)
    )


def _change(row: ChangeRow) -> Item:
    *says, last = row.says
    told = (*says, f"{last}: {row.takes}{_claims(row.citations)}")
    leads = zip(row.factors, told, strict=True)
    first, *others = (Item(words, about=FACTOR + factor) for factor, words in leads)
    return replace(first, items=tuple(replace(each, text=f"and {each.text}") for each in others))


def _claims(citations: Iterable[Citation]) -> str:
    named = ", ".join(each.claim for each in citations)
    return f"  [{named}]" if named else ""
