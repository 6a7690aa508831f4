"""The assessment as data: the contract that other programs rely on."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import wizard.report
from tests.small import SMALL, TODAY, at, shipped, small
from wizard import __version__
from wizard.case.files import read_case, read_regression_cases
from wizard.pathway.load import shipped_folder
from wizard.reasoning.situation import Situation, situation
from wizard.report.as_json import json_report
from wizard.report.moment import Moment
from wizard.report.text import text_report

WHEN = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)
SCHEMA = json.loads(
    (Path(wizard.report.__file__).parent / "assessment.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CASES = read_regression_cases(shipped_folder() / "cases", shipped().pathway)


def data_of(now: Situation) -> Any:
    return json.loads(json_report(now, WHEN))


def test_the_schema_is_a_schema() -> None:
    VALIDATOR.check_schema(SCHEMA)


@pytest.mark.parametrize("name", list(CASES))
def test_every_shipped_case_keeps_the_contract(name: str) -> None:
    now = situation(shipped(), CASES[name].answers, TODAY)
    data = data_of(now)
    VALIDATOR.validate(data)
    assert list(data["answers"]) == list(now.pathway.factors)
    assert [option["id"] for option in data["options"]] == list(now.pathway.options)
    assert [source["id"] for source in data["sources"]] == list(now.pathway.sources)
    for option in data["options"]:
        assessed = now.assessment.options[option["id"]]
        assert option["status"] == assessed.status
        assert tuple(option["depends_on"]) == assessed.verdict.depends_on
        assert tuple(option["because"]) == assessed.verdict.because
        assert {each["id"]: each["status"] for each in option["statements"]} == dict(
            assessed.statements
        )
    assert {each["id"]: each["state"] for each in data["alerts"]} == dict(now.assessment.alerts)
    assert [each["factor"] for each in data["next"]] == [
        each.factor for each in now.assessment.next
    ]


def test_the_whole_object() -> None:
    given: dict[str, object] = {
        "kind": ["oak", "pine"],
        "height": "12,5",
        "planted": "unknown",
        "damage": {"storm": "present", "fungus": "absent"},
        "fungus_parts": ["root"],
    }
    data = data_of(at(given))
    VALIDATOR.validate(data)
    assert data["schema"] == 2
    assert data["tool"] == {"name": "mdt-wizard", "version": __version__}
    assert data["pathway"] == {
        "id": "park_trees",
        "title": "Care of a tree in a park",
        "version": "2026.11",
        "digest": small().pathway.digest,
        "reviewed": None,
        "shipped": False,
        "folder": str(SMALL),
        "extends": None,
    }
    assert data["closed_lists"] == []
    assert data["derived"] == {}
    assert data["assessed_at"] == "2026-11-21T09:30:00Z"
    assert data["answers"] == {
        "kind": ["oak", "pine"],
        "height": 12.5,
        "planted": None,
        "damage": {"storm": "present", "fungus": "absent", "insects": "unknown"},
        "fungus_parts": {"root": "present", "trunk": "absent"},
        "growth": None,
        "near": None,
    }
    assert data["parked"] == ["fungus_parts"]
    assert data["options"][1] == {
        "id": "prune",
        "label": "Prune",
        "group": "cutting",
        "status": "possible",
        "aims": ["keep_tree"],
        "aims_cited": [{"id": "keep_tree", "claims": ["HBK-07"], "claims_possible": []}],
        "usual_setting": "unknown",
        "usual_setting_says": "a place with people",
        "usual_setting_cited": {"claims": ["LFT-02"], "claims_possible": []},
        "depends_on": ["kind"],
        "because": [],
        "statements": [
            {
                "id": "broken_branches",
                "source": "HBK",
                "status": "possible",
                "claims": ["HBK-07"],
                "claims_possible": [],
            },
            {
                "id": "trunk_fungus",
                "source": "HBK",
                "status": "not_described",
                "claims": ["HBK-03"],
                "claims_possible": [],
            },
        ],
        "excluded_by": [],
        "agreement": {"HBK": "depends", "LFT": "no_condition"},
        "cautions": [{"action": None, "claims": ["HBK-07"]}],
    }
    assert data["alerts"] == [
        {
            "id": "falling",
            "level": "emergency",
            "state": "check",
            "title": "A branch may fall",
            "claims": ["LFT-03", "LFT-02"],
            "claims_possible": ["LFT-02"],
        }
    ]
    assert {"factor": "near", "changes": ["aim", "usual_setting", "alert"]} in data["next"]
    assert data["sources"][1] == {
        "id": "LFT",
        "title": "Leaflet on old trees",
        "publisher": None,
        "date": None,
        "currency": "undated",
        "sha256": "1" * 64,
    }
    assert "The gardener decides." in data["notice"]


def test_a_list_of_a_case_was_taken_as_complete_and_a_map_was_not(tmp_path: Path) -> None:
    for written, closed in (
        ("[storm]", ["damage"]),
        ("[]", ["damage"]),
        ("{storm: present, fungus: absent, insects: absent}", []),
        ("none", []),
    ):
        path = tmp_path / "case.yaml"
        path.write_text(f"answers: {{kind: [oak, pine], damage: {written}}}\n", encoding="utf-8")
        case = read_case(path, small().pathway)
        now = situation(small(), case.answers, TODAY)
        data = json.loads(json_report(now, WHEN, case.closed_lists))
        VALIDATOR.validate(data)
        assert data["closed_lists"] == closed
        said = "this list was taken as complete" in text_report(now, WHEN, case)
        assert said is bool(closed)


def test_it_is_ascii_with_a_line_break_at_its_end() -> None:
    text = json_report(at(), WHEN)
    assert text.isascii()
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("notice"),
        lambda data: data.update(rank=1),
        lambda data: data["options"][0].update(status="recommended"),
        lambda data: data["options"][0].update(score=0.5),
        lambda data: data["options"][0].update(status="possible", depends_on=[]),
        lambda data: data["answers"].update(kind={"oak": "maybe"}),
        lambda data: data["sources"][0].pop("sha256"),
        lambda data: data.update(assessed_at="yesterday"),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_have(spoil: Any) -> None:
    data = data_of(at())
    spoil(data)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(data)
