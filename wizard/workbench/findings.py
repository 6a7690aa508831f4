"""What a check finds, and how much it matters."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.record import Record


class Severity(StrEnum):
    """How much it matters.

    An error keeps a pathway from being used, or is clinical content that nobody can ever see; a
    warning is probably a mistake; a note is a fact, which may be as the documents have it.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


_SEVERITIES: Final = {each.value[0].upper(): each for each in Severity}


def severity_of(code: str) -> Severity:
    """How much findings of a kind matter: the first letter of its code."""
    return _SEVERITIES[code[0]]


class Finding(Record):
    """Something that a check found: of which kind, where, and what.

    `example` is a case that shows it ("" without one), `also` where else the same cause shows.
    """

    code: str
    position: Position
    what: str
    example: str = ""
    also: tuple[Position, ...] = ()

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return severity_of(self.code)


class Examined(Record):
    """What was found in a folder.

    Its files are named as in `within`; None: from the working folder.  Where it is not a pathway
    (`pathway` is None), `findings` has one of each cause, and `wrong` is what a person is told.
    """

    folder: Path
    within: Path | None
    pathway: Pathway | None
    cases: int
    findings: tuple[Finding, ...]
    wrong: str = ""
