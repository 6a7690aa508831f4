"""Reasons, changes, differences and agreement in words, in a pathway that is not about tumours."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited
from tests.small import answers, at, factor_of, shipped, small
from wizard.case.answers import ChoiceAnswer, MultiAnswer
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.factors import ChoiceFactor, MultiFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Status
from wizard.pathway.trees import Range
from wizard.reasoning.agreement import Stand, agreement
from wizard.reasoning.assessing import assess
from wizard.reasoning.case_diff import compare_cases, moved
from wizard.reasoning.settling import Conclusion, Settling
from wizard.reasoning.what_if import what_if
from wizard.wording.agreeing import documents_agree, options_by_stand, stand_lines
from wizard.wording.concluding import conclusion_line, settles_text, settles_words
from wizard.wording.differences import Mark, alternative_text, compared_answers, difference_rows
from wizard.wording.options import statement_lines
from wizard.wording.reasons import NO_ANSWER_NEEDED, why_not_rows, why_rows
from wizard.wording.values import news_text, values_text
from wizard.wording.what_would_change import change_rows

SITE = factor_of(shipped().pathway, "site", ChoiceFactor)
PROBLEMS = factor_of(shipped().pathway, "problems", MultiFactor)
HEIGHT = small().pathway.factors["height"]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (["lung"], "Lung"),
        (["lung", "stomach"], "Stomach or Lung"),
        (SITE.groups["digestive"].values, "Somewhere in the digestive system"),
        (
            [*SITE.groups["digestive"].values, "lung"],
            "anything but Outside digestive system and lung",
        ),
        ([v for v in SITE.values if v != "pancreas"], "anything but Pancreas"),
    ],
)
def test_values_of_a_choice(values: list[str], text: str) -> None:
    assert values_text(SITE, ChoiceAnswer(frozenset(values))) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (None, "20", "below 20 m"),
        ("20", "30", "20 to below 30 m"),
        ("30", None, "from 30 m"),
        (None, None, "any number"),
    ],
)
def test_ranges(low: str | None, high: str | None, text: str) -> None:
    values = Range(None if low is None else Decimal(low), None if high is None else Decimal(high))
    assert values_text(HEIGHT, values) == text


def test_what_is_new_of_a_multi_is_said_alone() -> None:
    given = MultiAnswer(frozenset({"bone_pain"}), frozenset({"other"}))
    new = MultiAnswer(frozenset({"bone_pain", "other"}), frozenset())
    assert news_text(PROBLEMS, new, given) == "Another problem or symptom"
    none = MultiAnswer(frozenset(), frozenset(PROBLEMS.members))
    assert news_text(PROBLEMS, none, given) == "None"
    fewer = MultiAnswer(frozenset({"bone_pain"}), frozenset({"other", "carcinoid_syndrome"}))
    assert news_text(PROBLEMS, fewer, given) == "not Carcinoid syndrome, as your team calls it"


# --- reasons ---------------------------------------------------------------------------------


def test_the_first_reason_is_the_shortest_and_the_others_follow() -> None:
    now = at(
        {"tumour_type": "nec", "extent": "not_spread", "spread_sites": ["elsewhere"]}, shipped()
    )
    explained = now.explained.options["liver_rfa"]
    rows = why_rows(now, explained)
    assert explained.reasons.complete
    assert [row.says for row in rows] == [
        "These answers alone decide it: the tumour is a neuroendocrine carcinoma (NEC).",
        "These alone decide it as well: the cancer has not spread.",
        "These alone decide it as well: “Where has it spread?” is answered without Liver.",
    ]
    assert rows[0].wider == (
        "It would be the same with Tumour type: Neuroendocrine carcinoma, or Another or mixed type."
    )
    assert {cited.claim for row in rows for cited in row.citations} == {"ICS-46", "ICS-51"}


def test_an_option_of_every_case_needs_no_answer() -> None:
    now = at({}, shipped())
    (row,) = why_rows(now, now.explained.options["clinical_trial"])
    assert row.says == NO_ANSWER_NEEDED
    assert row.wider is None
    assert row.citations


def test_an_open_option_has_no_reason() -> None:
    now = at({}, shipped())
    assert why_rows(now, now.explained.options["surgery"]) == ()


def test_why_not_names_the_nearest_statement_first_and_what_stopped_it() -> None:
    given: dict[str, object] = {
        "tumour_type": "net",
        "surgery_feasible": "no_surgery",
        "problems": [],
    }
    now = at(given, shipped())
    first, second = why_not_rows(now, now.explained.options["surgery"])
    assert (first.statement, first.near) == ("main_treatment", "one answer away")
    assert first.stopped == ("Stopped because no operation can be done.",)
    assert (second.near, len(second.stopped)) == ("two answers away", 2)
    assert [cited.claim for cited in second.citations] == ["ICS-21"]


# --- changes ---------------------------------------------------------------------------------


def test_changes_are_asked_as_a_question_and_keep_the_facts() -> None:
    given: dict[str, object] = {"tumour_type": "nec", "surgery_feasible": "no_surgery"}
    now = at(given, shipped())
    explained = now.explained.options["surgery"]
    (kept,) = change_rows(now, explained)
    assert kept.question == "With which other answers would the documents describe Surgery?"
    assert kept.rows == ()
    assert kept.remark == "With none that keep these facts: Tumour type."
    assert explained.kept == ("tumour_type",)
    (free,) = change_rows(now, now.explained.option("surgery", ["tumour_type"]))
    assert free.remark is None
    (row,) = free.rows
    assert row.says == (
        "Tumour type: NET (now: Neuroendocrine carcinoma)",
        "Operability: The tumour can be removed (now: No operation can be done)",
    )
    assert row.takes == "two answers changed"
    assert [cited.claim for cited in row.citations] == ["ICS-18", "ICS-19"]


def test_changes_that_differ_in_one_member_are_one_row() -> None:
    given: dict[str, object] = {"tumour_type": "net", "surgery_feasible": "cannot_remove"}
    now = at(given, shipped())
    described, _ = change_rows(now, now.explained.options["surgery"])
    (row,) = described.rows
    assert row.factors == ("problems",)
    assert row.takes == "one open question answered"
    assert row.says[0].endswith("or Another problem or symptom (not answered)")
    assert "Carcinoid heart disease" in row.says[0]


# --- differences -----------------------------------------------------------------------------


def test_a_what_if_says_what_would_appear_and_leave() -> None:
    now = at({"tumour_type": "net", "extent": "spread"}, shipped())
    found = what_if(now.compiled, now.answers, "tumour_type", now.assessment)
    factor, given = now.pathway.factors["tumour_type"], now.answers["tumour_type"]
    assert [alternative_text(factor, given, each) for each in found.alternatives] == [
        "Neuroendocrine carcinoma",
        "Another or mixed type",
        "not known",
    ]
    rows = difference_rows(now.pathway, found.alternatives[0].moved)
    said = {row.says: row.mark for row in rows}
    assert said["Interferon alpha: not described (before: described)"] is Mark.LEFT
    assert said["Atezolizumab: depends on further answers (before: not described)"] is Mark.APPEARED
    assert said["Interferon alpha: aim no longer listed: Stop or slow growth"] is Mark.LEFT


def test_settings_and_alerts_are_told_with_their_states_before_and_after() -> None:
    pathway = shipped().pathway
    before = assess(shipped(), answers(pathway, {"tumour_type": "net", "problems": []}))
    given: dict[str, object] = {
        "tumour_type": "net",
        "problems": ["carcinoid_syndrome"],
        "other_treatments": "not_working",
    }
    after = assess(shipped(), answers(pathway, given))
    said = [row.says for row in difference_rows(pathway, moved(before.showing, after.showing))]
    assert any(
        "usual setting" in each and each.endswith("met (before: not known)") for each in said
    )
    assert (
        "May be life-threatening, raised: Surgery or a biopsy may trigger a carcinoid crisis "
        "(before: not shown)"
    ) in said


def test_answers_side_by_side_mark_what_differs() -> None:
    pathway = small().pathway
    one = answers(pathway, {"kind": "oak", "height": 20})
    other = answers(pathway, {"kind": "oak", "height": 30})
    rows = compared_answers(pathway, compare_cases(small(), one, other), one, other)
    assert [(row.text, *row.cells, row.strong) for row in rows] == [
        ("Kind of tree", "Oak", "Oak", False),
        ("Height", "20 m", "30 m", True),
    ]


# --- concluding and agreeing -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Settling("x", 6, 9, complete=True), "settles six to nine of 14 options"),
        (Settling("x", 3, 3, complete=True), "settles three of 14 options"),
        (Settling("x", 0, 2, complete=True), "could settle up to two of 14 options"),
        (Settling("x", 0, 1, complete=True), "could settle one of 14 options"),
        (Settling("x", 0, 0, complete=True), "settles none of 14 options"),
        (
            Settling("x", 1, 2, complete=False),
            "settles one to two of 14 options, at the answers looked at",
        ),
    ],
)
def test_what_a_question_settles(found: Settling, text: str) -> None:
    assert settles_text(found, 14) == text
    assert settles_text(found, 0) == "settles no option: none is open"


def test_one_line_says_whether_the_case_can_be_concluded() -> None:
    assert conclusion_line(Conclusion(("a",), ("b", "c"), ())) == (
        "All 3 options are settled, whatever the missing answers are."
    )
    assert conclusion_line(Conclusion(("a",), ("b", "c"), ("d",))) == (
        "3 of 4 options are settled, whatever the missing answers are: 1 described, 2 not; one "
        "option still depends on them."
    )
    now = at({"tumour_type": "net"}, shipped())
    health = next(each for each in now.pathway.factors.values() if each.label == "General health")
    open_options = len(now.explained.conclusion.open)
    assert settles_words(now, health.id) == f"settles none of {open_options} options"
    assert settles_words(now, "tumour_type") == ""


def test_agreement_names_the_documents_that_match_and_those_that_are_silent() -> None:
    given: dict[str, object] = {
        "tumour_type": "nec",
        "site": "lung",
        "extent": "not_spread",
        "growth_rate": "very_slow",
    }
    now = at(given, shipped())
    agreed = now.explained.agreement
    assert agreed["chemotherapy"].differ is Status.DESCRIBED
    assert documents_agree(agreed["chemotherapy"]) == (
        "Documents differ on it for these answers: one matches, another does not."
    )
    lines = stand_lines(now.pathway, agreed["chemotherapy"])
    assert lines[0] == "Matches: Cancer Research UK 2025"
    assert lines[1] == "Does not match: “How are NETs treated?” (undated)"
    assert documents_agree(agreed["surgery"]) == "No two documents differ on it for these answers."
    assert "States no condition: Cancer Research UK 2025 and Ipsen Ltd 2018" in " | ".join(
        stand_lines(now.pathway, agreed["surgery"])
    )
    lists = options_by_stand(now.pathway, agreed, "CRT")
    assert "Chemotherapy" in lists[Stand.MATCHES]
    assert "Surgery" not in lists[Stand.MATCHES]
    assert sum(len(options) for options in lists.values()) == len(now.pathway.options)


def scoped(folder: Path) -> Compiled:
    """The small pathway, in which the handbook speaks of felling tall trees alone."""
    edited(
        copied(folder),
        "options/fell.yaml",
        "    tree: {use: tall_tree}\n",
        "    scope: {height: from 20}\n    tree: {use: tall_tree}\n",
    )
    return compile_pathway(read_pathway(folder / "park"))


def test_a_document_that_speaks_of_other_cases_differs_from_none(tmp_path: Path) -> None:
    park = scoped(tmp_path)
    given: dict[str, object] = {"kind": "oak", "damage": ["storm", "fungus"], "near": "path"}
    low, tall = at({**given, "height": 4}, park), at({**given, "height": 30}, park)
    agreed = agreement(park, low.answers, low.assessment)["fell"]
    assert agreed.stands == {"HBK": Stand.OTHER_CASES, "LFT": Stand.MATCHES}
    assert agreed.differ is Status.NOT_DESCRIBED
    assert not agreed.difference
    (handbook, _) = statement_lines(low, park.pathway.options["fell"])
    assert handbook.match == "speaks of other cases because “Height” is answered “4 m”"
    unscoped = agreement(small(), low.answers, low.assessment)["fell"]
    assert unscoped.stands["HBK"] is Stand.DOES_NOT_MATCH
    assert unscoped.difference
    agreed = agreement(park, tall.answers, tall.assessment)["fell"]
    assert agreed.stands == {"HBK": Stand.MATCHES, "LFT": Stand.MATCHES}
    assert agreed.alerts == ("leaflets_differ",), "a raised alert is a difference of its own"
    assert documents_agree(agreed) == "An alert says that documents differ on it."
    assert stand_lines(park.pathway, agreed)[0] == "Sources differ: The leaflets differ on felling"


def test_only_statements_that_hold_are_cited_as_reasons() -> None:
    now = at({"tumour_type": "net", "site": "pancreas", "extent": "spread"}, shipped())
    (row,) = why_rows(now, now.explained.options["everolimus"])
    assert [each.claim for each in row.citations] == ["CRT-21", "CRT-17"]
    assert row.wider is not None
    assert row.wider.endswith("With some of these by another sentence (CRT-22).")
