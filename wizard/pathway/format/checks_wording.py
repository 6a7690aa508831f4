"""The wording that no pathway may use: advice, rank, doses and forecasts.

A pathway tells what documents describe.  Words that recommend or rank, doses, and percentages
that no document gives would make it something else.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from wizard.pathway.codes import Code
from wizard.pathway.factors import Value, ValueGroup
from wizard.pathway.format.files import RawFiles
from wizard.pathway.format.schema import RawFactor
from wizard.pathway.nodes import Text, place
from wizard.pathway.problems import Problem, Problems, listed, quoted
from wizard.pathway.sources import Claim, Source

FORBIDDEN: Final = (
    *("recommended", "should have", "best", "first choice", "eligible", "indicated", "safe"),
)
FIGURE_KINDS: Final = frozenset({"criterion", "effect-figure", "syndrome"})
"""Kinds of claims whose own figures may be percentages."""

_WORDS: Final = re.compile(
    r"\b(" + "|".join(word.replace(" ", r"\s+") for word in FORBIDDEN) + r")\b", re.IGNORECASE
)
_FIGURE: Final = r"[.,]*[0-9][0-9.,]*+\s*+"
"""A number and what follows it; nothing of it is given back, so that long ones take linear time."""
_DOSE: Final = re.compile(
    rf"(?<![0-9.,]){_FIGURE}(?:(?:to|-|\u2013)\s*{_FIGURE})?"
    r"(?:(?:million|mega|international)\s*)*"
    r"(?:mg|mcg|µg|μg|ug|g|ng|ml|gbq|mbq|mci|iu|miu|mu|gy|cgy|units?|"
    r"milligrams?|micrograms?|grams?|millilitres?|gray)\b"
    r"(?!\s*(?:/|per\s)\s*(?:[0-9]+\s*)?(?:[mdcuµμ]?l|h\.?p\.?f|mm|field|lit(?:re|er)))",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(r"(?<![0-9.,])[0-9][0-9.,]*+\s*+(?:%|per\s?cent\b)|%", re.IGNORECASE)
_MARKUP: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9]*\s*/?>|\*\*|__|\]\(")
"""Marks of HTML and Markdown; a text is shown letter by letter."""
_PROSE: Final = (
    *(
        "title",
        "label",
        "short",
        "question",
        "help",
        "says",
        "term",
        "intended_use",
        "report_errors",
    ),
    *(
        "none_label",
        "not_done",
        "record_only",
        "phrase",
        "phrases",
        "also",
        "what",
        "hazard",
        "cause",
    ),
    *("control", "planned", "limits", "groups", "assumptions", "not_surfaced"),
)
"""Fields that hold the pathway's own sentences; the others hold ids, places and quotations."""


def check_wording(files: RawFiles, problems: Problems) -> None:
    """Add every forbidden word, dose and percentage, where it stands.

    What `wording_allowed` of pathway.yaml names passes; an entry of it that nothing needs is told.
    """
    allowed = files.pathway.wording_allowed if files.pathway is not None else ()
    needed: set[str] = set()
    for record in _speaking(files):
        # A question may ask for a figure, such as a grade in per cent.
        figures = isinstance(record, RawFactor | Value | ValueGroup)
        figures |= isinstance(record, Claim) and record.kind in FIGURE_KINDS
        for text in _prose_of(record):
            if not (every := list(wording_problems(text, figures=figures))):
                continue
            here = [each for each in allowed if each.where in (None, text.position.file)]
            found = [str(each.words) for each in here if each.words.casefold() in text.casefold()]
            left = list(wording_problems(_without(text, found), figures=figures))
            needed.update(words for words in found if len(left) < len(every))
            problems.extend(left)
    for entry in allowed if files.whole else ():
        if str(entry.words) not in needed:
            problems.tell(
                Code.NEEDLESS_EXCEPTION,
                place(entry.words),
                f"nothing needs that {quoted(entry.words)} is allowed",
                "take the entry out of wording_allowed",
            )


def _without(text: Text, words: Iterable[str]) -> Text:
    """A text without what it may say."""
    for each in words:
        rest = re.sub(re.escape(each), " ", text, flags=re.IGNORECASE)
        text = Text(rest, text.position, plain=text.plain)
    return text


def own_texts(files: RawFiles) -> Iterator[Text]:
    """Every text in which the pathway speaks for itself."""
    for record in _speaking(files):
        yield from _prose_of(record)


def _speaking(files: RawFiles) -> Iterator[object]:
    """Every record but the sources, which tell of documents in the documents' words."""
    return (record for record in files.records if not isinstance(record, Source))


@cache
def _prose_fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(name for name in _PROSE if hasattr(kind, name))


def _prose_of(record: object) -> Iterator[Text]:
    kind: Any = type(record)
    for name in _prose_fields(kind):
        value = getattr(record, name)
        if isinstance(value, Text):
            yield value
        elif isinstance(value, tuple):
            yield from (text for text in value if isinstance(text, Text))
        elif isinstance(value, dict):
            yield from (text for text in value.values() if isinstance(text, Text))


def wording_problems(text: Text, *, figures: bool = False) -> Iterator[Problem]:
    """What a text may not say; `figures` allows percentages."""
    for match in _WORDS.finditer(text):
        yield Problem(
            Code.ADVICE,
            text.position,
            f'the wording "{match[0]}" is not allowed',
            "say what the document describes, may do or usually does",
        )
    for match in _DOSE.finditer(text):
        yield Problem(
            Code.DOSE, text.position, f'"{match[0]}" reads as a dose', "a pathway states no doses"
        )
    markup = _MARKUP.search(text)
    if markup is not None:
        yield Problem(
            Code.MARKUP,
            text.position,
            f'the mark "{markup[0]}" would be shown as it stands',
            "take it out: texts have no markup",
        )
    percentage = None if figures else _PERCENT.search(text)
    if percentage is not None:
        yield Problem(
            Code.PERCENTAGE,
            text.position,
            f'"{percentage[0]}" is a percentage',
            "percentages stand only in claims that give the document's own figure (of kind "
            f"{listed(sorted(FIGURE_KINDS))})",
        )
