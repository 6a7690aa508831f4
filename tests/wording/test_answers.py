"""Answers in words."""

import pytest

from tests.small import shipped, small
from wizard.case.raw import parse_answer
from wizard.wording.answers import answer_text, because, brief_answers, clause_form

SMALL = small().pathway
SHIPPED = shipped().pathway


@pytest.mark.parametrize(
    ("factor", "raw", "text"),
    [
        ("kind", "oak", "Oak"),
        ("kind", ["pine", "oak"], "one of: Oak or Pine"),
        ("kind", ["oak", "beech", "birch"], "Broadleaved"),
        ("kind", "unknown", "not known"),
        ("height", "12,50", "12.5 m"),
        ("height", "0.00001", "0.00001 m"),
        ("damage", [], "No damage"),
        ("damage", ["storm"], "Storm damage, no other"),
        ("damage", ["storm", "fungus", "insects"], "Storm damage, Fungus and Insects"),
        ("damage", {"storm": "present"}, "Storm damage, the rest not known"),
        ("damage", {"storm": "absent"}, "not Storm damage, the rest not known"),
        (
            "damage",
            {"fungus": "present", "storm": "absent"},
            "Fungus, not Storm damage, the rest not known",
        ),
    ],
)
def test_an_answer_in_the_labels_of_its_factor(factor: str, raw: object, text: str) -> None:
    assert answer_text(SMALL.factors[factor], parse_answer(SMALL.factors[factor], raw)) == text


def test_no_answer_and_an_unknown_answer_are_told_apart() -> None:
    assert answer_text(SMALL.factors["kind"], None) == "not answered"


def said(given: dict[str, object]) -> str:
    return because(
        SHIPPED, {name: parse_answer(SHIPPED.factors[name], raw) for name, raw in given.items()}
    )


def test_reasons_are_told_in_the_phrases_of_the_pathway() -> None:
    assert said({"extent": "spread"}) == "the cancer has spread"
    assert said({"surgery_feasible": "no_surgery"}) == "no operation can be done"
    assert said({"problems": ["none"]}) == "the cancer is causing no problems or symptoms"
    assert said({"extent": ["spread", "not_spread"]}) == (
        "either the cancer has not spread or the cancer has spread"
    )
    assert said({"problems": {"bone_pain": "absent"}}) == (
        "“Problems or symptoms the cancer is causing” is answered without Bone pain"
    )


def test_reasons_without_a_phrase_are_told_as_question_and_answer() -> None:
    raw = {"kind": "pine", "height": "3", "damage": ["storm"]}
    given = {name: parse_answer(SMALL.factors[name], value) for name, value in raw.items()}
    assert because(SMALL, given) == (
        "“Kind of tree” is answered “Pine”; “Height” is answered “3 m”; and “Damage” has Storm "
        "damage without Fungus or Insects"
    )
    assert brief_answers(SMALL, given) == (
        "Kind of tree: Pine; Height: 3 m; Damage: Storm damage, not Fungus or Insects"
    )


def test_a_phrase_keeps_the_capital_of_a_name() -> None:
    said = [clause_form(each) for each in ("The cancer grows.", "NETs grow.", "No growth.")]
    assert said == ["the cancer grows", "NETs grow", "no growth"]
