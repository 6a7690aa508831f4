"""What the header says of a pathway, and the footer of the keys."""

from dataclasses import replace

import pytest

from tests.small import small
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.sources import Review
from wizard.screen.shared.edges import footer_rows, header_rows
from wizard.screen.shared.keys import Key, Place

PATHWAY = small().pathway


def header(pathway: Pathway, width: int = 120) -> str:
    rows = header_rows(pathway, width, Place.CASE, ())
    return "".join(span.text for cell in rows[0].cells for span in cell.spans)


@pytest.mark.parametrize(
    ("digest", "said"),
    [
        (None, "no clinician has reviewed it"),
        (PATHWAY.digest, "Reviewed by head gardener on 1 January 2027   describes"),
        ("0" * 64, "Reviewed by head gardener on 1 January 2027, changed since"),
    ],
    ids=["none", "current", "lapsed"],
)
def test_the_header_says_whether_the_pathway_is_as_it_was_reviewed(
    digest: str | None, said: str
) -> None:
    place = Position("", 1, 1)
    review = digest and Review(
        by="A. Ash",
        role="head gardener",
        date="2027-01-01",
        version="2026.11",
        digest=digest,
        position=place,
    )
    pathway = replace(PATHWAY, reviewed=review or None)
    assert said in header(pathway)
    if review and digest != PATHWAY.digest:
        assert "review lapsed" in header(pathway, 80)


def test_the_footer_begins_what_a_key_does_small_and_leaves_a_unit_as_it_is() -> None:
    keys = (Key("type", "", "type", "ng/mL", ""), Key("help", "question_mark", "?", "Help", ""))
    (row,) = footer_rows(keys, frozenset(), "", 80)
    assert "".join(span.text for cell in row.cells for span in cell.spans).split() == [
        *("type", "ng/mL"),
        *("?", "help"),
    ]
