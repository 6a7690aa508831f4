"""Answers out of raw data, and the edits that a wizard makes to them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.records import a_choice, a_multi, a_number
from wizard.case.answers import UNKNOWN, ChoiceAnswer, MultiAnswer, NumberAnswer, Unknown
from wizard.case.numbers import number_answer, typed_number
from wizard.case.raw import parse_answer, raw_answer
from wizard.case.transitions import (
    AnswerError,
    MemberState,
    choice_answer,
    mark_member,
    member_state,
    none_present,
    rest_absent,
)
from wizard.pathway.factors import ChoiceFactor, Factor, ValueGroup


def choice(values: Sequence[str], groups: Mapping[str, tuple[str, ...]]) -> ChoiceFactor:
    return replace(
        a_choice("thing", values),
        groups={
            name: ValueGroup(
                id=name,
                label=name.title(),
                help="",
                phrase=None,
                values=these,
                whole=set(these) == set(values),
            )
            for name, these in groups.items()
        },
    )


CHOICE = choice(("red", "green", "blue"), {"cold": ("green", "blue")})
MULTI = a_multi("thing", ("a", "b", "c"))
SOME = a_multi("thing", ("a", "b"), at_least=1)
NUMBER = a_number("thing", 0, 1000)


@pytest.mark.parametrize("factor", [CHOICE, MULTI, SOME, NUMBER])
@pytest.mark.parametrize("raw", ["unknown", None])
def test_unknown_is_an_answer_to_every_question(factor: Factor, raw: object) -> None:
    assert parse_answer(factor, raw) is UNKNOWN


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ("red", {"red"}),
        ("cold", {"green", "blue"}),
        (["red"], {"red"}),
        (["red", "blue"], {"red", "blue"}),
        (["cold", "green"], {"green", "blue"}),
    ],
)
def test_choice(raw: object, values: set[str]) -> None:
    assert parse_answer(CHOICE, raw) == ChoiceAnswer(frozenset(values))


@pytest.mark.parametrize("raw", [["red", "cold"], ["red", "green", "blue"]])
def test_all_values_of_a_choice_say_nothing(raw: object) -> None:
    assert parse_answer(CHOICE, raw) is UNKNOWN


@pytest.mark.parametrize(
    ("raw", "message", "path"),
    [
        ([], '"[]" is not an answer; write unknown', ()),
        (
            "rde",
            "is not a value of it; one of red, green, blue, cold was expected; did you mean red?",
            0,
        ),
        (["red", "gren"], "did you mean green?", 1),
        (["red", "red"], "stands here twice", 1),
        (["red", "unknown"], "stands alone", 1),
        (["red", ["blue"]], "is not a name", 1),
        ({"red": "present"}, "a value or a list of values was expected", ()),
        ("", "is not a value of it", 0),
        ("none", "is not a value of it", 0),
        ("Red", "did you mean red?", 0),
    ],
)
def test_bad_choice(raw: object, message: str, path: int | tuple[()]) -> None:
    with pytest.raises(AnswerError) as caught:
        parse_answer(CHOICE, raw)
    assert message in caught.value.message
    assert caught.value.path == (path if path == () else (path,))
    assert caught.value.factor == "thing"


@pytest.mark.parametrize(
    ("raw", "present", "absent"),
    [
        (["a"], {"a"}, {"b", "c"}),
        (["c", "a"], {"a", "c"}, {"b"}),
        (["a", "b", "c"], {"a", "b", "c"}, set()),
        ([], set(), {"a", "b", "c"}),
        (["none"], set(), {"a", "b", "c"}),
        ("none", set(), {"a", "b", "c"}),
        ({"a": "present"}, {"a"}, set()),
        ({"a": "absent", "b": "unknown", "c": None}, set(), {"a"}),
    ],
)
def test_multi(raw: object, present: set[str], absent: set[str]) -> None:
    assert parse_answer(MULTI, raw) == MultiAnswer(frozenset(present), frozenset(absent))


@pytest.mark.parametrize("raw", [{}, {"a": "unknown", "b": None}])
def test_a_map_that_says_nothing_is_unknown(raw: object) -> None:
    assert parse_answer(MULTI, raw) is UNKNOWN


@pytest.mark.parametrize(
    ("raw", "message", "path"),
    [
        ("a", "a list of all that are present was expected, or a map", ()),
        (["d"], "is not a member of it; one of a, b, c was", (0,)),
        (["a", "none"], "cannot stand beside members", (1,)),
        (["a", "a"], "stands here twice", (1,)),
        (["unknown"], "stands alone", (0,)),
        ({"d": "present"}, "is not a member of it", ("d",)),
        ({"a": "yes"}, "is not a state of it; one of present, absent, unknown was", ("a",)),
        ({"a": ["present"]}, "is not a state of it", ("a",)),
        ({"none": "present"}, "is not a member of it", ("none",)),
    ],
)
def test_bad_multi(raw: object, message: str, path: tuple[int | str, ...]) -> None:
    with pytest.raises(AnswerError) as caught:
        parse_answer(MULTI, raw)
    assert message in caught.value.message
    assert caught.value.path == path


@pytest.mark.parametrize("raw", [[], ["none"], "none", {"a": "absent", "b": "absent"}])
def test_none_is_no_answer_where_one_must_be_present(raw: object) -> None:
    with pytest.raises(AnswerError, match="at least 1 of a, b must be present"):
        parse_answer(SOME, raw)


def test_one_absent_is_an_answer_where_one_must_be_present() -> None:
    assert parse_answer(SOME, {"a": "absent"}) == MultiAnswer(frozenset(), frozenset({"a"}))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        (" 12,50 ", "12.5"),
        ("12 mm", "12"),
        ("12.5mm", "12.5"),
        ("0,125", "0.125"),
        ("1.234", "1.234"),
        ("007", "7"),
        ("-0", "0"),
        ("1000", "1000"),
    ],
)
def test_number(written: str, value: str) -> None:
    answer = number_answer(NUMBER, written)
    assert answer == NumberAnswer(Decimal(value))
    assert isinstance(answer, NumberAnswer)
    assert str(answer.value) == value


@pytest.mark.parametrize(
    "written",
    [
        *("", "mm", "twelve", "1e2", "1E2", "nan", "NaN", "inf", "-inf", "0x10", "1_000", "+5"),
        *("1.234,5", "1,234.5", "1.2.3", "12.", ".5", "1 000", "12 cm", "１２", "٣", "12\x00"),
    ],
)
def test_not_a_number(written: str) -> None:
    with pytest.raises(AnswerError, match="is not a number; a number from 0 to 1000 mm was"):
        number_answer(NUMBER, written)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("1,234", "can be read in two ways; write 1234 or 1.234"),
        ("-1", "is out of bounds"),
        ("1000.1", "is out of bounds"),
        ("9" * 15, "is out of bounds"),
        ("9" * 5000, "has too many digits"),
        ("1." + "0" * 15, "has too many digits"),
    ],
)
def test_refused_number(written: str, message: str) -> None:
    with pytest.raises(AnswerError, match=message):
        number_answer(NUMBER, written)


@pytest.mark.parametrize("raw", [[], {"a": 1}, True])
def test_number_of_the_wrong_shape(raw: object) -> None:
    with pytest.raises(AnswerError, match="is not a number"):
        parse_answer(NUMBER, raw)


def test_marking_members_one_by_one() -> None:
    answer = mark_member(MULTI, None, "a", MemberState.PRESENT)
    answer = mark_member(MULTI, answer, "b", MemberState.ABSENT)
    assert [member_state(answer, m) for m in "abc"] == ["present", "absent", "unknown"]
    assert rest_absent(MULTI, answer) == MultiAnswer(frozenset("a"), frozenset("bc"))
    answer = mark_member(MULTI, answer, "a", MemberState.UNKNOWN)
    assert mark_member(MULTI, answer, "b", MemberState.UNKNOWN) is UNKNOWN


def test_none_and_the_rest_absent() -> None:
    assert none_present(MULTI) == MultiAnswer(frozenset(), frozenset("abc"))
    assert rest_absent(MULTI, UNKNOWN) == none_present(MULTI)
    with pytest.raises(AnswerError, match="at least 1"):
        none_present(SOME)
    with pytest.raises(AnswerError, match="at least 1"):
        rest_absent(SOME, None)


def test_marking_the_last_member_absent_is_refused_where_one_must_be_present() -> None:
    answer = mark_member(SOME, None, "a", MemberState.ABSENT)
    with pytest.raises(AnswerError, match="at least 1"):
        mark_member(SOME, answer, "b", MemberState.ABSENT)


def test_raw_answers() -> None:
    assert raw_answer(CHOICE, choice_answer(CHOICE, ["blue", "red"])) == ["red", "blue"]
    assert raw_answer(CHOICE, choice_answer(CHOICE, ["blue"])) == "blue"
    assert raw_answer(CHOICE, UNKNOWN) is None
    assert raw_answer(CHOICE, None) is None
    assert raw_answer(MULTI, parse_answer(MULTI, {"b": "present"})) == {
        "a": "unknown",
        "b": "present",
        "c": "unknown",
    }
    whole = raw_answer(NUMBER, number_answer(NUMBER, "20"))
    assert (whole, type(whole)) == (20, int)
    assert raw_answer(NUMBER, number_answer(NUMBER, "0.1")) == 0.1


@settings(deadline=None)
@given(st.sets(st.sampled_from(["red", "green", "blue"]), min_size=1))
def test_a_choice_survives_its_raw_form(values: set[str]) -> None:
    answer = choice_answer(CHOICE, sorted(values))
    assert parse_answer(CHOICE, raw_answer(CHOICE, answer)) == answer


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), st.sampled_from(list(MemberState))))
def test_a_multi_survives_its_raw_form(states: dict[str, MemberState]) -> None:
    answer = parse_answer(MULTI, {key: state.value for key, state in states.items()})
    assert parse_answer(MULTI, raw_answer(MULTI, answer)) == answer


@settings(deadline=None)
@given(st.decimals(0, 1000, places=3))
def test_a_number_survives_its_raw_form(value: Decimal) -> None:
    answer = number_answer(NUMBER, str(value))
    assert parse_answer(NUMBER, raw_answer(NUMBER, answer)) == answer == NumberAnswer(value)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_an_answer_or_an_answer_error(text: str) -> None:
    for factor in (CHOICE, MULTI, NUMBER):
        with suppress(AnswerError):
            assert parse_answer(factor, text) is not None


def test_a_group_of_all_values_is_kept_as_it_was_given() -> None:
    factor = choice(("red", "green"), {"some": ("green", "red")})
    for raw in ("some", ["some"]):
        answer = parse_answer(factor, raw)
        assert answer == Unknown("some")
        assert raw_answer(factor, answer) == "some"
    assert parse_answer(factor, ["some", "red"]) is UNKNOWN


@pytest.mark.parametrize(
    ("typed", "raw"),
    [
        ("<10", "below 10"),
        ("<= 0,1", "up to 0.1"),
        (">=20", "from 20"),
        ("\u2264 20", "up to 20"),
        (">20", "above 20"),
        ("10-20", "10 up to 20"),
        ("10 \u2013 20", "10 up to 20"),
        ("10 to below 20", "10 to below 20"),
        ("10-10", 10),
        ("10 up to 20", "10 up to 20"),
        ("above 10 up to 20,5", "above 10 up to 20.5"),
        ("above 10 to below 20", "above 10 to below 20"),
        ("<2, 5-7", ["below 2", "5 up to 7"]),
        ("below 2, 5 to below 7", ["below 2", "5 to below 7"]),
        ("<2; 5,5 or >7", ["below 2", "5.5", "above 7"]),
    ],
)
def test_a_number_known_in_part_is_typed_with_signs(typed: str, raw: object) -> None:
    answer = typed_number(NUMBER, typed)
    assert raw_answer(NUMBER, answer) == raw
    assert parse_answer(NUMBER, raw) == answer


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("<", "is not a number"),
        ("20-10", "is empty"),
        ("<1,234", "in two ways"),
        ("<2, ", "is not a number"),
        ("<2, 5 and 7", "'5 and 7' is not a number|\"5 and 7\" is not a number"),
    ],
)
def test_a_range_that_cannot_be_read(typed: str, message: str) -> None:
    with pytest.raises(AnswerError, match=message):
        typed_number(NUMBER, typed)


def test_ranges_of_a_list_are_put_together() -> None:
    answer = parse_answer(NUMBER, ["from 20", "below 5", 6, "4 to 5"])
    assert raw_answer(NUMBER, answer) == ["up to 5", "6", "from 20"]
    assert parse_answer(NUMBER, ["below 20", "from 5"]) == UNKNOWN
    whole = f"{NUMBER.minimum} to {NUMBER.maximum}"
    for nothing in (whole, ["below 5", whole], f"from {NUMBER.minimum}", f"up to {NUMBER.maximum}"):
        assert parse_answer(NUMBER, nothing) == UNKNOWN
    with pytest.raises(AnswerError, match="is not a range"):
        parse_answer(NUMBER, ["below 5", ["from 20"]])
