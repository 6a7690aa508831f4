"""What a pathway says in a document's own words, and which wording passes the check."""

from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited, said
from tests.small import at
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.format.reading import read_pathway
from wizard.reasoning.assessment import AlertState
from wizard.report.as_json import option_data
from wizard.report.content import sources_section
from wizard.wording.alerts import alert_texts
from wizard.wording.sources import citation

CAUTIONS = """\
cautions:
  - {when: {kind: oak, growth: slow}, action: water, claims: [HBK-03]}
  - {when: {height: from 20}, action: spray, claims: [HBK-05, HBK-07]}
statements:"""
ACTIONS = "actions: {spray: Keep an eye on it, water: Never without a licence}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


def with_cautions(folder: Path) -> Compiled:
    edited(folder, "options/spray.yaml", "statements:", CAUTIONS)
    edited(folder, "pathway.yaml", "actions: {spray: spray, water: water}", ACTIONS)
    return compile_pathway(read_pathway(folder))


def test_a_caution_on_a_condition_is_an_alert_in_the_words_of_the_pathway(folder: Path) -> None:
    compiled = with_cautions(folder)
    now = at({"kind": "oak", "growth": "slow", "height": 25}, compiled)
    raised = [a for a, s in now.assessment.alerts.items() if s is AlertState.RAISED]
    own = [alert for alert in raised if alert.startswith("spray_caution.")]
    assert own == ["spray_caution.hbk_03", "spray_caution.hbk_05"]
    headings = {text.id: text.heading for text in alert_texts(now)}
    assert headings["spray_caution.hbk_03"] == "Caution: Spray: Never without a licence"
    data = option_data(now, compiled.pathway.options["spray"])
    assert data["cautions"] == [
        {"action": "spray", "claims": ["HBK-05", "HBK-07"]},
        {"action": "water", "claims": ["HBK-03"]},
    ], "in the order of the pathway's actions"
    other = at({"kind": "oak", "growth": "fast", "height": 5}, compiled)
    assert not [alert for alert in other.assessment.alerts if alert in own]


def test_a_grade_stands_beside_the_citation_word_for_word(folder: Path) -> None:
    grade = "anchor: watched, grade: {recommendation: Strong, evidence: 1b, scheme: of the park}"
    edited(folder, "claims/HBK.yaml", "anchor: watched", grade)
    now = at({}, compile_pathway(read_pathway(folder)))
    told = citation(now.pathway, "HBK-05", now.today).reference
    assert "line 12; recommendation “Strong”, evidence “1b” (of the park); " in told


def test_where_a_document_is_from_and_for_is_told(folder: Path) -> None:
    new = (
        "  country: nowhere\n  applies_in: [GB, IE]\n  url: https://example.org/trees\n"
        "  licence: CC BY 4.0\n  retrieved: 2026-10-01\n  card"
    )
    edited(folder, "sources.yaml", "  country: nowhere\n  card", new)
    now = at({}, compile_pathway(read_pathway(folder)))
    assert "applies in GB and IE" in citation(now.pathway, "HBK-05", now.today).badge
    lines = [item.text for item in sources_section(now).items[0].items]
    assert "https://example.org/trees; retrieved 1 October 2026; licence: CC BY 4.0" in lines


@pytest.mark.parametrize(
    "words",
    ["PSA below 4 ng/mL", "above 200 mg / dl", "10 units/L", "2 per 10 HPF", "20 g per litre"],
)
def test_a_concentration_is_not_a_dose(folder: Path, words: str) -> None:
    edited(folder, "options/prune.yaml", "The handbook gives no season.", f"Seen at {words}.")
    assert said(folder) == []


def test_a_question_an_answer_and_a_criterion_may_speak_of_per_cent(folder: Path) -> None:
    edited(folder, "factors.yaml", "label: Height", "label: Ki-67 index, %")
    edited(folder, "factors.yaml", "unit: m\n", 'unit: "%"\n')
    edited(folder, "factors.yaml", "help: Acorns.", "help: From 3% to below 20%.")
    new = 'says: Tall is 20% or more., section: Size, lines: "4", anchor: twenty, kind: criterion'
    old = (
        'says: Tall trees are twenty metres or more., section: Size, lines: "4", anchor: twenty, '
        "kind: definition"
    )
    edited(folder, "claims/HBK.yaml", old, new)
    assert said(folder) == []


def test_a_name_is_let_through_where_it_is_allowed(folder: Path) -> None:
    edited(folder, "options/spray.yaml", "label: Spray", "label: Best supportive spray")
    assert len(said(folder)) == 1
    allowed = (
        "stated_for: [beeches]\nwording_allowed:\n"
        "  - {words: best supportive spray, why: It is a name., where: options/spray.yaml}"
    )
    edited(folder, "pathway.yaml", "stated_for: [beeches]", allowed)
    assert said(folder) == []
    edited(folder, "options/watch.yaml", "label: Watch", "label: Best supportive spray")
    assert said(folder)[0].startswith("options/watch.yaml:2:8: the wording")
