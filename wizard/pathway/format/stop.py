"""Where the YAML parser gave up on a file, and what stands around that place."""

from wizard.pathway.position import Position
from wizard.pathway.problems import Problem
from wizard.record import Record


class Stop(Record):
    """Where the parser gave up, counted from 0, and in which words.

    `opened` is where the part began that it was reading, `ended` the last text in quotes.
    """

    file: str
    lines: tuple[str, ...]
    at: tuple[int, int]
    opened: tuple[int, int]
    words: str
    ended: tuple[tuple[int, int], tuple[int, int]] | None

    def line(self, number: int) -> str:
        """A line of the text; empty behind its end."""
        return self.lines[number] if number < len(self.lines) else ""

    def above(self, number: int) -> int | None:
        """The line above that is neither empty nor a comment."""
        # A lone carriage return ends a line for the parser, which so counts more lines than these.
        for other in range(min(number, len(self.lines)) - 1, -1, -1):
            if self.lines[other].strip() and not self.lines[other].lstrip().startswith("#"):
                return other
        return None

    @property
    def suspects(self) -> tuple[int, ...]:
        """The lines in which the slip may be: where the parser is, the one above, the opening."""
        above = self.above(self.at[0])
        return (self.opened[0], *(() if above is None else (above,)), self.at[0])

    def problem(self, code: str, line: int, column: int, what: str, expected: str = "") -> Problem:
        """What is wrong at a place that is counted from 0."""
        return Problem(code, Position(self.file, line + 1, column + 1), what, expected)
