"""A written condition as the expression that it is: nothing is multiplied out."""

import re
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.factors import NOT_DONE, Factor, MultiFactor
from wizard.pathway.format.vocabulary import Names, condition_test, factor_named, shared_named
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.position import Position
from wizard.pathway.problems import Problems, quoted
from wizard.pathway.trees import AtLeast, Not, Requirement, Tree, Use
from wizard.record import replace

_EXPECTED: Final = (
    "a mapping such as {FACTOR: VALUE}, a list of such mappings, or always was expected"
)
_AT_LEAST: Final = '"of: 2" and "among: [CONDITION, CONDITION, CONDITION]" were expected'
_COUNT: Final = re.compile(r"[1-9][0-9]?", re.ASCII)
_OTHER_WORDS: Final = {
    "or": "write any: [CONDITION, CONDITION]",
    "and": "all entries of a mapping hold together: write them side by side",
    "none": "write not: [CONDITION, CONDITION]",
    "all": "all entries of a mapping hold together: write them side by side",
}
"""Words that do not begin an entry of a condition, and what says the same."""


def read_condition(node: Node, names: Names, problems: Problems) -> Tree | None:
    """The expression of a condition; None, and problems, where it is not one."""
    if isinstance(node, Text):
        if node == "always":
            return AtLeast(0, (), node.position)
        problems.tell(
            Code.NOT_A_CONDITION, node.position, f"{quoted(node)} is not a condition", _EXPECTED
        )
        return None
    return (
        _any_of(node, names, problems) if isinstance(node, Items) else _map(node, names, problems)
    )


def _any_of(node: Items, names: Names, problems: Problems) -> Tree | None:
    """A list: one of its mappings holds."""
    if not node:
        problems.tell(
            Code.NOT_A_CONDITION, node.position, "this list of conditions is empty", _EXPECTED
        )
        return None
    return _several(1, [_map(entry, names, problems) for entry in node], node.position)


def _several(least: int, found: list[Tree | None], position: Position) -> AtLeast | None:
    """So many of these hold; None where one of them could not be read."""
    right = tuple(tree for tree in found if tree is not None)
    return AtLeast(least, right, position) if len(right) == len(found) else None


def _map(node: Node, names: Names, problems: Problems) -> Tree | None:
    """A mapping: all of its entries hold."""
    if not isinstance(node, Entries):
        problems.tell(
            Code.NOT_A_CONDITION,
            node.position,
            "this entry is not a mapping",
            "{FACTOR: VALUE} was expected",
        )
        return None
    if not node:
        problems.tell(
            Code.NOT_A_CONDITION,
            node.position,
            "this condition is empty",
            'write "always" for every case',
        )
        return None
    entries = [(key, value) for key, value in node.items() if key != "claims"]
    found = [_entry(key, value, names, problems) for key, value in entries]
    tree = _several(len(found), found, node.position)
    if len(entries) == len(node) or tree is None:
        return tree
    return replace(tree, claims=cited_claims(node.key("claims"), node, names, problems))


def cited_claims(key: Text, node: Entries, names: Names, problems: Problems) -> tuple[str, ...]:
    """The claims under a key of a way or a leaf; problems where none may stand, or none does."""
    value = node[key]
    if not names.citing:
        problems.tell(
            Code.NEVER_CITED,
            key.position,
            "claims stand on a way that is never cited",
            'under "not", "unless", "scope", "check" and "applies_when" a way has none of its own',
        )
        return ()
    words = [word for word in value if isinstance(word, Text)] if isinstance(value, Items) else []
    if not isinstance(value, Items) or not words or len(words) < len(value):
        problems.tell(
            Code.WRONG_STRUCTURE,
            value.position,
            "a list of claims was expected here",
            "such as [CRI-07]",
        )
    return tuple(str(word) for word in words)


def _entry(key: Text, value: Node, names: Names, problems: Problems) -> Tree | None:
    own = _ENTRIES.get(key)
    if own is not None:
        return own(key, value, names, problems)
    if key in _OTHER_WORDS and key not in names.factors:
        what = f"{quoted(key)} does not begin an entry of a condition"
        problems.tell(Code.NOT_A_CONDITION, key.position, what, _OTHER_WORDS[key])
        return None
    factor = factor_named(key, names, problems)
    return None if factor is None else _requirement(key, value, factor, problems)


def _denied(key: Text, value: Node, names: Names, problems: Problems) -> Tree | None:
    """A condition that must not hold."""
    tree = read_condition(value, replace(names, citing=False), problems)
    return None if tree is None else Not(tree, key.position)


