"""What if an answer were another: one question's alternatives, and those of the whole case."""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.case.answers import Answer
from wizard.pathway.model import FactorType
from wizard.reasoning.what_if import WhatIf, what_if, whole_case
from wizard.screen.rows import BLANK, Row, Span, Tone, heading, item, spans, text
from wizard.screen.state import State
from wizard.screen.views.case_map import FACTOR, LOOK, TAKE
from wizard.wording.changes import Mark
from wizard.wording.differences import (
    ABOUT_ALTERNATIVES,
    NOTHING_MOVES,
    AlternativeRow,
    DifferenceRow,
    Kind,
    WhatIfRows,
    what_if_rows,
)
from wizard.wording.text import counted, joined

_NOTHING_YET: Final = "No question that is used has been answered yet: w asks of the one in front."
_FIXED: Final = "This is a fact that cannot change."
_TONES: Final = {None: Tone.STRONG, Mark.APPEARED: Tone.CHANGE, Mark.LEFT: Tone.CHANGE}
_KINDS: Final = {
    Kind.AIM: ("aim", "aims"),
    Kind.SETTING: ("usual setting", "usual settings"),
    Kind.ALERT: ("alert", "alerts"),
}


def factor_rows(state: State, factor: str) -> tuple[Row, ...]:
    """Each alternative of one question, with what it would show differently."""
    found = _found(state, factor)
    rows = what_if_rows(state.pathway, state.answers.get(factor), found)
    number = state.pathway.factors[factor].type is FactorType.NUMBER
    takes = "goes to the question, to type one" if number else "takes one as the answer"
    shown = [
        text(state.pathway.factors[factor].question, Tone.STRONG),
        spans(Span("Now: ", Tone.DIM), Span(rows.now)),
        *([text(_FIXED, Tone.DIM)] if rows.fixed else []),
        text(ABOUT_ALTERNATIVES, Tone.DIM),
        text(f"Arrows choose, enter {takes}, esc leaves all as it is.", Tone.DIM),
        BLANK,
    ]
    for differences, alike in _alike(rows):
        for each in alike:
            target = FACTOR + factor if number else f"{TAKE}{factor}:{_place(rows, each)}"
            shown.append(item("→", Span(each.says, Tone.STRONG), tone=Tone.KEY, target=target))
        shown += [_difference(each) for each in differences] or [
            text(NOTHING_MOVES, Tone.DIM, indent=4)
        ]
        shown.append(BLANK)
    return (*shown, text("W looks at every answer of the case.", Tone.DIM))


def case_rows(state: State) -> tuple[Row, ...]:
    """Every answered question, with what its alternatives would add and remove, in short."""
    case = whole_case(state.situation.compiled, state.answers, state.assessment)
    if not case:
        return (text(_NOTHING_YET),)
    shown = [
        text(ABOUT_ALTERNATIVES, Tone.DIM),
        text("Enter shows a question's alternatives in full; esc returns.", Tone.DIM),
        BLANK,
    ]
    for found in case:
        rows = what_if_rows(state.pathway, state.answers.get(found.factor), found)
        shown += [*_question(state, rows), BLANK]
    return tuple(shown)


def alternative(state: State, target: str) -> tuple[str, Answer]:
    """The question and the answer that a target names."""
    factor, _, number = target.removeprefix(TAKE).rpartition(":")
    return factor, _found(state, factor).alternatives[int(number)].answer


# --- parts -----------------------------------------------------------------------------------


def _found(state: State, factor: str) -> WhatIf:
    return what_if(state.situation.compiled, state.answers, factor, state.assessment)


def _place(rows: WhatIfRows, row: AlternativeRow) -> int:
    return next(number for number, each in enumerate(rows.alternatives) if each is row)


def _alike(
    rows: WhatIfRows,
) -> Iterable[tuple[tuple[DifferenceRow, ...], list[AlternativeRow]]]:
    """Alternatives with the same differences together, those without any last."""
    together: dict[tuple[DifferenceRow, ...], list[AlternativeRow]] = {}
    for each in rows.alternatives:
        together.setdefault(each.rows, []).append(each)
    return sorted(together.items(), key=lambda each: not each[0])


def _difference(row: DifferenceRow) -> Row:
    return item(row.mark or "≠", Span(row.says), tone=_TONES[row.mark], indent=4)


def _question(state: State, rows: WhatIfRows) -> Iterator[Row]:
    fixed = " · a fact that cannot change" if rows.fixed else ""
    yield heading(rows.label.upper())
    yield spans(
        Span("Now: ", Tone.DIM),
        Span(rows.now),
        Span(fixed, Tone.DIM),
        indent=2,
        target=LOOK + rows.factor,
    )
    for differences, alike in _alike(rows):
        says = joined([each.says for each in alike], "or")
        if differences:
            yield item("→", Span(says), tone=Tone.KEY, indent=2)
            yield from _in_short(state, differences)
        else:
            yield spans(Span("No difference: ", Tone.DIM), Span(says, Tone.DIM), indent=4)


def _in_short(state: State, rows: Iterable[DifferenceRow]) -> Iterator[Row]:
    """The options that move by name, all else by number."""
    for mark in Mark:
        moved = [row.id for row in rows if row.kind is Kind.OPTION and row.mark is mark]
        if moved:
            names = ", ".join(state.pathway.options[each].label for each in moved)
            yield item(mark, Span(names), tone=Tone.CHANGE, indent=4)
    kinds = [row.kind for row in rows]
    others = [counted(kinds.count(kind), *words) for kind, words in _KINDS.items() if kind in kinds]
    if others:
        yield item("≠", Span(joined(others), Tone.DIM), indent=4)
