"""What a check found, in the Static Analysis Results Interchange Format (SARIF) 2.1.0 of OASIS."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import quote

from wizard import __version__
from wizard.pathway.position import Position
from wizard.report.findings import Told, told
from wizard.report.kinds import Kind, kinds
from wizard.workbench.findings import Examined, severity_of

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_HERE: Final = "WORKING_FOLDER"
"""What paths are relative to: the folder in which the check ran."""


def sarif_data(found: Iterable[tuple[Examined, str]]) -> dict[str, object]:
    """The findings in folders, each with its summary, as one run."""
    every = list(found)
    results = [one for examined, _ in every for one in told(examined)]
    named = list(dict.fromkeys(one.finding.code for one in results))
    rules = [_rule(kinds()[code]) for code in named]
    driver = {"name": "mdt-wizard", "version": __version__, "rules": rules}
    here = {"uri": f"{Path.cwd().as_uri()}/"}
    run: dict[str, object] = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True, "workingDirectory": here}],
        "originalUriBaseIds": {_HERE: here},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, named.index(one.finding.code)) for one in results],
        "properties": {"summaries": [said for _, said in every if said]},
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(kind: Kind) -> dict[str, object]:
    example = f"Wrong{kind.where}:\n\n{{}}\n\nRight:\n\n{{}}"
    fenced = [f"```yaml\n{text}\n```" for text in (kind.wrong, kind.right)]
    return {
        "id": kind.code,
        "shortDescription": {"text": kind.title},
        "fullDescription": {"text": kind.why},
        "help": {
            "text": f"{kind.why}\n\n{example.format(kind.wrong, kind.right)}",
            "markdown": f"{kind.why}\n\n{example.format(*fenced)}",
        },
        "defaultConfiguration": {"level": severity_of(kind.code)},
    }


def _result(one: Told, rule: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": one.finding.code,
        "ruleIndex": rule,
        "level": one.finding.severity,
        "message": {"text": one.text},
        "locations": [_location(one.place, one.end_column)],
    }
    if one.also:
        result["relatedLocations"] = [_location(place) for place in one.also]
    return result


def _location(place: Position, end_column: int | None = None) -> dict[str, object]:
    region = {"startLine": place.line, "startColumn": place.column}
    if end_column is not None:
        region["endColumn"] = end_column
    return {"physicalLocation": {"artifactLocation": _artifact(place.file), "region": region}}


def _artifact(file: str) -> dict[str, object]:
    """A file by its address: relative where it lies in the working folder or beside it."""
    path = Path(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": _HERE}
