"""Where something stands in a pathway file."""

from wizard.record import Record


class Position(Record):
    """A place in a pathway file: path relative to the folder, line and column from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def __lt__(self, other: "Position") -> bool:
        return (self.file, self.line, self.column) < (other.file, other.line, other.column)
