"""What a file holds, as an editor lists it: its entries and those inside them."""

from collections.abc import Iterator, Sequence
from typing import Final

from wizard.editor.places import Place, words_of
from wizard.pathway.nodes import Entries, Node, Text, child
from wizard.record import Record

_DEPTH: Final = 3
_SAYING: Final = ("label", "title", "question", "term", "says", "hazard")
"""Keys of an entry that tell what it is, the best first."""


class Entry(Record):
    """A key with the place of its word, what it is, its last line, and the entries in it."""

    place: Place
    name: str
    says: str
    last_line: int
    inside: Sequence["Entry"]


def outline(root: Node | None, text: str) -> tuple[Entry, ...]:
    """The entries of a file, to a depth that can be read at a glance.

    The file may be broken as it is typed, and its nodes those of a moment ago: what stands no
    longer where it stood is left out.
    """
    return tuple(_entries(root, text, text.rstrip().count("\n") + 1, _DEPTH))


def _entries(node: Node | None, text: str, last: int, depth: int) -> Iterator[Entry]:
    if not isinstance(node, Entries) or not depth:
        return
    keys = list(node)
    for key, after in zip(keys, [*keys[1:], None], strict=True):
        where = key.position
        behind = last if after is None else after.position.line - 1
        end = max(min(behind, last), where.line)
        column = where.column if key.plain else where.column + 1
        place = Place(where.file, where.line, column, len(key))
        if words_of(text, place) == key:
            yield Entry(
                place=place,
                name=str(key),
                says=_says(node[key]),
                last_line=end,
                inside=tuple(_entries(node[key], text, end, depth - 1)),
            )


def _says(node: Node) -> str:
    said = next((one for key in _SAYING if isinstance(one := child(node, key), Text)), node)
    return " ".join(said.split()) if isinstance(said, Text) else ""
