"""A round that was left before its end: what its tasks are drawn from, and what was answered.

The tasks themselves are not kept: they follow from the draw, and a digest tells whether they are
still the same.
"""

import json
from collections.abc import Iterable
from hashlib import sha256

from wizard.practice.log_rows import OddRowError
from wizard.practice.planning import Draw, Wish, tasks_of
from wizard.practice.rounds import Round, given, played
from wizard.practice.tasks import Curriculum, Task, TaskKind
from wizard.record import Record


class UnfinishedRound(Record):
    """A round that is not at its end.

    `asked` is a digest of all that its tasks ask; `answers` are what was committed so far, of which
    None is giving up.
    """

    draw: Draw
    asked: str
    answers: tuple[frozenset[str] | None, ...]


def unfinished_round(draw: Draw, now: Round) -> UnfinishedRound | None:
    """What is left of a round of a draw; None where every task is finished."""
    if len(now.results) == len(now.tasks):
        return None
    return UnfinishedRound(draw, asked_digest(now.tasks), tuple(given(now)))


def resumed(curriculum: Curriculum, unfinished: UnfinishedRound) -> Round | None:
    """The round as it was left; None where its tasks are not what they were.

    They change with the pathway, its cases and this tool.
    """
    try:
        tasks = tasks_of(curriculum, unfinished.draw)
        if asked_digest(tasks) != unfinished.asked:
            return None
        return played(curriculum, tasks, unfinished.answers)
    except (KeyError, ValueError):
        return None


def asked_digest(tasks: Iterable[Task]) -> str:
    """SHA-256 over what tasks tell and ask."""
    asked = [
        (
            *(task.kind, task.subject, task.item, task.case.lead, task.case.story),
            [
                (each.prompt, sorted(each.right), [(c.id, c.label) for c in each.choices])
                for each in task.questions
            ],
        )
        for task in tasks
    ]
    return sha256(json.dumps(asked).encode()).hexdigest()


def unfinished_text(unfinished: UnfinishedRound) -> str:
    """The text that the log keeps."""
    draw = unfinished.draw
    return json.dumps(
        {
            "seed": draw.seed,
            "tasks": draw.wish.tasks,
            "kind": draw.wish.kind,
            "unknowns": draw.wish.unknowns,
            "first": draw.first,
            "later": draw.later,
            "asked": unfinished.asked,
            "answers": [None if each is None else sorted(each) for each in unfinished.answers],
        }
    )


def unfinished_from(value: object) -> UnfinishedRound:
    """What was written.  Raises OddRowError for anything else."""
    try:
        if not isinstance(value, str):
            raise TypeError
        said = json.loads(value)
        kind = None if said["kind"] is None else TaskKind(said["kind"])
        wish = Wish(_whole(said["tasks"]), kind, float(said["unknowns"]))
        first, later = (_texts(said[name]) for name in ("first", "later"))
        answers = tuple(
            None if each is None else frozenset(_texts(each)) for each in said["answers"]
        )
        draw = Draw(wish, _whole(said["seed"]), first, later)
        return UnfinishedRound(draw, str(said["asked"]), answers)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise OddRowError("the round that was left is not as this tool writes it") from None


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError
    return tuple(value)
