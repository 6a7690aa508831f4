"""Titles of cases: short, and without anything that tells who somebody is."""

import re
from collections.abc import Mapping
from typing import Final

from wizard.case.answers import UNKNOWN, Answers
from wizard.pathway.model import Pathway
from wizard.wording.answers import part_text
from wizard.wording.text import short

NO_PERSON: Final = "No names or numbers of a person."
LONGEST_TITLE: Final = 40
_PARTS: Final = 3

_LOOKS_LIKE: Final[Mapping[str, re.Pattern[str]]] = {
    "an e-mail address": re.compile(r"\S+@\S+\.\w"),
    "a telephone number": re.compile(r"\+\d([ ()-]?\d){7,}|\b0\d([ ()-]?\d){7,}"),
    "a date, such as one of birth": re.compile(
        r"\b\d{1,2}[./ -](\d{1,2}|[a-z]{3,9})[./ -](\d{4}|\d{2})\b"
        r"|\b\d{4}[./-]\d{1,2}[./-]\d{1,2}\b",
        re.IGNORECASE,
    ),
    "an NHS number": re.compile(r"(?<![\d+])[1-9]\d{2}[ -]?\d{3}[ -]?\d{4}(?!\d)"),
}


def looks_personal(title: str) -> str | None:
    """What in a title looks as if it told who somebody is: `an NHS number`; None where nothing."""
    return next((what for what, form in _LOOKS_LIKE.items() if form.search(title)), None)


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
