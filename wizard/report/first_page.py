"""The first page of a report: what an MDT reads when it has a minute, and no more than fits there.

What each line rests on stands behind it, in the details.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.case.answers import Answer, MultiAnswer
from wizard.pathway.model import AlertLevel
from wizard.reasoning.settling import most_settling_first
from wizard.reasoning.situation import Situation
from wizard.wording.alerts import alert_texts, emergency_texts
from wizard.wording.answers import because, colon, factor_label, factor_labels
from wizard.wording.concluding import conclusion_line, settles_text
from wizard.wording.currency import CurrencyState
from wizard.wording.notices import foreign_line, four_notices
from wizard.wording.options import OptionRow, option_lists
from wizard.wording.outline import Item, Section, entries, telling
from wizard.wording.sources import source_rows
from wizard.wording.statuses import LEVEL_WORDS, STATUS_TITLES
from wizard.wording.text import counted, sentence
from wizard.wording.walk import QuestionState, question_rows

DETAILS: Final = Section(
    "Details", ("What the first page rests on, with every sentence of the documents.",)
)
_MOST_QUESTIONS: Final = 5


def first_page(situation: Situation) -> tuple[Section, ...]:
    """The case in a sentence, the lists, the alerts, what to find out first, and the documents."""
    emergencies = tuple(
        Item(alert.heading, entries((alert.unsettled or alert.says,)), strong=True)
        for alert in emergency_texts(situation)
    )
    lists = (
        telling(Item(f"{STATUS_TITLES[status]}:", about=f"status:{status}"), *_options(rows))
        for status, rows in option_lists(situation).items()
    )
    notices = (*four_notices(situation.pathway), *foreign_line(situation.pathway))
    return (
        Section("The case", tuple(_case_sentences(situation)), about="case"),
        *emergency_section(emergencies),
        Section("In short", items=tuple(lists), about="lists"),
        Section("Alerts in short", items=_alerts(situation) or entries(["none"]), about="alerts"),
        _find_out_first(situation),
        Section("Documents", items=tuple(_documents(situation)), about="sources"),
        Section("Notices", items=entries(notices), about="notices"),
    )


def _case_sentences(situation: Situation) -> Iterator[str]:
    """What is known of the case in one sentence; what is not known, and what was not asked."""
    rows = question_rows(situation)
    known = {
        row.factor: _in_short(situation.answers[row.factor])
        for row in rows
        if row.state is QuestionState.ANSWERED
    }
    yield sentence(because(situation.pathway, known)) if known else "Nothing is known of it yet."
    worked_out = [
        f"{colon(factor_label(situation.pathway.factors[row.factor]))} {row.answer}"
        for row in rows
        if row.state is QuestionState.WORKED_OUT
    ]
    yield from worked_out
    for title, state in (
        ("Not known", QuestionState.NOT_RECORDED),
        ("Not answered", QuestionState.TO_ASK),
    ):
        asked = [row.factor for row in rows if row.state is state]
        if asked:
            yield f"{title}: {factor_labels(situation.pathway, asked)}"


def _in_short(answer: Answer) -> Answer:
    """An answer without what is absent beside what is present; the details have it."""
    match answer:
        case MultiAnswer(present, _) if present:
            return MultiAnswer(present, frozenset())
        case _:
            return answer


def emergency_section(alerts: tuple[Item, ...]) -> tuple[Section, ...]:
    """The section of the emergencies, where there are any."""
    level = AlertLevel.EMERGENCY
    return (Section(LEVEL_WORDS[level], (), alerts, about=f"level:{level}"),) if alerts else ()


def _options(rows: Iterable[OptionRow]) -> Iterator[Item]:
    """Options with the remarks behind them; `none` where there is no option."""
    told = [
        Item(
            row.remarked,
            about=f"option:{row.id}",
            parts=(Item(row.label), *entries([", ".join(row.remarks)])),
        )
        for row in rows
    ]
    yield from told or entries(["none"])


def _alerts(situation: Situation) -> tuple[Item, ...]:
    """The titles of the alerts that are not emergencies, those of one level together."""
    by_level: dict[str, list[str]] = {}
    for each in alert_texts(situation):
        if each.level is not AlertLevel.EMERGENCY:
            title = situation.pathway.alerts[each.id].title
            by_level.setdefault(each.heading.removesuffix(title).rstrip(), []).append(title)
    return tuple(telling(level, *titles) for level, titles in by_level.items())


def _find_out_first(situation: Situation) -> Section:
    """How much is settled, and the questions that settle most."""
    explained, factors = situation.explained, situation.pathway.factors
    settling = [each for each in most_settling_first(explained.questions) if each.most]
    told = [
        telling(
            Item(colon(factor_label(factors[each.factor])), about=f"factor:{each.factor}"),
            settles_text(each, len(explained.conclusion.open)),
        )
        for each in settling[:_MOST_QUESTIONS]
    ]
    more = len(settling) - len(told)
    rest = [f"and {counted(more, 'more question')}, in the details"] if more else []
    line = conclusion_line(explained.conclusion)
    return Section("What to find out first", (line,), (*told, *entries(rest)), about="questions")


def _documents(situation: Situation) -> Iterator[Item]:
    for row in source_rows(situation.pathway, situation.today):
        if row.currency.state is CurrencyState.UNDATED:
            yield Item(row.source.short)
        else:
            yield telling(f"{row.source.short}:", row.currency.text)
