"""The views that explain a case: one function a topic."""

from collections.abc import Callable, Mapping
from typing import Final

from wizard.screen.case.case_diff import compare_rows
from wizard.screen.case.concluding import first_rows
from wizard.screen.case.documents import documents_rows
from wizard.screen.case.option_card import card_rows, why_rows
from wizard.screen.case.state import Overlay, State, Topic
from wizard.screen.case.what_if import case_rows, factor_rows
from wizard.screen.shared.rows import Row


def explained_rows(state: State, over: Overlay, width: int) -> tuple[Row, ...]:
    """The rows of an explanation, the width in cells."""
    if over.topic is Topic.COMPARE:
        return compare_rows(state, width)
    if over.subject is None:
        return _OF_THE_CASE[over.topic](state)
    return _OF_ONE[over.topic](state, over.subject)


_OF_ONE: Final[Mapping[Topic, Callable[[State, str], tuple[Row, ...]]]] = {
    Topic.OPTION: card_rows,
    Topic.WHY: why_rows,
    Topic.WHAT_IF: factor_rows,
}
"""Of one option or question."""
_OF_THE_CASE: Final[Mapping[Topic, Callable[[State], tuple[Row, ...]]]] = {
    Topic.WHAT_IF: case_rows,
    Topic.FIRST: first_rows,
    Topic.DOCUMENTS: documents_rows,
}
