"""Whether there is a terminal that the full screen can be drawn on."""

import os
import sys


def full_screen_possible() -> bool:
    """Keys come from standard input, and the screen is drawn on standard error."""
    return sys.stdin.isatty() and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
