"""What a file holds, as an editor lists it: its entries and those inside them."""

from collections.abc import Iterator, Sequence
from typing import Final

from wizard.editor.places import Place
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
    """The entries of a file, to a depth that can be read at a glance."""
    return tuple(_entries(root, text.rstrip().count("\n") + 1, _DEPTH))


def _entries(node: Node | None, last: int, depth: int) -> Iterator[Entry]:
    if not isinstance(node, Entries) or not depth:
        return
    keys = list(node)
    for key, after in zip(keys, [*keys[1:], None], strict=True):
        where = key.position
        end = last if after is None else max(after.position.line - 1, where.line)
        yield Entry(
            place=Place(where.file, where.line, where.column, len(key)),
            name=str(key),
            says=_says(node[key]),
            last_line=end,
            inside=tuple(_entries(node[key], end, depth - 1)),
        )


def _says(node: Node) -> str:
    said = next((one for key in _SAYING if isinstance(one := child(node, key), Text)), node)
    return " ".join(said.split()) if isinstance(said, Text) else ""
