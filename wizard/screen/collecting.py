"""When garbage is collected: not in the way of a key."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SELDOM: Final = 1000
"""How many collections of what is young come before one of everything, which stops all keys.

In a large pathway that takes a tenth of a second.
"""
EVERY: Final = 30.0
"""Seconds between looks at whether there is garbage."""


@contextmanager
def collected_seldom() -> Iterator[None]:
    """Leave what grew old to `collect`."""
    before = gc.get_threshold()
    gc.set_threshold(before[0], before[1], SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def collect() -> None:
    """Collect everything, unless nothing was made since the last time."""
    if gc.get_count()[2]:
        gc.collect()
