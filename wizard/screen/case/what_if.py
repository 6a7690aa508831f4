"""What if an answer were another: one question's alternatives, and those of the whole case."""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.case.answers import Answer
from wizard.pathway.model import AlertLevel, NumberFactor, Status
from wizard.reasoning.case_diff import Moved
from wizard.reasoning.what_if import WhatIf, what_if, whole_case
from wizard.screen.case.case_map import FACTOR, LOOK, TAKE
from wizard.screen.case.state import State
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, spans, text
from wizard.wording.differences import (
    ABOUT_ALTERNATIVES,
    NOTHING_MOVES,
    STATUS_WORDS,
    DifferenceKind,
    DifferenceRow,
    Mark,
    WhatIfRows,
    what_if_rows,
)
from wizard.wording.text import counted, joined

_NOTHING_YET: Final = "No question that is used has been answered yet: w asks of the one in front."
_FIXED: Final = "This is a fact that cannot change."
_TONES: Final = {None: Tone.STRONG, Mark.APPEARED: Tone.CHANGE, Mark.LEFT: Tone.CHANGE}
_KINDS: Final = {
    DifferenceKind.AIM: ("aim", "aims"),
    DifferenceKind.SETTING: ("usual setting", "usual settings"),
    DifferenceKind.ALERT: ("alert", "alerts"),
}


def factor_rows(state: State, factor: str) -> tuple[Row, ...]:
    """Each alternative of one question, with what it would show differently."""
    found = _found(state, factor)
    rows = what_if_rows(state.pathway, state.answers.get(factor), found)
    number = isinstance(state.pathway.factors[factor], NumberFactor)
    takes = "goes to the question, to type one" if number else "takes one as the answer"
    shown = [
        text(state.pathway.factors[factor].question, Tone.STRONG),
        spans(Span("Now: ", Tone.DIM), Span(rows.now)),
        *([text(_FIXED, Tone.DIM)] if rows.fixed else []),
        text(ABOUT_ALTERNATIVES, Tone.DIM),
        text(f"Arrows choose, enter {takes}, esc leaves all as it is.", Tone.DIM),
        BLANK,
    ]
    for moved, alike in _alike(found):
        for each in alike:
            target = FACTOR + factor if number else f"{TAKE}{factor}:{each}"
            words = Span(rows.alternatives[each].says, Tone.STRONG)
            shown.append(item("→", words, tone=Tone.KEY, target=target))
        differences = rows.alternatives[alike[0]].rows
        shown += _options(state, moved, differences)
        shown += [
            _difference(each) for each in differences if each.kind is not DifferenceKind.OPTION
        ]
        shown += [] if moved else [text(NOTHING_MOVES, Tone.DIM, indent=4)]
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
        shown += [*_question(state, found, rows), BLANK]
    return tuple(shown)


def alternative(state: State, target: str) -> tuple[str, Answer]:
    """The question and the answer that a target names."""
    factor, _, number = target.removeprefix(TAKE).rpartition(":")
    return factor, _found(state, factor).alternatives[int(number)].answer


# --- parts -----------------------------------------------------------------------------------


def _found(state: State, factor: str) -> WhatIf:
    return what_if(state.situation.compiled, state.answers, factor, state.assessment)


def _alike(found: WhatIf) -> list[tuple[Moved, list[int]]]:
    """The numbers of alternatives, grouped by what differs; those that change nothing come last."""
    together: dict[Moved, list[int]] = {}
    for number, each in enumerate(found.alternatives):
        together.setdefault(each.moved, []).append(number)
    return sorted(together.items(), key=lambda each: not each[0])


def _difference(row: DifferenceRow) -> Row:
    return item(row.mark or "≠", Span(row.says), tone=_TONES[row.mark], indent=4)


def _options(state: State, moved: Moved, rows: Iterable[DifferenceRow]) -> Iterator[Row]:
    """The options that move in one direction, by the list that they move to."""
    marks = [row.mark for row in rows if row.kind is DifferenceKind.OPTION]
    together: dict[tuple[Mark | None, Status], list[str]] = {}
    for mark, move in zip(marks, moved.options, strict=True):
        label = state.pathway.options[move.option].label
        together.setdefault((mark, move.after), []).append(label)
    for (mark, status), labels in together.items():
        words = (Span(f"{STATUS_WORDS[status]}: ", Tone.DIM), Span(joined(labels)))
        yield item(mark or "≠", *words, tone=Tone.CHANGE, indent=4)


def _question(state: State, found: WhatIf, rows: WhatIfRows) -> Iterator[Row]:
    fixed = " · a fact that cannot change" if rows.fixed else ""
    yield heading(rows.label.upper())
    yield spans(
        Span("Now: ", Tone.DIM),
        Span(rows.now),
        Span(fixed, Tone.DIM),
        indent=2,
        target=LOOK + rows.factor,
    )
    for moved, alike in _alike(found):
        says = joined([rows.alternatives[each].says for each in alike], "or")
        if not moved:
            yield spans(Span("No difference: ", Tone.DIM), Span(says, Tone.DIM), indent=4)
            continue
        yield item("→", Span(says), tone=Tone.KEY, indent=2)
        differences = rows.alternatives[alike[0]].rows
        yield from _options(state, moved, differences)
        yield from _others(state, differences)


def _others(state: State, rows: Iterable[DifferenceRow]) -> Iterator[Row]:
    """What else differs, by number: a whole case has many; an emergency always in words."""
    emergencies = [row for row in rows if _is_emergency(state, row)]
    for row in emergencies:
        yield _difference(row)
    kinds = [row.kind for row in rows if row not in emergencies]
    named = [counted(kinds.count(kind), *words) for kind, words in _KINDS.items() if kind in kinds]
    if named:
        yield item("≠", Span(joined(named), Tone.DIM), indent=4)


def _is_emergency(state: State, row: DifferenceRow) -> bool:
    return (
        row.kind is DifferenceKind.ALERT
        and state.pathway.alerts[row.id].level is AlertLevel.EMERGENCY
    )
