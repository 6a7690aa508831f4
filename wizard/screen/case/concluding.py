"""Whether the case can be concluded yet, and what to find out first."""

from wizard.reasoning.settling import most_settling_first
from wizard.screen.case.case_map import FACTOR
from wizard.screen.case.state import State
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, text
from wizard.wording.answers import colon, factor_label
from wizard.wording.concluding import (
    ABOUT_SETTLING,
    conclusion_line,
    conclusion_names,
    settles_text,
)
from wizard.wording.notices import NOT_UNSUITABLE, UNKNOWN_IS_NOT_NO


def first_rows(state: State) -> tuple[Row, ...]:
    """What is settled whatever is missing, and the open questions by what they settle."""
    now = state.situation.explained.conclusion
    questions = open_question_rows(state)
    rows = [
        heading("CAN WE CONCLUDE YET?"),
        text(conclusion_line(now), Tone.STRONG, indent=2),
        BLANK,
        heading("WHAT TO FIND OUT FIRST"),
        text(ABOUT_SETTLING if questions else "Nothing is left to ask.", Tone.DIM, indent=2),
        *questions,
        BLANK,
        heading("WHICH OPTIONS"),
    ]
    rows += [text(line, indent=2) for line in conclusion_names(state.pathway, now)]
    return (*rows, text(f"{NOT_UNSUITABLE} {UNKNOWN_IS_NOT_NO}", Tone.DIM, indent=2))


def open_question_rows(state: State) -> tuple[Row, ...]:
    """The questions that fuller answers to can still change something, most settling first."""
    explained, rows = state.situation.explained, []
    for each in most_settling_first(explained.questions):
        label = colon(factor_label(state.pathway.factors[each.factor]))
        settles = Span(f" {settles_text(each, len(explained.conclusion.open))}", Tone.STRONG)
        target = FACTOR + each.factor
        rows.append(item("→", Span(label), settles, tone=Tone.KEY, indent=2, target=target))
    return tuple(rows)
