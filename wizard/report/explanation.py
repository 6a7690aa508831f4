"""Explanations of a case as reports: one option, the whole case, what if, two cases side by side.

The answer to what was asked comes first, after an emergency.  What every report has follows:
alerts, answers, intended use, stamp and sources.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from wizard.case.answers import Answers
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.agreement import Stand
from wizard.reasoning.case_diff import CaseComparison
from wizard.reasoning.explanation import OptionExplanation
from wizard.reasoning.settling import most_settling_first
from wizard.reasoning.situation import Situation
from wizard.reasoning.what_if import WhatIf
from wizard.record import replace
from wizard.report.content import (
    alerts_section,
    answers_section,
    emergency_sections,
    sources_section,
    stamp_section,
    statement_item,
    use_section,
)
from wizard.report.moment import Moment
from wizard.wording.agreeing import (
    ABOUT_STANDS,
    SETTLING_STANDS,
    STAND_WORDS,
    alert_line,
    documents_agree,
    options_by_stand,
    stand_lines,
)
from wizard.wording.answers import answer_text, colon, factor_label
from wizard.wording.concluding import (
    ABOUT_SETTLING,
    conclusion_line,
    conclusion_names,
    settles_text,
)
from wizard.wording.differences import (
    ABOUT_ALTERNATIVES,
    FIRST_CASE,
    NOTHING_MOVES,
    STATUS_WORDS,
    alternative_text,
    compared_alerts,
    compared_answers,
    compared_options,
    difference_rows,
)
from wizard.wording.notices import (
    NEUTRAL_ORDER,
    NOT_UNSUITABLE,
    UNKNOWN_IS_NOT_NO,
    notices_in_short,
)
from wizard.wording.options import exclusion_lines, option_row, statement_lines, told_once
from wizard.wording.outline import Item, Report, Section, entries, quoted, section_of
from wizard.wording.reasons import (
    NOT_ALL_REASONS,
    why_not_rows,
    why_rows,
)
from wizard.wording.remarks import excluded
from wizard.wording.statuses import STATUS_TITLES
from wizard.wording.text import counted, joined, sentence
from wizard.wording.what_would_change import ABOUT_CHANGES, ChangeRows, change_rows

NO_MARKS: Final[Mapping[Stand, str]] = MappingProxyType({})


def option_explanation(
    situation: Situation, moment: Moment, explained: OptionExplanation
) -> Report:
    """Why an option is described or not, what came nearest, and what would change it."""
    return _whole(
        situation,
        moment,
        f"why, and what would change it: {situation.pathway.options[explained.option].label}",
        [
            *reasons_sections(situation, explained),
            *changes_sections(situation, explained),
            agreement_section(situation, [explained]),
        ],
    )


def case_explanation(situation: Situation, moment: Moment) -> Report:
    """What can be concluded yet, what to find out first, and where the documents agree."""
    return _whole(
        situation,
        moment,
        "what can be concluded, and what to find out first",
        [*settling_sections(situation), *document_sections(situation)],
    )


def what_if_report(situation: Situation, moment: Moment, found: Iterable[WhatIf]) -> Report:
    """Each factor's alternatives, and what each would show differently."""
    sections = what_if_sections(situation, found)
    return _whole(situation, moment, "what if an answer were another", sections)


def comparison_report(
    before: Situation,
    after: Situation,
    moment: Moment,
    found: CaseComparison,
    names: tuple[str, str],
) -> Report:
    """Two cases side by side; lines that differ are marked."""
    titles = (f"First case: {names[0]}", f"Second case: {names[1]}")
    cases = ((before, "of the first case"), (after, "of the second case"))
    return Report(
        title=f"{before.pathway.title}: two cases side by side",
        first=notices_in_short(before.pathway),
        sections=(
            *(
                _titled_case(section, which)
                for case, which in cases
                for section in emergency_sections(case)
            ),
            Section("The cases", ("A line with ≠ differs.",), entries(titles)),
            *side_by_side_sections(before, after, found),
            *(_titled_case(alerts_section(case), which) for case, which in cases),
            *(_titled_case(answers_section(case), which) for case, which in cases),
            use_section(before.pathway),
            stamp_section(before, moment),
            sources_section(before),
        ),
    )


