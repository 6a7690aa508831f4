"""What looks as if it told who somebody is, and what only resembles it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.wording.personal import looks_personal, personal_doubt

NHS, DATE = "an NHS number", "a date, such as one of birth"
MAIL, RING = "an e-mail address", "a telephone number"
WEIGHTS = range(10, 1, -1)


def check_digit(nine: str) -> int:
    """The check digit as the NHS Data Dictionary works it out, step by step; 10 is not used."""
    left = 11 - sum(int(digit) * weight for digit, weight in zip(nine, WEIGHTS, strict=True)) % 11
    return 0 if left == 11 else left


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("NET 943 476 5919", NHS),
        ("9434765919", NHS),
        ("943-476-5919", NHS),
        ("943\u00a0476\u20115919", NHS),
        ("943 476 5919", NHS),
        ("30 mm, 9434765919, 2 of 3", NHS),
        ("30 9434765919", NHS),
        ("born 3/4/1951", DATE),
        ("born 03.04.51", DATE),
        ("1951-04-03", DATE),
        ("1951/4/3", DATE),
        ("04/23/1951", DATE),
        ("3 4 1951", DATE),
        ("12 March 1950", DATE),
        ("12th of March, 1950", DATE),
        ("March 12, 1950", DATE),
        ("12-MAR-50", DATE),
        ("12Mar1950", DATE),
        ("19500312", DATE),
        ("DOB 1950", DATE),
        ("date of birth: 12/50", DATE),
        ("ask j.doe@nhs.net", MAIL),
        ("ring 07700 900 123", RING),
        ("(020) 7946 0018", RING),
        ("+44 20 7946 0018", RING),
        ("+44 (0)20 7946 0018", RING),
        ("0044 20 7946 0018", RING),
        ("555-123-4567", RING),
    ],
)
def test_what_tells_who_somebody_is_is_noticed(text: str, looks: str) -> None:
    assert looks_personal(text) == looks
    assert personal_doubt(text) == f"This looks like {looks}."


@pytest.mark.parametrize(
    "text",
    [
        *("", "30 mm", "2026-11", "2026.11", "NET, Pancreas", "Ki-67 of 12 %", "liver, 3 cm, lung"),
        *("before 2026", "G2 177Lu", "7400 MBq", "0.5 cm", "10-12-14 mm", "10 20 30", "3.5-4.0"),
        *("after 3 of 4 cycles", "pT2 N1 M0", "2016 to 2025", "Ki-67 3-20 %", "5 mg@2.5", "@team"),
        *("12/20 mitoses", "version 1.2.3", "32/13/1951", "99.99.99", "case 12 of 300", "May 2026"),
        *("scan in 03/2026", "1 234 567 890", "943 476 5918", "PMID 31234567", "10, 12 and 14"),
        *("20261341", "12 mm march 2026", "3 12 26", "1/2", "55 Gy in 25 fractions", "+ liver"),
    ],
)
def test_words_of_a_case_are_not(text: str) -> None:
    assert looks_personal(text) is None
    assert personal_doubt(text) == ""


@given(st.from_regex(r"[1-9]\d{8}", fullmatch=True), st.sampled_from(["", " ", "-"]))
def test_of_ten_digits_those_with_the_check_digit_are_noticed(nine: str, gap: str) -> None:
    for last in range(10):
        number = f"{nine[:3]}{gap}{nine[3:6]}{gap}{nine[6:]}{last}"
        assert (looks_personal(f"case {number}") == NHS) == (last == check_digit(nine))


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    assert looks_personal(text) in (None, NHS, DATE, MAIL, RING)
