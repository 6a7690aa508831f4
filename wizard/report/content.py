"""What every written report holds, in order; text and Markdown only lay it out.

One function makes the whole of it, so that no form of a report can leave out the intended use,
the stamp, an alert, a list or the sources.
"""

from collections.abc import Collection, Iterator
from typing import Final

from wizard import __version__
from wizard.case.files import Case
from wizard.pathway.model import AlertLevel, Option, Pathway, Status
from wizard.reasoning.situation import Situation
from wizard.report.first_page import DETAILS, emergency_section, first_page
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
    OptionRow,
    StatementLine,
    exclusion_lines,
    option_lists,
    statement_lines,
    told_once,
)
from wizard.wording.outline import Item, Report, Section, cited, entries, quoted, telling
from wizard.wording.sources import SourceRow, applies_in, old_policy, source_rows
from wizard.wording.statuses import STATUS_TITLES
from wizard.wording.walk import QuestionRow, QuestionState, question_rows, why_asked, why_not_asked

CLOSED_LIST: Final = "this list was taken as complete"


def report(situation: Situation, moment: Moment, case: Case | None = None) -> Report:
    """The report of a situation; of a case that was read, with its title and how it was read."""
    pathway = situation.pathway
    title = f"{pathway.title}: what the documents describe for a case"
    name = case.title if case and case.title else ""
    return Report(
        title=f"{title}: {name}" if name else title,
        name=name,
        sections=(
            *first_page(situation),
            *record_sections(situation, case),
            DETAILS,
            use_section(pathway),
            Section("How to read it", (f"{NOT_UNSUITABLE} {NEUTRAL_ORDER}", UNKNOWN_IS_NOT_NO)),
            stamp_section(situation, moment),
            *emergency_sections(situation),
            *(_list(situation, *each) for each in option_lists(situation).items()),
            alerts_section(situation),
            answers_section(situation, case.closed_lists if case else ()),
            _open_questions(situation),
            sources_section(situation),
            *content_sections(pathway),
        ),
    )


def record_sections(situation: Situation, case: Case | None) -> tuple[Section, ...]:
    """The team's own record of a case that has one: behind the first page, marked as its own."""
    if case is None or not case.decisions:
        return ()
    from wizard.wording.recording import record_section

    return (record_section(situation, case.decisions),)


def content_sections(pathway: Pathway) -> tuple[Section, ...]:
    """What a pathway rests on beyond the documents, what it cannot do, and how it changed."""
    return (
        Section(
            "What goes beyond the documents",
            ("These readings and decisions are the pathway's own.",),
            entries(f"{each.id}: {each.says}" for each in pathway.assumptions.values()),
        ),
        Section("Limits", items=entries(pathway.limits)),
        Section(
            "Reporting an error in the content",
            (pathway.report_errors,),
            entries(changes_lines(pathway)),
        ),
    )


def use_section(pathway: Pathway) -> Section:
    """What every report is for, who may read it, and who has reviewed the pathway."""
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
        items=(
            telling("Tool:", f"mdt-wizard {__version__}"),
            telling("Pathway:", pathway_stamp(situation.pathway)),
            telling("Assessed at:", f"{moment.iso} (UTC)"),
            telling("Documents called current or not as of:", moment.today.isoformat()),
        ),
    )


# --- alerts ----------------------------------------------------------------------------------


def emergency_sections(situation: Situation) -> tuple[Section, ...]:
    """The emergencies of a case, raised or to check, in full: before anything else is said."""
    return emergency_section(tuple(map(alert_item, emergency_texts(situation))))


def alerts_section(situation: Situation) -> Section:
    """The other alerts of a case in full; never left out, not even where there is none."""
    alerts = alert_texts(situation)
    if not alerts:
        return Section("Alerts", ("These answers raise no alert, and leave none to check.",))
    others = [alert for alert in alerts if alert.level is not AlertLevel.EMERGENCY]
    if not others:
        return Section("Alerts", ("These answers raise no other alert, and leave none to check.",))
    return Section("Alerts", (), tuple(map(alert_item, others)), about="alerts")


def alert_item(alert: AlertText) -> Item:
    """An alert in full."""
    said = entries((alert.says, alert.unsettled))
    return Item(alert.heading, (*said, *alert.lines), strong=True)


# --- options ---------------------------------------------------------------------------------


def _list(situation: Situation, status: Status, rows: tuple[OptionRow, ...]) -> Section:
    note = {
        Status.DESCRIBED: "In every case that fits the answers, some sentence of a document holds.",
        Status.POSSIBLE: "In some of the cases that fit the answers, and not in others.",
        Status.NOT_DESCRIBED: f"In no case that fits the answers. {NOT_UNSUITABLE}",
    }
    return Section(
        STATUS_TITLES[status],
        (note[status] if rows else "None.",),
        tuple(_option_item(situation, row) for row in rows),
        count=len(rows),
        about=f"status:{status}",
    )


