"""The shape of each pathway file: raw records, validated by pydantic, nothing looked up yet.

Scalars stay `Text`, which knows its place; conditions and trees stay nodes.  Unknown keys, wrong
types and malformed ids are found here and told with line and column.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, TypeVar, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, PlainValidator, TypeAdapter, ValidationError, WrapValidator
from pydantic_core import ErrorDetails

from wizard.pathway.events import Entries, Items, Node, Text
from wizard.pathway.model import CARD_ROWS, Level, Position
from wizard.pathway.problems import Problem, listed, nearest, quoted

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
        "not_described",
        "present",
        "absent",
    }
)
_SNAKE: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_SOURCE: Final = re.compile(r"[A-Z]{2,5}")
_CLAIM: Final = re.compile(r"[A-Z]{2,5}-[0-9]{2,3}")
_ASSUMPTION: Final = re.compile(r"[A-Z]+-?[0-9]+")
_HAZARD: Final = re.compile(r"H[0-9]{2,3}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")

_MISSING: Final = "there is no key"

Raw = TypeVar("Raw")


class _MistakeError(ValueError):
    """What is wrong with one value, and what was expected."""

    def __init__(self, what: str, expected: str, near: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected
        self.near = near


# --- scalars ---------------------------------------------------------------------------------


def _words(value: object) -> Text:
    if not isinstance(value, Text):
        kind = "a list" if isinstance(value, Items) else "a mapping"
        raise _MistakeError(f"{kind} stands here", "text was expected")
    if value.is_null:
        raise _MistakeError("null stands here", "text was expected")
    if not value.strip():
        raise _MistakeError(
            "the text is empty", "write it, or leave the key out if it may be missing"
        )
    return value


def _line(value: object) -> Text:
    text = _words(value)
    if "\n" in text:
        raise _MistakeError("the text runs over several lines", "one line was expected")
    return text


def _shaped(pattern: re.Pattern[str], expected: str) -> Callable[[object], Text]:
    def check(value: object) -> Text:
        text = _line(value)
        if not pattern.fullmatch(text):
            raise _MistakeError(f"{quoted(text)} has the wrong form", expected)
        return text

    return check


def _identifier(value: object) -> Text:
    text = _line(value)
    if text in RESERVED:
        raise _MistakeError(f'"{text}" is a word of the format', "choose another id")
    if not _SNAKE.fullmatch(text):
        near = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_0123456789")
        raise _MistakeError(
            f"{quoted(text)} is no id",
            "an id has small letters, digits and single underscores, and begins with a letter",
            near if _SNAKE.fullmatch(near) and near not in RESERVED else None,
        )
    return text


def _decimal(value: object) -> Decimal:
    text = _line(value)
    if not _DECIMAL.fullmatch(text):
        raise _MistakeError(
            f"{quoted(text)} is no number", "a number such as 20 or 2.5 was expected"
        )
    return Decimal(text)


def _count(value: object) -> int:
    text = _line(value)
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise _MistakeError(f"{quoted(text)} is no whole number", "a number such as 3 was expected")
    return int(text)


def _iso_date(value: object) -> Text:
    text = _line(value)
    expected = "a date such as 2026-11-21, 2026-11 or 2026 was expected"
    if not _DATE.fullmatch(text):
        raise _MistakeError(f"{quoted(text)} is no date", expected)
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise _MistakeError(f"{quoted(text)} is no day of the calendar", expected) from None
    return text


def _row(value: object) -> Text:
    return _one_of(CARD_ROWS)(value)


def _one_of(names: Sequence[str]) -> Callable[[object], Text]:
    def check(value: object) -> Text:
        text = _line(value)
        if text not in names:
            raise _MistakeError(
                f"{quoted(text)} is not known here",
                f"one of {listed(names)} was expected",
                nearest(text, names),
            )
        return text

    return check


def _node(value: object) -> Node:
    if isinstance(value, Text) and value.is_null:
        raise _MistakeError("null stands here", "a condition or a tree was expected")
    if isinstance(value, Text | Items | Entries):
        return value
    raise _MistakeError("this cannot be read", "a condition or a tree was expected")


def _or_null(value: object, inner: Callable[[object], object]) -> object:
    return None if isinstance(value, Text) and value.is_null else inner(value)


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
IsoDate = Annotated[Text, PlainValidator(_iso_date)]
Number = Annotated[Decimal, PlainValidator(_decimal)]
Count = Annotated[int, PlainValidator(_count)]
Row = Annotated[Text, PlainValidator(_row)]
LevelName = Annotated[Text, PlainValidator(_one_of(tuple(Level)))]
FormatOne = Annotated[Text, PlainValidator(_one_of(("1",)))]
TypeName = Annotated[Text, PlainValidator(_one_of(("choice", "multi", "number")))]
StatusName = Annotated[
    Text,
    PlainValidator(_one_of(("described", "possible", "not_described", "described or possible"))),
]
Written = Annotated[Node, PlainValidator(_node)]
MaybeLine = Annotated[Line | None, WrapValidator(_or_null)]
MaybeWords = Annotated[Words | None, WrapValidator(_or_null)]
MaybeDate = Annotated[IsoDate | None, WrapValidator(_or_null)]
Claims = list[Line]
Statuses = dict[Line, StatusName]

_CLOSED: Final = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


# --- files -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RawStep:
    """A step of the walk in pathway.yaml."""

    __pydantic_config__ = _CLOSED
    label: Line
    factors: list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawChange:
    """An entry of the change log."""

    __pydantic_config__ = _CLOSED
    version: Line
    date: IsoDate
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPathway:
    """pathway.yaml."""

    __pydantic_config__ = _CLOSED
    format: FormatOne
    pathway: Id
    title: Line
    version: Line
    intended_use: Words
    report_errors: Words
    steps: dict[Id, RawStep]
    groups: dict[Id, Line]
    options: dict[Id, Line]
    assumptions: dict[AssumptionId, Words] = field(default_factory=dict)
    assumes: list[Line] = field(default_factory=list)
    limits: list[Words] = field(default_factory=list)
    old_after_years: Count
    not_surfaced: dict[Line, Words] = field(default_factory=dict)
    reviewed: MaybeLine
    changes: list[RawChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawValue:
    """A value or member of a factor."""

    __pydantic_config__ = _CLOSED
    label: Line
    help: Words
    claims: Claims = field(default_factory=list)
    phrase: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawValueGroup:
    """A group of values of a choice."""

    __pydantic_config__ = _CLOSED
    label: Line
    values: list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPhrases:
    """How a vignette tells that nothing applies, or that nothing is known."""

    __pydantic_config__ = _CLOSED
    none: Line | None = None
    unknown: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFactor:
    """A factor of factors.yaml."""

    __pydantic_config__ = _CLOSED
    type: TypeName
    label: Line
    question: Line
    help: Words
    claims: Claims
    values: dict[Id, RawValue] | None = None
    members: dict[Id, RawValue] | None = None
    groups: dict[Id, RawValueGroup] | None = None
    none_label: Line | None = None
    at_least: Annotated[Text, PlainValidator(_one_of(("1",)))] | None = None
    unit: Line | None = None
    min: Number | None = None
    max: Number | None = None
    applies_when: Written | None = None
    record_only: Words | None = None
    assumes: list[Line] = field(default_factory=list)
    phrases: RawPhrases | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawShared:
    """A tree of shared.yaml."""

    __pydantic_config__ = _CLOSED
    label: Line
    claims: Claims
    tree: Written | None = None
    when: Written | None = None
    assumes: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAlert:
    """An alert of alerts.yaml."""

    __pydantic_config__ = _CLOSED
    level: LevelName
    title: Line
    says: Words | None = None
    claims: Claims
    when: Written
    unless: Written | None = None
    about: Statuses = field(default_factory=dict)
    check: Statuses | None = None
    assumes: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTerm:
    """An entry of glossary.yaml."""

    __pydantic_config__ = _CLOSED
    term: Line
    claims: Claims
    assumes: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSource:
    """A document of sources.yaml."""

    __pydantic_config__ = _CLOSED
    title: Line
    short: Line
    file: Line
    sha256: Digest
    publisher: MaybeLine
    publisher_inferred: MaybeLine = None
    date: MaybeDate
    date_meaning: MaybeLine = None
    review_due: MaybeDate = None
    audience: Line
    type: Line
    country: Line
    sponsor: MaybeLine = None
    badge: MaybeLine = None
    card: Claims = field(default_factory=list)
    leaves_out: Claims = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawClaim:
    """A claim of claims/SOURCE.yaml."""

    __pydantic_config__ = _CLOSED
    says: Words
    section: Line
    lines: Line
    anchor: Line
    kind: Line
    strength: Line
    action: Line | None = None
    stated_for: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawClaims:
    """claims/SOURCE.yaml."""

    __pydantic_config__ = _CLOSED
    source: Line
    claims: dict[ClaimId, RawClaim]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAim:
    """An aim of a statement or of an option."""

    __pydantic_config__ = _CLOSED
    label: Line
    claims: Claims
    when: Written | None = None
    assumes: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawStatement:
    """A statement of an option."""

    __pydantic_config__ = _CLOSED
    claims: Claims
    when: Written | None = None
    tree: Written | None = None
    assumes: list[Line] = field(default_factory=list)
    aims: dict[Id, RawAim] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawNote:
    """A sentence of the authors on a card."""

    __pydantic_config__ = _CLOSED
    says: Words
    row: Row | None = None
    claims: Claims = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawUsualSetting:
    """A usual setting: a shared tree by name, or a label, claims and a condition."""

    __pydantic_config__ = _CLOSED
    use: Line | None = None
    label: Line | None = None
    claims: Claims | None = None
    when: Written | None = None
    assumes: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawOption:
    """options/OPTION.yaml."""

    __pydantic_config__ = _CLOSED
    option: Id
    label: Line
    card: dict[Row, Claims] = field(default_factory=dict)
    notes: list[RawNote] = field(default_factory=list)
    statements: dict[Id, RawStatement]
    usual_setting: RawUsualSetting | None = None
    aims: dict[Id, RawAim] = field(default_factory=dict)
    cautions: dict[Line, dict[Line, Claims]] = field(default_factory=dict)
    assumes: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawHazard:
    """An entry of hazards.yaml."""

    __pydantic_config__ = _CLOSED
    hazard: Words
    cause: Words
    control: Words
    tests: list[Line] | None = None
    planned: Words | None = None


# --- validation ------------------------------------------------------------------------------


def validate(node: Node, shape: type[Raw]) -> Raw | tuple[Problem, ...]:
    """A node as a record of this shape, or everything in which it differs from it."""
    try:
        return TypeAdapter(shape).validate_python(node)
    except ValidationError as error:
        problems = [_problem(node, shape, details) for details in error.errors()]
    meant = {problem.near for problem in problems if problem.near}
    return tuple(
        problem
        for problem in problems
        if not (problem.what.startswith(_MISSING) and problem.what.split('"')[1] in meant)
    )


def _problem(root: Node, shape: object, details: ErrorDetails) -> Problem:
    loc = details["loc"]
    kind = details["type"]
    name = str(loc[-1]) if loc else ""
    if kind == "missing":
        place = _key_position(root, loc[:-1])
        return Problem(place, f'{_MISSING} "{name}"', _needs(shape, loc[:-1]))
    if kind in {"unexpected_keyword_argument", "extra_forbidden"}:
        known = _keys(shape, loc[:-1])
        return Problem(
            _key_position(root, loc),
            f"{quoted(name)} is no key that can stand here",
            f"the keys are {listed(known, most=20)}",
            nearest(name, known),
        )
    place = _key_position(root, loc[:-1]) if name == "[key]" else _node_at(root, loc).position
    mistake = details.get("ctx", {}).get("error")
    if isinstance(mistake, _MistakeError):
        return Problem(place, mistake.what, mistake.expected, mistake.near)
    expected = {"list_type": "a list such as [a, b]"}.get(kind, 'a mapping ("key: value")')
    return Problem(place, f"{_kind(_node_at(root, loc))} stands here", f"{expected} was expected")


def _kind(node: Node) -> str:
    if isinstance(node, Text):
        return "null" if node.is_null else f"the text {quoted(node)}"
    return "a list" if isinstance(node, Items) else "a mapping"


def _node_at(root: Node, loc: tuple[int | str, ...]) -> Node:
    node = root
    for step in loc:
        if isinstance(node, Entries) and isinstance(step, str):
            node = node[node.key(step)]
        elif isinstance(node, Items) and isinstance(step, int):
            node = node[step]
    return node


def _key_position(root: Node, loc: tuple[int | str, ...]) -> Position:
    """Where the key of this location stands; the entry of a list has none and stands itself."""
    if not loc:
        return Position(root.position.file, 1, 1)
    parent = _node_at(root, loc[:-1])
    if isinstance(parent, Entries):
        return parent.key(str(loc[-1])).position
    return _node_at(root, loc).position


def _at(shape: object, loc: tuple[int | str, ...]) -> object:
    """The type at a location inside a type."""
    for step in loc:
        shape = _bare(shape)
        if is_dataclass(shape) and isinstance(shape, type):
            shape = get_type_hints(shape)[str(step)]
        else:
            shape = get_args(shape)[-1]
    return _bare(shape)


def _bare(shape: object) -> object:
    if get_origin(shape) in {dict, list}:
        return shape
    inner = [part for part in get_args(shape) if part is not type(None)]
    return inner[0] if inner else shape


def _keys(shape: object, loc: tuple[int | str, ...]) -> list[str]:
    record = _at(shape, loc)
    if is_dataclass(record):
        return [part.name for part in fields(record)]
    return []


def _needs(shape: object, loc: tuple[int | str, ...]) -> str:
    return f"the keys here are {listed(_keys(shape, loc), most=20)}"
