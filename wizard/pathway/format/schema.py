"""The shape of each pathway file: raw records, validated by pydantic, nothing looked up yet.

Scalars stay `Text`, which knows its place; conditions and trees stay nodes.  Unknown keys, wrong
types and malformed ids are found here and told with line and column.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Annotated, Final, TypeVar, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError, WrapValidator
from pydantic_core import ErrorDetails

from wizard.pathway.format.fields import (
    Anchor,
    AnyClaims,
    AssumptionId,
    Checks,
    ClaimId,
    Claims,
    Count,
    Day,
    Digest,
    Id,
    IsoDate,
    KindName,
    LevelName,
    Line,
    Lines,
    MaybeDate,
    MaybeLine,
    MistakeError,
    Number,
    One,
    OnlyTrue,
    OtherWords,
    Row,
    Statuses,
    Strength,
    TypeName,
    Words,
    Written,
    review_or_null,
)
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.position import Position
from wizard.pathway.problems import MOST_TOLD, Problem, listed, nearest, quoted

_MISSING: Final = "there is no key"
_ONE_MORE: Final = "one mistake more than can be told of this file"

Raw = TypeVar("Raw")

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
class RawReview:
    """A clinician's review of the content."""

    __pydantic_config__ = _CLOSED
    by: Line
    role: Line
    date: Day
    version: Line
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPathway:
    """pathway.yaml."""

    __pydantic_config__ = _CLOSED
    format: One
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
    actions: list[Id] = field(default_factory=list)
    stated_for: list[Id] = field(default_factory=list)
    old_after_years: Count
    not_surfaced: dict[Line, Words] = field(default_factory=dict)
    reviewed: Annotated[RawReview | None, WrapValidator(review_or_null)]
    changes: list[RawChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawValue:
    """A value or member of a factor."""

    __pydantic_config__ = _CLOSED
    label: Line
    help: Words
    claims: AnyClaims = field(default_factory=list)
    phrase: Line | None = None
    also: OtherWords = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawValueGroup:
    """A group of values of a choice."""

    __pydantic_config__ = _CLOSED
    label: Line
    help: Words | None = None
    phrase: Line | None = None
    also: OtherWords = field(default_factory=list)
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
    at_least: One | None = None
    unit: Line | None = None
    min: Number | None = None
    max: Number | None = None
    applies_when: Written | None = None
    record_only: Words | None = None
    fixed: OnlyTrue | None = None
    assumes: list[Line] = field(default_factory=list)
    phrases: RawPhrases | None = None
    also: OtherWords = field(default_factory=list)


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
    check: Checks | None = None
    assumes: list[Line] = field(default_factory=list)
    also: OtherWords = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTerm:
    """An entry of glossary.yaml."""

    __pydantic_config__ = _CLOSED
    term: Line
    claims: Claims
    assumes: list[Line] = field(default_factory=list)
    also: OtherWords = field(default_factory=list)


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
    card: AnyClaims = field(default_factory=list)
    leaves_out: AnyClaims = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawClaim:
    """A claim of claims/SOURCE.yaml."""

    __pydantic_config__ = _CLOSED
    says: Words
    section: Line
    lines: Lines
    anchor: Anchor
    kind: KindName
    strength: Strength
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
    scope: Written | None = None
    assumes: list[Line] = field(default_factory=list)
    aims: dict[Id, RawAim] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawNote:
    """A sentence of the authors on a card."""

    __pydantic_config__ = _CLOSED
    says: Words
    row: Row | None = None
    claims: AnyClaims = field(default_factory=list)


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
    also: OtherWords = field(default_factory=list)
    for_anyone: Claims = field(default_factory=list)


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
        every = sorted(error.errors(), key=lambda details: _order(_where(node, details)))
        problems = [_problem(node, shape, details) for details in every[:MOST_TOLD]]
        # Only counted: what would fit in their place is not looked up.
        problems += [Problem(_where(node, each), _ONE_MORE) for each in every[MOST_TOLD:]]
    meant = {problem.near for problem in problems if problem.near}
    return tuple(
        problem
        for problem in problems
        if not (problem.what.startswith(_MISSING) and problem.what.split('"')[1] in meant)
    )


_UNKNOWN_KEY: Final = frozenset({"unexpected_keyword_argument", "extra_forbidden"})


def _where(root: Node, details: ErrorDetails) -> Position:
    """Where a mistake stands: the key that is unknown, the record that lacks one, or the value."""
    loc, kind = details["loc"], details["type"]
    if kind == "missing":
        return _key_position(root, loc[:-1])
    if kind in _UNKNOWN_KEY:
        return _key_position(root, loc)
    return _key_position(root, loc[:-1]) if loc[-1:] == ("[key]",) else _node_at(root, loc).position


def _order(position: Position) -> tuple[int, int]:
    return position.line, position.column


def _problem(root: Node, shape: object, details: ErrorDetails) -> Problem:
    loc = details["loc"]
    kind = details["type"]
    name = str(loc[-1]) if loc else ""
    place = _where(root, details)
    if kind == "missing":
        return Problem(place, f'{_MISSING} "{name}"', _needs(shape, loc[:-1]))
    if kind in _UNKNOWN_KEY:
        known = _keys(shape, loc[:-1])
        return Problem(
            place,
            f"{quoted(name)} is not a key that can stand here",
            f"the keys are {listed(known, near=name)}",
            nearest(name, known),
        )
    mistake = details.get("ctx", {}).get("error")
    if isinstance(mistake, MistakeError):
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
    return f"the keys here are {listed(_keys(shape, loc))}"
