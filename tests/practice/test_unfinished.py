"""A round that was left: it goes on exactly where it was, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from tests.practice.worlds import shipped
from wizard.practice.days import Days
from wizard.practice.log_rows import OddRowError
from wizard.practice.planning import Draw, Wish, draw_from, tasks_of
from wizard.practice.rounds import Phase, Round, begin, commit, give_up, go_on, tick_only
from wizard.practice.schedule import Grade, ItemReview, Schedule, schedule
from wizard.practice.tasks import Curriculum, TaskKind
from wizard.practice.unfinished import (
    asked_digest,
    resumed,
    unfinished_from,
    unfinished_round,
    unfinished_text,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def real() -> Curriculum:
    return shipped()


def practised(real: Curriculum) -> Schedule:
    """A schedule in which some items are due, some are for later and most are new."""
    items = list(real.items.values())
    reviews = [
        ItemReview(NOW.replace(year=year), item.key, item.meaning, Grade.GOOD)
        for year, own in ((2025, items[::9]), (2026, items[4::9]))
        for item in own
    ]
    return schedule(real.items, reviews, NOW, Days(UTC))


def answered(real: Curriculum, now: Round, chance: Random) -> Round:
    """The round after one more answer, or after giving up."""
    now = go_on(now)
    if now.phase is Phase.SECOND_CHANCE and chance.random() < 0.4:
        return give_up(now)
    question = now.asked
    if chance.random() < 0.4:
        chosen = question.decision.reasons[0] if question.decision else question.right
    else:
        chosen = frozenset({chance.choice(question.choices).id})
    return commit(real, tick_only(now, chosen))


@pytest.mark.parametrize("seed", range(3))
def test_it_goes_on_where_it_was_after_every_answer(real: Curriculum, seed: int) -> None:
    chance = Random(seed)
    draw = draw_from(practised(real), Wish(6), seed)
    assert draw.first
    assert draw.later
    now = begin(tasks_of(real, draw))
    while left := unfinished_round(draw, now):
        read = unfinished_from(unfinished_text(left))
        assert read == left
        found = resumed(real, read)
        if now.phase is Phase.SECOND_CHANCE:
            now = tick_only(now, now.first[now.question].chosen)
        assert found == now
        now = answered(real, now, chance)
    assert len(now.results) == len(now.tasks)


def test_one_whose_tasks_or_answers_are_others_does_not_go_on(real: Curriculum) -> None:
    draw = Draw(Wish(3, TaskKind.REASON), 5)
    left = unfinished_round(draw, begin(tasks_of(real, draw)))
    assert left is not None
    assert resumed(real, left) is not None
    for other in (
        replace(left, draw=replace(draw, seed=6)),
        replace(left, draw=replace(draw, first=("option/gone",))),
        replace(left, asked="0" * 64),
        replace(left, answers=(frozenset({"no such choice"}),)),
        replace(left, answers=(None,)),
    ):
        assert resumed(real, other) is None
    conclude = Draw(Wish(1, TaskKind.CONCLUDE), 5)
    left = unfinished_round(conclude, begin(tasks_of(real, conclude)))
    assert left is not None
    clash = frozenset({"described", "not_described"})
    assert resumed(real, replace(left, answers=(clash,))) is None


def test_the_digest_tells_tasks_apart_by_what_they_tell_and_ask(real: Curriculum) -> None:
    task = tasks_of(real, Draw(Wish(1, TaskKind.OPTIONS), 6))[0]
    question = task.questions[0]
    others = [
        replace(task, case=replace(task.case, story=("Another story.",))),
        replace(task, questions=(replace(question, prompt="Another prompt?"),)),
        replace(task, questions=(replace(question, choices=question.choices[1:]),)),
        replace(task, questions=(replace(question, right=frozenset()),)),
    ]
    assert len({asked_digest([each]) for each in (task, *others)}) == 5


def test_text_of_something_else_is_odd(real: Curriculum) -> None:
    draw = Draw(Wish(1), 5)
    left = unfinished_round(draw, begin(tasks_of(real, draw)))
    assert left is not None
    text = unfinished_text(left)
    for odd in (
        text.replace('"seed": 5', '"seed": "5"'),
        text.replace('"kind": null', '"kind": "guess"'),
        text.replace('"first": []', '"first": "abc"'),
        text.replace('"answers": []', '"answers": [3]'),
        text[:-1],
    ):
        assert odd != text
        with pytest.raises(OddRowError):
            unfinished_from(odd)
