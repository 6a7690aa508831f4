"""What a cell of a table says, in the labels or the ids of its question, and read back.

`;` stands between answers of which one is enough, `+` between things that hold together, and `not`
before an answer that it is not.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.problems import listed, nearest, quoted
from wizard.pathway.ranges import ANY_NUMBER, RangeError, range_words, read_range
from wizard.pathway.trees import BEYOND, AnyOf, NonePresent, OneOf, Range, Test
from wizard.workbench.tables import Need

NO_ANSWER: Final = "does not apply"
_OR: Final = "; "
_AND: Final = " + "
_NOT: Final = "not "
_STRAIGHT: Final = str.maketrans("\u2018\u2019\u201c\u201d\u00a0\u2013\u2212", "''\"\" --")


class CellError(ValueError):
    """What is wrong with the words of a cell."""


# --- written ---------------------------------------------------------------------------------


def cell_words(factor: Factor, needs: Iterable[Need], *, ids: bool) -> str:
    """What a row needs of a factor, as a cell has it."""
    told = list(needs)
    parts: list[str] = []
    for need in told:
        words = [word for test in need.tests for word in test_words(factor, test)]
        shown = [word if ids else shown_as(factor, word) for word in words]
        parts += [_NOT + each for each in shown] if need.negated else [_OR.join(shown)]
    text = _AND.join(part for part in parts if part)
    loose = bool(told) and all(need.loose for need in told)
    return _OR.join(part for part in (text, NO_ANSWER if loose else "") if part)


def test_words(factor: Factor, test: Test) -> tuple[str, ...]:
    """The ids or ranges that a condition writes for a test; one of them is enough."""
    match factor, test:
        case ChoiceFactor(), OneOf(values):
            return _grouped(factor, values)
        case MultiFactor(), AnyOf(members):
            return ("any",) if set(members) == set(factor.members) else _grouped(factor, members)
        case MultiFactor(), NonePresent():
            return ("none",)
        case NumberFactor(), Range():
            return (_range_written(factor, test),)
        case _:
            raise TypeError(test)


def _grouped(factor: ChoiceFactor | MultiFactor, names: Iterable[str]) -> tuple[str, ...]:
    """Values or members by their groups, where all of one are there."""
    left, found = set(names), []
    for group in factor.groups.values():
        whole = getattr(group, "whole", False)
        if len(group.values) > 1 and not whole and left.issuperset(group.values):
            found.append(group.id)
            left = left.difference(group.values)
    return (*found, *(name for name in named_values(factor) if name in left))


def _range_written(factor: NumberFactor, part: Range) -> str:
    if part.low is None and part.high in (None, BEYOND):
        return f"from {factor.minimum:f}" if factor.not_done is None else ANY_NUMBER
    words = range_words(factor, part)
    return f"exactly {words}" if _is_number(words) else words


def _is_number(words: str) -> bool:
    return words.lstrip("-").replace(".", "", 1).isdigit()


def shown_as(factor: Factor, word: str) -> str:
    """The label of an id, where a reader cannot take it for another."""
    label = _labels(factor).get(word)
    if label is None or any(mark in label for mark in (";", "+")):
        return word
    same = [other for other, known in _labels(factor).items() if compared(known) == compared(label)]
    clear = same == [word] and not compared(label).startswith(_NOT) and compared(label) != NO_ANSWER
    return label if clear else word


def _labels(factor: Factor) -> Mapping[str, str]:
    """What each id that a cell may name is called."""
    if isinstance(factor, NumberFactor):
        return {} if factor.not_done is None else {NOT_DONE: factor.not_done}
    found = {name: value.label for name, value in named_values(factor).items()}
    found |= {group.id: group.label for group in factor.groups.values()}
    if isinstance(factor, MultiFactor) and factor.none_label:
        found["none"] = factor.none_label
    return found


# --- read ------------------------------------------------------------------------------------


def read_cell(factor: Factor, text: str) -> tuple[Need, ...]:
    """What a cell needs of its factor.  Raises CellError."""
    words = compared(text, fold=False)
    rest, loose = _without_ending(words)
    if loose and factor.applies_when is None:
        raise CellError(f"{quoted(factor.question)} applies in every case")
    if not rest:
        return (Need((), loose=True),)
    return tuple(_need(factor, part.strip(), loose=loose) for part in rest.split("+"))


def _without_ending(words: str) -> tuple[str, bool]:
    """A cell without `does not apply` at its end, and whether it was there."""
    if not compared(words).endswith(NO_ANSWER):
        return words, False
    return words[: len(words) - len(NO_ANSWER)].rstrip(" ;"), True


def _need(factor: Factor, part: str, *, loose: bool) -> Need:
    own = {compared(label) for label in _labels(factor).values()}
    negated = compared(part).startswith(_NOT) and compared(part) not in own
    bare = part[len(_NOT) :].strip() if negated else part
    if not bare:
        raise CellError("something is missing beside the +")
    if isinstance(factor, NumberFactor):
        tests = tuple(_range_read(factor, each) for each in _parts(bare, ";"))
        return Need(tests, negated, loose)
    names = [name for each in _parts(bare, ";") for name in _named(factor, each)]
    return Need((_test(factor, names),), negated, loose)


def _parts(text: str, mark: str) -> Iterator[str]:
    for part in text.split(mark):
        if not part.strip():
            raise CellError(f"something is missing beside the {mark}")
        yield part.strip()


def _named(factor: ChoiceFactor | MultiFactor, text: str) -> Iterator[str]:
    """The ids that a text names: one, or several with commas or `or` between them."""
    known = _known(factor)
    for mark in (None, ",", " or "):
        parts = [text] if mark is None else text.split(mark)
        if all(compared(part) in known for part in parts):
            yield from (known[compared(part)] for part in parts)
            return
    near = nearest(text, list(known))
    told = known[near] if near else None
    meant = f"did you mean {shown_as(factor, told)}?" if told else ""
    there = f"there are {listed(shown_as(factor, each) for each in dict.fromkeys(known.values()))}"
    raise CellError(
        f"{quoted(text)} is not an answer to {quoted(factor.question)}; {meant or there}"
    )


def _known(factor: ChoiceFactor | MultiFactor) -> dict[str, str]:
    """The id of everything that a cell may say, in small letters."""
    found: dict[str, str] = {}
    if isinstance(factor, MultiFactor):
        found = {"any": "any", "none": "none"}
        if factor.at_least:
            del found["none"]
    for name, label in _labels(factor).items():
        found.setdefault(compared(label), name)
    for name in _labels(factor):
        found[compared(name)] = name
    for value in named_values(factor).values():
        if value.short:
            found.setdefault(compared(value.short), value.id)
    for group in factor.groups.values():
        if group.short:
            found.setdefault(compared(group.short), group.id)
    return found


def _test(factor: ChoiceFactor | MultiFactor, names: list[str]) -> Test:
    found: set[str] = set()
    for name in names:
        found |= set(factor.groups[name].values) if name in factor.groups else {name}
    if isinstance(factor, ChoiceFactor):
        return OneOf(tuple(value for value in factor.values if value in found))
    alone = found & {"any", "none"}
    if alone and len(found) > 1:
        raise CellError(f"{quoted(shown_as(factor, min(alone)))} stands alone in a cell")
    if alone:
        return NonePresent() if found == {"none"} else AnyOf(tuple(factor.members))
    return AnyOf(tuple(name for name in named_values(factor) if name in found))


def _range_read(factor: NumberFactor, text: str) -> Range:
    words = compared(text)
    if factor.not_done is not None and words == compared(factor.not_done):
        words = NOT_DONE
    if factor.whole and words.isdigit():
        words = f"exactly {words}"
    if factor.unit:
        words = words.removesuffix(f" {compared(factor.unit)}").removesuffix(compared(factor.unit))
    try:
        return read_range(factor, words)
    except RangeError as error:
        raise CellError(f"{error.what}; {error.expected}") from None


def compared(text: str, *, fold: bool = True) -> str:
    """Text as it is compared: straight quotes, single blanks, small letters."""
    words = " ".join(text.translate(_STRAIGHT).split())
    return words.casefold() if fold else words
