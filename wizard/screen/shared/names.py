"""Short names, where a label or question would not fit."""

from collections.abc import Iterable

from wizard.case.answers import Answers
from wizard.pathway.model import Pathway
from wizard.wording.answers import answer_text


def factor_name(factor: str) -> str:
    """A factor's id as words, the shortest name that everyone shares: `Some factor`."""
    return factor.replace("_", " ").capitalize()


def factor_names(factors: Iterable[str]) -> str:
    """Several names in a row of a list: `extent, growth rate`."""
    return ", ".join(factor_name(factor).lower() for factor in factors)


def answers_in_short(pathway: Pathway, answers: Answers, factors: Iterable[str]) -> str:
    """The answers to these factors alone: `NET; Pancreas`."""
    return "; ".join(
        answer_text(pathway.factors[factor], answers.get(factor)) for factor in factors
    )
