"""Nodes as the records of a file, by pydantic's core, and every mistake with its line and column.

The core is told shapes in plain dictionaries.  pydantic would tell it the same of the same
annotations; but to import pydantic, and to have it do so, takes longer than to read all files of a
pathway.
"""

from collections.abc import Iterator
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic_core import ErrorDetails, SchemaValidator, ValidationError

from wizard.pathway.codes import Code
from wizard.pathway.fields import (
    FROM_READER,
    MAP_OR_LIST,
    CoreSchema,
    NotWrittenError,
    mapping_expected,
    stands,
)
from wizard.pathway.format.slips import missing_space_after
from wizard.pathway.model_fields import hints_of
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
from wizard.pathway.trees import Rule
from wizard.record import RecordType, defaults_of, fields_of

_MISSING: Final = "is missing"
"""Ends what is said of a key that is not there; its name stands before it in quotes."""
_ONE_MORE: Final = "one mistake more than can be told of this file"
_UNKNOWN_KEY: Final = frozenset({"unexpected_keyword_argument", "extra_forbidden"})


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


# --- shapes ----------------------------------------------------------------------------------


@cache
def validator(shape: Any) -> SchemaValidator:
    """The validator of a shape."""
    told: Any = core_schema(shape)
    return SchemaValidator(told)


def core_schema(shape: Any) -> CoreSchema:
    """What the core is told of a shape: of a record, or of a type that a field of one may have."""
    parts = get_args(shape)
    match get_origin(shape):
        case form if form is Annotated:
            kind, told = parts
            schema: CoreSchema = told.core_schema(kind, core_schema)
            return schema
        case union if union in {Union, UnionType}:
            (kind,) = (part for part in parts if part is not NoneType)
            return {"type": "nullable", "schema": core_schema(kind)}
        case several if several is tuple:
            items = [core_schema(parts[0])]
            return {"type": "tuple", "items_schema": items, "variadic_item_index": 0}
        case table if table is dict:
            keys, values = map(core_schema, parts)
            return {"type": "dict", "keys_schema": keys, "values_schema": values}
    return _of_record(shape)


def _of_record(kind: RecordType) -> CoreSchema:
    """A record whose fields are all told by name, and no other key."""
    hints, defaults = hints_of(kind), defaults_of(kind)
    fields = []
    for name in fields_of(kind):
        schema = core_schema(hints[name])
        if name in defaults:
            # From a function, since a mapping would be copied as it is.
            default = partial(defaults.get, name)
            schema = {"type": "default", "schema": schema, "default_factory": default}
        fields.append({"type": "dataclass-field", "name": name, "schema": schema})
    return {
        "type": "dataclass",
        "cls": kind,
        "fields": list(fields_of(kind)),
        "slots": True,
        "schema": {"type": "dataclass-args", "dataclass_name": kind.__name__, "fields": fields},
        "config": {"extra_fields_behavior": "forbid"},
    }


# --- mistakes --------------------------------------------------------------------------------


def _loc(details: ErrorDetails) -> tuple[int | str, ...]:
    """The way to a mistake, without the form that was picked by what is written."""
    return tuple(step for step in details["loc"] if step not in MAP_OR_LIST.TAGS)


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
    hints = hints_of(record)
    given = {name for name, hint in hints.items() if FROM_READER in get_args(hint)}
    return [name for name in fields_of(record) if name not in given]


def _keys_above(shape: object, loc: tuple[int | str, ...], name: str) -> str:
    """The keys of the record at a location whose own records have a key of this name."""
    record = _at(shape, loc)
    if not isinstance(record, RecordType):
        return ""
    hints = hints_of(record)
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
            hints_of(record)[str(step)] if isinstance(record, RecordType) else _parts(record)[-1]
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
