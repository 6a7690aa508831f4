"""What a start brings: the first question waits for nothing that it does not show."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

LATER: Final = (
    "yaml",
    "pydantic_core",
    "wizard.pathway.format.reading",
    "wizard.practice.planning",
    "wizard.screen.shared.search",
    "wizard.screen.case.saving",
    "wizard.screen.shared.ask",
    "wizard.screen.case.export",
    "wizard.screen.practice.screen",
    "wizard.screen.pathway.screen",
    "wizard.screen.shared.problems",
    "wizard.screen.case.option_card",
    "wizard.screen.case.reading",
    "wizard.wording.finding",
    "wizard.screen.shared.tree",
    "wizard.wording.alerts",
    "wizard.wording.options",
    "wizard.wording.sources",
    "wizard.wording.trees",
)
"""What a key brings that opens it, and what the cache spares."""

SHOWN: Final = """
import asyncio, sys
from pathlib import Path
from wizard.opening import Opening
from wizard.screen import start
from wizard.settings.reading import Settings
from wizard.screen.app import WizardApp

class Shown(WizardApp):
    def run(self):
        async def show():
            async with self.run_test(size=(120, 36)) as pilot:
                await pilot.pause()
                print(*sys.modules)
        asyncio.run(show())

start.WizardApp = Shown
start.run_wizard(None, Opening(), Settings(Path("config.toml")))
"""


@pytest.fixture(scope="module")
def brought() -> frozenset[str]:
    """The modules that are there when the first question is, the pathway in the cache."""
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", SHOWN], capture_output=True, text=True, check=True, timeout=60
        )
    return frozenset(run.stdout.split())


@pytest.mark.slow
@pytest.mark.parametrize("module", LATER)
def test_the_first_question_does_not_wait_for(brought: frozenset[str], module: str) -> None:
    assert "wizard.screen.case.question" in brought
    assert module not in brought


AS_ON_WINDOWS = """
from tests.windows import take_away

take_away()

import asyncio

from tests.screen.driving import TODAY, cells, press, shipped
from wizard.screen.start import wizard_app

async def start():
    app = wizard_app(shipped(), TODAY)
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, ["1"])
        assert "Where did the tumour start?" in cells(app)
        await press(pilot, ["ctrl+z", "ctrl+c"])
        assert "Quit?" in cells(app)
        await press(pilot, ["y"])
    assert app.return_code == 0

asyncio.run(start())
"""


def test_it_starts_and_ends_without_what_only_unix_has(tmp_path: Path) -> None:
    """Windows has no handlers of signals in its loop, few signals, and no control of terminals."""
    environment = {
        **os.environ,
        "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
        "XDG_STATE_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", AS_ON_WINDOWS],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
