"""What each pathway file holds, validated by pydantic's core, nothing looked up yet.

Most files hold records of the model.  Here are those that differ as they are written: their rules
are not read, or they name what another file has.  Texts know their places.  Unknown keys, wrong
types and malformed ids are found here and told with line and column.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from pydantic_core import ErrorDetails, ValidationError

from wizard.pathway.codes import Code
from wizard.pathway.factors import SharedByFactors, Value, ValueGroup
from wizard.pathway.fields import (
    FROM_READER,
    MAP_OR_LIST,
    AssumptionId,
    ClaimId,
    Claims,
    Count,
    Form,
    Format,
    Given,
    Id,
    Ids,
    Line,
    Listed,
    NotWrittenError,
    One,
    OnlyTrue,
    OtherWords,
    Prefix,
    ShortLabel,
    Table,
    TrueOrFalse,
    When,
    Words,
    WrittenNumber,
    mapping_expected,
    or_null,
    stands,
    with_place,
    word_of,
)
from wizard.pathway.format.slips import missing_space_after
from wizard.pathway.format.validating import validator
from wizard.pathway.model import Aim, Exclusion, Note, Row, SharedTree, Statement, Step
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.position import Position
from wizard.pathway.problems import (
    MOST_TOLD,
    FileErrors,
    MistakeError,
    Problem,
    listed,
    nearest,
    quoted,
)
from wizard.pathway.sources import Claim, Extends, Release, Review
from wizard.pathway.trees import Outcome, Rule
from wizard.record import NOTHING, Record, RecordType, fields_of

_MISSING: Final = "is missing"
"""Ends what is said of a key that is not there; its name stands before it in quotes."""
_ONE_MORE: Final = "one mistake more than can be told of this file"


def _review_or_null(value: object, inner: Callable[[object], object]) -> object:
    """The check of a review, or of null, which says that there is none; nothing else says so."""
    if isinstance(value, Text) and not value.is_null:
        raise MistakeError(
            f"{quoted(value)} is not a review",
            "null, or a map with by, role, date, version and digest, was expected",
        )
    if isinstance(value, Entries):
        # A review stands where its digest does, the part that a lapsed one has to change.
        digest = value[value.key("digest")] if "digest" in value else None
        place = digest if isinstance(digest, Text) else value
        return inner(with_place(value, place, ["position"]))
    return or_null(value, inner)


# --- records as written ----------------------------------------------------------------------

_NOWHERE: Final = Position("", 1, 1)
_UNREAD: Final = Rule(Outcome(described=False, position=_NOWHERE), _NOWHERE)


class AllowedWording(Record, kw_only=True):
    """Words that the check of wording lets pass, such as a name; `where` is the only file."""

    words: Line
    why: Words
    where: Line | None = None


class RawPathway(Record, kw_only=True):
    """pathway.yaml."""

    format: Format
    pathway: Id
    title: Line
    version: Line
    intended_use: Words
    report_errors: Words
    steps: Listed[Step]
    groups: Table[Id, Line]
    options: Table[Id, Line]
    extends: Given[Extends | None] = None
    assumptions: Table[AssumptionId, Words] = NOTHING
    assumes: Ids = ()
    limits: tuple[Words, ...] = ()
    actions: Table[Id, Line] = NOTHING
    stated_for: tuple[Id, ...] = ()
    old_after_years: Count
    not_surfaced: Table[Line, Words] = NOTHING
    wording_allowed: tuple[AllowedWording, ...] = ()
    reviewed: Annotated[Review | None, Form(_review_or_null, "wrap")]
    changes: tuple[Release, ...] = ()


def _entries(value: object) -> Entries:
    """The check of a mapping that is read later."""
    if not isinstance(value, Entries):
        raise mapping_expected(value)
    return value


class RawValue(Value, kw_only=True):
    """A value or a member; of a derived factor it says under what it holds, and may lack help."""

    help: Words = ""
    when: When | None = None
    points: Line | None = None
    otherwise: OnlyTrue = False


class RawOverlay(Record, kw_only=True):
    """pathway.yaml of a folder that adds to another pathway.

    `steps` are the factors that come at the end of a step, `also` other words by OPTION, FACTOR or
    FACTOR.VALUE.
    """

    format: Format
    pathway: Id
    title: Line
    version: Line
    extends: Extends
    prefix: Prefix
    report_errors: Words | None = None
    steps: Table[Id, Ids] = NOTHING
    groups: Table[Id, Line] = NOTHING
    options: Table[Id, Line] = NOTHING
    also: Table[Line, OtherWords] = NOTHING
    assumptions: Table[AssumptionId, Words] = NOTHING
    assumes: Ids = ()
    limits: tuple[Words, ...] = ()
    actions: Table[Id, Line] = NOTHING
    stated_for: tuple[Id, ...] = ()
    not_surfaced: Table[Line, Words] = NOTHING
    wording_allowed: tuple[AllowedWording, ...] = ()
    reviewed: Annotated[Review | None, Form(_review_or_null, "wrap")]
    changes: tuple[Release, ...] = ()


class RawFactor(SharedByFactors, kw_only=True):
    """A factor: what its type needs is there, and nothing of another type, by `check_factors`."""

    type: Annotated[str, word_of(("choice", "multi", "number", "integer", "derived"))]
    question: Line = ""
    help: Words = ""
    values: Table[Id, RawValue] | None = None
    members: Table[Id, RawValue] | None = None
    may_be_answered: TrueOrFalse | None = None
    points: Annotated[Mapping[Text, Node], Form(_entries)] | None = None
    groups: Table[Id, ValueGroup] | None = None
    none_label: Line | None = None
    at_least: One | None = None
    unit: Line | None = None
    min: WrittenNumber | None = None
    max: WrittenNumber | None = None


class RawShared(SharedTree, kw_only=True):
    """A shared tree: its rule is what stands under either `when` or `tree`."""

    rule: Given[Rule] = _UNREAD
    when: When | None = None
    tree: When | None = None


class RawAim(Aim, kw_only=True):
    """An aim: its `when` becomes a rule that does not hold where `unless` does."""

    unless: When | None = None


class RawStatement(Statement, kw_only=True):
    """A statement: its rule is what stands under either `when` or `tree`.

    Its claims may be missing where each of its ways has claims.
    """

    claims: Claims = ()
    rule: Given[Rule] = _UNREAD
    when: When | None = None
    tree: When | None = None
    unless: When | None = None
    aims: Listed[RawAim] = ()


class RawUsualSetting(Record, kw_only=True):
    """A usual setting: a shared tree by name, or a label, claims and a condition."""

    use: Line | None = None
    label: Line | None = None
    claims: Claims | None = None
    when: When | None = None
    unless: When | None = None
    assumes: Ids = ()


class RawCaution(Record, kw_only=True):
    """A caution on a condition: what a document says to do where it holds."""

    when: When
    action: Line
    claims: Claims


class RawOption(Record, kw_only=True):
    """options/OPTION.yaml; its cautions become alerts."""

    option: Id
    label: Line
    card: Table[Row, Claims] = NOTHING
    notes: tuple[Note, ...] = ()
    statements: Table[Id, RawStatement]
    excludes: Table[Id, Exclusion] = NOTHING
    usual_setting: RawUsualSetting | None = None
    aims: Listed[RawAim] = ()
    cautions: Annotated[Table[Line, Table[Line, Claims]] | tuple[RawCaution, ...], MAP_OR_LIST] = (
        NOTHING
    )
    assumes: Ids = ()
    also: OtherWords = ()
    short: ShortLabel | None = None
    was: Ids = ()
    for_anyone: Claims = ()
    more_cautions: Given[tuple[RawCaution, ...]] = ()


class RawAddition(Record, kw_only=True):
    """options/OPTION.yaml of an overlay: what it adds to an option of its base."""

    option: Id
    also: OtherWords = ()
    statements: Table[Id, RawStatement] = NOTHING
    excludes: Table[Id, Exclusion] = NOTHING
    cautions: tuple[RawCaution, ...] = ()


class RawClaims(Record, kw_only=True):
    """claims/SOURCE.yaml."""

    source: Line
    claims: Table[ClaimId, Claim]


# --- validation ------------------------------------------------------------------------------


def validate(node: Node, shape: Any) -> Any:
    """A node as a record of this shape, or as problems everything in which it differs from it.

    Raises FileErrors.
    """
    try:
        return validator(shape).validate_python(node)
    except ValidationError as error:
        every = sorted(error.errors(), key=partial(_where, node))
        problems = [_problem_of(node, shape, details) for details in every[:MOST_TOLD]]
        # Only counted: what would fit in their place is not looked up.
        problems += [
            Problem(Code.WRONG_FORM, _where(node, each), _ONE_MORE) for each in every[MOST_TOLD:]
        ]
    meant = {problem.near for problem in problems if problem.near}
    raise FileErrors(
        problem
        for problem in problems
        if not (problem.what.endswith(_MISSING) and problem.what.split('"')[1] in meant)
    )


def _loc(details: ErrorDetails) -> tuple[int | str, ...]:
    """The way to a mistake, without the form that was picked by what is written."""
    return tuple(step for step in details["loc"] if step not in MAP_OR_LIST.TAGS)


_UNKNOWN_KEY: Final = frozenset({"unexpected_keyword_argument", "extra_forbidden"})


def _is_unknown_key(details: ErrorDetails) -> bool:
    mistake = details.get("ctx", {}).get("error")
    return details["type"] in _UNKNOWN_KEY or isinstance(mistake, NotWrittenError)


def _where(root: Node, details: ErrorDetails) -> Position:
    """Where a mistake stands: the key that is unknown, the record that lacks one, or the value."""
    loc, kind = _loc(details), details["type"]
    if kind == "missing":
        return _key_position(root, loc[:-1])
    if _is_unknown_key(details):
        return _key_position(root, loc)
    return _key_position(root, loc[:-1]) if loc[-1:] == ("[key]",) else _node_at(root, loc).position


def _problem_of(root: Node, shape: object, details: ErrorDetails) -> Problem:
    loc = _loc(details)
    kind = details["type"]
    name = str(loc[-1]) if loc else ""
    place = _where(root, details)
    known = _keys(shape, loc[:-1])
    if kind == "missing":
        others = listed(key for key in known if key != name)
        return Problem(
            Code.MISSING_KEY,
            place,
            f'the key "{name}" {_MISSING}',
            f"the other keys here are {others}",
        )
    if _is_unknown_key(details):
        near = nearest(name, known)
        below = None if near else _keys_above(shape, loc[:-1], name)
        return Problem(
            Code.UNKNOWN_KEY,
            place,
            f"{quoted(name)} is not a key that can stand here",
            f"it belongs to an entry of {below}; check the indentation"
            if below
            else f"the keys are {listed(known, near=name)}",
            near,
        )
    mistake = details.get("ctx", {}).get("error")
    if isinstance(mistake, MistakeError):
        return Problem(mistake.code, place, mistake.what, mistake.expected, mistake.near)
    node = _node_at(root, loc)
    if kind == "tuple_type" and isinstance(node, Text) and (slip := missing_space_after(node)):
        return slip
    if kind == "tuple_type":
        return Problem(
            Code.WRONG_STRUCTURE,
            place,
            f"{stands(node)} stands here",
            "a list such as [a, b] was expected",
        )
    mistake = mapping_expected(node)
    return Problem(mistake.code, place, mistake.what, mistake.expected)


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


def _keys(shape: object, loc: tuple[int | str, ...]) -> list[str]:
    """The keys that a file may write in the record at a location inside a shape."""
    record = _at(shape, loc)
    if not isinstance(record, RecordType):
        return []
    hints = get_type_hints(record, include_extras=True)
    given = {name for name, hint in hints.items() if FROM_READER in get_args(hint)}
    return [name for name in fields_of(record) if name not in given]


def _keys_above(shape: object, loc: tuple[int | str, ...], name: str) -> str:
    """The keys of the record at a location whose own records have a key of this name."""
    record = _at(shape, loc)
    if not isinstance(record, RecordType):
        return ""
    hints = get_type_hints(record, include_extras=True)
    return listed(
        key
        for key in _keys(shape, loc)
        if any(name in _keys(part, ()) for part in _records_in(hints[key]))
    )


def _records_in(shape: object) -> Iterator[RecordType]:
    """The records of which an entry of this type is one."""
    if isinstance(shape, RecordType) and Rule not in shape.__mro__:
        yield shape
    for part in get_args(shape):
        yield from _records_in(part)


def _at(shape: object, loc: tuple[int | str, ...]) -> object:
    """The type at a location inside a type."""
    for step in loc:
        record = _bare(shape, listed=isinstance(step, int))
        shape = (
            get_type_hints(record)[str(step)]
            if isinstance(record, RecordType)
            else _parts(record)[-1]
        )
    return _bare(shape)


def _bare(shape: object, *, listed: bool = False) -> object:
    """A type without what annotates it, and without None; of a map or a list, one of the two."""
    if get_origin(shape) is Annotated:
        return _bare(get_args(shape)[0], listed=listed)
    if get_origin(shape) in {Union, UnionType}:
        return _bare(_parts(shape)[-1 if listed else 0])
    return shape


def _parts(shape: object) -> list[object]:
    return [part for part in get_args(shape) if part not in (NoneType, Ellipsis)]
