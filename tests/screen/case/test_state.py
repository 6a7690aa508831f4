"""Every transition of the one state; a refusal says why and changes nothing."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.screen.driving import TODAY, shipped
from tests.small import factor_of
from wizard.case.answers import UNKNOWN, Answer, ChoiceAnswer, MultiAnswer, NumberAnswer
from wizard.case.transitions import (
    MemberState,
    choice_answer,
    member_state,
    none_present,
    rest_absent,
)
from wizard.pathway.factors import ChoiceFactor, MultiFactor
from wizard.screen.case import transitions
from wizard.screen.case.state import Overlay, State, Topic, new_case
from wizard.screen.shared.keys import Refused
from wizard.wording.walk import next_question


def begin() -> State:
    return new_case(shipped(), TODAY)


def at(factor: str) -> State:
    return transitions.go_to(begin(), factor)


def test_a_choice_is_given_and_the_walk_goes_on() -> None:
    state = transitions.choose(begin(), "net")
    assert state.answers["tumour_type"] == ChoiceAnswer(frozenset({"net"}))
    assert state.asked == "site"
    assert state.trail == ("tumour_type",)
    assert state.begun


def test_a_group_stands_for_its_values() -> None:
    group = next(iter(factor_of(begin().pathway, "site", ChoiceFactor).groups.values()))
    state = transitions.choose(at("site"), group.id)
    assert state.answers["site"] == ChoiceAnswer(frozenset(group.values))


def test_marks_make_one_of_several() -> None:
    state = transitions.mark(at("site"), "lung")
    state = transitions.choose(state, "pancreas")
    assert "site" not in state.answers
    state = transitions.confirm(state)
    assert state.answers["site"] == ChoiceAnswer(frozenset({"lung", "pancreas"}))


def test_a_mark_is_taken_back() -> None:
    state = transitions.mark(transitions.mark(at("site"), "lung"), "lung")
    assert state.draft.marked == frozenset()


def test_a_group_and_a_value_of_it_are_no_error_together() -> None:
    group = next(iter(factor_of(begin().pathway, "site", ChoiceFactor).groups.values()))
    state = transitions.mark(transitions.mark(at("site"), group.id), group.values[0])
    state = transitions.confirm(state)
    assert state.answers["site"] == ChoiceAnswer(frozenset(group.values))


def test_a_member_goes_from_present_to_absent_to_not_known() -> None:
    state = transitions.choose(at("problems"), "bone_pain")
    assert state.draft.members == MultiAnswer(frozenset({"bone_pain"}), frozenset())
    state = transitions.choose(state, "bone_pain")
    assert state.draft.members == MultiAnswer(frozenset(), frozenset({"bone_pain"}))
    state = transitions.choose(state, "bone_pain")
    assert state.draft.members == UNKNOWN


def test_a_partial_multi_is_confirmed_as_it_is() -> None:
    state = transitions.confirm(transitions.choose(at("problems"), "bone_pain"))
    assert state.answers["problems"] == MultiAnswer(frozenset({"bone_pain"}), frozenset())


def test_none_of_these_and_the_rest_absent() -> None:
    problems = factor_of(begin().pathway, "problems", MultiFactor)
    assert transitions.none_of_these(at("problems")).answers["problems"] == none_present(problems)
    marked = transitions.choose(at("problems"), "bone_pain")
    closed = transitions.others_absent(marked).answers["problems"]
    assert closed == rest_absent(problems, marked.draft.members)


@pytest.mark.parametrize(("typed", "value"), [("12", "12"), ("2,5", "2.5"), ("0.5", "0.5")])
def test_a_number_takes_a_comma_or_a_point(typed: str, value: str) -> None:
    state = at("tumour_size")
    for letter in typed:
        state = transitions.type_number(state, letter)
    answer = transitions.confirm(state).answers["tumour_size"]
    assert str(answer).endswith(f"'{value}'))")


def test_a_number_keeps_what_was_typed_and_answers_nothing_with_what_it_is_not() -> None:
    for text in ("3.2 cm", "<", "ca. 20", "1.000", "1,000", "30-20", "−5", "1 000"):
        state = typed(text)
        assert state.draft.typed == text
        with pytest.raises(Refused) as refused:
            transitions.confirm(state)
        assert str(refused.value).startswith(f'"{text}" ')
        assert "tumour_size" not in state.answers


@pytest.mark.parametrize(
    ("factor", "answer"),
    [
        ("tumour_size", NumberAnswer(Decimal(20))),
        ("tumour_size", UNKNOWN),
        ("site", ChoiceAnswer(frozenset({"lung"}))),
        ("site", ChoiceAnswer(frozenset({"lung", "pancreas"}))),
        ("site", UNKNOWN),
        ("problems", MultiAnswer(frozenset({"bone_pain"}), frozenset())),
        ("problems", UNKNOWN),
    ],
)
def test_enter_on_an_answered_question_keeps_the_answer(factor: str, answer: Answer) -> None:
    answered = transitions.give(at(factor), answer)
    again = transitions.confirm(transitions.go_to(answered, factor))
    assert again.answers == answered.answers
    assert again.asked == answered.asked


def test_a_press_behind_none_of_these_makes_a_member_present() -> None:
    none = transitions.give(
        at("problems"), transitions.none_of_these(at("problems")).answers["problems"]
    )
    corrected = transitions.choose(transitions.go_to(none, "problems"), "bone_pain")
    assert member_state(corrected.draft.members, "bone_pain") is MemberState.PRESENT
    assert member_state(corrected.draft.members, "other") is MemberState.ABSENT


def test_erasing_takes_the_last_letter_of_what_is_typed() -> None:
    state = transitions.type_number(at("tumour_size"), "12")
    assert transitions.erase(state).draft.typed == "1"
    narrowed = transitions.filter_answers(at("general_health"), "hea")
    assert transitions.erase(narrowed).draft.filter == "he"
    searching = transitions.look_for(transitions.put_over(begin(), Overlay(Topic.SEARCH)), "lun")
    assert transitions.erase(searching).search == "lu"


REFUSED: list[tuple[str, Callable[[], State], Callable[[State], State], str]] = [
    ("no choice", lambda: at("site"), transitions.confirm, "by its digit"),
    ("empty multi", lambda: at("problems"), transitions.confirm, "Mark what is present"),
    ("empty number", lambda: at("tumour_size"), transitions.confirm, "Type a number, or press *"),
    ("no number", lambda: at("tumour_size"), lambda s: transitions.mark(s, "x"), "typed"),
    ("two points", lambda: typed("1.2.3"), transitions.confirm, "not a number"),
    ("too large", lambda: typed("99999"), transitions.confirm, "out of bounds"),
    ("first question", begin, transitions.back, "first question"),
    ("at least one", lambda: at("spread_sites"), transitions.none_of_these, "At least one"),
    ("a choice has no none", lambda: at("site"), transitions.none_of_these, "one answer"),
    ("rest of nothing", lambda: at("problems"), transitions.others_absent, "Mark what is"),
]


def typed(number: str) -> State:
    return transitions.type_number(at("tumour_size"), number)


@pytest.mark.parametrize(
    ("before", "change", "words"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_what_does_not_fit_is_refused_in_a_sentence(
    before: Callable[[], State], change: Callable[[State], State], words: str
) -> None:
    state = before()
    with pytest.raises(Refused, match=words):
        change(state)
    assert state == before()


def test_back_keeps_the_answer_and_goes_on_where_the_walk_was() -> None:
    state = transitions.choose(transitions.choose(begin(), "net"), "pancreas")
    back = transitions.back(transitions.back(state))
    assert back.asked == "tumour_type"
    assert back.answers == state.answers
    again = transitions.choose(back, "net")
    assert again.answers == state.answers
    assert again.asked == state.asked


def test_an_answer_changed_later_loses_no_other() -> None:
    state = transitions.choose(transitions.choose(begin(), "net"), "pancreas")
    changed = transitions.choose(transitions.go_to(state, "tumour_type"), "nec")
    assert changed.answers["site"] == state.answers["site"]


def test_a_parked_answer_is_kept_and_restored() -> None:
    state = transitions.choose(at("extent"), "spread")
    state = transitions.confirm(
        transitions.choose(transitions.go_to(state, "spread_sites"), "liver")
    )
    sites = state.answers["spread_sites"]
    parked = transitions.choose(transitions.go_to(state, "extent"), "not_spread")
    assert parked.assessment.parked == ("spread_sites",)
    assert parked.answers["spread_sites"] == sites
    restored = transitions.choose(transitions.go_to(parked, "extent"), "spread")
    assert restored.assessment == state.assessment


def test_the_last_answer_marks_what_it_moved_and_only_that() -> None:
    state = transitions.choose(begin(), "nec")
    for option, now in state.assessment.options.items():
        was = begin().assessment.options[option].status
        moved = {each.option for each in state.moved.options}
        assert (option in moved) == (now.status is not was)
    following = transitions.not_known(state)
    assert following.moved.options == ()


def test_nothing_a_person_does_makes_the_trail_longer_than_the_questions() -> None:
    order = random.Random(7)
    state = begin()
    factors = list(state.pathway.factors)
    for _ in range(300):
        state = transitions.go_to(state, order.choice(factors))
        if order.random() < 0.5 and state.trail:
            state = transitions.back(state)
    assert len(state.trail) < len(factors)


def test_an_overlay_is_laid_over_another_and_each_is_closed() -> None:
    state = transitions.put_over(begin(), Overlay(Topic.OPTION, "surgery"))
    state = transitions.put_over(state, Overlay(Topic.TREE, "surgery"))
    state = transitions.put_over(state, Overlay(Topic.OPTION, "surgery"))
    assert [each.topic for each in state.overlays] == [Topic.TREE, Topic.OPTION]
    assert transitions.close(transitions.close(state)) == begin()


def test_answers_would_be_lost_until_they_are_saved() -> None:
    assert not begin().would_lose
    state = transitions.choose(begin(), "net")
    assert state.would_lose
    saved = transitions.mark_saved(state)
    assert not saved.would_lose
    assert transitions.not_known(saved).would_lose


def test_the_walk_ends_when_nothing_open_matters_and_any_order_ends_alike() -> None:
    state = begin()
    for _ in range(2 * len(state.pathway.factors)):
        if state.asked is None:
            break
        assert state.factor is not None
        if isinstance(state.factor, ChoiceFactor):
            first = next(iter(state.factor.values))
            state = transitions.give(state, choice_answer(state.factor, [first]))
        else:
            state = transitions.not_known(state)
    assert state.asked is None
    assert next_question(state.situation) is None
    with pytest.raises(Refused, match="No question is open"):
        transitions.not_known(state)


# --- explanations ----------------------------------------------------------------------------


def test_taking_an_alternative_answers_its_question_and_goes_on() -> None:
    state = transitions.give(begin(), ChoiceAnswer(frozenset({"net"})))
    other = ChoiceAnswer(frozenset({"nec"}))
    taken = transitions.take(
        transitions.put_over(state, Overlay(Topic.WHAT_IF, "tumour_type")), "tumour_type", other
    )
    assert taken.answers["tumour_type"] == other
    assert taken.overlays == ()
    assert taken.previous == state.answers
    assert taken.asked not in {None, "tumour_type"}
    assert "tumour_type" in taken.trail


def test_what_is_unfolded_or_released_is_so_for_one_overlay_alone() -> None:
    card = transitions.put_over(begin(), Overlay(Topic.OPTION, "surgery"))
    opened = transitions.toggle_facts(transitions.toggle_all(card))
    assert (opened.unfolded, opened.released) == (True, True)
    for following in (
        transitions.close(opened),
        transitions.put_over(opened, Overlay(Topic.TREE, "surgery")),
    ):
        assert (following.unfolded, following.released) == (False, False)
    assert transitions.toggle_facts(transitions.toggle_all(opened)) == card


def test_an_exported_or_kept_case_can_be_compared_with() -> None:
    state = transitions.give(begin(), ChoiceAnswer(frozenset({"net"})))
    assert state.kept is None
    for held in (transitions.keep(state), transitions.mark_saved(state)):
        later = transitions.give(held, ChoiceAnswer(frozenset({"lung"})))
        assert later.kept == later.previous == state.answers
    assert transitions.keep(state).would_lose
