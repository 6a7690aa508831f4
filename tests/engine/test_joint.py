"""Two versions over one space: which questions are one, in which order, with which answers; and
numbers that are bounded on one side, on both or not at all."""

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
from wizard.case.answers import NO_ANSWERS, Answers, NumberAnswer
from wizard.engine.compiling import compile_pathway
from wizard.engine.counting import cases_of
from wizard.engine.diagrams import TRUE
from wizard.engine.joint import BEFORE, Joint, comparable, joint
from wizard.engine.space import case_space
from wizard.pathway.factors import ChoiceFactor, Factor, NumberFactor, named_values
from wizard.pathway.model import (
    Aim,
    Alert,
    AlertLevel,
    Check,
    Option,
    Pathway,
    SharedTree,
    UsualSetting,
)
from wizard.pathway.trees import Ask as Question
from wizard.pathway.trees import OneOf, Outcome, Range, Rule
from wizard.reasoning.assessing import assess
from wizard.reasoning.what_if import what_if

BUDGET = 10_000


def number(low: int, high: int, name: str = "size") -> NumberFactor:
    return a_number(name, low, high)


def choice(name: str, *values: str) -> ChoiceFactor:
    return a_choice(name, values)


def at(bound: int, name: str = "size") -> Rule:
    """True from a number on."""
    low, high = Range(None, Decimal(bound)), Range(Decimal(bound), None)
    parts = (branch(low, leaf(False)), branch(high, leaf(True)))
    return rule(Question(name, parts, HERE))


def described(*rules: Rule, aims: tuple[Aim, ...] = ()) -> Option:
    statements = {f"s{n}": a_statement(f"s{n}", one, aims) for n, one in enumerate(rules)}
    return an_option(statements)


def version(factors: Sequence[Factor], *bounds: int) -> Pathway:
    rules = [at(bound) for bound in bounds] or [rule(leaf(True))]
    return pathway({f.id: f for f in factors}, {"o": described(*rules)}, {}, {})


# --- which questions are one ---------------------------------------------------------------------

Bounds = tuple[int, int]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((0, 9), (10, 20), False),
        ((0, 9), (9, 20), True),
        ((0, 9), (4, 5), True),
    ],
)
def test_numbers_are_one_question_where_their_bounds_meet(
    one: Bounds, other: Bounds, *, same: bool
) -> None:
    assert comparable(number(*one), number(*other)) == same
    assert comparable(number(*other), number(*one)) == same


def test_another_unit_or_type_or_no_common_answer_is_another_question() -> None:
    size = number(0, 9)
    assert not comparable(size, replace(size, unit="cm"))
    assert not comparable(size, choice("size", "small", "large"))
    assert not comparable(choice("c", "a", "b"), choice("c", "x", "y"))
    assert comparable(choice("c", "a", "b"), choice("c", "b", "x"))
    assert not comparable(a_multi("m", "pq"), a_multi("m", "rs"))
    assert comparable(a_multi("m", "pq"), a_multi("m", "qr"))


def both(old: Pathway, new: Pathway) -> Joint:
    return joint(old, new, BUDGET)


def test_a_question_that_became_another_keeps_its_earlier_self_under_another_name() -> None:
    found = both(version([number(0, 9)], 5), version([replace(number(0, 9), unit="cm")], 5))
    assert dict(found.old_keys) == {"size": f"size{BEFORE}"}
    assert list(found.space.factors) == [f"size{BEFORE}", "size"]
    assert found.space.factors[f"size{BEFORE}"] == number(0, 9)
    assert found.old.statements["o", "s0"] != found.new.statements["o", "s0"]
    assert both(version([number(0, 9)], 5), version([number(0, 9)], 5)).old_keys == {"size": "size"}


def test_old_questions_stand_after_the_one_that_they_stood_after() -> None:
    old = version([choice(name, "p", "q") for name in ("first", "a", "after_a", "b")])
    new = version([choice(name, "p", "q") for name in ("a", "new", "b", "last")])
    order = list(both(old, new).space.factors)
    assert order == ["first", "a", "after_a", "new", "b", "last"]
    assert both(old, new).common.total(["first", "new"]) == 4


def test_thresholds_of_both_stand_in_rising_order() -> None:
    found = both(version([number(0, 90)], 8, 64), version([number(0, 90)], 5, 33))
    assert [int(cut) for cut in found.space.cuts["size"]] == [5, 8, 33, 64]

    every = version([number(0, 90)], 64, 8, 33, 5)
    assert [int(cut) for cut in case_space(every).cuts["size"]] == [5, 8, 33, 64]


