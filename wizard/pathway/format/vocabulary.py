"""The words that stand for answers: in the keys of a tree's branches and in conditions."""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from wizard.pathway.codes import Code
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.nodes import Text, place
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, Problems, listed, nearest, quoted, two_names
from wizard.pathway.ranges import RangeError, read_range
from wizard.pathway.trees import AnyOf, NonePresent, OneOf, Range, Test
from wizard.record import Record


class Names(Record):
    """What conditions and trees may name: factors, and shared trees (None: not known).

    `citing` tells whether ways and leaves may name claims; of the answers to `unclear` factors
    nothing is said.
    """

    factors: Mapping[str, Factor]
    shared: frozenset[str] | None
    citing: bool = False
    unclear: frozenset[str] = frozenset()


def factor_named(name: Text, names: Names, problems: Problems) -> Factor | None:
    """The factor of this id; None, and a problem, where there is none or no tree may ask it.

    None alone where the factor is unclear.
    """
    if name in names.unclear:
        return None
    factor = names.factors.get(name)
    if factor is None:
        known = tuple(names.factors)
        problems.append(
            Problem(
                Code.UNKNOWN_FACTOR,
                name.position,
                f"there is no factor {quoted(name)}",
                f"the factors are {listed(known, near=name)}",
                nearest(name, known),
                cause=f"factor {name}",
            )
        )
        return None
    if factor.record_only is not None:
        problems.tell(
            Code.RECORDED_ONLY,
            name.position,
            f'"{name}" is recorded only, so no tree and no condition may ask it',
            f"its reason: {factor.record_only}",
        )
        return None
    return factor


def shared_named(name: str, names: Names, problems: Problems) -> bool:
    """Whether shared.yaml has a tree of this name; a problem is added where it is known not to."""
    if names.shared is not None and name not in names.shared:
        problems.append(
            Problem(
                Code.UNKNOWN_TREE,
                place(name),
                f"there is no shared tree {quoted(name)}",
                f"the trees of shared.yaml are {listed(sorted(names.shared), near=name) or 'none'}",
                nearest(name, sorted(names.shared)),
                cause=f"shared tree {name}",
            )
        )
        return False
    return True


def split_key(key: Text) -> tuple[Text, ...]:
    """The words of a key, at its commas, each with its own column where the key was not quoted."""
    words: list[Text] = []
    start = 0
    for part in str(key).split(","):
        indent = len(part) - len(part.lstrip())
        shift = start + indent + (0 if key.plain else 1)
        position = Position(key.position.file, key.position.line, key.position.column + shift)
        words.append(Text(part.strip(), position, plain=key.plain))
        start += len(part) + 1
    return tuple(words)


def choice_test(words: Iterable[Text], factor: ChoiceFactor, problems: Problems) -> OneOf | None:
    """The test for the values that words (values and groups) stand for, in the factor's order."""
    told = list(words)
    whole = [each for each in told if each in factor.groups and factor.groups[each].whole]
    for word in whole:
        problems.tell(
            Code.UNFIT_WORD,
            word.position,
            f'"{word}" stands for every value of "{factor.id}", so it tests nothing here',
            "it may be an answer only: name the values that are meant, or do not ask the factor",
        )
    found = _meant(told, factor, problems, "value")
    return OneOf(found) if found is not None and not whole else None


def multi_test(words: Iterable[Text], factor: MultiFactor, problems: Problems) -> AnyOf | None:
    """The test for any of the members that words (members and groups) stand for, in order."""
    found = _meant(words, factor, problems, "member")
    return AnyOf(found) if found is not None else None


def _meant(
    words: Iterable[Text], factor: ChoiceFactor | MultiFactor, problems: Problems, kind: str
) -> tuple[str, ...] | None:
    """The values or members that words stand for, in order; None where one is wrong."""
    values = tuple(named_values(factor))
    found: set[str] = set()
    right = True
    for word in words:
        if word in factor.groups:
            meant = set(factor.groups[word].values)
        elif word in values:
            meant = {str(word)}
        else:
            problems.append(_no_value(word, factor, (*values, *factor.groups), kind))
            right = False
            continue
        if both := [value for value in values if value in found & meant]:
            what = f"{listed(both)} is named twice here"
            problems.tell(Code.NAMED_TWICE, word.position, what, "name it once")
            right = False
        found |= meant
    return tuple(value for value in values if value in found) if right else None


def _no_value(word: Text, factor: Factor, known: tuple[str, ...], kind: str) -> Problem:
    if word == NOT_DONE:
        return _never_not_done(word, factor)
    several = two_names(word, known)
    near = nearest(word, known if isinstance(factor, ChoiceFactor) else (*known, "any", "none"))
    return Problem(
        Code.UNKNOWN_VALUE,
        word.position,
        f'"{factor.id}" has no {kind} {quoted(word)}',
        several or f"it has {listed(known, near=word)}",
        None if several else near,
        cause=f"value {factor.id}.{word}",
    )


def _never_not_done(word: Text, factor: Factor) -> Problem:
    """What is wrong with `not_done` at a factor that has no such answer."""
    return Problem(
        Code.UNKNOWN_VALUE,
        word.position,
        f'"{NOT_DONE}" is not an answer to "{factor.id}"',
        f'"{NOT_DONE}: LABEL" at the factor makes it one',
    )


def multi_none(word: Text, factor: MultiFactor, problems: Problems) -> Test | None:
    """The test that nothing is present; a problem where that is not an answer."""
    if factor.at_least:
        problems.tell(
            Code.UNFIT_WORD,
            word.position,
            f'"{factor.id}" always has one member at least, so "none" never holds',
            f"name members: {listed(factor.members)}",
        )
        return None
    return NonePresent()


def number_range(word: Text, factor: NumberFactor, problems: Problems) -> Range | None:
    """The range that a word such as `20 to below 50` or `not_done` stands for."""
    if word == NOT_DONE and factor.not_done is None:
        problems.append(_never_not_done(word, factor))
        return None
    try:
        return read_range(factor, word)
    except RangeError as error:
        near = nearest(word, [NOT_DONE] if factor.not_done else []) or _with_points(word, factor)
        problems.tell(Code.NOT_A_RANGE, word.position, error.what, error.expected, near)
        return None


def _with_points(word: str, factor: NumberFactor) -> str | None:
    """A range that has decimal commas with points, if it is one then."""
    pointed = word.replace(",", ".")
    with suppress(RangeError):
        read_range(factor, pointed)
        return pointed if pointed != word else None
    return None


def condition_test(
    words: tuple[Text, ...], factor: Factor, problems: Problems
) -> tuple[Test, ...] | None:
    """The tests of which one must hold where a condition gives these words for a factor."""
    test: Test | None
    match factor:
        case NumberFactor():
            ranges = [number_range(word, factor, problems) for word in words]
            return None if None in ranges else tuple(one for one in ranges if one is not None)
        case ChoiceFactor():
            test = choice_test(words, factor, problems)
        case MultiFactor():
            read = multi_test if {"any", "none"}.isdisjoint(words) else _any_or_none
            test = read(words, factor, problems)
    return None if test is None else (test,)


def _any_or_none(words: tuple[Text, ...], factor: MultiFactor, problems: Problems) -> Test | None:
    if len(words) > 1:
        word = next(word for word in words if word in {"any", "none"})
        problems.tell(
            Code.UNFIT_WORD,
            word.position,
            f'"{word}" stands beside other members',
            "write it alone, or as another entry of a list of conditions",
        )
        return None
    if words[0] == "any":
        return AnyOf(tuple(factor.members))
    return multi_none(words[0], factor, problems)
