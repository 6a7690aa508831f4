"""Titles of cases: what looks as if it told who somebody is, and what is suggested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import shipped
from wizard.case.answers import UNKNOWN, Answers, ChoiceAnswer
from wizard.wording.titles import LONGEST_TITLE, looks_personal, suggested_title


@pytest.mark.parametrize(
    ("title", "looks"),
    [
        ("NET 943 476 5919", "an NHS number"),
        ("9434765919", "an NHS number"),
        ("943-476-5919", "an NHS number"),
        ("born 3/4/1951", "a date, such as one of birth"),
        ("born 03.04.51", "a date, such as one of birth"),
        ("1951-04-03", "a date, such as one of birth"),
        ("12 March 1950", "a date, such as one of birth"),
        ("ask j.doe@nhs.net", "an e-mail address"),
        ("ring 07700 900 123", "a telephone number"),
        ("+44 20 7946 0018", "a telephone number"),
    ],
)
def test_what_tells_who_somebody_is_is_noticed(title: str, looks: str) -> None:
    assert looks_personal(title) == looks


@pytest.mark.parametrize(
    "title", ["NET, Pancreas", "Ki-67 of 12 %", "liver, 3 cm, lung", "before 2026", "G2 177Lu"]
)
def test_words_of_a_case_are_not(title: str) -> None:
    assert looks_personal(title) is None


@given(st.integers(1_000_000_000, 9_999_999_999), st.sampled_from(["", " ", "-"]))
def test_ten_digits_are_always_noticed(number: int, gap: str) -> None:
    digits = str(number)
    assert looks_personal(f"case {digits[:3]}{gap}{digits[3:6]}{gap}{digits[6:]}") is not None


def test_the_first_answers_suggest_a_title() -> None:
    answers = Answers({"tumour_type": ChoiceAnswer(frozenset({"net"})), "site": UNKNOWN})
    pathway = shipped().pathway
    assert suggested_title(pathway, answers) == "NET"
    assert suggested_title(pathway, Answers({})) == ""
    longer = answers.with_answer("site", ChoiceAnswer(frozenset({"pancreas"})))
    assert suggested_title(pathway, longer) == "NET, Pancreas"
    assert len(suggested_title(pathway, longer)) <= LONGEST_TITLE
