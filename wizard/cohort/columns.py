"""The columns of a table of cases: one for each question, and what may stand in each.

A choice has its own column, a multi one for each member and one for "none of these", a number its
own and two for a range.  Names are at most 63 letters long, as PostgreSQL has them, and no word
that SQL has for itself.
"""

from enum import StrEnum
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
)
from wizard.pathway.model import Pathway
from wizard.record import Record

NONE: Final = "none"
LONGEST: Final = 63
_KEPT: Final = 54
_RESERVED: Final = Path(__file__).with_name("reserved_words.txt")


class Kind(StrEnum):
    """What a column says of its factor."""

    VALUE = "value"
    """A value or a group of a choice."""
    MEMBER = "member"
    """Whether one member of a multi is present."""
    NONE = "none"
    """That no member is present."""
    NOT_DONE = "not_done"
    """That a multi or a number was not looked for or measured."""
    NUMBER = "number"
    """The number itself."""
    FROM = "from"
    """The lowest that a number may be."""
    BELOW = "below"
    """What a number lies below."""
    MEMBERS = "members"
    """The members of a multi that are present; of a response alone, where answers repeat."""


class Column(Record):
    """A column of a table of cases; `member` is that of a multi."""

    name: str
    factor: str
    kind: Kind
    member: str = ""


def columns_of(pathway: Pathway) -> tuple[Column, ...]:
    """The columns that a case may have, in the order of the walk."""
    return tuple(column for factor in pathway.factors.values() for column in _columns(factor))


def identifier(*parts: str) -> str:
    """The name of a column: its parts with `__` between, cut and told apart where it is too long.

    A word of SQL has `_` behind it, and a dot in an id becomes `__`.
    """
    name = "__".join(parts).replace(".", "__")
    if len(name) > LONGEST:
        return f"{name[:_KEPT]}_{sha256(name.encode()).hexdigest()[: LONGEST - _KEPT - 1]}"
    return f"{name}_" if name in _reserved() else name


def _columns(factor: Factor) -> list[Column]:
    own = factor.id
    not_done = [Column(identifier(own, NOT_DONE), own, Kind.NOT_DONE)] * (
        factor.not_done is not None
    )
    match factor:
        case DerivedFactor(may_be_answered=False):
            return []
        case ChoiceFactor():
            return [Column(identifier(own), own, Kind.VALUE)]
        case MultiFactor():
            none = [Column(identifier(own, NONE), own, Kind.NONE)] * (not factor.at_least)
            members = [
                Column(identifier(own, member), own, Kind.MEMBER, member)
                for member in factor.members
            ]
            return [*members, *none, *not_done]
        case NumberFactor():
            return [
                Column(identifier(own), own, Kind.NUMBER),
                Column(identifier(own, "from"), own, Kind.FROM),
                Column(identifier(own, "below"), own, Kind.BELOW),
                *not_done,
            ]


@cache
def _reserved() -> frozenset[str]:
    """The words that SQL, or an engine of it, has for itself."""
    return frozenset(_RESERVED.read_text("utf-8").split())
