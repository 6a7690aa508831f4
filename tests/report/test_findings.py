"""What a check found as text, JSON, notes on GitHub and SARIF, and the places that it names."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest

from tests.pathway.overlays import copied, edited
from wizard.pathway.position import Position
from wizard.report.findings import findings_data, findings_text, github_lines, summary
from wizard.report.sarif import sarif_data
from wizard.workbench.examining import examine
from wizard.workbench.findings import Examined, Finding

TODAY: Final = date(2026, 11, 21)
MESSAGE: Final = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "minLength": 1}, "markdown": {"type": "string"}},
    "additionalProperties": False,
}
LOCATION: Final = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {
                        "uri": {"type": "string", "pattern": r"^[!-~]+$"},
                        "uriBaseId": {"const": "WORKING_FOLDER"},
                    },
                    "additionalProperties": False,
                },
                "region": {
                    "type": "object",
                    "required": ["startLine", "startColumn"],
                    "properties": {
                        name: {"type": "integer", "minimum": 1}
                        for name in ("startLine", "startColumn", "endColumn")
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        }
    },
    "additionalProperties": False,
}
LEVELS: Final = {"enum": ["error", "warning", "note"]}
SARIF: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "version", "rules"],
                                "properties": {
                                    "name": {"const": "mdt-wizard"},
                                    "version": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "shortDescription", "help"],
                                            "properties": {
                                                "id": {"pattern": "^[EWN]-[A-Z]{3}-[0-9]{2}$"},
                                                "shortDescription": MESSAGE,
                                                "fullDescription": MESSAGE,
                                                "help": MESSAGE,
                                                "defaultConfiguration": {
                                                    "properties": {"level": LEVELS},
                                                    "additionalProperties": False,
                                                },
                                            },
                                            "additionalProperties": False,
                                        },
                                    },
                                },
                                "additionalProperties": False,
                            }
                        },
                        "additionalProperties": False,
                    },
                    "invocations": {
                        "type": "array",
                        "items": {"required": ["executionSuccessful"]},
                    },
                    "originalUriBaseIds": {
                        "required": ["WORKING_FOLDER"],
                        "properties": {
                            "WORKING_FOLDER": {
                                "properties": {"uri": {"pattern": "^file:///.*/$"}},
                                "additionalProperties": False,
                            }
                        },
                        "additionalProperties": False,
                    },
                    "columnKind": {"const": "unicodeCodePoints"},
                    "properties": {"type": "object"},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": LEVELS,
                                "message": MESSAGE,
                                "locations": {"type": "array", "minItems": 1, "items": LOCATION},
                                "relatedLocations": {"type": "array", "items": LOCATION},
                            },
                            "additionalProperties": False,
                        },
                    },
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
"""The part of the SARIF 2.1.0 schema of OASIS that is written, closed where the schema is."""


def looked(folder: Path, *, deep: bool = False) -> Examined:
    return examine(folder, None, TODAY, (lambda _: None) if deep else None)


def with_a_changed_id(folder: Path) -> Path:
    """A factor that is called otherwise where it is defined, and a space that is missing."""
    edited(folder, "factors.yaml", "growth:\n", "growing:\n")
    return edited(folder, "alerts.yaml", "level: emergency", "level: urgent")


# --- places ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "shown"),
    [
        (".", "park/options/a.yaml"),
        ("park", "options/a.yaml"),
        ("park/options", "a.yaml"),
        ("park/cases", "../options/a.yaml"),
        ("beside", "../park/options/a.yaml"),
    ],
)
def test_a_place_is_named_from_where_a_person_stands(
    here: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("park/options", "park/cases", "beside"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / here)
    place = Position("options/a.yaml", 3, 7).from_here(tmp_path / "park")
    assert str(place) == f"{shown}:3:7"


def test_a_place_far_away_is_named_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "a" / "b" / "c" / "d"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    assert Position("alerts.yaml", 1, 1).from_here(Path("/")).file == "/alerts.yaml"


def test_a_file_of_a_base_and_one_that_is_named_from_here_stay() -> None:
    of_base = Position("neuroendocrine/options/surgery.yaml", 1, 1)
    assert of_base.from_here(Path("/anywhere")) == of_base
    assert Position("case.yaml", 1, 1).from_here(None) == Position("case.yaml", 1, 1)


def test_each_place_can_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examined = looked(with_a_changed_id(copied(tmp_path)))
    monkeypatch.chdir(tmp_path)
    data = findings_data(examined, "")
    assert isinstance(data["findings"], list)
    for one in data["findings"]:
        for place in (one, *one["also"]):
            lines = Path(place["path"]).read_text("utf-8").split("\n")
            assert place["path"] == f"park/{place['file']}"
            assert place["column"] <= len(lines[place["line"] - 1]) + 1


# --- formats ---------------------------------------------------------------------------------


def test_text_ends_with_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = findings_text(looked(with_a_changed_id(copied(tmp_path))), "").splitlines()
    assert [line.rpartition(" ")[2] for line in lines] == ["[E-VAL-04]", "[E-REF-10]"]
    assert lines[0].startswith("park/alerts.yaml:2:10: ")
    assert "; and 2 more places: park/" in lines[1]
    deep = looked(copied(tmp_path / "second"), deep=True)
    told = findings_text(deep, summary(deep, deep=True)).splitlines()
    assert told[0].endswith("Oak and Beech [N-DEP-10]")
    assert told[-1].endswith(": one error, no warnings, one note")


def test_json_has_each_finding_with_the_places_of_its_cause(tmp_path: Path) -> None:
    folder = with_a_changed_id(copied(tmp_path))
    data = findings_data(looked(folder), "")
    assert json.loads(json.dumps(data)) == data
    assert data["folder"] == str(folder)
    assert isinstance(data["findings"], list)
    first, second = data["findings"]
    assert first["severity"] == "error"
    assert (first["code"], first["file"], first["line"]) == ("E-VAL-04", "alerts.yaml", 2)
    assert (first["column"], first["end_column"]) == (10, 16)
    assert first["also"] == []
    assert {place["file"] for place in second["also"]} == {"pathway.yaml", "options/watch.yaml"}


def test_github_shows_findings_beside_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = github_lines(looked(with_a_changed_id(copied(tmp_path))), "").splitlines()
    assert lines[0].startswith(
        "::error file=park/alerts.yaml,line=2,endLine=2,col=10,endColumn=16,title=E-VAL-04::"
        '"urgent" is not known here; '
    )
    assert "%0Aalso park/" in lines[1]
    assert lines[2].endswith(": two errors, no warnings, no notes")


def test_what_would_end_a_workflow_command_is_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    finding = Finding("W-DEP-03", Position("a:b,c%.yaml", 1, 1), "40 %: a,b\r\nnext")
    examined = Examined(tmp_path, tmp_path, None, 0, (finding,))
    assert github_lines(examined, "done") == (
        "::warning file=a%3Ab%2Cc%25.yaml,line=1,col=1,title=W-DEP-03::40 %25: a,b%0D%0Anext\n"
        "done\n"
    )


def test_sarif_has_the_form_of_the_standard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    odd = copied(tmp_path).rename(tmp_path / "the park")
    found = [looked(with_a_changed_id(odd)), looked(copied(tmp_path / "second"), deep=True)]
    data: Any = sarif_data([(one, summary(one, deep=True)) for one in found])
    jsonschema.validate(data, SARIF)
    run = data["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert [one["ruleId"] for one in run["results"]] == [
        *("E-VAL-04", "E-REF-10", "N-DEP-10", "E-DEP-02"),
    ]
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"] == {
        "uri": "the%20park/alerts.yaml",
        "uriBaseId": "WORKING_FOLDER",
    }
    assert first["region"] == {"startLine": 2, "startColumn": 10, "endColumn": 16}
    assert len(run["results"][1]["relatedLocations"]) == 2


def test_nothing_found_is_told_in_each_format(tmp_path: Path) -> None:
    examined = looked(copied(tmp_path))
    said = summary(examined, deep=False)
    assert said.endswith(": nothing wrong")
    assert findings_text(examined, said) == f"{said}\n"
    assert github_lines(examined, said) == f"{said}\n"
    assert findings_data(examined, said)["findings"] == []
    data: Any = sarif_data([(examined, said)])
    jsonschema.validate(data, SARIF)
    assert data["runs"][0]["results"] == []
    assert data["runs"][0]["tool"]["driver"]["rules"] == []
    assert data["runs"][0]["properties"] == {"summaries": [said]}
