"""What a terminal was sent: after any keys it shows what a screen drawn anew would.

`PAINTING_SEEDS=50 pytest tests/screen/test_painting.py` runs the long way.
"""

import os
import random
import re
from pathlib import Path

import pytest
from pyte import ByteStream, Screen
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from tests.screen.driving import TODAY, shipped, state_of, wizard
from wizard.screen.case.keys import KEYS
from wizard.screen.case.state import Topic
from wizard.screen.shared import rows
from wizard.screen.shared.pane import Pane
from wizard.screen.start import wizard_app

ENDING = {"leave"}
NAMES = [
    *(name for key in KEYS if key.action not in ENDING for name in key.keys.split(",")),
    *["1", "2", "3", "enter", "escape", "up", "down", "home", "end", "pagedown", "f6", "f7"],
]
SEEDS = int(os.environ.get("PAINTING_SEEDS", "2"))
STEPS = 40
BEGINS = re.compile(r"\x1b\[(\d+);\d+H")
"""The code with which a line begins."""
PATIENCE = 200
"""How often a screen that is still being drawn is waited for."""


def drawing_on(terminal: Screen, sent: list[str] | None = None) -> type[HeadlessDriver]:
    """A driver that shows what it is sent as a terminal does, and adds it to `sent`."""
    stream = ByteStream(terminal)

    class Drawing(HeadlessDriver):
        @property
        def is_headless(self) -> bool:
            """Textual sends nothing to a driver that says so."""
            return False

        def write(self, data: str) -> None:
            """Take codes."""
            stream.feed(data.encode())
            if sent is not None:
                sent.append(data)

    return Drawing


async def cells_sent(pilot: Pilot[object], terminal: Screen) -> list[list[tuple[object, ...]]]:
    """Every cell of the terminal, its letter, colours and manner, once nothing is left to draw."""
    for _ in range(PATIENCE):
        await pilot.pause()
        screen = pilot.app.screen
        waiting = (
            screen._dirty_widgets,
            screen._layout_required,
            screen._scroll_required,
            screen._repaint_required,
            screen._callbacks,
        )
        if not any(waiting):
            break
    buffer, columns = terminal.buffer, range(terminal.columns)
    return [[tuple(buffer[line][column]) for column in columns] for line in range(terminal.lines)]


async def act(pilot: Pilot[object], chance: random.Random) -> str:
    """A key, or a click on a pane."""
    panes = [pane for pane in pilot.app.screen.query(Pane) if pane.display and pane.region]
    if not panes or chance.random() < 0.8:
        key = chance.choice(NAMES)
        await pilot.press(key)
        return key
    pane = chance.choice(panes)
    at = chance.randrange(pane.region.width), chance.randrange(pane.region.height)
    await pilot.click(pane, offset=at)
    return f"{pane.id}{at}"


async def test_a_key_that_is_typed_before_the_first_question_is_drawn_answers_it() -> None:
    app = wizard()

    async def drive(pilot: Pilot[object]) -> None:
        app.simulate_key("1")
        await cells_sent(pilot, Screen(120, 36))
        assert len(state_of(app).answers) == 1
        app.exit()

    await app.run_async(headless=True, auto_pilot=drive)
    assert app.fault is None


async def test_the_first_question_is_shown_before_the_columns_beside_it_are_made() -> None:
    app, sent, terminal = wizard_app(shipped(), TODAY), list[str](), Screen(120, 36)
    question = next(iter(shipped().pathway.factors.values())).question
    begin = " ".join(question.split()[:3])

    async def drive(pilot: Pilot[object]) -> None:
        cells = await cells_sent(pilot, terminal)
        first = next(codes for codes in sent if begin in codes)
        whole = "".join(str(cell[0]) for line in cells for cell in line)
        for words in ("DESCRIBED FOR THESE ANSWERS", "THE TUMOUR"):
            assert words in whole
            assert words not in first
        app.exit()

    app.driver_class = drawing_on(terminal, sent)
    await app.run_async(size=(120, 36), auto_pilot=drive)
    assert app.fault is None


async def test_keys_that_are_typed_before_the_lists_are_drawn_open_an_option() -> None:
    app = wizard()

    async def drive(pilot: Pilot[object]) -> None:
        app.simulate_key("tab")
        app.simulate_key("enter")
        await cells_sent(pilot, Screen(120, 36))
        over = state_of(app).overlay
        assert over is not None
        assert over.topic is Topic.OPTION
        app.exit()

    await app.run_async(headless=True, auto_pilot=drive)
    assert app.fault is None


async def test_a_key_sends_the_lines_that_it_changes_and_no_others() -> None:
    app, sent, terminal = wizard_app(shipped(), TODAY), list[str](), Screen(120, 36)

    async def drive(pilot: Pilot[object]) -> None:
        await pilot.press("tab", "down")
        before = await cells_sent(pilot, terminal)
        sent.clear()
        await pilot.press("down")
        after = await cells_sent(pilot, terminal)
        lines = {int(line) - 1 for line in BEGINS.findall("".join(sent))}
        changed = {line for line in range(36) if before[line] != after[line]}
        assert len(changed) == 2
        # The cursor of the terminal itself is put into a corner.
        assert lines - {0} == changed
        app.exit()

    app.driver_class = drawing_on(terminal, sent)
    await app.run_async(size=(120, 36), auto_pilot=drive)
    assert app.fault is None


@pytest.mark.slow
@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_the_terminal_shows_what_a_screen_drawn_anew_would(
    size: tuple[int, int], seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    chance, terminal = random.Random(seed), Screen(*size)
    app = wizard_app(shipped(), TODAY)
    done: list[str] = []
    right: list[bool] = []

    async def drive(pilot: Pilot[object]) -> None:
        while len(done) < STEPS and all(right) and app.return_code is None:
            done.append(await act(pilot, chance))
            sent = await cells_sent(pilot, terminal)
            rows._row_lines.cache_clear()
            for widget in app.screen.query():
                widget.notify_style_update()
                if isinstance(widget, Pane):
                    widget._width = -1  # its rows are laid out anew
            app.screen.refresh()
            right.append(await cells_sent(pilot, terminal) == sent)
        app.exit()

    app.driver_class = drawing_on(terminal)
    await app.run_async(size=size, auto_pilot=drive)
    assert len(right) == STEPS
    assert all(right), done
