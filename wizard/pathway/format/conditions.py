"""A written condition as clauses: a map whose entries all hold, or a list of such maps."""

from itertools import chain, product

from wizard.pathway.format.vocabulary import Names, condition_test, factor_named, shared_named
from wizard.pathway.model import MultiFactor
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.position import Position
from wizard.pathway.problems import Problems, quoted
from wizard.pathway.trees import Clause, Requirement, Test

_EXPECTED = "a mapping such as {FACTOR: VALUE}, a list of such mappings, or always was expected"

_Choices = tuple[Requirement, ...]
"""Requirements of which one must hold."""


def read_condition(node: Node, names: Names, problems: Problems) -> tuple[Clause, ...] | None:
    """The clauses of which one must hold; None, and problems, where it is not a condition."""
    if isinstance(node, Text):
        if node == "always":
            return (Clause((), node.position),)
        problems.tell(node.position, f"{quoted(node)} is not a condition", _EXPECTED)
        return None
    if isinstance(node, Items) and not node:
        problems.tell(node.position, "this list of conditions is empty", _EXPECTED)
        return None
    written = node if isinstance(node, Items) else [node]
    found = [_clauses(entry, names, problems) for entry in written]
    right = [clauses for clauses in found if clauses is not None]
    return tuple(chain.from_iterable(right)) if len(right) == len(found) else None


def _clauses(node: Node, names: Names, problems: Problems) -> tuple[Clause, ...] | None:
    """One map as clauses: one, unless a number has several ranges."""
    if not isinstance(node, Entries):
        problems.tell(node.position, "this entry is not a mapping", "{FACTOR: VALUE} was expected")
        return None
    if not node:
        problems.tell(node.position, "this condition is empty", 'write "always" for every case')
        return None
    found = [
        _use(value, names, problems) if key == "use" else _requirement(key, value, names, problems)
        for key, value in node.items()
    ]
    right = [choices for choices in found if choices is not None]
    if len(right) < len(found):
        return None
    return tuple(Clause(clause, node.position) for clause in product(*right))


def _use(value: Node, names: Names, problems: Problems) -> _Choices | None:
    if not isinstance(value, Text):
        problems.tell(value.position, '"use" needs one name', '"use: NAME" was expected')
        return None
    if not shared_named(value, names, problems):
        return None
    return (Requirement(None, str(value), (), value.position),)


def _requirement(key: Text, value: Node, names: Names, problems: Problems) -> _Choices | None:
    factor = factor_named(key, names, problems)
    if factor is None:
        return None
    if isinstance(value, Entries):
        if not isinstance(factor, MultiFactor) or list(value) != ["all"]:
            problems.tell(
                value.position,
                f'a mapping stands as the value of "{key}"',
                "a value, a list of values (any of them) or, where several can be ticked, "
                "{all: [a, b]} was expected",
            )
            return None
        words = _named_words(value[value.key("all")], problems)
        return None if words is None else _all_of(key, words, names, problems)
    words = _named_words(value, problems)
    if words is None:
        return None
    tests = condition_test(words, factor, problems)
    if tests is None:
        return None
    return tuple(Requirement(factor.id, None, (test,), key.position) for test in tests)


def _all_of(
    key: Text, words: tuple[Text, ...], names: Names, problems: Problems
) -> _Choices | None:
    factor = names.factors[key]
    tests: list[Test] = []
    for word in words:
        found = condition_test((word,), factor, problems)
        if found is None:
            return None
        if word in {"any", "none"}:
            problems.tell(word.position, f'"{word}" stands inside "all"', "name members there")
            return None
        tests.extend(found)
    return (Requirement(factor.id, None, tuple(tests), key.position),)


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
    problems.tell(place, "one value or a list of values was expected here")
    return None
