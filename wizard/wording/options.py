"""Options in words: rows of the three lists, match lines of statements, and whole cards."""

from collections.abc import Mapping, Sequence
from typing import Final

from wizard.pathway.model import CARD_ROWS, Exclusion, Option, Pathway, Statement, Status
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.reasoning.situation import Situation
from wizard.record import Record
from wizard.wording.citing import aim_places, cited_by_way
from wizard.wording.outline import Citation, Item, Section, quoted
from wizard.wording.remarks import remarks
from wizard.wording.sources import citations
from wizard.wording.statuses import (
    SETTING_WORDS,
    STATUS_TITLES,
    reasoned,
    why_sentence,
)
from wizard.wording.text import counted, sentence

NO_MATCH: Final = "does not match"
OTHER_CASES: Final = "speaks of other cases"
EXCLUDES: Final = "says that it is not for such a case"
EXCLUDES_OTHERS: Final = "does not say that it is not for such a case"

ROW_TITLES: Final[Mapping[str, str]] = {
    "names": "Names",
    "works": "How it works",
    "given": "How it is given",
    "effect": "Effect",
    "combinations": "Combinations",
    "side_effects": "Side effects",
    "cautions": "Cautions",
    "monitoring": "Monitoring",
    "living_with": "Living with it",
    "background": "Background",
}


class StatementLine(Record):
    """What one document says of an option, and whether that matches the case.

    `match` is `matches because ...`, `does not match because ...`, `speaks of other cases because
    ...` or `depends on: ...`; `word` is how it begins where the statement is settled.  `document`
    is what the source is called.
    """

    id: str
    source: str
    document: str
    status: Status
    word: str
    match: str
    citations: tuple[Citation, ...]
    assumes: tuple[str, ...]


class SettingLine(Record):
    """An option's usual setting: its label, whether it is met, and why."""

    label: str
    why: str
    citations: tuple[Citation, ...]


class OptionRow(Record):
    """An option in its list.

    `remarks` are what must not be lost where nothing else of the option is read: soft wording of a
    source, and its age.
    """

    id: str
    label: str
    group: str
    status: Status
    why: str
    remarks: tuple[str, ...]
    aims: tuple[Item, ...]
    setting: SettingLine | None

    @property
    def remarked(self) -> str:
        """The label with the remarks behind it: `LABEL (2016)`."""
        return f"{self.label} ({', '.join(self.remarks)})" if self.remarks else self.label


class OptionCard(Record):
    """Everything about one option for these answers, most useful first.

    `sections` are its aims, and what the documents say of it whatever the case is.
    """

    row: OptionRow
    statements: tuple[StatementLine, ...]
    exclusions: tuple[StatementLine, ...]
    sections: tuple[Section, ...]
    assumes: tuple[str, ...]


def option_lists(situation: Situation) -> dict[Status, tuple[OptionRow, ...]]:
    """All options in their three lists, empty ones too, each in the neutral order."""
    rows = [option_row(situation, option) for option in situation.pathway.options.values()]
    return {status: tuple(row for row in rows if row.status is status) for status in STATUS_TITLES}


def option_row(situation: Situation, option: Option) -> OptionRow:
    """One option as it stands in its list."""
    assessed = situation.assessment.options[option.id]
    why = situation.explained.options[option.id].why
    return OptionRow(
        id=option.id,
        label=option.label,
        group=situation.pathway.groups[option.group].label,
        status=assessed.status,
        why=why_sentence(situation, why),
        remarks=remarks(situation, option),
        aims=_aims(situation, option),
        setting=_setting(situation, option),
    )


def statement_lines(situation: Situation, option: Option) -> tuple[StatementLine, ...]:
    """Each document's own statement on an option, with whether it matches the case."""
    return tuple(
        _statement(situation, option, statement) for statement in option.statements.values()
    )


def exclusion_lines(situation: Situation, option: Option) -> tuple[StatementLine, ...]:
    """What documents say of whom an option is not for, with whether that holds in the case."""
    return tuple(_exclusion(situation, option, each) for each in option.excludes.values())


def told_once(lines: Sequence[StatementLine]) -> tuple[StatementLine, ...]:
    """The lines without those that speak of other cases by a sentence read for this case too.

    Otherwise a sentence that the pathway reads for two kinds of case would be said to speak of
    other cases and, in the next line, to match.
    """
    about_this = {
        each.claim for line in lines if line.word != OTHER_CASES for each in line.citations
    }
    return tuple(
        line
        for line in lines
        if line.word != OTHER_CASES
        or not about_this.issuperset(each.claim for each in line.citations)
    )


