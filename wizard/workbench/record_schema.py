"""JSON Schemas (draft-07) of the records that files hold, made from the records' own fields.

An editor's server reads YAML 1.2, where `1`, `true` and `2.5` are not text; the reader takes every
scalar as text.  So each of them may stand wherever text may.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
)

from wizard.pathway.fields import FROM_READER, Form, Id
from wizard.pathway.model_fields import hints_of
from wizard.pathway.trees import Rule
from wizard.record import RecordType, fields_of, required_fields_of
from wizard.workbench.key_words import KEYS

Schema: TypeAlias = dict[str, Any]

TEXT: Final[Schema] = {"type": ["string", "number", "boolean"]}
NOTHING_FITS: Final[Schema] = {"not": {}}
"""The schema of a word where there is none: an empty list of words would be no schema at all."""


def ref(name: str) -> Schema:
    """The schema that stands under this name among the definitions."""
    return {"$ref": f"#/definitions/{name}"}


def told(schema: Schema, says: str) -> Schema:
    """The schema with what an editor shows beside it."""
    taken = "$ref" in schema or "description" in schema
    return {"description": says, "allOf": [schema]} if taken else {"description": says, **schema}


def words(known: Mapping[str, str] | Sequence[str]) -> Schema:
    """One of these words, each with what it means where that is given."""
    says = known if isinstance(known, Mapping) else dict.fromkeys(known, "")
    found = [
        told({"const": value}, meaning) if meaning else {"const": value}
        for word, meaning in says.items()
        for value in _as_read(word)
    ]
    return {"anyOf": found} if found else NOTHING_FITS


def _as_read(word: str) -> list[object]:
    """A word as text, and as what YAML 1.2 takes it for, which comes first."""
    try:
        value = json.loads(word)
    except ValueError:
        return [word]
    return [value, word]


def shaped(pattern: str) -> Schema:
    """Text of this shape."""
    return {**TEXT, "pattern": whole(pattern)}


def whole(pattern: str) -> str:
    """A regular expression that fits a whole text alone."""
    return f"^(?:{pattern})$"


def list_of(schema: Schema, least: int = 0) -> Schema:
    """A list of these, and at least so many."""
    return {"type": "array", "items": schema} | ({"minItems": least} if least else {})


def closed(properties: Mapping[str, Schema], required: Collection[str] = (), **more: Any) -> Schema:
    """A mapping of these keys and no others."""
    needed = {"required": list(required)} if required else {}
    body = {"properties": dict(properties), "additionalProperties": False}
    return {"type": "object", **body, **needed, **more}


def one_kind(*kinds: Schema) -> Schema:
    """One of a mapping, a list and a scalar; of a mistake the first that fits best is told."""
    return {"anyOf": list(kinds)}


class RecordSchemas:
    """The schemas of records, with the words that a pathway has for what they name.

    `names` are the words under a key, `fields` the whole schema of a field; each by `KEY`, or by
    `RECORD.KEY`, which comes first.  `keys` are those that a mapping under such a key may have.
    """

    def __init__(
        self,
        names: Mapping[str, Schema],
        keys: Mapping[str, Mapping[str, str]],
        fields: Mapping[str, Schema],
    ) -> None:
        self._names = names
        self._keys = keys
        self._fields = fields

    def of_record(self, record: RecordType) -> Schema:
        """The schema of a record: the keys that a file may write, and those that it must."""
        hints = hints_of(record)
        written = [name for name in fields_of(record) if FROM_READER not in get_args(hints[name])]
        properties = {}
        for name in written:
            schema = _by_field(self._fields, record, name)
            if schema is None:
                schema = self.of_type(hints[name], record, name)
            properties[name] = told(schema, KEYS[name])
        needed = [name for name in required_fields_of(record) if name in written]
        return closed(properties, needed)

    def of_type(self, hint: Any, record: RecordType | None = None, key: str = "") -> Schema:
        """The schema of a type, as the field of a record has it under a key."""
        if isinstance(hint, RecordType):
            return self.of_record(hint)
        origin, parts = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._annotated(parts[0], parts[-1], record, key)
        if origin in {Union, UnionType}:
            one = next(part for part in parts if part is not NoneType)
            return self.of_type(one, record, key)
        if origin is tuple:
            return list_of(self.of_type(parts[0], record, key))
        return self._mapping(parts[0], parts[1], record, key)

    def _annotated(self, inner: Any, mark: object, record: RecordType | None, key: str) -> Schema:
        if not isinstance(mark, Form):
            listed = get_origin(inner) is tuple  # records that a file has as a mapping by id
            return (
                self._mapping(Id, get_args(inner)[0], record, key)
                if listed
                else self.of_type(inner, record, key)
            )
        if mark.stands == "wrap":
            return {"anyOf": [self.of_type(inner, record, key), {"type": "null"}]}
        if mark.stands == "after":
            return {**self.of_type(inner, record, key), "minItems": 1}
        if inner is Rule:
            return ref("tree" if key == "tree" else "condition")
        return _by_field(self._names, record, key) or _of_form(mark)

    def _mapping(
        self, key_type: Any, value_type: Any, record: RecordType | None, key: str
    ) -> Schema:
        value = self.of_type(value_type, record, key)
        form = get_args(key_type)[-1]
        known = _by_field(self._keys, record, key)
        if known is None and form.words:
            known = dict.fromkeys(form.words, "")
        if known is not None:
            return closed({word: told(value, says) for word, says in known.items()})
        if form.pattern is None:
            return {"type": "object", "additionalProperties": value}
        return closed({}, patternProperties={whole(form.pattern): value})


Found = TypeVar("Found")


def _by_field(table: Mapping[str, Found], record: RecordType | None, key: str) -> Found | None:
    own = None if record is None else table.get(f"{record.__name__}.{key}")
    return table.get(key) if own is None else own


def _of_form(form: Form) -> Schema:
    """What a form says itself of what may be written."""
    if form.words and form.pattern:
        return {"anyOf": [words(form.words), shaped(form.pattern)]}
    if form.words:
        return words(form.words)
    return TEXT if form.pattern is None else shaped(form.pattern)
