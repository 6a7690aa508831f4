"""What may stand in one field of a pathway file: text, ids, numbers, dates, lists of claims."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Final

from pydantic import AfterValidator, PlainValidator, WrapValidator

from wizard.pathway.model import CARD_ROWS, Level
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.problems import listed, nearest, quoted

RESERVED: Final = frozenset(
    {
        "ask",
        "use",
        "otherwise",
        "any",
        "none",
        "all",
        "always",
        "unknown",
        "described",
        "possible",
        "not_described",
        "certain",
        "present",
        "absent",
    }
)
CHECK_CONDITIONS: Final = ("certain", "possible")
"""Keys of an alert's check that hold conditions; any other is an option."""

_SNAKE: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_BETWEEN_WORDS: Final = re.compile(r"[^a-z0-9]+")
_COUNT: Final = re.compile(r"[0-9]{1,3}")
_SOURCE: Final = re.compile(r"[A-Z]{2,5}")
_CLAIM: Final = re.compile(r"[A-Z]{2,5}-[0-9]{2,3}")
_ASSUMPTION: Final = re.compile(r"[A-Z]+-?[0-9]+")
_HAZARD: Final = re.compile(r"H[0-9]{2,3}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
_LINES: Final = re.compile(
    r"[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?(,[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?)*"
)
_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


_STRAIGHT: Final = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_CURLY: Final = frozenset(map(chr, _STRAIGHT))
KINDS: Final = (
    *("absence", "caution", "combination", "complication", "condition", "definition"),
    *("disease-interaction", "drug-interaction", "drug-name", "effect", "effect-figure"),
    *("emergency", "harm", "how-given", "indication-other", "intent", "mdt", "mdt-factor"),
    *("mechanism", "meta", "monitoring", "note", "self-care", "side-effect", "stop-condition"),
    *("syndrome", "trial", "trigger"),
)
"""What sort of statement a claim is."""
STRENGTHS: Final = (
    *("a lot", "absent", "always", "approximately", "ask", "based on", "can", "cites", "common"),
    *("depends", "examples", "generally", "helps", "if feasible", "important", "main", "may"),
    *("might", "most", "must", "never", "often", "perhaps", "please", "potential", "quotation"),
    *("rarely", "serious", "should", "some", "some types", "sometimes", "states", "tell", "tends"),
    *("usually", "will"),
)
"""The words of force of a document; a claim has one, or several joined by "; "."""
MAX_ANCHOR: Final = 5


class MistakeError(ValueError):
    """What is wrong with one value, and what was expected."""

    def __init__(self, what: str, expected: str, near: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected
        self.near = near


def _words(value: object) -> Text:
    if not isinstance(value, Text):
        kind = "a list" if isinstance(value, Items) else "a mapping"
        raise MistakeError(f"{kind} stands here", "text was expected")
    if value.is_null:
        raise MistakeError("null stands here", "text was expected")
    if not value.strip():
        raise MistakeError(
            "the text is empty", "write it, or leave the key out if it may be missing"
        )
    return value


def _line(value: object) -> Text:
    text = _words(value)
    if "\n" in text:
        raise MistakeError("the text runs over several lines", "one line was expected")
    return text


def _shaped(pattern: re.Pattern[str], expected: str) -> Callable[[object], Text]:
    def check(value: object) -> Text:
        text = _line(value)
        if not pattern.fullmatch(text):
            raise MistakeError(f"{quoted(text)} has the wrong form", expected)
        return text

    return check


def _identifier(value: object) -> Text:
    text = _line(value)
    if text in RESERVED:
        raise MistakeError(f'"{text}" is a word of the format', "choose another id")
    if not _SNAKE.fullmatch(text):
        near = _BETWEEN_WORDS.sub("_", text.lower()).strip("_0123456789")
        raise MistakeError(
            f"{quoted(text)} is not an id",
            "an id has small letters, digits and single underscores, and begins with a letter",
            near if _SNAKE.fullmatch(near) and near not in RESERVED else None,
        )
    return text


def _decimal(value: object) -> Decimal:
    text = _line(value)
    if not _DECIMAL.fullmatch(text):
        raise MistakeError(
            f"{quoted(text)} is not a number", "a number such as 20 or 2.5 was expected"
        )
    return Decimal(text)


def _count(value: object) -> int:
    text = _line(value)
    if not _COUNT.fullmatch(text):
        raise MistakeError(
            f"{quoted(text)} is not a whole number", "a number such as 3 was expected"
        )
    return int(text)


def _iso_date(value: object) -> Text:
    text = _line(value)
    expected = "a date such as 2026-11-21, 2026-11 or 2026 was expected"
    if not _DATE.fullmatch(text):
        raise MistakeError(f"{quoted(text)} is not a date", expected)
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise MistakeError(f"{quoted(text)} is not a day of the calendar", expected) from None
    return text


def _day(value: object) -> Text:
    text = _iso_date(value)
    if len(text) < len("2026-11-21"):
        raise MistakeError(f"{quoted(text)} is not a day", "a day such as 2026-11-21 was expected")
    return text


def _row(value: object) -> Text:
    return _one_of(CARD_ROWS)(value)


def _one_of(names: Sequence[str]) -> Callable[[object], Text]:
    def check(value: object) -> Text:
        text = _line(value)
        if text not in names:
            raise MistakeError(
                f"{quoted(text)} is not known here",
                f"{'one of ' if len(names) > 1 else ''}{listed(names, near=text)} was expected",
                nearest(text, names),
            )
        return text

    return check


def _strength(value: object) -> Text:
    text = _line(value)
    for word in text.split("; "):
        if word not in STRENGTHS:
            raise MistakeError(
                f"{quoted(word)} is not known here",
                f'one of {listed(STRENGTHS, near=word)}, or several joined by "; ", was expected',
                nearest(word, STRENGTHS),
            )
    return text


def _lines(value: object) -> Text:
    text = _line(value)
    expected = "line numbers and ranges in ascending order, such as 4,6 or 12-14,164, were expected"
    if not _LINES.fullmatch(text):
        near = text.replace("\u2013", "-").replace("\u2014", "-").replace(" ", "")
        raise MistakeError(
            f"{quoted(text)} has the wrong form", expected, near if _LINES.fullmatch(near) else None
        )
    before = 0
    for part in text.split(","):
        first, _, last = part.partition("-")
        if int(first) <= before or (last and int(last) <= int(first)):
            raise MistakeError(f"{quoted(text)} is not in ascending order", expected)
        before = int(last or first)
    return text


def _anchor(value: object) -> Text:
    text = _line(value)
    if not _CURLY.isdisjoint(text):
        straight = text.translate(_STRAIGHT)
        raise MistakeError(
            f"{quoted(text)} has curly quotes", "straight ones were expected", straight
        )
    if len(text.split()) > MAX_ANCHOR:
        what = f"{quoted(text)} has {len(text.split())} words"
        raise MistakeError(what, f"an anchor of at most {MAX_ANCHOR} words was expected")
    return text


def _node(value: object) -> Node:
    if isinstance(value, Text) and value.is_null:
        raise MistakeError("null stands here", "a condition or a tree was expected")
    if isinstance(value, Text | Items | Entries):
        return value
    raise MistakeError("this cannot be read", "a condition or a tree was expected")


def _some(claims: list[Text]) -> list[Text]:
    if not claims:
        raise MistakeError("the list of claims is empty", "name one claim at least")
    return claims


def _asking(check: dict[Text, Node]) -> dict[Text, Node]:
    if not check:
        raise MistakeError("the check asks nothing", "leave the key out where there is no check")
    return check


def _other_words(words: list[Text]) -> list[Text]:
    if not words:
        raise MistakeError("the list of other words is empty", "leave the key out, or name one")
    return words


def _or_null(value: object, inner: Callable[[object], object]) -> object:
    return None if isinstance(value, Text) and value.is_null else inner(value)


def review_or_null(value: object, inner: Callable[[object], object]) -> object:
    """A review, or None where null says that there is none; nothing else says so."""
    if isinstance(value, Text) and not value.is_null:
        raise MistakeError(
            f"{quoted(value)} is not a review",
            "null, or a map with by, role, date, version and digest, was expected",
        )
    return _or_null(value, inner)


Words = Annotated[Text, PlainValidator(_words)]
Line = Annotated[Text, PlainValidator(_line)]
Id = Annotated[Text, PlainValidator(_identifier)]
SourceId = Annotated[
    Text, PlainValidator(_shaped(_SOURCE, "a source id is two to five capitals, such as CRI"))
]
ClaimId = Annotated[
    Text, PlainValidator(_shaped(_CLAIM, "a claim id is its source and a number, such as CRI-07"))
]
AssumptionId = Annotated[
    Text, PlainValidator(_shaped(_ASSUMPTION, "an assumption id looks like D1 or INF-2"))
]
HazardId = Annotated[Text, PlainValidator(_shaped(_HAZARD, "a hazard id looks like H01"))]
Digest = Annotated[
    Text, PlainValidator(_shaped(_SHA256, "64 hexadecimal digits in small letters were expected"))
]
Day = Annotated[Text, PlainValidator(_day)]
IsoDate = Annotated[Text, PlainValidator(_iso_date)]
One = Annotated[Text, PlainValidator(_one_of(("1",)))]
OnlyTrue = Annotated[Text, PlainValidator(_one_of(("true",)))]
Number = Annotated[Decimal, PlainValidator(_decimal)]
Count = Annotated[int, PlainValidator(_count)]
Row = Annotated[Text, PlainValidator(_row)]
LevelName = Annotated[Text, PlainValidator(_one_of(tuple(Level)))]
TypeName = Annotated[Text, PlainValidator(_one_of(("choice", "multi", "number")))]
StatusName = Annotated[
    Text,
    PlainValidator(_one_of(("described", "possible", "not_described", "described or possible"))),
]
KindName = Annotated[Text, PlainValidator(_one_of(KINDS))]
Strength = Annotated[Text, PlainValidator(_strength)]
Lines = Annotated[Text, PlainValidator(_lines)]
Anchor = Annotated[Text, PlainValidator(_anchor)]
Written = Annotated[Node, PlainValidator(_node)]
MaybeLine = Annotated[Line | None, WrapValidator(_or_null)]
MaybeWords = Annotated[Words | None, WrapValidator(_or_null)]
MaybeDate = Annotated[IsoDate | None, WrapValidator(_or_null)]
AnyClaims = list[Line]
Claims = Annotated[AnyClaims, AfterValidator(_some)]
Statuses = dict[Line, StatusName]
OtherWords = Annotated[AnyClaims, AfterValidator(_other_words)]
Checks = Annotated[dict[Line, Written], AfterValidator(_asking)]
