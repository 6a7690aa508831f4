"""Names that views of the case and of practice share."""

from collections.abc import Iterable, Mapping

from wizard.case.answers import Answer
from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.model import Pathway
from wizard.screen.shared.kept import MANY, kept_for_each
from wizard.wording.answers import factor_label, part_text, told_in_short

in_short = kept_for_each(MANY)(told_in_short)
"""A factor with its short labels: every answer is told by them after each key."""


def deciding_in_short(pathway: Pathway, deciding: Mapping[str, Answer]) -> str:
    """Answers that decide, as they stand over a list: each label, a list behind its name."""
    parts = []
    for name, answer in deciding.items():
        factor = pathway.factors[name]
        said = part_text(in_short(factor), answer)
        alone = isinstance(factor, ChoiceFactor)
        parts.append(said if alone else f"{factor_label(factor)}: {said}")
    return " \u00b7 ".join(parts)


def source_names(pathway: Pathway, claims: Iterable[str]) -> str:
    """The documents behind claims by their short names, each once; empty without claims."""
    sources = dict.fromkeys(pathway.claims[claim].source for claim in claims)
    return "; ".join(pathway.sources[source].short for source in sources)
