"""Every place where the files of a pathway name something that has an id."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from wizard.pathway.fields import CHECK_CONDITIONS
from wizard.pathway.format.vocabulary import split_key
from wizard.pathway.nodes import Entries, Items, Node, Text, child
from wizard.pathway.position import Position
from wizard.record import Record


class Kind(StrEnum):
    """What is named; a value is any answer to a factor: a value, a member or a group of them."""

    OPTION = "option"
    FACTOR = "factor"
    VALUE = "value"
    ALERT = "alert"
    CLAIM = "claim"
    ASSUMPTION = "assumption"
    SHARED = "shared tree"
    SOURCE = "source"
    CASE = "case"
    AIM = "aim"
    STATEMENT = "statement"
    EXCLUSION = "exclusion"
    HEADING = "heading"


class Named(Record):
    """A name in a file, where its first letter is, and whether the file says there what it is.

    `of` is the factor of a value, and the option of an aim, a statement or an exclusion.
    """

    kind: Kind
    of: str
    name: str
    where: Position
    defines: bool = False


def names_in(files: Mapping[str, Node]) -> Iterator[Named]:
    """The names in these files by relative path; what is not as it should be names nothing."""
    for file, root in files.items():
        path = PurePosixPath(file)
        yield from _in_file(path, root)
        yield from _anywhere(path, root, "")


def _in_file(path: PurePosixPath, root: Node) -> Iterator[Named]:
    reading = _SINGLE.get(str(path)) or _FOLDERS.get(path.parts[0])
    yield from reading(root) if reading else ()


def _pathway(root: Node) -> Iterator[Named]:
    for step in _values(child(root, "steps")):
        yield from _each(Kind.FACTOR, child(step, "factors"))
    for option, heading in _entries(child(root, "options")):
        yield _named(Kind.OPTION, option)
        yield from _each(Kind.HEADING, heading)
    yield from _keys(Kind.HEADING, child(root, "groups"), defines=True)


def _factors(root: Node) -> Iterator[Named]:
    yield from _keys(Kind.FACTOR, root, defines=True)
    for factor, entry in _entries(root):
        yield from _factor(factor, entry)


def _shared(root: Node) -> Iterator[Named]:
    yield from _keys(Kind.SHARED, root, defines=True)
    for entry in _values(root):
        yield from _rules(entry)


def _sources(root: Node) -> Iterator[Named]:
    yield from _keys(Kind.SOURCE, root, defines=True)


def _hazards(root: Node) -> Iterator[Named]:
    for entry in _values(root):
        for one in _each(Kind.CASE, child(entry, "tests")):
            if one.name.startswith("cases/"):
                yield one


def _claims(root: Node) -> Iterator[Named]:
    yield from _each(Kind.SOURCE, child(root, "source"))


def _alerts(root: Node) -> Iterator[Named]:
    yield from _keys(Kind.ALERT, root, defines=True)
    for entry in _values(root):
        yield from _rules(entry)
        yield from _keys(Kind.OPTION, child(entry, "about"))
        for key, value in _entries(child(entry, "check")):
            if key in CHECK_CONDITIONS:
                yield from _condition(value)
            else:
                yield _named(Kind.OPTION, key)


def _factor(factor: str, entry: Node) -> Iterator[Named]:
    yield from _rules(entry)
    for part in ("values", "members", "groups"):
        yield from _keys(Kind.VALUE, child(entry, part), factor, defines=True)
    for value in _values(child(entry, "values")):
        yield from _rules(value)
    for group in _values(child(entry, "groups")):
        yield from _each(Kind.VALUE, child(group, "values"), factor)
    for asked, branches in _entries(child(entry, "points")):
        yield _named(Kind.FACTOR, asked)
        for key, _ in _entries(branches):
            yield from _words(key, asked)


def _option(root: Node) -> Iterator[Named]:
    option = child(root, "option")
    of = option if isinstance(option, Text) else ""
    yield from _each(Kind.OPTION, option, defines=True)
    for part, kind in _OF_AN_OPTION.items():
        yield from _keys(kind, child(root, part), of, defines=True)
        for entry in _values(child(root, part)):
            yield from _rules(entry)
            yield from _keys(Kind.AIM, child(entry, "aims"), of, defines=True)
            for aim in _values(child(entry, "aims")):
                yield from _rules(aim)
    yield from _rules(child(root, "usual_setting"))
    cautions = child(root, "cautions")
    for caution in cautions if isinstance(cautions, Items) else ():
        yield from _rules(caution)
    for factor, values in _entries(cautions):
        yield _named(Kind.FACTOR, factor)
        yield from _keys(Kind.VALUE, values, factor)


def _case(root: Node) -> Iterator[Named]:
    for factor, answer in _entries(child(root, "answers")):
        yield _named(Kind.FACTOR, factor)
        yield from _each(Kind.VALUE, answer, factor)
        yield from _keys(Kind.VALUE, answer, factor)
    expect = child(root, "expect")
    for part in ("described", "not_described"):
        yield from _each(Kind.OPTION, child(expect, part))
    for part in ("possible", "aims", "usual_settings", "statements", "excluded_by"):
        yield from _keys(Kind.OPTION, child(expect, part))
    for part, kind in _OF_AN_OPTION.items():
        for option, names in _entries(child(expect, _EXPECTED.get(part, part))):
            yield from _each(kind, names, option)
            yield from _keys(kind, names, option)
    for factors in _values(child(expect, "possible")):
        yield from _each(Kind.FACTOR, factors)
    yield from _each(Kind.FACTOR, child(expect, "parked"))
    for part in ("alerts", "checks"):
        yield from _each(Kind.ALERT, child(expect, part))


_OF_AN_OPTION: Final = {
    "statements": Kind.STATEMENT,
    "excludes": Kind.EXCLUSION,
    "aims": Kind.AIM,
}
_EXPECTED: Final = {"excludes": "excluded_by"}
"""What an expectation calls what an option's file calls otherwise."""

