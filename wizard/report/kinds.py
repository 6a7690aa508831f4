"""What each kind of finding means, with an example of wrong and right: the texts of kinds.toml."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent, indent, wrap
from typing import Final

from wizard.exits import WrongUsageError
from wizard.pathway.problems import nearest, printable, quoted
from wizard.record import Record
from wizard.workbench.findings import severity_of

_FILE: Final = Path(__file__).with_name("kinds.toml")
_WIDTH: Final = 88


class Kind(Record):
    """A kind of finding.

    `wrong` and `right` are lines of `file`, or tell the example in words where that is "".
    """

    code: str
    title: str
    why: str
    wrong: str
    right: str
    file: str = ""

    @property
    def where(self) -> str:
        """Where the lines of the example stand."""
        return f", in {self.file}" if self.file else ""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its code, in the order in which they are explained."""
    from tomllib import loads

    written = loads(_FILE.read_text(encoding="utf-8"))
    return {
        code: Kind(
            code=code,
            title=one["title"],
            why=one["why"],
            wrong=dedent(one["wrong"]),
            right=dedent(one["right"]),
            file=one.get("file", ""),
        )
        for code, one in written.items()
    }


def kind_named(code: str) -> Kind:
    """The kind of a code, whatever its capitals.  Raises WrongUsageError where there is none."""
    found = kinds().get(code.strip("[] ").upper())
    if found is None:
        near = _same_number(code.upper()) or nearest(code, kinds())
        meant = "" if near is None else f"; did you mean {near}?"
        raise WrongUsageError(f"there is no kind of finding {quoted(code)}{meant}")
    return found


def _same_number(code: str) -> str | None:
    """The code of the same area and number, whatever its severity and its zeros."""
    match = re.search(r"([A-Z]{3})\W*([0-9]{1,2})\W*$", code)
    ending = match and f"-{match[1]}-{int(match[2]):02}"
    return next((known for known in kinds() if ending and known.endswith(ending)), None)


def explanation(kind: Kind) -> str:
    """What a kind means, as text."""
    title = f"{kind.code} ({severity_of(kind.code)}): {kind.title}"
    return "\n".join(
        [
            *wrap(title, _WIDTH),
            "",
            *wrap(kind.why, _WIDTH),
            "",
            f"wrong{kind.where}:",
            *_lines(kind.wrong),
            "right:",
            *_lines(kind.right),
            "",
        ]
    )


def _lines(text: str) -> list[str]:
    return [indent(printable(line), "  ") for line in text.split("\n")]
