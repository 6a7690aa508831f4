"""How wide the columns of the case are: as they were set, within what the screen has room for."""

from collections.abc import Mapping
from typing import Final

STEP: Final = 4
"""By how many cells a key narrows or widens a column."""
LEAST: Final = 24

MAP: Final = "map"
OPTIONS: Final = "options"
OPTIONS_OF_TWO: Final = "options_of_two"
"""The lists where there is no room for a map: on a narrow screen they have another width."""

_MOST: Final[Mapping[str, int]] = {MAP: 35, OPTIONS: 45, OPTIONS_OF_TWO: 55}
"""The largest part of the screen that a column may have, in per cent: the question keeps some."""


def held_width(setting: str, cells: int, screen: int) -> int:
    """A width within the limits of a screen."""
    return max(LEAST, min(cells, screen * _MOST[setting] // 100))


def setting_of(column: str, *, wide: bool) -> tuple[str, int] | None:
    """Which setting a key that widens a column changes, and in which direction.

    The question has what the others leave.  None where the column has the whole screen.
    """
    options = OPTIONS if wide else OPTIONS_OF_TWO
    match column:
        case "question":
            return options, -1
        case "options":
            return options, 1
        case _ if wide:
            return MAP, 1 if column == "map" else -1
        case _:
            return None
