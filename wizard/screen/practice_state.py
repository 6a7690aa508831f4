"""The one state that the practice place is drawn from, and all that can happen to it.

As with the case, each transition is a pure function that returns a new state; one that does not
fit raises `Refused` with a sentence for the person, and changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from wizard.practice import rounds
from wizard.practice.days import Days
from wizard.practice.done import Done
from wizard.practice.planning import Wish, draw_round
from wizard.practice.rounds import Phase, Round, begin, finished, go_on
from wizard.practice.schedule import Review, Schedule, schedule
from wizard.practice.tasks import Choice, Kind, Studio
from wizard.screen.state import Refused

DIGITS: Final = 9
"""So many choices have a digit at a time."""

_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Where nothing was practised, nothing hangs on the time."""


class Stage(StrEnum):
    """What is in front of the person."""

    START = "start"
    """A round can be chosen."""
    ASKED = "asked"
    MARKED = "marked"
    SUMMARY = "summary"


class Sheet(StrEnum):
    """What can be laid over practice, to read."""

    SOURCES = "sources"
    PROGRESS = "progress"
    EMERGENCIES = "emergencies"
    INTENDED_USE = "intended use"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Practice:
    """Where a person stands in practice.

    `done` are the finished tasks of all time, the log's and this run's, and `standing` the
    schedule by them, in these `days`; `unkept` says why a task could not be logged.  `wish` is the
    round asked for on the command line, `seed` what its cases are drawn from, None for chance.
    `round` is None before one is begun.  `digits_from` counts the choices before the one that has
    digit 1.
    """

    studio: Studio
    wish: Wish
    done: tuple[Done, ...]
    standing: Schedule
    days: Days
    unkept: str = ""
    seed: int | None = None
    round: Round | None = None
    digits_from: int = 0
    sheets: tuple[Sheet, ...] = ()

    @property
    def stage(self) -> Stage:
        """What is in front of the person, below any sheet."""
        if self.round is None:
            return Stage.START
        if self.round.phase is Phase.OVER:
            return Stage.SUMMARY
        return Stage.MARKED if self.round.phase is Phase.MARKED else Stage.ASKED

    @property
    def sheet(self) -> Sheet | None:
        """What lies over practice."""
        return self.sheets[-1] if self.sheets else None

    @property
    def would_lose(self) -> bool:
        """Whether an answer to the open task has been begun, which is not kept."""
        now = self.round
        if now is None or self.stage is Stage.SUMMARY:
            return False
        whole = self.stage is Stage.MARKED and len(now.last) == len(now.task.questions)
        return not whole and bool(now.ticked or now.first)

    @property
    def with_digits(self) -> tuple[Choice, ...]:
        """The choices that a digit ticks now, from 1 on."""
        if self.round is None or self.stage is not Stage.ASKED:
            return ()
        return self.round.asked.choices[self.digits_from : self.digits_from + DIGITS]


def open_practice(  # noqa: PLR0913 - what a run begins with
    studio: Studio,
    done: Iterable[Done],
    now: datetime,
    *,
    days: Days,
    wish: Wish,
    seed: int | None = None,
    unkept: str = "",
) -> Practice:
    """Practice before its first round."""
    tasks = tuple(done)
    standing = _standing(studio, tasks, now, days)
    return Practice(studio, wish, tasks, standing, days, unkept, seed)


def begin_round(state: Practice, kind: Kind | None, seed: int) -> Practice:
    """Draw a round of a kind (None: of all) and ask its first question.

    A seed of the command line goes before `seed`, once, and before the schedule: it gives
    everybody the same cases.
    """
    standing = state.standing
    if state.seed is not None:
        seed = state.seed
        standing = schedule(state.studio.items, (), _ANY_TIME, state.days)
    tasks = draw_round(state.studio, standing, replace(state.wish, kind=kind), seed)
    if not tasks:
        raise Refused("This pathway gives no such task.")
    return replace(state, round=begin(tasks), seed=None, digits_from=0, sheets=())


def tick(state: Practice, choice: str) -> Practice:
    """Tick a choice, or take the tick back."""
    now = _asked(state)
    return replace(state, round=rounds.tick(now, choice))


def more_digits(state: Practice) -> Practice:
    """Give the digits to the next choices, and after the last to the first again."""
    choices = _asked(state).asked.choices
    if len(choices) <= DIGITS:
        raise Refused("Every choice has its digit.")
    start = state.digits_from + DIGITS
    return replace(state, digits_from=start if start < len(choices) else 0)


def commit(state: Practice, at: datetime) -> Practice:
    """Commit what is ticked, which must be something."""
    if not _asked(state).ticked:
        raise Refused("Nothing is ticked: a digit or space ticks, n says none of these.")
    return _committed(state, at)


def none_of_these(state: Practice, at: datetime) -> Practice:
    """Commit that nothing here is right."""
    now = rounds.tick_only(_asked(state), frozenset())
    return _committed(replace(state, round=now), at)


def next_question(state: Practice, at: datetime) -> Practice:
    """From the marks to the next question, the next task or the summary."""
    if state.round is None or state.stage is not Stage.MARKED:
        raise Refused("Answer first; then comes the next task.")
    return _up_to_date(replace(state, round=go_on(state.round), digits_from=0), at)


def stop(state: Practice, at: datetime) -> Practice:
    """End the round: the summary of what was finished, or the start where nothing was."""
    now = state.round
    if now is None:
        raise Refused("No round has been begun; F6 goes to the case.")
    over = None
    if state.stage is not Stage.SUMMARY and now.results:
        over = replace(now, phase=Phase.OVER)
    return _up_to_date(replace(state, round=over, digits_from=0, sheets=()), at)


def not_kept(state: Practice, reason: str) -> Practice:
    """Remember that a task could not be logged; practice goes on without."""
    return replace(state, unkept=reason)


def put_over(state: Practice, sheet: Sheet) -> Practice:
    """Lay a sheet on top, or take it away where it is on top already."""
    if state.sheet is sheet:
        return close(state)
    return replace(state, sheets=(*(each for each in state.sheets if each is not sheet), sheet))


def close(state: Practice) -> Practice:
    """Take the top sheet away."""
    if not state.sheets:
        raise Refused("Nothing lies over practice.")
    return replace(state, sheets=state.sheets[:-1])


# --- parts -----------------------------------------------------------------------------------


def _asked(state: Practice) -> Round:
    if state.sheets:
        raise Refused("Close this first: esc.")
    if state.round is None or state.stage is not Stage.ASKED:
        raise Refused("No question is open here.")
    return state.round


def _committed(state: Practice, at: datetime) -> Practice:
    before = _asked(state)
    now = rounds.commit(state.studio, before)
    done = state.done
    if len(now.results) > len(before.results):
        done = (*done, finished(state.studio, now.results[-1], at))
    return replace(state, round=now, done=done)


def _up_to_date(state: Practice, at: datetime) -> Practice:
    """The schedule anew, where no question is in front: that is when it is shown."""
    if state.stage not in (Stage.SUMMARY, Stage.START):
        return state
    return replace(state, standing=_standing(state.studio, state.done, at, state.days))


def _standing(studio: Studio, done: Iterable[Done], at: datetime, days: Days) -> Schedule:
    reviews: list[Review] = [review for each in done for review in each.reviews]
    return schedule(studio.items, reviews, at, days)
