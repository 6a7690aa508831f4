"""A sign of life on standard error for work that takes longer than a second."""

import sys
from collections.abc import Callable
from time import monotonic
from typing import Final, TextIO

from wizard.wording.text import clean

PATIENCE: Final = 1.0
"""Seconds of silence at the start, and between lines where the stream is not a terminal."""
_BLINK: Final = 0.1


class SignOfLife:
    """Tells what is being worked on once a second has passed.

    As a context it gives `step`, and clears its line at the end.
    """

    def __init__(self, what: str, stream: TextIO | None = None) -> None:
        self.what = what
        self.stream = stream or sys.stderr
        self._next = monotonic() + PATIENCE
        self._shown = 0

    def step(self, doing: str) -> None:
        """Say what is being done, where it is time to."""
        now = monotonic()
        if now < self._next:
            return
        line = clean(f"{self.what}: {doing}")[:79]
        if self.stream.isatty():
            self.stream.write(f"\r{line.ljust(self._shown)}")
            self._next = now + _BLINK
        else:
            self.stream.write(f"{line}\n")
            self._next = now + PATIENCE
        self._shown = len(line)
        self.stream.flush()

    def __enter__(self) -> Callable[[str], None]:
        return self.step

    def __exit__(self, *_: object) -> None:
        if self._shown and self.stream.isatty():
            self.stream.write(f"\r{' ' * self._shown}\r")
            self.stream.flush()
