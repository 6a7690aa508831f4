"""Where something stands in a pathway file."""

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Position(NamedTuple):
    """A place in a pathway file: path relative to the folder, line and column from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def from_here(self, folder: "Path | None") -> "Position":
        """The place in a file of a folder as a terminal in the working folder opens it.

        Without a folder the file is named so already.  A file of the base of an overlay keeps the
        name that it has there.
        """
        inner = self.file.partition("/")
        if folder is None or (inner[1] and inner[0] not in ("claims", "options", "cases")):
            return self
        path = os.path.abspath(folder / self.file)  # noqa: PTH100 - links stay as they are named
        try:
            near = os.path.relpath(path)
        except (ValueError, OSError):  # another drive, or no working folder any more
            return Position(path, self.line, self.column)
        return Position(min(path, near, key=len), self.line, self.column)
