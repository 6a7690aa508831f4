"""Every place where the files of a pathway name an option, a factor or one of its answers."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import PurePosixPath

from wizard.pathway.fields import CHECK_CONDITIONS
from wizard.pathway.format.vocabulary import split_key
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.position import Position
from wizard.record import Record


class Kind(StrEnum):
    """What is named; the answers of a choice are values, those of a multi members."""

    OPTION = "option"
    FACTOR = "factor"
    VALUE = "value"
    ALERT = "alert"


class Named(Record):
    """A name in a file; `of` is the factor of a value, else empty, `where` its first letter."""

    kind: Kind
    of: str
    name: str
    where: Position


def names_in(files: Mapping[str, Node]) -> Iterator[Named]:
    """The names in these files, which the reader has read without a mistake, by relative path."""
    for file, root in files.items():
        yield from _in_file(PurePosixPath(file), root)


def _in_file(path: PurePosixPath, root: Node) -> Iterator[Named]:
    reading = _SINGLE.get(str(path)) or _FOLDERS.get(path.parts[0])
    yield from reading(root) if reading else ()


def _pathway(root: Node) -> Iterator[Named]:
    for step in _values(_at(root, "steps")):
        yield from _each(Kind.FACTOR, _at(step, "factors"))
    yield from _keys(Kind.OPTION, _at(root, "options"))


def _factors(root: Node) -> Iterator[Named]:
    yield from _keys(Kind.FACTOR, root)
    for factor, entry in _entries(root):
        yield from _factor(factor, entry)


def _shared(root: Node) -> Iterator[Named]:
    for entry in _values(root):
        yield from _rules(entry)


def _alerts(root: Node) -> Iterator[Named]:
    for entry in _values(root):
        yield from _rules(entry)
        yield from _keys(Kind.OPTION, _at(entry, "about"))
        for key, value in _entries(_at(entry, "check")):
            if key in CHECK_CONDITIONS:
                yield from _condition(value)
            else:
                yield _named(Kind.OPTION, key)


def _factor(factor: str, entry: Node) -> Iterator[Named]:
    yield from _rules(entry)
    for part in ("values", "members"):
        yield from _keys(Kind.VALUE, _at(entry, part), factor)
    for value in _values(_at(entry, "values")):
        yield from _rules(value)
    for group in _values(_at(entry, "groups")):
        yield from _each(Kind.VALUE, _at(group, "values"), factor)
    for asked, branches in _entries(_at(entry, "points")):
        yield _named(Kind.FACTOR, asked)
        for key, _ in _entries(branches):
            yield from _words(key, asked)


def _option(root: Node) -> Iterator[Named]:
    yield from _each(Kind.OPTION, _at(root, "option"))
    for part in ("statements", "excludes", "aims"):
        for entry in _values(_at(root, part)):
            yield from _rules(entry)
            for aim in _values(_at(entry, "aims")):
                yield from _rules(aim)
    yield from _rules(_at(root, "usual_setting"))
    cautions = _at(root, "cautions")
    for caution in cautions if isinstance(cautions, Items) else ():
        yield from _rules(caution)
    for factor, values in _entries(cautions):
        yield _named(Kind.FACTOR, factor)
        yield from _keys(Kind.VALUE, values, factor)


def _case(root: Node) -> Iterator[Named]:
    for factor, answer in _entries(_at(root, "answers")):
        yield _named(Kind.FACTOR, factor)
        yield from _each(Kind.VALUE, answer, factor)
        yield from _keys(Kind.VALUE, answer, factor)
    expect = _at(root, "expect")
    for part in ("described", "not_described"):
        yield from _each(Kind.OPTION, _at(expect, part))
    for part in ("possible", "aims", "usual_settings", "statements", "excluded_by"):
        yield from _keys(Kind.OPTION, _at(expect, part))
    for factors in _values(_at(expect, "possible")):
        yield from _each(Kind.FACTOR, factors)
    yield from _each(Kind.FACTOR, _at(expect, "parked"))
    for part in ("alerts", "checks"):
        yield from _each(Kind.ALERT, _at(expect, part))


_SINGLE = {
    "pathway.yaml": _pathway,
    "factors.yaml": _factors,
    "shared.yaml": _shared,
    "alerts.yaml": _alerts,
}
_FOLDERS = {"options": _option, "cases": _case}


# --- conditions and trees --------------------------------------------------------------------

_RULES = ("applies_when", "when", "unless", "scope", "tree")
_FORM = ("use", "claims", "of", "otherwise", "described", "not_described")
"""Keys of conditions and trees that name neither a factor nor an answer."""


def _rules(entry: Node | None) -> Iterator[Named]:
    """The names in what an entry has of conditions and trees."""
    for key in _RULES:
        yield from _condition(_at(entry, key))


def _condition(node: Node | None) -> Iterator[Named]:
    if isinstance(node, Items):
        for each in node:
            yield from _condition(each)
    asked = _at(node, "ask")
    if isinstance(asked, Text):
        yield _named(Kind.FACTOR, asked)
    for key, value in _entries(node):
        if key == "otherwise" or key in ("any", "not", "at_least", "among"):
            yield from _condition(value)
        elif key in _FORM or key == "ask":
            continue
        elif isinstance(asked, Text):
            yield from _words(key, asked)
            yield from _condition(value)
        else:
            yield _named(Kind.FACTOR, key)
            yield from _tests(value, key)


def _tests(node: Node, factor: str) -> Iterator[Named]:
    """The answers that a condition asks of a factor."""
    if isinstance(node, Text):
        yield from _words(node, factor)
    for each in node if isinstance(node, Items) else _values(node):
        yield from _tests(each, factor)


def _words(key: Text, factor: str) -> Iterator[Named]:
    for word in split_key(key):
        yield Named(Kind.VALUE, str(factor), str(word), word.position)


# --- nodes -----------------------------------------------------------------------------------


def _at(node: Node | None, key: str) -> Node | None:
    return node.get(node.key(key)) if isinstance(node, Entries) and key in node else None


def _entries(node: Node | None) -> Iterator[tuple[Text, Node]]:
    yield from node.items() if isinstance(node, Entries) else ()


def _values(node: Node | None) -> Iterator[Node]:
    yield from node.values() if isinstance(node, Entries) else ()


def _keys(kind: Kind, node: Node | None, of: str = "") -> Iterator[Named]:
    """The keys of a map as names."""
    for key, _ in _entries(node):
        yield _named(kind, key, of)


def _each(kind: Kind, node: Node | None, of: str = "") -> Iterator[Named]:
    """A text, or each text of a list, as a name."""
    for text in node if isinstance(node, Items) else [node]:
        if isinstance(text, Text):
            yield _named(kind, text, of)


def _named(kind: Kind, text: Text, of: str = "") -> Named:
    where = text.position
    inside = where.column + (0 if text.plain else 1)
    return Named(kind, str(of), str(text), Position(where.file, where.line, inside))
