"""What a schema lets stand at a place of a file.

Understands as much of JSON Schema as `workbench.schemas` writes.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wizard.pathway.nodes import Entries, Items, Node, child
from wizard.workbench.record_schema import Schema


def words_there(schema: Schema, root: Node, path: tuple[str | int, ...]) -> dict[str, str]:
    """The words that may stand at the end of a path, each with what it means."""
    found: dict[str, str] = {}
    for part, _ in _there(schema, root, path):
        if "const" in part:
            found.setdefault(str(part["const"]), str(part.get("description", "")))
    return found


def keys_there(schema: Schema, root: Node, path: tuple[str | int, ...]) -> dict[str, str]:
    """The keys that a mapping at the end of a path may have, each with what it is for."""
    found: dict[str, str] = {}
    for part, _ in _there(schema, root, path):
        for key, value in part.get("properties", {}).items():
            if value != {} or key not in found:
                found[key] = found.get(key) or str(value.get("description", ""))
    return found


_Parts = list[tuple[Schema, Node | None]]


def _there(schema: Schema, root: Node, path: tuple[str | int, ...]) -> _Parts:
    """What must hold at the end of a path in simple schemas, each with what stands there."""
    definitions = schema.get("definitions", {})
    parts: _Parts = [(each, root) for each in _simple(schema, root, definitions)]
    for step in path:
        below = [(each, _down(node, step)) for part, node in parts for each in _inside(part, step)]
        parts = [
            (simple, node) for each, node in below for simple in _simple(each, node, definitions)
        ]
    return parts


def _down(node: Node | None, step: str | int) -> Node | None:
    if isinstance(step, str):
        return child(node, step)
    return node[step] if isinstance(node, Items) and step < len(node) else None


def _inside(part: Schema, step: str | int) -> Iterator[Schema]:
    """The schemas of what stands under a key, or in a list."""
    if isinstance(step, int):
        if "items" in part:
            yield part["items"]
        return
    known = part.get("properties", {})
    if step in known:
        yield known[step]
    patterns = part.get("patternProperties", {})
    matching = [value for pattern, value in patterns.items() if re.search(pattern, step)]
    yield from matching
    beyond = part.get("additionalProperties")
    if step not in known and not matching and isinstance(beyond, dict):
        yield beyond


def _simple(schema: Schema, node: Node | None, definitions: Mapping[str, Any]) -> Iterator[Schema]:
    """A schema and all that it is put together from, for what stands there now."""
    yield schema
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from _simple(definitions[name], node, definitions)
    for together in ("anyOf", "allOf"):
        for each in schema.get(together, ()):
            yield from _simple(each, node, definitions)
    if "if" in schema:
        branch = "then" if _fits(schema["if"], node) else "else"
        if branch in schema:
            yield from _simple(schema[branch], node, definitions)


def _fits(condition: Schema, node: Node | None) -> bool:
    """Whether a mapping has the keys and the words that a condition asks for."""
    if not isinstance(node, Entries):
        return False
    asked = condition.get("properties", {})
    return all(key in node for key in condition.get("required", ())) and all(
        child(node, key) in each.get("enum", [each.get("const")])
        for key, each in asked.items()
        if key in node
    )
