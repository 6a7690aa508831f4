"""Views that would make a key wait: worked out in a thread, while what is known shows already."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Final, TypeVar, Unpack

from textual.widget import Widget

from wizard.screen.shared.pane import How, Pane, View
from wizard.screen.shared.rows import Row, Tone, text

PATIENCE: Final = 0.01
"""Seconds that a key waits for a view before what is known shows without it."""

WORKING: Final = text("Working out the rest …", Tone.DIM)

Made = TypeVar("Made")


class Filling:
    """Fills panes from one thread.

    What counts is the newest view of a pane: an earlier one that was not begun is never begun,
    and what comes of one that was is dropped, as soon as the pane shows anything else.  So nothing
    shows of answers that were changed.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="filling")
        self._newest: dict[Pane, Future[Any]] = {}

    def show(self, pane: Pane, known: View, make: Callable[[], View], **how: Unpack[How]) -> None:
        """Show what `make` comes to in the thread, and what is known until then."""

        def fill(view: View) -> None:
            if pane.view is known:
                # A cursor that a person has put somewhere stays there.
                cursor = how.get("cursor") if pane.cursor is None else None
                pane.show(view, cursor=cursor, reads=how.get("reads", False))
            else:
                pane.show(view, **how)

        self.work(pane, known, make, fill, **how)

    def work(
        self,
        pane: Pane,
        known: View,
        make: Callable[[], Made],
        fill: Callable[[Made], object],
        **how: Unpack[How],
    ) -> None:
        """Hand what `make` comes to in the thread to `fill`, and show what is known until then.

        `make` may read nothing that a key changes meanwhile, such as what a situation remembers.
        """
        self.abandon(pane)
        work = self._newest[pane] = self._thread.submit(make)
        if wait([work], PATIENCE).done:
            fill(work.result())
            return
        pane.show(known, **how)

        def done() -> None:
            if not work.cancelled() and pane.view is known:
                fill(work.result())

        work.add_done_callback(lambda _work: pane.call_later(done))

    def later(self, to: Widget, make: Callable[[], Made], fill: Callable[[Made], object]) -> bool:
        """Hand what `make` comes to in the thread to `fill`; whether that was done at once.

        What takes long comes later, unless the widget is gone then.
        """
        work = self._thread.submit(make)
        if wait([work], PATIENCE).done:
            fill(work.result())
            return True
        work.add_done_callback(lambda _work: to.call_later(lambda: fill(work.result())))
        return False

    def abandon(self, pane: Pane) -> None:
        """Have nothing more come into a pane."""
        work = self._newest.pop(pane, None)
        if work is not None:
            work.cancel()


def of_rows(rows: tuple[Row, ...]) -> View:
    """A view whose rows are the same at any width."""
    return lambda _width, _cursor: rows
