"""Long lists told in part: the first entries, and one that has the rest folded in it."""

from collections.abc import Sequence
from typing import Final

from wizard.pathway.position import Position
from wizard.record import Record
from wizard.wording.outline import Item, Link
from wizard.wording.text import counted

ASK_FOR_ALL: Final = " (--all)"
"""Said of a folded list on paper and in a terminal, where nothing opens."""


class Telling(Record):
    """How a comparison is told.

    `folder` is where the new version's files are, for links to them; "" where they are in no
    folder.  `whole` folds nothing; of other lists at most `most` entries are told.  `hint` follows
    what is folded.
    """

    folder: str = ""
    whole: bool = False
    most: int = 4
    hint: str = ""

    def folded(
        self, items: Sequence[Item], most: int, one: str, many: str | None = None
    ) -> tuple[Item, ...]:
        """The first few entries, and one with the others, which are called `one` and `many`."""
        most = min(most, self.most)
        if self.whole or len(items) <= most:
            return tuple(items)
        return (*items[:most], self.fold(items[most:], len(items) - most, one, many))

    def fold(self, items: Sequence[Item], number: int, one: str, many: str | None = None) -> Item:
        """An entry with others folded in it, which tell of so many."""
        words = counted(number, f"more {one}", f"more {many or f'{one}s'}")
        return Item(f"and {words}{self.hint}", tuple(items), folded=True)

    def link(self, words: str, file: str, line: int | None = None) -> tuple[Link, ...]:
        """A link of words to a file of the new version, or to a line of it."""
        if not self.folder:
            return ()
        end = "" if line is None else f"#L{line}"
        return (Link(words, f"{self.folder}/{file}{end}"),)

    def place(self, position: Position) -> tuple[str, tuple[Link, ...]]:
        """`FILE:LINE` and its link."""
        words = f"{position.file}:{position.line}"
        return words, self.link(words, position.file, position.line)


TOLD_WHOLE: Final = Telling(whole=True)
