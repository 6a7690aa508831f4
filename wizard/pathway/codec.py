"""Frozen records to plain JSON data and back, each value checked against its annotation.

A record becomes a list of its class name and its fields, so that a union needs nothing more; a
named tuple becomes a list of its fields.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    ForwardRef,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from wizard.record import Record, RecordType, fields_of, setters_of

Shape = TypeVar("Shape")
Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
_Decode = Callable[[Json], Any]


_PLAIN: Final = frozenset({str, int, bool, NoneType})


class ShapeError(ValueError):
    """The data is not what the record's annotations say."""


def encode(value: object) -> Json:
    """A record, or anything that stands in one, as JSON data.  Raises TypeError."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [encode(one) for one in value]
    if isinstance(value, Mapping):
        return {key: encode(one) for key, one in value.items()}
    if isinstance(value, Record):
        parts = [encode(getattr(value, name)) for name in fields_of(type(value))]
        return [type(value).__name__, *parts]
    raise TypeError(type(value))


def decode(data: Json, shape: type[Shape]) -> Shape:
    """The record that was encoded.  Raises ShapeError where the data fits it nowhere."""
    kind: Any = shape
    record: Shape = _decoder(kind)(data)
    return record


@cache
def _hints(record: type) -> dict[str, Any]:
    """The annotations of a record.

    Those that name what comes later are worked out by typing, which takes as long as to decode.
    """
    found: dict[str, Any] = {}
    for base in reversed(record.__mro__):
        found |= getattr(base, "__annotations__", {})
    return get_type_hints(record) if any(map(_has_name, found.values())) else found


def _has_name(shape: Any) -> bool:
    """Whether a type has a part that is only named."""
    return isinstance(shape, str | ForwardRef) or any(map(_has_name, get_args(shape)))


def _bare(shape: Any) -> Any:
    """A type without what annotates it."""
    while get_origin(shape) is Annotated:
        shape = shape.__origin__
    return shape


@cache
def _decoder(shape: Any) -> _Decode:
    origin = get_origin(shape)
    if origin in {Union, UnionType}:
        return _union(tuple(map(_bare, get_args(shape))))
    if origin is tuple:
        return _items(get_args(shape)[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(get_args(shape)[1])
    if not isinstance(shape, type):
        raise TypeError(shape)
    if issubclass(shape, tuple):
        return _named_tuple(shape)
    return _record(shape) if isinstance(shape, RecordType) else _scalar(shape)


def _named_tuple(kind: Any) -> _Decode:
    kinds = list(kind.__annotations__.values())
    new: Callable[[Any, Any], Any] = tuple.__new__

    def read(data: Json) -> Any:
        if type(data) is not list or [type(each) for each in data] != kinds:
            raise ShapeError(kind.__name__)
        return new(kind, data)

    return read


def _scalar(kind: type) -> _Decode:
    if issubclass(kind, StrEnum):
        return _member(kind)
    if kind is Decimal:
        return _decimal
    if kind in _PLAIN:
        return _exactly(kind)
    raise TypeError(kind)


def _exactly(kind: type) -> _Decode:
    def read(data: Json) -> Any:
        if type(data) is not kind:
            raise ShapeError(kind.__name__)
        return data

    return read


def _decimal(data: Json) -> Decimal:
    if type(data) is str:
        with suppress(InvalidOperation):
            number = Decimal(data)
            if number.is_finite():
                return number
    raise ShapeError("Decimal")


def _member(kind: type[StrEnum]) -> _Decode:
    members = {str(member): member for member in kind}

    def read(data: Json) -> Any:
        if type(data) is not str or data not in members:
            raise ShapeError(kind.__name__)
        return members[data]

    return read


def _items(kind: Any) -> _Decode:
    kind = _bare(kind)
    one, plain = _later(kind), _plain(kind)

    def read(data: Json) -> Any:
        if type(data) is not list:
            raise ShapeError("tuple")
        if plain and plain.issuperset(map(type, data)):
            return tuple(data)
        return tuple([one(item) for item in data])

    return read


def _mapping(kind: Any) -> _Decode:
    one = _later(_bare(kind))

    def read(data: Json) -> Any:
        if type(data) is not dict:
            raise ShapeError("mapping")
        return MappingProxyType({key: one(item) for key, item in data.items()})

    return read


def _record(kind: RecordType) -> _Decode:
    """A record's decoder; most fields are plain, and are checked here without a call for each."""
    hints = _hints(kind)
    name = kind.__name__
    new: Callable[[Any], Any] = object.__new__
    setters = setters_of(kind)
    length = len(setters) + 1
    plain: list[tuple[int, frozenset[type]]] = []
    others: list[tuple[int, _Decode]] = []
    for place, field in enumerate(fields_of(kind), 1):
        shape = _bare(hints[field])
        if kinds := _plain(shape):
            plain.append((place, kinds))
        else:
            others.append((place - 1, _later(shape)))

    def read(data: Json) -> Any:
        if type(data) is not list or len(data) != length or data[0] != name:
            raise ShapeError(name)
        for place, kinds in plain:
            if type(data[place]) not in kinds:
                raise ShapeError(name)
        parts: list[Any] = data[1:]
        for place, decoder in others:
            parts[place] = decoder(parts[place])
        record = new(kind)
        for fill, value in zip(setters, parts):  # noqa: B905 - there are as many
            fill(record, value)
        return record

    return read


def _plain(shape: Any) -> frozenset[type]:
    """The exact types of a field that JSON holds as it is; empty for any other field."""
    union = get_origin(shape) in {Union, UnionType}
    kinds = tuple(map(_bare, get_args(shape))) if union else (shape,)
    return frozenset(kinds) if _PLAIN.issuperset(kinds) else frozenset()


def _union(kinds: tuple[Any, ...]) -> _Decode:
    """A union of records, told apart by name, or of None and one other kind."""
    records = {kind.__name__: _later(kind) for kind in kinds if isinstance(kind, RecordType)}
    others = [
        _later(kind) for kind in kinds if not isinstance(kind, RecordType) and kind is not NoneType
    ]
    if len(others) > 1 or (others and records):
        raise TypeError(kinds)

    def read(data: Json) -> Any:
        if data is None and NoneType in kinds:
            return None
        if others:
            return others[0](data)
        name = data[0] if type(data) is list and data else None
        if type(name) is not str or name not in records:
            raise ShapeError("union")
        return records[name](data)

    return read


def _later(kind: Any) -> _Decode:
    """The decoder of a kind; of a record it is made when first used, since trees hold trees."""
    if not isinstance(kind, RecordType) and get_origin(kind) not in {Union, UnionType}:
        return _decoder(kind)
    found: list[_Decode] = []

    def read(data: Json) -> Any:
        if not found:
            found.append(_decoder(kind))
        return found[0](data)

    return read
