"""The standing of a pathway's items, kept beside the log, so that a start need not replay it.

It is derived and never trusted: where its file is damaged, or was made from another log, pathway,
tool or clock, or anything in the log was changed, all of it is worked out anew.
"""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from wizard import __version__
from wizard.practice.days import Days
from wizard.practice.log import NO_TASKS, Extent, Log, LogError
from wizard.practice.schedule import (
    NOTHING_REVIEWED,
    Reviewed,
    Standing,
    in_order,
    scheduler_words,
    standing_after,
)
from wizard.practice.tasks import Curriculum
from wizard.practice.unfinished import UnfinishedRound
from wizard.private_files import write_private
from wizard.record import Record, as_data

_FORM: Final = 1
"""The form of the file; another one is not read."""


class Before(Record):
    """What the log holds at a start: the standing after all tasks up to number `upto`, and the
    round that was left.

    `new` is how many tasks the kept standing did not have; `unkept` why the log cannot be read.
    """

    standing: Standing = NOTHING_REVIEWED
    upto: int = 0
    new: int = 0
    unfinished: UnfinishedRound | None = None
    unkept: str = ""


def read_before(log: Log, curriculum: Curriculum, now: datetime, days: Days) -> Before:
    """What was before, from the kept standing where it fits.  `now` is in UTC."""
    pathway = curriculum.pathway.id
    try:
        upto = log.last()
        kept, counted = _kept(log, curriculum, now, days)
        tasks = log.tasks(pathway, counted.last, upto)
        reviews = [review for task in tasks for review in task.reviews]
        if not in_order(kept, reviews):
            kept, tasks = NOTHING_REVIEWED, log.tasks(pathway, 0, upto)
            reviews = [review for task in tasks for review in task.reviews]
        standing = standing_after(curriculum.items, kept, reviews, now, days)
        return Before(standing, upto, len(tasks), log.unfinished(pathway))
    except LogError as error:
        return Before(unkept=str(error))


def keep_standing(log: Log, curriculum: Curriculum, before: Before, days: Days) -> None:
    """Keep a standing for the next start; where that fails, the next start works it out anew.

    A review that is dated in the future counts otherwise each time: then nothing is kept.
    """
    if not before.new or before.standing.ahead:
        return
    try:
        extent = log.extent(curriculum.pathway.id, before.upto)
    except LogError:
        return
    body = {
        "made_by": _made_by(curriculum, extent, days),
        "part": as_data(extent),
        "cards": {
            key: [own.card.to_dict(), own.last.isoformat(), own.reviews]
            for key, own in before.standing.cards.items()
        },
        "changed": sorted(before.standing.changed),
        "gone": sorted(before.standing.gone),
    }
    with suppress(OSError):
        text = json.dumps({"sha256": _digest(body), "standing": body})
        write_private(_path(log, curriculum), text, replacing=True)


# --- parts -----------------------------------------------------------------------------------


def _path(log: Log, curriculum: Curriculum) -> Path:
    name = sha256(curriculum.pathway.id.encode()).hexdigest()[:16]
    return log.path.with_name(f"{log.path.stem}-standing-{name}.json")


def _kept(log: Log, curriculum: Curriculum, now: datetime, days: Days) -> tuple[Standing, Extent]:
    """The kept standing and what it was made from; nothing where it does not fit."""
    nothing = NOTHING_REVIEWED, NO_TASKS
    try:
        said: Any = json.loads(_path(log, curriculum).read_bytes())
        from fsrs import Card

        body = said["standing"]
        if said["sha256"] != _digest(body):
            return nothing
        extent = Extent(**body["part"])
        standing = Standing(
            cards={
                key: Reviewed(Card.from_dict(card), datetime.fromisoformat(last), reviews)
                for key, (card, last, reviews) in body["cards"].items()
            },
            changed=frozenset(body["changed"]),
            gone=frozenset(body["gone"]),
        )
        fits = body["made_by"] == _made_by(curriculum, extent, days)
        past = _moment(extent.ended) <= now
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return nothing
    if fits and past and log.extent(curriculum.pathway.id, extent.last) == extent:
        return standing, extent
    return nothing


def _made_by(curriculum: Curriculum, extent: Extent, days: Days) -> str:
    """A digest of all that a standing depends on beside the log."""
    parts = [
        *(str(_FORM), __version__, curriculum.pathway.id, curriculum.pathway.digest),
        scheduler_words(),
        *(f"{item.key} {item.meaning}" for item in curriculum.items.values()),
        *_days_between(extent, days),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


def _days_between(extent: Extent, days: Days) -> list[str]:
    """How moments fell into days from the first task to the last, week by week: another zone or
    hour gives other days.
    """
    if not extent.tasks:
        return []
    at, end = _moment(extent.begun), _moment(extent.ended)
    found = [str(days.begins)]
    while at <= end + timedelta(days=7):
        found.append(f"{at.astimezone(days.zone):%z %Z}")
        at += timedelta(days=7)
    return found


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _digest(body: object) -> str:
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
