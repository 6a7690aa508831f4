"""What if an answer were another: one question's alternatives, and those of the whole case."""

from collections.abc import Iterator
from typing import Final

from wizard.case.answers import Answer
from wizard.pathway.factors import Factor, NumberFactor
from wizard.pathway.model import AlertLevel, Status
from wizard.reasoning.case_diff import Moved
from wizard.reasoning.what_if import WhatIf, what_if, whole_case
from wizard.record import replace
from wizard.screen.case.state import State
from wizard.screen.case.targets import FACTOR, LOOK, TAKE
from wizard.screen.shared.outline import LEADS, outline_rows
from wizard.screen.shared.rows import Row
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
from wizard.wording.outline import Item, Section, first_alone
from wizard.wording.text import counted, joined

_NOTHING_YET: Final = "No question that is used has been answered yet: w asks of the one in front."
_FIXED: Final = "This is a fact that cannot change."
_KINDS: Final = {
    DifferenceKind.AIM: ("aim", "aims"),
    DifferenceKind.SETTING: ("usual setting", "usual settings"),
    DifferenceKind.ALERT: ("alert", "alerts"),
}


def what_if_rows(state: State, factor: str) -> tuple[Row, ...]:
    """Each alternative of one question, or of all, with what it would show differently."""
    return outline_rows(
        _of_one(state, factor) if factor else _of_case(state), short=not (factor or state.unfolded)
    )


def alternative(state: State, target: str) -> tuple[str, Answer]:
    """The question and the answer that a target names."""
    factor, _, number = target.removeprefix(TAKE).rpartition(":")
    return factor, _alternatives_of(state, factor).alternatives[int(number)].answer


# --- parts -----------------------------------------------------------------------------------


def _of_one(state: State, factor: str) -> Iterator[Section]:
    found, record = _alternatives_of(state, factor), state.pathway.factors[factor]
    says, number = _alternatives(state, found), isinstance(record, NumberFactor)
    takes = "goes to the question, to type one" if number else "takes one as the answer"
    fixed = (_FIXED,) if record.fixed else ()
    keys = f"Arrows choose, enter {takes}, esc leaves all as it is."
    yield Section("", (record.question, _now(state, record), *fixed, ABOUT_ALTERNATIVES, keys))
    for moved, alike in _alike(found):
        targets = (FACTOR + factor if number else f"{TAKE}{factor}:{each}" for each in alike)
        leads = [
            Item(says[each], strong=True, about=target)
            for each, target in zip(alike, targets, strict=True)
        ]
        leads[-1] = replace(leads[-1], items=_differences(state, moved))
        yield Section("", items=tuple(leads))
    yield Section("", remarks=("W looks at every answer of the case.",))


def _of_case(state: State) -> Iterator[Section]:
    """Every answered question; what differs beside options and emergencies is only counted."""
    case = whole_case(state.situation.compiled, state.answers, state.assessment)
    how = "Enter shows a question's alternatives in full; esc returns."
    yield Section("", (ABOUT_ALTERNATIVES, how) if case else (_NOTHING_YET,))
    for found in case:
        factor, says = state.pathway.factors[found.factor], _alternatives(state, found)
        fixed = " · a fact that cannot change" if factor.fixed else ""
        items = [Item(f"{_now(state, factor)}{fixed}", mark="·", about=LOOK + factor.id)]
        for moved, alike in _alike(found):
            told = joined([says[each] for each in alike], "or")
            if moved:
                items.append(Item(told, _differences(state, moved), mark=LEADS))
            else:
                items.append(Item(f"No difference: {told}", quiet=True))
        yield Section(factor_label(factor), (), tuple(items))


def _alternatives_of(state: State, factor: str) -> WhatIf:
    return what_if(state.situation.compiled, state.answers, factor, state.assessment)


def _now(state: State, factor: Factor) -> str:
    return f"Now: {answer_text(factor, state.answers.get(factor.id))}"


def _alternatives(state: State, found: WhatIf) -> list[str]:
    factor, given = state.pathway.factors[found.factor], state.answers.get(found.factor)
    return [alternative_text(factor, given, each) for each in found.alternatives]


def _alike(found: WhatIf) -> list[tuple[Moved, list[int]]]:
    """Alternatives that differ in the same; those that change nothing come last."""
    return sorted(found.alike.items(), key=lambda each: not each[0])


def _differences(state: State, moved: Moved) -> tuple[Item, ...]:
    """The options that move in one direction together, then what else differs."""
    together: dict[tuple[Mark, Status], list[str]] = {}
    for move in moved.options:
        label = state.pathway.options[move.option].label
        together.setdefault((mark(move), move.after), []).append(label)
    options = (
        Item(f"{STATUS_WORDS[status]}: {joined(labels)}", mark=way)
        for (way, status), labels in together.items()
    )
    rows = difference_rows(state.pathway, moved)
    others = [row for row in rows if row.kind is not DifferenceKind.OPTION]
    emergencies = [row for row in others if _is_emergency(state, row)]
    rest = [row for row in others if row not in emergencies]
    kinds = [row.kind for row in rest]
    named = [counted(kinds.count(kind), *words) for kind, words in _KINDS.items() if kind in kinds]
    told = (*options, *map(_difference, emergencies))
    if rest:
        below = first_alone(map(_difference, rest), 0)
        told = (*told, Item(joined(named).capitalize(), below, quiet=True, mark="≠"))
    return told or (Item(NOTHING_MOVES, quiet=True),)


def _difference(row: DifferenceRow) -> Item:
    return Item(row.says, mark=row.mark or "≠")


def _is_emergency(state: State, row: DifferenceRow) -> bool:
    return (
        row.kind is DifferenceKind.ALERT
        and state.pathway.alerts[row.id].level is AlertLevel.EMERGENCY
    )
