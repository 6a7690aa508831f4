"""How practice goes: by kind of task, by option, over time, and what to practise next."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from wizard.pathway.model import Pathway
from wizard.practice.days import Days
from wizard.practice.items import About
from wizard.practice.log_rows import LoggedTask
from wizard.practice.schedule import (
    CardState,
    Grade,
    Schedule,
    Standing,
    schedule_of,
    standing_after,
)
from wizard.practice.tasks import Curriculum, TaskKind
from wizard.record import Record


class Tally(Record):
    """What the tasks of one kind, or of one day, came to, by their first attempts."""

    tasks: int = 0
    right: int = 0
    hit: int = 0
    missed: int = 0
    over_called: int = 0


class OptionTally(Record):
    """How far the regions of one option are: their reviews, how many of these were right at once,
    and how many are due now.
    """

    reviews: int
    right: int
    regions: int
    begun: int
    due: int


class Progress(Record):
    """The whole view.

    `days` has every day from the first task's to today, also those without a task.
    """

    by_kind: Mapping[TaskKind, Tally]
    by_option: Mapping[str, OptionTally]
    days: Mapping[date, Tally]
    schedule: Schedule

    @property
    def next(self) -> CardState | None:
        """What to practise next: the longest due, else what has changed, else what is new."""
        waiting = (*self.schedule.due, *self.schedule.reopened, *self.schedule.new)
        return waiting[0] if waiting else None


def scheduled(
    curriculum: Curriculum,
    before: Standing,
    tasks: Iterable[LoggedTask],
    now: datetime,
    days: Days,
) -> Schedule:
    """The schedule after more finished tasks of a pathway; `now` is in UTC."""
    reviews = [own for task in tasks for own in task.reviews]
    standing = standing_after(curriculum.items, before, reviews, now, days)
    return schedule_of(curriculum.items, standing, now, days)


def progress(
    pathway: Pathway, tasks: Iterable[LoggedTask], schedule: Schedule, now: datetime, days: Days
) -> Progress:
    """The progress that follows from the finished tasks of a pathway; `now` is in UTC.

    A task that is dated after now counts as done now.
    """
    tasks = tuple(tasks)
    by_kind = {kind: _tally_of(task for task in tasks if task.kind is kind) for kind in TaskKind}
    done_on: dict[date, list[LoggedTask]] = {}
    for task in tasks:
        done_on.setdefault(days.of(min(task.at, now)), []).append(task)
    today = days.of(now)
    first = min(done_on, default=today)
    span = (first + timedelta(days=day) for day in range((today - first).days + 1))
    by_day = {day: _tally_of(done_on.get(day, ())) for day in span} if done_on else {}
    by_option = {option: _option_tally(option, tasks, schedule) for option in pathway.options}
    return Progress(by_kind, by_option, by_day, schedule)


def _tally_of(tasks: Iterable[LoggedTask]) -> Tally:
    figures = [(1, task.right, task.hit, task.missed, task.over_called) for task in tasks]
    return Tally(*map(sum, zip(*figures, strict=True)))


def _option_tally(option: str, tasks: Iterable[LoggedTask], schedule: Schedule) -> OptionTally:
    grades = [
        review.grade
        for task in tasks
        for review in task.reviews
        if review.item.startswith(f"option/{option}/")
    ]
    begun = _of(option, (*schedule.due, *schedule.later))
    return OptionTally(
        reviews=len(grades),
        right=sum(grade is Grade.GOOD for grade in grades),
        regions=begun + _of(option, schedule.new),
        begun=begun,
        due=_of(option, schedule.due),
    )


def _of(option: str, cards: Iterable[CardState]) -> int:
    return sum(each.item.about is About.OPTION and each.item.subject == option for each in cards)
