"""Records: frozen data whose classes cost a start next to nothing.

A record behaves as a frozen, slotted dataclass does, and type checkers take it for one.  But
`dataclass` writes and compiles the methods of each class anew in every process, and brings half of
the standard library with it; here all records share their methods.  The functions of `dataclasses`
take a record for a dataclass: the table of fields that they look for is made when it is asked for.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import repeat, takewhile
from operator import attrgetter, call
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NoReturn, dataclass_transform

if sys.version_info >= (3, 14):
    from annotationlib import Format, call_annotate_function, get_annotate_from_class_namespace

__all__ = [
    "NOTHING",
    "Record",
    "RecordType",
    "as_data",
    "defaults_of",
    "fields_of",
    "made_later",
    "replace",
    "required_fields_of",
    "setters_of",
]

NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})
"""The default of a field that is a mapping."""


@dataclass_transform(frozen_default=True)
class RecordType(type):
    """The class of each class of records."""

    # Not annotated: a class without annotations of its own would be taken to have these.
    _fields = tuple[str, ...]()
    _defaults = NOTHING
    _names = frozenset[str]()
    _last_defaults = tuple[Any, ...]()
    _by_keyword = False
    _setters = tuple[Callable[[object, Any], None], ...]()
    _content = attrgetter("__class__")

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], *, kw_only: bool = False
    ) -> "RecordType":
        """A class with a slot for each name that is annotated; `kw_only` as dataclasses have it.

        Fields stand behind those of the record that it extends, of which it may word some anew.
        """
        before = next((base for base in bases if isinstance(base, RecordType)), None)
        inherited, defaults = (before._fields, before._defaults) if before else ((), NOTHING)
        declared = _declared(namespace)
        own = [each for each in declared if each not in inherited]
        given = {each: namespace.pop(each) for each in declared if each in namespace}
        fields = (*inherited, *own)
        namespace["__slots__"] = (*namespace.get("__slots__", ()), *own)
        namespace["__match_args__"] = () if kw_only else fields
        made = super().__new__(cls, name, bases, namespace)
        made._fields, made._defaults, made._by_keyword = fields, {**defaults, **given}, kw_only
        made._names = frozenset(fields)
        given_last = takewhile(made._defaults.__contains__, reversed(fields))
        made._last_defaults = tuple(made._defaults[each] for each in given_last)[::-1]
        made._setters = tuple([getattr(made, each).__set__ for each in fields])
        made._content = attrgetter("__class__", *fields)
        return made


def _declared(namespace: dict[str, Any]) -> Mapping[str, Any]:
    """The annotations of a class that is being made."""
    if sys.version_info >= (3, 14):
        annotate = get_annotate_from_class_namespace(namespace)
        if annotate is not None:
            return call_annotate_function(annotate, Format.FORWARDREF)
    found: Mapping[str, Any] = namespace.get("__annotations__", NOTHING)
    return found


def _completed(kind: RecordType, values: Sequence[Any], named: Mapping[str, Any]) -> Sequence[Any]:
    """The value of each field, from arguments and defaults.  Raises TypeError."""
    fields = kind._fields
    placed = dict(zip(fields, values, strict=False))
    found = {**kind._defaults, **placed, **named}
    wrong = (found.keys() ^ fields) | (placed.keys() & named)
    if wrong or len(values) > (0 if kind._by_keyword else len(fields)):
        raise TypeError(f"{kind.__name__} takes {fields}, given wrongly: {sorted(wrong)}")
    return [found[each] for each in fields]


@cache
def _fields_of_dataclass(kind: RecordType) -> Mapping[str, Any]:
    """The table of fields that a dataclass has, of a record."""
    from dataclasses import field, make_dataclass

    types: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        types |= getattr(base, "__annotations__", {})
    parts = []
    for name in kind._fields:
        part: Any = field(kw_only=kind._by_keyword)
        if name in kind._defaults:
            # From a function, since dataclasses refuse a mapping as it is.
            default = partial(kind._defaults.get, name)
            part = field(default_factory=default, kw_only=kind._by_keyword)
        parts.append((name, types[name], part))
    twin: Any = make_dataclass(kind.__name__, parts, init=False, repr=False, eq=False)
    found: Mapping[str, Any] = twin.__dataclass_fields__
    return found


class _FieldsOfDataclasses:
    """What dataclasses look for on a class, made where it is looked for."""

    def __get__(self, record: object, owner: RecordType) -> Mapping[str, Any]:
        return _fields_of_dataclass(owner)


class Record(metaclass=RecordType):
    """Frozen data: equal where class and content are."""

    if not TYPE_CHECKING:
        __dataclass_fields__ = _FieldsOfDataclasses()
        __slots__ = ("_unread",)

        def __init__(self, *values: Any, **named: Any) -> None:
            # What is common is put together here at once, all else with every check.
            setters = self._setters
            missing = len(setters) - len(values)
            if not missing and not named and not self._by_keyword:
                for fill, value in zip(setters, values):  # noqa: B905 - there are as many
                    fill(self, value)
                return
            kind = type(self)
            if not values and len(named) == missing and named.keys() <= kind._names:
                values = map(named.__getitem__, kind._fields)
            elif named or kind._by_keyword or not 0 <= missing <= len(kind._last_defaults):
                values = _completed(kind, values, named)
            elif missing:
                values += kind._last_defaults[-missing:]
            tuple(map(call, kind._setters, repeat(self), values))

    def __eq__(self, other: object) -> bool:
        kind = type(self)
        if kind is not type(other):
            return NotImplemented
        return self is other or bool(kind._content(self) == kind._content(other))

    def __hash__(self) -> int:
        return hash(type(self)._content(self))

    def __repr__(self) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in type(self)._fields)
        return f"{type(self).__qualname__}({', '.join(parts)})"

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{name} cannot be set: a {type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{name} cannot be deleted: a {type(self).__name__} is frozen")


def fields_of(kind: RecordType) -> tuple[str, ...]:
    """The names of a record's fields, those of the record that it extends first."""
    return kind._fields


