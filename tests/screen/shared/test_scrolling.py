"""The scroll bar of a pane: where its thumb is, and what the mouse does to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import MouseScrollDown
from textual.pilot import Pilot

from tests.screen.driving import WIDE, case_screen, cells, press, says, wizard
from wizard.screen.app import WizardApp
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.rows import text
from wizard.screen.shared.scrolling import thumb, top_at

HEIGHTS = st.integers(min_value=1, max_value=200)


@given(height=HEIGHTS, hidden=st.integers(min_value=1, max_value=2000), data=st.data())
def test_the_thumb_is_on_the_bar_and_at_its_ends_only_at_the_ends(
    height: int, hidden: int, data: st.DataObject
) -> None:
    lines = height + hidden
    top = data.draw(st.integers(min_value=0, max_value=hidden))
    rows = thumb(height, lines, top)
    assert 0 < len(rows) <= height
    assert rows.start >= 0
    assert rows.stop <= height
    assert thumb(height, lines, 0).start == 0
    assert thumb(height, lines, hidden).stop == height
    if top:
        assert rows.start >= thumb(height, lines, top - 1).start


@given(height=HEIGHTS, data=st.data())
def test_what_is_all_in_sight_has_no_thumb(height: int, data: st.DataObject) -> None:
    lines = data.draw(st.integers(min_value=0, max_value=height))
    assert not thumb(height, lines, 0)
    assert top_at(data.draw(st.integers(min_value=0, max_value=height)), height, lines) == 0


@given(height=HEIGHTS, hidden=st.integers(min_value=1, max_value=2000), row=st.integers(-50, 250))
def test_a_row_of_the_bar_scrolls_to_where_the_thumb_is_on_it(
    height: int, hidden: int, row: int
) -> None:
    lines = height + hidden
    top = top_at(row, height, lines)
    assert 0 <= top <= hidden
    rows = thumb(height, lines, top)
    if len(rows) < height:
        assert min(max(row, 0), height - 1) in range(rows.start - 1, rows.stop + 1)


async def drag(pilot: Pilot[None], pane: Pane, rows: list[int]) -> None:
    """Press on the right edge of a pane, move along it, and let go."""
    x = pane.outer_size.width - 1
    await pilot.mouse_down(pane, offset=(x, rows[0]))
    for row in rows:
        await pilot.hover(pane, offset=(x, row))
    await pilot.mouse_up(pane, offset=(x, rows[-1]))
    await pilot.pause()


async def test_the_bar_is_dragged_to_the_end_and_back() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, ["question_mark"])
        pane = case_screen(app).reading
        first = cells(app)
        await drag(pilot, pane, [1, 10, pane.outer_size.height - 1])
        assert pane.scroll_offset.y == pane.max_scroll_y > 0
        assert cells(app) != first
        await pilot.hover(pane, offset=(4, 4))
        assert pane.scroll_offset.y == pane.max_scroll_y
        await drag(pilot, pane, [pane.outer_size.height - 1, 10, 0])
        assert pane.scroll_offset.y == 0
        assert cells(app) == first


@pytest.mark.parametrize("size", [WIDE, (40, 12)])
async def test_the_wheel_scrolls_and_the_bar_says_how_far(size: tuple[int, int]) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, ["question_mark"])
        pane = case_screen(app).reading
        assert 0 in pane.thumb
        for _ in range(400):
            pane.post_message(MouseScrollDown(pane, 3, 3, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert pane.scroll_offset.y == pane.max_scroll_y
        assert drawn_thumb(app, pane) == list(pane.thumb)


@pytest.mark.parametrize("size", [WIDE, (80, 24), (60, 20), (40, 12)])
@pytest.mark.parametrize("clicked", [True, False])
async def test_what_is_opened_shows_its_bar_at_once(size: tuple[int, int], clicked: bool) -> None:
    app = wizard()
    async with app.run_test(size=size) as pilot:
        await press(pilot, ["tab"])
        options, reading = case_screen(app).options, case_screen(app).reading
        if clicked:
            await pilot.click(options, offset=(8, options.gutter.top + 2))
        else:
            await press(pilot, ["enter"])
        await pilot.pause()
        assert len(drawn_thumb(app, reading)) >= 1
        assert drawn_thumb(app, reading) == list(reading.thumb)


def drawn_thumb(app: WizardApp, pane: Pane) -> list[int]:
    """The rows of a pane's content that have the thumb on the screen."""
    top, right = pane.region.y + pane.gutter.top, pane.region.right - 1
    lines = cells(app).splitlines()[top : top + pane.content_size.height]
    return [row for row, line in enumerate(lines) if line[right : right + 1] == "┃"]


async def test_a_short_view_behind_a_long_one_that_was_scrolled_shows_from_its_top() -> None:
    app = wizard()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, ["i", *["down"] * 20])
        pane = case_screen(app).reading
        assert pane.scroll_offset.y > 0
        pane.show(lambda _width, _cursor: (text("Short."),), top=True)
        await pilot.pause()
        assert pane.scroll_offset.y == 0
        assert "Short." in says(pane)
