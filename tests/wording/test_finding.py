"""Finding by a few letters: what fits, and in which order."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import shipped, small
from wizard.pathway.format.reading import read_pathway
from wizard.wording.finding import Findable, FoundKind, find, fuzzy, marked_words, of_pathway
from wizard.wording.search import HitKind, search

TEXTS = st.text("abc -É", max_size=14)
TYPED = st.text("abce", min_size=1, max_size=5)


@given(TYPED, TEXTS)
def test_what_is_marked_is_what_was_typed_and_words_are_entered_at_their_beginning(
    typed: str, text: str
) -> None:
    found = fuzzy(typed, text)
    if found is None:
        return
    _score, places = found
    assert list(places) == sorted(set(places))
    assert "".join(text[each].lower().replace("é", "e") for each in places) == typed
    last = -1
    for place in places:
        between = text[max(last, 0) : place]
        same_word = last >= 0 and between.isalnum()
        assert same_word or place == 0 or not text[place - 1].isalnum()
        last = place


@given(st.text("abc", min_size=1, max_size=6), st.data())
def test_any_letters_of_a_word_in_order_find_it(word: str, data: st.DataObject) -> None:
    rest = data.draw(st.sets(st.sampled_from(range(len(word)))))
    typed = "".join(word[each] for each in sorted(rest | {0}))
    assert fuzzy(typed, f"x {word}") is not None


def test_letters_beside_each_other_fit_better() -> None:
    near, far = fuzzy("ever", "Everolimus"), fuzzy("ever", "Eva verifies")
    assert near is not None
    assert near[1] == (0, 1, 2, 3)
    assert far is None or near[0] > far[0]


@given(st.text("liverICS-37 ", max_size=6))
def test_the_order_is_alive_then_dead_and_lately_chosen_first(typed: str) -> None:
    offered = tuple(of_pathway(small().pathway))
    dead = tuple(
        Findable(each.kind, f"dead:{each.target}", each.title, each.id, unusable="no")
        for each in offered
    )
    recent = tuple(each.target for each in offered[-3:])
    found = [each.what for each in find((*dead, *offered), typed, recent)]
    alive = [each for each in found if not each.unusable]
    assert found == [*alive, *(each for each in found if each.unusable)]
    lately = [each.target for each in alive if each.target in recent]
    assert [each.target for each in alive[: len(lately)]] == [
        each for each in recent if each in lately
    ]


@pytest.mark.slow
def test_everything_is_found_by_its_id_and_by_its_title() -> None:
    offered = tuple(of_pathway(shipped().pathway))
    for each in offered:
        for typed in (each.id, each.title[:60]):
            assert each in {fit.what for fit in find(offered, typed)} or not typed


def test_other_words_are_told_and_passages_hold_what_the_title_lacks() -> None:
    (found,) = (
        each
        for each in find(of_pathway(shipped().pathway), "prrt")
        if each.what.kind is FoundKind.OPTION
    )
    assert found.found_by == ("PRRT",)
    what = Findable(FoundKind.ACTION, "do:keep", "Keep", texts=("To compare it later",))
    (found,) = find([what], "later")
    assert found.passage == "To compare it later"


def test_beginnings_of_words_are_marked() -> None:
    assert marked_words("liv", "Liver, not sliver") == {0, 1, 2}


def test_a_group_of_members_leads_to_its_question() -> None:
    pathway = read_pathway(Path(__file__).parents[1] / "pathway" / "prostate")
    found = {each.what.target: each for each in find(of_pathway(pathway), "antiandrogens orch")}
    assert found["factor:earlier"].what.kind is FoundKind.QUESTION
    assert found["factor:earlier"].passage.startswith("Antiandrogens or orchiectomy: any of")
    assert len({each.target for each in of_pathway(pathway)}) == len([*of_pathway(pathway)])
    assert (HitKind.QUESTION, "earlier") in [
        (hit.kind, hit.id) for hit in search(pathway, "any hormone therapy")
    ]