_SINGLE = {
    "pathway.yaml": _pathway,
    "factors.yaml": _factors,
    "shared.yaml": _shared,
    "alerts.yaml": _alerts,
    "sources.yaml": _sources,
    "hazards.yaml": _hazards,
}
_FOLDERS = {"claims": _claims, "options": _option, "cases": _case}


# --- what may stand in any file --------------------------------------------------------------

_CLAIM: Final = re.compile(r"[A-Z]{2,5}-[0-9]+")


def _anywhere(path: PurePosixPath, node: Node, under: str) -> Iterator[Named]:
    """Claims, assumptions and shared trees that a node names, which stands under a key."""
    if isinstance(node, Text):
        if under == "assumes":
            yield _named(Kind.ASSUMPTION, node)
        elif under == "use":
            yield _named(Kind.SHARED, node)
        elif under != "was" and _CLAIM.fullmatch(node):
            yield _named(Kind.CLAIM, node)
    elif isinstance(node, Items):
        for each in node:
            yield from _anywhere(path, each, under)
    else:
        defining = under == "claims" and path.parts[0] == "claims"
        for key, value in node.items():
            if under == "assumptions":
                yield _named(Kind.ASSUMPTION, key, defines=True)
            elif _CLAIM.fullmatch(key):
                yield _named(Kind.CLAIM, key, defines=defining)
            yield from _anywhere(path, value, str(key))


# --- conditions and trees --------------------------------------------------------------------

_RULES = ("applies_when", "when", "unless", "scope", "tree")
_FORM = ("use", "claims", "of", "otherwise", "described", "not_described")
"""Keys of conditions and trees that name neither a factor nor an answer."""


def _rules(entry: Node | None) -> Iterator[Named]:
    """The names in what an entry has of conditions and trees."""
    for key in _RULES:
        yield from _condition(child(entry, key))


def _condition(node: Node | None) -> Iterator[Named]:
    if isinstance(node, Items):
        for each in node:
            yield from _condition(each)
    asked = child(node, "ask")
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


def _entries(node: Node | None) -> Iterator[tuple[Text, Node]]:
    yield from node.items() if isinstance(node, Entries) else ()


def _values(node: Node | None) -> Iterator[Node]:
    yield from node.values() if isinstance(node, Entries) else ()


def _keys(kind: Kind, node: Node | None, of: str = "", *, defines: bool = False) -> Iterator[Named]:
    """The keys of a map as names."""
    for key, _ in _entries(node):
        yield _named(kind, key, of, defines=defines)


def _each(kind: Kind, node: Node | None, of: str = "", *, defines: bool = False) -> Iterator[Named]:
    """A text, or each text of a list, as a name."""
    for text in node if isinstance(node, Items) else [node]:
        if isinstance(text, Text):
            yield _named(kind, text, of, defines=defines)


def _named(kind: Kind, text: Text, of: str = "", *, defines: bool = False) -> Named:
    where = text.position
    inside = where.column + (0 if text.plain else 1)
    place = Position(where.file, where.line, inside)
    return Named(kind, str(of), str(text), place, defines)
