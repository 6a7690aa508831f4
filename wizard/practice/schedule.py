"""When to practise what: spaced repetition by FSRS, derived anew from the log of reviews.

J. Ye, J. Su and Y. Cao, "A stochastic shortest path algorithm for optimizing spaced repetition
scheduling", KDD 2022; the `fsrs` package.  Nothing is stored but the reviews themselves: an item
whose meaning has changed since a review begins anew: it is open again.  FSRS counts in whole days
here, without its steps of minutes: an item is due on a day, not at a second of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import IntEnum
from typing import Final

from fsrs import Card, Rating, Scheduler

from wizard.practice.days import Days
from wizard.practice.items import LearningItem

_SCHEDULER: Final = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


class Grade(IntEnum):
    """How an item went, as FSRS rates it; `Easy` is never given, since nobody rates themselves."""

    AGAIN = 1
    HARD = 2
    """Right at the second go, after a hint."""
    GOOD = 3


@dataclass(frozen=True, slots=True)
class ItemReview:
    """One item as it went in one task, in UTC.

    `meaning` is the item's at the time.
    """

    at: datetime
    item: str
    meaning: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class CardState:
    """The state of an item's card, as FSRS calls what is repeated.

    `due` is None where it was never practised as it now is; `reopened` where it was, but has
    changed since.
    """

    item: LearningItem
    due: date | None
    reviews: int
    reopened: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """All items: those due now (the longest due first), those not begun, those for later.

    `ahead` counts the reviews dated after now, by a clock that was or is wrong; they count as made
    now.
    """

    due: tuple[CardState, ...]
    new: tuple[CardState, ...]
    later: tuple[CardState, ...]
    ahead: int = 0

    @property
    def reopened(self) -> tuple[CardState, ...]:
        """The items not begun that were practised before they changed."""
        return tuple(card for card in self.new if card.reopened)


def schedule(
    items: Mapping[str, LearningItem], reviews: Iterable[ItemReview], now: datetime, days: Days
) -> Schedule:
    """The schedule that follows from the reviews.  `now` is in UTC."""
    reviews = sorted(reviews, key=lambda each: each.at)
    by_item: dict[str, list[ItemReview]] = {}
    changed: set[str] = set()
    for review in reviews:
        item = items.get(review.item)
        if item is None:
            continue
        if review.meaning == item.meaning:
            by_item.setdefault(review.item, []).append(review)
        else:
            changed.add(review.item)
    touched = changed | _touched(items, reviews)
    cards = [
        CardState(
            item=item,
            due=_due(by_item[item.key], now, days) if item.key in by_item else None,
            reviews=len(by_item.get(item.key, ())),
            reopened=item.key not in by_item and item.key in touched,
        )
        for item in items.values()
    ]
    begun = sorted(
        ((card.due, card) for card in cards if card.due is not None),
        key=lambda pair: (pair[0], by_item[pair[1].item.key][-1].at),
    )
    today = days.of(now)
    return Schedule(
        due=tuple(card for due, card in begun if due <= today),
        new=tuple(card for card in cards if card.due is None),
        later=tuple(card for due, card in begun if due > today),
        ahead=sum(review.at > now for review in reviews),
    )


def _due(reviews: Iterable[ItemReview], now: datetime, days: Days) -> date:
    """On which day an item is due, by its reviews in the order of time."""
    card = Card(card_id=0, due=datetime(1970, 1, 1, tzinfo=UTC))
    for review in reviews:
        day = datetime.combine(days.of(min(review.at, now)), time(), UTC)
        card, _log = _SCHEDULER.review_card(card, Rating(int(review.grade)), day)
    return card.due.date()


def _touched(items: Mapping[str, LearningItem], reviews: Iterable[ItemReview]) -> set[str]:
    """New regions of an option or alert of which practised regions are gone: what took their place.

    A region that is gone held a case that has changed, or borders on one.
    """
    gone = {_outcome(review.item) for review in reviews if review.item not in items}
    known = {review.item for review in reviews}
    return {key for key in items if key not in known and _outcome(key) in gone}


def _outcome(key: str) -> str:
    """What an item's key is about, without its region."""
    return key.rpartition("/")[0]
