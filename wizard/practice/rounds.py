"""A round of practice as one immutable state, and all that can happen to it.

A question is asked; an answer that is not right gets a hint and a second chance; then it is
marked.  What ends a task puts its result on the list, ready to be logged.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from wizard.practice.done import Done
from wizard.practice.marking import Line, Marking, Verdict, hint, mark
from wizard.practice.planning import regions_held
from wizard.practice.schedule import Grade, Review
from wizard.practice.tasks import Kind, Question, Studio, Task


class Phase(StrEnum):
    """Where the current question stands."""

    ASKED = "asked"
    SECOND_CHANCE = "second chance"
    MARKED = "marked"
    OVER = "over"
    """No task is left."""


@dataclass(frozen=True, slots=True)
class Result:
    """A finished task: for each of its questions the first marking and the last."""

    task: Task
    first: tuple[Marking, ...]
    last: tuple[Marking, ...]

    @property
    def attempts(self) -> int:
        """2 where any question needed a second chance."""
        return 1 if self.right else 2

    @property
    def right(self) -> bool:
        """Whether every question was right at once."""
        return all(marking.right for marking in self.first)


@dataclass(frozen=True, slots=True)
class Round:
    """A round: its tasks, where it stands, what is ticked, and the results so far.

    `place` counts tasks and `question` the questions of a task, from 0.  `hint` stands while
    there is a second chance; `marking` once the question is marked.  `first` and `last` are the
    markings of the current task's questions.
    """

    tasks: tuple[Task, ...]
    phase: Phase
    place: int = 0
    question: int = 0
    ticked: frozenset[str] = frozenset()
    hint: str = ""
    first: tuple[Marking, ...] = ()
    last: tuple[Marking, ...] = ()
    results: tuple[Result, ...] = ()

    @property
    def task(self) -> Task:
        """The current task (the last one, once the round is over)."""
        return self.tasks[min(self.place, len(self.tasks) - 1)]

    @property
    def asked(self) -> Question:
        """The current question."""
        return self.task.questions[self.question]

    @property
    def marking(self) -> Marking | None:
        """The marks of the current question, once it is marked."""
        return self.last[self.question] if self.phase is Phase.MARKED else None


def begin(tasks: tuple[Task, ...]) -> Round:
    """A round at its first question."""
    return Round(tasks, Phase.ASKED if tasks else Phase.OVER)


def tick(now: Round, choice: str) -> Round:
    """Tick a choice of the current question, or take the tick back."""
    if now.phase not in (Phase.ASKED, Phase.SECOND_CHANCE):
        return now
    if choice not in {each.id for each in now.asked.choices}:
        return now
    return replace(now, ticked=now.ticked ^ {choice})


def tick_only(now: Round, choices: frozenset[str]) -> Round:
    """Tick these choices of the current question and no others."""
    if now.phase not in (Phase.ASKED, Phase.SECOND_CHANCE):
        return now
    return replace(now, ticked=choices & {each.id for each in now.asked.choices})


def commit(studio: Studio, now: Round) -> Round:
    """Commit what is ticked: a hint the first time that it is not right, else the marks."""
    if now.phase not in (Phase.ASKED, Phase.SECOND_CHANCE):
        return now
    marking = mark(studio, now.task, now.question, now.ticked)
    if now.phase is Phase.ASKED:
        first = (*now.first, marking)
        if not marking.right:
            told = hint(studio, now.task, now.question, marking)
            return replace(now, phase=Phase.SECOND_CHANCE, hint=told, first=first)
        now = replace(now, first=first)
    now = replace(now, phase=Phase.MARKED, hint="", last=(*now.last, marking))
    if len(now.last) < len(now.task.questions):
        return now
    result = Result(now.task, now.first, now.last)
    return replace(now, results=(*now.results, result))


def go_on(now: Round) -> Round:
    """After the marks: the task's next question, the next task, or the end."""
    if now.phase is not Phase.MARKED:
        return now
    fresh = replace(now, phase=Phase.ASKED, ticked=frozenset())
    if len(now.last) < len(now.task.questions):
        return replace(fresh, question=now.question + 1)
    fresh = replace(fresh, place=now.place + 1, question=0, first=(), last=())
    return fresh if fresh.place < len(now.tasks) else replace(fresh, phase=Phase.OVER)


def finished(studio: Studio, result: Result, at: datetime) -> Done:
    """A result as the log keeps it; `at` is in UTC."""
    return Done(
        at=at,
        pathway=studio.pathway.id,
        version=studio.pathway.version,
        digest=studio.pathway.digest,
        kind=result.task.kind,
        subject=result.task.subject,
        attempts=result.attempts,
        hit=sum(marking.hit for marking in result.first),
        missed=sum(marking.missed for marking in result.first),
        over_called=sum(marking.over_called for marking in result.first),
        reviews=tuple(
            Review(at, key, studio.items[key].meaning, grade)
            for key, grade in grades(studio, result).items()
        ),
    )


def grades(studio: Studio, result: Result) -> dict[str, Grade]:
    """What a task tells of each item: of the one practised, and of what else it showed.

    Where options are ticked, each that is described or was over-called tells of the region that
    the case lies in, and one that was rightly left of the item; where documents are ticked, each
    tells of its own claims.
    """
    task = result.task
    found = {task.item: _grade(result.right, all(marking.right for marking in result.last))}
    if task.kind is Kind.OPTIONS:
        found = {task.item: Grade.GOOD}
    lines = {line.choice: line for line in (*result.last[0].lines, *result.first[0].lines)}
    again = {line.choice: line for line in result.last[0].lines}
    for choice, line in lines.items():
        grade = _line_grade(line, again.get(choice))
        if task.kind is Kind.OPTIONS:
            holds = line.verdict is not Verdict.OVER_CALLED
            held = [item.key for item in regions_held(studio, task, choice, holds=holds)]
            found.update({key: grade for key in held if key == task.item or key == held[0]})
        elif task.kind is Kind.SOURCE:
            for cited in line.citations:
                key = f"claim/{cited.claim}"
                if key in studio.items and line.verdict is not Verdict.OVER_CALLED:
                    found[key] = grade
    return found


def _grade(at_once: bool, at_last: bool) -> Grade:  # noqa: FBT001 - two attempts, in their order
    if at_once:
        return Grade.GOOD
    return Grade.HARD if at_last else Grade.AGAIN


def _line_grade(first: Line, last: Line | None) -> Grade:
    """A line's grade; what was over-called at first and then left has no last line."""
    good = first.verdict is Verdict.HIT
    put_right = last.verdict is Verdict.HIT if last else first.verdict is Verdict.OVER_CALLED
    return _grade(good, put_right)
