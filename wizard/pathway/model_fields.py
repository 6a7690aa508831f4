"""What may stand in the fields of the model: the types that one record alone has, and all by field.

The modules of the model name these types and those of `fields`, and import neither: a pathway from
the cache needs none of them.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, get_type_hints

from wizard.pathway import fields
from wizard.pathway.codes import Code
from wizard.pathway.factors import NOT_DONE
from wizard.pathway.fields import Form, mapping_expected, one_of, word_of
from wizard.pathway.model import CARD_ROWS, STATUSES, AlertLevel, Check, Status
from wizard.pathway.nodes import Entries, Node, Text
from wizard.pathway.problems import MistakeError


class UnreadCheck(Check, kw_only=True):
    """A check as the file has it: statuses by option, and conditions that are not read yet."""

    written: Mapping[Text, Node]


def _unread_check(value: object) -> UnreadCheck:
    if not isinstance(value, Entries):
        raise mapping_expected(value)
    if not value:
        raise MistakeError(
            "the check asks nothing", "leave the key out where there is no check", code=Code.EMPTY
        )
    return UnreadCheck(options={}, certain=None, possible=None, written=value)


PhraseOf = Annotated[str, word_of(("none", "unknown", NOT_DONE))]
Row = Annotated[str, word_of(CARD_ROWS)]
LevelName = Annotated[
    AlertLevel,
    Form(lambda value: AlertLevel(one_of(tuple(AlertLevel))(value)), words=tuple(AlertLevel)),
]
StatusNames = Annotated[
    tuple[Status, ...],
    Form(lambda value: STATUSES[one_of(tuple(STATUSES))(value)], words=tuple(STATUSES)),
]
MaybeCheck = Annotated[Check | None, Form(_unread_check)]

_TYPES: Final = {**vars(fields), **globals()}


def hints_of(kind: Any) -> dict[str, Any]:
    """The type of each field of a record, with its form."""
    return get_type_hints(kind, localns=_TYPES, include_extras=True)
