"""What the screen hears of the pathway's files while it runs on them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from wizard.engine.compiling import Compiled
    from wizard.workbench.standing import Standing


@dataclass(eq=False, repr=False)
class Stands(Message):
    """How the files stand now.

    `checks` tells whether a version can be read from them, `wrong` in a line what is wrong.
    """

    standing: "Standing"
    checks: bool
    wrong: str


@dataclass(eq=False, repr=False)
class Saved(Message):
    """The files are another version of the pathway than before."""

    compiled: "Compiled"


@dataclass(eq=False, repr=False)
class Changed(Message):
    """What a save comes to, in a line."""

    told: str
