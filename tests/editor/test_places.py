"""Words of a text, and columns as editors count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.editor.places import Place, Units, to_letters, to_units, word_at, words_of
from wizard.pathway.position import Position

LINES = st.text(st.characters(exclude_characters="\n"), max_size=20)


@pytest.mark.parametrize(
    ("text", "column", "word"),
    [
        ("when: {growth: slow, damage: none}", 8, "growth"),
        ("when: {growth: slow, damage: none}", 16, "slow"),
        ("net, nec: described", 6, "nec"),
        ('"net, nec": described', 2, "net"),
        ('"net, nec": described', 7, "nec"),
        ('status: "described or posible"', 9, "described or posible"),
        ("status: described or posible # why", 9, "described or posible"),
        ("claims: [ICS-28, ICS-29]", 18, "ICS-29"),
        ("- cases/one.yaml", 3, "cases/one.yaml"),
        ("source: 'CRI'", 9, "CRI"),
        ("growth: slow\r\nnext: one", 9, "slow"),
        ("label: \N{DECIDUOUS TREE} tree", 8, "\N{DECIDUOUS TREE} tree"),
        ("label:", 7, ""),
        ("", 1, ""),
        ("short", 99, ""),
    ],
)
def test_a_word_ends_where_its_text_does(text: str, column: int, word: str) -> None:
    place = word_at(text, Position("file", 1, column))
    assert words_of(text, place) == word


def test_a_place_outside_a_text_is_moved_into_it() -> None:
    assert word_at("one\ntwo", Position("file", 9, 9)) == Place("file", 2, 4, 0)
    assert words_of("one", Place("file", 7, 1, 3)) == ""


@given(LINES, st.integers(0, 20), st.sampled_from(Units))
def test_units_and_letters_are_counted_back_and_forth(line: str, at: int, units: Units) -> None:
    letters = min(at, len(line))
    assert to_letters(line, to_units(line, letters, units), units) == letters


@pytest.mark.parametrize(("units", "width"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_a_letter_beyond_the_first_plane_is_as_wide_as_its_units(units: str, width: int) -> None:
    line = "a\N{DECIDUOUS TREE}b"
    assert to_units(line, 2, Units(units)) == 1 + width
    # A place inside a letter is before it.
    assert to_letters(line, width, Units(units)) == 1
    assert to_letters(line, 99, Units(units)) == 3
