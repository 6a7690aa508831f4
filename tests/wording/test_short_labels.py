"""Short labels: each factor has one, its own or its label, and so has each answer."""

from dataclasses import replace

import pytest

from tests.screen.driving import shipped
from wizard.case.raw import parse_answer
from wizard.pathway.factors import MAX_SHORT, MultiFactor
from wizard.wording.answers import (
    answer_text,
    factor_label,
    listed_answers,
    short_label,
    told_in_short,
)
from wizard.wording.text import inside


def test_everything_in_a_list_of_the_shipped_pathway_has_a_short_label() -> None:
    pathway = shipped().pathway
    for factor in pathway.factors.values():
        assert len(factor_label(factor)) <= MAX_SHORT
        for answer in listed_answers(factor).values():
            assert len(short_label(answer)) <= MAX_SHORT
    for option in pathway.options.values():
        assert len(short_label(option)) <= MAX_SHORT


def test_without_one_the_label_serves() -> None:
    site = shipped().pathway.factors["site"]
    assert factor_label(site) == "Site"
    assert factor_label(replace(site, short=None)) == "Where the tumour started"
    assert short_label(listed_answers(site)["bowel"]) == "Bowel"


@pytest.mark.parametrize(
    ("factor", "answer", "long", "short"),
    [
        (
            "surgery_feasible",
            "cannot_remove",
            "It cannot be removed, but another",
            "Other operation",
        ),
        (
            "surgery_feasible",
            "not_removable",
            "It cannot be removed, whatever",
            "Cannot be removed",
        ),
        (
            "problems",
            ["bone_pain", "other"],
            "Bone pain, and Another problem or",
            "Bone pain and Another problem",
        ),
        ("progress", [], "Checked and neither seen", "None of these"),
        ("tumour_size", "20", "20 mm", "20 mm"),
    ],
)
def test_an_answer_is_told_in_few_words(factor: str, answer: object, long: str, short: str) -> None:
    asked = shipped().pathway.factors[factor]
    given = parse_answer(asked, answer)
    assert answer_text(asked, given).startswith(long)
    assert answer_text(told_in_short(asked), given).startswith(short)


def test_only_the_words_differ() -> None:
    for factor in shipped().pathway.factors.values():
        told = told_in_short(factor)
        assert listed_answers(told).keys() == listed_answers(factor).keys()
        if isinstance(factor, MultiFactor):
            assert isinstance(told, MultiFactor)
            assert told.at_least == factor.at_least


def test_a_label_inside_a_sentence_keeps_its_abbreviation() -> None:
    assert inside("Sites of spread") == "sites of spread"
    assert inside("MRI of the liver") == "MRI of the liver"
