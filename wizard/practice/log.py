"""The log of reviews: one SQLite file in the user's data folder, the truth of all progress.

Each task is one transaction.  Several wizards may use the log at once: each operation holds the
folder's lock and has a connection of its own.  So no file is deleted that somebody else has open,
which SQLite cannot bear.
"""

import csv
import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

from wizard.practice.schedule import Grade, Review
from wizard.practice.tasks import Kind

_FILE: Final = "practice.sqlite3"
_APPLICATION_ID: Final = 0x6D647470
_WAIT_SECONDS: Final = 60.0
_SUFFIXES: Final = ("-journal", "")

MIGRATIONS: Final = (
    """
    CREATE TABLE task (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        pathway TEXT NOT NULL,
        version TEXT NOT NULL,
        digest TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT,
        attempts INTEGER NOT NULL,
        hit INTEGER NOT NULL,
        missed INTEGER NOT NULL,
        over_called INTEGER NOT NULL
    );
    CREATE TABLE review (
        task INTEGER NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        item TEXT NOT NULL,
        meaning TEXT NOT NULL,
        grade INTEGER NOT NULL,
        PRIMARY KEY (task, item)
    ) WITHOUT ROWID;
    CREATE INDEX task_by_pathway ON task (pathway, at);
    """,
)
"""What brings a file from one version to the next; never edited, only added to."""


class LogError(Exception):
    """A log that cannot be used, in a sentence for the person; nothing in it was changed."""


@dataclass(frozen=True, slots=True)
class Done:
    """A finished task: when (in UTC), on what, how it went, and what it says of each item.

    The marks are those of the first attempt; `attempts` is 2 where there was a second one.
    """

    at: datetime
    pathway: str
    version: str
    digest: str
    kind: Kind
    subject: str | None
    attempts: int
    hit: int
    missed: int
    over_called: int
    reviews: tuple[Review, ...]

    @property
    def right(self) -> bool:
        """Whether the first attempt missed nothing and over-called nothing."""
        return not self.missed and not self.over_called


def log_path() -> Path:
    """Where the log is: in the user's data folder."""
    from platformdirs import user_data_path  # noqa: PLC0415 - a start pays only for what it uses

    return user_data_path("mdt-wizard", appauthor=False) / _FILE


@dataclass(frozen=True, slots=True)
class Log:
    """The log at a path; the file comes into being with the first task that is added.

    Every method raises LogError where the file is no log, is damaged, or is of a newer version.
    """

    path: Path
    migrations: Sequence[str] = MIGRATIONS

    def add(self, done: Done) -> None:
        """Add a finished task, whole or not at all."""
        with self._writing() as connection:
            task = connection.execute(
                "INSERT INTO task (at, pathway, version, digest, kind, subject, attempts, hit,"
                " missed, over_called) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    _written(done.at),
                    *(done.pathway, done.version, done.digest, done.kind.value, done.subject),
                    *(done.attempts, done.hit, done.missed, done.over_called),
                ),
            ).lastrowid
            connection.executemany(
                "INSERT INTO review (task, item, meaning, grade) VALUES (?, ?, ?, ?)",
                [(task, each.item, each.meaning, int(each.grade)) for each in done.reviews],
            )

    def tasks(self, pathway: str | None = None) -> tuple[Done, ...]:
        """The finished tasks (of one pathway), oldest first; none where there is no file."""
        if not self.path.exists():
            return ()
        with self._locked():
            if not self.path.exists():
                return ()
            with self._connection() as connection:
                return tuple(_tasks(connection, pathway))

    def delete(self) -> bool:
        """Delete the log with all that it holds; false where there is none."""
        if not self.path.exists():
            return False
        with self._locked():
            for suffix in _SUFFIXES:
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        return True

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, alone; the file is made where there is none."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            with self._connection() as connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Wait for the folder's lock; the system frees it when this process ends, however."""
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(
                sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
            ) as connection:
                self._prepare(connection)
                yield connection
        except sqlite3.Error as error:
            raise LogError(f"{self.path}: {error}") from error

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Bring the file to this version, in one transaction."""
        version = _pragma(connection, "user_version")
        if version < len(self.migrations):
            connection.execute("BEGIN IMMEDIATE")
            version = _pragma(connection, "user_version")
            if version == 0:
                self._claim(connection)
            for script in self.migrations[version:]:
                for statement in script.split(";"):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(self.migrations)}")
            connection.execute("COMMIT")
        if version > len(self.migrations):
            raise LogError(
                f"{self.path}: a newer version of this tool wrote it; nothing was changed"
            )
        if _pragma(connection, "application_id") != _APPLICATION_ID:
            raise LogError(f"{self.path}: this is not a practice log; it was left as it is")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")

    def _claim(self, connection: sqlite3.Connection) -> None:
        """Mark a new file as a log.  Raises LogError where it holds something else."""
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.execute("ROLLBACK")
            raise LogError(f"{self.path}: this is not a practice log; it was left as it is")
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")


COLUMNS: Final = (
    *("at", "pathway", "version", "digest", "kind", "subject", "attempts"),
    *("hit", "missed", "over_called", "item", "grade"),
)


def write_csv(tasks: Iterable[Done], file: TextIO) -> None:
    """The log as CSV: a line for each item of each task, with a header; times in UTC."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for done in tasks:
        head = (f"{_written(done.at)}Z", done.pathway, done.version, done.digest, done.kind.value)
        marks = (done.attempts, done.hit, done.missed, done.over_called)
        for review in done.reviews:
            grade = review.grade.name.lower()
            writer.writerow((*head, done.subject or "", *marks, review.item, grade))


# --- parts -----------------------------------------------------------------------------------


def _tasks(connection: sqlite3.Connection, pathway: str | None) -> Iterator[Done]:
    rows = connection.execute(
        "SELECT task.id, at, pathway, version, digest, kind, subject, attempts, hit, missed,"
        " over_called, item, meaning, grade FROM task LEFT JOIN review ON review.task = task.id"
        " WHERE ?1 IS NULL OR pathway = ?1 ORDER BY at, task.id, item",
        (pathway,),
    ).fetchall()
    tasks: dict[int, list[tuple[object, ...]]] = {}
    for row in rows:
        tasks.setdefault(row[0], []).append(row)
    for lines in tasks.values():
        yield _done(lines)


def _done(lines: Sequence[Sequence[object]]) -> Done:
    _id, at, pathway, version, digest, kind, subject, *marks = lines[0][:11]
    when = datetime.fromisoformat(str(at)).replace(tzinfo=UTC)
    attempts, hit, missed, over_called = (int(str(mark)) for mark in marks)
    return Done(
        at=when,
        pathway=str(pathway),
        version=str(version),
        digest=str(digest),
        kind=Kind(str(kind)),
        subject=None if subject is None else str(subject),
        attempts=attempts,
        hit=hit,
        missed=missed,
        over_called=over_called,
        reviews=tuple(
            Review(when, str(item), str(meaning), Grade(int(str(grade))))
            for *_rest, item, meaning, grade in lines
            if item is not None
        ),
    )


def _written(at: datetime) -> str:
    """A moment as the log has it: UTC, to the microsecond, so that text sorts by time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
