"""The questions of a pathway: frozen records of factors and their answers.

They are what a file holds as well, as `pathway.model` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from wizard.pathway.position import Position
from wizard.pathway.trees import Branch, Range, Rule
from wizard.record import NOTHING, Record

if TYPE_CHECKING:
    from wizard.pathway.fields import (
        Claims,
        Given,
        Ids,
        Line,
        OnlyTrue,
        OtherWords,
        ShortLabel,
        Table,
        When,
        Words,
    )
    from wizard.pathway.model_fields import PhraseOf

NOT_DONE: Final = "not_done"
"""The id of the answer that something was not measured or not looked for."""
MAX_SHORT: Final = 24
"""Characters of a short label."""


class Value(Record, kw_only=True):
    """A value of a choice or a member of a multi.

    `phrase` tells it in a practice vignette.  `also`, here and elsewhere, are other words by which
    a reader may look for it: our own, never those of a document.  `short` is a label for narrow
    places, here and elsewhere.  `was`, here and elsewhere, are ids that it had before.
    """

    id: Given[str]
    label: Line
    help: Words
    claims: Ids = ()
    phrase: Line | None = None
    also: OtherWords = ()
    short: ShortLabel | None = None
    was: Ids = ()


class ValueGroup(Record, kw_only=True):
    """A named group of a choice's values, or of a multi's members, that may stand for them.

    `whole` marks a group of all of them: an answer that leaves every value open, and no test.
    """

    id: Given[str]
    label: Line
    help: Words = ""
    phrase: Line | None = None
    also: OtherWords = ()
    short: ShortLabel | None = None
    values: Ids
    whole: Given[bool] = False


class SharedByFactors(Record, kw_only=True):
    """What every factor has, whatever its answers are.

    `record_only` is the reason why no tree may ask it; `fixed` marks a fact that cannot change,
    such as the past.  `phrases` of keys `none`, `unknown` and `not_done` tell those answers.
    `not_done` words the answer that it was not measured or not looked for; None where that is not
    an answer.
    """

    id: Given[str]
    label: Line
    question: Line
    help: Words
    claims: Claims
    step: Given[str] = ""
    applies_when: When | None = None
    record_only: Words | None = None
    fixed: OnlyTrue = False
    assumes: Ids = ()
    phrases: Table[PhraseOf, Line] = NOTHING
    position: Given[Position]
    also: OtherWords = ()
    short: ShortLabel | None = None
    not_done: Line | None = None
    was: Ids = ()

    @property
    def not_done_value(self) -> Mapping[str, Value]:
        """The answer that it was not done by its id; nothing where that is not an answer."""
        if self.not_done is None:
            return {}
        phrase = self.phrases.get(NOT_DONE)
        return {NOT_DONE: Value(id=NOT_DONE, label=self.not_done, help="", phrase=phrase)}


class ChoiceFactor(SharedByFactors, kw_only=True):
    """A factor that has exactly one of its values; the last may be that it was not done."""

    values: Mapping[str, Value]
    groups: Mapping[str, ValueGroup]


class Points(Record, kw_only=True):
    """The points that the answers to one factor give: one number for each branch."""

    factor: str
    branches: tuple[Branch, ...]
    points: tuple[int, ...]
    position: Position


class DerivedFactor(ChoiceFactor, kw_only=True):
    """A choice that is worked out from the answers to earlier factors, and never asked.

    A value holds where its rule of `rules` does, or where the sum of all `points` lies in its range
    of `sums`; one that has neither holds wherever no other does.  Where `may_be_answered`, an
    answer stands in place of what is worked out.
    """

    may_be_answered: bool
    rules: Mapping[str, Rule]
    points: tuple[Points, ...]
    sums: Mapping[str, Range]


class MultiFactor(SharedByFactors, kw_only=True):
    """A factor of members, each present or absent.

    `at_least` is 1 where one must be present; else `none_label` words that none is.  A group stands
    for "any of these members" where a rule asks; it is not an answer.

    Where it was not done, no member is present and neither is "none": whatever is said of a member
    says that it was looked for.
    """

    members: Mapping[str, Value]
    none_label: str | None
    at_least: int
    groups: Mapping[str, ValueGroup] = NOTHING


class NumberFactor(SharedByFactors, kw_only=True):
    """A factor that is a number, both bounds included; `whole` where it is an integer.

    That it was not done is one more point, `BEYOND` every number.
    """

    unit: str
    minimum: Decimal
    maximum: Decimal
    whole: bool = False


Factor = ChoiceFactor | DerivedFactor | MultiFactor | NumberFactor
"""Something that the team weighs, and the question that asks for it."""


def named_values(factor: Factor) -> Mapping[str, Value]:
    """What the answers to a factor name: a choice's values, a multi's members, else nothing.

    That a multi was not done stands before its members.
    """
    match factor:
        case ChoiceFactor():
            return factor.values
        case MultiFactor():
            return (
                {**factor.not_done_value, **factor.members} if factor.not_done else factor.members
            )
        case NumberFactor():
            return {}
