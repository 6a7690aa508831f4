import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from wizard.screen.shared.rows import (
    CUT_MARK,
    Cell,
    LaidOut,
    Row,
    Span,
    Tone,
    heading,
    lay_out,
    literal,
    shorten,
    width_of,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
SPANS = st.lists(st.builds(Span, TEXTS, st.sampled_from(Tone)), max_size=4).map(tuple)


def without_gaps(text: str) -> str:
    return "".join(text.split())


@given(SPANS, st.integers(2, 60))
def test_a_paragraph_keeps_every_letter_and_no_line_is_too_wide(
    parts: tuple[Span, ...], width: int
) -> None:
    lines = lay_out([Row((Cell(parts),))], width)
    shown = "".join(span.text for line in lines for span in line.spans)
    whole = "".join(literal(span.text) for span in parts)
    assert without_gaps(shown) == without_gaps(whole)
    assert all(width_of(line.spans) <= width for line in lines)


@given(SPANS, st.integers(1, 60))
def test_a_cut_line_fits_and_ends_in_a_mark_where_something_is_missing(
    parts: tuple[Span, ...], width: int
) -> None:
    kept = shorten(parts, width)
    shown = "".join(span.text for span in kept)
    whole = "".join(literal(span.text) for span in parts)
    assert width_of(kept) <= width
    assert shown == whole or shown.endswith(CUT_MARK)


@given(st.data())
def test_rows_that_stood_before_are_laid_out_as_any(data: st.DataObject) -> None:
    laid_out = LaidOut()
    known = [Row((Cell(parts),)) for parts in data.draw(st.lists(SPANS, min_size=1, max_size=6))]
    for _ in range(4):
        rows = data.draw(st.lists(st.sampled_from(known)))
        rows += [Row((Cell(parts),)) for parts in data.draw(st.lists(SPANS, max_size=2))]
        width = data.draw(st.integers(1, 3)) * 10
        assert laid_out.lines(rows, width) == lay_out(rows, width)


@pytest.mark.parametrize("width", range(8, 40))
def test_the_number_of_a_heading_never_touches_its_words(width: int) -> None:
    (first, *_) = lay_out([heading("NOT DESCRIBED FOR THESE ANSWERS", "16")], width)
    assert "".join(span.text for span in first.spans).endswith(" 16")


def test_cells_stand_beside_each_other_and_hang_under_their_own_column() -> None:
    row = Row(
        (Cell((Span("12"),), 4), Cell((Span("a b c d"),)), Cell((Span("end"),), 4, right=True))
    )
    lines = ["".join(span.text for span in line.spans) for line in lay_out([row], 11)]
    assert lines == ["12  a b end", "    c d    "]


@pytest.mark.parametrize("letter", ["\x1b", "\x00", "\x9b", "\u202e", "\u200b", "\ufeff", "\u2066"])
def test_nothing_that_a_terminal_acts_on_gets_through(letter: str) -> None:
    assert literal(f"a{letter}b") == "a\ufffdb"


def test_wide_letters_count_as_two_cells() -> None:
    (first, second) = lay_out([Row((Cell((Span("日本語"),)),))], 4)
    assert [cell_len(line.spans[0].text) for line in (first, second)] == [4, 2]


def test_a_column_that_would_cut_a_word_stands_below_the_others() -> None:
    row = Row(
        (Cell((Span("✓"),), 2), Cell((Span("Medicines"),), 17), Cell((Span("Immunosuppressants"),)))
    )
    shown = ["".join(span.text for span in line.spans).rstrip() for line in lay_out([row], 32)]
    assert shown == ["✓ Medicines", "    Immunosuppressants"]
    wide = ["".join(span.text for span in line.spans).rstrip() for line in lay_out([row], 40)]
    assert wide == ["✓ Medicines        Immunosuppressants"]


def test_of_a_path_that_is_cut_the_beginning_stays_and_of_a_word_nothing() -> None:
    path = "/" + "folder/" * 12
    (cut,) = shorten([Span(f"It is in {path}")], 40)
    assert cut.text == f"It is in {path}"[:39] + CUT_MARK
    (cut,) = shorten([Span("It is in somewhere")], 12)
    assert cut.text == "It is in" + CUT_MARK
