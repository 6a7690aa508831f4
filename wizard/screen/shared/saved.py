"""What the screen hears of the pathway's files while it runs on them."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from wizard.engine.compiling import Compiled
    from wizard.workbench.standing import Standing


class Stands(Message):
    """How the files stand now.

    `checks` tells whether a version can be read from them, `wrong` in a line what is wrong.
    """

    def __init__(self, standing: "Standing", *, checks: bool, wrong: str) -> None:
        super().__init__()
        self.standing = standing
        self.checks = checks
        self.wrong = wrong


class Saved(Message):
    """The files are another version of the pathway than before."""

    def __init__(self, compiled: "Compiled") -> None:
        super().__init__()
        self.compiled = compiled


class Changed(Message):
    """What a save comes to, in a line."""

    def __init__(self, told: str) -> None:
        super().__init__()
        self.told = told