def test_the_factors_of_variables() -> None:
    members = a_multi("m", ["p", "q"])
    space = case_space(version([choice("c", "a", "b"), members, number(0, 9)], 3))
    assert space.owners == ("c", "m", "m", "size")
    found = [space.factors_of(levels) for levels in (0b0001, 0b0010, 0b0100, 0b1000, 0b1100, 0)]
    assert found == [("c",), ("m",), ("m",), ("size",), ("m", "size"), ()]


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ((0, 9), (3, 20), (0, 20)),
        ((3, 20), (0, 9), (0, 20)),
        ((0, 20), (3, 9), (0, 20)),
    ],
)
def test_a_question_of_both_takes_the_answers_of_both(
    one: Bounds, other: Bounds, whole: Bounds
) -> None:
    merged = both(version([number(*one)]), version([number(*other)])).space.factors["size"]
    assert merged == number(*whole)


def test_values_of_both_stand_once_in_the_words_of_the_new_version() -> None:
    old, new = choice("c", "a", "b"), choice("c", "b", "x")
    said = replace(new.values["b"], label="B, said otherwise")
    new = replace(new, values={**new.values, "b": said})
    merged = both(version([old]), version([new])).space.factors["c"]
    assert [(v.id, v.label) for v in named_values(merged).values()] == [
        ("b", "B, said otherwise"),
        ("x", "x"),
        ("a", "a"),
    ]


# --- how many cases ------------------------------------------------------------------------------


def totals(old: Pathway, new: Pathway, name: str) -> tuple[int, int, int]:
    found = both(old, new)
    every = found.of_old, found.common, found.of_new
    return every[0].total([name]), every[1].total([name]), every[2].total([name])


def test_a_member_that_a_version_does_not_know_is_never_present_in_it() -> None:
    old = version([a_multi("m", ["p", "q"])])
    new = version([a_multi("m", ["p", "r", "s"])])
    assert totals(old, new, "m") == (4, 16, 8)
    found = both(old, new)
    assert list(named_values(found.space.factors["m"])) == ["p", "r", "s", "q"]
    assert [slot.universe() for slot in (found.of_old, found.common)] == [((0, 1),) * 4] * 2
    example = found.of_old.example(TRUE, ["m"])
    assert example is not None
    assert example[1:3] == ((0,), (0,))


def test_an_answer_that_only_one_version_knows_counts_only_where_the_question_applies() -> None:
    gate = choice("gate", "open", "shut")
    inside = (branch(OneOf(("open",)), leaf(True)), branch(OneOf(("shut",)), leaf(False)))
    guard = rule(Question("gate", inside, HERE))
    old = version([gate, replace(choice("c", "a", "b"), applies_when=guard)])
    new = version([gate, replace(choice("c", "x", "b"), applies_when=guard)])
    found = both(old, new)
    foreign = found.unshared(found.of_new, ["gate", "c"])
    assert found.of_new.count(foreign, ["gate", "c"]) == 1
    assert found.of_new.total(["c"]) == 3


def test_the_values_that_each_version_knows() -> None:
    found = both(version([choice("c", "a", "b")]), version([choice("c", "b", "x")]))
    assert tuple(named_values(found.space.factors["c"])) == ("b", "x", "a")
    every = found.of_old, found.common, found.of_new
    assert [cases.universe() for cases in every] == [((0, 2),), ((0,),), ((0, 1),)]


def test_the_ranges_of_a_number_that_each_version_knows() -> None:
    found = both(version([number(1, 5)], 3), version([number(4, 20)], 7, 12))
    assert found.space.cuts["size"] == tuple(map(Decimal, (3, 7, 12)))
    every = found.of_old, found.common, found.of_new
    assert [cases.universe() for cases in every] == [((0, 1),), ((1,),), ((1, 2, 3),)]