# --- sections --------------------------------------------------------------------------------


def reasons_sections(situation: Situation, explained: OptionExplanation) -> list[Section]:
    """An option's status, all reasons for it, and the statements that came nearest."""
    option = situation.pathway.options[explained.option]
    row = option_row(situation, option)
    told = [STATUS_TITLES[row.status].lower(), excluded(situation, option)]
    now = (
        sentence(f"{row.label}: {'; '.join(filter(None, told))}"),
        row.why,
        *((NOT_UNSUITABLE,) if row.status is Status.NOT_DESCRIBED else ()),
    )
    return [
        Section("Now", now, tuple(map(statement_item, exclusion_lines(situation, option)))),
        _why(situation, explained),
        *_why_not(situation, explained),
    ]


def changes_sections(situation: Situation, explained: OptionExplanation) -> list[Section]:
    """The nearest changes to each other status."""
    return [_changes(rows) for rows in change_rows(situation, explained)]


def settling_sections(situation: Situation) -> list[Section]:
    """What is settled whatever the missing answers are, and the questions that settle most."""
    now, factors = situation.explained.conclusion, situation.pathway.factors
    items = tuple(
        Item(
            f"{colon(factor_label(factors[each.factor]))} {settles_text(each, len(now.open))}",
            about=f"factor:{each.factor}",
        )
        for each in most_settling_first(situation.explained.questions)
    )
    return [
        Section(
            "Can we conclude yet?",
            (conclusion_line(now), NOT_UNSUITABLE, UNKNOWN_IS_NOT_NO),
            entries(conclusion_names(situation.pathway, now)),
        ),
        Section("What to find out first", (ABOUT_SETTLING if items else "Nothing.",), items),
    ]


def document_sections(situation: Situation) -> list[Section]:
    """Where the documents agree on each option, and the case as each alone would have it."""
    return [
        agreement_section(situation, situation.explained.options.values()),
        documents_alone(situation),
    ]


def what_if_sections(situation: Situation, found: Iterable[WhatIf]) -> list[Section]:
    """One section for each factor: its alternatives, and what each would show differently."""
    nothing = Section("What if", ("No question that is used has been answered yet.",))
    return [_what_if(situation, each) for each in found] or [nothing]


def side_by_side_sections(
    before: Situation,
    after: Situation,
    found: CaseComparison,
    columns: tuple[str, str] = ("first", "second"),
) -> list[Section]:
    """What differs between two cases, then answers, options and alerts beside each other."""
    rows = difference_rows(before.pathway, found.moved, FIRST_CASE)
    lead = "In the second case, against the first:" if rows else NOTHING_MOVES
    differs = Section("What differs", (lead,), entries(row.says for row in rows))
    both = before.answers, after.answers
    return [differs, *compared_sections(before.pathway, found, *both, columns)]


def compared_sections(
    pathway: Pathway,
    found: CaseComparison,
    before: Answers,
    after: Answers,
    columns: tuple[str, str] = ("first", "second"),
) -> tuple[Section, ...]:
    """Answers, options and alerts of two cases in columns; a line that differs has a mark.

    In short, lines that do not differ are left out.
    """
    return (
        Section(
            "Answers side by side",
            items=compared_answers(pathway, found, before, after),
            columns=columns,
        ),
        Section(
            "Options side by side",
            (NEUTRAL_ORDER, NOT_UNSUITABLE),
            compared_options(pathway, found),
            columns=columns,
        ),
        Section(
            "Alerts side by side",
            items=compared_alerts(pathway, found),
            columns=columns,
        ),
    )


# --- parts -----------------------------------------------------------------------------------


def _whole(situation: Situation, moment: Moment, title: str, sections: list[Section]) -> Report:
    return Report(
        title=f"{situation.pathway.title}: {title}",
        first=notices_in_short(situation.pathway),
        sections=(
            *emergency_sections(situation),
            *sections,
            alerts_section(situation),
            answers_section(situation),
            use_section(situation.pathway),
            stamp_section(situation, moment),
            sources_section(situation),
        ),
    )


