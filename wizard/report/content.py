"""What every written report holds, in order; text and Markdown only lay it out.

One function makes the whole of it, so that no form of a report can leave out the intended use,
the stamp, an alert, a list or the sources.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from wizard import __version__
from wizard.case.files import Case
from wizard.pathway.model import Level, Option, Status
from wizard.report.moment import Moment
from wizard.wording.alerts import AlertText, alert_texts, emergency_texts
from wizard.wording.answers import colon, factor_label
from wizard.wording.harms import for_anyone, left_on_card
from wizard.wording.notices import (
    AUDIENCE,
    NEUTRAL_ORDER,
    NOT_UNSUITABLE,
    UNKNOWN_IS_NOT_NO,
    changes_lines,
    foreign_line,
    pathway_stamp,
    review_line,
)
from wizard.wording.options import (
    AimLine,
    OptionRow,
    SettingLine,
    StatementLine,
    option_lists,
    statement_lines,
    told_once,
)
from wizard.wording.situation import Situation
from wizard.wording.sources import Citation, SourceRow, old_policy, source_rows
from wizard.wording.statuses import LEVEL_WORDS, STATUS_TITLES
from wizard.wording.walk import QuestionRow, QuestionState, question_rows, why_asked, why_not_asked

CLOSED_LIST: Final = "this list was taken as complete"


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list, with entries of its own.  `strong` marks what must be read."""

    text: str
    items: tuple["Item", ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part: paragraphs first, then a list."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.  `first` is a line before its sections, where what follows needs one."""

    title: str
    sections: tuple[Section, ...]
    first: str = ""


def report(situation: Situation, moment: Moment, case: Case | None = None) -> Report:
    """The report of a situation; of a case that was read, with its title and how it was read."""
    pathway = situation.pathway
    title = f"{pathway.title}: what the documents describe for a case"
    return Report(
        title=f"{title}: {case.title}" if case and case.title else title,
        sections=(
            use_section(situation),
            stamp_section(situation, moment),
            *emergency_sections(situation),
            _overview(situation),
            *_options(situation),
            alerts_section(situation),
            answers_section(situation, case.closed_lists if case else ()),
            _open_questions(situation),
            sources_section(situation),
            Section(
                "What goes beyond the documents",
                ("These readings and decisions are the pathway's own.",),
                tuple(Item(f"{each.id}: {each.says}") for each in pathway.assumptions.values()),
            ),
            Section("Limits", (), tuple(Item(limit) for limit in pathway.limits)),
            Section(
                "Reporting an error in the content",
                (pathway.report_errors,),
                tuple(Item(line) for line in changes_lines(pathway)),
            ),
        ),
    )


def use_section(situation: Situation) -> Section:
    """What every report is for, who may read it, and who has reviewed the pathway."""
    pathway = situation.pathway
    return Section(
        "Intended use",
        (
            pathway.intended_use,
            f"{AUDIENCE} {review_line(pathway)}",
            *foreign_line(pathway),
        ),
    )


def stamp_section(situation: Situation, moment: Moment) -> Section:
    """Which tool, pathway and moment a report is from."""
    return Section(
        "Made by",
        (),
        (
            Item(f"Tool: mdt-wizard {__version__}"),
            Item(f"Pathway: {pathway_stamp(situation.pathway)}"),
            Item(f"Assessed at: {moment.iso} (UTC)"),
            Item(f"Documents called current or not as of: {moment.today.isoformat()}"),
        ),
    )


# --- alerts ----------------------------------------------------------------------------------


def emergency_sections(situation: Situation) -> tuple[Section, ...]:
    """The emergencies of a case, raised or to check, in full: before anything else is said."""
    alerts = emergency_texts(situation)
    if not alerts:
        return ()
    return (Section(LEVEL_WORDS[Level.EMERGENCY], (), tuple(_alert(alert) for alert in alerts)),)


def alerts_section(situation: Situation) -> Section:
    """The other alerts of a case in full; never left out, not even where there is none."""
    alerts = alert_texts(situation)
    if not alerts:
        return Section("Alerts", ("These answers raise no alert, and leave none to check.",))
    others = [alert for alert in alerts if alert.level is not Level.EMERGENCY]
    if not others:
        return Section("Alerts", ("These answers raise no other alert, and leave none to check.",))
    return Section("Alerts", (), tuple(_alert(alert) for alert in others))


def _alert(alert: AlertText) -> Item:
    said = [alert.says] if alert.says else []
    said += [alert.unsettled] if alert.unsettled else []
    lines = [
        Item(
            f"{line.says} ({line.manner})" if line.manner else line.says,
            _cited([line.citation]),
        )
        for line in alert.lines
    ]
    return Item(alert.heading, (*(Item(text) for text in said), *lines), strong=True)


# --- options ---------------------------------------------------------------------------------


def _options(situation: Situation) -> tuple[Section, ...]:
    return tuple(_list(situation, status, rows) for status, rows in option_lists(situation).items())


def _overview(situation: Situation) -> Section:
    return Section(
        "In short",
        (f"{NOT_UNSUITABLE} {NEUTRAL_ORDER}", UNKNOWN_IS_NOT_NO),
        tuple(
            Item(f"{STATUS_TITLES[status]}: {'; '.join(map(_named, rows)) or 'none'}")
            for status, rows in option_lists(situation).items()
        )
        + tuple(Item(alert.heading) for alert in alert_texts(situation)),
    )


def _named(row: OptionRow) -> str:
    return f"{row.label} ({', '.join(row.remarks)})" if row.remarks else row.label


def _list(situation: Situation, status: Status, rows: tuple[OptionRow, ...]) -> Section:
    note = {
        Status.DESCRIBED: "In every case that fits the answers, some sentence of a document holds.",
        Status.POSSIBLE: "In some of the cases that fit the answers, and not in others.",
        Status.NOT_DESCRIBED: f"In no case that fits the answers. {NOT_UNSUITABLE}",
    }
    return Section(
        f"{STATUS_TITLES[status]} ({len(rows)})",
        (note[status] if rows else "None.",),
        tuple(_option(situation, row) for row in rows),
    )


def _option(situation: Situation, row: OptionRow) -> Item:
    statements = told_once(statement_lines(situation, situation.pathway.options[row.id]))
    parts = [Item(row.why)]
    parts += [_aim(aim) for aim in row.aims]
    if row.setting and row.status is not Status.NOT_DESCRIBED:
        parts.append(_setting(row.setting))
    parts += [_statement(line) for line in statements]
    parts += _harms(situation, situation.pathway.options[row.id])
    return Item(f"{row.label} ({row.group})", tuple(parts), strong=True)


def _harms(situation: Situation, option: Option) -> list[Item]:
    """Harms worded for anyone, and how many more the card has, where it may be described."""
    if situation.assessment.options[option.id].status is Status.NOT_DESCRIBED:
        return []
    told = quoted(for_anyone(situation, option))
    more = left_on_card(situation, option)
    return [
        *([Item("Harms that are worded for anyone:", told)] if told else []),
        *([Item(more)] if more else []),
    ]


def _aim(aim: AimLine) -> Item:
    return Item(f"Aim: {aim.label}", _cited(aim.citations))


def _setting(setting: SettingLine) -> Item:
    text = f"Usual setting ({setting.label}): {setting.why}"
    return Item(text, _cited(setting.citations))


def _statement(line: StatementLine) -> Item:
    rests = f"; rests on {', '.join(line.assumes)}" if line.assumes else ""
    return Item(f"{line.source} {line.match}{rests}", quoted(line.citations))


def quoted(citations: Iterable[Citation]) -> tuple[Item, ...]:
    """Claims with what they say."""
    return tuple(Item(f"{each.says} [{each.reference}]") for each in citations)


def _cited(citations: Iterable[Citation]) -> tuple[Item, ...]:
    """Where claims stand, without what they say."""
    return tuple(Item(f"[{each.reference}]") for each in citations)


# --- answers ---------------------------------------------------------------------------------


def answers_section(situation: Situation, closed_lists: Collection[str] = ()) -> Section:
    """The answers used, not known, set aside and missing; of lists, that they were complete."""
    rows = question_rows(situation)
    used = [row for row in rows if row.state is QuestionState.ANSWERED]
    unknown = [row for row in rows if row.state is QuestionState.NOT_RECORDED]
    parked = [row for row in rows if row.state is QuestionState.PARKED]
    others = [row for row in rows if row not in (*used, *unknown, *parked)]
    return Section(
        "Answers",
        (),
        (
            _group(situation, "Used", used, closed_lists),
            _group(situation, "Answered with not known", unknown, closed_lists),
            _group(situation, "Kept, but not used", parked, closed_lists),
            _group(situation, "Not answered", others, closed_lists),
        ),
    )


def _group(
    situation: Situation, title: str, rows: list[QuestionRow], closed_lists: Collection[str]
) -> Item:
    if not rows:
        return Item(f"{title}: none")
    return Item(f"{title}:", tuple(Item(_answer(situation, row, closed_lists)) for row in rows))


def _answer(situation: Situation, row: QuestionRow, closed_lists: Collection[str]) -> str:
    factor = situation.pathway.factors[row.factor]
    said = row.state in (QuestionState.ANSWERED, QuestionState.PARKED)
    label = f"{colon(factor.label)} {row.answer}" if said else factor.label
    reason = factor.record_only if row.state is QuestionState.ANSWERED else row.remark
    remarks = [reason.rstrip(".")] if reason else []
    remarks += [CLOSED_LIST] if row.factor in closed_lists else []
    return f"{label} ({'; '.join(remarks)})" if remarks else label


def _open_questions(situation: Situation) -> Section:
    pathway = situation.pathway
    said = {
        each.factor: why_asked(situation, pathway.factors[each.factor])
        for each in situation.assessment.next
    }
    said |= {
        factor: why_not_asked(situation, pathway.factors[factor])
        for factor in situation.assessment.waiting
    }
    items = [
        Item(f"{colon(factor_label(factor))} {said[factor.id]}")
        for factor in pathway.factors.values()
        if factor.id in said
    ]
    if not items:
        return Section("Questions that can still change something", ("None.",))
    return Section("Questions that can still change something", (), tuple(items))


# --- sources ---------------------------------------------------------------------------------


def sources_section(situation: Situation) -> Section:
    """The documents with their dates and digests."""
    pathway = situation.pathway
    rows = source_rows(pathway, situation.today)
    return Section("Sources", (old_policy(pathway),), tuple(_source(row) for row in rows))


def _source(row: SourceRow) -> Item:
    old = "; old by the policy above" if row.currency.old else ""
    lines = [f"Publisher: {row.publisher}", f"Date: {row.dated}; {row.currency.text}{old}"]
    lines += [f"Note: {row.remark}"] if row.remark else []
    lines += [f"Made or paid for by: {row.sponsor}"] if row.sponsor else []
    lines += [f"Type: {row.type}", f"Written for: {row.audience}", f"Country: {row.country}"]
    lines.append(row.text_stamp)
    return Item(f"{row.id}: {row.title}", tuple(Item(line) for line in lines), strong=True)
