"""Rows that are kept: the same as rows made anew, after any answers."""

from random import Random

import pytest

from tests.reasoning.pathways import random_answers, random_pathway
from tests.screen.driving import TODAY
from wizard.engine.compiling import compile_pathway
from wizard.reasoning.case_diff import moved
from wizard.record import replace
from wizard.screen.case import case_map, options
from wizard.screen.case.case_map import map_rows
from wizard.screen.case.options import ToldBefore, lists_rows, options_rows
from wizard.screen.case.state import State, new_case
from wizard.screen.case.targets import FACTOR
from wizard.screen.shared import names
from wizard.screen.shared.kept import kept_for_each
from wizard.screen.shared.rows import Row

KEPT = (
    (case_map, "_row"),
    (options, "_name_row"),
    (options, "_option_rows"),
    (options, "alert_row"),
    (case_map, "in_short"),
    (names, "in_short"),
)
SEEDS = 60


def test_a_result_is_made_once_for_each_object_and_what_follows_it() -> None:
    made: list[tuple[list[int], int]] = []

    @kept_for_each(2)
    def total(numbers: list[int], more: int) -> int:
        made.append((numbers, more))
        return sum(numbers) + more

    one, equal = [1, 2], [1, 2]
    assert [total(one, 3), total(one, 3), total(one, 4), total(equal, 3)] == [6, 6, 7, 6]
    assert [(numbers is one, more) for numbers, more in made] == [(True, 3), (True, 4), (False, 3)]
    assert total(one, 3) == 6
    assert len(made) == 4  # more than two are not kept


def shown(state: State, cursor: str) -> list[tuple[Row, ...]]:
    return [map_rows(state, cursor), map_rows(state, None), lists_rows(state, 60)]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_kept_rows_are_those_made_anew(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    compiled = compile_pathway(random_pathway(random))
    factors = compiled.pathway.factors
    answered = [random_answers(random, factors) for _ in range(4)]
    states = [new_case(compiled, TODAY, each) for each in (*answered, *answered)]
    cursor = FACTOR + random.choice(list(factors))
    kept = [shown(state, cursor) for state in states]
    for module, name in KEPT:
        monkeypatch.setattr(module, name, getattr(module, name).__wrapped__)
    assert kept == [shown(state, cursor) for state in states]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_told_of_options_is_what_is_told_anew(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    compiled = compile_pathway(random_pathway(random))
    state, before = new_case(compiled, TODAY), ToldBefore()
    states, shown = [], []
    for _ in range(12):
        drawn = random_answers(random, compiled.pathway.factors)
        answers = state.answers
        for factor in random.sample(list(drawn), min(len(drawn), random.randint(1, 2))):
            answers = answers.with_answer(factor, drawn[factor])
        if answers and random.random() < 0.3:
            answers = answers.without(random.choice(list(answers)))
        now = state.situation.after(answers)
        difference = moved(state.assessment, now.assessment)
        begun = random.random() < 0.8
        state = replace(state, situation=now, moved=difference, begun=begun)
        states.append(state)
        shown.append(options_rows(state, 50, before))
    for module, name in KEPT:
        monkeypatch.setattr(module, name, getattr(module, name).__wrapped__)
    assert shown == [options_rows(each, 50) for each in states]
