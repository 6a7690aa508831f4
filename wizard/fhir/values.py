"""What a single answer of a response says in the words of a case file."""

from decimal import Decimal
from typing import Any, Final

from wizard.fhir.items import Answered
from wizard.fhir.json_text import Path
from wizard.record import Record

_COMPARED: Final = {"<": "below", "<=": "up to", ">=": "from", ">": "above"}
_MOST_PLACES: Final = 40
_KINDS: Final = ("valueInteger", "valueDecimal", "valueQuantity")


Raw = str | list[str] | dict[str, str]


class ResponseAnswer(Record):
    """The answer to a factor as a case file has it, where it stands, and the unit of a number."""

    raw: Raw
    path: Path
    unit: str | None = None


class NotReadError(ValueError):
    """What is wrong with an answer, of a kind that is not read."""


def number_word(answered: Answered) -> str:
    """A number as a case file has it: `5`, or `below 5` where it is compared.

    Raises NotReadError for what is not a number.
    """
    if answered.kind not in _KINDS:
        raise NotReadError(f"{answered.words} is not a number")
    if answered.kind != "valueQuantity":
        return _plain(answered.value)
    value, compared = answered.value.get("value"), answered.value.get("comparator")
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise NotReadError("its quantity has no number")
    if compared is None:
        return _plain(value)
    if not isinstance(compared, str) or compared not in _COMPARED:
        raise NotReadError("its quantity is compared by what is not <, <=, >= or >")
    return f"{_COMPARED[compared]} {_plain(value)}"


def units_of(answered: Answered) -> tuple[str, ...]:
    """The names that a quantity has for its unit, none where it has none; each only once."""
    value = answered.value
    names = (_word(value.get("code")), _word(value.get("unit")))
    return tuple(dict.fromkeys(each for each in names if each))


def _word(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _plain(value: int | Decimal) -> str:
    """A number without an exponent, where it is of a size that a person writes."""
    if isinstance(value, Decimal) and abs(value.adjusted()) > _MOST_PLACES:
        return str(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
