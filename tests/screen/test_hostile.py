"""Text of a pathway is data: shown letter by letter, whatever it looks like."""

from collections.abc import AsyncIterator

import pytest

from tests.screen.driving import (
    case_screen,
    cells,
    lines_of,
    press,
    shipped,
    state_of,
    told_otherwise,
    wizard,
)
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.screen.app import WizardApp

MARKUP = [
    "[Lu-177]Lu-DOTATATE",
    "[/x]",
    "[/",
    "[@click=app.quit]see the guideline[/]",
    "[link='http://example.org']x[/]",
    "[red]x[/red] [b]y",
    "[a [b] c]",
    "[type=x, v={'a[0]'}]",
    "$error {0} %s \\n :skull:",
    "שלום עולם",
    "日本語のラベル",
    "é́ combining",
]
LONG = "Long label " * 27 + "end"

JOURNEYS = [
    [[], ["e"], ["escape", "c"], ["escape", "i"], ["escape", "question_mark"], ["escape", "g"]],
    [["slash", "x"]],
    [["tab", "enter"], ["t"], ["escape", "e"]],
    [["2", "asterisk", "a"]],
    [["1", "x"], ["escape", "R"]],
]
"""Keys from a new case on, to one view after another; each journey has an app to itself."""


async def views(compiled: Compiled, size: tuple[int, int]) -> AsyncIterator[tuple[str, WizardApp]]:
    """Every view of the journeys while it is on the screen, and the keys that led to it."""
    for journey in JOURNEYS:
        app = wizard(compiled)
        async with app.run_test(size=size) as pilot:
            before: object = None
            for number, keys in enumerate(journey):
                await press(pilot, keys)
                # A label may fill a small screen in one view as in the next.
                now = (cells(app), state_of(app).overlay)
                assert now != before, (journey, number)
                before = now
                yield f"{journey}, {number}", app


@pytest.mark.slow
@pytest.mark.parametrize("text", MARKUP)
async def test_text_is_shown_literally_everywhere(text: str) -> None:
    compiled = compile_pathway(told_otherwise(shipped().pathway, text))
    async for view, app in views(compiled, (150, 50)):
        assert text in cells(app), view
        assert app.return_code is None


@pytest.mark.slow
@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_a_label_of_three_hundred_letters_is_whole_or_marked(size: tuple[int, int]) -> None:
    compiled = compile_pathway(told_otherwise(shipped().pathway, LONG))
    async for view, app in views(compiled, size):
        assert len(cells(app).splitlines()) == size[1], view
    app = wizard(compiled)
    async with app.run_test(size=(150, 400)) as pilot:
        await press(pilot, ["tab"])
        shown = " ".join(lines_of(case_screen(app).question))
        assert " ".join(LONG.split()) in " ".join(shown.split())


async def test_a_click_on_a_text_that_looks_like_a_link_only_chooses() -> None:
    text = "[@click=app.quit]see the guideline[/]"
    app = wizard(compile_pathway(told_otherwise(shipped().pathway, text)))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for offset in ((12, 4), (14, 5), (16, 6)):
            await pilot.click("#question", offset=offset)
        assert app.return_code is None
        assert state_of(app).answers


@pytest.mark.slow
@pytest.mark.parametrize("text", ["\x1b]0;owned\x07", "a\x1b[31mb", "\u202egnp.exe", "x\x9by"])
async def test_no_control_character_reaches_the_terminal(text: str) -> None:
    """The reader refuses them; the screen does not rely on it."""
    compiled = compile_pathway(told_otherwise(shipped().pathway, text))
    async for view, app in views(compiled, (120, 36)):
        assert not set(cells(app)) & set("\x1b\x07\x9b\u202e"), view
