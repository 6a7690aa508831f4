"""The records of a pathway to plain JSON data and back.

A list begins with what it was made of: the name of a class, or nothing for a tuple.  So the data
says itself what it is, and a record in it need not be looked into before a field of it is read.
Nothing is held against annotations: only data that was encoded here may be decoded.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from types import MappingProxyType, NoneType
from typing import Any, Final

from wizard.pathway.model import AlertLevel, Status
from wizard.pathway.position import Position
from wizard.record import Record, RecordType, fields_of, made_later, setters_of

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_TUPLE: Final = ""
_WRITTEN: Final = (AlertLevel, Status, Decimal)
"""What is written as a text: words of closed lists, numbers."""
_PLAIN: Final = frozenset({NoneType, bool, int, str})
_HOLDERS: Final = frozenset({list, dict})


def encode(value: Any) -> Json:
    """A record of a pathway, or anything that stands in one, as JSON data.  Raises TypeError."""
    kind: Any = type(value)
    if kind in _PLAIN:
        plain: Json = value
        return plain
    if isinstance(value, _WRITTEN):
        return [kind.__name__, str(value)]
    if isinstance(value, tuple):
        place = kind is Position
        return [Position.__name__, *value] if place else [_TUPLE, *map(encode, value)]
    if isinstance(value, Record):
        return [kind.__name__, *[encode(getattr(value, name)) for name in fields_of(kind)]]
    if isinstance(value, Mapping):
        return {key: encode(one) for key, one in value.items()}
    raise TypeError(type(value))


def decode(data: Any) -> Any:
    """What was encoded; a record in it is decoded when one of its fields is first read."""
    kind = type(data)
    if kind is list:
        return _MAKERS[data[0]](data)
    if kind is dict:
        return MappingProxyType({key: decode(one) for key, one in data.items()})
    return data


def _tuple(data: list[Any]) -> tuple[Any, ...]:
    parts = data[1:]
    return tuple(parts) if _HOLDERS.isdisjoint(map(type, parts)) else tuple(map(decode, parts))


def _fill(record: Record, data: list[Any]) -> None:
    for put, value in zip(setters_of(type(record)), data[1:], strict=True):
        put(record, decode(value) if type(value) in _HOLDERS else value)


def _position(data: list[Any]) -> Position:
    return tuple.__new__(Position, data[1:])


def _written(kind: Callable[[str], Any], data: list[Any]) -> Any:
    return kind(data[1])


def _records(kind: Any) -> Iterator[RecordType]:
    """The records of pathways that extend this one."""
    for each in kind.__subclasses__():
        if each.__module__.rpartition(".")[0] == __package__:
            yield each
        yield from _records(each)


_MAKERS: Final[Mapping[str, Callable[[list[Any]], Any]]] = {
    _TUPLE: _tuple,
    **{kind.__name__: made_later(kind, _fill) for kind in _records(Record)},
    **{kind.__name__: partial(_written, kind) for kind in _WRITTEN},
    Position.__name__: _position,
}
