"""How practice goes: by kind of task, by option, over time, and what to practise next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wizard.pathway.model import Pathway
from wizard.practice.days import Days
from wizard.practice.done import Done
from wizard.practice.items import About
from wizard.practice.schedule import Grade, Schedule, Standing
from wizard.practice.tasks import Kind


@dataclass(frozen=True, slots=True)
class Tally:
    """What the tasks of one kind, or of one day, came to, by their first attempts."""

    tasks: int = 0
    right: int = 0
    hit: int = 0
    missed: int = 0
    over_called: int = 0

    def with_task(self, done: Done) -> "Tally":
        """The tally with one task more."""
        return Tally(
            tasks=self.tasks + 1,
            right=self.right + done.right,
            hit=self.hit + done.hit,
            missed=self.missed + done.missed,
            over_called=self.over_called + done.over_called,
        )


@dataclass(frozen=True, slots=True)
class OptionTally:
    """How the regions of one option stand: reviews, of which right at once, and due now."""

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

    by_kind: Mapping[Kind, Tally]
    by_option: Mapping[str, OptionTally]
    days: Mapping[date, Tally]
    standing: Schedule

    @property
    def next(self) -> Standing | None:
        """What to practise next: the longest due, else what has changed, else what is new."""
        waiting = (*self.standing.due, *self.standing.reopened, *self.standing.new)
        return waiting[0] if waiting else None


def progress(
    pathway: Pathway, tasks: Iterable[Done], standing: Schedule, now: datetime, days: Days
) -> Progress:
    """The progress that follows from the finished tasks of a pathway; `now` is in UTC.

    A task that is dated after now counts as done now.
    """
    tasks = tuple(tasks)
    by_kind = dict.fromkeys(Kind, Tally())
    by_day: dict[date, Tally] = {}
    for done in tasks:
        by_kind[done.kind] = by_kind[done.kind].with_task(done)
        day = days.of(min(done.at, now))
        by_day[day] = by_day.get(day, Tally()).with_task(done)
    if by_day:
        first = min(by_day)
        span = (days.of(now) - first).days + 1
        whole = dict.fromkeys((first + timedelta(days=day) for day in range(span)), Tally())
        by_day = whole | by_day
    by_option = {option: _option(option, tasks, standing) for option in pathway.options}
    return Progress(by_kind, by_option, by_day, standing)


def _option(option: str, tasks: Iterable[Done], standing: Schedule) -> OptionTally:
    grades = [
        review.grade
        for done in tasks
        for review in done.reviews
        if review.item.startswith(f"option/{option}/")
    ]
    begun = _of(option, (*standing.due, *standing.later))
    return OptionTally(
        reviews=len(grades),
        right=sum(grade is Grade.GOOD for grade in grades),
        regions=begun + _of(option, standing.new),
        begun=begun,
        due=_of(option, standing.due),
    )


def _of(option: str, standings: Iterable[Standing]) -> int:
    return sum(
        each.item.about is About.OPTION and each.item.subject == option for each in standings
    )
