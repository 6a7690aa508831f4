"""Taking a case file's nodes apart, with every mistake at its line and column."""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from wizard.pathway.codes import Code
from wizard.pathway.problems import Problem, Problems, listed, nearest, quoted, two_names

if TYPE_CHECKING:
    from wizard.pathway.nodes import Node, Text


def is_null(node: "Node") -> bool:
    """Whether a value was left out or written as null."""
    return isinstance(node, str) and node.is_null


def plain_data(node: "Node") -> object:
    """The node as text, list or map, with None for null."""
    if isinstance(node, str):
        return None if node.is_null else str(node)
    if isinstance(node, list):
        return [plain_data(item) for item in node]
    return {str(key): plain_data(value) for key, value in node.items()}


def json_data(node: "Node") -> Any:
    """The node as JSON has it: what is not quoted is a number, true, false or null where it can be.

    Other text without quotes is text, as YAML has it.
    """
    if isinstance(node, list):
        return [json_data(item) for item in node]
    if isinstance(node, dict):
        return {str(key): json_data(value) for key, value in node.items()}
    if not node.plain:
        return str(node)
    with suppress(ValueError):
        return json.loads(node, parse_constant=str)
    return None if node.is_null else str(node)


def entries_of(node: "Node", subject: str, problems: Problems) -> "Mapping[Text, Node]":
    """The entries of a map; a problem and no entries where the node is not a map."""
    if isinstance(node, dict):
        return node
    problems.tell(
        Code.WRONG_STRUCTURE, node.position, f"{subject}: a map of keys to values was expected"
    )
    return {}


def text_of(node: "Node | None", subject: str, problems: Problems) -> str | None:
    """The text of a scalar; None where there is no node.

    A problem and None where the node is not a scalar, or is empty.
    """
    if node is None:
        return None
    if isinstance(node, str) and node.strip() and not node.is_null:
        return str(node)
    problems.tell(Code.WRONG_STRUCTURE, node.position, f"{subject}: text was expected")
    return None


def check_key(key: "Text", known: Collection[str] | None, kind: str, problems: Problems) -> bool:
    """Whether a name is known (None: any name is allowed); a problem where it is not."""
    if known is None or key in known:
        return True
    names = list(known)
    several = two_names(key, names)
    among = f"one of {listed(names, near=key)} was expected" if names else "there is none"
    article = "an" if kind[0] in "aeiou" else "a"
    problems.append(
        Problem(
            Code.UNKNOWN_IN_CASE,
            key.position,
            f"{quoted(key)} is not {article} {kind}",
            several or among,
            None if several else nearest(key, names),
            cause=f"{kind.removesuffix(' of the pathway')} {key}",
        )
    )
    return False


def names_of(
    node: "Node", subject: str, known: Collection[str] | None, kind: str, problems: Problems
) -> frozenset[str]:
    """A list of known names, each once; a problem for every other thing in it."""
    names: set[str] = set()
    if not isinstance(node, list):
        problems.tell(Code.WRONG_STRUCTURE, node.position, f"{subject}: a list in [ ] was expected")
        return frozenset()
    for item in node:
        if not isinstance(item, str):
            problems.tell(Code.WRONG_STRUCTURE, item.position, f"{subject}: a name was expected")
        elif check_key(item, known, kind, problems):
            if item in names:
                problems.tell(Code.NAMED_TWICE, item.position, f"{quoted(item)} stands here twice")
            names.add(str(item))
    return frozenset(names)
