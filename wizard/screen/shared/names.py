"""Short names for where a label or question does not fit."""

from collections.abc import Iterable, Mapping

from wizard.case.answers import Answer
from wizard.pathway.model import ChoiceFactor, Pathway
from wizard.wording.answers import part_text


def factor_name(factor: str) -> str:
    """A factor's id as words, the shortest name that everyone shares: `Some factor`."""
    return factor.replace("_", " ").capitalize()


def deciding_in_short(pathway: Pathway, deciding: Mapping[str, Answer]) -> str:
    """Answers that decide, as they stand over a list: each label, a list behind its name."""
    return " \u00b7 ".join(
        part_text(pathway.factors[factor], answer)
        if isinstance(pathway.factors[factor], ChoiceFactor)
        else f"{factor_name(factor)}: {part_text(pathway.factors[factor], answer)}"
        for factor, answer in deciding.items()
    )


def source_names(pathway: Pathway, claims: Iterable[str]) -> str:
    """The documents behind claims by their short names, each once; empty without claims."""
    sources = dict.fromkeys(pathway.claims[claim].source for claim in claims)
    return "; ".join(pathway.sources[source].short for source in sources)
