"""Which question is asked next, and why the others are not."""

from tests.small import at, small
from wizard.wording.walk import (
    QuestionState,
    known_and_settled,
    next_question,
    options_that_depend,
    question_rows,
    still_wanted,
    why_asked,
    why_not_asked,
)

PATHWAY = small().pathway
STATES = QuestionState


def states(given: dict[str, object]) -> dict[str, QuestionState]:
    return {row.factor: row.state for row in question_rows(at(given))}


def asked_in_turn(given: dict[str, object]) -> list[str]:
    """The questions asked until the end, each answered with not known."""
    asked = []
    while (factor := next_question(at(given))) is not None:
        asked.append(factor.id)
        given = {**given, factor.id: "unknown"}
    return asked


def test_questions_are_asked_in_the_order_of_the_walk() -> None:
    assert asked_in_turn({}) == ["kind", "height", "planted", "damage", "growth", "near"]
    assert asked_in_turn({"damage": {"fungus": "present"}}) == [
        *("kind", "height", "planted", "fungus_parts", "near")
    ]


def test_every_question_has_a_state() -> None:
    found = states({"kind": "oak", "height": "unknown", "damage": ["storm"]})
    assert found == {
        "kind": STATES.ANSWERED,
        "height": STATES.NOT_RECORDED,
        "planted": STATES.RECORD_ONLY,
        "damage": STATES.ANSWERED,
        "fungus_parts": STATES.NOT_APPLICABLE,
        "growth": STATES.SETTLED,
        "near": STATES.TO_ASK,
    }
    assert states({})["fungus_parts"] is STATES.WAITING
    parked = states({"damage": ["storm"], "fungus_parts": ["root"]})
    assert parked["fungus_parts"] is STATES.PARKED


def test_a_question_that_is_only_recorded_never_holds_up_the_end() -> None:
    done: dict[str, object] = {"kind": "pine", "height": 3, "damage": ["storm"], "near": "nothing"}
    now = at(done)
    assert states(done)["planted"] is STATES.RECORD_ONLY
    assert next_question(now) is None
    assert still_wanted(now) == "no questions still matter"
    assert (
        known_and_settled(now)
        == "4 answers known, 2 not known, 1 does not apply; 4 of 4 options settled"
    )


def test_why_a_question_is_asked_or_not() -> None:
    now = at({"kind": "oak", "damage": ["storm"]})
    factors = PATHWAY.factors
    assert options_that_depend(now, factors["near"]) == ("fell",)
    assert why_asked(now, factors["near"]) == "One option still depends on it: Fell."
    assert why_asked(now, factors["planted"]) == "No leaflet uses the year."
    assert why_asked(now, factors["growth"]) == (
        "Cannot change any option, aim, usual setting or alert now."
    )
    assert why_not_asked(now, factors["fungus_parts"]) == (
        "Does not apply because “Damage” is answered without Fungus."
    )
    assert why_not_asked(at(), factors["fungus_parts"]) == "Whether it is asked depends on: Damage."
    assert why_not_asked(now, factors["near"]) == ""
    low = at({"kind": "oak", "height": 3, "damage": ["storm"]})
    assert why_asked(low, factors["near"]) == (
        "Its answer can still change an aim or a usual setting or an alert."
    )


def test_a_parked_answer_says_that_it_is_kept() -> None:
    now = at({"damage": ["storm"], "fungus_parts": ["root"]})
    row = next(row for row in question_rows(now) if row.factor == "fungus_parts")
    assert row.answer == "Root, no other"
    assert row.remark == (
        "Kept, not used: it does not apply because “Damage” is answered without Fungus."
    )
