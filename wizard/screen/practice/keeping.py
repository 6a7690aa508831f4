"""Keeps finished tasks in a thread of its own, so that no key ever waits for a disk."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from wizard.practice.days import Days
from wizard.practice.kept_standing import Before, keep_standing
from wizard.practice.log import Log, LogError
from wizard.practice.log_rows import LoggedTask
from wizard.practice.tasks import Curriculum
from wizard.practice.unfinished import UnfinishedRound
from wizard.screen.shared.keys import Refused

_AT_ONCE: Final = 200
"""Up to so many tasks are read while a key waits."""


Read = TypeVar("Read")


class Keeper:
    """Adds finished tasks and unfinished rounds to the log, one after the other.

    What was handed over is written even where the screen ends at once: `close` waits for it, and
    so does the end of the program.
    """

    def __init__(self, log: Log, unreadable: str = "", upto: int = 0) -> None:
        """With a reason why the log is unreadable, nothing is written, and each task says so.

        `upto` is the number of the last task that was in the log before this run.
        """
        self._log = log
        self._upto = upto
        self._unreadable = unreadable
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="practice-log")
        self._faults: list[str] = []

    def keep(
        self,
        pathway: str,
        done: Sequence[LoggedTask],
        unfinished: UnfinishedRound | None,
        failed: Callable[[str], object],
    ) -> Future[None]:
        """Keep tasks that were finished, and what is left of the round.

        `failed` hears, in the writer's thread, why it could not be.
        """

        def keep_now() -> None:
            try:
                if self._unreadable:
                    raise LogError(self._unreadable)
                self._log.keep(pathway, done, unfinished)
            except LogError as error:
                if done:
                    self._faults.append(str(error))
                if done or not self._unreadable:
                    failed(str(error))

        return self._writer.submit(keep_now)

    def keep_standing(self, made: Curriculum, before: Before, days: Days) -> None:
        """Keep what the log came to, for the next start."""
        if not self._unreadable:
            self._writer.submit(keep_standing, self._log, made, before, days)

    def read_anew(self, read: Callable[[Log], Read]) -> Future[Read]:
        """What is read from the log once all that was handed over is written."""
        return self._writer.submit(read, self._log)

    def go_on(self, before: Before) -> None:
        """Take what the log holds now for what it held before this run."""
        self._upto, self._unreadable = before.upto, before.unkept

    @property
    def long(self) -> bool:
        """Whether so much was logged before this run that a key would wait for it."""
        return self._upto > _AT_ONCE

    def past(self, pathway: str) -> tuple[LoggedTask, ...]:
        """The tasks of before this run; raises Refused where they cannot be read."""
        if self._unreadable or not self._upto:
            return ()
        try:
            return self._log.tasks(pathway, upto=self._upto)
        except LogError as error:
            raise Refused(f"The log cannot be read: {error}") from None

    def close(self) -> tuple[str, ...]:
        """Wait until all is written; why some of it could not be."""
        self._writer.shutdown()
        return tuple(self._faults)
