"""What a place of a file is part of: the keys that lead to it, and what stands there."""

from collections.abc import Iterator

from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.position import Position
from wizard.record import Record


class Spot(Record):
    """A text of a file, a key or a value, and the keys and numbers that lead to it."""

    path: tuple[str | int, ...]
    text: Text
    is_key: bool


def spots(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[Spot]:
    """Every text in a node, in the order of the file."""
    if isinstance(node, Text):
        yield Spot(path, node, is_key=False)
    elif isinstance(node, Items):
        for number, each in enumerate(node):
            yield from spots(each, (*path, number))
    else:
        for key, value in node.items():
            yield Spot((*path, str(key)), key, is_key=True)
            yield from spots(value, (*path, str(key)))


def key_at(root: Node | None, position: Position) -> Spot | None:
    """The key on which a position lies, if any."""
    for spot in spots(root) if root is not None else ():
        where = spot.text.position
        inside = where.column <= position.column <= where.column + len(spot.text)
        if spot.is_key and where.line == position.line and inside:
            return spot
    return None


def node_at(root: Node | None, path: tuple[str | int, ...]) -> Node | None:
    """What stands at the end of a path; None where it leads nowhere."""
    node = root
    for step in path:
        if isinstance(node, Entries) and isinstance(step, str) and step in node:
            node = node[node.key(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node
