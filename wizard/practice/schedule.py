"""When to practise what: spaced repetition by FSRS, derived anew from the log of reviews.

J. Ye, J. Su and Y. Cao, "A stochastic shortest path algorithm for optimizing spaced repetition
scheduling", KDD 2022; the `fsrs` package.  All of it follows from the reviews: an item whose
meaning has changed since a review begins anew: it is open again.  FSRS counts in whole days here,
without its steps of minutes: an item is due on a day, not at a second of it.

`Standing` is what the reviews so far came to: new ones go on from it, whatever their number was.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from wizard.practice.days import Days
from wizard.practice.items import LearningItem
from wizard.record import NOTHING, Record, replace

if TYPE_CHECKING:
    from fsrs import Card, Scheduler


@cache
def _scheduler() -> "Scheduler":
    from fsrs import Scheduler  # imported on first use: nobody has reviews at first

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def scheduler_words() -> str:
    """Everything that the scheduling depends on, to tell whether it is still the same."""
    return str(_scheduler().to_dict())


class Grade(IntEnum):
    """How an item went, as FSRS rates it; `Easy` is never given, since nobody rates themselves."""

    AGAIN = 1
    HARD = 2
    """Right at the second go, after a hint."""
    GOOD = 3


class ItemReview(Record):
    """One item as it went in one task, in UTC.

    `meaning` is the item's at the time.
    """

    at: datetime
    item: str
    meaning: str
    grade: Grade


class CardState(Record):
    """The state of an item's card, as FSRS calls what is repeated.

    `due` is None where it was never practised as it now is; `reopened` where it was, but has
    changed since.
    """

    item: LearningItem
    due: date | None
    reviews: int
    reopened: bool


class Schedule(Record):
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


class Reviewed(Record):
    """Where the card of an item stands after its reviews, the last of them in UTC, and how many."""

    card: "Card"
    last: datetime
    reviews: int


class Standing(Record):
    """What reviews came to: the cards of items as they are now, by key.

    `changed` are the items that were reviewed with another meaning, `gone` what the items are about
    that were reviewed and are no more.  `ahead` are reviews that are dated in the future.
    """

    cards: Mapping[str, Reviewed] = NOTHING
    changed: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    ahead: tuple[ItemReview, ...] = ()


NOTHING_REVIEWED: Final = Standing()


def standing_after(
    items: Mapping[str, LearningItem],
    before: Standing,
    reviews: Iterable[ItemReview],
    now: datetime,
    days: Days,
) -> Standing:
    """The standing after more reviews.  `now` is in UTC.

    The same as after all reviews at once, where each is `in_order`.
    """
    waiting = sorted((*before.ahead, *reviews), key=lambda each: each.at)
    past = [review for review in waiting if review.at <= now]
    ahead = tuple(review for review in waiting if review.at > now)
    return replace(_counted(items, before, past, now, days), ahead=ahead)


def in_order(before: Standing, reviews: Iterable[ItemReview]) -> bool:
    """Whether no review is older than what its item's card has counted."""
    return all(
        review.item not in before.cards or review.at >= before.cards[review.item].last
        for review in reviews
    )


def schedule(
    items: Mapping[str, LearningItem], reviews: Iterable[ItemReview], now: datetime, days: Days
) -> Schedule:
    """The schedule that follows from the reviews.  `now` is in UTC."""
    standing = standing_after(items, NOTHING_REVIEWED, reviews, now, days)
    return schedule_of(items, standing, now, days)


def schedule_of(
    items: Mapping[str, LearningItem], standing: Standing, now: datetime, days: Days
) -> Schedule:
    """The schedule of a standing.  `now` is in UTC; what is dated after it counts as made now."""
    counted = _counted(items, standing, standing.ahead, now, days)
    # A region that is gone held a case that has changed, or borders on one: what took its place.
    touched = counted.changed | {key for key in items if _outcome(key) in counted.gone}
    cards = []
    for key, item in items.items():
        own = counted.cards.get(key)
        cards.append(
            CardState(
                item=item,
                due=own.card.due.date() if own else None,
                reviews=own.reviews if own else 0,
                reopened=own is None and key in touched,
            )
        )
    begun = sorted(
        ((card.due, card) for card in cards if card.due is not None),
        key=lambda pair: (pair[0], counted.cards[pair[1].item.key].last),
    )
    today = days.of(now)
    return Schedule(
        due=tuple(card for due, card in begun if due <= today),
        new=tuple(card for card in cards if card.due is None),
        later=tuple(card for due, card in begun if due > today),
        ahead=sum(review.at > now for review in standing.ahead),
    )


# --- parts -----------------------------------------------------------------------------------


def _counted(
    items: Mapping[str, LearningItem],
    before: Standing,
    reviews: Iterable[ItemReview],
    now: datetime,
    days: Days,
) -> Standing:
    """The standing once these reviews, in the order of time, are counted as made by now."""
    cards, changed, gone = dict(before.cards), set(before.changed), set(before.gone)
    for review in reviews:
        item = items.get(review.item)
        if item is None:
            gone.add(_outcome(review.item))
        elif review.meaning != item.meaning:
            changed.add(review.item)
        else:
            own = cards.get(review.item)
            day = datetime.combine(days.of(min(review.at, now)), time(), UTC)
            card = _reviewed(own.card if own else None, review.grade, day)
            cards[review.item] = Reviewed(card, review.at, 1 + (own.reviews if own else 0))
    return replace(before, cards=cards, changed=frozenset(changed), gone=frozenset(gone))


def _reviewed(card: "Card | None", grade: Grade, day: datetime) -> "Card":
    """A card, or a new one, after a review."""
    from fsrs import Card, Rating

    before = card or Card(card_id=0, due=datetime(1970, 1, 1, tzinfo=UTC))
    after, _log = _scheduler().review_card(before, Rating(int(grade)), day)
    return after


def _outcome(key: str) -> str:
    """What an item's key is about, without its region."""
    return key.rpartition("/")[0]
