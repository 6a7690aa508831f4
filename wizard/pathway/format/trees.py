"""A written tree as records: branches of values, members or ranges, complete and disjoint."""

from collections.abc import Mapping
from decimal import Decimal

from wizard.pathway.codes import Code
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.format.conditions import cited_claims
from wizard.pathway.format.vocabulary import (
    Names,
    choice_test,
    factor_named,
    multi_none,
    multi_test,
    number_range,
    shared_named,
    split_key,
)
from wizard.pathway.nodes import Entries, Node, Text
from wizard.pathway.position import Position
from wizard.pathway.problems import Problems, listed, nearest, quoted
from wizard.pathway.ranges import apart, number_in, range_words
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    Branch,
    NonePresent,
    OneOf,
    Outcome,
    Range,
    Rest,
    Test,
    Tree,
    Use,
)
from wizard.record import Record

_LEAVES = ("described", "not_described")
_EXPECTED = 'a question ("ask: FACTOR"), described, not_described or "use: NAME" was expected'


class _WrittenBranch(Record):
    """A branch as written: its key, its test (None for `otherwise`) and where it leads."""

    key: Text
    test: Test | None
    tree: Tree


def read_tree(node: Node, names: Names, problems: Problems) -> Tree:
    """The tree that a node writes; what is wrong is added to `problems`.

    A part that is wrong comes back as a leaf, so that the rest can be checked as well.
    """
    if isinstance(node, Text):
        return _leaf(node, problems)
    if not isinstance(node, Entries):
        problems.tell(
            Code.NOT_A_TREE, node.position, "a list stands where a tree was expected", _EXPECTED
        )
        return Outcome(described=False, position=node.position)
    if "ask" in node:
        return _ask(node, names, problems)
    if "use" in node:
        return _use(node, names, problems)
    if list(node) == ["described"]:
        claims = cited_claims(node.key("described"), node, names, problems)
        return Outcome(described=True, position=node.position, claims=claims)
    problems.tell(Code.NOT_A_TREE, node.position, 'this node has no "ask"', _EXPECTED)
    return Outcome(described=False, position=node.position)


def _leaf(word: Text, problems: Problems) -> Tree:
    if word not in _LEAVES:
        problems.tell(
            Code.NOT_A_TREE,
            word.position,
            f"{quoted(word)} is not an end of a branch",
            _EXPECTED,
            nearest(word, _LEAVES),
        )
    return Outcome(described=word == "described", position=word.position)


def _use(node: Entries, names: Names, problems: Problems) -> Tree:
    name = node[node.key("use")]
    for key in node:
        if key != "use":
            problems.tell(
                Code.UNFIT_KEY,
                key.position,
                f'{quoted(key)} stands beside "use"',
                '"use: NAME" stands alone',
            )
    if not isinstance(name, Text):
        problems.tell(
            Code.NOT_A_TREE, name.position, '"use" needs one name', '"use: NAME" was expected'
        )
    elif shared_named(name, names, problems):
        return Use(str(name), name.position)
    return Outcome(described=False, position=node.position)


def _ask(node: Entries, names: Names, problems: Problems) -> Tree:
    asked = node[node.key("ask")]
    factor = None
    if isinstance(asked, Text):
        factor = factor_named(asked, names, problems)
    else:
        problems.tell(Code.NOT_A_TREE, asked.position, '"ask" needs one factor', '"ask: FACTOR"')
    below = {key: read_tree(value, names, problems) for key, value in node.items() if key != "ask"}
    if factor is None:
        return Outcome(described=False, position=node.position)
    branches = read_branches(below, factor, asked.position, problems)
    if branches is None:
        return Outcome(described=False, position=node.position)
    return Ask(factor.id, branches, asked.position)


def read_branches(
    below: Mapping[Text, Tree], factor: Factor, where: Position, problems: Problems
) -> tuple[Branch, ...] | None:
    """The branches of a question at `where`, by their keys; None where one cannot be read."""
    written = [
        _WrittenBranch(key, None if key == "otherwise" else _test(key, factor, problems), tree)
        for key, tree in below.items()
    ]
    if any(each.test is None and each.key != "otherwise" for each in written):
        return None
    rest = _rest(where, factor, written, problems)
    return tuple(
        Branch(
            rest if each.test is None else each.test,
            each.tree,
            otherwise=each.test is None,
            position=each.key.position,
        )
        for each in sorted(written, key=lambda each: each.test is None)
    )


