"""A vignette reads as a person tells it, and says neither more nor less than its sentences."""

import re

from hypothesis import given
from hypothesis import strategies as st

from wizard.wording.vignettes import narrated

SUBJECTS = st.sampled_from(["The tree", "The soil", "A bird"])
PREDICATES = st.sampled_from(
    ["is old", "has fungus", "is old, but strong", "grows or rests", "stands alone", "began early"]
)
PLAIN = st.builds("{} {}.".format, SUBJECTS, PREDICATES)
OPEN = st.sampled_from(
    ["Whether it grows is not known.", "How old it is is not known.", "Nothing is not known."]
)
STORIES = st.lists(st.one_of(PLAIN, OPEN), max_size=6)


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


@given(STORIES)
def test_joining_keeps_every_word_and_adds_only_what_joins(story: list[str]) -> None:
    told = narrated(story)
    assert words(" ".join(story)) - {"is"} <= words(told)
    assert words(told) <= words(" ".join(story)) | {"and", "are"}
    assert len(told) <= len(" ".join(story)) + len(story)
    assert not told or told.endswith(".")


def test_what_sentences_share_is_said_once() -> None:
    assert (
        narrated(["The tree is old.", "The tree has fungus."]) == "The tree is old and has fungus."
    )
    assert (
        narrated(["Whether it grows is not known.", "How old it is is not known."])
        == "Whether it grows and how old it is are not known."
    )


def test_a_sentence_of_several_parts_stands_alone() -> None:
    story = ["The tree is old, but strong.", "The tree has fungus.", "The soil is dry."]
    assert narrated(story) == " ".join(story)
