"""Which tasks a round has: what is due first, then what is new, each on a fresh case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from wizard.practice.cases import OwnCase, case_for, lies_in, own_case_for, own_cases, partner
from wizard.practice.drawing import source_of_chance
from wizard.practice.items import About, Item
from wizard.practice.making import make_task
from wizard.practice.schedule import Schedule, Standing
from wizard.practice.tasks import KINDS_ABOUT, Kind, Lesson, Studio, Task

TASKS: Final = 10
"""Tasks of a round, unless asked otherwise."""

UNKNOWNS: Final = 0.25
"""The share of questions that are not known in a drawn case, unless asked otherwise."""

_TRIES: Final = 6
"""Cases tried for an item before another item is."""
_PAIR_SHARE: Final = 0.35
"""How often a task is followed by the same case with one answer changed."""
_PAIRED: Final = (Kind.OPTIONS, Kind.REASON)
_OWN_CASES: Final = 12
"""Cases of the pathway's own that a round may choose from: each takes time to read."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a round is to be: so many tasks, of one kind or of all, and the share of unknowns."""

    tasks: int
    kind: Kind | None = None
    unknowns: float = UNKNOWNS


@dataclass(frozen=True, slots=True)
class Draw:
    """What a round is drawn from; on one pathway, the same draw gives the same tasks.

    `first` and `later` are the keys of the items whose turn is before the new ones and after them.
    """

    wish: Wish
    seed: int
    first: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


def draw_from(standing: Schedule, wish: Wish, seed: int) -> Draw:
    """The draw of a round by how the items stand."""
    first = (*standing.due, *standing.reopened)
    return Draw(wish, seed, _keys(first), _keys(standing.later))


def tasks_of(studio: Studio, draw: Draw) -> tuple[Task, ...]:
    """The tasks of a draw; none where the pathway gives none.

    Raises KeyError for an item that the pathway does not have.
    """
    chance = source_of_chance(draw.seed)
    own = own_cases(studio.pathway, chance, _OWN_CASES)
    known = {*draw.first, *draw.later}
    new = [key for key in studio.items if key not in known]
    first, new_, later = (
        tuple(Standing(studio.items[key], None, 0, reopened=False) for key in keys)
        for keys in (draw.first, new, draw.later)
    )
    return plan(studio, Schedule(first, new_, later), own, draw.wish, chance)


def plan(
    studio: Studio, standing: Schedule, own: Sequence[OwnCase], wish: Wish, random: Random
) -> tuple[Task, ...]:
    """The tasks of a round; fewer than wished where the pathway has no more of the kind.

    The kinds take turns; within a kind, what is due comes first, then what has changed since it
    was practised, then what is new in mixed order, then what is due soonest.  Now and then a task
    is followed by its boundary pair: the same case, with one answer changed and another outcome.
    """
    planner = _Planner(studio, own, wish, random)
    order = planner.order(standing)
    kinds = [wish.kind] if wish.kind else list(Kind)
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


def regions_held(studio: Studio, task: Task, option: str, *, holds: bool) -> tuple[Item, ...]:
    """The items of an option's outcome in whose regions a task's case lies, the widest first."""
    return tuple(
        item
        for item in studio.items.values()
        if item.about is About.OPTION
        and item.subject == option
        and item.holds is holds
        and lies_in(studio.compiled, task.told.answers, item.places[0].region)
    )


def _keys(standings: Iterable[Standing]) -> tuple[str, ...]:
    return tuple(each.item.key for each in standings)


class _Planner:
    """Makes the tasks of one round."""

    def __init__(self, studio: Studio, own: Sequence[OwnCase], wish: Wish, random: Random) -> None:
        self.studio = studio
        self.own = own
        self.wish = wish
        self.random = random

    def order(self, standing: Schedule) -> list[Item]:
        reopened = [each.item for each in standing.reopened]
        new = [each.item for each in standing.new if not each.reopened]
        return [
            *(each.item for each in standing.due),
            *reopened,
            *self.mixed(new),
            *(each.item for each in standing.later),
        ]

    def mixed(self, items: Sequence[Item]) -> list[Item]:
        """The items in an order of chance in which every subject has its turn."""
        by_subject: dict[str, list[Item]] = {}
        for item in items:
            by_subject.setdefault(self.group(item), []).append(item)
        for group in by_subject.values():
            self.random.shuffle(group)
        turns: list[Item] = []
        while by_subject:
            groups = list(by_subject)
            self.random.shuffle(groups)
            turns += [by_subject[group].pop() for group in groups]
            by_subject = {group: left for group, left in by_subject.items() if left}
        return turns

    def group(self, item: Item) -> str:
        """Options take turns by outcome, alerts by level, so that none crowds out the others."""
        match item.about:
            case About.OPTION:
                return f"{item.subject} {item.holds}"
            case About.ALERT:
                return self.studio.pathway.alerts[item.subject].level
            case About.CLAIM:
                return self.studio.pathway.claims[item.subject].source

    def first(self, kind: Kind, items: Sequence[Item]) -> Task | None:
        """A task of a kind on the first item that gives one."""
        for item in items:
            if kind in KINDS_ABOUT[item.about]:
                for _try in range(_TRIES):
                    made = self.task(kind, item)
                    if made is not None:
                        return made
        return None

    def task(self, kind: Kind, item: Item) -> Task | None:
        lesson = Lesson(item, self.random.choice(item.places))
        told = own_case_for(lesson, self.studio, self.own, self.random)
        if told is None:
            told = case_for(self.studio, kind, lesson, self.wish.unknowns, self.random)
        return make_task(self.studio, kind, lesson, told, self.random)

    def pair(self, task: Task) -> Task | None:
        """The boundary pair of a task, now and then."""
        item = self.studio.items[task.item]
        drawn = task.told.name is None and task.kind in _PAIRED
        if not drawn or self.random.random() >= _PAIR_SHARE:
            return None
        told = partner(self.studio, task.told, item.subject, self.random)
        if told is None:
            return None
        other = make_task(self.studio, task.kind, Lesson(item, item.places[0]), told, self.random)
        if other is None:
            return None
        held = regions_held(self.studio, other, item.subject, holds=not item.holds)
        return replace(other, item=held[0].key) if held else None
