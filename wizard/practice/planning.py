"""Which tasks a round has: what is due first, then what is new, each on a fresh case."""

from collections.abc import Sequence
from random import Random
from typing import Final

from wizard.practice.cases import case_for, lies_in, own_case_for, own_cases, partner, tell
from wizard.practice.items import About, LearningItem
from wizard.practice.sampling import source_of_chance
from wizard.practice.schedule import Schedule
from wizard.practice.task_making import make_task
from wizard.practice.tasks import KINDS_ABOUT, Curriculum, Drill, PracticeCase, Task, TaskKind
from wizard.record import Record, replace

TASKS: Final = 10
"""The default number of tasks in a round."""

UNKNOWNS: Final = 0.25
"""The default share of questions that are not known in a drawn case."""

_TRIES: Final = 6
"""Cases to try for an item before going on to the next item."""
_PAIR_SHARE: Final = 0.35
"""How often a task is followed by the same case with one answer changed."""
_PAIRED: Final = (TaskKind.OPTIONS, TaskKind.REASON)
_OWN_CASES: Final = 12
"""The most cases of the pathway's own that a round chooses from: each takes time to read."""


class Wish(Record):
    """What a round should be: the number of tasks, their kind (None: all), and the share of
    unknowns.
    """

    tasks: int
    kind: TaskKind | None = None
    unknowns: float = UNKNOWNS


class Draw(Record):
    """What a round is drawn from; on one pathway, the same draw gives the same tasks.

    `first` and `later` are the keys of the items whose turn is before the new ones and after them.
    """

    wish: Wish
    seed: int
    first: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


def draw_from(schedule: Schedule, wish: Wish, seed: int, alone: int | None = None) -> Draw:
    """The draw of a round that follows from the schedule and a seed.

    A seed that stands `alone` counts instead of both: it gives everybody the same cases.
    """
    if alone is not None:
        return Draw(wish, alone)
    first, later = (*schedule.due, *schedule.reopened), schedule.later
    return Draw(wish, seed, *(tuple(each.item.key for each in cards) for cards in (first, later)))


def tasks_of(curriculum: Curriculum, draw: Draw) -> tuple[Task, ...]:
    """The tasks of a draw; fewer than wished where the pathway has no more of the kind.

    The kinds take turns; within a kind, what is due comes first, then what has changed since it
    was practised, then what is new in mixed order, then what is due soonest.  Now and then a task
    is followed by its boundary pair: the same case, with one answer changed and another outcome.

    Raises KeyError for an item that the pathway does not have.
    """
    wish, random = draw.wish, source_of_chance(draw.seed)
    own = own_cases(curriculum.pathway, random, _OWN_CASES)
    planner = _Planner(curriculum, own, wish, random)
    first, later = ([curriculum.items[key] for key in keys] for keys in (draw.first, draw.later))
    known = {*draw.first, *draw.later}
    new = [item for key, item in curriculum.items.items() if key not in known]
    order = [*first, *planner.mixed(new), *later]
    kinds = [wish.kind] if wish.kind else list(TaskKind)
    random.shuffle(kinds)
    tasks: list[Task] = []
    used: set[str] = set()
    while len(tasks) < wish.tasks and kinds:
        for kind in tuple(kinds):
            made = planner.first(kind, [item for item in order if item.key not in used])
            if made is None:
                kinds.remove(kind)
            else:
                pair = planner.pair(made)
                tasks += [made] if pair is None else [made, pair]
                used.update(task.item for task in tasks)
    return tuple(tasks[: wish.tasks])


def regions_held(
    curriculum: Curriculum, task: Task, option: str, *, holds: bool
) -> tuple[LearningItem, ...]:
    """The items of an option's outcome in whose regions a task's case lies, the widest first."""
    return tuple(
        item
        for item in curriculum.items.values()
        if item.about is About.OPTION
        and item.subject == option
        and item.holds is holds
        and lies_in(curriculum.compiled, task.case.answers, item.occurrences[0].region)
    )


class _Planner(Record):
    """Makes the tasks of one round."""

    curriculum: Curriculum
    own: Sequence[PracticeCase]
    wish: Wish
    random: Random

    def mixed(self, items: Sequence[LearningItem]) -> list[LearningItem]:
        """The items in a random order in which every subject has its turn."""
        by_subject: dict[str, list[LearningItem]] = {}
        for item in items:
            by_subject.setdefault(self.group(item), []).append(item)
        for group in by_subject.values():
            self.random.shuffle(group)
        turns: list[LearningItem] = []
        while by_subject:
            groups = list(by_subject)
            self.random.shuffle(groups)
            turns += [by_subject[group].pop() for group in groups]
            by_subject = {group: left for group, left in by_subject.items() if left}
        return turns

    def group(self, item: LearningItem) -> str:
        """Options take turns by outcome, alerts by level, so that none crowds out the others."""
        match item.about:
            case About.OPTION:
                return f"{item.subject} {item.holds}"
            case About.ALERT:
                return self.curriculum.pathway.alerts[item.subject].level
            case About.CLAIM:
                return self.curriculum.pathway.claims[item.subject].source

    def first(self, kind: TaskKind, items: Sequence[LearningItem]) -> Task | None:
        """A task of a kind on the first item that gives one."""
        for item in items:
            if kind in KINDS_ABOUT[item.about]:
                for _try in range(_TRIES):
                    made = self.task(kind, item)
                    if made is not None:
                        return made
        return None

    def task(self, kind: TaskKind, item: LearningItem) -> Task | None:
        drill = Drill(item, self.random.choice(item.occurrences))
        case = own_case_for(drill, self.curriculum, self.own, self.random)
        if case is None:
            case = case_for(self.curriculum, kind, drill, self.wish.unknowns, self.random)
        made = make_task(self.curriculum, kind, drill, case, self.random)
        if made is None or case.story:
            return made
        return replace(made, case=tell(self.curriculum, case.answers))

    def pair(self, task: Task) -> Task | None:
        """The boundary pair of a task, now and then."""
        item = self.curriculum.items[task.item]
        drawn = task.case.name is None and task.kind in _PAIRED
        if not drawn or self.random.random() >= _PAIR_SHARE:
            return None
        case = partner(self.curriculum, task.case, item.subject, self.random)
        if case is None:
            return None
        other = make_task(
            self.curriculum, task.kind, Drill(item, item.occurrences[0]), case, self.random
        )
        if other is None:
            return None
        held = regions_held(self.curriculum, other, item.subject, holds=not item.holds)
        return replace(other, item=held[0].key) if held else None
