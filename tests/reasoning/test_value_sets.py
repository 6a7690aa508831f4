"""Sets of values of one factor: what they allow its variables, and which answers lie in them."""

from decimal import Decimal
from itertools import combinations, product

from tests.engine.test_joint import number, version
from tests.reasoning.records import a_choice, a_multi
from wizard.case.answers import UNKNOWN, ChoiceAnswer, MultiAnswer, NumberAnswer
from wizard.engine.compiling import compile_pathway
from wizard.pathway.trees import Range
from wizard.reasoning.value_sets import fits, narrow_to, value_set

COMPILED = compile_pathway(
    version(
        [
            a_choice("c", ["a", "b", "d"]),
            a_multi("m", ["p", "q"]),
            number(0, 9),
        ],
        *(3, 6),
    )
)


def multi(present: str, absent: str) -> MultiAnswer:
    return MultiAnswer(frozenset(present), frozenset(absent))


def test_what_variables_are_allowed_is_a_set_of_values_and_back() -> None:
    states = [(0,), (1,), (0, 1)]
    choices = [some for n in (1, 2, 3) for some in combinations(range(3), n)]
    intervals = [tuple(range(low, high)) for low, high in combinations(range(4), 2)]
    for c, p, q, size in product(choices, states, states, intervals):
        allowed = [c, p, q, size]
        again = list(COMPILED.free)
        for name in ("c", "m", "size"):
            narrow_to(COMPILED, again, name, value_set(COMPILED.space, name, allowed))
        assert again == allowed


def test_a_range_names_the_thresholds_between_which_it_lies() -> None:
    allowed = list(COMPILED.free)
    allowed[3] = (1, 2)
    assert value_set(COMPILED.space, "size", allowed) == Range(Decimal(3), None)
    allowed[3] = (0,)
    assert value_set(COMPILED.space, "size", allowed) == Range(None, Decimal(3))


def test_an_answer_fits_where_all_that_it_allows_lies_in_the_set() -> None:
    two = ChoiceAnswer(frozenset({"a", "b"}))
    assert fits(two, two)
    assert fits(ChoiceAnswer(frozenset({"a"})), two)
    assert not fits(ChoiceAnswer(frozenset({"a", "d"})), two)
    assert fits(multi("p", "q"), multi("p", ""))
    assert fits(multi("p", "q"), multi("p", "q"))
    assert not fits(multi("p", ""), multi("p", "q"))
    assert not fits(multi("", "q"), multi("p", "q"))
    within = Range(Decimal(3), Decimal(6))
    inside = {n: fits(NumberAnswer(Decimal(n)), within) for n in (2, 3, 5, 6)}
    assert inside == {2: False, 3: True, 5: True, 6: False}
    assert fits(NumberAnswer(Decimal(9)), Range(Decimal(3), None))
    assert fits(NumberAnswer(Decimal(0)), Range(None, Decimal(3)))
    assert not fits(NumberAnswer(Decimal(3)), Range(None, Decimal(3)))
    assert not fits(UNKNOWN, two)
    assert not fits(two, within)
