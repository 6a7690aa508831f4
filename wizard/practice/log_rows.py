"""A finished task as the log keeps it: read from rows with every value checked, written as CSV."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, TextIO

from wizard.practice.schedule import Grade, ItemReview
from wizard.practice.tasks import TaskKind
from wizard.record import Record

COLUMNS: Final = (
    *("at", "pathway", "version", "digest", "kind", "subject", "attempts"),
    *("hit", "missed", "over_called", "item", "grade"),
)
_MOST_MARKS: Final = 100_000
"""More choices than any question has."""
_FIRST_YEAR: Final = 1970
"""The year of a clock that was never set."""


class OddRowError(ValueError):
    """A row with a value that no finished task has."""


class LoggedTask(Record):
    """A finished task: when (in UTC), on what, how it went, and what it says of each item.

    The marks are those of the first attempt; `attempts` is 2 where there was a second one.
    """

    at: datetime
    pathway: str
    version: str
    digest: str
    kind: TaskKind
    subject: str | None
    attempts: int
    hit: int
    missed: int
    over_called: int
    reviews: tuple[ItemReview, ...]

    @property
    def right(self) -> bool:
        """Whether the first attempt missed nothing and had nothing wrong."""
        return not self.missed and not self.over_called


def logged_task(rows: Sequence[Sequence[object]]) -> LoggedTask:
    """The task of its rows, one for each item: COLUMNS, with `meaning` before the grade.

    Raises OddRowError, which names the column and the value.
    """
    at, pathway, version, digest, kind, subject, attempts, hit, missed, over_called = rows[0][:10]
    when = _moment(at)
    return LoggedTask(
        at=when,
        pathway=_text("pathway", pathway),
        version=_text("version", version),
        digest=_text("digest", digest),
        kind=_kind(kind),
        subject=None if subject is None else _text("subject", subject),
        attempts=_whole_number("attempts", attempts, 1, 2),
        hit=_whole_number("hit", hit, 0, _MOST_MARKS),
        missed=_whole_number("missed", missed, 0, _MOST_MARKS),
        over_called=_whole_number("over_called", over_called, 0, _MOST_MARKS),
        reviews=tuple(
            ItemReview(
                at=when,
                item=_text("item", item),
                meaning=_text("meaning", meaning),
                grade=Grade(_whole_number("grade", grade, min(Grade), max(Grade))),
            )
            for *_task, item, meaning, grade in rows
            if (item, meaning, grade) != (None, None, None)
        ),
    )


def written(at: datetime) -> str:
    """A moment as the log has it: UTC, to the microsecond, so that text sorts by time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def write_csv(tasks: Iterable[LoggedTask], file: TextIO) -> None:
    """The log as CSV: a line for each item of each task, with a header; times in UTC."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for task in tasks:
        head = (f"{written(task.at)}Z", task.pathway, task.version, task.digest, task.kind.value)
        marks = (task.attempts, task.hit, task.missed, task.over_called)
        for review in task.reviews:
            grade = review.grade.name.lower()
            writer.writerow((*head, task.subject or "", *marks, review.item, grade))


# --- parts -----------------------------------------------------------------------------------


def _moment(value: object) -> datetime:
    try:
        at = datetime.fromisoformat(_text("at", value)).replace(tzinfo=UTC)
    except ValueError:
        at = None
    if at is None or at.year < _FIRST_YEAR or written(at) != value:
        raise _odd("at", value, "a moment in UTC, as YYYY-MM-DDTHH:MM:SS.ffffff,")
    return at


def _kind(value: object) -> TaskKind:
    try:
        return TaskKind(_text("kind", value))
    except ValueError:
        raise _odd("kind", value, "a kind of task") from None


def _text(column: str, value: object) -> str:
    if not isinstance(value, str):
        raise _odd(column, value, "text")
    return value


def _whole_number(column: str, value: object, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise _odd(column, value, f"a whole number from {least} to {most}")
    return value


def _odd(column: str, value: object, expected: str) -> OddRowError:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    return OddRowError(f"{column} is {shown}, where {expected} was expected")
