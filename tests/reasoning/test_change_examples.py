"""Nearest changes in small pathways in which one cost, one bound or one fact tells them apart."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.reasoning.records import (
    HERE,
    a_choice,
    a_multi,
    a_number,
    a_statement,
    an_option,
    branch,
    leaf,
    pathway,
    rule,
)
from tests.small import answers
from wizard.case.answers import ChoiceAnswer, MultiAnswer
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.factors import Factor
from wizard.pathway.trees import AnyOf, Ask, Branch, OneOf, Range, Rest, Tree
from wizard.reasoning.changes import MOST_STEPS, NearestChanges, nearest_changes
from wizard.reasoning.value_sets import ValueSet

Asked = tuple[str, OneOf | AnyOf, bool]
"""A question, a test of its answer, and whether the answer must pass it."""


def choices(*names: str) -> list[Factor]:
    return [a_choice(name, "uvw") for name in names]


def multi(name: str, members: str) -> Factor:
    return a_multi(name, members)


def has(name: str, value: str) -> Asked:
    return name, OneOf((value,)), True


def shows(name: str, *members: str) -> list[Asked]:
    return [(name, AnyOf((member,)), True) for member in members]


def lacks(name: str, *members: str) -> Asked:
    return name, AnyOf(members), False


def chain(asked: Sequence[Asked]) -> Tree:
    """Described where every answer passes its test, or does not, as it must."""
    if not asked:
        return leaf(True)
    (name, test, wanted), *rest = asked
    passed, failed = (chain(rest), leaf(False)) if wanted else (leaf(False), chain(rest))
    return Ask(name, (branch(test, passed), branch(Rest(), failed)), HERE)


def ways(factors: Sequence[Factor], *alternatives: Sequence[Asked]) -> Compiled:
    """A pathway whose option is described in each of these ways."""
    return trees(factors, *(chain(each) for each in alternatives))


def trees(factors: Sequence[Factor], *each: Tree) -> Compiled:
    statements = {f"s{n}": a_statement(f"s{n}", rule(tree)) for n, tree in enumerate(each)}
    option = an_option(statements)
    return compile_pathway(pathway({f.id: f for f in factors}, {"o": option}, {}, {}))


def nearest(
    compiled: Compiled,
    given: dict[str, object],
    *,
    released: Sequence[str] = (),
    most: int = MOST_STEPS,
) -> NearestChanges:
    """What makes the option described."""
    case = answers(compiled.pathway, given)
    function = compiled.options["o"]
    return nearest_changes(compiled, case, function, wanted=True, released=released, most=most)


def told(found: NearestChanges) -> list[Mapping[str, ValueSet]]:
    return [change.answers for change in found.changes]


def one(value: str) -> ChoiceAnswer:
    return ChoiceAnswer(frozenset(value))


def said(present: str = "", absent: str = "") -> MultiAnswer:
    return MultiAnswer(frozenset(present), frozenset(absent))


def test_an_answer_is_contradicted_once_however_many_of_its_members_change() -> None:
    compiled = ways([multi("signs", "abc")], [lacks("signs", "a", "b")])
    found = nearest(compiled, {"signs": {"a": "present", "b": "present"}})
    assert told(found) == [{"signs": said(absent="ab")}]
    assert found.changes[0].changed == ("signs",)
    assert found.at_least == 1


def test_to_say_more_of_an_answer_that_is_contradicted_costs_no_question() -> None:
    compiled = ways([multi("signs", "ab")], [lacks("signs", "a"), *shows("signs", "b")])
    found = nearest(compiled, {"signs": {"a": "present"}})
    assert told(found) == [{"signs": said("b", "a")}]
    assert found.at_least == 1


def test_a_member_that_is_said_before_the_contradicted_one_costs_no_question_either() -> None:
    compiled = ways([multi("signs", "ab")], [*shows("signs", "a"), lacks("signs", "b")])
    found = nearest(compiled, {"signs": {"b": "present"}})
    assert told(found) == [{"signs": said("a", "b")}]
    assert found.at_least == 1


def test_a_second_contradiction_is_further_than_one_and_an_open_question() -> None:
    compiled = ways(
        choices("first", "open", "last"),
        [has("first", "u"), has("open", "u")],
        [has("first", "u"), has("last", "u")],
    )
    found = nearest(compiled, {"first": "v", "last": "v"})
    assert told(found) == [{"first": one("u"), "open": one("u")}]
    assert (found.changes[0].changed, found.changes[0].found_out) == (("first",), ("open",))
    assert found.at_least == 2


def test_a_contradiction_is_further_than_two_open_questions() -> None:
    """Also where one question alone would do for each answer to another, but not the same one."""
    which = a_choice("which", "xy")
    compiled = ways(
        [which, *choices("last", "one", "two")],
        [has("last", "u")],
        [has("which", "x"), has("one", "u")],
        [has("which", "y"), has("two", "u")],
    )
    assert told(nearest(compiled, {"last": "v"})) == [
        {"which": one("x"), "one": one("u")},
        {"which": one("y"), "two": one("u")},
        {"one": one("u"), "two": one("u")},
    ]


def test_of_as_many_questions_those_with_the_fewest_members_are_nearest() -> None:
    compiled = ways(
        [multi("signs", "abc"), multi("tests", "pqr")],
        [*shows("signs", "a"), *shows("tests", "p", "q", "r")],
        [*shows("signs", "b", "c"), *shows("tests", "p")],
    )
    assert told(nearest(compiled, {})) == [{"signs": said("bc"), "tests": said("p")}]


def test_changes_that_are_as_near_stand_in_the_order_of_the_walk() -> None:
    compiled = ways(choices("first", "last"), [has("last", "u")], [has("first", "u")])
    found = nearest(compiled, {"first": "v", "last": "v"})
    assert told(found) == [{"first": one("u")}, {"last": one("u")}]


def test_neighbouring_ranges_of_a_number_are_one_and_others_are_not() -> None:
    def until(*bounds: Decimal) -> Tree:
        """True and false by turns, from the lowest number on."""
        lows, highs = [None, *bounds], [*bounds, None]
        parts: list[Branch] = [
            branch(Range(low, high), leaf(place % 2 == 0))
            for place, (low, high) in enumerate(zip(lows, highs, strict=True))
        ]
        return Ask("size", tuple(parts), HERE)

    size = a_number("size")
    two, four, six, eight = map(Decimal, (2, 4, 6, 8))
    found = nearest(trees([size], until(four, six, eight), until(two)), {})
    assert told(found) == [{"size": Range(None, four)}, {"size": Range(six, eight)}]


@pytest.mark.parametrize(
    ("fact", "way", "given"),
    [
        (choices("fact")[0], [has("fact", "u")], "v"),
        (multi("fact", "ab"), shows("fact", "a"), {"a": "absent"}),
    ],
)
def test_a_fact_is_contradicted_only_where_it_is_released(
    fact: Factor, way: Sequence[Asked], given: object
) -> None:
    others = [has("one", "u"), has("two", "u")]
    compiled = ways([replace(fact, fixed=True), *choices("one", "two")], way, others)
    case = {"fact": given, "one": "v", "two": "v"}
    assert told(nearest(compiled, case)) == [{"one": one("u"), "two": one("u")}]
    assert [list(each) for each in told(nearest(compiled, case, released=["fact"]))] == [["fact"]]


def test_what_is_open_of_a_fact_may_be_found_out() -> None:
    compiled = ways([replace(multi("fact", "ab"), fixed=True)], shows("fact", "b"))
    found = nearest(compiled, {"fact": {"a": "absent"}})
    assert told(found) == [{"fact": said("b", "a")}]
    assert found.changes[0].found_out == ("fact",)


def test_nothing_is_told_where_no_answer_brings_it_about() -> None:
    compiled = ways([replace(choices("fact")[0], fixed=True)], [has("fact", "u")])
    assert nearest(compiled, {"fact": "v"}) == NearestChanges((), complete=True, at_least=0)


@pytest.mark.parametrize(
    ("asked", "way", "given"),
    [
        (choices("open")[0], [has("open", "u")], ["u", "v"]),
        (multi("open", "ab"), shows("open", "a"), {}),
    ],
)
def test_a_search_that_stops_at_once_knows_how_many_answers_are_needed(
    asked: Factor, way: Sequence[Asked], given: object
) -> None:
    compiled = ways([*choices("first"), asked], [has("first", "u"), *way])
    found = nearest(compiled, {"first": "v", "open": given}, most=0)
    assert found == NearestChanges((), complete=False, at_least=2)


@pytest.mark.parametrize(("most", "complete"), [(4, True), (3, False)])
def test_a_search_looks_at_no_more_than_it_may(most: int, complete: bool) -> None:
    """One node with the question open, one with each of two answers, and one change."""
    compiled = ways([a_choice("kind", "uv")], [has("kind", "u")])
    assert nearest(compiled, {}, most=most).complete is complete


def test_a_search_with_too_many_changes_stops() -> None:
    """Any of five signs of each of eight parts of the body: 390,625 changes."""
    signs = [multi(f"part{part}", "abcde") for part in range(8)]
    way: list[Asked] = [(each.id, AnyOf(tuple("abcde")), True) for each in signs]
    assert nearest(ways(signs, way), {}) == NearestChanges((), complete=False, at_least=8)