def _option_item(situation: Situation, row: OptionRow) -> Item:
    option = situation.pathway.options[row.id]
    return Item(
        f"{row.label} ({row.group})",
        (
            Item(row.why),
            *(telling("Aim:", aim.text, items=cited(aim.citations)) for aim in row.aims),
            *_setting(row),
            *map(statement_item, told_once(statement_lines(situation, option))),
            *map(statement_item, exclusion_lines(situation, option)),
            *_harms(situation, option),
        ),
        strong=True,
        about=f"option:{row.id}",
    )


def _harms(situation: Situation, option: Option) -> Iterator[Item]:
    """Harms worded for anyone, and how many more the card has, where it may be described."""
    if situation.assessment.options[option.id].status is not Status.NOT_DESCRIBED:
        if told := quoted(for_anyone(situation, option)):
            yield Item("Harms that are worded for anyone:", told)
        yield from entries((left_on_card(situation, option),))


def _setting(row: OptionRow) -> Iterator[Item]:
    if row.setting and row.status is not Status.NOT_DESCRIBED:
        label = f"Usual setting ({row.setting.label}):"
        yield telling(label, row.setting.why, items=cited(row.setting.citations))


def statement_item(line: StatementLine) -> Item:
    """What a document states of an option, and whether that matches the case."""
    rests = f"; rests on {', '.join(line.assumes)}" if line.assumes else ""
    stands = Item(f"{line.match}{rests}", about=f"status:{line.status}")
    return telling(line.document, stands, items=quoted(line.citations))


# --- answers ---------------------------------------------------------------------------------


def answers_section(situation: Situation, closed_lists: Collection[str] = ()) -> Section:
    """The answers used, not known, set aside and missing; of lists, that they were complete."""
    titles = {
        QuestionState.ANSWERED: "Used",
        QuestionState.NOT_RECORDED: "Answered with not known",
        QuestionState.PARKED: "Kept, but not used",
        **({QuestionState.WORKED_OUT: "Worked out"} if situation.assessment.derived else {}),
    }
    others = "Not answered"
    groups: dict[str, list[Item]] = {title: [] for title in (*titles.values(), others)}
    for row in question_rows(situation):
        groups[titles.get(row.state, others)].append(_answer_line(situation, row, closed_lists))
    items = (
        Item(f"{title}:", tuple(said)) if said else Item(f"{title}: none")
        for title, said in groups.items()
    )
    return Section("Answers", (), tuple(items), about="answers")


def _answer_line(situation: Situation, row: QuestionRow, closed_lists: Collection[str]) -> Item:
    factor = situation.pathway.factors[row.factor]
    said = row.state in (
        QuestionState.ANSWERED,
        QuestionState.PARKED,
        QuestionState.WORKED_OUT,
    )
    reason = factor.record_only if row.state is QuestionState.ANSWERED else row.remark
    remarks = [reason.rstrip(".")] if reason else []
    remarks += [CLOSED_LIST] if row.factor in closed_lists else []
    remark = f" ({'; '.join(remarks)})" if remarks else ""
    if said:
        return telling(colon(factor.label), f"{row.answer}{remark}")
    return Item(f"{factor.label}{remark}")


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
    items = tuple(
        telling(Item(colon(factor_label(factor)), about=f"factor:{factor.id}"), said[factor.id])
        for factor in pathway.factors.values()
        if factor.id in said
    )
    title = "Questions that can still change something"
    return Section(title, () if items else ("None.",), items, about="questions")


# --- sources ---------------------------------------------------------------------------------


def sources_section(situation: Situation) -> Section:
    """The documents with their dates and digests."""
    pathway = situation.pathway
    rows = source_rows(pathway, situation.today)
    told = tuple(map(_source, rows))
    return Section("Sources", (old_policy(pathway),), told, about="sources")


def _source(row: SourceRow) -> Item:
    source, old = row.source, "; old by the policy above" if row.currency.old else ""
    told = {
        "Publisher": row.publisher,
        "Date": f"{row.dated}; {row.currency.text}{old}",
        "Note": source.badge,
        "Made or paid for by": source.sponsor,
        "Type": source.type,
        "Written for": source.audience,
        "Country": source.country,
    }
    lines = [telling(f"{name}:", each) for name, each in told.items() if each]
    lines += entries((applies_in(source), row.origin, row.text_stamp))
    return Item(f"{source.id}: {source.title}", tuple(lines), strong=True)
