"""Sets of values in words, and what is new in an answer."""

from typing import TYPE_CHECKING, Final

from wizard.case.answers import Answer, ChoiceAnswer, MultiAnswer, RangesAnswer
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.trees import Range
from wizard.wording.answers import (
    NOT_ANSWERED,
    answer_text,
    answered_group,
    colon,
    factor_label,
    labels_of,
    ranges_text,
    said_of_members,
)
from wizard.wording.text import joined, short

if TYPE_CHECKING:
    from wizard.reasoning.value_sets import ValueSet

_MOST_OTHERS: Final = 2
_MOST_VALUES: Final = 3
"""Above this number of values, the values left out are named instead if they are few."""


def values_text(factor: Factor, values: "ValueSet") -> str:
    """The values of a set: `Red or Blue`, `Large, not Old`, `20 to below 50 m`."""
    match factor, values:
        case ChoiceFactor(), ChoiceAnswer(values=chosen):
            group = answered_group(factor, values)
            if group is not None:
                return short(group.label)
            others = frozenset(factor.values) - chosen
            if len(others) <= _MOST_OTHERS and len(chosen) > _MOST_VALUES:
                return f"anything but {joined(labels_of(factor, others), 'or')}"
            return joined(_covering(factor, chosen), "or")
        case MultiFactor(), MultiAnswer(present=present, absent=absent):
            return _members(factor, present, absent)
        case NumberFactor(), Range():
            return ranges_text(factor, [values])
        case NumberFactor(), RangesAnswer():
            return answer_text(factor, values)
        case _:
            raise TypeError(values)


def labelled(factor: Factor, text: str) -> str:
    """A question's label and an answer to it: `Colour: Red`, `Does it grow? Slowly`."""
    return f"{colon(factor_label(factor))} {text}"


def news_text(factor: Factor, values: "ValueSet", given: Answer | None) -> str:
    """What a new answer says beyond the one given."""
    match factor, values, given:
        case MultiFactor(), MultiAnswer(present, absent), MultiAnswer():
            if absent != factor.members.keys():
                present, absent = present - given.present, absent - given.absent
            return _members(factor, present, absent)
        case _:
            return values_text(factor, values)


def given_text(factor: Factor, given: Answer | None) -> str:
    """The answer as it stands, to set beside a new one: `now: Red`, `not answered`."""
    return NOT_ANSWERED if given is None else f"now: {answer_text(factor, given)}"


def _members(factor: MultiFactor, present: frozenset[str], absent: frozenset[str]) -> str:
    if len(absent) == len(factor.members):
        return short(factor.none_label or "None of these")
    return ", ".join(said_of_members(factor, present, absent))


def _covering(factor: ChoiceFactor, chosen: frozenset[str]) -> list[str]:
    """The labels of the values; a group that is whole has its own label."""
    left, labels = chosen, []
    for group in factor.groups.values():
        if len(group.values) > 1 and not group.whole and left.issuperset(group.values):
            labels.append(short(group.label))
            left = left.difference(group.values)
    return [*labels, *labels_of(factor, left)]
