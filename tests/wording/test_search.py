"""Search by the beginnings of words, over everything that a pathway says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pathway.overlays import copied, edited
from tests.small import at, shipped, small
from wizard.engine.compiling import compile_pathway
from wizard.pathway.format.reading import read_pathway
from wizard.report.reading import search_sections
from wizard.report.text import section_lines
from wizard.wording.search import HitKind, found_by_words, holds, search


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ssa", "SSA, a word of ours"),
        ("anaem", "Anaemia"),
        ("oesoph", "Œsophagus: Oesophagus"),
        ("cafe", "Café"),
        ("LIVER sp", "Spread to the liver"),
        ("lu-177", "Lu-177 DOTATATE"),
        ("177", "Lu-177 DOTATATE"),
        ("lu-1", "given as Lu-177"),
    ],
)
def test_a_word_begins_a_word(typed: str, text: str) -> None:
    assert holds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ki-67", "kidney disease, ICQ-67"),
        ("ssa", "immunosuppressants"),
        ("liver lung", "Spread to the liver"),
        ("rest", "forest"),
    ],
)
def test_a_word_inside_a_word_is_not_found(typed: str, text: str) -> None:
    assert not holds(typed, text)


def test_every_text_of_a_pathway_is_found_by_its_own_first_words() -> None:
    pathway = shipped().pathway
    texts = [
        *((HitKind.OPTION, each.id, each.label) for each in pathway.options.values()),
        *(
            (HitKind.OPTION, each.id, note.says)
            for each in pathway.options.values()
            for note in each.notes
        ),
        *((HitKind.QUESTION, each.id, each.help) for each in pathway.factors.values()),
        *((HitKind.ALERT, each.id, each.title) for each in pathway.alerts.values()),
        *((HitKind.TERM, each.id, each.term) for each in pathway.glossary.values()),
        *((HitKind.ASSUMPTION, each.id, each.says) for each in pathway.assumptions.values()),
        *((HitKind.LIMIT, str(number), each) for number, each in enumerate(pathway.limits, 1)),
        *((HitKind.CLAIM, each.id, each.says) for each in pathway.claims.values()),
    ]
    for kind, name, text in texts:
        typed = " ".join(text.split()[:6])
        assert (kind, name) in {(hit.kind, hit.id) for hit in search(pathway, typed)}, text


def test_a_hit_shows_the_passages_that_hold_a_word() -> None:
    hits = search(small().pathway, "conifer")
    assert [hit.id for hit in hits if hit.kind is HitKind.QUESTION] == ["kind"]
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
            if holds(typed, claim.says) and (HitKind.CLAIM, claim.id) not in found
        ]
        assert missed == []


def test_other_words_find_what_they_stand_for_and_are_named_as_ours(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edited(folder, "options/spray.yaml", "option: spray\n", "option: spray\nalso: [PRRT, Lu-177]\n")
    edited(folder, "factors.yaml", "label: Pine,", "label: Pine, also: [Scots fir, pinus],")
    edited(
        folder,
        "factors.yaml",
        "label: Kind of tree",
        "label: Kind of tree\n  also: [species]",
    )
    edited(folder, "alerts.yaml", "  level: emergency\n", "  level: emergency\n  also: [widow]\n")
    pathway = read_pathway(folder)
    (option,) = search(pathway, "prrt")
    assert (option.kind, option.id, option.found_by) == (HitKind.OPTION, "spray", ("PRRT",))
    assert found_by_words(option.found_by) == "found by: PRRT, a word of ours"
    (question,) = search(pathway, "fir")
    assert (question.id, question.passages) == ("kind", ("Pine: Needles in pairs.",))
    assert found_by_words(question.found_by) == "found by: Scots fir, a word of ours"
    assert [hit.found_by for hit in search(pathway, "species")] == [("species",)]
    assert [hit.id for hit in search(pathway, "widow")] == ["falling"]
    pines = {hit.id: hit.found_by for hit in search(pathway, "pin")}
    assert pines["kind"] == (), "a text of the pathway holds it"
    told = "\n".join(
        line
        for section in search_sections(at({}, compile_pathway(pathway)), "lu-177")
        for line in section_lines(section, 80)
    )
    assert "- found by: Lu-177, a word of ours" in told
