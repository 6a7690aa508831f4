"""Titles of cases: short, made of what the first answers say."""

from typing import Final

from wizard.case.answers import UNKNOWN, Answers
from wizard.pathway.model import Pathway
from wizard.wording.answers import part_text
from wizard.wording.text import short

LONGEST_TITLE: Final = 40
_PARTS: Final = 3


def suggested_title(pathway: Pathway, answers: Answers) -> str:
    """A title of what the first answers say: `Red, Large, Slow`."""
    told = (
        short(part_text(factor, answers[factor.id]))
        for factor in pathway.factors.values()
        if not factor.record_only and answers.get(factor.id) not in (None, UNKNOWN)
    )
    title = ""
    for _, part in zip(range(_PARTS), told, strict=False):
        longer = f"{title}, {part}" if title else part
        if len(longer) > LONGEST_TITLE:
            break
        title = longer
    return title
