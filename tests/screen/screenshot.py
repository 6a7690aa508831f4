"""`python -m tests.screen.screenshot`: write the README's picture from the real app."""

import asyncio
from pathlib import Path

from tests.screen.driving import TODAY, WIDE, press, shipped
from wizard.screen.start import wizard_app

PICTURE = Path(__file__).parents[2] / ".images" / "case.svg"
KEYS = ["1", "1", "asterisk", "3", "1", "enter"]
"""Pancreatic NET, size not recorded, spread to the liver, the rest not known yet."""


async def take(picture: Path = PICTURE) -> None:
    """Draw the case of the README, and write the screen as SVG."""
    app = wizard_app(shipped(), TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, KEYS)
        picture.parent.mkdir(exist_ok=True)
        picture.write_text(app.export_screenshot(), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(take())
    print(PICTURE)
