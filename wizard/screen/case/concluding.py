"""Whether the case can be concluded yet, and what to find out first."""

from wizard.reasoning.settling import conclusion, most_settling_first, settling
from wizard.screen.case.case_map import FACTOR
from wizard.screen.case.state import State
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, text
from wizard.wording.answers import colon
from wizard.wording.concluding import (
    ABOUT_SETTLING,
    QuestionToAsk,
    conclusion_line,
    conclusion_names,
    questions_to_ask,
)
from wizard.wording.notices import NOT_UNSUITABLE, UNKNOWN_IS_NOT_NO


def first_rows(state: State) -> tuple[Row, ...]:
    """What is settled whatever is missing, and the open questions by what they settle."""
    now = conclusion(state.assessment)
    questions = _questions(state)
    rows = [
        heading("CAN WE CONCLUDE YET?"),
        text(conclusion_line(now), Tone.STRONG, indent=2),
        BLANK,
        heading("WHAT TO FIND OUT FIRST"),
        text(ABOUT_SETTLING if questions else "Nothing is left to ask.", Tone.DIM, indent=2),
        *(_question(each) for each in questions),
        BLANK,
        heading("WHICH OPTIONS"),
    ]
    rows += [text(line, indent=2) for line in conclusion_names(state.pathway, now)]
    return (*rows, text(f"{NOT_UNSUITABLE} {UNKNOWN_IS_NOT_NO}", Tone.DIM, indent=2))


def open_question_rows(state: State) -> tuple[Row, ...]:
    """The questions that fuller answers to can still change something, most settling first."""
    return tuple(_question(each) for each in _questions(state))


def _questions(state: State) -> tuple[QuestionToAsk, ...]:
    found = settling(state.situation.compiled, state.answers, state.assessment)
    now = conclusion(state.assessment)
    return questions_to_ask(state.pathway, most_settling_first(found), now)


def _question(question: QuestionToAsk) -> Row:
    words = (Span(colon(question.label)), Span(f" {question.settles}", Tone.STRONG))
    return item("→", *words, tone=Tone.KEY, indent=2, target=FACTOR + question.factor)
