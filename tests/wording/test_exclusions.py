"""What a document says of whom an option is not for stands beside it, and never removes it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited, said
from tests.small import TODAY, at
from wizard.case.files import read_regression_cases
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Status
from wizard.plain.pages import tree_page
from wizard.reasoning.agreement import Stand
from wizard.reasoning.case_diff import ExclusionMove
from wizard.reasoning.what_if import what_if
from wizard.report.as_json import json_report
from wizard.report.explanation import reasons_sections
from wizard.report.moment import Moment
from wizard.report.text import text_report
from wizard.wording.differences import difference_rows
from wizard.wording.options import option_row
from wizard.workbench.covering import Part, coverage
from wizard.workbench.scoring import score

EXCLUDED = """\
excludes:
  not_for_pines: {claims: [HBK-05], when: {kind: pine}}
statements:"""
SAYS = "one document says not, here"
MOMENT = Moment(datetime(2026, 11, 21, tzinfo=UTC), TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pathway, in which the handbook does not mean spraying for pines."""
    return edited(copied(tmp_path), "options/spray.yaml", "statements:", EXCLUDED)


@pytest.fixture
def compiled(folder: Path) -> Compiled:
    return compile_pathway(read_pathway(folder))


def test_the_row_says_so_and_the_status_stays(compiled: Compiled) -> None:
    spray = compiled.pathway.options["spray"]
    for given, shown in (({"kind": "pine"}, True), ({"kind": "oak"}, False), ({}, False)):
        now = at(dict(given), compiled)
        row = option_row(now, spray)
        assert row.status is Status.DESCRIBED
        assert (SAYS in row.remarks) == shown
        assert (f"Spray ({SAYS}" in text_report(now, MOMENT)) == shown


def test_it_is_a_difference_of_two_documents(compiled: Compiled) -> None:
    agreed = at({"kind": "pine"}, compiled).explained.agreement["spray"]
    assert agreed.stands == {"HBK": Stand.DOES_NOT_MATCH, "LFT": Stand.MATCHES}
    assert (agreed.differ, agreed.excluding) == (Status.DESCRIBED, ("HBK",))
    open_still = at({}, compiled).explained.agreement["spray"]
    assert open_still.stands["HBK"] is Stand.DEPENDS
    assert open_still.differ is Status.POSSIBLE
    assert at({"kind": "oak"}, compiled).explained.agreement["spray"].difference is False


def test_the_explanation_and_the_data_cite_it(compiled: Compiled) -> None:
    now = at({"kind": "pine"}, compiled)
    first = reasons_sections(now, now.explained.options["spray"])[0]
    assert first.paragraphs[0] == f"Spray: described for these answers; {SAYS}."
    assert first.items[0].text.startswith("Handbook says that it is not for such a case because")
    [spray] = [o for o in json.loads(json_report(now, MOMENT))["options"] if o["id"] == "spray"]
    assert spray["excluded_by"] == [
        {
            "id": "not_for_pines",
            "source": "HBK",
            "status": "described",
            "claims": ["HBK-05"],
            "claims_possible": [],
        }
    ]


def test_an_answer_that_brings_it_up_is_told_and_asked_for(compiled: Compiled) -> None:
    now = at({"kind": "oak"}, compiled)
    found = what_if(compiled, now.answers, "kind", now.assessment)
    [pine] = [each.moved for each in found.alternatives if each.moved.exclusions]
    assert pine.exclusions == (ExclusionMove("spray", "not_for_pines", added=True),)
    rows = [row.says for row in difference_rows(compiled.pathway, pine)]
    assert "Spray: Handbook now says that it is not for such a case" in rows
    assert {f.factor: f.changes for f in at({}, compiled).assessment.next}["kind"][-2:] == (
        "exclusion",
        "alert",
    )


def test_a_case_can_expect_it_and_then_reaches_it(folder: Path) -> None:
    (folder / "cases" / "storm_oak.yaml").unlink()
    case = folder / "cases" / "pine.yaml"
    case.write_text(
        "pathway: park_trees\ntitle: Pine\nvignette: A pine.\nanswers: {kind: pine}\nexpect:\n"
        "  described: [spray]\n"
        "  possible: {watch: [damage, growth], fell: [height, damage, near]}\n"
        "  not_described: [prune]\n  alerts: []\n  checks: []\n"
        "  excluded_by: {spray: [not_for_pines]}\n"
    )
    pathway = read_pathway(folder)
    cases = read_regression_cases(folder / "cases", pathway)
    assert coverage(pathway, cases, lambda _: None).reached[Part.EXCLUSION] == 1
    survivors = {one.rule for one in score(pathway, cases, lambda _: None).survivors}
    assert "exclusion not_for_pines of spray" in survivors, "kind: oak has no case yet"
    case.write_text(case.read_text().replace("[not_for_pines]", "[not_for_pine]"))
    with pytest.raises(Exception, match="not an exclusion of spray"):
        read_regression_cases(folder / "cases", pathway)


def test_it_needs_claims_of_its_own_and_a_condition(folder: Path) -> None:
    edited(folder, "options/spray.yaml", "claims: [HBK-05], when: {kind: pine}", "when: always")
    assert said(folder)[0].startswith('options/spray.yaml:5:3: the key "claims" is missing')


def test_its_condition_is_drawn_beside_the_trees(compiled: Compiled) -> None:
    page = "\n".join(tree_page(at({"kind": "pine"}, compiled), "spray"))
    assert "HBK-05 The park" not in page
    assert "HBK-05 says that it is not for such a case because" in page
    assert page.endswith("+ Kind of tree: Pine")