@pytest.mark.parametrize(
    ("bounds", "cuts", "cases"),
    [
        ((0, 9), [3, 6], 3),
        ((3, 9), [6], 2),
        ((4, 9), [6], 2),
        ((0, 6), [3, 6], 3),
        ((0, 5), [3], 2),
        ((3, 6), [6], 2),
        ((4, 5), [], 1),
    ],
)
def test_only_thresholds_inside_the_bounds_tell_numbers_apart(
    bounds: Bounds, cuts: list[int], cases: int
) -> None:
    one = version([number(*bounds)], 3, 6)
    assert [int(cut) for cut in case_space(one).cuts["size"]] == cuts
    assert cases_of(compile_pathway(one)).total(["size"]) == cases
    # Beside a version with wider bounds, the same numbers are still the only ones of this version.
    free = version([number(-100, 100)], 3, 6)
    assert totals(one, free, "size") == (cases, cases, 3)
    assert totals(free, one, "size") == (3, cases, cases)


@pytest.mark.parametrize(
    ("bounds", "thresholds", "lowest"),
    [
        ((0, 9), (3, 6), [0, 3, 6]),
        ((2, 9), (3, 6), [2, 3, 6]),
        ((-8, 0), (-7, -5), [-8, -7, -5]),
        ((0, 9), (), [0]),
    ],
)
def test_a_number_of_each_range_lies_in_it(
    bounds: Bounds, thresholds: tuple[int, ...], lowest: list[int]
) -> None:
    one = version([number(*bounds)], *thresholds)
    compiled = compile_pathway(one)
    space = compiled.space
    assert [int(space.number_in("size", each)) for each in range(len(lowest))] == lowest
    for each, value in enumerate(lowest):
        allowed = space.allowed(Answers({"size": NumberAnswer(Decimal(value))}))
        assert allowed[space.levels["size"].start] == (each,)
    now = assess(compiled, NO_ANSWERS)
    ranges = what_if(compiled, NO_ANSWERS, "size", now).alternatives
    assert [each.answer for each in ranges] == [NumberAnswer(Decimal(n)) for n in lowest]


# --- where numbers are asked ---------------------------------------------------------------------


def aim(when: Rule | None) -> Aim:
    return Aim(id="aim", label="Aim", claims=(), when=when, assumes=(), position=HERE)


def alert(when: Rule, **parts: object) -> Alert:
    made = Alert(
        id="a",
        level=AlertLevel.CAUTION,
        title="a",
        says="",
        claims=(),
        when=when,
        unless=None,
        about={},
        check=None,
        assumes=(),
        position=HERE,
    )
    return replace(made, **parts)  # type: ignore[arg-type]  # parts of one kind


def with_option(option: Option) -> Pathway:
    return pathway({"size": number(0, 9)}, {"o": option}, {}, {})


def with_alert(one: Alert) -> Pathway:
    return pathway({"size": number(0, 9)}, {"o": described(ALWAYS)}, {"a": one}, {})


def scoped(scope: Rule) -> Option:
    option = described(ALWAYS)
    return replace(option, statements={"s0": replace(option.statements["s0"], scope=scope)})


ALWAYS = rule(leaf(True))
ASKING: Mapping[str, Pathway] = {
    "statement": with_option(described(at(5))),
    "scope": with_option(scoped(at(5))),
    "aim of a statement": with_option(described(ALWAYS, aims=(aim(at(5)),))),
    "aim of an option": with_option(replace(described(ALWAYS), aims=(aim(at(5)),))),
    "usual setting": with_option(
        replace(
            described(ALWAYS),
            usual_setting=UsualSetting(label="u", claims=(), rule=at(5), assumes=(), position=HERE),
        )
    ),
    "alert": with_alert(alert(at(5))),
    "unless": with_alert(alert(ALWAYS, unless=at(5))),
    "certain": with_alert(alert(ALWAYS, check=Check(options={}, certain=at(5), possible=None))),
    "possible": with_alert(alert(ALWAYS, check=Check(options={}, certain=None, possible=at(5)))),
    "shared tree": pathway(
        {"size": number(0, 9)},
        {"o": described(ALWAYS)},
        {},
        {"t": SharedTree(id="t", label="t", claims=(), rule=at(5), assumes=(), position=HERE)},
    ),
    "applies_when": pathway(
        {"size": number(0, 9), "c": replace(choice("c", "p", "q"), applies_when=at(5))},
        {"o": described(ALWAYS)},
        {},
        {},
    ),
}


@pytest.mark.parametrize("place", ASKING)
def test_a_threshold_counts_wherever_it_is_asked(place: str) -> None:
    assert case_space(ASKING[place]).cuts["size"] == (Decimal(5),)


def test_an_outcome_alone_asks_no_number() -> None:
    assert isinstance(ALWAYS.tree, Outcome)
    assert case_space(with_option(described(ALWAYS))).cuts["size"] == ()
