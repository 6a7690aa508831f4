"""A round of practice as one immutable state, and all that can happen to it.

A question is asked; an answer that is not right gets a hint and a second chance, for another answer
or to give up; then it is marked.  The end of a task puts its result on the list, ready to be
logged.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest

from wizard.practice.log_rows import LoggedTask
from wizard.practice.marking import Judgement, MarkedChoice, Marking, hint, mark
from wizard.practice.planning import regions_held
from wizard.practice.schedule import Grade, ItemReview
from wizard.practice.tasks import Curriculum, Question, Task, TaskKind
from wizard.record import Record, replace


class Phase(StrEnum):
    """Where the current question stands."""

    ASKED = "asked"
    SECOND_CHANCE = "second chance"
    MARKED = "marked"
    OVER = "over"
    """No task is left."""


class Result(Record):
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

    @property
    def put_right(self) -> bool:
        """Whether every question was right in the end."""
        return all(marking.right for marking in self.last)


class Round(Record):
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

    @property
    def unchanged(self) -> bool:
        """Whether what is ticked at the second chance is what was not right at first."""
        second = self.phase is Phase.SECOND_CHANCE
        return second and self.ticked == self.first[self.question].chosen


def begin(tasks: tuple[Task, ...]) -> Round:
    """A round at its first question."""
    return Round(tasks, Phase.ASKED if tasks else Phase.OVER)


def tick(now: Round, choice: str) -> Round:
    """Tick a choice of the current question, or take the tick back."""
    if now.phase not in (Phase.ASKED, Phase.SECOND_CHANCE):
        return now
    if choice not in {each.id for each in now.asked.choices}:
        return now
    return replace(now, ticked=now.asked.ticking(now.ticked, choice))


def tick_only(now: Round, choices: frozenset[str]) -> Round:
    """Tick these choices of the current question and no others.

    Raises ValueError for a conclusion beside another choice.
    """
    if now.phase not in (Phase.ASKED, Phase.SECOND_CHANCE):
        return now
    ticked = choices & {each.id for each in now.asked.choices}
    if now.asked.clashes(ticked):
        raise ValueError(f"a conclusion stands alone: {sorted(ticked)}")
    return replace(now, ticked=ticked)


def commit(curriculum: Curriculum, now: Round) -> Round:
    """Commit what is ticked: a hint the first time that it is not right, else the marks.

    At the second chance the same answer is not accepted again: `give_up` has it marked.
    """
    if now.phase not in (Phase.ASKED, Phase.SECOND_CHANCE) or now.unchanged:
        return now
    marking = mark(curriculum, now.task, now.question, now.ticked)
    if now.phase is Phase.ASKED:
        first = (*now.first, marking)
        if not marking.right:
            told = hint(curriculum, now.task, now.question, marking)
            return replace(now, phase=Phase.SECOND_CHANCE, hint=told, first=first)
        now = replace(now, first=first)
    return _at_its_marks(now, marking)


def give_up(now: Round) -> Round:
    """Have the first answer marked, without a second one."""
    if now.phase is not Phase.SECOND_CHANCE:
        return now
    first = now.first[now.question]
    return _at_its_marks(replace(now, ticked=first.chosen), first)


def go_on(now: Round) -> Round:
    """After the marks: the task's next question, the next task, or the end."""
    if now.phase is not Phase.MARKED:
        return now
    fresh = replace(now, phase=Phase.ASKED, ticked=frozenset())
    if len(now.last) < len(now.task.questions):
        return replace(fresh, question=now.question + 1)
    fresh = replace(fresh, place=now.place + 1, question=0, first=(), last=())
    return fresh if fresh.place < len(now.tasks) else replace(fresh, phase=Phase.OVER)


def earlier(now: Round) -> tuple[Round, ...]:
    """The round as it stood at the marks of each question before the one in front, in order."""
    found = [
        replace(
            now,
            phase=Phase.MARKED,
            place=place,
            question=question,
            ticked=last[question].chosen,
            hint="",
            first=first[: question + 1],
            last=last[: question + 1],
            results=now.results[: place + (question + 1 == len(now.tasks[place].questions))],
        )
        for place, (first, last) in enumerate(_markings(now))
        for question in range(len(last))
    ]
    return tuple(found[:-1] if now.phase is Phase.MARKED else found)