def _titled_case(section: Section, which: str) -> Section:
    return replace(section, title=f"{section.title} {which}")


def _why(situation: Situation, explained: OptionExplanation) -> Section:
    rows = why_rows(situation, explained)
    if not rows:
        return Section("Why", ("Not settled: it still depends on further answers.",))
    remark = () if explained.reasons.complete else (NOT_ALL_REASONS,)
    items = (
        Item(row.says, (*entries([row.wider]), *quoted(row.citations)), strong=True) for row in rows
    )
    return Section("Why", remark, tuple(items))


def _why_not(situation: Situation, explained: OptionExplanation) -> tuple[Section, ...]:
    option = situation.pathway.options[explained.option]
    lines = {line.id: line for line in told_once(statement_lines(situation, option))}
    items = (
        Item(
            f"{joined([each.claim for each in row.citations])}: "
            f"{lines[row.statement].word}, {row.near}",
            (*entries(row.stopped), *quoted(row.citations)),
            strong=True,
        )
        for row in why_not_rows(situation, explained)
        if row.statement in lines
    )
    return section_of("Why not", "Statements that do not match, the nearest first.", items)


def _changes(rows: ChangeRows) -> Section:
    about = (rows.question, *((rows.remark,) if rows.remark else ()), ABOUT_CHANGES)
    items = (
        Item(f"{'; '.join(row.says)}: {row.takes}", quoted(row.citations)) for row in rows.rows
    )
    return Section(f"What would make it {STATUS_WORDS[rows.wanted]}", about, tuple(items))


def agreement_section(situation: Situation, options: Iterable[OptionExplanation]) -> Section:
    """Where the documents agree on these options."""
    pathway, others = situation.pathway, situation.explained.other_alerts
    return Section(
        "Where the documents agree",
        (ABOUT_STANDS, *(alert_line(pathway, each) for each in others)),
        tuple(
            Item(
                pathway.options[each.option].label,
                entries((documents_agree(each.agreement), *stand_lines(pathway, each.agreement))),
                strong=True,
            )
            for each in options
        ),
    )


def documents_alone(situation: Situation, marks: Mapping[Stand, str] = NO_MARKS) -> Section:
    """The case as each document alone would have it, with a mark for how it stands.

    In short, what settles nothing is counted.
    """
    return Section(
        "The case as one document alone would have it",
        (NOT_UNSUITABLE,),
        tuple(
            Item(f"{source.id}: {source.title}", _stands(situation, source.id, marks), strong=True)
            for source in situation.pathway.sources.values()
        ),
    )


def _stands(situation: Situation, source: str, marks: Mapping[Stand, str]) -> tuple[Item, ...]:
    pathway, items = situation.pathway, []
    for stand, own in options_by_stand(pathway, situation.explained.agreement, source).items():
        words, settles = STAND_WORDS[stand], stand in SETTLING_STANDS
        every = "all " if len(own) == len(pathway.options) else ""
        brief = None if settles else f"{words}: {every}{counted(len(own), 'option')}"
        items.append(
            Item(
                f"{words}: {joined(own) or 'none'}",
                quiet=not settles,
                mark=marks.get(stand, ""),
                short=brief if own else "",
            )
        )
    return tuple(items)


def _what_if(situation: Situation, found: WhatIf) -> Section:
    factor, given = situation.pathway.factors[found.factor], situation.answers.get(found.factor)
    fact = ("This is a fact that cannot change.",) if factor.fixed else ()
    says = [alternative_text(factor, given, each) for each in found.alternatives]
    return Section(
        f"What if: {factor_label(factor)}",
        (f"Now: {answer_text(factor, given)}.", ABOUT_ALTERNATIVES, *fact),
        tuple(
            Item(
                f"If the answer were {joined([says[each] for each in alike], 'or')}:",
                entries(row.says for row in difference_rows(situation.pathway, moved))
                or (Item(NOTHING_MOVES),),
                strong=True,
            )
            for moved, alike in found.alike.items()
        ),
    )
