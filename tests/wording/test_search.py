"""Search by the beginnings of words, over everything that a pathway says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import shipped, small
from wizard.wording.search import Kind, holds, search


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ssa", "SSA, a word of ours"),
        ("anaem", "Anaemia"),
        ("oesoph", "Œsophagus: Oesophagus"),
        ("cafe", "Café"),
        ("LIVER sp", "Spread to the liver"),
        ("lu-177", "Lu-177 DOTATATE"),
    ],
)
def test_a_word_begins_a_word(typed: str, text: str) -> None:
    assert holds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("ssa", "immunosuppressants"), ("liver lung", "Spread to the liver"), ("rest", "forest")],
)
def test_a_word_inside_a_word_is_not_found(typed: str, text: str) -> None:
    assert not holds(typed, text)


def test_every_text_of_a_pathway_is_found_by_its_own_first_words() -> None:
    pathway = shipped().pathway
    texts = [
        *((Kind.OPTION, each.id, each.label) for each in pathway.options.values()),
        *(
            (Kind.OPTION, each.id, note.says)
            for each in pathway.options.values()
            for note in each.notes
        ),
        *((Kind.QUESTION, each.id, each.help) for each in pathway.factors.values()),
        *((Kind.ALERT, each.id, each.title) for each in pathway.alerts.values()),
        *((Kind.TERM, each.id, each.term) for each in pathway.glossary.values()),
        *((Kind.ASSUMPTION, each.id, each.says) for each in pathway.assumptions.values()),
        *((Kind.LIMIT, str(number), each) for number, each in enumerate(pathway.limits, 1)),
        *((Kind.CLAIM, each.id, each.says) for each in pathway.claims.values()),
    ]
    for kind, name, text in texts:
        typed = " ".join(text.split()[:6])
        assert (kind, name) in {(hit.kind, hit.id) for hit in search(pathway, typed)}, text


def test_a_hit_shows_the_passages_that_hold_a_word() -> None:
    hits = search(small().pathway, "conifer")
    assert [hit.id for hit in hits if hit.kind is Kind.QUESTION] == ["kind"]
    assert any("conifers" in text for hit in hits for text in hit.passages)


LETTERS = sorted({letter for claim in small().pathway.claims.values() for letter in claim.says})


@given(st.lists(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=3).map(" ".join))
def test_whatever_is_typed_finds_only_what_holds_all_of_it(typed: str) -> None:
    found = {(hit.kind, hit.id): hit for hit in search(small().pathway, typed)}
    for hit in found.values():
        assert holds(typed, hit.title, *hit.passages)
    if any(letter.isalnum() for letter in typed):
        missed = [
            claim
            for claim in small().pathway.claims.values()
            if holds(typed, claim.says) and (Kind.CLAIM, claim.id) not in found
        ]
        assert missed == []
