"""The small parts that sentences are made of."""

from dataclasses import replace
from datetime import date

import pytest

from tests.small import TODAY, small
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.sources import Review, Source
from wizard.wording.currency import CurrencyState, currency
from wizard.wording.notices import changes_lines, documents_line, foreign_line, notice, review_line
from wizard.wording.sources import citation, source_rows
from wizard.wording.text import clean, counted, joined, long_date, sentence, short

PATHWAY = small().pathway


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a, b", "c"], "a, b, and c"),
        (["a and b", "c", "d"], "a and b; c; and d"),
    ],
)
def test_joined(items: list[str], text: str) -> None:
    assert joined(items) == text


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Carcinoma (NEC)", "Carcinoma"),
        ("Does it bloom? (in summer)", "Does it bloom?"),
        ("A (b) c", "A (b) c"),
        ("(all of it)", "(all of it)"),
        ("Plain", "Plain"),
    ],
)
def test_short(label: str, text: str) -> None:
    assert short(label) == text


def test_counted() -> None:
    said = [counted(number, "option") for number in (0, 1, 2, 12, 13, 9_601)]
    words = ["no options", "one option", "two options", "twelve options", "13 options"]
    assert said == [*words, "9,601 options"]


@pytest.mark.parametrize(
    ("text", "whole"), [("so it is", "So it is."), ("Is it?", "Is it?"), ("", ""), ("a.", "A.")]
)
def test_sentence(text: str, whole: str) -> None:
    assert sentence(text) == whole


def test_long_date() -> None:
    said = [long_date(iso) for iso in ("2016", "2018-09", "2028-02-26")]
    assert said == ["2016", "September 2018", "26 February 2028"]


def test_clean_text_steers_no_terminal() -> None:
    assert clean("a\x1b[31m\r\nb\u202e\u200bc\x9b") == r"a\x1b[31m b\u202e\u200bc\x9b"


# --- currency --------------------------------------------------------------------------------


def source(dated: str | None, review_due: str | None = None) -> Source:
    return replace(PATHWAY.sources["HBK"], date=dated, review_due=review_due)


IN_DATE, PAST = CurrencyState.IN_DATE, CurrencyState.PAST_REVIEW
NO_DATE, UNDATED = CurrencyState.NO_REVIEW_DATE, CurrencyState.UNDATED


@pytest.mark.parametrize(
    ("dated", "due", "state", "text", "old"),
    [
        (None, None, UNDATED, "undated", False),
        ("2016-06-27", None, NO_DATE, "no review date, 10 years old", True),
        ("2016-11-21", None, NO_DATE, "no review date, 10 years old", True),
        ("2016-11-22", None, NO_DATE, "no review date, 9 years old", True),
        ("2018-09", None, NO_DATE, "no review date, 8 years old", True),
        ("2018-11", None, NO_DATE, "no review date, 7 or 8 years old", True),
        ("2018", None, NO_DATE, "no review date, 7 or 8 years old", True),
        ("2023-01-10", None, NO_DATE, "no review date, 3 years old", True),
        ("2024", None, NO_DATE, "no review date, 1 or 2 years old", False),
        ("2025-09", None, NO_DATE, "no review date, 1 year old", False),
        ("2026-01-01", None, NO_DATE, "no review date, less than 1 year old", False),
        ("2025-02-26", "2028-02-26", IN_DATE, "review due 26 February 2028", False),
        ("2010", "2026-11-21", IN_DATE, "review due 21 November 2026", False),
        ("2010", "2026-11", IN_DATE, "review due November 2026", False),
        ("2010", "2026-11-20", PAST, "past its own review date, 20 November 2026", True),
        ("2025", "2026", IN_DATE, "review due 2026", False),
        ("2025", "2026-10", PAST, "past its own review date, October 2026", False),
        (None, "2025", PAST, "past its own review date, 2025", False),
    ],
)
def test_currency(
    dated: str | None, due: str | None, state: CurrencyState, text: str, old: bool
) -> None:
    found = currency(source(dated, due), TODAY, old_after_years=3)
    assert (found.state, found.text, found.old) == (state, text, old)


def test_a_document_from_the_future_says_so() -> None:
    found = currency(source("2027-03"), TODAY, old_after_years=3)
    assert found.text == "no review date, dated March 2027, after the day of this assessment"


def test_age_is_counted_on_a_leap_day() -> None:
    dated = source("2016-02-29")
    said = [currency(dated, date(2026, 2, 28), 3).text, currency(dated, date(2026, 3, 1), 3).text]
    assert said == ["no review date, 9 years old", "no review date, 10 years old"]


# --- sources and notices ---------------------------------------------------------------------


def test_a_citation_names_document_section_lines_and_badge() -> None:
    found = citation(PATHWAY, "LFT-01", TODAY)
    assert found.reference == "LFT-01, Leaflet, Growth, lines 2-3; undated; undated"
    assert citation(PATHWAY, "HBK-05", TODAY).reference == (
        "HBK-05, Handbook, Care, line 12; review due 1 May 2030"
    )


def test_what_a_document_does_not_state_is_said() -> None:
    rows = {row.source.id: row for row in source_rows(PATHWAY, TODAY)}
    assert rows["HBK"].publisher == "The park"
    assert rows["HBK"].dated == "May 2020 (printed)"
    assert rows["LFT"].publisher == "not stated in the document; inferred: A club of walkers"
    assert rows["LFT"].dated == "none stated"


def test_the_notice_says_what_it_must() -> None:
    text = notice(PATHWAY)
    for part in (
        "The gardener decides.",
        "No clinician has reviewed this pathway.",
        "Not described is not the same as unsuitable.",
        "the order means nothing",
        "This is not the pathway that came with the tool",
    ):
        assert part in text


def reviewed(digest: str) -> Pathway:
    """The small pathway with a review of the content that has this digest."""
    review = Review(
        by="A. Ash",
        role="head gardener",
        date="2027-01-01",
        version="2026.11",
        digest=digest,
        position=Position("", 1, 1),
    )
    return replace(PATHWAY, reviewed=review)


def test_a_reviewed_pathway_names_who_reviewed_it_and_when() -> None:
    assert review_line(reviewed(PATHWAY.digest)) == ("Reviewed by head gardener on 1 January 2027.")


def test_a_review_of_other_content_has_lapsed() -> None:
    assert review_line(reviewed("0" * 64)) == (
        "Reviewed by head gardener on 1 January 2027, changed since."
    )


def test_only_a_foreign_pathway_is_named_as_one() -> None:
    assert foreign_line(replace(PATHWAY, shipped=True)) == ()
    assert PATHWAY.folder in foreign_line(PATHWAY)[0]


def test_documents_and_changes() -> None:
    assert documents_line(PATHWAY) == "2 documents, 2020, one of them undated"
    assert changes_lines(PATHWAY) == ("2026.11, 21 November 2026: First version.",)
