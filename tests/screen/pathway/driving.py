"""What the tests of the pathway place need: the app in it, and the ways to a page."""

import pytest
from textual.pilot import Pilot

from tests.screen.driving import (
    TODAY,
    WIDE,
    press,
    shipped,
)
from wizard.engine.compiling import Compiled
from wizard.opening import Opening
from wizard.screen.app import WizardApp
from wizard.screen.case.screen import CaseScreen
from wizard.screen.case.state import State
from wizard.screen.pathway.screen import PathwayScreen
from wizard.screen.pathway.state import Page
from wizard.screen.shared.pane import Pane
from wizard.screen.start import wizard_app

SIZES = (WIDE, (80, 24), (40, 12))
SURGERY = "factor:surgery_feasible"
NAMED = {"-": "minus", " ": "space", "_": "underscore"}
"""Keys that have names."""


def reading(compiled: Compiled | None = None, theme: str = "mdt-dark") -> WizardApp:
    """The app in the pathway place, with the case beside it."""
    app = wizard_app(compiled or shipped(), TODAY, Opening(place="pathway"))
    app.theme = theme
    return app


def place(app: WizardApp) -> PathwayScreen:
    (found,) = (each for each in app.places if isinstance(each, PathwayScreen))
    return found


def case(app: WizardApp) -> State:
    """The case in the case place."""
    (found,) = (each for each in app.places if isinstance(each, CaseScreen))
    return found.state


def page(app: WizardApp) -> Page:
    return place(app).state.page


async def go_to(pilot: Pilot[None], typed: str) -> None:
    """Go to the first hit of a search."""
    await press(pilot, ["slash"])
    await press(pilot, [NAMED.get(each, each) for each in typed])
    await press(pilot, ["enter"])


async def put_on(pilot: Pilot[None], pane: Pane, target: str) -> None:
    """Move the cursor down to a target."""
    for _ in range(60):
        if pane.cursor == target:
            return
        await press(pilot, ["down"])
    pytest.fail(f"{target} is not there")
