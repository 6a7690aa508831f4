"""What a check found: as text, as JSON data, and as notes beside the lines of a change."""

from collections.abc import Iterable, Iterator
from typing import Final

from wizard.pathway.position import Position
from wizard.pathway.problems import printable
from wizard.record import Record
from wizard.wording.text import counted
from wizard.workbench.findings import Examined, Finding, Severity
from wizard.workbench.word_places import word_at


class Told(Record):
    """A finding with its place from the working folder.

    `end_column` is the column behind the word that is meant, None where it is not known.
    """

    finding: Finding
    place: Position
    also: tuple[Position, ...]
    end_column: int | None

    @property
    def text(self) -> str:
        """What was found, with the case that shows it."""
        example = f"; for example: {self.finding.example}" if self.finding.example else ""
        return f"{self.finding.what}{example}"


def told(examined: Examined) -> Iterator[Told]:
    """The findings of a folder, each with its place from the working folder."""
    texts: dict[str, str] = {}
    for finding in examined.findings:
        place = finding.position.from_here(examined.within)
        if place.file not in texts:
            texts[place.file] = _text_of(place.file)
        word = word_at(texts[place.file], place)
        known = texts[place.file] and word.length and word.line == place.line
        yield Told(
            finding,
            place,
            tuple(each.from_here(examined.within) for each in finding.also),
            word.column + word.length if known else None,
        )


def _text_of(file: str) -> str:
    try:
        with open(file, encoding="utf-8") as opened:  # noqa: PTH123 - a name, not a path
            return opened.read()
    except (OSError, ValueError):
        return ""


# --- text ------------------------------------------------------------------------------------


def summary(examined: Examined, *, deep: bool) -> str:
    """What was checked, and how many findings there are; "" where there is no pathway."""
    pathway = examined.pathway
    if pathway is None:
        return ""
    numbers = {
        "factor": len(pathway.factors),
        "option": len(pathway.options),
        "statement": sum(len(option.statements) for option in pathway.options.values()),
        "alert": len(pathway.alerts),
        "claim": len(pathway.claims),
        "case": examined.cases,
    }
    checked = (f"{number} {one if number == 1 else f'{one}s'}" for one, number in numbers.items())
    wrong = any(one.severity is not Severity.NOTE for one in examined.findings)
    verdict = severity_counts(examined.findings) if wrong or deep else "nothing wrong"
    return f"{pathway.id} {pathway.version}: {', '.join(checked)}: {verdict}"


def severity_counts(found: Iterable[Finding]) -> str:
    """`no errors, one warning, three notes`."""
    every = list(found)
    return ", ".join(
        counted(sum(one.severity is severity for one in every), severity.value)
        for severity in Severity
    )


def findings_text(examined: Examined, said: str) -> str:
    """Findings as lines `FILE:LINE:COLUMN: severity: what [CODE]`, and the summary."""
    if examined.pathway is None:
        return f"{examined.wrong}\n"
    lines = (
        f"{one.place}: {one.finding.severity}: {one.text} [{one.finding.code}]"
        for one in told(examined)
    )
    return "".join(f"{printable(line)}\n" for line in (*lines, said))


# --- JSON ------------------------------------------------------------------------------------


def findings_data(examined: Examined, said: str) -> dict[str, object]:
    """Findings of a folder as JSON data.

    `file` is named as in the folder, `path` from the working folder.
    """
    return {
        "folder": str(examined.folder),
        "summary": said,
        "findings": [_data(one) for one in told(examined)],
    }


def _data(one: Told) -> dict[str, object]:
    finding = one.finding
    return {
        "code": finding.code,
        "severity": finding.severity,
        **finding.position._asdict(),
        "end_column": one.end_column,
        "path": one.place.file,
        "what": finding.what,
        "example": finding.example or None,
        "also": [
            {**where._asdict(), "path": place.file}
            for where, place in zip(finding.also, one.also, strict=True)
        ],
    }


# --- GitHub ----------------------------------------------------------------------------------

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}
_IN_DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES: Final = {**_IN_DATA, ":": "%3A", ",": "%2C"}
"""What a workflow command has to escape, as GitHub's own toolkit does (actions/core)."""


def github_lines(examined: Examined, said: str) -> str:
    """Findings as workflow commands, which GitHub shows beside the lines of a change."""
    lines = []
    for one in told(examined):
        properties: dict[str, object] = {"file": one.place.file, "line": one.place.line}
        if one.end_column is not None:
            properties["endLine"] = one.place.line
        properties["col"] = one.place.column
        if one.end_column is not None:
            properties["endColumn"] = one.end_column
        properties["title"] = one.finding.code
        named = ",".join(
            f"{name}={_escaped(str(value), _IN_PROPERTIES)}" for name, value in properties.items()
        )
        places = "".join(f"\nalso {place}" for place in one.also)
        message = _escaped(f"{one.text}{places}", _IN_DATA)
        lines.append(f"::{_COMMANDS[one.finding.severity]} {named}::{message}")
    last = said or f"{examined.folder}: {severity_counts(examined.findings)}"
    return "".join(f"{line}\n" for line in (*lines, printable(last)))


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(char, char) for char in text)
