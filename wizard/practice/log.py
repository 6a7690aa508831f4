"""The log of reviews: one SQLite file in the user's data folder, from which all progress follows.

Each task is one transaction, with what is left of its round.  Several wizards may use the log at
once: each operation has a connection of its own, and SQLite's own locks keep them apart, on every
system.  SQLite does not tolerate that a file is deleted which another program has open, so deleting
the log empties the file.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import Final

from wizard.exits import ExitCode, WizardError
from wizard.practice.log_rows import LoggedTask, OddRowError, logged_task, written
from wizard.practice.unfinished import UnfinishedRound, unfinished_from, unfinished_text
from wizard.private_files import make_private_folder
from wizard.record import Record, as_data
from wizard.user_folders import user_folder

_FILE: Final = "practice.sqlite3"
_APPLICATION_ID: Final = 0x6D647470
_WAIT_SECONDS: Final = 60.0
_DELETE: Final = "`mdt-wizard practise --delete` deletes all of it, and a new log begins"
_FAULTS_OF_THE_PLACE: Final = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL),
    *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH),
    *(sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOLFS),
}
"""Results of SQLite that say nothing against the file's content."""

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
    """
    CREATE TABLE round (
        pathway TEXT NOT NULL PRIMARY KEY,
        state TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
)
"""The steps from each version of the file to the next; never edited, only added to."""

_ADD_TASK: Final = """
    INSERT INTO task
        (at, pathway, version, digest, kind, subject, attempts, hit, missed, over_called)
    VALUES
        (:at, :pathway, :version, :digest, :kind, :subject, :attempts, :hit, :missed, :over_called)
"""
_ADD_REVIEW: Final = """
    INSERT INTO review (task, item, meaning, grade) VALUES (:task, :item, :meaning, :grade)
"""
_ROWS: Final = """
    SELECT task.id, at, pathway, version, digest, kind, subject, attempts, hit, missed, over_called,
        item, meaning, grade
    FROM task LEFT JOIN review ON review.task = task.id
    WHERE pathway IS coalesce(?, pathway) AND task.id > ? AND task.id <= ?
    ORDER BY at, task.id, item
"""


_EXTENT: Final = """
    SELECT coalesce(max(id), 0), count(*), coalesce(sum(id), 0), coalesce(min(at), ''),
        coalesce(max(at), '')
    FROM task WHERE pathway = ? AND id <= ?
"""
_NO_END: Final = 2**62


class Extent(Record):
    """What tells one part of the log from another: the last number, how many tasks, the sum of
    their numbers, the first moment and the last.
    """

    last: int = 0
    tasks: int = 0
    numbers: int = 0
    begun: str = ""
    ended: str = ""


NO_TASKS: Final = Extent()


class LogError(WizardError):
    """A log that cannot be used, in a sentence that names the file; nothing in it was changed."""

    code = ExitCode.UNUSABLE_FILE


def log_path() -> Path:
    """Where the log is: in the user's data folder."""
    return user_folder("data") / _FILE


