"""That something was not measured or not looked for, in words."""

from tests.small import at, factor_of, park, prostate
from wizard.case.answers import (
    MULTI_NOT_DONE,
    NUMBER_NOT_DONE,
    Answer,
    ChoiceAnswer,
    MultiAnswer,
)
from wizard.case.raw import parse_answer
from wizard.pathway.factors import ChoiceFactor, MultiFactor, NumberFactor
from wizard.pathway.ranges import read_range
from wizard.pathway.trees import BEYOND, Range
from wizard.wording.answers import answer_text, because
from wizard.wording.search import search
from wizard.wording.trees import Reach, tree_lines
from wizard.wording.values import values_text
from wizard.wording.vignettes import answer_sentences, changed_text

PSA = factor_of(prostate().pathway, "psa", NumberFactor)
PARTS = factor_of(park().pathway, "fungus_parts", MultiFactor)
NEST = factor_of(park().pathway, "nest", ChoiceFactor)
NO_NEST = ChoiceAnswer(frozenset({"not_done"}))
ROOT = MultiAnswer(frozenset({"root"}), frozenset())


def test_an_answer_has_its_label() -> None:
    assert answer_text(PSA, NUMBER_NOT_DONE) == "Not measured"
    assert answer_text(PARTS, MULTI_NOT_DONE) == "Not looked at"
    assert answer_text(NEST, NO_NEST) == "Not looked for"
    ranges = parse_answer(PSA, ["below 10", "from 20", "not_done"])
    assert answer_text(PSA, ranges) == "below 10 or from 20 ng/mL or not measured"


def test_a_set_of_values_tells_it_beside_its_numbers() -> None:
    assert values_text(PSA, Range(read_range(PSA, "from 20").low, None)) == (
        "from 20 ng/mL or not measured"
    )
    assert values_text(PSA, Range(None, BEYOND)) == "any number"
    looked_at = MultiAnswer(frozenset(), frozenset({"not_done"}))
    assert values_text(PARTS, looked_at) == "anything but Not looked at"


def test_a_vignette_tells_it_by_its_phrase_or_its_label() -> None:
    assert answer_sentences(PSA, NUMBER_NOT_DONE) == ("The PSA was not measured.",)
    assert answer_sentences(PARTS, MULTI_NOT_DONE) == ("Nobody looked where the fungus is.",)
    assert answer_sentences(NEST, NO_NEST) == ("Birds in it: Not looked for.",)
    assert changed_text(PARTS, ROOT, MULTI_NOT_DONE) == (
        "Where the fungus is: Not looked at (instead of: Root, the rest not known)"
    )


def test_a_reason_tells_it_as_a_clause() -> None:
    deciding: dict[str, Answer] = {"fungus_parts": MULTI_NOT_DONE, "nest": NO_NEST}
    assert because(park().pathway, deciding) == (
        "nobody looked where the fungus is and “Birds in it” is answered “Not looked for”"
    )


def test_a_search_finds_it() -> None:
    found = search(park().pathway, "looked at")
    assert any("fungus_parts" in str(hit) for hit in found)


def reaches(raw: object) -> list[tuple[str, Reach]]:
    given: dict[str, object] = {"damage": ["fungus"], "fungus_parts": raw}
    rule = park().pathway.alerts["not_looked"].when
    return [(line.words, line.reach) for line in tree_lines(at(given, park()), rule.tree)]


def test_a_tree_lights_it_where_it_is_so() -> None:
    words = "Where the fungus is: Not looked at"
    assert (words, Reach.TAKEN) in reaches("not_done")
    assert (words, Reach.CLOSED) in reaches({"root": "absent"})
    assert (words, Reach.OPEN) in reaches("unknown")
