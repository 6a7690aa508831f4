"""How practice goes: by kind of task, by option, over time, and what to practise next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wizard.pathway.model import Pathway
from wizard.practice.days import Days
from wizard.practice.items import About
from wizard.practice.log_rows import LoggedTask
from wizard.practice.schedule import CardState, Grade, Schedule, schedule
from wizard.practice.tasks import Curriculum, TaskKind


@dataclass(frozen=True, slots=True)
class Tally:
    """What the tasks of one kind, or of one day, came to, by their first attempts."""

    tasks: int = 0
    right: int = 0
    hit: int = 0
    missed: int = 0
    over_called: int = 0

    def with_task(self, task: LoggedTask) -> "Tally":
        """The tally with one more task."""
        return Tally(
            tasks=self.tasks + 1,
            right=self.right + task.right,
            hit=self.hit + task.hit,
            missed=self.missed + task.missed,
            over_called=self.over_called + task.over_called,
        )


@dataclass(frozen=True, slots=True)
class OptionTally:
    """How far the regions of one option are: their reviews, how many of these were right at once,
    and how many are due now.
    """

    reviews: int
    right: int
    regions: int
    begun: int
    due: int


@dataclass(frozen=True, slots=True)
class Progress:
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
    curriculum: Curriculum, tasks: Iterable[LoggedTask], now: datetime, days: Days
) -> Schedule:
    """The schedule that follows from the finished tasks of a pathway; `now` is in UTC."""
    return schedule(curriculum.items, [own for task in tasks for own in task.reviews], now, days)


def progress(
    pathway: Pathway, tasks: Iterable[LoggedTask], schedule: Schedule, now: datetime, days: Days
) -> Progress:
    """The progress that follows from the finished tasks of a pathway; `now` is in UTC.

    A task that is dated after now counts as done now.
    """
    tasks = tuple(tasks)
    by_kind = dict.fromkeys(TaskKind, Tally())
    by_day: dict[date, Tally] = {}
    for task in tasks:
        by_kind[task.kind] = by_kind[task.kind].with_task(task)
        day = days.of(min(task.at, now))
        by_day[day] = by_day.get(day, Tally()).with_task(task)
    if by_day:
        first = min(by_day)
        span = (days.of(now) - first).days + 1
        whole = dict.fromkeys((first + timedelta(days=day) for day in range(span)), Tally())
        by_day = whole | by_day
    by_option = {option: _option_tally(option, tasks, schedule) for option in pathway.options}
    return Progress(by_kind, by_option, by_day, schedule)


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
