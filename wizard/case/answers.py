"""Answers to a pathway's questions: immutable, a set in which order never matters.

A factor that is missing from the answers has not been asked; `Unknown` was asked and is not
known.  Reasoning treats the two alike.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from wizard.pathway.trees import Range


@dataclass(frozen=True, slots=True)
class Unknown:
    """Asked, and not known.

    `group` is the group of all values that was answered ("looked for and not found"), which says no
    more about the case than a plain "not known" (None).
    """

    group: str | None = None


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """One of these values of a choice (a proper, non-empty subset of them)."""

    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class MultiAnswer:
    """What is said of a multi's members; those in neither set are unknown."""

    present: frozenset[str]
    absent: frozenset[str]


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A decimal number within the factor's bounds."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class RangesAnswer:
    """A number that lies in one of these ranges, and it is not known where.

    They are in rising order, apart, and leave something out.
    """

    ranges: tuple[Range, ...]


Answer = Unknown | ChoiceAnswer | MultiAnswer | NumberAnswer | RangesAnswer
UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Answers(Mapping[str, Answer]):
    """Factor id to answer.  Two sets of answers are equal whatever the order they came in."""

    entries: Mapping[str, Answer]

    def __getitem__(self, factor: str) -> Answer:
        return self.entries[factor]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __hash__(self) -> int:
        return hash(frozenset(self.entries.items()))

    @classmethod
    def in_order(cls, given: Mapping[str, Answer], factors: Iterable[str]) -> "Answers":
        """The answers that were given, in the order of a pathway's factors."""
        return cls(MappingProxyType({key: given[key] for key in factors if key in given}))

    def with_answer(self, factor: str, answer: Answer) -> "Answers":
        """These answers with one given or replaced."""
        return Answers(MappingProxyType({**self.entries, factor: answer}))

    def without(self, factor: str) -> "Answers":
        """These answers with one taken back, as if it had never been asked."""
        return Answers(
            MappingProxyType({key: value for key, value in self.entries.items() if key != factor})
        )


NO_ANSWERS = Answers(MappingProxyType({}))