def _any_entry(_: Text, value: Node, names: Names, problems: Problems) -> Tree | None:
    """A list of conditions of which one must hold."""
    if isinstance(value, Items):
        return _any_of(value, names, problems)
    problems.tell(
        Code.NOT_A_CONDITION,
        value.position,
        '"any" needs a list',
        "any: [CONDITION, CONDITION] was expected",
    )
    return None


def _uses(_: Text, value: Node, names: Names, problems: Problems) -> Tree | None:
    """A shared tree by its name, or a list of which all hold."""
    words = [value] if isinstance(value, Text) else value if isinstance(value, Items) else []
    found: list[Tree | None] = []
    for word in words:
        if not isinstance(word, Text):
            found = []
            break
        known = shared_named(word, names, problems)
        found.append(Use(str(word), word.position) if known else None)
    if not found:
        what = '"use" needs a name or a list of names'
        problems.tell(
            Code.NOT_A_CONDITION,
            value.position,
            what,
            '"use: NAME" or "use: [NAME, NAME]" was expected',
        )
        return None
    return found[0] if len(found) == 1 else _several(len(found), found, value.position)


def _at_least(_: Text, value: Node, names: Names, problems: Problems) -> Tree | None:
    """At least so many of several conditions hold."""
    held = {str(key): one for key, one in value.items()} if isinstance(value, Entries) else {}
    among, of = held.get("among"), held.get("of")
    if set(held) != {"of", "among"} or not isinstance(among, Items) or not isinstance(of, Text):
        problems.tell(Code.NOT_A_CONDITION, value.position, '"at_least" is not whole', _AT_LEAST)
        return None
    if not _COUNT.fullmatch(of) or int(of) > len(among):
        problems.tell(Code.NOT_A_CONDITION, of.position, *_no_count(of, len(among)))
        return None
    found = [read_condition(each, names, problems) for each in among]
    return _several(int(of), found, value.position)


def _no_count(of: Text, among: int) -> tuple[str, str]:
    """What is wrong with a number of conditions, and what to write instead."""
    if not among:
        return '"among" is empty', _AT_LEAST
    if of == "0":
        return (
            "at least 0 of some conditions hold in every case",
            'write "always", or a number from 1',
        )
    if _COUNT.fullmatch(of):
        what = f"at least {of} of {among} conditions can never hold"
        return what, f'a number from 1 to {among} was expected; "not" says what must not hold'
    return f"{quoted(of)} is not a number from 1 to {among}, the conditions of among", _AT_LEAST


_ENTRIES: Final = {"use": _uses, "any": _any_entry, "not": _denied, "at_least": _at_least}
"""What an entry that names no factor may begin with."""


# --- what must hold of one factor ------------------------------------------------------------


def _requirement(key: Text, value: Node, factor: Factor, problems: Problems) -> Tree | None:
    negated = isinstance(value, Entries) and list(value) == ["not"]
    if isinstance(value, Entries) and negated:
        value = value[value.key("not")]
    if isinstance(value, Entries):
        if not isinstance(factor, MultiFactor) or list(value) != ["all"]:
            problems.tell(
                Code.NOT_A_CONDITION,
                value.position,
                f'a mapping stands as the value of "{key}"',
                "a value, a list of values (any of them), {not: VALUE} or, where several can be "
                "ticked, {all: [a, b]} was expected",
            )
            return None
        return _all_members(key, value[value.key("all")], factor, problems, negated=negated)
    words = _named_words(value, problems)
    tests = None if words is None else condition_test(words, factor, problems)
    return None if tests is None else Requirement(factor.id, tests, negated, key.position)


def _all_members(
    key: Text, value: Node, factor: MultiFactor, problems: Problems, *, negated: bool
) -> Tree | None:
    """Each of these members is present; if negated, one of them is not."""
    words = _named_words(value, problems)
    if words is None:
        return None
    alone = next((word for word in words if word in {"any", "none", NOT_DONE}), None)
    if alone is not None:
        problems.tell(
            Code.UNFIT_WORD, alone.position, f'"{alone}" stands inside "all"', "name members there"
        )
        return None
    tests = [condition_test((word,), factor, problems) for word in words]
    found: list[Tree | None] = [
        None if test is None else Requirement(factor.id, test, negated, key.position)
        for test in tests
    ]
    return _several(1 if negated else len(found), found, key.position)


def _named_words(value: Node, problems: Problems) -> tuple[Text, ...] | None:
    """One word or a list of words; None, and a problem, otherwise."""
    if isinstance(value, Text):
        return (value,)
    place: Position = value.position
    if isinstance(value, Items) and value:
        words = tuple(word for word in value if isinstance(word, Text))
        if len(words) == len(value):
            return words
        place = next(word.position for word in value if not isinstance(word, Text))
    problems.tell(Code.NOT_A_CONDITION, place, "one value or a list of values was expected here")
    return None
