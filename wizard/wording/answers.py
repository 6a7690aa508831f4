"""Answers in words, and the answers that settle something as a reason."""

from collections.abc import Iterable

from wizard.case.answers import Answer, Answers, ChoiceAnswer, MultiAnswer, NumberAnswer, Unknown
from wizard.pathway.model import Factor, Pathway
from wizard.wording.text import joined, short

NOT_ANSWERED = "not answered"
NOT_KNOWN = "not known"


def answer_text(factor: Factor, answer: Answer | None) -> str:
    """An answer in the factor's own labels; None is an answer not given."""
    match answer:
        case None:
            return NOT_ANSWERED
        case Unknown():
            return NOT_KNOWN
        case ChoiceAnswer(values):
            return _choice(factor, values)
        case MultiAnswer(present, absent):
            return _multi(factor, present, absent)
        case NumberAnswer(value):
            return f"{value} {factor.unit}" if factor.unit else str(value)


def factor_label(factor: Factor) -> str:
    """A factor's label, short, to stand in a list."""
    return short(factor.label)


def factor_labels(pathway: Pathway, factors: Iterable[str]) -> str:
    """Factors by their labels, one after the other."""
    return "; ".join(factor_label(pathway.factors[factor]) for factor in factors)


def answers_text(pathway: Pathway, answers: Answers, factors: Iterable[str]) -> str:
    """These factors with their answers: `Site: Lung; Has it spread? Not spread`."""
    return "; ".join(_answered(pathway.factors[factor], answers.get(factor)) for factor in factors)


def _answered(factor: Factor, answer: Answer | None) -> str:
    label = factor_label(factor)
    return f"{label}{'' if label.endswith('?') else ':'} {answer_text(factor, answer)}"


def _choice(factor: Factor, values: frozenset[str]) -> str:
    for group in factor.groups.values():
        if values == frozenset(group.values):
            return group.label
    labels = _labels(factor, values)
    return labels[0] if len(labels) == 1 else f"one of: {joined(labels, 'or')}"


def _multi(factor: Factor, present: frozenset[str], absent: frozenset[str]) -> str:
    closed = len(present) + len(absent) == len(factor.values)
    if closed and not present:
        return short(factor.none_label or "None of these")
    said = [joined(_labels(factor, present))] if present else []
    if not closed:
        said += [f"not {joined(_labels(factor, absent), 'or')}"] if absent else []
        said.append("the rest not known")
    elif absent:
        said.append("no other")
    return ", ".join(said)


def _labels(factor: Factor, ids: frozenset[str]) -> list[str]:
    return [short(value.label) for value in factor.values.values() if value.id in ids]
