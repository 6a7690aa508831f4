"""What may be typed at a place, in files that are not whole yet."""

import pytest

from tests.editor.views import cursor, shipped
from wizard.editor.completing import Offer, offers_at
from wizard.editor.places import words_of
from wizard.editor.view import View
from wizard.pathway.factors import named_values
from wizard.pathway.load import load_pathway

SURGERY = "options/surgery.yaml"
TREE = """\
option: surgery
label: Surgery
statements:
  one:
    claims: [ICS-09]
    tree:
      ask: tumour_type
"""
BROKEN = 'title: "never closed\n'


@pytest.fixture(scope="module")
def view() -> View:
    return shipped(SURGERY, TREE)


def offered(view: View, marked: str, name: str = SURGERY) -> dict[str, Offer]:
    text, position = cursor(name, marked)
    return {each.word: each for each in offers_at(view, text, position).offers}


@pytest.mark.parametrize("typed", ["|", "ne|", "n|e"])
@pytest.mark.parametrize("after", ["", "\n\ncard:\n  works: [ICS-09]\n", f"\n{BROKEN}"])
def test_below_a_question_it_offers_its_answers(typed: str, after: str, view: View) -> None:
    found = offered(view, f"{TREE}      {typed}{after}")
    values = named_values(load_pathway().factors["tumour_type"])
    assert list(found) == ["otherwise", *values]
    assert all(each.is_key for each in found.values())
    assert found["net"].means.startswith("NET (includes what older texts call carcinoid)")


def test_an_answer_that_stands_already_is_not_offered_again(view: View) -> None:
    found = offered(view, f"{TREE}      net: described\n      |")
    assert list(found) == ["otherwise", "nec", "other"]


@pytest.mark.parametrize("typed", ["|", "tum|", "tumour_|type"])
def test_after_ask_it_offers_factors_with_their_questions(typed: str, view: View) -> None:
    found = offered(view, TREE.replace("tumour_type", typed))
    factors = {each.id: each for each in load_pathway().factors.values() if not each.record_only}
    assert list(found) == list(factors)
    assert found["site"] == Offer("site", factors["site"].question, is_key=False)


@pytest.mark.parametrize("typed", ["[|]", "[ICS-|]", "[ICS-09, |", "[ICS-09, |]", "[|"])
def test_claims_are_offered_with_what_they_say(typed: str, view: View) -> None:
    found = offered(view, TREE.replace("[ICS-09]", typed))
    claims = load_pathway().claims
    assert list(found) == list(claims)
    assert found["ICS-28"].means.startswith(claims["ICS-28"].says)
    assert "lines" in found["ICS-28"].means


@pytest.mark.parametrize(
    ("marked", "some"),
    [
        (f"{TREE}      net: |", {"described", "not_described"}),
        (f"{TREE}      net: {{use: |}}", set(load_pathway().shared)),
        (f"{TREE}      net:\n        |", {"ask", "use", "described"}),
        (f"{TREE}\n|", {"card", "notes", "aims", "cautions"}),
        (f"{TREE}  two:\n    |", {"claims", "scope", "when", "tree"}),
        (f"{TREE}  two:\n    when: {{tumour_type: net, |}}", {"site", "any", "not"}),
        (f"{TREE}  two:\n    when: {{site: |}}", {"lung", "digestive"}),
        (f"{TREE}  two:\n    when: {{site: [lung, |", {"pancreas", "digestive"}),
        (f"{TREE}  two:\n    assumes: [|", set(load_pathway().assumptions)),
        (f"{TREE}notes:\n  - |", {"says", "row", "claims"}),
        (f"{TREE}notes:\n  - row: |", {"names", "works"}),
    ],
)
def test_what_may_stand_is_offered(marked: str, some: set[str], view: View) -> None:
    assert some <= set(offered(view, marked))


@pytest.mark.parametrize(
    ("name", "marked", "some"),
    [
        ("cases/new.yaml", "answers:\n  |", set(load_pathway().factors)),
        ("cases/new.yaml", "answers:\n  tumour_type: |", {"net", "nec", "other", "unknown"}),
        ("cases/new.yaml", "answers: {}\nexpect:\n  described: [|", set(load_pathway().options)),
        ("cases/new.yaml", "answers: {}\nexpect:\n  alerts: [|", set(load_pathway().alerts)),
        ("hazards.yaml", "H01:\n  tests:\n    - |", {"cases/no_answers.yaml"}),
        ("pathway.yaml", "options:\n  surgery: |", set(load_pathway().groups)),
        ("factors.yaml", "one:\n  type: |", {"choice", "multi", "number", "derived"}),
        ("alerts.yaml", "one:\n  level: |", {"emergency", "caution"}),
    ],
)
def test_every_kind_of_file_is_completed(
    name: str, marked: str, some: set[str], view: View
) -> None:
    assert some <= set(offered(view, marked, name))


@pytest.mark.parametrize(
    "marked", ["label: Some| words", "# a comm|ent", f"{BROKEN}label: |", "\t|", "[[[[|", ""]
)
def test_where_no_id_stands_none_is_offered(marked: str, view: View) -> None:
    assert not {each.word for each in offered(view, marked).values()} & set(load_pathway().claims)


def test_a_word_that_is_a_key_keeps_its_colon_and_the_whole_word_is_replaced(view: View) -> None:
    text, position = cursor(SURGERY, TREE.replace("claims:", "cla|ims:"))
    offers = offers_at(view, text, position)
    assert words_of(text, offers.place) == "claims"
    assert not any(each.is_key for each in offers.offers)
    assert "when" in {each.word for each in offers.offers}
