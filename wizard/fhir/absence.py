"""Why a response has no answer: what the standard's codes for that come to here.

That something was not performed is an answer where a pathway has one for it.  A code that says
that there is a value, but not which, or that the value is wrong, is an error: whoever reads it as
no answer would lose one.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from wizard.fhir.links import ABSENT_SYSTEM

NULL_FLAVOR: Final = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
"""The older code system for the same, of HL7 version 3."""


class Absence(Enum):
    """What a reason for a missing value comes to."""

    NOT_KNOWN = "not known"
    UNANSWERED = "not answered"
    NOT_DONE = "not done"


_REASONS: Final[Mapping[str, Absence]] = {
    **dict.fromkeys(
        ("unknown", "asked-unknown", "temp-unknown", "asked-declined", "masked", "not-permitted"),
        Absence.NOT_KNOWN,
    ),
    **dict.fromkeys(("not-asked", "not-applicable", "unsupported"), Absence.UNANSWERED),
    "not-performed": Absence.NOT_DONE,
}
_FLAVORS: Final[Mapping[str, Absence]] = {
    **dict.fromkeys(("UNK", "ASKU", "NAV", "NAVU", "NI", "MSK"), Absence.NOT_KNOWN),
    **dict.fromkeys(("NASK", "NA"), Absence.UNANSWERED),
}
_CODES: Final = {ABSENT_SYSTEM: _REASONS, NULL_FLAVOR: _FLAVORS}


def absence(system: str, code: str) -> Absence | None:
    """What a code for a missing value comes to; None for one that says something else."""
    return _CODES.get(system, {}).get(code)


def tells_absence(system: object) -> bool:
    """Whether the codes of a system say why there is no value."""
    return isinstance(system, str) and system in _CODES