class Log(Record):
    """The log at a path; the first task that is added creates the file.

    Every method raises LogError where the file cannot be read or written, is not a
    log, is damaged, or is of a newer version.
    """

    path: Path
    migrations: Sequence[str] = MIGRATIONS

    def keep(
        self, pathway: str, done: Iterable[LoggedTask], unfinished: UnfinishedRound | None = None
    ) -> None:
        """Keep finished tasks, and what is left of the round on a pathway in place of the one
        before: all or nothing.
        """
        with self._told(), self._writing() as connection:
            for each in done:
                task = connection.execute(_ADD_TASK, {**as_data(each), "at": written(each.at)})
                reviews = [{**as_data(own), "task": task.lastrowid} for own in each.reviews]
                connection.executemany(_ADD_REVIEW, reviews)
            connection.execute("DELETE FROM round WHERE pathway = ?", (pathway,))
            if unfinished is not None:
                state = unfinished_text(unfinished)
                connection.execute("INSERT INTO round VALUES (?, ?)", (pathway, state))

    def unfinished(self, pathway: str) -> UnfinishedRound | None:
        """The round on a pathway that was left before its end."""
        rows = self._read("SELECT state FROM round WHERE pathway = ?", pathway)
        with self._told():
            return unfinished_from(rows[0][0]) if rows else None

    def last(self) -> int:
        """The number of the last task of any pathway."""
        rows = self._read("SELECT coalesce(max(id), 0) FROM task")
        return int(str(rows[0][0])) if rows else 0

    def extent(self, pathway: str, upto: int = _NO_END) -> Extent:
        """What the log holds of a pathway up to a task's number."""
        rows = self._read(_EXTENT, pathway, upto)
        return Extent(*rows[0]) if rows else NO_TASKS  # type: ignore[arg-type]  # as _EXTENT has them

    def tasks(
        self, pathway: str | None = None, after: int = 0, upto: int = _NO_END
    ) -> tuple[LoggedTask, ...]:
        """The finished tasks (of one pathway), oldest first; none where there is no file.

        `after` and `upto` bound them by their numbers in the log.
        """
        rows = self._read(_ROWS, pathway, after, upto)
        with self._told():
            groups = groupby(rows, key=lambda row: row[0])
            return tuple(logged_task([row[1:] for row in group]) for _task, group in groups)

    def delete(self) -> bool:
        """Delete all that the log holds; false where it holds nothing.

        The file stays, unless it is so damaged that nothing can be done with it.
        """
        with self._told():
            for derived in self.path.parent.glob(f"{self.path.stem}-standing-*.json"):
                derived.unlink(missing_ok=True)
            if not self.path.exists():
                return False
            try:
                with self._writing() as connection:
                    connection.execute("DELETE FROM review")
                    rounds = connection.execute("DELETE FROM round").rowcount
                    deleted = connection.execute("DELETE FROM task").rowcount + rounds > 0
                    connection.execute(
                        _ROWS, (None, 0, _NO_END)
                    )  # fails if columns are not as expected
                return deleted
            except sqlite3.Error as error:
                if not _damaged(error):
                    raise
            self.path.with_name(f"{self.path.name}-journal").unlink(missing_ok=True)
            self.path.unlink(missing_ok=True)
            return True

    def _read(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """The rows that answer a question; none where there is no file."""
        with self._told():
            if not self.path.exists():
                return []
            with self._connection() as connection:
                version = self._version(connection)
                if not version:
                    return []
                if version < len(self.migrations):
                    with self._writing():
                        pass  # brought up to date
                return connection.execute(question, values).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever goes wrong with the file becomes a LogError."""
        try:
            yield
        except OddRowError as error:
            raise LogError(f"{self.path}: {error}; {_DELETE}") from error
        except sqlite3.Error as error:
            way_out = f"; {_DELETE}" if _damaged(error) else ""
            raise LogError(f"{self.path}: {error}{way_out}") from error
        except OSError as error:
            raise LogError(f"{self.path}: {error.strerror or error}") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, alone, on a file of this version, which is made where there is none."""
        make_private_folder(self.path.parent)
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            self._bring_up_to_date(connection)
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(
            sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
        ) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            yield connection

    def _bring_up_to_date(self, connection: sqlite3.Connection) -> None:
        version = self._version(connection)
        if version < len(self.migrations):
            for script in self.migrations[version:]:
                for statement in script.split(";"):
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(self.migrations)}")

    def _version(self, connection: sqlite3.Connection) -> int:
        """The file's version, 0 for a new one.

        Raises LogError where it is not a log, or of a newer version than this tool's.
        """
        version = _single_number(connection, "PRAGMA user_version")
        if _single_number(connection, "PRAGMA application_id") != _APPLICATION_ID and (
            version or _single_number(connection, "SELECT count(*) FROM sqlite_master")
        ):
            raise LogError(f"{self.path}: this is not a practice log; it was left as it is")
        if version > len(self.migrations):
            raise LogError(
                f"{self.path}: a newer version of this tool wrote it; nothing was changed"
            )
        return version


def _damaged(error: sqlite3.Error) -> bool:
    """Whether the content of the file is wrong, and not the place where it is."""
    result: int | None = getattr(error, "sqlite_errorcode", None)
    return result is None or result & 0xFF not in _FAULTS_OF_THE_PLACE


def _single_number(connection: sqlite3.Connection, question: str) -> int:
    return int(connection.execute(question).fetchone()[0])
