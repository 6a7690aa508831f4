"""Answers carried to another version keep their meaning, and nothing of them is lost."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

import hypothesis.strategies as st
import pytest
from hypothesis import given

from tests.small import answers, factor_of, park, small
from wizard.case.answers import (
    MULTI_NOT_DONE,
    UNKNOWN,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    Unknown,
)
from wizard.case.carrying import Aside, carried
from wizard.case.raw import parse_answer
from wizard.case.transitions import MemberState, member_state
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor, Value
from wizard.pathway.model import Pathway
from wizard.record import replace

LETTERS = "abcde"
CHOICE = factor_of(small().pathway, "kind", ChoiceFactor)
MULTI = factor_of(small().pathway, "damage", MultiFactor)
NUMBER = factor_of(small().pathway, "height", NumberFactor)


def values_of(names: str) -> dict[str, Value]:
    return {name: Value(id=name, label=name, help="") for name in names}


def choice(names: str) -> ChoiceFactor:
    return replace(CHOICE, id="f", values=values_of(names), groups={})


def multi(names: str, at_least: int = 0) -> MultiFactor:
    return replace(MULTI, id="f", members=values_of(names), at_least=at_least, groups={})


def version(factor: Factor, former: Mapping[str, str] = MappingProxyType({})) -> Pathway:
    return replace(small().pathway, factors={factor.id: factor}, former=former)


class Versions:
    """Two versions of one question, and what the second calls each value of the first."""

    def __init__(self, old: str, new: str, renamed: Mapping[str, str]) -> None:
        self.old, self.new, self.renamed = old, new, renamed

    def now(self, value: str) -> str:
        return self.renamed.get(value, value)

    @property
    def former(self) -> dict[str, str]:
        return {f"value f.{before}": now for before, now in self.renamed.items()}


@st.composite
def versions(draw: st.DrawFn, least: int = 2) -> Versions:
    """The second version lacks some values, has new ones, and calls some otherwise."""
    names = st.sets(st.sampled_from(LETTERS), min_size=least)
    old = draw(names)
    stays = draw(st.sets(st.sampled_from(sorted(old))))
    renamed = (
        {name: name.upper() for name in draw(st.sets(st.sampled_from(sorted(old - stays))))}
        if old - stays
        else {}
    )
    added = draw(st.sets(st.sampled_from("xyz")))
    new = stays | set(renamed.values()) | added
    while len(new) < least:
        new |= {"v", "w"}
    return Versions("".join(sorted(old)), "".join(sorted(new)), renamed)


@given(versions(), st.data())
def test_a_choice_says_the_same_of_every_value_or_is_set_aside(
    both: Versions, data: st.DataObject
) -> None:
    said = data.draw(st.sets(st.sampled_from(both.old), min_size=1, max_size=len(both.old) - 1))
    old, new = version(choice(both.old)), version(choice(both.new), both.former)
    given_ = Answers({"f": ChoiceAnswer(frozenset(said))})
    found = carried(given_, old, new)
    known = {both.now(value) for value in said} <= set(both.new)
    if known and {both.now(value) for value in said} != set(both.new):
        answer = found.answers["f"]
        assert isinstance(answer, ChoiceAnswer)
        for value in both.new:
            was = {before for before in both.old if both.now(before) == value}
            assert (value in answer.values) == bool(was & said), value
        assert found.aside == ()
    else:
        assert dict(found.answers) == {}
        assert found.aside == (Aside(old.factors["f"], given_["f"]),)
    assert back(found.answers, new, old, found.aside) == given_


@given(versions(1), st.data())
def test_a_list_says_the_same_of_every_member_and_the_rest_is_set_aside(
    both: Versions, data: st.DataObject
) -> None:
    states = {member: data.draw(st.sampled_from(MemberState)) for member in both.old}
    answer = MultiAnswer(
        frozenset(member for member, state in states.items() if state is MemberState.PRESENT),
        frozenset(member for member, state in states.items() if state is MemberState.ABSENT),
    )
    if not (answer.present or answer.absent):
        return
    old, new = version(multi(both.old)), version(multi(both.new), both.former)
    given_ = Answers({"f": answer})
    found = carried(given_, old, new)
    now = found.answers.get("f")
    lost = {member for member in both.old if both.now(member) not in both.new}
    for member in both.new:
        was = [before for before in both.old if both.now(before) == member]
        expected = states[was[0]] if was else MemberState.UNKNOWN
        assert member_state(now, member) is expected, member
    aside = found.aside[0].answer if found.aside else UNKNOWN
    for member in both.old:
        expected = states[member] if member in lost else MemberState.UNKNOWN
        assert member_state(aside, member) is expected, member
    assert back(found.answers, new, old, found.aside) == given_


def back(found: Answers, new: Pathway, old: Pathway, aside: tuple[Aside, ...]) -> Answers:
    """The answers in the version of before again."""
    again = carried(found, new, old, aside)
    assert again.aside == ()
    return again.answers


@pytest.mark.parametrize(
    ("raw", "other", "kept"),
    [
        ("20", NUMBER, True),
        ("20", replace(NUMBER, maximum=Decimal(19)), False),
        ("20", replace(NUMBER, unit="cm"), False),
        ("20.5", replace(NUMBER, whole=True), False),
        ("below 10", replace(NUMBER, minimum=Decimal(5)), True),
        ("below 10", replace(NUMBER, minimum=Decimal(20)), False),
        (["below 10", "from 50"], NUMBER, True),
    ],
)
def test_a_number_stays_where_it_is_the_same_quantity_and_fits(
    raw: object, other: NumberFactor, kept: bool
) -> None:
    old = version(NUMBER)
    new = version(other)
    given_ = Answers({"height": parse_answer(NUMBER, raw)})
    found = carried(given_, old, new)
    assert (dict(found.answers) == dict(given_)) is kept
    assert bool(found.aside) is not kept
    assert back(found.answers, new, old, found.aside) == given_


def test_not_known_stays_not_known_and_loses_a_group_that_no_longer_holds_all() -> None:
    every = replace(
        choice("ab"),
        groups={"any": replace(CHOICE.groups["broadleaved"], id="any", values=("a", "b"))},
    )
    given_ = Answers({"f": Unknown("any")})
    assert carried(given_, version(every), version(every)).answers == given_
    more = replace(every, values=values_of("abc"))
    assert dict(carried(given_, version(every), version(more)).answers) == {"f": UNKNOWN}


def test_not_done_stays_where_it_is_an_answer() -> None:
    parts = factor_of(park().pathway, "fungus_parts", MultiFactor)
    given_ = Answers({"fungus_parts": MULTI_NOT_DONE})
    without = version(replace(parts, not_done=None))
    found = carried(given_, version(parts), without)
    assert (dict(found.answers), len(found.aside)) == ({}, 1)
    assert back(found.answers, without, version(parts), found.aside) == given_


def test_a_list_that_needs_a_member_is_never_made_empty() -> None:
    old, new = version(multi("abc")), version(multi("ab", at_least=1))
    given_ = Answers({"f": MultiAnswer(frozenset("c"), frozenset("ab"))})
    found = carried(given_, old, new)
    assert dict(found.answers) == {}
    assert back(found.answers, new, old, found.aside) == given_


def test_a_factor_that_is_called_otherwise_keeps_its_answer_both_ways() -> None:
    old = version(choice("abc"))
    new = version(replace(choice("Abc"), id="g"), {"factor f": "g", "value g.a": "A"})
    given_ = Answers({"f": ChoiceAnswer(frozenset("ab"))})
    found = carried(given_, old, new)
    assert found.answers == Answers({"g": ChoiceAnswer(frozenset("Ab"))})
    assert back(found.answers, new, old, ()) == given_


@pytest.mark.parametrize(
    "other", [multi("ab"), replace(NUMBER, id="f"), replace(choice("ab"), id="g")]
)
def test_another_kind_of_question_or_none_sets_the_answer_aside(other: Factor) -> None:
    given_ = Answers({"f": ChoiceAnswer(frozenset("a"))})
    found = carried(given_, version(choice("ab")), version(other))
    assert (dict(found.answers), [each.answer for each in found.aside]) == ({}, [given_["f"]])


def test_what_was_answered_meanwhile_stands_in_place_of_what_was_set_aside() -> None:
    old, new = version(choice("abc")), version(choice("bc"))
    aside = (Aside(old.factors["f"], ChoiceAnswer(frozenset("a"))),)
    meanwhile: Answer = ChoiceAnswer(frozenset("b"))
    found = carried(Answers({"f": meanwhile}), new, old, aside)
    assert (dict(found.answers), found.aside) == ({"f": meanwhile}, ())


def test_a_list_that_is_not_known_meanwhile_stays_so() -> None:
    old, new = version(multi("abc")), version(multi("bc"))
    aside = (Aside(old.factors["f"], MultiAnswer(frozenset("a"), frozenset())),)
    found = carried(Answers({"f": UNKNOWN}), new, old, aside)
    assert (dict(found.answers), found.aside) == ({"f": UNKNOWN}, ())


def test_the_same_version_changes_nothing() -> None:
    pathway = park().pathway
    given_ = answers(
        pathway,
        {
            "kind": ["oak", "pine"],
            "height": "below 10",
            "branches": "not_done",
            "damage": {"storm": "present", "insects": "absent"},
            "nest": "unknown",
            "growth": "slow",
        },
    )
    found = carried(given_, pathway, pathway)
    assert (found.answers, found.aside) == (given_, ())