def _test(key: Text, factor: Factor, problems: Problems) -> Test | None:
    """The test that a key writes; None, and a problem, where it writes none."""
    if isinstance(factor, NumberFactor):
        return number_range(key, factor, problems)
    words = split_key(key)
    if len(words) > 1 and not {"otherwise", "none"}.isdisjoint(words):
        problems.tell(
            Code.UNFIT_WORD,
            key.position,
            f"{quoted(key)} mixes values with a word of the format",
            '"otherwise" and "none" stand alone',
        )
        return None
    if isinstance(factor, ChoiceFactor):
        return choice_test(words, factor, problems)
    if words[0] == "none":
        return multi_none(words[0], factor, problems)
    return multi_test(words, factor, problems)


def _rest(
    where: Position, factor: Factor, written: list[_WrittenBranch], problems: Problems
) -> Test:
    """What is left for `otherwise`; problems where a branch is missing, or one is too many."""
    match factor:
        case ChoiceFactor():
            left = _values_left(factor, written, problems)
        case MultiFactor():
            left = _members_left(factor, written, problems)
        case NumberFactor():
            left = _ranges_left(factor, written, problems)
    otherwise = [each.key for each in written if each.test is None]
    if left and not otherwise:
        problems.tell(
            Code.MISSING_BRANCH,
            where,
            f'no branch of "{factor.id}" takes {listed(left)}',
            'every answer needs a branch: add one, or "otherwise"',
        )
    elif not left:
        for key in otherwise:
            problems.tell(
                Code.EMPTY_OTHERWISE,
                key.position,
                '"otherwise" is left with nothing',
                "take it out",
            )
    return OneOf(tuple(left)) if isinstance(factor, ChoiceFactor) else Rest()


def _values_left(
    factor: ChoiceFactor, written: list[_WrittenBranch], problems: Problems
) -> list[str]:
    taken: dict[str, Text] = {}
    for each in written:
        if not isinstance(each.test, OneOf):
            continue
        both: dict[Text, list[str]] = {}
        for value in each.test.values:
            if value in taken:
                both.setdefault(taken[value], []).append(value)
        for other, values in both.items():
            problems.tell(
                Code.BRANCHES_OVERLAP,
                each.key.position,
                f"{_two(other, each.key)} both take {listed(values)}",
                "an answer takes one branch only",
            )
        taken.update(dict.fromkeys(each.test.values, each.key))
    return [value for value in factor.values if value not in taken]


def _two(one: Text, other: Text) -> str:
    """Two branches by name and line."""
    return " and ".join(f"{quoted(key)} on line {key.position.line}" for key in (one, other))


def _members_left(
    factor: MultiFactor, written: list[_WrittenBranch], problems: Problems
) -> list[str]:
    named = [each for each in written if isinstance(each.test, AnyOf)]
    several = [each for each in named if each.test != AnyOf((NOT_DONE,))]
    for each in several[1:]:
        problems.tell(
            Code.BRANCHES_OVERLAP,
            each.key.position,
            f'{_two(several[0].key, each.key)} name members of "{factor.id}" and could both hold',
            "name members in one branch, and ask again under otherwise for the others",
        )
    taken = {m for each in named if isinstance(each.test, AnyOf) for m in each.test.members}
    rest = [member for member in named_values(factor) if member not in taken]
    if not factor.at_least and not any(isinstance(each.test, NonePresent) for each in written):
        rest.append("none")
    return rest


def _ranges_left(
    factor: NumberFactor, written: list[_WrittenBranch], problems: Problems
) -> list[str]:
    ranges = sorted(
        ((each.test, each.key) for each in written if isinstance(each.test, Range)),
        key=lambda pair: Decimal("-Infinity") if pair[0].low is None else pair[0].low,
    )
    gaps = []
    reached: Decimal | None = None
    furthest: Text | None = None
    for test, key in ranges:
        if furthest is not None and (reached is None or test.low is None or test.low < reached):
            both = number_in(factor, Range(test.low, None))
            problems.tell(
                Code.BRANCHES_OVERLAP,
                key.position,
                f"{_two(furthest, key)} overlap: both take {both:f}",
                "a number takes one branch only",
            )
        elif test.low != reached:
            gaps.append(_gap(factor, Range(reached, test.low)))
        ends_later = reached is not None and (test.high is None or test.high > reached)
        if furthest is None or ends_later:
            reached, furthest = test.high, key
    if furthest is None or reached is not None:
        gaps += [_gap(factor, part) for part in apart(factor, [Range(reached, None)])]
    return gaps


def _gap(factor: NumberFactor, gap: Range) -> str:
    """A range that no branch takes, with a number of it."""
    words, number = range_words(factor, gap), f"{number_in(factor, gap):f}"
    return words if words in (number, NOT_DONE) else f"{words} (such as {number})"
