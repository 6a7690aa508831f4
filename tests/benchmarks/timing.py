"""Medians of repeated runs, in processor time: what else the machine does takes none of it."""

from collections.abc import Callable
from statistics import median
from time import process_time


def milliseconds(action: Callable[[], object], *, rounds: int = 15, warm_up: int = 1) -> float:
    """The median time of an action over some rounds, after warming up, in milliseconds."""
    for _ in range(warm_up):
        action()
    times = []
    for _ in range(rounds):
        start = process_time()
        action()
        times.append(process_time() - start)
    return 1000 * median(times)


def line(what: str, measured: float, *, baseline: float | None = None, of: str = "") -> None:
    """Print a figure, and its ratio to the baseline `of` this run."""
    ratio = f"   {measured / baseline:8.1f} x {of}" if baseline else ""
    print(f"  {what:<58}{measured:10.3f} ms{ratio}")
