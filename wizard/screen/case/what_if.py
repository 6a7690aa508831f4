"""What if an answer were another: one question's alternatives, and those of the whole case."""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.case.answers import Answer
from wizard.pathway.model import AlertLevel, Factor, NumberFactor, Status
from wizard.reasoning.case_diff import Moved
from wizard.reasoning.what_if import WhatIf, what_if, whole_case
from wizard.screen.case.case_map import FACTOR, LOOK, TAKE
from wizard.screen.case.state import State
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, heading, item, spans, text
from wizard.wording.answers import answer_text, factor_label
from wizard.wording.differences import (
    ABOUT_ALTERNATIVES,
    NOTHING_MOVES,
    STATUS_WORDS,
    DifferenceKind,
    DifferenceRow,
    Mark,
    alternative_text,
    difference_rows,
    mark,
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
    found, record = _found(state, factor), state.pathway.factors[factor]
    says, number = _alternatives(state, found), isinstance(record, NumberFactor)
    takes = "goes to the question, to type one" if number else "takes one as the answer"
    shown = [
        text(record.question, Tone.STRONG),
        spans(Span("Now: ", Tone.DIM), Span(_now(state, record))),
        *([text(_FIXED, Tone.DIM)] if record.fixed else []),
        text(ABOUT_ALTERNATIVES, Tone.DIM),
        text(f"Arrows choose, enter {takes}, esc leaves all as it is.", Tone.DIM),
        BLANK,
    ]
    for moved, alike in _alike(found):
        for each in alike:
            target = FACTOR + factor if number else f"{TAKE}{factor}:{each}"
            words = Span(says[each], Tone.STRONG)
            shown.append(item("→", words, tone=Tone.KEY, target=target))
        shown += _options(state, moved)
        shown += [_difference(each) for each in _beside_options(state, moved)]
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
        shown += [*_question(state, found), BLANK]
    return tuple(shown)


def alternative(state: State, target: str) -> tuple[str, Answer]:
    """The question and the answer that a target names."""
    factor, _, number = target.removeprefix(TAKE).rpartition(":")
    return factor, _found(state, factor).alternatives[int(number)].answer


# --- parts -----------------------------------------------------------------------------------


def _found(state: State, factor: str) -> WhatIf:
    return what_if(state.situation.compiled, state.answers, factor, state.assessment)


def _now(state: State, factor: Factor) -> str:
    return answer_text(factor, state.answers.get(factor.id))


def _alternatives(state: State, found: WhatIf) -> list[str]:
    factor, given = state.pathway.factors[found.factor], state.answers.get(found.factor)
    return [alternative_text(factor, given, each) for each in found.alternatives]


def _alike(found: WhatIf) -> list[tuple[Moved, list[int]]]:
    """Alternatives that differ in the same; those that change nothing come last."""
    return sorted(found.alike.items(), key=lambda each: not each[0])


def _beside_options(state: State, moved: Moved) -> list[DifferenceRow]:
    """What differs beside the statuses of options."""
    rows = difference_rows(state.pathway, moved)
    return [row for row in rows if row.kind is not DifferenceKind.OPTION]


def _difference(row: DifferenceRow) -> Row:
    return item(row.mark or "≠", Span(row.says), tone=_TONES[row.mark], indent=4)


def _options(state: State, moved: Moved) -> Iterator[Row]:
    """The options that move in one direction, by the list that they move to."""
    together: dict[tuple[Mark, Status], list[str]] = {}
    for move in moved.options:
        label = state.pathway.options[move.option].label
        together.setdefault((mark(move), move.after), []).append(label)
    for (way, status), labels in together.items():
        words = (Span(f"{STATUS_WORDS[status]}: ", Tone.DIM), Span(joined(labels)))
        yield item(way, *words, tone=Tone.CHANGE, indent=4)


def _question(state: State, found: WhatIf) -> Iterator[Row]:
    factor, alternatives = state.pathway.factors[found.factor], _alternatives(state, found)
    fixed = " · a fact that cannot change" if factor.fixed else ""
    yield heading(factor_label(factor).upper())
    yield spans(
        Span("Now: ", Tone.DIM),
        Span(_now(state, factor)),
        Span(fixed, Tone.DIM),
        indent=2,
        target=LOOK + factor.id,
    )
    for moved, alike in _alike(found):
        says = joined([alternatives[each] for each in alike], "or")
        if not moved:
            yield spans(Span("No difference: ", Tone.DIM), Span(says, Tone.DIM), indent=4)
            continue
        yield item("→", Span(says), tone=Tone.KEY, indent=2)
        yield from _options(state, moved)
        yield from _others(state, _beside_options(state, moved))


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
