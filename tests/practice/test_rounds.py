"""Rounds: a second chance, marks, results, what they tell of each item, and the summary."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from tests.practice.worlds import practised, shipped
from wizard.case.answers import NO_ANSWERS
from wizard.pathway.load import load_pathway
from wizard.practice.cases import own_cases
from wizard.practice.days import Days
from wizard.practice.items import About
from wizard.practice.log_rows import LoggedTask
from wizard.practice.marking import AGREEMENT
from wizard.practice.planning import Wish, draw_from, tasks_of
from wizard.practice.progress import progress
from wizard.practice.rounds import (
    Phase,
    Round,
    begin,
    commit,
    earlier,
    finished,
    give_up,
    go_on,
    tick,
    tick_only,
)
from wizard.practice.schedule import Grade, ItemReview, Schedule, schedule
from wizard.practice.tasks import KINDS_ABOUT, Curriculum, Question, Task, TaskKind
from wizard.practice.words import in_words, next_words, progress_sections, summary
from wizard.reasoning.assessing import assess

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAYS = Days(UTC)


def chance(seed: int) -> Random:
    return Random(seed)


@pytest.fixture(scope="module")
def real() -> Curriculum:
    return shipped()


@pytest.fixture(scope="module")
def fresh(real: Curriculum) -> Schedule:
    return schedule(real.items, (), NOW, DAYS)


def plan(curriculum: Curriculum, standing: Schedule, wish: Wish, seed: int) -> tuple[Task, ...]:
    return tasks_of(curriculum, draw_from(standing, wish, seed))


def right(question: Question) -> frozenset[str]:
    return question.decision.reasons[0] if question.decision else question.right


def wrong(question: Question) -> frozenset[str]:
    ids = frozenset(choice.id for choice in question.choices)
    return frozenset() if right(question) else ids


def played(curriculum: Curriculum, now: Round, *, wrongly: int = 0) -> Round:
    """A round to its end; so many of the first questions wrong twice."""
    number = 0
    while now.phase is not Phase.OVER:
        ticks = wrong(now.asked) if number < wrongly else right(now.asked)
        now = commit(curriculum, tick_only(now, ticks))
        now = go_on(give_up(now))
        number += 1
    return now


def test_a_round_has_every_kind_and_the_same_seed_gives_the_same(
    real: Curriculum, fresh: Schedule
) -> None:
    first, again, other = (plan(real, fresh, Wish(18), seed) for seed in (21, 21, 22))
    assert first == again != other
    assert len(first) == 18
    assert {task.kind for task in first} == set(TaskKind)


@pytest.mark.parametrize("kind", TaskKind)
def test_a_round_of_one_kind(real: Curriculum, fresh: Schedule, kind: TaskKind) -> None:
    tasks = plan(real, fresh, Wish(7, kind), 5)
    assert [task.kind for task in tasks] == [kind] * 7
    assert len({task.item for task in tasks}) == 7
    assert all(task.case.story for task in tasks)


def test_rare_regions_come_as_often_as_wide_ones(real: Curriculum, fresh: Schedule) -> None:
    """Each outcome of each option has its turn before any has a second one."""
    tasks = plan(real, fresh, Wish(60, TaskKind.REASON), 6)
    outcomes = [
        (real.items[task.item].subject, real.items[task.item].holds)
        for task in tasks
        if task.case.lead is None
    ]
    groups = {
        (item.subject, item.holds)
        for item in real.items.values()
        if item.about is About.OPTION and item.occurrences[0].region
    }
    assert len(set(outcomes[: len(groups)])) > 0.8 * len(groups)


def test_boundary_pairs_follow_the_case_they_vary(real: Curriculum, fresh: Schedule) -> None:
    tasks = plan(real, fresh, Wish(60, TaskKind.OPTIONS), 7)
    pairs = [place for place, task in enumerate(tasks) if task.case.lead]
    assert len(pairs) >= 5
    for place in pairs:
        before, after = tasks[place - 1], tasks[place]
        option = real.items[after.item].subject
        statuses = [
            assess(real.compiled, task.case.answers).options[option].status
            for task in (before, after)
        ]
        assert statuses[0] is not statuses[1]
        assert real.items[before.item].subject == option


def test_the_pathways_own_cases_are_told_in_their_own_words(
    real: Curriculum, fresh: Schedule
) -> None:
    own = own_cases(real.pathway, chance(2), 1000)
    tasks = plan(real, fresh, Wish(60), 8)
    named = [task for task in tasks if task.case.name]
    assert len(named) > 5
    told = {case.name: case for case in own}
    assert all(task.case.story == told[task.case.name or ""].story for task in named)


def test_what_is_due_comes_first(real: Curriculum) -> None:
    practised = [item for item in real.items.values() if item.about is About.OPTION][10:14]
    reviews = [
        ItemReview(NOW.replace(year=2025), item.key, item.meaning, Grade.GOOD) for item in practised
    ]
    due = schedule(real.items, reviews, NOW, DAYS)
    tasks = plan(real, due, Wish(4, TaskKind.OPTIONS), 9)
    alone = [task.item for task in tasks if task.case.lead is None]
    assert set(alone) <= {item.key for item in practised}
    assert alone


def test_a_wrong_answer_has_a_second_chance_and_a_right_one_none(
    real: Curriculum, fresh: Schedule
) -> None:
    now = begin(plan(real, fresh, Wish(3, TaskKind.CHANGE), 10))
    hinted = commit(real, tick_only(now, wrong(now.asked)))
    assert hinted.phase is Phase.SECOND_CHANCE
    assert hinted.hint
    assert hinted.marking is None
    assert hinted.results == ()
    marked = commit(real, tick_only(hinted, right(now.asked)))
    assert marked.phase is Phase.MARKED
    assert marked.marking is not None
    assert marked.marking.right
    assert (marked.results[0].attempts, marked.results[0].right) == (2, False)
    assert finished(real, marked.results[0], NOW).reviews[0].grade is Grade.HARD
    later = go_on(marked)
    assert (later.phase, later.place, later.ticked) == (Phase.ASKED, 1, frozenset())
    at_once = commit(real, tick_only(later, right(later.asked)))
    assert (at_once.phase, at_once.results[1].attempts) == (Phase.MARKED, 1)


def test_an_answer_that_is_not_changed_is_not_taken_and_giving_up_marks_the_first(
    real: Curriculum, fresh: Schedule
) -> None:
    now = begin(plan(real, fresh, Wish(2, TaskKind.CHANGE), 10))
    hinted = commit(real, tick_only(now, wrong(now.asked)))
    assert hinted.unchanged
    assert commit(real, hinted) == hinted
    other = tick(hinted, now.asked.choices[0].id)
    assert not other.unchanged
    marked = give_up(other)
    assert marked.marking == hinted.first[0]
    assert marked.ticked == wrong(now.asked)
    assert finished(real, marked.results[0], NOW).reviews[0].grade is Grade.AGAIN
    assert give_up(now) == now
    assert give_up(marked) == marked


def test_a_conclusion_is_one_choice_and_ticks_stand_only_without_one(
    real: Curriculum, fresh: Schedule
) -> None:
    now = begin(plan(real, fresh, Wish(1, TaskKind.CONCLUDE), 3))
    yes, no, first, second = (choice.id for choice in now.asked.choices[:4])
    assert now.asked.conclusions == {yes, no}
    for ticks, wanted in (
        ((yes, no), {no}),
        ((first, second), {first, second}),
        ((first, second, yes), {yes}),
        ((yes, first), {first}),
        ((yes, yes), set()),
    ):
        then = now
        for choice in ticks:
            then = tick(then, choice)
        assert then.ticked == wanted
    for clash in ({yes, no}, {no, first}):
        with pytest.raises(ValueError, match="a conclusion stands alone"):
            tick_only(now, frozenset(clash))


def test_a_conclusion_is_a_hit_only_where_it_is_right(real: Curriculum, fresh: Schedule) -> None:
    """A conclusion is hit where it is the right one alone; a wrong one hits nothing."""
    for task in plan(real, fresh, Wish(12, TaskKind.CONCLUDE), 4):
        now = begin((task,))
        for conclusion in now.asked.conclusions:
            first = commit(real, tick_only(now, frozenset({conclusion}))).first[0]
            assert first.right == (now.asked.right == {conclusion})
            assert first.hit == first.right


def test_looking_back_finds_each_question_as_it_stood_at_its_marks(
    real: Curriculum, fresh: Schedule
) -> None:
    now = begin(plan(real, fresh, Wish(6), 18))
    seen: list[Round] = []
    while now.phase is not Phase.OVER:
        assert earlier(now) == tuple(seen)
        now = commit(real, tick_only(now, wrong(now.asked)))
        assert earlier(now) == tuple(seen)
        now = give_up(now)
        assert earlier(now) == tuple(seen)
        seen.append(now)
        now = go_on(now)
    assert earlier(now) == tuple(seen)
    assert len(seen) == sum(len(task.questions) for task in now.tasks)


def test_what_is_next_gives_no_answer_away(real: Curriculum) -> None:
    """The same words for what is described and what is not; no alert and no document is named."""
    words: dict[tuple[About, str, bool], str] = {}
    for item in real.items.values():
        words[item.about, item.subject, item.holds] = next_words(real, item)
    for (about, subject, holds), told in words.items():
        assert words.get((about, subject, not holds), told) == told
        if about is not About.OPTION:
            assert told in ("Which alert applies, and why.", "Which document says so.")


def test_ticks_toggle_and_nothing_happens_out_of_turn(real: Curriculum, fresh: Schedule) -> None:
    now = begin(plan(real, fresh, Wish(2, TaskKind.OPTIONS), 11))
    name = now.asked.choices[3].id
    ticked = tick(now, name)
    assert ticked.ticked == {name}
    assert tick(ticked, name) == now
    assert tick(now, "no such choice") == now
    assert go_on(now) == now
    over = played(real, now)
    assert tick(over, name) == commit(real, over) == go_on(over) == over
    assert begin(()).phase is Phase.OVER


def test_an_alert_asks_for_its_reason_once_it_is_known(real: Curriculum, fresh: Schedule) -> None:
    now = begin(plan(real, fresh, Wish(1, TaskKind.ALERT), 12))
    assert len(now.task.questions) == 2
    second = go_on(commit(real, tick_only(now, right(now.asked))))
    assert (second.place, second.question, second.results) == (0, 1, ())
    done = commit(real, tick_only(second, right(second.asked)))
    assert len(done.results) == 1
    assert len(done.results[0].last) == 2


def test_a_round_played_right_grades_every_item_good(real: Curriculum, fresh: Schedule) -> None:
    over = played(real, begin(plan(real, fresh, Wish(12), 13)))
    assert all(result.right for result in over.results)
    for result in over.results:
        kept = finished(real, result, NOW)
        assert kept.right
        assert {review.grade for review in kept.reviews} == {Grade.GOOD}
        assert all(review.item in real.items for review in kept.reviews)
        about = real.items[result.task.item].about
        assert result.task.kind in KINDS_ABOUT[about]
    lines = summary(real, over.results, fresh)
    assert lines[-1].startswith(
        "One thing to learn: nothing was missed, and nothing was wrong. Next: "
    )


def test_a_round_ends_with_the_one_thing_to_learn(real: Curriculum, fresh: Schedule) -> None:
    over = played(real, begin(plan(real, fresh, Wish(12), 14)), wrongly=6)
    lines = summary(real, over.results, fresh)
    assert AGREEMENT in lines
    assert lines[-1].startswith("One thing to learn: Missed: ")
    assert any(claim in lines[-1] for claim in real.pathway.claims)
    grades = {r.grade for result in over.results for r in finished(real, result, NOW).reviews}
    assert {Grade.AGAIN, Grade.GOOD} <= grades


def test_an_option_over_called_counts_against_the_region_that_excludes_it(
    real: Curriculum, fresh: Schedule
) -> None:
    task: Task = next(
        task
        for task in plan(real, fresh, Wish(20, TaskKind.OPTIONS), 15)
        if not real.items[task.item].holds
    )
    item = real.items[task.item]
    now = begin((task,))
    extra = tick_only(now, now.asked.right | {item.subject})
    kept = finished(real, give_up(commit(real, extra)).results[0], NOW)
    assert next(r.grade for r in kept.reviews if r.item == item.key) is Grade.AGAIN
    others = {r.grade for r in kept.reviews if f"/{item.subject}/" not in r.item}
    assert others == {Grade.GOOD}
    put_right = commit(real, tick_only(commit(real, extra), now.asked.right))
    kept = finished(real, put_right.results[0], NOW)
    assert next(r.grade for r in kept.reviews if r.item == item.key) is Grade.HARD


def test_progress_adds_up(real: Curriculum, fresh: Schedule) -> None:
    over = played(real, begin(plan(real, fresh, Wish(12), 16)), wrongly=3)
    tasks: list[LoggedTask] = [
        finished(real, result, NOW.replace(day=19 + place % 3))
        for place, result in enumerate(over.results)
    ]
    tasks.sort(key=lambda done: done.at)
    reviews = [review for done in tasks for review in done.reviews]
    view = progress(real.pathway, tasks, schedule(real.items, reviews, NOW, DAYS), NOW, DAYS)
    assert sum(tally.tasks for tally in view.by_kind.values()) == 12
    assert sum(tally.right for tally in view.days.values()) == sum(r.right for r in over.results)
    assert [day.day for day in view.days] == [19, 20, 21]
    options = [item for item in real.items.values() if item.about is About.OPTION]
    assert sum(own.regions for own in view.by_option.values()) == len(options)
    assert view.next is not None
    told = [in_words(section) for section in progress_sections(real, view, NOW)]
    following, *_parts, agreement, made = told
    assert following.title == "Next"
    assert AGREEMENT in agreement.paragraphs
    assert f"Made at: {NOW:%Y-%m-%dT%H:%M:%S}Z (UTC)" in made.paragraphs
    for source, line in zip(real.pathway.sources.values(), made.items, strict=True):
        assert line.text.startswith(f"{source.id}: ")
        assert line.text.endswith(source.sha256)
    empty = progress(real.pathway, (), fresh, NOW, DAYS)
    days = progress_sections(real, empty, NOW)[3]
    assert [each.text for each in days.items] == ["No task has been finished yet."]


def test_a_case_without_answers_gives_no_task_that_needs_one(
    real: Curriculum, fresh: Schedule
) -> None:
    tasks = plan(real, fresh, Wish(10, TaskKind.OPTIONS, unknowns=1.0), 17)
    bare = replace(tasks[0], case=replace(tasks[0].case, answers=NO_ANSWERS))
    now = commit(real, begin((bare,)))
    assert now.phase in (Phase.MARKED, Phase.SECOND_CHANCE)


@pytest.mark.parametrize("kind", TaskKind)
def test_what_is_held_by_leaves_is_practised_as_all_else(real: Curriculum, kind: TaskKind) -> None:
    leafy = practised(load_pathway(), by_leaves=True)
    assert leafy.compiled.diagrams.held
    about = [{(each.about, each.subject) for each in made.items.values()} for made in (leafy, real)]
    assert about[0] == about[1]
    standing = schedule(leafy.items, (), NOW, DAYS)
    over = played(leafy, begin(plan(leafy, standing, Wish(4, kind), 5)))
    assert over.results
    assert all(result.right for result in over.results)
    for result in over.results:
        assert {each.grade for each in finished(leafy, result, NOW).reviews} == {Grade.GOOD}