def required_fields_of(kind: RecordType) -> tuple[str, ...]:
    """The names of the fields that have no default."""
    return tuple(name for name in kind._fields if name not in kind._defaults)


def defaults_of(kind: RecordType) -> Mapping[str, Any]:
    """What each field is that has a default, where it is not given."""
    return kind._defaults


def setters_of(kind: RecordType) -> tuple[Callable[[object, Any], None], ...]:
    """What fills each field of a record that is being made."""
    return kind._setters


def made_later(kind: Any, fill: Callable[[Record, Any], None]) -> Callable[[object], Record]:
    """What makes records of a class of which `fill`, given one and its data, sets the fields.

    It does so when a field of the record is first read.  Two threads may fill one at once: with
    equal values, and whatever is read is there.
    """

    def first_read(record: Any, name: str) -> Any:
        # Python asks here for what is not there: a field, before it is filled.
        if name not in kind._names:
            raise AttributeError(f"a {kind.__name__} has no {name}")
        fill(record, record._unread)
        return getattr(record, name)

    new: Callable[[Any], Record] = object.__new__
    put_off: Callable[[object, Any], None] = kind._unread.__set__

    ready = False

    def made(data: object) -> Record:
        nonlocal ready
        if not ready:
            # Not before one is made: Python reads fields of a class that has this more slowly.
            kind.__getattr__ = first_read
            ready = True
        record = new(kind)
        put_off(record, data)
        return record

    return made


def as_data(record: Record) -> dict[str, Any]:
    """The fields of a record by name, the records in them as such dictionaries too."""
    return {name: _plain(getattr(record, name)) for name in type(record)._fields}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return as_data(value)
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value


if TYPE_CHECKING:
    # Type checkers know that what it changes are fields of the record.
    from dataclasses import replace
else:

    def replace(record, /, **changes):
        """The record with other values of some fields."""
        kind = type(record)
        return kind(**{name: getattr(record, name) for name in kind._fields} | changes)
