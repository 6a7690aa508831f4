"""A Python without what only Unix has, to be imported before anything of the program.

Windows has few signals, no handlers of signals in its loop, no control of terminals, no owners of
files; a disk of another kind has no links.
"""

import asyncio
import os
import signal
import sys

import platformdirs  # noqa: F401 - it knows which system it is on, and asks that one's os

for _name in ("fcntl", "termios", "tty", "pty", "resource", "pwd", "grp"):
    sys.modules[_name] = None  # type: ignore[assignment]  # blocks its import
for _name in dir(signal):
    if _name.startswith("SIG") and _name not in (
        "SIGABRT",
        "SIGINT",
        "SIGTERM",
        "SIG_DFL",
        "SIG_IGN",
    ):
        delattr(signal, _name)
for _name in (
    *("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "getuid", "geteuid", "getgid"),
    *("uname", "fchmod", "fchown", "chown", "fork", "killpg", "link", "mkfifo"),
):
    delattr(os, _name)
del asyncio.SelectorEventLoop.add_signal_handler
del asyncio.SelectorEventLoop.remove_signal_handler
