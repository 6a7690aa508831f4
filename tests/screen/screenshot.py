"""`python -m tests.screen.screenshot`: write the README's pictures from the real app, and of the
report, where there is a browser.

`python -m tests.screen.screenshot mdt-light FOLDER` writes them in another theme, elsewhere.
"""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.browser.pictures import take_book, take_cohort, take_report
from tests.screen.driving import TODAY, WIDE, case_screen, press, shipped
from wizard.opening import Opening
from wizard.practice.planning import TASKS, Wish
from wizard.practice.tasks import TaskKind
from wizard.screen.case.targets import OPTION
from wizard.screen.start import wizard_app

PICTURES: Final = Path(__file__).parents[2] / ".images"
KEYS: Final = ("1", "1", "asterisk", "3", "1", "enter")
"""Pancreatic NET, size not recorded, spread to the liver, the rest not known yet."""
OPTIONS: Final = ("down", "down", "enter")
"""The options of the pathway are unfolded in its list."""
REASONS: Final = Wish(TASKS, TaskKind.REASON)
"""Practice asks which answers decide."""


@dataclass(frozen=True)
class Picture:
    """A moment: the keys that lead to it, an option whose tree is read, and the place."""

    name: str
    keys: tuple[str, ...]
    option: str = ""
    place: str = "case"


MOMENTS: Final = (
    Picture("case", KEYS),
    Picture("result", (*KEYS, "N")),
    Picture("tree", (*KEYS, "tab"), option="surgery"),
    Picture("pathway", (*OPTIONS, "down", "down", "enter", *["down"] * 3), place="pathway"),
    Picture("practice", ("enter", "1", "2", "enter", "g"), place="practice"),
)


async def take(picture: Picture, folder: Path = PICTURES, theme: str | None = None) -> None:
    """Press the keys, and write the screen as SVG."""
    app = wizard_app(shipped(), TODAY, Opening(place=picture.place, wish=REASONS, seed=4))
    app.theme = theme or app.theme
    async with app.run_test(size=WIDE) as pilot:
        for key in picture.keys:
            await press(pilot, [key])
        if picture.option:
            case_screen(app).options.place_cursor(OPTION + picture.option)
            await press(pilot, ["t"])
        folder.mkdir(exist_ok=True)
        path = folder / f"{picture.name}.svg"
        path.write_text(app.export_screenshot(), encoding="utf-8")


async def take_all(folder: Path = PICTURES, theme: str | None = None) -> None:
    """Draw every picture of the README."""
    for picture in MOMENTS:
        await take(picture, folder, theme)


if __name__ == "__main__":
    chosen, *rest = [*sys.argv[1:], "mdt-dark"]
    with TemporaryDirectory() as nowhere:
        os.environ.update(XDG_DATA_HOME=nowhere, XDG_STATE_HOME=nowhere)
        where = Path(rest[0]) if len(sys.argv) > 2 else PICTURES
        asyncio.run(take_all(where, chosen))
        take_report(where)
        take_book(where)
        take_cohort(where)
