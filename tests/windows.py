"""A Python without what only Unix has.

Windows has few signals, no handlers of signals in its loop, no control of terminals, no owners of
files; a disk of another kind has no links.
"""

import asyncio
import os
import signal
import sys

import platformdirs  # noqa: F401 - it knows which system it is on, and asks that one's os


def take_away() -> None:
    """Take it from this process, before anything of the program is imported."""
    for name in ("fcntl", "termios", "tty", "pty", "resource", "pwd", "grp"):
        sys.modules[name] = None  # type: ignore[assignment]  # blocks its import
    for name in dir(signal):
        if name.startswith("SIG") and name not in (
            "SIGABRT",
            "SIGINT",
            "SIGTERM",
            "SIG_DFL",
            "SIG_IGN",
        ):
            delattr(signal, name)
    for name in (
        *("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "getuid", "geteuid", "getgid"),
        *("uname", "fchmod", "fchown", "chown", "fork", "killpg", "link", "mkfifo"),
    ):
        delattr(os, name)
    del asyncio.SelectorEventLoop.add_signal_handler
    del asyncio.SelectorEventLoop.remove_signal_handler
