"""Ranges of numbers against their words: a number lies in a range where the words say so."""

from decimal import Decimal
from operator import ge, gt, le, lt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reasoning.records import a_number
from wizard.pathway.ranges import RangeError, lies_in, number_in, range_words, read_range
from wizard.pathway.trees import Range

DECIMALS = a_number("size", 0, 60)
WHOLE = a_number("count", 0, 60, whole=True)
WORDS = {"below": lt, "up to": le, "from": ge, "above": gt}
HUNDREDTHS = st.integers(1, 5999).map(lambda each: Decimal(each) / 100)


@given(st.sampled_from(sorted(WORDS)), HUNDREDTHS, HUNDREDTHS)
def test_a_number_lies_in_a_range_where_its_words_say_so(
    word: str, bound: Decimal, number: Decimal
) -> None:
    part = read_range(DECIMALS, f"{word} {bound}")
    for each in (number, bound, bound + Decimal("1e-14"), bound - Decimal("1e-14")):
        assert lies_in(each, part) is WORDS[word](each, bound)
    assert read_range(DECIMALS, range_words(DECIMALS, part)) == part
    assert lies_in(number_in(DECIMALS, part), part)


@given(st.booleans(), st.sampled_from(["up to", "to below"]), st.tuples(*[HUNDREDTHS] * 3))
def test_a_number_lies_between_two_ends_where_their_words_say_so(
    after: bool, until: str, numbers: tuple[Decimal, Decimal, Decimal]
) -> None:
    low, number, high = sorted(numbers)
    if low == high:
        return
    part = read_range(DECIMALS, f"{'above ' * after}{low} {until} {high}")
    for each in (number, low, high, *(n + Decimal("1e-14") for n in (low, high))):
        starts = each > low if after else each >= low
        ends = each <= high if until == "up to" else each < high
        assert lies_in(each, part) is (starts and ends)
    assert read_range(DECIMALS, range_words(DECIMALS, part)) == part
    assert lies_in(number_in(DECIMALS, part), part)


@given(st.integers(1, 59), st.integers(1, 59), st.integers(0, 60))
def test_an_integer_lies_in_a_range_where_its_words_say_so(
    low: int, high: int, number: int
) -> None:
    low, high = sorted((low, high))
    forms = {
        f"{low} to {high}": low <= number <= high,
        f"exactly {low}": number == low,
        f"up to {high}": number <= high,
        f"above {low}": number > low,
    }
    for written, holds in forms.items():
        part = read_range(WHOLE, written)
        assert lies_in(Decimal(number), part) is holds
        assert lies_in(number_in(WHOLE, part), part)
    if low < high:
        assert lies_in(Decimal(number), read_range(WHOLE, f"{low} to below {high}")) is (
            low <= number < high
        )


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("up to 4", "below 5"),
        ("3 to 5", "3 to 5"),
        ("3 to below 5", "3 to 4"),
        ("exactly 7", "7"),
        ("0 to 4", "below 5"),
        ("50 to 60", "from 50"),
    ],
)
def test_a_range_of_integers_in_words(written: str, words: str) -> None:
    assert range_words(WHOLE, read_range(WHOLE, written)) == words


def test_the_rest_of_what_is_included_begins_just_above_it() -> None:
    high = read_range(DECIMALS, "up to 0.1").high
    assert range_words(DECIMALS, Range(high, None)) == "above 0.1"
    assert range_words(DECIMALS, Range(high, Decimal(3))) == "above 0.1 to below 3"
    assert range_words(DECIMALS, Range(Decimal("0.1"), high)) == "0.1"
    assert number_in(DECIMALS, Range(high, Decimal("0.2"))) == Decimal("0.11")


@pytest.mark.parametrize("written", ["0 to 60", "from 0", "up to 60", "above 60", "below 0"])
def test_a_range_that_holds_always_or_never_is_refused(written: str) -> None:
    with pytest.raises(RangeError):
        read_range(WHOLE, written)
