"""Keeps finished tasks in a thread of its own, so that no key ever waits for a disk."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from wizard.practice.log import Log, LogError
from wizard.practice.log_rows import LoggedTask
from wizard.practice.unfinished import UnfinishedRound


class Keeper:
    """Adds finished tasks and unfinished rounds to the log, one after the other.

    What was handed over is written even where the screen ends at once: `close` waits for it, and
    so does the end of the program.
    """

    def __init__(self, log: Log, unreadable: str = "") -> None:
        """With a reason why the log is unreadable, nothing is written, and each task says so."""
        self._log = log
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

    def close(self) -> tuple[str, ...]:
        """Wait until all is written; why some of it could not be."""
        self._writer.shutdown()
        return tuple(self._faults)
