"""JSON to the nodes that the reader of YAML would build, without it.

Only what is plain is read here.  JSON is YAML, so whatever is odd, or turns out to be wrong, goes
to the reader of YAML, which says where it stands: the nodes here have no place.
"""

import json
from typing import Any, Final

from wizard.pathway.format.content import forbidden_characters
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.position import Position

_MOST: Final = 10_000
"""Characters of a text that is read here; the reader of YAML takes more."""
_DEPTH: Final = 16


class _OddError(ValueError):
    """Something that the reader of YAML has to read."""


def plain_json(data: bytes, name: str) -> Entries | None:
    """The one object of a text; None where the reader of YAML has to read it."""
    if not data.startswith(b"{") or b"\\" in data or b"\t" in data:
        return None
    try:
        text = data.decode()
        if forbidden_characters(text, name):
            return None
        nowhere = Position(name, 1, 1)
        root = _node(_DECODER.decode(text), nowhere, _DEPTH)
    except (ValueError, RecursionError):
        return None
    return root if isinstance(root, Entries) else None


class _Plain(str):
    """What JSON writes without quotes: a number, true, false or null."""

    __slots__ = ()


def _entries(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs) or "" in found:
        raise _OddError
    return found


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_entries, parse_int=_Plain, parse_float=_Plain, parse_constant=_Plain
)
_WORDS: Final[dict[object, str]] = {None: "null", True: "true", False: "false"}


def _node(value: Any, nowhere: Position, depth: int) -> Node:
    if isinstance(value, dict):
        entries = Entries(nowhere)
        for key, one in value.items():
            entries.add(_text(key, nowhere), _node(one, nowhere, _below(depth)))
        return entries
    if isinstance(value, list):
        items = Items(nowhere)
        items.extend(_node(one, nowhere, _below(depth)) for one in value)
        return items
    return _text(value, nowhere)


def _below(depth: int) -> int:
    if not depth:
        raise _OddError
    return depth - 1


def _text(value: object, nowhere: Position) -> Text:
    if not isinstance(value, str):
        return Text(_WORDS[value], nowhere, plain=True)
    if len(value) > _MOST:
        raise _OddError
    return Text(value, nowhere, plain=isinstance(value, _Plain))