def option_card(situation: Situation, option_id: str) -> OptionCard:
    """Everything about one option."""
    option = situation.pathway.options[option_id]
    row = option_row(situation, option)
    parts = (_part(situation, option, part) for part in CARD_ROWS)
    return OptionCard(
        row=row,
        statements=statement_lines(situation, option),
        exclusions=exclusion_lines(situation, option),
        sections=(
            Section("Aims", _no_aims(situation, option), row.aims),
            *(part for part in parts if part.items or part.paragraphs),
        ),
        assumes=option.assumes,
    )


def documents(pathway: Pathway) -> str:
    """`the five documents`, as many as there are."""
    return f"the {counted(len(pathway.sources), 'document')}"


# --- parts -----------------------------------------------------------------------------------


def _statement(situation: Situation, option: Option, statement: Statement) -> StatementLine:
    explained = situation.explained.options[option.id]
    why = explained.statements[statement.id]
    status = why.verdict.status
    word = NO_MATCH if status is Status.NOT_DESCRIBED else "matches"
    if statement.id in explained.of_other_cases:
        why, word = explained.of_other_cases[statement.id], OTHER_CASES
    return StatementLine(
        id=statement.id,
        source=statement.source,
        document=situation.pathway.sources[statement.source].short,
        status=status,
        word=word,
        match=reasoned(situation, why, word),
        citations=cited_by_way(
            situation, (RuleKey(RuleKind.STATEMENT, option.id, statement.id), statement.claims)
        ),
        assumes=statement.assumes,
    )


def _exclusion(situation: Situation, option: Option, exclusion: Exclusion) -> StatementLine:
    why = situation.explained.options[option.id].exclusions[exclusion.id]
    status = why.verdict.status
    word = EXCLUDES_OTHERS if status is Status.NOT_DESCRIBED else EXCLUDES
    match = reasoned(situation, why, word)
    if status is Status.POSSIBLE:
        match = f"may say that it is not for such a case; that {match}"
    return StatementLine(
        id=exclusion.id,
        source=exclusion.source,
        document=situation.pathway.sources[exclusion.source].short,
        status=status,
        word=word,
        match=match,
        citations=cited_by_way(
            situation, (RuleKey(RuleKind.EXCLUSION, option.id, exclusion.id), exclusion.claims)
        ),
        assumes=exclusion.assumes,
    )


def _aims(situation: Situation, option: Option) -> tuple[Item, ...]:
    """The aims that show, each once, with the claims of every place where it stands."""
    shown: list[Item] = []
    for aim_id in situation.assessment.options[option.id].aims:
        cited = cited_by_way(situation, *aim_places(option, aim_id))
        shown.append(Item(option.aims_by_id[aim_id][0].label, citations=cited))
    return tuple(shown)


def _no_aims(situation: Situation, option: Option) -> tuple[str, ...]:
    if not option.aims_by_id:
        return (sentence(f"{documents(situation.pathway)} state no aim for it"),)
    if not situation.assessment.options[option.id].aims:
        return ("No aim is stated that holds for these answers.",)
    return ()


def _setting(situation: Situation, option: Option) -> SettingLine | None:
    state = situation.assessment.options[option.id].usual_setting
    setting = option.usual_setting
    if state is None or setting is None:
        return None
    why = situation.explained.options[option.id].setting
    return SettingLine(
        label=setting.label,
        why=reasoned(situation, why, SETTING_WORDS[state]),
        citations=cited_by_way(situation, (RuleKey(RuleKind.SETTING, option.id), setting.claims)),
    )


def _part(situation: Situation, option: Option, part: str) -> Section:
    """A part of the card; notes come first, since one may head the claims below it."""
    pathway, today = situation.pathway, situation.today
    notes = (
        Item(f"Note: {note.says}", citations=citations(pathway, note.claims, today))
        for note in option.notes
        if (note.row or "background") == part
    )
    items = (*notes, *quoted(citations(pathway, option.card.get(part, ()), today)))
    nothing = {
        "side_effects": f"{documents(pathway)} list no side effects for this",
        "cautions": (
            f"{documents(pathway)} list no cautions for this; "
            "that does not mean that there are none"
        ),
    }
    empty = (sentence(nothing[part]),) if part in nothing and not items else ()
    return Section(ROW_TITLES[part], empty, items)
