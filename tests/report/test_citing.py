"""Claims of single ways wherever a condition stands: cited where their way holds, and shown."""

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.small import SMALL, TODAY, at
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.format.reading import read_pathway
from wizard.report.as_json import json_report
from wizard.report.moment import Moment
from wizard.report.text import text_report

WHEN = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)
LATER = "holds only with further answers"
EDITS = {
    "alerts.yaml": (
        "when: {damage: storm, use: risky_place}",
        "when: [{damage: storm, claims: [HBK-01]}, {growth: fast, claims: [HBK-02]}]",
    ),
    "options/prune.yaml": (
        "when: {near: path}",
        "when: [{near: path, claims: [HBK-04]}, {height: below 50, claims: [HBK-05]}]",
    ),
    "options/watch.yaml": (
        "statements:",
        "excludes:\n  not_here:\n    claims: [LFT-04]\n    when:\n"
        "      - {kind: pine, claims: [LFT-01]}\n      - {damage: storm, claims: [LFT-02]}\n"
        "statements:",
    ),
    "options/spray.yaml": (
        "statements:",
        "usual_setting:\n  label: in spring\n  claims: [HBK-03]\n  when:\n"
        "    - {kind: oak, claims: [HBK-01]}\n    - {near: house, claims: [HBK-02]}\n"
        "cautions:\n  - {when: {kind: oak, claims: [HBK-05]}, action: spray, claims: [HBK-06]}\n"
        "statements:",
    ),
}


@pytest.fixture(scope="module")
def by_way(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """The small pathway with claims on ways of an alert, an aim, an exclusion and a setting."""
    folder = tmp_path_factory.mktemp("ways") / "small"
    shutil.copytree(SMALL, folder)
    for file, (was, now) in EDITS.items():
        text = (folder / file).read_text("utf-8")
        assert was in text
        (folder / file).write_text(text.replace(was, now, 1), "utf-8")
    return compile_pathway(read_pathway(folder))


def told(compiled: Compiled, given: Mapping[str, object]) -> tuple[Any, str]:
    now = at(dict(given), compiled)
    return json.loads(json_report(now, WHEN)), text_report(now, WHEN)


def one(every: list[Any], name: str) -> Any:
    return next(each for each in every if each["id"] == name)


def test_each_sentence_is_cited_with_the_claims_of_the_ways_that_hold(by_way: Compiled) -> None:
    data, text = told(
        by_way, {"kind": "oak", "damage": {"storm": "present"}, "height": 12, "near": "path"}
    )
    prune, watch, spray = (one(data["options"], name) for name in ("prune", "watch", "spray"))
    aim = one(prune["aims_cited"], "keep_people_away")
    assert aim == {
        "id": "keep_people_away",
        "claims": ["LFT-03", "HBK-04", "HBK-05"],
        "claims_possible": [],
    }
    assert one(watch["excluded_by"], "not_here")["claims"] == ["LFT-04", "LFT-02"]
    assert spray["usual_setting_cited"] == {"claims": ["HBK-03", "HBK-01"], "claims_possible": []}
    falling = one(data["alerts"], "falling")
    assert (falling["claims"], falling["claims_possible"]) == (
        ["LFT-03", "HBK-01", "HBK-02"],
        ["HBK-02"],
    )
    caution = one(data["alerts"], "spray_caution.hbk_06")
    assert caution["claims"] == ["HBK-06", "HBK-05"]
    assert {"action": "spray", "claims": ["HBK-06", "HBK-05"]} in spray["cautions"]
    assert text.count(LATER) == 1
    assert "Oaks live long." in text


def test_a_way_that_may_hold_is_cited_so(by_way: Compiled) -> None:
    data, text = told(by_way, {"kind": ["oak", "pine"], "damage": {"storm": "absent"}})
    watch, spray = (one(data["options"], name) for name in ("watch", "spray"))
    excluded = one(watch["excluded_by"], "not_here")
    assert (excluded["status"], excluded["claims"], excluded["claims_possible"]) == (
        "possible",
        ["LFT-04", "LFT-01"],
        ["LFT-01"],
    )
    setting = spray["usual_setting_cited"]
    assert setting == {
        "claims": ["HBK-03", "HBK-01", "HBK-02"],
        "claims_possible": ["HBK-01", "HBK-02"],
    }
    assert LATER in text
