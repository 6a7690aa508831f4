"""The schedule: derived from reviews alone, and opened again exactly where the pathway changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.practice.worlds import practised, shipped, world
from tests.reasoning.brute import Brute, Case, WorkedOut, brute
from tests.reasoning.pathways import Maker
from tests.reasoning.records import HERE, rule
from wizard.case.answers import NO_ANSWERS
from wizard.engine.diagrams import first_model, settled
from wizard.pathway.factors import Factor, NumberFactor, named_values
from wizard.pathway.model import Pathway
from wizard.pathway.trees import Ask, Branch, Tree
from wizard.practice.days import Days
from wizard.practice.items import About, LearningItem, items_of
from wizard.practice.regions import Region
from wizard.practice.schedule import Grade, ItemReview, schedule
from wizard.practice.tasks import Curriculum

seeds = st.integers(0, 2**32 - 1)
START = datetime(2026, 11, 1, 9, tzinfo=UTC)
DAYS = Days(UTC)


@pytest.fixture(scope="module")
def real() -> Curriculum:
    return shipped()


def review(item: LearningItem, days: float, grade: Grade) -> ItemReview:
    return ItemReview(START + timedelta(days=days), item.key, item.meaning, grade)


def test_what_was_never_practised_is_new_and_nothing_is_due(real: Curriculum) -> None:
    found = schedule(real.items, (), START, DAYS)
    assert (len(found.new), found.due, found.later) == (len(real.items), (), ())
    assert found.reopened == ()


def test_a_good_review_is_due_later_than_a_bad_one_and_ever_later(real: Curriculum) -> None:
    one, other, *_rest = real.items.values()
    reviews = [review(one, 0, Grade.GOOD), review(other, 0, Grade.AGAIN)]
    same_day = schedule(real.items, reviews, START + timedelta(hours=18), DAYS)
    assert (same_day.due, {each.item for each in same_day.later}) == ((), {one, other})
    soon = schedule(real.items, reviews, START + timedelta(hours=19), DAYS)
    assert [card.item for card in soon.due] == [other]
    assert [card.item for card in soon.later] == [one]
    gaps = []
    for _ in range(5):
        last = max(each.at for each in reviews if each.item == one.key)
        card = schedule({one.key: one}, reviews, last, DAYS).later[0]
        assert card.due is not None
        gaps.append(card.due - last.date())
        again = datetime.combine(card.due, START.timetz())
        reviews.append(ItemReview(again, one.key, one.meaning, Grade.GOOD))
    assert gaps == sorted(gaps)
    assert gaps[-1] > timedelta(days=20)


def test_the_longest_due_comes_first_and_order_of_reading_never_matters(real: Curriculum) -> None:
    random = Random(3)
    items = list(real.items.values())[:20]
    reviews = [
        review(random.choice(items), random.random() * 30, random.choice(tuple(Grade)))
        for _ in range(200)
    ]
    now = START + timedelta(days=300)
    found = schedule(real.items, reviews, now, DAYS)
    dues = [card.due for card in found.due]
    assert dues == sorted(due for due in dues if due is not None)
    random.shuffle(reviews)
    assert schedule(real.items, reviews, now, DAYS) == found


def test_only_reviews_of_the_same_meaning_count(real: Curriculum) -> None:
    claim = next(item for item in real.items.values() if item.about is About.CLAIM)
    old = replace(review(claim, 0, Grade.GOOD), meaning="as it was")
    found = schedule(real.items, [old], START + timedelta(days=1), DAYS)
    (reopened,) = found.reopened
    assert (reopened.item, reopened.due, reopened.reviews) == (claim, None, 0)
    reviews = [old, review(claim, 2, Grade.GOOD)]
    again = schedule(real.items, reviews, START + timedelta(days=2), DAYS)
    assert again.reopened == ()


def reopened(old: Curriculum, new: Curriculum) -> set[str]:
    """What is open again after a change, once everything was practised."""
    reviews = [review(item, 0, Grade.GOOD) for item in old.items.values()]
    return {card.item.key for card in schedule(new.items, reviews, START, DAYS).reopened}


def test_words_alone_open_nothing_but_their_own_claim(real: Curriculum) -> None:
    pathway = real.pathway
    labels = {
        name: replace(option, label=f"{option.label} (new)")
        for name, option in pathway.options.items()
    }
    assert reopened(real, practised(replace(pathway, options=labels, version="2"))) == set()
    name = next(item.subject for item in real.items.values() if item.about is About.CLAIM)
    claims = {**pathway.claims, name: replace(pathway.claims[name], says="Something else.")}
    assert reopened(real, practised(replace(pathway, claims=claims))) == {f"claim/{name}"}


def doubled(random: Random, tree: Tree, factors: Mapping[str, Factor]) -> Tree:
    """The same function, written with a question more."""
    plain = [f for f in factors.values() if f.applies_when is None]
    asked = random.choice(plain)
    ways = Maker(random, {asked.id: asked}).branches(asked, 1, ())
    return Ask(asked.id, tuple(Branch(b.test, tree, b.otherwise, HERE) for b in ways), HERE)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_an_edit_that_changes_no_case_opens_nothing(seed: int) -> None:
    random = Random(seed)
    pathway = world(random)
    factors = {name: f for name, f in pathway.factors.items() if not isinstance(f, NumberFactor)}
    if not any(factor.applies_when is None for factor in factors.values()):
        return
    options = {}
    for name, option in pathway.options.items():
        statements = {
            key: replace(each, rule=rule(doubled(random, each.rule.tree, factors)))
            for key, each in option.statements.items()
        }
        options[name] = replace(option, statements=statements)
    edited = replace(pathway, options=options)
    assert reopened(practised(pathway), practised(edited)) == set()


def edited_one_option(random: Random, pathway: Pathway) -> tuple[Pathway, str]:
    name = random.choice(list(pathway.options))
    option = pathway.options[name]
    key = random.choice(list(option.statements))
    other = rule(Maker(random, pathway.factors).tree(3))
    statements = {**option.statements, key: replace(option.statements[key], rule=other)}
    options = {**pathway.options, name: replace(option, statements=statements)}
    return replace(pathway, options=options), name


def inside(curriculum: Curriculum, region: Region, case: Case) -> bool:
    """Whether a case lies in a region; what does not apply in it may have any value."""
    space = curriculum.compiled.space
    for level, values in region:
        factor = space.owners[level]
        if factor not in case or isinstance(case[factor], WorkedOut):
            continue
        value, record = case[factor], curriculum.pathway.factors[factor]
        ids = tuple(named_values(record))
        if isinstance(value, str):
            held = ids.index(value) in values
        elif isinstance(value, frozenset):
            held = int(ids[level - space.levels[factor].start] in value) in values
        else:
            held = sum(cut <= value for cut in space.cuts[factor]) in values
        if not held:
            return False
    return True


def changed_cases(old: Brute, new: Brute, option: str) -> list[Case]:
    before, after = old.option(option), new.option(option)
    # Numbers at the bounds of both versions: an edit may take a bound away.
    cases = (*old.asked_cases, *new.asked_cases)
    return [case for case in cases if before(case) != after(case)]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(seeds)
@example(18605114)  # a multi that needs a member, and an edit of the cases with its last one alone
def test_what_is_open_again_is_exactly_what_the_change_touches(seed: int) -> None:
    """An unchanged region holds no changed case; a new one holds one, or is the rest of one."""
    random = Random(seed)
    pathway = world(random)
    edited, option = edited_one_option(random, pathway)
    before, after = practised(pathway), practised(edited)
    changed = changed_cases(brute(pathway, NO_ANSWERS), brute(edited, NO_ANSWERS), option)
    open_again = reopened(before, after)
    for item in after.items.values():
        if item.about is About.OPTION and item.subject != option:
            assert item.key not in open_again
            assert item.key in before.items
    gone = [
        item
        for item in before.items.values()
        if item.about is About.OPTION and item.key not in after.items
    ]
    assert all(
        _holds(before, item, changed) or _borders(after, item) or _always(after, item)
        for item in gone
    )
    for item in after.items.values():
        if item.about is not About.OPTION or item.subject != option:
            continue
        if item.key in before.items:
            assert item.key not in open_again
            assert not _holds(after, item, changed)
        else:
            rest = any(_within(before, old, after, item) for old in gone)
            assert _holds(after, item, changed) or rest or _always(before, item)
    if not changed:
        assert not any(key.startswith("option/") for key in open_again)


def _holds(curriculum: Curriculum, item: LearningItem, changed: list[Case]) -> bool:
    return any(inside(curriculum, item.occurrences[0].region, case) for case in changed)


def _always(curriculum: Curriculum, item: LearningItem) -> bool:
    """Whether an item's option has its outcome in every case: then it is not practised."""
    function = curriculum.compiled.options[item.subject]
    worked_out = curriculum.compiled.space.unless_answered
    return settled(curriculum.compiled.diagrams, function, worked_out, wanted=item.holds)


def _borders(after: Curriculum, item: LearningItem) -> bool:
    """A region that is gone without a changed case in it has become part of a wider one."""
    return any(
        other.subject == item.subject and other.holds is item.holds
        for other in after.items.values()
    )


def _within(before: Curriculum, old: LearningItem, after: Curriculum, new: LearningItem) -> bool:
    """Whether a new region lies in an old one of the same outcome: every case of it does."""
    every = (
        case
        for curriculum in (before, after)
        for case in brute(curriculum.pathway, NO_ANSWERS).asked_cases
    )
    cases = [case for case in every if inside(after, new.occurrences[0].region, case)]
    return old.holds is new.holds and all(
        inside(before, old.occurrences[0].region, case) for case in cases
    )


def test_every_item_has_a_key_of_its_own_and_a_case(real: Curriculum) -> None:
    assert len(items_of(real.pool)) == len(real.items)
    assert first_model(real.pool.diagrams, real.pool.plausible) is not None
    for key, item in real.items.items():
        assert key == item.key
        assert item.occurrences
