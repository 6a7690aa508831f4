"""Derived factors in words: what is left of them, from what, and beside a reason."""

from collections.abc import Mapping

from wizard.case.answers import Answer, Answers, ChoiceAnswer
from wizard.pathway.factors import DerivedFactor, Factor, named_values
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import behind
from wizard.reasoning.situation import Situation
from wizard.wording.answers import because, colon, factor_label, factor_labels, short_label
from wizard.wording.text import joined, named


def left_text(situation: Situation, factor: Factor, *, whence: bool = False) -> str:
    """The values that are left of a derived factor: `II or III, worked out`.

    With `whence` also from what: `II or III, worked out from Site; Extent`.  In short, where all
    of several are left, they are not listed.
    """
    left = situation.assessment.derived[factor.id]
    if not whence and len(left) == len(named_values(factor)) > 2:
        return "still open, worked out"
    done = worked_out_from(situation.pathway, factor) if whence else "worked out"
    return f"{value_words(factor, left)}, {done}" if left else "nothing is worked out"


def value_words(factor: Factor, values: tuple[str, ...]) -> str:
    """Values of a derived factor, in short."""
    every = factor.values if isinstance(factor, DerivedFactor) else {}
    return joined([short_label(every[value]) for value in values], "or")


def worked_out_from(pathway: Pathway, factor: Factor) -> str:
    """The factors that a derived factor is worked out from: `worked out from Site; Extent`."""
    if not isinstance(factor, DerivedFactor):
        return ""
    return f"worked out from {factor_labels(pathway, behind(pathway, factor))}"


def with_derived(pathway: Pathway, clause: str, derived: Mapping[str, Answer]) -> str:
    """A clause, and beside it what its answers come to: `..., that is “Strength”: B`."""
    said = [
        f"{named(pathway.factors[name].label)}: "
        + value_words(
            pathway.factors[name],
            tuple(v for v in _values(pathway.factors[name]) if v in answer.values),
        )
        for name, answer in derived.items()
        if isinstance(answer, ChoiceAnswer)
    ]
    return f"{clause}, that is {joined(said)}" if said else clause


def because_of(
    pathway: Pathway, deciding: Mapping[str, Answer], derived: Mapping[str, Answer]
) -> str:
    """Answers that decide, as clauses, and what they come to."""
    return with_derived(pathway, because(pathway, deciding), derived)


def depending_on(pathway: Pathway, factors: tuple[str, ...], derived: Mapping[str, Answer]) -> str:
    """The factors that something depends on, and what is left of the derived ones behind it."""
    said = "; ".join(
        f"{colon(factor_label(pathway.factors[name]))} "
        + value_words(
            pathway.factors[name],
            tuple(v for v in _values(pathway.factors[name]) if v in answer.values),
        )
        for name, answer in derived.items()
        if isinstance(answer, ChoiceAnswer)
    )
    labels = factor_labels(pathway, factors)
    return f"{labels} ({said})" if said else labels


def as_far_as_worked_out(situation: Situation) -> Answers:
    """The answers of a situation, with what is left of derived factors as answers to them."""
    told = situation.answers
    for name, left in situation.assessment.derived.items():
        if left and not isinstance(told.get(name), ChoiceAnswer):
            told = told.with_answer(name, ChoiceAnswer(frozenset(left)))
    return told


def _values(factor: Factor) -> tuple[str, ...]:
    return tuple(factor.values) if isinstance(factor, DerivedFactor) else ()
