"""Keys and clicks at random: the wizard stays alive, and what it shows stays right.

MONKEY_KEYS=10000 runs the long way: `MONKEY_KEYS=10000 pytest tests/screen/test_monkey.py`.
"""

import os
import random

import pytest
from textual import events

from tests.screen.driving import SIZES, case_screen, cells, shipped, state_of, wizard
from wizard.reasoning.assessing import assess
from wizard.screen.case.keys import KEYS
from wizard.wording.walk import next_question

KEY_COUNT = int(os.environ.get("MONKEY_KEYS", "300"))
LEAVING = {"leave"}
NAMES = [
    *(name for key in KEYS if key.action not in LEAVING for name in key.keys.split(",")),
    *"123456789jk.,zöñ",
    *("enter", "up", "down", "home", "end", "pageup", "pagedown", "backspace", "delete", "ctrl+c"),
]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
async def test_whatever_is_pressed_the_wizard_is_alive_and_right(
    seed: int, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("monkey")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    chance = random.Random(seed)
    app = wizard()
    async with app.run_test(size=SIZES[0]) as pilot:
        await pilot.pause()
        widgets = len(list(case_screen(app).walk_children()))
        for number in range(KEY_COUNT):
            if number % 50 == 49:
                await pilot.resize_terminal(*chance.choice(SIZES))
            if number % 7 == 6:
                width, height = app.size
                await pilot.click(offset=(chance.randrange(width), chance.randrange(height)))
            else:
                await pilot.press(chance.choice(NAMES))
            if app.return_code is not None:
                break
        await pilot.pause()
        state = state_of(app)
        assert len(list(case_screen(app).walk_children())) == widgets
        assert state.assessment == assess(shipped(), state.answers)
        assert len(state.trail) <= len(state.pathway.factors)
        following = next_question(state.situation)
        assert following is None or following.id not in state.answers


NAMED = ("asterisk", "tab", "shift+tab", "enter", "escape", "question_mark", "slash")
AT_ONCE = [*"123bfguojkz", *NAMED]
"""Keys that open nothing with a life of its own."""


@pytest.mark.parametrize("seed", range(3))
async def test_keys_typed_without_a_pause_do_what_they_do_one_by_one(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The log of a case has the second of each step.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    keys = random.Random(seed).choices(AT_ONCE, k=30)
    seen = []
    for pauses in (True, False):
        app = wizard()
        async with app.run_test(size=SIZES[0]) as pilot:
            await pilot.pause()
            for key in keys:
                app.post_message(events.Key(key, key if len(key) == 1 else None))
                if pauses:
                    await pilot.pause()
            await pilot.pause()
            focused = app.screen.focused
            assert focused is not None
            seen.append((state_of(app), focused.id, cells(app)))
    assert seen[0] == seen[1], keys
