"""Validators of shapes, which are told to pydantic's core as it is: in plain dictionaries.

pydantic would tell it the same of the same annotations; but to import pydantic, and to have it do
so, takes longer than to read all files of a pathway.
"""

from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic_core import SchemaValidator

from wizard.pathway.fields import CoreSchema
from wizard.record import RecordType, defaults_of, fields_of


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
    hints, defaults = get_type_hints(kind, include_extras=True), defaults_of(kind)
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
