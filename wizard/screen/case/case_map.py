"""The case as a map: every question in the order of the walk, and how it stands."""

from typing import Final

from wizard.case.answers import Answer
from wizard.pathway.factors import DerivedFactor, Factor
from wizard.screen.case.state import State
from wizard.screen.case.targets import FACTOR
from wizard.screen.shared.kept import MANY, kept_for_each
from wizard.screen.shared.names import in_short
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, text
from wizard.wording.answers import answer_text, factor_label
from wizard.wording.concluding import settles_words
from wizard.wording.deriving import left_text
from wizard.wording.text import sentence
from wizard.wording.walk import QuestionState, question_state, still_wanted, why_not_asked

MARKS: Final = {
    QuestionState.ANSWERED: ("✓", ""),
    QuestionState.NOT_RECORDED: ("–", ""),
    QuestionState.TO_ASK: ("·", ""),
    QuestionState.WAITING: ("·", "if it applies"),
    QuestionState.RECORD_ONLY: ("·", "recorded only"),
    QuestionState.SETTLED: ("×", "no effect now"),
    QuestionState.NOT_APPLICABLE: ("×", "does not apply"),
    QuestionState.PARKED: ("~", "kept, not used"),
    QuestionState.WORKED_OUT: ("=", ""),
}
_LEGEND: Final = (
    "✓ answered   ❯ asked now",
    "· still to ask   – not known",
    "× no effect here   ~ kept",
)
_LEGEND_DERIVED: Final = "= worked out"
_QUIET: Final = frozenset(
    {QuestionState.SETTLED, QuestionState.NOT_APPLICABLE, QuestionState.NOT_RECORDED}
)


def map_rows(state: State, cursor: str | None) -> tuple[Row, ...]:
    """The rows of the case column, or of the map over the case.

    The row under the cursor tells in a sentence what the others tell in a word.
    """
    rows: list[Row] = []
    factors = state.pathway.factors
    for step in state.pathway.steps:
        if rows:
            rows.append(BLANK)
        rows.append(heading(step.label.upper()))
        rows += [_question(state, factors[each], cursor) for each in step.factors]
    still = text(sentence(still_wanted(state.situation)), Tone.STRONG)
    derived = any(isinstance(each, DerivedFactor) for each in factors.values())
    legend = (*_LEGEND, *((_LEGEND_DERIVED,) if derived else ()))
    return (*rows, *_aside(state), BLANK, still, *(text(line, Tone.DIM) for line in legend))


def _aside(state: State) -> tuple[Row, ...]:
    """The answers that this version of the pathway does not know, and that come back with it."""
    if not state.aside:
        return ()
    told = ((factor_label(each.factor), each) for each in state.aside)
    rows = (
        Row(
            (
                Cell((Span("~", Tone.DIM),), 2),
                Cell((Span(label, Tone.DIM),), 16),
                Cell((), 1),
                Cell((Span(answer_text(in_short(each.factor), each.answer), Tone.STRUCK),)),
            )
        )
        for label, each in told
    )
    return (BLANK, heading("NOT KNOWN TO THIS VERSION"), *rows)


def _question(state: State, factor: Factor, cursor: str | None) -> Row:
    stands = question_state(state.situation, factor)
    current, here = factor.id == state.asked, cursor == FACTOR + factor.id
    answer, words = state.answers.get(factor.id), MARKS[stands][1]
    if stands is QuestionState.WORKED_OUT:
        words = left_text(state.situation, factor, whence=here)
    elif here and not (current and answer is None):
        words = why_not_asked(state.situation, factor) or settles_words(state.situation, factor.id)
    return _row(factor, stands, answer, words, current)


@kept_for_each(MANY)
def _row(
    factor: Factor,
    stands: QuestionState,
    given: Answer | None,
    words: str,
    current: bool,  # noqa: FBT001 - a row is kept by all that makes it, in its place
) -> Row:
    """The row of a question; after an answer, few in a long map are another one."""
    answer = _answer_spans(factor, stands, given)
    if stands is QuestionState.WORKED_OUT:
        answer = (Span(words),)
    elif current and not answer:
        answer = (Span("asked now", Tone.ACCENT),)
    elif words:
        answer = (*answer, Span(f"{' ' if answer else ''}{words}", Tone.DIM))
    tone = Tone.ACCENT if current else Tone.DIM if stands in _QUIET else Tone.PLAIN
    return Row(
        (
            Cell((Span("❯" if current else MARKS[stands][0], tone),), 2),
            Cell((Span(factor_label(factor), tone),), 16),
            Cell((), 1),
            Cell(answer),
        ),
        FACTOR + factor.id,
    )


def _answer_spans(factor: Factor, stands: QuestionState, answer: Answer | None) -> tuple[Span, ...]:
    if answer is None:
        return ()
    tone = Tone.STRUCK if stands is QuestionState.PARKED else Tone.PLAIN
    return (Span(answer_text(in_short(factor), answer), tone),)
