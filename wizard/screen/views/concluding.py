"""Whether the case can be concluded yet, and what to find out first."""

from typing import Final

from wizard.reasoning.settling import conclusion, most_settling_first, settling
from wizard.screen.rows import BLANK, Cell, Row, Span, Tone, heading, text
from wizard.screen.state import State
from wizard.screen.views.case_map import FACTOR
from wizard.wording.concluding import (
    ABOUT_SETTLING,
    conclusion_line,
    conclusion_names,
    questions_to_ask,
)
from wizard.wording.notices import NOT_UNSUITABLE, UNKNOWN_IS_NOT_NO

_SETTLES_COLUMN: Final = 22


def first_rows(state: State) -> tuple[Row, ...]:
    """What is settled whatever is missing, and the open questions by what they settle."""
    now = conclusion(state.assessment)
    found = settling(state.situation.compiled, state.answers, state.assessment)
    questions = questions_to_ask(state.pathway, most_settling_first(found), now)
    rows = [
        heading("CAN WE CONCLUDE YET?"),
        text(conclusion_line(now), Tone.STRONG, indent=2),
        BLANK,
        heading("WHAT TO FIND OUT FIRST"),
        text(ABOUT_SETTLING if questions else "Nothing is left to ask.", Tone.DIM, indent=2),
    ]
    for each in questions:
        label = Cell((Span("→ ", Tone.KEY), Span(each.label)))
        settled = Cell((Span(each.settles, Tone.STRONG),), _SETTLES_COLUMN)
        rows.append(Row((Cell((), 2), settled, label), FACTOR + each.factor))
    rows += [BLANK, heading("WHICH OPTIONS")]
    rows += [text(line, indent=2) for line in conclusion_names(state.pathway, now)]
    return (*rows, text(f"{NOT_UNSUITABLE} {UNKNOWN_IS_NOT_NO}", Tone.DIM, indent=2))