def given(now: Round) -> Iterator[frozenset[str] | None]:
    """What was committed so far, one answer after the other; None is giving up."""
    for markings in _markings(now):
        for first, last in zip_longest(*markings):
            yield first.chosen
            if last is not None and not first.right:
                yield None if last.chosen == first.chosen else last.chosen


def played(
    curriculum: Curriculum, tasks: tuple[Task, ...], answers: Iterable[frozenset[str] | None]
) -> Round:
    """A round of these tasks after what was `given`.

    Raises ValueError where these are not answers to its questions.
    """
    now, answers = begin(tasks), tuple(answers)
    for chosen in answers:
        now = go_on(now)
        now = give_up(now) if chosen is None else commit(curriculum, tick_only(now, chosen))
    if tuple(given(now)) != answers:
        raise ValueError("other answers than these questions have")
    return now


def finished(curriculum: Curriculum, result: Result, at: datetime) -> LoggedTask:
    """A result as the log keeps it; `at` is in UTC."""
    return LoggedTask(
        at=at,
        pathway=curriculum.pathway.id,
        version=curriculum.pathway.version,
        digest=curriculum.pathway.digest,
        kind=result.task.kind,
        subject=result.task.subject,
        attempts=result.attempts,
        hit=sum(marking.hit for marking in result.first),
        missed=sum(marking.missed for marking in result.first),
        over_called=sum(marking.over_called for marking in result.first),
        reviews=tuple(
            ItemReview(at, key, curriculum.items[key].meaning, grade)
            for key, grade in grades(curriculum, result).items()
        ),
    )


def grades(curriculum: Curriculum, result: Result) -> dict[str, Grade]:
    """The grade of each item that a task says something of: the one practised, and others that it
    showed.

    Where options are ticked, an option that is described or wrongly ticked grades the region that
    the case lies in, and one that was rightly not ticked grades the item; where documents are
    ticked, each grades its own claims.
    """
    task = result.task
    found = {task.item: _grade(result.right, result.put_right)}
    if task.kind is TaskKind.OPTIONS:
        found = {task.item: Grade.GOOD}
    lines = {line.choice: line for line in (*result.last[0].lines, *result.first[0].lines)}
    again = {line.choice: line for line in result.last[0].lines}
    for choice, line in lines.items():
        grade = _line_grade(line, again.get(choice))
        if task.kind is TaskKind.OPTIONS:
            holds = line.judgement is not Judgement.WRONG
            held = [item.key for item in regions_held(curriculum, task, choice, holds=holds)]
            found.update({key: grade for key in held if key == task.item or key == held[0]})
        elif task.kind is TaskKind.SOURCE:
            for cited in line.citations:
                key = f"claim/{cited.claim}"
                if key in curriculum.items and line.judgement is not Judgement.WRONG:
                    found[key] = grade
    return found


# --- parts -----------------------------------------------------------------------------------


def _at_its_marks(now: Round, marking: Marking) -> Round:
    now = replace(now, phase=Phase.MARKED, hint="", last=(*now.last, marking))
    if len(now.last) < len(now.task.questions):
        return now
    return replace(now, results=(*now.results, Result(now.task, now.first, now.last)))


def _markings(now: Round) -> list[tuple[tuple[Marking, ...], tuple[Marking, ...]]]:
    """The first markings and the last ones of each task so far."""
    finished_ = [(result.first, result.last) for result in now.results]
    open_ = now.place == len(now.results) and now.first
    return [*finished_, (now.first, now.last)] if open_ else finished_


def _grade(at_once: bool, at_last: bool) -> Grade:  # noqa: FBT001 - two attempts, in their order
    if at_once:
        return Grade.GOOD
    return Grade.HARD if at_last else Grade.AGAIN


def _line_grade(first: MarkedChoice, last: MarkedChoice | None) -> Grade:
    """A line's grade; what was wrong at first and then left has no last line."""
    good = first.judgement is Judgement.RIGHT
    put_right = last.judgement is Judgement.RIGHT if last else first.judgement is Judgement.WRONG
    return _grade(good, put_right)
