"""Whether there is a terminal that the full screen can be drawn on."""

import os
import sys


def full_screen_possible() -> bool:
    """Whether both are terminals: standard input, which gives the keys, and standard error, which
    is drawn on.
    """
    return sys.stdin.isatty() and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
