"""Regions of cases and example cases in the words of the factors, and as answers."""

from collections.abc import Iterable
from decimal import Decimal

from wizard.case.answers import Answer, Answers, ChoiceAnswer, MultiAnswer, NumberAnswer
from wizard.case.transitions import closed_answer
from wizard.engine.diagrams import Allowed
from wizard.engine.space import WORKED_OUT, CaseSpace
from wizard.pathway.factors import NOT_DONE, DerivedFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.trees import Range
from wizard.reasoning.value_sets import value_set
from wizard.wording.answers import answer_text, factor_label, ranges_text
from wizard.wording.text import joined
from wizard.wording.values import labelled, values_text

EVERY_CASE = "every case"


def region_words(
    space: CaseSpace, region: Allowed, universe: Allowed, nothing: str = EVERY_CASE
) -> str:
    """A region as what it asks of each factor: `Label: Value; Is it so? No`.

    Factors that may be anything in the universe are left out; `nothing` stands for no factor.
    """
    parts = [
        labelled(space.factors[name], _value_words(space, name, region))
        for name, levels in space.levels.items()
        if any(set(region[level]) < set(universe[level]) for level in levels)
    ]
    return "; ".join(parts) or nothing


def example_words(
    space: CaseSpace, case: Allowed, region: Allowed, nothing: str = EVERY_CASE
) -> str:
    """The words of a case beyond those of its region; a number is given as one number."""
    parts = []
    for name, levels in space.levels.items():
        if all(set(case[level]) == set(region[level]) for level in levels):
            continue
        factor = space.factors[name]
        if isinstance(factor, NumberFactor):
            number = NumberAnswer(space.number_in(name, case[levels.start][0]))
            words = answer_text(factor, number)
        else:
            words = _value_words(space, name, case)
        parts.append(labelled(factor, words))
    return "; ".join(parts) or nothing


def factor_names(space: CaseSpace, names: Iterable[str]) -> tuple[str, ...]:
    """The short labels of factors; of a number, how many ranges it has."""
    return tuple(
        f"{factor_label(space.factors[name])} (in {len(space.cuts[name]) + 1} ranges)"
        if isinstance(space.factors[name], NumberFactor)
        else factor_label(space.factors[name])
        for name in names
    )


def answers_of(space: CaseSpace, region: Allowed) -> Answers:
    """A case of one assignment as answers; a number is the lowest of its interval.

    Factors that the region does not restrict are left out.
    """
    found: dict[str, Answer] = {}
    for name, levels in space.levels.items():
        if isinstance(space.factors[name], DerivedFactor) and WORKED_OUT in region[levels.start]:
            # Without an answer it is worked out.
            continue
        if any(len(region[level]) < space.sizes[level] for level in levels):
            match value_set(space, name, region):
                case Range():
                    found[name] = NumberAnswer(space.number_in(name, region[levels.start][0]))
                case MultiAnswer(absent=absent) if NOT_DONE in absent:
                    found[name] = _looked_for(space.factors[name])
                case ChoiceAnswer() | MultiAnswer() as said:
                    found[name] = said
    return Answers(found)


def _looked_for(factor: Factor) -> Answer:
    """An answer to a multi of which only is known that it was done."""
    if not isinstance(factor, MultiFactor):
        raise TypeError(factor)
    return closed_answer(factor, list(factor.members)[: factor.at_least])


# --- one factor ------------------------------------------------------------------------------


def _value_words(space: CaseSpace, name: str, region: Allowed) -> str:
    factor, values = space.factors[name], value_set(space, name, region)
    match factor, values:
        case DerivedFactor(), ChoiceAnswer(values=chosen) if (
            WORKED_OUT in region[space.levels[name].start]
        ):
            told = [values_text(factor, values)] if chosen else []
            text = joined([*told, "worked out"], "or")
        case NumberFactor(), _:
            ranges = _ranges(space.cuts[name], region[space.levels[name].start])
            text = ranges_text(factor, ranges)
        case MultiFactor(members=members), MultiAnswer(present, absent) if len(present) + len(
            absent
        ) == len(members):
            text = answer_text(factor, values)
        case _:
            text = values_text(factor, values)
    return f"({text})" if ";" in text else text


def _ranges(cuts: tuple[Decimal, ...], intervals: tuple[int, ...]) -> list[Range]:
    """Intervals of a number as ranges, neighbours together."""
    starts = [each for each in intervals if each - 1 not in intervals]
    ends = [each + 1 for each in intervals if each + 1 not in intervals]
    bounds = (None, *cuts, None)
    return [Range(bounds[one], bounds[other]) for one, other in zip(starts, ends, strict=True)]
