"""Answers to a pathway's questions: immutable, a set in which order never matters.

A factor that is missing from the answers has not been asked; `Unknown` was asked and is not
known.  Reasoning treats the two alike.

Those that many cases give by the thousand are named tuples, which are hashed and compared much
faster than records.  What two kinds of them hold is never equal, so that they are not either.
"""

from collections.abc import ItemsView, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple, NoReturn

from wizard.pathway.factors import NOT_DONE, ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.trees import BEYOND, Range
from wizard.record import Record


class Unknown(NamedTuple):
    """Asked, and not known.

    `group` is the group of all values that was answered ("looked for and not found"), which says no
    more about the case than a plain "not known" (None).
    """

    group: str | None = None


class ChoiceAnswer(NamedTuple):
    """One of these values of a choice (a proper, non-empty subset of them)."""

    values: frozenset[str]


class MultiAnswer(NamedTuple):
    """What is said of a multi's members; those in neither set are unknown.

    One that was not done has `not_done` as present, and nothing else.
    """

    present: frozenset[str]
    absent: frozenset[str]


class NumberAnswer(NamedTuple):
    """A decimal number within the factor's bounds; `BEYOND` them, that it was not measured."""

    value: Decimal


class RangesAnswer(Record):
    """A number that lies in one of these ranges, and it is not known where.

    They are in rising order, apart, and leave something out.
    """

    ranges: tuple[Range, ...]


Answer = Unknown | ChoiceAnswer | MultiAnswer | NumberAnswer | RangesAnswer
UNKNOWN = Unknown()
NUMBER_NOT_DONE = NumberAnswer(BEYOND)
MULTI_NOT_DONE = MultiAnswer(frozenset((NOT_DONE,)), frozenset())


def not_done_answer(factor: Factor) -> Answer:
    """The answer that something was not measured or not looked for."""
    match factor:
        case ChoiceFactor():
            return ChoiceAnswer(frozenset((NOT_DONE,)))
        case MultiFactor():
            return MULTI_NOT_DONE
        case NumberFactor():
            return NUMBER_NOT_DONE


class Answers(Mapping[str, Answer]):
    """Factor id to answer.  Two sets of answers are equal whatever the order they came in."""

    # A mapping, with a metaclass of its own, cannot be a record too.
    __slots__ = ("entries",)

    entries: Mapping[str, Answer]

    def __init__(self, entries: Mapping[str, Answer]) -> None:
        """The answers as a plain mapping, which nobody may write to."""
        object.__setattr__(self, "entries", entries)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{name} cannot be set: answers are frozen")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Answers) and self.entries == other.entries

    def __repr__(self) -> str:
        return f"Answers({dict(self.entries)!r})"

    def __getitem__(self, factor: str) -> Answer:
        return self.entries[factor]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def items(self) -> ItemsView[str, Answer]:
        """Each factor with its answer, as the entries have them: one by one they take longer."""
        return self.entries.items()

    def __hash__(self) -> int:
        return hash(frozenset(self.entries.items()))

    @classmethod
    def in_order(cls, given: Mapping[str, Answer], factors: Iterable[str]) -> "Answers":
        """The answers that were given, in the order of a pathway's factors."""
        return cls({key: given[key] for key in factors if key in given})

    def with_answer(self, factor: str, answer: Answer) -> "Answers":
        """These answers with one given or replaced."""
        return Answers({**self.entries, factor: answer})

    def without(self, factor: str) -> "Answers":
        """These answers with one taken back, as if it had never been asked."""
        return Answers({key: value for key, value in self.entries.items() if key != factor})


NO_ANSWERS = Answers({})
