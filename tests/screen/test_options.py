"""The three lists: what shares a reason stands under it, whole, in the pathway's order."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screen.driving import TODAY, press, shipped, state_of, wizard
from wizard.case.answers import ChoiceAnswer
from wizard.screen.case.options import options_rows
from wizard.screen.case.state import State, new_case
from wizard.screen.case.targets import OPTION
from wizard.screen.case.transitions import give
from wizard.screen.shared.rows import Row, lay_out
from wizard.wording.answers import short_label

WIDTHS = (28, 34, 41, 60)
TYPES = ("net", "nec", "other")
EXTENTS = ("not_spread", "advanced_not_spread", "spread")


def case_of(tumour_type: str | None, extent: str | None) -> State:
    """A case with at most two answers."""
    state = new_case(shipped(), TODAY)
    for factor, value in (("tumour_type", tumour_type), ("extent", extent)):
        if value is not None:
            state = give(replace(state, asked=factor), ChoiceAnswer(frozenset({value})))
    return state


CASES = st.builds(case_of, st.sampled_from((None, *TYPES)), st.sampled_from((None, *EXTENTS)))


def option_of(row: Row) -> str | None:
    """The option that a row stands for."""
    target = row.target or ""
    return target.removeprefix(OPTION) if target.startswith(OPTION) else None


@given(CASES, st.sampled_from(WIDTHS))
def test_every_option_has_one_row_in_the_list_of_its_status(state: State, width: int) -> None:
    rows = options_rows(state, width)
    shown = [name for row in rows if (name := option_of(row)) is not None]
    assert sorted(shown) == sorted(state.pathway.options)
    by_status = [state.assessment.options[name].status for name in shown]
    assert sum(one is not other for one, other in pairwise(by_status)) + 1 == len(set(by_status))


@given(CASES, st.sampled_from(WIDTHS))
def test_options_of_one_reason_stand_together_in_the_pathways_order(
    state: State, width: int
) -> None:
    order = list(state.pathway.options)
    groups: list[list[str]] = [[]]
    for row in options_rows(state, width):
        name = option_of(row)
        if name is not None:
            groups[-1].append(name)
        elif groups[-1] and "undated" not in str(row):
            groups.append([])
    for group in groups:
        assert group == sorted(group, key=order.index)


@given(CASES, st.sampled_from(WIDTHS))
def test_a_name_is_broken_only_where_the_list_is_too_narrow_for_it(
    state: State, width: int
) -> None:
    rows = options_rows(state, width)
    lines = lay_out(rows, width)
    for number, row in enumerate(rows):
        name = option_of(row)
        if name is not None and len(state.pathway.options[name].label) <= width - 4:
            own = [line for line in lines if line.row == number]
            words = "".join(span.text for span in own[0].spans)
            option = state.pathway.options[name]
            assert option.label in words or short_label(option) in words
            assert len(own) == 1


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_no_row_moves_when_the_cursor_comes(size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, ["1", "tab"])
        width = 41
        before = lay_out(options_rows(state_of(app), width), width)
        await press(pilot, ["down", "down"])
        assert lay_out(options_rows(state_of(app), width), width) == before


def test_before_an_answer_the_lists_are_quiet() -> None:
    words = [
        "".join(span.text for span in line.spans).strip()
        for line in lay_out(options_rows(new_case(shipped(), TODAY), 41), 41)
    ]
    assert words.count("each on several answers") == 1
    assert not any("tumour type" in each for each in words)
