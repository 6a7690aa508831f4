"""The one state that the practice place is drawn from, and all that can happen to it.

As with the case, each transition is a pure function that returns a new state; one that does not
fit raises `Refused` with a sentence for the person, and changes nothing.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from wizard.practice import rounds
from wizard.practice.days import Days
from wizard.practice.kept_standing import Before
from wizard.practice.log_rows import LoggedTask
from wizard.practice.planning import Draw, Wish, draw_from, tasks_of
from wizard.practice.progress import scheduled
from wizard.practice.rounds import Phase, Round, begin, earlier, finished, go_on
from wizard.practice.schedule import NOTHING_REVIEWED, Schedule, Standing
from wizard.practice.tasks import Choice, Curriculum, TaskKind
from wizard.practice.unfinished import UnfinishedRound, resumed, unfinished_round
from wizard.record import Record, replace
from wizard.screen.shared.keys import Refused

LONGEST_TYPED: Final = 60
DIGITS: Final = 9
"""The number of choices that have a digit at a time."""
NOT_ASKED: Final = "No question is open here."
UNCHANGED: Final = "Nothing has changed: tick something else, or press g, which gives up."


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
    TREE = "tree"
    EMERGENCIES = "emergencies"
    INTENDED_USE = "intended use"
    SEARCH = "search"
    HELP = "help"


class Practice(Record):
    """Where a person stands in practice.

    `done` are the finished tasks of this run, `past` those of the log once they are asked for, and
    `before` is what the log came to; `schedule` follows from that, in these `days`. `unkept` says
    why a task could not be logged. `wish` is the round asked for on the command line, `seed` what
    its cases are drawn from, None for chance. `round` is None before one is begun; `draw` is what
    it was drawn from, `unfinished` the last round that was begun and is not at its end. `back`
    counts the questions looked back from where the round stands, `digits_from` the choices before
    the one that has digit 1. `flipped` is whether the case is told in the other form than the room
    asks for: in few words, or in full; `search` is what is searched for.
    """

    curriculum: Curriculum
    wish: Wish
    done: tuple[LoggedTask, ...]
    schedule: Schedule
    days: Days
    before: Standing = NOTHING_REVIEWED
    past: tuple[LoggedTask, ...] | None = None
    unkept: str = ""
    seed: int | None = None
    round: Round | None = None
    draw: Draw | None = None
    unfinished: UnfinishedRound | None = None
    back: int = 0
    digits_from: int = 0
    flipped: bool = False
    sheets: tuple[Sheet, ...] = ()
    search: str = ""

    @property
    def front(self) -> Round | None:
        """The round as it is in front of the person: where it stands, or looked back at."""
        if self.round is None or not self.back:
            return self.round
        return earlier(self.round)[-self.back]

    @property
    def stage(self) -> Stage:
        """What is in front of the person, below any sheet."""
        now = self.front
        if now is None:
            return Stage.START
        if now.phase is Phase.OVER:
            return Stage.SUMMARY
        return Stage.MARKED if now.phase is Phase.MARKED else Stage.ASKED

    @property
    def sheet(self) -> Sheet | None:
        """What lies over practice."""
        return self.sheets[-1] if self.sheets else None

    @property
    def would_lose(self) -> bool:
        """Whether an answer to the open task has been begun that is not kept.

        What is committed is kept with its round, where the log can be written.
        """
        now = self.round
        if now is None or now.phase is Phase.OVER or len(now.results) > now.place:
            return False
        open_ = now.phase is not Phase.MARKED and bool(now.ticked) and not now.unchanged
        return open_ or bool(self.unkept and now.first)

    @property
    def with_digits(self) -> tuple[Choice, ...]:
        """The choices that a digit ticks now, from 1 on."""
        if self.round is None or self.stage is not Stage.ASKED:
            return ()
        return self.round.asked.choices[self.digits_from : self.digits_from + DIGITS]


def at_the_start(
    made: Curriculum, before: Before, wish: Wish, days: Days, at: datetime
) -> Practice:
    """Practice before its first round, with what was before."""
    return Practice(
        made,
        wish,
        (),
        scheduled(made, before.standing, (), at, days),
        days,
        before.standing,
        unkept=before.unkept,
        unfinished=before.unfinished,
    )


def begin_round(state: Practice, kind: TaskKind | None, seed: int) -> Practice:
    """Draw a round of a kind (None: of all) and ask its first question.

    A seed of the command line is used once, instead of `seed` and of the schedule: it gives
    everybody the same cases.
    """
    draw = draw_from(state.schedule, replace(state.wish, kind=kind), seed, alone=state.seed)
    tasks = tasks_of(state.curriculum, draw)
    if not tasks:
        raise Refused("This pathway gives no such task.")
    return replace(_in_front(state, begin(tasks)), draw=draw, seed=None, sheets=())


def resume(state: Practice) -> Practice:
    """Go on with the round that was left, where it was left."""
    left = state.unfinished
    now = None if left is None else resumed(state.curriculum, left)
    if left is None or now is None:
        raise Refused("The pathway or the tool has changed since that round; begin a new one.")
    return replace(_in_front(state, now), draw=left.draw, sheets=())


def tick(state: Practice, choice: str) -> Practice:
    """Tick a choice, or take the tick back."""
    now = _round_asking(state)
    return replace(state, round=rounds.tick(now, choice))


def other_form(state: Practice) -> Practice:
    """Tell the case in the other form: in few words, or in full."""
    return replace(state, flipped=not state.flipped)


def not_yet(state: Practice) -> Practice:
    """Take a conclusion back: what it depends on is ticked then."""
    now = _round_asking(state)
    return replace(state, round=rounds.tick_only(now, now.ticked - now.asked.conclusions))


def first_open(state: Practice) -> str:
    """The first choice that is ticked where it is too early for a conclusion."""
    asked = _round_asking(state).asked
    return next(each.id for each in asked.choices if each.id not in asked.conclusions)


def more_digits(state: Practice) -> Practice:
    """Give the digits to the next choices, and after the last to the first again."""
    start = state.digits_from + DIGITS
    return replace(
        state, digits_from=start if start < len(_round_asking(state).asked.choices) else 0
    )


def commit(state: Practice, at: datetime) -> Practice:
    """Commit what is ticked, which must be something, and at a second chance something else."""
    now = _round_asking(state)
    if not now.ticked:
        none = "" if now.asked.conclusions else ", n says none of these"
        raise Refused(f"Nothing is ticked: a digit or space ticks{none}.")
    return _committed(state, now, at)


def none_of_these(state: Practice, at: datetime) -> Practice:
    """Commit that nothing here is right."""
    return _committed(state, rounds.tick_only(_round_asking(state), frozenset()), at)


def give_up(state: Practice, at: datetime) -> Practice:
    """Have the first answer marked, without a second one."""
    return _taken(state, rounds.give_up(_round_asking(state)), at)


def next_question(state: Practice, at: datetime) -> Practice:
    """From the marks to the next question, the next task or the summary.

    Who looks back goes forward to the question after.
    """
    if state.back:
        return replace(state, back=state.back - 1)
    return _up_to_date(_in_front(state, state.round and go_on(state.round)), at)


def back(state: Practice) -> Practice:
    """Close what lies on top, or look at the question before, as it was asked and marked."""
    return close(state) if state.sheets else replace(state, back=state.back + 1)


def stop(state: Practice, at: datetime) -> Practice:
    """End the round: the summary of what was finished, or the start where nothing was."""
    now = state.round
    over = None
    if now is not None and now.phase is not Phase.OVER and now.results:
        over = replace(now, phase=Phase.OVER)
    return _up_to_date(replace(_in_front(state, over), sheets=()), at)


def put_over(state: Practice, sheet: Sheet) -> Practice:
    """Lay a sheet on top, or take it away where it is on top already."""
    if state.sheet is sheet:
        return close(state)
    below = tuple(each for each in state.sheets if each is not sheet)
    return replace(state, sheets=(*below, sheet), search="")


def close(state: Practice) -> Practice:
    """Take the top sheet away; under it, end looking back."""
    if state.sheets:
        return replace(state, sheets=state.sheets[:-1])
    return replace(state, back=0)


def look_for(state: Practice, words: str) -> Practice:
    """Words are searched for."""
    return replace(state, search=words[:LONGEST_TYPED])


# --- parts -----------------------------------------------------------------------------------


def _round_asking(state: Practice) -> Round:
    if state.round is None or state.stage is not Stage.ASKED:
        raise Refused(NOT_ASKED)
    return state.round


def _in_front(state: Practice, now: Round | None) -> Practice:
    """A round, or none, with its question in front."""
    return replace(state, round=now, back=0, digits_from=0)


def _committed(state: Practice, now: Round, at: datetime) -> Practice:
    if now.unchanged:
        raise Refused(UNCHANGED)
    return _taken(state, rounds.commit(state.curriculum, now), at)


def _taken(state: Practice, now: Round, at: datetime) -> Practice:
    """The state after an answer: with the task that it finished, and what is left of the round."""
    before, done = state.round, state.done
    if before is None or state.draw is None:
        raise Refused(NOT_ASKED)
    if len(now.results) > len(before.results):
        done = (*done, finished(state.curriculum, now.results[-1], at))
    return replace(state, round=now, done=done, unfinished=unfinished_round(state.draw, now))


def _up_to_date(state: Practice, at: datetime) -> Practice:
    """The schedule brought up to date while no question is in front, which is when it is shown."""
    if state.stage not in (Stage.SUMMARY, Stage.START):
        return state
    schedule = scheduled(state.curriculum, state.before, state.done, at, state.days)
    return replace(state, schedule=schedule)
