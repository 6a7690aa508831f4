"""Where something stands in a pathway file."""

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a pathway file: path relative to the folder, line and column from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
